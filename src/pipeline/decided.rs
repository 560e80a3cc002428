//! What do a reader's decisions make of the claims?

use super::Batch;
use crate::claim::{Claim, Occurrence};
use crate::cluster::Cluster;
use crate::decision::{Decisions, Kept, Outcome, Rulings, passage_key};
use crate::document::DocId;
use crate::judge::{Judge, Match};
use crate::text::passage;
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
        let places = self.places(rulings.named());
        let of = |o: &Occurrence| places.get(&(o.doc, o.passage.start)).copied();
        let named = |claim: &Claim| claim.occurrences.iter().filter_map(of).collect();
        let outcome = Outcome {
            claims: claims.iter().map(named).collect(),
            no_evidence: self.no_evidence(rulings.gone(decisions).collect()),
        };
        let (hidden, n_before) = (rulings.hidden(decisions), claims.len());
        let mut named = outcome.claims.iter();
        claims.retain(|_| named.next().is_none_or(|named| named.is_disjoint(&hidden)));
        Kept { n_hidden: n_before - claims.len(), ..rulings.kept(decisions, &outcome) }
    }

    /// Where wordings stand: the document, and the start of the passage.
    fn places(
        &self,
        wordings: impl Iterator<Item = WordingId>,
    ) -> AHashMap<(DocId, u32), WordingId> {
        let mut places = AHashMap::new();
        for wording in wordings {
            for place in &self.wordings.get(wording).places {
                let article = &self.articles[place.doc.idx()];
                let start = article.passages[place.passage as usize].span.start;
                places.insert((place.doc, start), wording);
            }
        }
        places
    }

    /// Those of the passages that stand in paragraphs where no claim is looked for.
    fn no_evidence(&self, gone: AHashSet<&String>) -> AHashSet<String> {
        if gone.is_empty() {
            return AHashSet::new();
        }
        let articles = self.documents.par_iter().zip(&self.articles);
        let keys = articles.flat_map_iter(|(document, article)| {
            let mut paragraphs = article.paragraphs.clone();
            paragraphs.iter_mut().for_each(|p| p.boilerplate = !p.boilerplate);
            let passages = passage::find(&document.text, &article.tokens, &paragraphs);
            passages.into_iter().map(|passage| passage_key(passage.span.of(&document.text)))
        });
        keys.filter(|key| gone.contains(key)).collect::<Vec<_>>().into_iter().collect()
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
    rulings.note_joins(|wordings| is_one(clusters, wordings));
    let groups = std::mem::take(&mut rulings.same);
    if groups.is_empty() {
        return Vec::new();
    }
    let mut pairs = Pairs::of(matches, judge);
    let mut new = Vec::new();
    for group in groups {
        let joined = holding(clusters, &group);
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

/// The clusters that hold one of the wordings, ascending.
fn holding(clusters: &[Cluster], wordings: &[WordingId]) -> Vec<usize> {
    let holds = |cluster: &Cluster| members(cluster).any(|member| wordings.contains(&member));
    (0..clusters.len()).filter(|&at| holds(&clusters[at])).collect()
}

/// Whether one cluster holds all of the wordings, and no other one of them.
fn is_one(clusters: &[Cluster], wordings: &[WordingId]) -> bool {
    let has_all = |cluster: &Cluster| {
        wordings.iter().all(|&wording| members(cluster).any(|member| member == wording))
    };
    matches!(holding(clusters, wordings)[..], [at] if has_all(&clusters[at]))
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
