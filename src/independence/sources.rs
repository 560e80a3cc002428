//! What is known of each article that carries a claim, as far as it tells of its sources.

use super::Independence;
use super::prose::Prose;
use crate::claim::Claim;
use crate::document::{DocId, Document};
use crate::hash::hash64_of;
use crate::provenance::{AgencyCredit, Provenance, outlet_key};
use crate::span::ByteSpan;
use ahash::AHashMap;
use rayon::prelude::*;

/// All articles of a batch.
pub(super) struct Sources<'r> {
    documents: &'r [Document],
    provenances: &'r [Provenance],
    /// By document; `None` where it carries no claim.
    proses: Vec<Option<Prose<'r>>>,
    /// By document: whom it credits.
    credits: Vec<Vec<Credit<'r>>>,
    /// By document: the groups of articles that share a run of many words with it.
    many: Vec<Vec<u32>>,
    /// The same for runs of few words.
    few: Vec<Vec<u32>>,
}

/// A credit to an agency or another outlet.
#[derive(Debug, Clone)]
pub(super) struct Credit<'r> {
    pub name: &'r str,
    /// As outlets' keys.
    pub key: String,
    pub span: ByteSpan,
}

impl<'r> Sources<'r> {
    pub fn of(of: &Independence<'r>, claims: &[Claim]) -> Sources<'r> {
        let mut carries = vec![false; of.documents.len()];
        for occurrence in claims.iter().flat_map(|claim| &claim.occurrences) {
            carries[occurrence.doc.idx()] = true;
        }
        let proses: Vec<Option<Prose<'r>>> = (&carries, of.documents, of.articles)
            .into_par_iter()
            .map(|(carries, document, article)| carries.then(|| Prose::of(document, article)))
            .collect();
        let credits = (&carries, of.provenances)
            .into_par_iter()
            .map(|(&carries, p)| if carries { credits(p) } else { Vec::new() });
        Sources {
            documents: of.documents,
            provenances: of.provenances,
            credits: credits.collect(),
            many: groups(&proses, Prose::many),
            few: groups(&proses, Prose::few),
            proses,
        }
    }
}

/// Whom an article credits but itself.
fn credits(provenance: &Provenance) -> Vec<Credit<'_>> {
    let own = provenance.outlet.as_ref().map(|outlet| outlet.key.as_str());
    let credit = |credit: &'_ AgencyCredit| (outlet_key(&credit.name), credit.span);
    let all = provenance.agencies.iter().map(|c| (c.name.as_str(), credit(c)));
    all.filter(|(_, (key, _))| !key.is_empty() && Some(key.as_str()) != own)
        .map(|(name, (key, span))| Credit { name, key, span })
        .collect()
}

/// By document, the groups of documents that have one run of words. Runs that stand in the same
/// documents are one group, so that a document is in few.
fn groups<'p, 'r, R: Iterator<Item = u64>>(
    proses: &'p [Option<Prose<'r>>],
    runs: impl Fn(&'p Prose<'r>) -> R + Sync,
) -> Vec<Vec<u32>> {
    let n_words: usize = proses.iter().flatten().map(Prose::n_outside).sum();
    let n_parts = n_words.div_ceil(PART).max(1);
    let part_of = |hash: u64| ((u128::from(hash) * n_parts as u128) >> 64) as usize;
    let mut known: AHashMap<u64, ()> = AHashMap::new();
    let mut by_doc = vec![Vec::new(); proses.len()];
    for part in 0..n_parts {
        let of_doc = |(doc, prose): (usize, &'p Option<Prose<'r>>)| {
            let runs = prose.iter().flat_map(&runs).filter(|&run| part_of(run) == part);
            runs.map(|run| (run, doc as u32)).collect::<Vec<(u64, u32)>>()
        };
        let mut postings: Vec<(u64, u32)> =
            proses.par_iter().enumerate().flat_map_iter(of_doc).collect();
        postings.par_sort_unstable();
        postings.dedup();
        for bucket in postings.chunk_by(|a, b| a.0 == b.0).filter(|bucket| 2 <= bucket.len()) {
            let same_documents = hash64_of(bucket.iter().map(|(_, doc)| u64::from(*doc)));
            let group = known.len() as u32;
            if known.insert(same_documents, ()).is_none() {
                bucket.iter().for_each(|(_, doc)| by_doc[*doc as usize].push(group));
            }
        }
    }
    by_doc
}

/// Words whose runs are sorted at once: a bound for the memory of a large batch.
const PART: usize = 1 << 22;

/// The articles that carry one claim.
pub(super) struct Carriers<'c> {
    /// Each article once, in the order of its first occurrence.
    pub nodes: Vec<Node<'c>>,
    /// Of those that share a run of many words outside quotations, two or more, ascending.
    pub many: Vec<Vec<usize>>,
    /// The same for runs of few words.
    pub few: Vec<Vec<usize>>,
}

/// One of them.
pub(super) struct Node<'c> {
    pub doc: DocId,
    /// Index of its first occurrence.
    pub occurrence: usize,
    pub text: &'c str,
    pub provenance: &'c Provenance,
    pub prose: Option<&'c Prose<'c>>,
    /// Whom it credits, all over the article.
    pub credits: &'c [Credit<'c>],
    /// Whom it credits with the passage, each with the index of the occurrence.
    pub with_passage: Vec<(usize, &'c Credit<'c>)>,
}

impl<'c> Carriers<'c> {
    pub fn of(claim: &Claim, sources: &'c Sources<'c>) -> Self {
        let mut at: AHashMap<DocId, usize> = AHashMap::new();
        let mut nodes: Vec<Node<'c>> = Vec::new();
        for (idx, occurrence) in claim.occurrences.iter().enumerate() {
            let node = *at.entry(occurrence.doc).or_insert(nodes.len());
            if node == nodes.len() {
                nodes.push(sources.node(occurrence.doc, idx));
            }
            let credits = sources.credits[occurrence.doc.idx()].iter();
            let own = credits.filter(|credit| occurrence.context.contains(credit.span));
            nodes[node].with_passage.extend(own.map(|credit| (idx, credit)));
        }
        let (many, few) = (sharing(&nodes, &sources.many), sharing(&nodes, &sources.few));
        Carriers { nodes, many, few }
    }

    /// The article of an occurrence.
    pub fn node(&self, doc: DocId) -> Option<usize> {
        self.nodes.iter().position(|node| node.doc == doc)
    }
}

impl<'r> Sources<'r> {
    fn node(&'r self, doc: DocId, occurrence: usize) -> Node<'r> {
        Node {
            doc,
            occurrence,
            text: &self.documents[doc.idx()].text,
            provenance: &self.provenances[doc.idx()],
            prose: self.proses[doc.idx()].as_ref(),
            credits: &self.credits[doc.idx()],
            with_passage: Vec::new(),
        }
    }
}

/// The nodes of each group, where there are two or more.
fn sharing(nodes: &[Node<'_>], groups: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let all = nodes.iter().enumerate();
    let mut of: Vec<(u32, usize)> =
        all.flat_map(|(at, node)| groups[node.doc.idx()].iter().map(move |&g| (g, at))).collect();
    of.sort_unstable();
    let shared = of.chunk_by(|a, b| a.0 == b.0).filter(|group| 2 <= group.len());
    let mut shared: Vec<Vec<usize>> =
        shared.map(|group| group.iter().map(|&(_, node)| node).collect()).collect();
    shared.sort_unstable();
    shared.dedup();
    shared
}

impl Node<'_> {
    pub fn outlet(&self) -> Option<&str> {
        self.provenance.outlet.as_ref().map(|outlet| outlet.key.as_str())
    }

    pub fn outlet_name(&self) -> Option<&str> {
        self.provenance.outlet.as_ref().map(|outlet| outlet.name.as_str())
    }

    /// The earliest and the latest second that it can have been published in.
    pub fn bounds(&self) -> (i64, i64) {
        self.provenance.published.as_ref().map_or((i64::MIN, i64::MAX), |p| p.bounds())
    }

    /// Whether it was surely published before the other.
    pub fn is_before(&self, other: &Node<'_>) -> bool {
        self.bounds().1 < other.bounds().0
    }

    pub fn credits(&self, key: &str) -> bool {
        self.credits.iter().any(|credit| credit.key == key)
    }
}
