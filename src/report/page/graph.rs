//! Whom do the outlets of a claim have it from? A small drawing: the claim, its outlets, and the
//! agencies and owners behind them.

use super::timeline::cut;
use super::words::{Words, count};
use crate::claim::Claim;
use crate::provenance::outlet_key;
use crate::report::article::Articles;
use serde::Serialize;
use std::collections::BTreeMap;

/// Outlets, and what is behind them, at most.
const MAX_NODES: usize = 12;
const ROW: i64 = 26;
/// Code points of a name that fit.
const NAME_CHARS: usize = 16;

/// A drawing of 400 units by `height`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Graph {
    pub height: i64,
    /// Where the claim is.
    pub claim_y: i64,
    pub outlets: Vec<Node>,
    /// Agencies and owners.
    pub behind: Vec<Node>,
    pub edges: Vec<Edge>,
}

/// A name at its height.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Node {
    pub y: i64,
    pub name: String,
}

/// A line from an outlet to what is behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Edge {
    pub from_y: i64,
    pub to_y: i64,
    /// `credited` with the claim, credited `elsewhere` in the article, `owned`.
    pub kind: &'static str,
}

/// What is behind an outlet, strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Credited,
    Elsewhere,
    Owned,
}

/// The graph of a claim; nothing where nobody is credited and no owner is known.
pub(super) fn of(claim: &Claim, articles: &Articles<'_>, words: &Words) -> Option<Graph> {
    let mut outlets: Vec<&str> = Vec::new();
    let mut behind: Vec<&str> = Vec::new();
    let mut ties: BTreeMap<(usize, usize), Tie> = BTreeMap::new();
    for occurrence in &claim.occurrences {
        let provenance = articles.carrying(occurrence).provenance;
        let outlet = provenance.outlet.as_ref();
        let key = outlet.map(|outlet| outlet.key.as_str());
        let from = place(outlet.map_or(words.get("unknown_outlet"), |o| &o.name), &mut outlets);
        let credits = occurrence.agencies.iter().map(|credit| {
            let is_here = occurrence.context.contains(credit.span);
            (credit.name.as_str(), if is_here { Tie::Credited } else { Tie::Elsewhere })
        });
        let credits = credits.filter(|(name, _)| key != Some(&outlet_key(name)));
        let owner = provenance.owner.as_deref().map(|owner| (owner, Tie::Owned));
        for (name, tie) in credits.chain(owner) {
            let at = (from, place(name, &mut behind));
            ties.entry(at).and_modify(|known| *known = tie.min(*known)).or_insert(tie);
        }
    }
    (!behind.is_empty()).then(|| drawn(&outlets, &behind, &ties, words))
}

/// Where a name stands in the list; it is added if it is new.
fn place<'r>(name: &'r str, names: &mut Vec<&'r str>) -> usize {
    names.iter().position(|known| *known == name).unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    })
}

fn drawn(
    outlets: &[&str],
    behind: &[&str],
    ties: &BTreeMap<(usize, usize), Tie>,
    words: &Words,
) -> Graph {
    let rows = outlets.len().max(behind.len()).min(MAX_NODES + 1) as i64;
    let height = rows * ROW + 8;
    let (outlets, behind) = (nodes(outlets, height, words), nodes(behind, height, words));
    let shown = ties.iter().filter(|((from, to), _)| *from < MAX_NODES && *to < MAX_NODES);
    let edges = shown.map(|(&(from, to), tie)| Edge {
        from_y: outlets[from].y,
        to_y: behind[to].y,
        kind: match tie {
            Tie::Credited => "credited",
            Tie::Elsewhere => "elsewhere",
            Tie::Owned => "owned",
        },
    });
    let edges = edges.collect();
    Graph { height, claim_y: height / 2, outlets, behind, edges }
}

/// The names one below the other, in the middle of the drawing.
fn nodes(names: &[&str], height: i64, words: &Words) -> Vec<Node> {
    let n_more = names.len().saturating_sub(MAX_NODES);
    let more = (n_more != 0).then(|| count!(words, n_more, "n_more"));
    let shown = names.iter().take(MAX_NODES).map(|name| cut(name, NAME_CHARS)).chain(more);
    let shown: Vec<String> = shown.collect();
    let top = (height - shown.len() as i64 * ROW) / 2 + ROW / 2;
    (0..).zip(shown).map(|(n, name)| Node { y: top + n * ROW, name }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::words::Language;
    use crate::report::samples;

    #[test]
    fn credits_elsewhere_and_owners() {
        let mut report = samples::blinken();
        report.provenance[1].owner = Some("Pelita Grup".to_owned());
        report.claims[0].occurrences[1].agencies = report.claims[0].occurrences[0].agencies.clone();
        report.claims[0].occurrences[1].context = crate::span::ByteSpan::new(0, 400);
        let words = Words::of(Language::English);
        let graph = of(&report.claims[0], &Articles::of(&report), &words).unwrap();
        let names = |nodes: &[Node]| nodes.iter().map(|n| n.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&graph.outlets), ["Kabar.example", "Warta.example", "Berita.example"]);
        assert_eq!(names(&graph.behind), ["AFP", "Pelita Grup"]);
        let kinds: Vec<&str> = graph.edges.iter().map(|e| e.kind).collect();
        assert_eq!(kinds, ["elsewhere", "credited", "owned"]);
        assert_eq!(of(&report.claims[1], &Articles::of(&report), &words).unwrap().edges.len(), 1);
    }

    #[test]
    fn nothing_behind_and_too_many() {
        let words = Words::of(Language::English);
        let names: Vec<String> = (0..30).map(|n| format!("{n}@")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut report = samples::report_of(&names);
        assert_eq!(of(&report.claims[0], &Articles::of(&report), &words), None);
        for provenance in &mut report.provenance {
            provenance.owner = Some("Pelita Grup".to_owned());
        }
        let graph = of(&report.claims[0], &Articles::of(&report), &words).unwrap();
        assert_eq!((graph.outlets.len(), graph.edges.len()), (MAX_NODES + 1, MAX_NODES));
        assert_eq!(graph.outlets[MAX_NODES].name, "18 more");
    }
}
