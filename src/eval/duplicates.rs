//! How good are the duplicates found, measured against a truth?
//!
//! ```text
//! truth  {"doc","cluster"}                            one line a document; further fields are passed over
//!        {"of","edit","jaccard","containment"}        beside these, where it is a copy; see [`super::copies`]
//!        {"type":"duplicates",…}                      or what `kutip dedup --exact --clusters` writes
//! found  {"type":"duplicates","members":[{"doc"},…]}  what `kutip dedup --clusters` writes
//! ```
//!
//! A document that no found cluster names stands alone; one that the truth does not name is not
//! judged. Of an exact run's clusters each member is a copy of the kept document.

use super::copies::{CopyFields, CopyRecall};
use super::lines::Format;
use crate::error::Result;
use crate::fixed::Milli;
use ahash::AHashMap;
use serde::Deserialize;

/// How good the duplicates are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateEvaluation {
    /// Of all documents.
    pub agreement: PartitionAgreement,
    /// Of the copies that the truth tells of; empty where it tells of none.
    pub copies: CopyRecall,
}

/// How two partitions of the same documents agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartitionAgreement {
    /// Documents of the truth.
    pub n_documents: u64,
    /// Pairs of documents that the truth joins.
    pub n_true: u64,
    /// Pairs that were found.
    pub n_found: u64,
    /// Pairs of both.
    pub n_both: u64,
    /// Hubert and Arabie, "Comparing partitions", 1985: 1 where they are one, about 0 by chance.
    pub adjusted_rand: Milli,
    /// Bagga and Baldwin, "Algorithms for scoring coreference chains", 1998: of a document's found
    /// cluster the share that is truly its own, on average.
    pub b_cubed_precision: Milli,
    /// Of a document's true cluster the share that was found, on average.
    pub b_cubed_recall: Milli,
}

impl PartitionAgreement {
    /// Share of the found pairs that are true; 1 where none was found.
    pub fn precision(&self) -> Milli {
        share(self.n_both, self.n_found)
    }

    /// Share of the true pairs that were found; 1 where there is none.
    pub fn recall(&self) -> Milli {
        share(self.n_both, self.n_true)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> Milli {
        share(2 * self.n_both, self.n_found + self.n_true)
    }
}

fn share(part: u64, whole: u64) -> Milli {
    if whole == 0 { Milli::ONE } else { Milli::ratio(part as i64, whole as i64) }
}

const TRUTH: Format = Format {
    record: "a document of the truth",
    expected: "lines with doc and cluster",
    hint: "see `kutip eval duplicates --help`",
};
const FOUND: Format = Format {
    record: "a record of `kutip dedup --clusters`",
    expected: "what `kutip dedup --clusters` writes",
    hint: "see `kutip eval duplicates --help`",
};

/// A document, or a cluster of an exact run, or its summary.
#[derive(Deserialize)]
#[serde(untagged)]
enum TruthRecord {
    Document(TruthLine),
    Run(ExactLine),
}

/// See [`FoundLine`].
#[derive(Deserialize)]
struct ExactLine {
    #[serde(rename = "type")]
    record_type: String,
    #[serde(default)]
    members: Vec<ExactMember>,
}

#[derive(Deserialize)]
struct ExactMember {
    doc: String,
    jaccard: f64,
    containment: f64,
}

impl TruthRecord {
    /// The documents that a line tells of.
    fn documents(self) -> Vec<TruthLine> {
        let line = match self {
            TruthRecord::Document(line) => return vec![line],
            TruthRecord::Run(line) if line.record_type == "duplicates" => line,
            TruthRecord::Run(_) => return Vec::new(),
        };
        let Some(kept) = line.members.first().map(|kept| kept.doc.clone()) else {
            return Vec::new();
        };
        let document = |ExactMember { doc, jaccard, containment }| {
            let copy = match doc == kept {
                true => CopyFields::default(),
                false => CopyFields::of_removed(kept.clone(), jaccard, containment),
            };
            TruthLine { doc, cluster: Label::Text(kept.clone()), copy }
        };
        line.members.into_iter().map(document).collect()
    }
}

#[derive(Deserialize)]
struct TruthLine {
    doc: String,
    cluster: Label,
    #[serde(flatten)]
    copy: CopyFields,
}

/// A cluster's name: a text or a number.
#[derive(Deserialize, PartialEq, Eq, Hash)]
#[serde(untagged)]
enum Label {
    Text(String),
    Number(i64),
}

#[derive(Deserialize)]
struct FoundLine {
    #[serde(rename = "type")]
    record_type: String,
    #[serde(default)]
    members: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    doc: String,
}

/// Documents by number, with their true clusters.
#[derive(Default)]
struct Truth {
    docs: AHashMap<String, usize>,
    clusters: Vec<u32>,
    copies: Vec<Copy>,
}

/// A document that the truth calls a copy.
struct Copy {
    /// Line of the truth, from 1.
    line: u64,
    doc: usize,
    fields: CopyFields,
}

/// Compares the clusters of two files, given as their texts and their names.
///
/// Errors on a line that is not as described, on a document that has two lines or stands in two
/// found clusters, on a copy of what has no line, and where there is nothing to compare.
pub fn evaluate(truth: (&str, &str), found: (&str, &str)) -> Result<DuplicateEvaluation> {
    let path = truth.1;
    let truth = read_truth(truth.0, path)?;
    let found = read_found(found, &truth)?;
    let mut copies = CopyRecall::default();
    for copy in &truth.copies {
        let of = source(copy, &truth).map_err(|cause| TRUTH.refused(path, copy.line, cause))?;
        let is_one_of = |clusters: &[u32]| clusters[copy.doc] == clusters[of];
        copies.count(&copy.fields, is_one_of(&truth.clusters), is_one_of(&found));
    }
    Ok(DuplicateEvaluation { agreement: agreement(&truth.clusters, &found), copies })
}

fn read_truth(text: &str, path: &str) -> Result<Truth> {
    let mut truth = Truth::default();
    let mut names: AHashMap<Label, u32> = AHashMap::new();
    TRUTH.read(text, path, |number, record: TruthRecord| {
        for line in record.documents() {
            let next = names.len() as u32;
            let cluster = *names.entry(line.cluster).or_insert(next);
            if truth.docs.contains_key(&line.doc) {
                return Err(format!("{} has two lines", line.doc));
            }
            line.copy.check()?;
            let doc = truth.clusters.len();
            truth.docs.insert(line.doc, doc);
            truth.clusters.push(cluster);
            if line.copy.of.is_some() {
                truth.copies.push(Copy { line: number, doc, fields: line.copy });
            }
        }
        Ok(())
    })?;
    Ok(truth)
}

/// The found cluster of each document of the truth.
fn read_found((text, path): (&str, &str), truth: &Truth) -> Result<Vec<u32>> {
    // Alone until found: every document is its own cluster.
    let n = truth.clusters.len() as u32;
    let mut clusters: Vec<u32> = (0..n).collect();
    FOUND.read(text, path, |number, line: FoundLine| {
        if line.record_type != "duplicates" {
            return Ok(());
        }
        for member in line.members {
            let Some(&doc) = truth.docs.get(&member.doc) else { continue };
            if clusters[doc] >= n {
                return Err(format!("{} stands in two clusters", member.doc));
            }
            clusters[doc] = n + number as u32;
        }
        Ok(())
    })?;
    Ok(clusters)
}

/// The document that a copy is of.
fn source(copy: &Copy, truth: &Truth) -> std::result::Result<usize, String> {
    let name = copy.fields.of.as_deref().unwrap_or_default();
    match truth.docs.get(name) {
        Some(&of) if of == copy.doc => Err(format!("{name} is called a copy of itself")),
        Some(&of) => Ok(of),
        None => Err(format!("of is {name}, which has no line")),
    }
}

/// How the clusters of each document agree, named by any numbers.
fn agreement(truth: &[u32], found: &[u32]) -> PartitionAgreement {
    let (of_truth, of_found) = (sizes(truth.iter()), sizes(found.iter()));
    let cells = sizes(truth.iter().zip(found));
    let pairs = |n: &u64| n * n.saturating_sub(1) / 2;
    let n = truth.len() as u64;
    let n_true: u64 = of_truth.values().map(pairs).sum();
    let n_found: u64 = of_found.values().map(pairs).sum();
    let n_both: u64 = cells.values().map(pairs).sum();
    // Millionths, so that a sum of roundings stays far below a thousandth.
    let mean = |whole: &dyn Fn(&(&u32, &u32)) -> u64| {
        let parts = cells.iter().map(|(cell, &size)| {
            u128::from(size) * u128::from(size) * 1_000_000 / u128::from(whole(cell))
        });
        Milli((parts.sum::<u128>() / u128::from(n.max(1)) / 1000) as i64)
    };
    let (all, both) = (i128::from(pairs(&n)), i128::from(n_both));
    let (t, f) = (i128::from(n_true), i128::from(n_found));
    let most = (t + f) * all - 2 * t * f;
    let adjusted_rand = match most {
        0 => Milli::ONE,
        _ => Milli(((both * all - t * f) * 2 * 1000 / most) as i64),
    };
    PartitionAgreement {
        n_documents: n,
        n_true,
        n_found,
        n_both,
        adjusted_rand,
        b_cubed_precision: mean(&|cell| of_found[cell.1]),
        b_cubed_recall: mean(&|cell| of_truth[cell.0]),
    }
}

fn sizes<K: std::hash::Hash + Eq>(of: impl Iterator<Item = K>) -> AHashMap<K, u64> {
    let mut sizes = AHashMap::new();
    for key in of {
        *sizes.entry(key).or_default() += 1;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Share;
    use crate::eval::copies::{Band, Undergone};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn numbers(agreement: &PartitionAgreement) -> [i64; 5] {
        let PartitionAgreement { adjusted_rand, b_cubed_precision, b_cubed_recall, .. } = agreement;
        [
            agreement.precision(),
            agreement.recall(),
            *adjusted_rand,
            *b_cubed_precision,
            *b_cubed_recall,
        ]
        .map(|share| share.0)
    }

    #[test]
    fn partitions_with_known_measures() {
        for (truth, found, expect) in [
            (&[0, 0, 1, 1][..], &[0, 0, 1, 1][..], [1000, 1000, 1000, 1000, 1000]),
            (&[0, 0, 1, 1], &[7, 7, 3, 3], [1000, 1000, 1000, 1000, 1000]),
            (&[0, 0, 1, 1], &[0, 1, 2, 3], [1000, 0, 0, 1000, 500]),
            (&[0, 0, 1, 1], &[0, 0, 0, 0], [333, 1000, 0, 500, 1000]),
            // The example of Hubert and Arabie's index at scikit-learn: 0.571.
            (&[0, 0, 1, 2], &[0, 0, 1, 1], [500, 1000, 571, 750, 1000]),
            (&[0, 1], &[0, 1], [1000, 1000, 1000, 1000, 1000]),
        ] {
            assert_eq!(numbers(&agreement(truth, found)), expect, "{truth:?} {found:?}");
        }
    }

    proptest! {
        #[test]
        fn pairs_are_those_that_counting_finds(
            clusters in proptest::collection::vec((0u32..4, 0u32..4), 0..12)
        ) {
            let (truth, found): (Vec<u32>, Vec<u32>) = clusters.into_iter().unzip();
            let (mut n_true, mut n_found, mut n_both) = (0, 0, 0);
            for a in 0..truth.len() {
                for b in a + 1..truth.len() {
                    let (t, f) = (truth[a] == truth[b], found[a] == found[b]);
                    n_true += u64::from(t);
                    n_found += u64::from(f);
                    n_both += u64::from(t && f);
                }
            }
            let counted = agreement(&truth, &found);
            prop_assert_eq!((counted.n_true, counted.n_found, counted.n_both), (n_true, n_found, n_both));
        }
    }

    const FOUND_LINES: &str = r#"{"type":"duplicates","members":[{"doc":"a"},{"doc":"b"},{"doc":"x"}]}
{"type":"summary","documents":4}"#;

    #[test]
    fn files_are_compared_by_document() {
        let truth = "{\"doc\":\"a\",\"cluster\":1}\n{\"doc\":\"b\",\"cluster\":1}\n{\"doc\":\"c\",\"cluster\":\"one\"}";
        let found = evaluate((truth, "t"), (FOUND_LINES, "f")).unwrap();
        assert_eq!(numbers(&found.agreement), [1000; 5]);
        assert_eq!(found.agreement.n_documents, 3);
        assert_eq!(found.copies, CopyRecall::default());
    }

    #[test]
    fn copies_are_counted_by_likeness_and_edit() {
        let truth = [
            r#"{"doc":"a","cluster":1}"#,
            r#"{"doc":"b","cluster":1,"edit":"case","of":"a","jaccard":1.0,"containment":1.0}"#,
            r#"{"doc":"c","cluster":1,"edit":"excerpt","of":"a","jaccard":0.1,"containment":0.97}"#,
            r#"{"doc":"d","cluster":1,"edit":"case+prefix","of":"a","jaccard":0.951,"containment":null}"#,
            r#"{"doc":"x","cluster":2,"edit":"numbers","of":"a","jaccard":0.7,"later":[]}"#,
        ];
        let found = evaluate((&truth.join("\n"), "t"), (FOUND_LINES, "f")).unwrap().copies;
        let share = |n_right, n| Share { n_right, n };
        let bands = |bands: &BTreeMap<Band, Share>| -> Vec<(i64, Share)> {
            bands.iter().map(|(band, share)| (band.from().0, *share)).collect()
        };
        assert_eq!(bands(&found.by_jaccard), [(100, share(0, 1)), (950, share(1, 2))]);
        assert_eq!(bands(&found.by_containment), [(950, share(0, 1))]);
        let one = |name: &str| Undergone::One(name.to_owned());
        let by_edit = [
            (one("case"), share(1, 1)),
            (one("excerpt"), share(0, 1)),
            (Undergone::Several, share(0, 1)),
        ];
        assert!(found.by_edit.into_iter().eq(by_edit));
        assert!(found.look_alikes.into_iter().eq([(one("numbers"), share(1, 1))]));
    }

    #[test]
    fn what_is_not_as_described_is_named() {
        for (truth, found, expect) in [
            ("{\"doc\":1}", FOUND_LINES, "t:1: not a document of the truth"),
            ("{\"doc\":\"a\",\"cluster\":1}\n{\"doc\":\"a\",\"cluster\":2}", FOUND_LINES, "t:2: "),
            (
                "{\"doc\":\"a\",\"cluster\":1}\n{\"doc\":\"b\",\"cluster\":1,\"of\":\"z\"}",
                FOUND_LINES,
                "t:2: not a document of the truth: of is z, which has no line",
            ),
            ("{\"doc\":\"a\",\"cluster\":1,\"of\":\"a\"}", FOUND_LINES, "t:1: "),
            ("{\"doc\":\"a\",\"cluster\":1,\"jaccard\":1.2}", FOUND_LINES, "t:1: "),
            ("", FOUND_LINES, "t: nothing to compare"),
            ("{\"doc\":\"a\",\"cluster\":1}", "[]", "f:1: not a record of `kutip dedup"),
            (
                "{\"doc\":\"a\",\"cluster\":1}",
                "{\"type\":\"duplicates\",\"members\":[{\"doc\":\"a\"},{\"doc\":\"a\"}]}",
                "f:1: ",
            ),
        ] {
            let error = evaluate((truth, "t"), (found, "f")).unwrap_err();
            assert!(error.to_string().starts_with(expect), "{error}");
        }
    }
}
