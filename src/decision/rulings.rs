//! What do decisions mean for the wordings of a batch?

use super::{Decision, DecisionKind, Decisions, Idle, IdleReason, Kept};
use crate::wording::WordingId;
use ahash::{AHashMap, AHashSet};

/// Which wordings may not be in one claim.
///
/// What a reader takes for one passage stands for it as a whole: all of it is apart from all of another.
#[derive(Debug, Default)]
pub struct Apart {
    /// The first wording of the passages that are one with it; of others it is the wording itself.
    node: AHashMap<WordingId, WordingId>,
    /// The smaller first.
    pairs: AHashSet<(WordingId, WordingId)>,
    /// Those of the pairs that something would have joined.
    parted: AHashSet<(WordingId, WordingId)>,
}

impl Apart {
    /// Whether any two wordings are.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Whether two wordings are; it is noted that they would have been joined.
    pub fn part(&mut self, a: WordingId, b: WordingId) -> bool {
        let pair = self.pair(a, b);
        let is_parted = self.pairs.contains(&pair);
        if is_parted {
            self.parted.insert(pair);
        }
        is_parted
    }

    /// Whether something would have joined a wording with one that it is to be apart from.
    fn has_parted(&self, wording: WordingId) -> bool {
        let (node, _) = self.pair(wording, wording);
        self.parted.iter().any(|&(a, b)| a == node || b == node)
    }

    fn pair(&self, a: WordingId, b: WordingId) -> (WordingId, WordingId) {
        let node = |w: WordingId| self.node.get(&w).copied().unwrap_or(w);
        (node(a).min(node(b)), node(a).max(node(b)))
    }
}

/// The decisions as they concern the wordings of a batch.
#[derive(Debug, Default)]
pub struct Rulings {
    /// Wordings that are one claim: groups of two and more, each ascending; none is in two.
    pub same: Vec<Vec<WordingId>>,
    /// Those that may not be in one.
    pub apart: Apart,
    /// Those that match none but of the same passage, with the first wording of that.
    split: AHashMap<WordingId, WordingId>,
    /// The wordings of each passage that a decision names.
    wordings: AHashMap<String, Vec<WordingId>>,
    /// The first wordings of the passages whose splitting took a match away.
    did_split: AHashSet<WordingId>,
    /// The decisions to join, by line, each with the wordings of both passages.
    joins: Vec<(u64, Vec<WordingId>)>,
}

/// What a run came to, as far as it tells which decisions had an effect.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Of every claim that is shown or hidden by decision, the wordings that decisions name.
    pub claims: Vec<AHashSet<WordingId>>,
    /// Passages that stand in what is no evidence.
    pub no_evidence: AHashSet<String>,
}

impl Rulings {
    /// `wordings` tells the wordings of a passage that a decision names, ascending.
    pub fn of(decisions: &Decisions, wordings: AHashMap<String, Vec<WordingId>>) -> Rulings {
        let mut rulings = Rulings { wordings, ..Rulings::default() };
        let of = |kind| decisions.iter().filter(move |decision| decision.kind == kind);
        for same in of(DecisionKind::Same) {
            let joined = rulings.all(same);
            rulings.joins.push((same.line, joined.clone()));
            rulings.join(joined);
        }
        rulings.same.sort_unstable();
        for group in &rulings.same {
            rulings.apart.node.extend(group.iter().map(|&wording| (wording, group[0])));
        }
        for parted in of(DecisionKind::NotSame) {
            let [a, b] = [0, 1].map(|side| rulings.passage(&parted.passages[side]).to_vec());
            let pairs = a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b)));
            let pairs: Vec<_> = pairs.map(|(a, b)| rulings.apart.pair(a, b)).collect();
            rulings.apart.pairs.extend(pairs);
        }
        for split in of(DecisionKind::Split) {
            let wordings = rulings.all(split);
            rulings.split.extend(wordings.iter().map(|&wording| (wording, wordings[0])));
        }
        rulings
    }

    /// Joins wordings to one group, with the groups that have any of them.
    fn join(&mut self, mut joined: Vec<WordingId>) {
        self.same.retain(|group| {
            let is_other = group.iter().all(|wording| !joined.contains(wording));
            if !is_other {
                joined.extend(group);
            }
            is_other
        });
        joined.sort_unstable();
        joined.dedup();
        if 1 < joined.len() {
            self.same.push(joined);
        }
    }

    fn passage(&self, key: &str) -> &[WordingId] {
        self.wordings.get(key).map_or(&[], Vec::as_slice)
    }

    fn all(&self, decision: &Decision) -> Vec<WordingId> {
        decision.passages.iter().flat_map(|key| self.passage(key)).copied().collect()
    }

    /// Whether two wordings that match may be in one claim for that.
    pub fn admit(&mut self, a: WordingId, b: WordingId) -> bool {
        let [split_a, split_b] = [a, b].map(|wording| self.split.get(&wording).copied());
        if split_a != split_b {
            self.did_split.extend(split_a.into_iter().chain(split_b));
            return false;
        }
        !self.apart.part(a, b)
    }

    /// Notes which decisions join nothing, since `is_one` tells that one claim of evidence has all of
    /// their wordings and no other has one of them.
    pub fn note_joins(&mut self, is_one: impl Fn(&[WordingId]) -> bool) {
        self.joins.retain(|(_, wordings)| !is_one(wordings));
    }

    /// All wordings that decisions name.
    pub fn named(&self) -> impl Iterator<Item = WordingId> + '_ {
        self.wordings.values().flatten().copied()
    }

    /// The passages that decisions name and no wording has.
    pub fn gone<'d>(&'d self, decisions: &'d Decisions) -> impl Iterator<Item = &'d String> {
        let named = decisions.iter().flat_map(|decision| &decision.passages);
        named.filter(|key| self.passage(key).is_empty())
    }

    /// The wordings of the passages whose claims are not shown.
    pub fn hidden(&self, decisions: &Decisions) -> AHashSet<WordingId> {
        let hides = decisions.iter().filter(|decision| decision.kind == DecisionKind::Hide);
        hides.flat_map(|hide| self.all(hide)).collect()
    }

    /// What became of the decisions, in a run that came to this.
    pub fn kept(&self, decisions: &Decisions, outcome: &Outcome) -> Kept {
        let mut kept = Kept { path: decisions.path().to_owned(), ..Kept::default() };
        for decision in decisions.iter() {
            match self.idle_reason(decision, outcome) {
                None => kept.n_applied += 1,
                Some(reason) => {
                    kept.idle.push(Idle { line: decision.line, kind: decision.kind, reason });
                }
            }
        }
        kept
    }

    /// Why a decision has no effect; `None` if it has one.
    fn idle_reason(&self, decision: &Decision, outcome: &Outcome) -> Option<IdleReason> {
        if let Some(gone) = decision.passages.iter().find(|key| self.passage(key).is_empty()) {
            let stands = outcome.no_evidence.contains(gone);
            let reason = if stands { IdleReason::NoEvidence } else { IdleReason::NoArticle };
            return Some(reason(gone.clone()));
        }
        let is_in = |key: &String, claim: &AHashSet<WordingId>| {
            self.passage(key).iter().any(|wording| claim.contains(wording))
        };
        let mut claims = outcome.claims.iter();
        let is_shown = claims.any(|claim| decision.passages.iter().all(|key| is_in(key, claim)));
        let (has_effect, reason) = match decision.kind {
            DecisionKind::Same if !is_shown => (false, IdleReason::NotShown),
            DecisionKind::Same => (self.did_join(decision), IdleReason::OneAlready),
            DecisionKind::NotSame => (self.parted(decision), IdleReason::NothingJoins),
            DecisionKind::Split => (self.did_split(decision), IdleReason::NothingMatches),
            DecisionKind::Hide => (is_shown, IdleReason::NoClaim),
        };
        (!has_effect).then_some(reason)
    }

    /// Whether a decision to join changed a claim, or what another decision parts: of two that are one
    /// neither may be with what is apart from the other.
    fn did_join(&self, decision: &Decision) -> bool {
        let joins = self.joins.iter().any(|&(line, _)| line == decision.line);
        joins || self.all(decision).iter().any(|&wording| self.apart.has_parted(wording))
    }

    fn did_split(&self, decision: &Decision) -> bool {
        self.all(decision).first().is_some_and(|first| self.did_split.contains(first))
    }

    fn parted(&self, decision: &Decision) -> bool {
        let [a, b] = [0, 1].map(|side| self.passage(&decision.passages[side]));
        let is_parted = |a, b| self.apart.parted.contains(&self.apart.pair(a, b));
        a.iter().any(|&a| b.iter().any(|&b| is_parted(a, b)))
    }
}
