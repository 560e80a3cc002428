//! What do a reader's decisions make of the claims?

use super::Batch;
use crate::claim::{Claim, Occurrence};
use crate::cluster::Cluster;
use crate::decision::{Decisions, Kept, Rulings, passage_key};
use crate::document::DocId;
use crate::judge::{Judge, Match};
use crate::wording::{Wording, WordingId};
use ahash::{AHashMap, AHashSet};
use rayon::prelude::*;

impl Batch {
    /// The decisions as they concern this batch.
    pub(super) fn rulings(&self, decisions: &Decisions) -> Rulings {
        if decisions.is_empty() {
            return Rulings::default();
        }
        let named: AHashSet<&String> = decisions.iter().flat_map(|d| &d.passages).collect();
        let keys: Vec<String> = self
            .wordings
            .wordings
            .par_iter()
            .map(|wording| passage_key(self.exact(wording)))
            .collect();
        let mut wordings: AHashMap<String, Vec<WordingId>> = AHashMap::new();
        for (id, key) in (0..).map(WordingId).zip(keys) {
            if named.contains(&key) {
                wordings.entry(key).or_default().push(id);
            }
        }
        Rulings::of(decisions, wordings)
    }

    /// A wording as its first place has it.
    fn exact(&self, wording: &Wording) -> &str {
        let place = wording.places[0];
        let passage = &self.articles[place.doc.idx()].passages[place.passage as usize];
        passage.span.of(&self.documents[place.doc.idx()].text)
    }

    /// Takes out the claims that a reader does not want to see, and tells what became of all decisions.
    pub(super) fn hide(
        &self,
        claims: &mut Vec<Claim>,
        decisions: &Decisions,
        rulings: &Rulings,
    ) -> Kept {
        let mut places: AHashMap<(DocId, u32), WordingId> = AHashMap::new();
        for wording in rulings.hidden(decisions) {
            for place in &self.wordings.get(wording).places {
                let article = &self.articles[place.doc.idx()];
                let start = article.passages[place.passage as usize].span.start;
                places.insert((place.doc, start), wording);
            }
        }
        let mut found = AHashSet::new();
        let n_before = claims.len();
        claims.retain(|claim| {
            let of = |o: &Occurrence| places.get(&(o.doc, o.passage.start)).copied();
            let hidden: Vec<WordingId> = claim.occurrences.iter().filter_map(of).collect();
            found.extend(&hidden);
            hidden.is_empty()
        });
        Kept { n_hidden: n_before - claims.len(), ..rulings.kept(decisions, &found) }
    }
}

/// Joins the clusters of wordings that a reader takes for one: into the first of them all others,
/// but for wordings that are to be apart from one of it. What was in no cluster makes new ones, which
/// are returned; `matches` gets what stands for the decisions, also between members where clusters are
/// to be `cut` by time.
pub(super) fn join(
    clusters: &mut Vec<Cluster>,
    matches: &mut Vec<Match>,
    rulings: &mut Rulings,
    judge: &Judge,
    cut: bool,
) -> Vec<Cluster> {
    let groups = std::mem::take(&mut rulings.same);
    if groups.is_empty() {
        return Vec::new();
    }
    let mut pairs = Pairs::of(matches, judge);
    let mut new = Vec::new();
    for group in groups {
        let joined = first_holding(clusters, &group);
        let mut host = match joined.first() {
            Some(&at) => clusters[at].clone(),
            None => Cluster { medoid: group[0], members: Vec::new(), matches: Vec::new() },
        };
        let others = joined.iter().skip(1).flat_map(|&at| members(&clusters[at]));
        let added: Vec<WordingId> = group.iter().copied().chain(others).collect();
        for wording in added {
            let is_parted = members(&host).any(|member| rulings.apart.part(member, wording));
            if !is_parted && members(&host).all(|member| member != wording) {
                let others = members(&host).skip(1).filter(|_| cut);
                others.for_each(|member| {
                    pairs.matching(member, wording);
                });
                let matched = pairs.matching(host.medoid, wording);
                host.members.push((wording, matched));
                host.matches.push(matched);
            }
        }
        match joined.split_first() {
            None => new.push(host),
            Some((&at, others)) => {
                clusters[at] = host;
                others.iter().rev().for_each(|&other| drop(clusters.remove(other)));
            }
        }
    }
    new
}

/// The first cluster that holds each of the wordings, ascending.
fn first_holding(clusters: &[Cluster], group: &[WordingId]) -> Vec<usize> {
    let holds = |cluster: &Cluster, wording| members(cluster).any(|member| member == wording);
    let first = |wording: &WordingId| clusters.iter().position(|c| holds(c, *wording));
    let mut joined: Vec<usize> = group.iter().filter_map(first).collect();
    joined.sort_unstable();
    joined.dedup();
    joined
}

fn members(cluster: &Cluster) -> impl Iterator<Item = WordingId> + '_ {
    [cluster.medoid].into_iter().chain(cluster.members.iter().map(|member| member.0))
}

/// The matches, by what they match.
struct Pairs<'m> {
    matches: &'m mut Vec<Match>,
    known: AHashMap<(WordingId, WordingId), usize>,
    judge: &'m Judge<'m>,
}

impl<'m> Pairs<'m> {
    fn of(matches: &'m mut Vec<Match>, judge: &'m Judge<'m>) -> Self {
        let known = (0..).zip(matches.iter()).map(|(at, m)| ((m.a, m.b), at)).collect();
        Pairs { matches, known, judge }
    }

    /// The match of two wordings: of evidence, or else one that stands for the decision.
    fn matching(&mut self, a: WordingId, b: WordingId) -> usize {
        *self.known.entry((a.min(b), a.max(b))).or_insert_with(|| {
            self.matches.push(self.judge.decided(a, b));
            self.matches.len() - 1
        })
    }
}
