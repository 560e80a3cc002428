//! What does a reader say of a claim's sources?

use super::super::place::file_name;
use super::{TrueArticle, TrueOccurrence};
use crate::provenance::outlet_key;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Where a statement is from. Documents are named by their file names, and carry the claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrueSources {
    /// Two documents that surely are one source.
    pub proven: Vec<(String, String)>,
    /// Two documents that may be one source.
    pub possible: Vec<(String, String)>,
    /// A document, and the one that it has the statement from.
    pub copied_from: BTreeSet<(String, String)>,
    /// Outlets that cover the story and leave the statement out, by [`outlet_key`].
    pub omitted_by: BTreeSet<String>,
}

impl TrueSources {
    /// Errors where an outlet has no article, or has one that carries the claim.
    pub(super) fn check_outlets(
        &self,
        occurrences: &[TrueOccurrence],
        articles: &[TrueArticle],
    ) -> Result<(), String> {
        let has = |outlet: &str, article: &TrueArticle| {
            article.outlet.iter().flatten().any(|name| outlet_key(name) == outlet)
        };
        for outlet in &self.omitted_by {
            let own: Vec<&TrueArticle> = articles.iter().filter(|a| has(outlet, a)).collect();
            if own.is_empty() {
                return Err(format!(
                    "expected omitted_by of outlets of article lines, got {outlet:?}"
                ));
            }
            let carried = occurrences.iter().map(|occurrence| &occurrence.place.doc);
            if let Some(doc) = carried.into_iter().find(|doc| own.iter().any(|a| a.doc == **doc)) {
                return Err(format!(
                    "expected omitted_by of outlets without the claim, {outlet:?} has it in {doc}"
                ));
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
pub(super) struct SourcesLine {
    proven: Vec<(String, String)>,
    possible: Vec<(String, String)>,
    copied_from: BTreeMap<String, String>,
    omitted_by: Vec<String>,
}

impl SourcesLine {
    /// What the line says of a claim with these occurrences, if it can be.
    pub fn sources(self, occurrences: &[TrueOccurrence]) -> Result<TrueSources, String> {
        let carriers: BTreeSet<&str> = occurrences.iter().map(|o| &o.place.doc[..]).collect();
        let two = |field: &str, (a, b): (String, String)| two_carriers(field, &a, &b, &carriers);
        let links = |field, links: Vec<_>| -> Result<Vec<_>, String> {
            links.into_iter().map(|link| two(field, link)).collect()
        };
        let (proven, possible) = (links("proven", self.proven)?, links("possible", self.possible)?);
        let mut linked = BTreeSet::new();
        for (a, b) in proven.iter().chain(&possible) {
            if !linked.insert((a.min(b), a.max(b))) {
                return Err(format!("expected one link of two documents, {a} and {b} have two"));
            }
        }
        let copied_from = self.copied_from.into_iter();
        let mut omitted_by = BTreeSet::new();
        for outlet in self.omitted_by {
            let key = outlet_key(&outlet);
            if key.is_empty() || !omitted_by.insert(key) {
                return Err(format!("expected omitted_by of different outlets, got {outlet:?}"));
            }
        }
        Ok(TrueSources {
            copied_from: copied_from
                .map(|copy| two("copied_from", copy))
                .collect::<Result<_, _>>()?,
            proven,
            possible,
            omitted_by,
        })
    }
}

/// The file names of two documents, which are different carriers of the claim.
fn two_carriers(
    field: &str,
    a: &str,
    b: &str,
    carriers: &BTreeSet<&str>,
) -> Result<(String, String), String> {
    let names = (file_name(a), file_name(b));
    if let Some(other) = [names.0, names.1].into_iter().find(|name| !carriers.contains(name)) {
        return Err(format!("expected {field} of documents that carry the claim, got {other}"));
    }
    if names.0 == names.1 {
        return Err(format!("expected {field} of two documents, both are {a}"));
    }
    Ok((names.0.to_owned(), names.1.to_owned()))
}
