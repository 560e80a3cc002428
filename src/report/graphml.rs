//! How do claims become a graph? As GraphML: who carries, owns, credits, copies and omits what, for
//! programs that draw and measure networks.
//!
//! The articles of unknown outlets have no node, for nothing says whether they are of one outlet.

mod edges;

use super::article::Articles;
use super::{facts, labels};
use crate::claim::{Claim, ClaimReport};
use edges::{Carriers, EdgeEnds, Node, Outlets, Role};
use quick_xml::escape::escape;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n  \
    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n  \
    xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
    http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";

/// The attributes of nodes and edges: of which they are, their names, and the types of their values.
const KEYS: [(&str, &str, &str); 17] = [
    ("node", "type", "string"),
    ("node", "label", "string"),
    ("node", "claim_id", "string"),
    ("node", "status", "string"),
    ("node", "kind", "string"),
    ("node", "speaker", "string"),
    ("node", "occurrences", "int"),
    ("node", "documents", "int"),
    ("node", "outlets", "int"),
    ("node", "unknown_outlets", "int"),
    ("node", "lines_lower", "int"),
    ("node", "lines_upper", "int"),
    ("node", "first_seen", "string"),
    ("edge", "role", "string"),
    ("edge", "documents", "int"),
    ("edge", "published", "string"),
    ("edge", "claim_id", "string"),
];

/// Writes the graph: outlets, owners and agencies, then the claims in the report's order, each
/// before its edges.
pub fn write(report: &ClaimReport, out: &mut dyn Write) -> io::Result<()> {
    let articles = Articles::of(report);
    let outlets = Outlets::of(&articles);
    let of_claims = || report.claims.iter().flat_map(|claim| outlets.edges(claim, &articles));
    let ends = of_claims().flat_map(|((_, from, to), _)| [from, to]).filter(|n| *n != Node::Claim);
    let others: BTreeSet<Node> = ends.collect();
    let owned = outlets.owned(&others);
    let owners = owned.iter().map(|(owner, _)| *owner);
    let nodes = Nodes::of(others.iter().copied().chain(owners));

    write_head(out)?;
    nodes.write(&outlets, out)?;
    for &(owner, outlet) in &owned {
        nodes.write_edge(0, (Role::Owns, owner, outlet), &Carriers::default(), "", out)?;
    }
    for (number, claim) in (1..).zip(&report.claims) {
        write_claim(number, claim, &articles, out)?;
        for (edge, carriers) in outlets.edges(claim, &articles) {
            nodes.write_edge(number, edge, &carriers, &claim.id, out)?;
        }
    }
    out.write_all(b"  </graph>\n</graphml>\n")
}

fn write_head(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    for (of, name, value_type) in KEYS {
        let id = key(of, name);
        let attribute = format!("attr.name=\"{name}\" attr.type=\"{value_type}\"");
        writeln!(out, "  <key id=\"{id}\" for=\"{of}\" {attribute}/>")?;
    }
    out.write_all(b"  <graph edgedefault=\"directed\">\n")
}

/// The numbers of the nodes that are no claims.
struct Nodes<'r>(BTreeMap<Node<'r>, usize>);

impl<'r> Nodes<'r> {
    fn of(nodes: impl Iterator<Item = Node<'r>>) -> Self {
        let distinct: BTreeSet<Node> = nodes.collect();
        Nodes(distinct.into_iter().zip(1..).collect())
    }

    /// The id of a node; of a claim, by its number.
    fn id(&self, node: Node, claim: usize) -> String {
        let number = self.0.get(&node).copied().unwrap_or(claim);
        format!("{}{number}", node.type_name())
    }

    fn write(&self, outlets: &Outlets, out: &mut dyn Write) -> io::Result<()> {
        for &node in self.0.keys() {
            writeln!(out, "    <node id=\"{}\">", self.id(node, 0))?;
            data("node", "type", node.type_name(), out)?;
            data("node", "label", outlets.label(node), out)?;
            out.write_all(b"    </node>\n")?;
        }
        Ok(())
    }

    fn write_edge(
        &self,
        claim: usize,
        (role, from, to): EdgeEnds,
        carriers: &Carriers,
        claim_id: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let (from, to) = (self.id(from, claim), self.id(to, claim));
        writeln!(out, "    <edge source=\"{from}\" target=\"{to}\">")?;
        data("edge", "role", role.name(), out)?;
        if role != Role::Owns {
            data("edge", "documents", carriers.docs.len(), out)?;
        }
        if role == Role::Carries {
            some("edge", "published", carriers.published, out)?;
        }
        if role == Role::CopiedFrom {
            data("edge", "claim_id", claim_id, out)?;
        }
        out.write_all(b"    </edge>\n")
    }
}

fn write_claim(
    number: usize,
    claim: &Claim,
    articles: &Articles<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let representative = &claim.occurrences[claim.representative];
    let text = &articles.carrying(representative).original.document.text;
    let counts = facts::counts(claim, articles);
    let first_seen = facts::first_seen(claim, articles);
    let first_seen = first_seen.and_then(|idx| articles.carrying(&claim.occurrences[idx]).when());
    writeln!(out, "    <node id=\"claim{number}\">")?;
    data("node", "type", Node::Claim.type_name(), out)?;
    data("node", "label", representative.span.of(text), out)?;
    data("node", "claim_id", &claim.id, out)?;
    data("node", "status", labels::status(claim.status), out)?;
    data("node", "kind", labels::kind(claim.kind), out)?;
    some("node", "speaker", claim.speaker.as_ref().map(|(_, speaker)| &speaker.name), out)?;
    data("node", "occurrences", claim.occurrences.len(), out)?;
    data("node", "documents", counts.n_documents, out)?;
    data("node", "outlets", counts.n_outlets, out)?;
    data("node", "unknown_outlets", counts.n_unknown_outlets, out)?;
    some("node", "lines_lower", claim.lines.as_ref().map(|lines| lines.lower), out)?;
    some("node", "lines_upper", claim.lines.as_ref().map(|lines| lines.upper), out)?;
    some("node", "first_seen", first_seen, out)?;
    out.write_all(b"    </node>\n")
}

/// The id of an attribute.
fn key(of: &str, name: &str) -> String {
    format!("{of}_{name}")
}

/// Writes the value of an attribute.
fn data(of: &str, name: &str, value: impl ToString, out: &mut dyn Write) -> io::Result<()> {
    let value = value.to_string();
    let value = escape(xml_characters(&value));
    writeln!(out, "      <data key=\"{}\">{value}</data>", key(of, name))
}

fn some(of: &str, name: &str, value: Option<impl ToString>, out: &mut dyn Write) -> io::Result<()> {
    value.map_or(Ok(()), |value| data(of, name, value, out))
}

/// The text with U+FFFD for every character that XML 1.0 cannot hold, even escaped.
fn xml_characters(text: &str) -> Cow<'_, str> {
    let is_none = |c: char| {
        matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}') && c != '\r'
    };
    match text.contains(is_none) {
        true => Cow::Owned(text.replace(is_none, "\u{fffd}")),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn what_no_xml_can_hold_is_replaced() {
        for (text, expect) in [
            ("satu\tdua\r\n", "satu\tdua\r\n"),
            ("a\0b\u{1b}[1m\u{b}", "a\u{fffd}b\u{fffd}[1m\u{fffd}"),
            ("\u{ffff}é\u{fffe}", "\u{fffd}é\u{fffd}"),
        ] {
            assert_eq!(xml_characters(text), expect);
        }
    }

    #[test]
    fn every_attribute_is_declared_and_every_declared_one_is_there() {
        let mut out = Vec::new();
        write(&samples::full(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let after = |mark: &str| -> BTreeSet<String> {
            let parts = text.split(mark).skip(1);
            parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
        };
        assert_eq!(after("<data key=\""), after("<key id=\""));
    }
}
