//! Which articles are the same article again? Every removal is proved on the texts.
//!
//! MinHash signatures cut into bands only propose: documents that share a band are compared on
//! their shingles, exactly. A document is removed where it reaches the threshold with a document
//! that is kept, its *anchor*; likeness is never handed on along a chain.
//!
//! ```text
//! Document ─ tokenize ─ shingle ─ minhash ─ lsh ─▶ components: documents that bands join
//!          within a component, the best first: like an anchor? ─▶ member, else ─▶ anchor
//! ```

use crate::document::Document;
use crate::fixed::Milli;
use crate::lsh::Banding;
use crate::minhash::MinHasher;
use crate::shingle::{Profile, ShingleSet, text_shingles};
use crate::text::tokenize::each_word;
use ahash::{AHashMap, AHashSet};
use rayon::prelude::*;
use std::cmp::Reverse;

/// Words of a shingle.
pub const SHINGLE_WORDS: usize = 5;
/// Length of signatures, at most.
pub const SIGNATURE: usize = 128;

/// When two documents are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuplicateParams {
    /// Least exact Jaccard similarity of two documents' shingles.
    pub threshold: Milli,
    /// How signatures are cut into bands; see [`Banding::for_recall`].
    pub banding: Banding,
    /// Which of several is kept.
    pub keep: Keep,
}

/// Which of several like documents is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The first in the order of the documents.
    First,
    /// The one of most words; of equally long ones the first.
    Longest,
}

/// Documents that are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateCluster {
    /// The document that is kept, as an index into the documents.
    pub kept: usize,
    /// The documents that it stands for, ascending.
    pub members: Vec<Duplicate>,
}

/// A document that another stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duplicate {
    /// As an index into the documents.
    pub doc: usize,
    /// Exact Jaccard similarity with the kept document's shingles; at least the threshold.
    pub jaccard: Milli,
    /// Share of this document's shingles that the kept document has.
    pub containment: Milli,
}

/// The clusters of two documents and more, by the kept document, ascending. A document without a
/// word is like none.
pub fn find_duplicates(documents: &[Document], params: &DuplicateParams) -> Vec<DuplicateCluster> {
    let sketches = sketches(documents, params.banding);
    let mut clusters: Vec<DuplicateCluster> = components(&sketches)
        .into_par_iter()
        .flat_map_iter(|component| anchored(documents, &sketches, component, params))
        .collect();
    clusters.par_sort_unstable_by_key(|cluster| cluster.kept);
    clusters
}

/// What is remembered of a document while all are read.
struct Sketch {
    n_words: usize,
    /// One a band; none of a document without shingles.
    keys: Vec<u64>,
}

fn sketches(documents: &[Document], banding: Banding) -> Vec<Sketch> {
    let hasher = MinHasher::new(banding.k(), 1);
    let sketch = |(shingles, signature): &mut (Vec<u64>, Vec<u32>), document: &Document| {
        let words = words(document);
        shingles.clear();
        text_shingles(&document.text, &words, SHINGLE_WORDS, shingles);
        hasher.sign(shingles, signature);
        let is_empty = shingles.is_empty();
        let keys = if is_empty { Vec::new() } else { banding.keys(signature).collect() };
        Sketch { n_words: words.len(), keys }
    };
    documents.par_iter().map_init(|| (Vec::new(), vec![0; banding.k()]), sketch).collect()
}

fn words(document: &Document) -> Vec<u64> {
    let mut words = Vec::with_capacity(document.text.len() / 6);
    each_word(&document.text, |_, word| words.push(word));
    words
}

/// Sets of documents that shared bands join, each ascending; by their first document.
fn components(sketches: &[Sketch]) -> Vec<Vec<usize>> {
    let mut postings: Vec<(u64, u32)> = sketches
        .par_iter()
        .enumerate()
        .flat_map_iter(|(doc, sketch)| sketch.keys.iter().map(move |&key| (key, doc as u32)))
        .collect();
    postings.par_sort_unstable();
    let mut joined = Joined::new(sketches.len());
    for pair in postings.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        joined.join(pair[0].1, pair[1].1);
    }
    let mut members: AHashMap<u32, Vec<usize>> = AHashMap::new();
    for doc in 0..sketches.len() as u32 {
        members.entry(joined.root(doc)).or_default().push(doc as usize);
    }
    let mut components: Vec<_> = members.into_values().filter(|docs| docs.len() > 1).collect();
    components.sort_unstable();
    components
}

/// Disjoint sets with path halving (Tarjan and van Leeuwen, "Worst-case analysis of set union
/// algorithms", 1984). The smaller number is the root, so that the order of joins tells nothing.
struct Joined(Vec<u32>);

impl Joined {
    fn new(n: usize) -> Self {
        Joined((0..n as u32).collect())
    }

    fn root(&mut self, mut of: u32) -> u32 {
        while self.0[of as usize] != of {
            let parent = self.0[of as usize];
            self.0[of as usize] = self.0[parent as usize];
            of = self.0[of as usize];
        }
        of
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

/// A document that is kept, and what it stands for.
struct Anchor {
    set: ShingleSet,
    profile: Profile,
    cluster: DuplicateCluster,
}

/// The clusters of a component: the best document first, each joins the anchor that it is most
/// like, or becomes an anchor itself.
fn anchored(
    documents: &[Document],
    sketches: &[Sketch],
    mut component: Vec<usize>,
    params: &DuplicateParams,
) -> Vec<DuplicateCluster> {
    if params.keep == Keep::Longest {
        component.sort_by_key(|&doc| (Reverse(sketches[doc].n_words), doc));
    }
    let mut anchors: Vec<Anchor> = Vec::new();
    let mut by_key: AHashMap<u64, Vec<usize>> = AHashMap::new();
    for doc in component {
        let document = &documents[doc];
        let set = ShingleSet::of_text(&document.text, &words(document), SHINGLE_WORDS);
        let (keys, profile) = (&sketches[doc].keys, set.profile());
        let near: AHashSet<usize> =
            keys.iter().filter_map(|key| by_key.get(key)).flatten().copied().collect();
        let best = near
            .into_iter()
            .filter(|&a| profile.most_jaccard(&anchors[a].profile) >= params.threshold)
            .map(|a| (set.jaccard(&anchors[a].set), Reverse(a)))
            .filter(|(jaccard, _)| *jaccard >= params.threshold)
            .max();
        if let Some((jaccard, Reverse(anchor))) = best {
            let Anchor { set: kept, cluster, .. } = &mut anchors[anchor];
            cluster.members.push(Duplicate { doc, jaccard, containment: set.containment(kept) });
        } else {
            keys.iter().for_each(|&key| by_key.entry(key).or_default().push(anchors.len()));
            let cluster = DuplicateCluster { kept: doc, members: Vec::new() };
            anchors.push(Anchor { set, profile, cluster });
        }
    }
    let clusters = anchors.into_iter().map(|anchor| anchor.cluster);
    let mut clusters: Vec<_> = clusters.filter(|cluster| !cluster.members.is_empty()).collect();
    clusters.iter_mut().for_each(|cluster| cluster.members.sort_unstable_by_key(|m| m.doc));
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Fields, Source};
    use proptest::prelude::*;

    fn documents(texts: &[&str]) -> Vec<Document> {
        let document = |(line, text): (usize, &&str)| Document {
            source: Source { path: "a".into(), line: Some(line as u64 + 1), encoding: "UTF-8" },
            fields: Fields::default(),
            text: (*text).to_owned(),
        };
        texts.iter().enumerate().map(document).collect()
    }

    /// Finds every pair that has anything in common.
    fn params(threshold: i64, keep: Keep) -> DuplicateParams {
        let banding = Banding { bands: 128, rows: 1 };
        DuplicateParams { threshold: Milli(threshold), banding, keep }
    }

    fn found(texts: &[&str], params: DuplicateParams) -> Vec<(usize, Vec<usize>)> {
        let clusters = find_duplicates(&documents(texts), &params);
        let docs = |c: &DuplicateCluster| c.members.iter().map(|m| m.doc).collect();
        clusters.iter().map(|c| (c.kept, docs(c))).collect()
    }

    const RAIN: &str = "Hujan turun sejak pagi di seluruh kota, dan sungai meluap.";
    const SHOUTED: &str = "HUJAN TURUN sejak pagi –\u{a0}di seluruh  kota dan “sungai” meluap";
    const LONGER: &str = "Hujan turun sejak pagi di seluruh kota, dan sungai meluap ke jalan.";
    const OTHER: &str = "Harga cabai naik di pasar induk sejak pekan lalu karena cuaca.";

    #[test]
    fn the_first_or_the_longest_is_kept() {
        let texts = [OTHER, RAIN, SHOUTED, LONGER];
        assert_eq!(found(&texts, params(700, Keep::First)), [(1, vec![2, 3])]);
        assert_eq!(found(&texts, params(700, Keep::Longest)), [(3, vec![1, 2])]);
        assert_eq!(found(&texts, params(1000, Keep::First)), [(1, vec![2])]);
    }

    #[test]
    fn short_texts_are_told_apart_and_none_vanishes() {
        let texts = ["", "…", "Baca juga", "baca juga!", "Baca ini", "🌧", "🌧", "🔥"];
        let expect = [(2, vec![3]), (5, vec![6])];
        assert_eq!(found(&texts, params(800, Keep::First)), expect);
    }

    #[test]
    fn likeness_is_not_handed_on() {
        let words: Vec<String> = (0..60).map(|n| format!("kata{n}")).collect();
        let texts: Vec<String> = (0..4).map(|n| words[n * 6..n * 6 + 40].join(" ")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        // Each is like the next (30 of 42 shingles), and not like the one after that (24 of 48).
        assert_eq!(found(&texts, params(700, Keep::First)), [(0, vec![1]), (2, vec![3])]);
    }

    #[test]
    fn equal_documents_are_one_cluster() {
        let texts = vec![RAIN; 1000];
        assert_eq!(found(&texts, params(800, Keep::First)), [(0, (1..1000).collect())]);
    }

    proptest! {
        /// Against all pairs: nothing below the threshold is removed, and no two that are kept
        /// reach it.
        #[test]
        fn every_removal_is_proved_and_none_is_missed(
            texts in proptest::collection::vec("([a-c] ){0,9}", 0..12),
            threshold in 1i64..1000,
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let documents = documents(&texts);
            let sets: Vec<ShingleSet> = documents
                .iter()
                .map(|d| ShingleSet::of_text(&d.text, &words(d), SHINGLE_WORDS))
                .collect();
            let mut kept: Vec<bool> = vec![true; texts.len()];
            for cluster in find_duplicates(&documents, &params(threshold, Keep::First)) {
                for member in cluster.members {
                    prop_assert_eq!(member.jaccard, sets[member.doc].jaccard(&sets[cluster.kept]));
                    prop_assert!(member.jaccard >= Milli(threshold));
                    kept[member.doc] = false;
                }
                prop_assert!(kept[cluster.kept]);
            }
            // The chance that 128 rows miss a pair of these few shingles is below 1e-5 from .1 up.
            for a in 0..texts.len() {
                for b in a + 1..texts.len() {
                    let alike = sets[a].jaccard(&sets[b]) >= Milli(threshold.max(150));
                    prop_assert!(!(kept[a] && kept[b] && alike), "{} | {}", texts[a], texts[b]);
                }
            }
        }
    }
}
