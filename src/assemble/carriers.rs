//! Which of the documents that have a claim's wordings tell of the same thing?
//!
//! A wording may stand in many documents: "dividend 31 cents, as before" is said of every company.
//! Where a match is too weak to stand alone, only documents of one story carry one claim.

use crate::cluster::Cluster;
use crate::document::DocId;
use crate::judge::Match;
use crate::story::Stories;
use crate::wording::{WordingId, Wordings};
use ahash::{AHashMap, AHashSet};

/// The documents that carry the claim of a cluster: the most that one story links, those that have
/// the medoid among them. `None` where every document does that has one of the wordings. Of documents
/// that are not `within` nothing is asked.
pub fn carriers(
    cluster: &Cluster,
    matches: &[Match],
    wordings: &Wordings,
    stories: &Stories,
    within: Option<&AHashSet<DocId>>,
) -> Option<AHashSet<DocId>> {
    if cluster.matches.iter().any(|&m| matches[m].stands_alone) {
        return within.cloned();
    }
    let mut of: AHashMap<DocId, WordingId> = AHashMap::new();
    let members = cluster.members.iter().map(|&(member, _)| member);
    for wording in std::iter::once(cluster.medoid).chain(members) {
        let is_within = |doc: &DocId| within.is_none_or(|docs| docs.contains(doc));
        for place in wordings.get(wording).places.iter().filter(|place| is_within(&place.doc)) {
            of.entry(place.doc).or_insert(wording);
        }
    }
    let mut docs: Vec<DocId> = of.keys().copied().collect();
    docs.sort_unstable();
    if docs.len() <= 2 {
        return within.cloned();
    }
    let groups = linked_groups(&docs, &of, wordings, stories);
    let has_medoid = |group: &&Vec<DocId>| group.iter().any(|doc| of[doc] == cluster.medoid);
    let largest = groups.iter().filter(has_medoid).rev().max_by_key(|group| group.len());
    largest.map(|group| group.iter().copied().collect())
}

/// Documents in groups that links of their stories hold together, the pair of wordings left out of
/// each link; ascending.
fn linked_groups(
    docs: &[DocId],
    of: &AHashMap<DocId, WordingId>,
    wordings: &Wordings,
    stories: &Stories,
) -> Vec<Vec<DocId>> {
    let mut copies: AHashMap<DocId, Vec<usize>> = AHashMap::new();
    for (at, doc) in docs.iter().enumerate() {
        copies.entry(stories.original(*doc)).or_default().push(at);
    }
    let mut root: Vec<usize> = (0..docs.len()).collect();
    for (at, doc) in docs.iter().enumerate() {
        let near = stories.neighbours(*doc).chain([stories.original(*doc)]);
        for other in near.filter_map(|near| copies.get(&near)).flatten().copied() {
            let pair = (of[doc], of[&docs[other]]);
            if other != at && stories.linked_beyond((*doc, docs[other]), pair, wordings) {
                let (a, b) = (find(&mut root, at), find(&mut root, other));
                root[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: AHashMap<usize, Vec<DocId>> = AHashMap::new();
    for (at, &doc) in docs.iter().enumerate() {
        groups.entry(find(&mut root, at)).or_default().push(doc);
    }
    let mut groups: Vec<Vec<DocId>> = groups.into_values().collect();
    groups.sort_unstable();
    groups
}

fn find(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}
