//! How do claims become linked data? As one JSON-LD document: W3C Web Annotation says where each
//! wording stands, schema.org what is claimed and quoted, PROV what comes of what.
//!
//! The context is part of the document, so that nothing has to be fetched to read it; its terms are
//! named as in the vocabularies' own contexts. What no vocabulary has is under `urn:kutip:term:`.
//! What is not known is not there.

mod nodes;

use super::article::Articles;
use super::facts;
use crate::claim::{Claim, ClaimReport};
use crate::document::DocId;
use ahash::AHashMap;
use nodes::Naming;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The terms of the document.
const CONTEXT: &str = include_str!("jsonld/context.json");

/// Writes the document, a node a line: the run, the articles that carry a claim, then the claims in
/// the report's order, each before its occurrences.
pub fn write(report: &ClaimReport, out: &mut dyn Write) -> io::Result<()> {
    let articles = Articles::of(report);
    let named = article_iris(report, &articles);
    write!(out, "{{\"@context\": {},\n\"@graph\": [\n", CONTEXT.trim_end())?;
    serde_json::to_writer(&mut *out, &nodes::run())?;
    for (&doc, iri) in &named {
        add(&nodes::article(iri, articles.get(doc)), out)?;
    }
    let mut claim_iris = ClaimIris::default();
    for claim in &report.claims {
        let iri = claim_iris.next(claim);
        let naming = Naming { claim: &iri, articles: &named };
        let first_seen = facts::first_seen(claim, &articles);
        add(&nodes::claim(claim, first_seen, &naming, &articles), out)?;
        for idx in 0..claim.occurrences.len() {
            add(&nodes::wording(claim, idx, &naming, &articles), out)?;
            add(&nodes::annotation(claim, idx, &naming, &articles), out)?;
        }
    }
    out.write_all(b"\n]}\n")
}

/// Writes a node that is not the first.
fn add(node: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b",\n")?;
    Ok(serde_json::to_writer(out, node)?)
}

/// The articles that carry a claim, each named by its text; of several with one text, the second and
/// further ones also by a number.
fn article_iris(report: &ClaimReport, articles: &Articles<'_>) -> BTreeMap<DocId, String> {
    let occurrences = report.claims.iter().flat_map(|claim| &claim.occurrences);
    let mut named: BTreeMap<DocId, String> =
        occurrences.map(|occurrence| (occurrence.doc, String::new())).collect();
    let mut numbers: AHashMap<&str, usize> = AHashMap::new();
    for (&doc, iri) in &mut named {
        let hash = articles.get(doc).original.text_sha256();
        *iri = numbered(format!("urn:kutip:article:{hash}"), numbers.entry(hash).or_default());
    }
    named
}

/// The names of the claims. An id that several have (one wording, other articles) gets a number.
#[derive(Default)]
struct ClaimIris<'r>(AHashMap<&'r str, usize>);

impl<'r> ClaimIris<'r> {
    fn next(&mut self, claim: &'r Claim) -> String {
        numbered(format!("urn:kutip:claim:{}", claim.id), self.0.entry(&claim.id).or_default())
    }
}

fn numbered(iri: String, n_before: &mut usize) -> String {
    *n_before += 1;
    if *n_before == 1 { iri } else { format!("{iri}:{n_before}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;
    use serde_json::Value;

    fn document(report: &ClaimReport) -> Value {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn every_term_of_the_nodes_is_in_the_context_and_the_other_way_round() {
        let document = document(&samples::full());
        let context = document["@context"].as_object().unwrap();
        let mut used = std::collections::BTreeSet::new();
        let mut rest = vec![&document["@graph"]];
        while let Some(value) = rest.pop() {
            match value {
                Value::Array(items) => rest.extend(items),
                Value::Object(members) => {
                    used.extend(members.keys().map(String::as_str));
                    rest.extend(members.values());
                }
                Value::String(term) if context.contains_key(term) => drop(used.insert(term)),
                _ => {}
            }
        }
        let vocabularies = ["@version", "oa", "prov", "schema", "xsd", "kutip"];
        let terms = context.keys().map(String::as_str).filter(|term| !vocabularies.contains(term));
        used.retain(|term| !vocabularies.contains(term)); // the run's agent is called kutip
        assert_eq!(used, terms.collect());
    }

    #[test]
    fn nothing_found_is_the_run_alone() {
        assert_eq!(document(&samples::empty())["@graph"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn who_was_first_is_said_only_where_that_is_known() {
        for (dated, expect) in [(["A@", "B@"], Value::Null), (["A@2022-01-08", "B@"], "#0".into())]
        {
            let report = samples::report_of(&dated);
            let document = document(&report);
            let claim =
                document["@graph"].as_array().unwrap().iter().find(|n| n["type"] == "Claim");
            let first = &claim.unwrap()["firstAppearance"];
            let number = first.as_str().map(|iri| &iri[iri.len() - 2..]);
            assert_eq!(Value::from(number), expect);
        }
    }

    #[test]
    fn what_has_one_name_gets_a_number() {
        let mut report = samples::report_of(&["A@", "B@"]);
        report.claims.push(report.claims[0].clone());
        let document = document(&report);
        let mut ids: Vec<&str> = document["@graph"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["id"].as_str().unwrap())
            .collect();
        let n_nodes = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n_nodes, "{ids:#?}");
    }
}
