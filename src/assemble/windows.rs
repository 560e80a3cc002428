//! Which of a cluster's documents are of one news cycle?
//!
//! What comes back a year later is another story: an anniversary, or a phrase. Without a window all
//! that matches is one claim, whenever it was said; with one, each window's documents make claims
//! of their own, from the matches between them.

use super::Assembler;
use crate::claim::{Claim, Status};
use crate::cluster::{Cluster, cluster};
use crate::decision::Apart;
use crate::document::DocId;
use crate::judge::Match;
use crate::provenance::{Provenance, Window};
use crate::wording::{WordingId, Wordings};
use ahash::{AHashMap, AHashSet};
use std::cmp::Reverse;

impl Assembler<'_> {
    /// The claims that a cluster makes: one, or one and more of each window.
    pub fn claims(&self, cluster: &Cluster, status: Status) -> Vec<Claim> {
        let windows = self.windows.map(|windows| (windows, windows.cut(cluster)));
        match windows {
            Some((windows, cut)) if 1 < cut.len() => {
                let within = |docs| self.claims_within(cluster, status, windows, docs);
                cut.iter().flat_map(within).collect()
            }
            _ => vec![self.claim(cluster, status, None)],
        }
    }

    /// The claims that the documents of one window make of a cluster's wordings.
    fn claims_within(
        &self,
        whole: &Cluster,
        status: Status,
        windows: &Windows,
        docs: &AHashSet<DocId>,
    ) -> Vec<Claim> {
        let matches = windows.matches(whole, docs);
        let part = Assembler { matches: &matches, ..*self };
        // What is to be apart is in no cluster that windows cut.
        let clusters = cluster(&matches, &mut Apart::default());
        clusters.iter().map(|cluster| part.claim(cluster, status, Some(docs))).collect()
    }
}

/// A window, and what is needed to cut clusters by it.
pub struct Windows<'r> {
    window: Window,
    wordings: &'r Wordings,
    provenances: &'r [Provenance],
    matches: &'r [Match],
    /// The matches of each wording, by its smaller number.
    by_wording: AHashMap<WordingId, Vec<usize>>,
}

impl<'r> Windows<'r> {
    /// `provenances` are by [`DocId`].
    pub fn new(
        window: Window,
        wordings: &'r Wordings,
        provenances: &'r [Provenance],
        matches: &'r [Match],
    ) -> Self {
        let mut by_wording: AHashMap<WordingId, Vec<usize>> = AHashMap::new();
        for (at, m) in matches.iter().enumerate() {
            by_wording.entry(m.a).or_default().push(at);
        }
        Windows { window, wordings, provenances, matches, by_wording }
    }

    /// The documents of each window that a cluster's are in, by time. Undated ones are in the
    /// window of most documents, of equal ones the first.
    pub fn cut(&self, cluster: &Cluster) -> Vec<AHashSet<DocId>> {
        let places = wordings(cluster).flat_map(|w| &self.wordings.get(w).places);
        let mut docs: Vec<DocId> = places.map(|place| place.doc).collect();
        docs.sort_unstable();
        docs.dedup();
        let published = |doc: DocId| {
            let published = self.provenances[doc.idx()].published.as_ref();
            published.map(|p| p.bounds()).filter(|bounds| *bounds != ANY_TIME)
        };
        let (dated, undated): (Vec<DocId>, Vec<DocId>) =
            docs.into_iter().partition(|&doc| published(doc).is_some());
        let bounds: Vec<(i64, i64)> = dated.iter().filter_map(|&doc| published(doc)).collect();
        let windows = self.window.cut(&bounds).into_iter();
        let mut windows: Vec<AHashSet<DocId>> =
            windows.map(|window| window.into_iter().map(|at| dated[at]).collect()).collect();
        match windows.iter_mut().min_by_key(|window| Reverse(window.len())) {
            Some(most) => most.extend(undated),
            None => windows.push(undated.into_iter().collect()),
        }
        windows
    }

    /// The matches between two of the documents, of the cluster's wordings alone.
    pub fn matches(&self, cluster: &Cluster, docs: &AHashSet<DocId>) -> Vec<Match> {
        let carriers = |w: WordingId| -> AHashSet<DocId> {
            let places = self.wordings.get(w).places.iter();
            places.map(|place| place.doc).filter(|doc| docs.contains(doc)).collect()
        };
        let of: AHashMap<WordingId, AHashSet<DocId>> =
            wordings(cluster).map(|w| (w, carriers(w))).collect();
        let is_between = |m: &Match| match (of.get(&m.a), of.get(&m.b)) {
            (Some(a), Some(b)) => !a.is_empty() && !b.is_empty() && 1 < a.union(b).count(),
            _ => false,
        };
        let mut found: Vec<usize> =
            of.keys().filter_map(|w| self.by_wording.get(w)).flatten().copied().collect();
        found.sort_unstable();
        found.iter().map(|&at| &self.matches[at]).filter(|m| is_between(m)).cloned().collect()
    }
}

/// The bounds of a date that nothing is known of.
const ANY_TIME: (i64, i64) = (i64::MIN, i64::MAX);

/// The wordings of a cluster.
fn wordings(cluster: &Cluster) -> impl Iterator<Item = WordingId> + '_ {
    cluster.members.iter().map(|&(member, _)| member).chain([cluster.medoid])
}
