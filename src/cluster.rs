//! Which matches are one claim? Clusters around a medoid, so that a chain of likenesses never joins
//! what is not alike itself.
//!
//! Every member matches the medoid (the wording with the strongest matches), and all members match
//! overlapping parts of it: a sentence of which two articles repeat different halves gives two
//! claims, of which the first is about the whole where several documents have it word for word. A
//! wording may be in several claims. What a reader wants apart is never in one.

use crate::decision::Apart;
use crate::judge::{Match, Status};
use crate::wording::WordingId;
use ahash::{AHashMap, AHashSet};

/// Wordings that make one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The wording that all others match.
    pub medoid: WordingId,
    /// The other wordings, each with the index of its match with the medoid, strongest first.
    pub members: Vec<(WordingId, usize)>,
    /// All matches of the medoid that the cluster rests on, that with itself included.
    pub matches: Vec<usize>,
}

/// Clusters `matches`, each cluster made of matches that share a medoid and a part of it. None of them
/// may be of two wordings that are to be `apart`.
pub fn cluster(matches: &[Match], apart: &mut Apart) -> Vec<Cluster> {
    let mut graph = Graph::new(matches);
    let mut clusters = Vec::new();
    while let Some(medoid) = graph.heaviest() {
        let itself = graph.with_itself(medoid);
        for (at, group) in graph.groups(medoid).into_iter().enumerate() {
            let mut group = graph.admitted(medoid, group, apart);
            group.extend(itself.filter(|_| at == 0));
            graph.consume(medoid, &group);
            let members = group.iter().map(|&m| (other(&matches[m], medoid), m));
            let members = members.filter(|&(member, _)| member != medoid).collect();
            clusters.push(Cluster { medoid, members, matches: group });
        }
    }
    clusters
}

fn other(matched: &Match, one: WordingId) -> WordingId {
    if matched.a == one { matched.b } else { matched.a }
}

/// First and last position that a match covers in one of its wordings.
pub fn extent(matched: &Match, of: WordingId) -> (u32, u32) {
    let side = |pair: &(u32, u32)| if matched.a == of { pair.0 } else { pair.1 };
    let positions = || matched.alignment.pairs.iter().map(side);
    (positions().min().unwrap_or(0), positions().max().unwrap_or(0))
}

/// The matches that no cluster has used yet.
struct Graph<'m> {
    matches: &'m [Match],
    live: Vec<bool>,
    /// Matches of each wording, strongest first.
    edges: AHashMap<WordingId, Vec<usize>>,
    /// Candidates for the next medoid, by the strength of their live matches; may be outdated.
    queue: std::collections::BinaryHeap<(i64, std::cmp::Reverse<WordingId>)>,
}

impl<'m> Graph<'m> {
    fn new(matches: &'m [Match]) -> Self {
        let mut edges: AHashMap<WordingId, Vec<usize>> = AHashMap::new();
        let mut order: Vec<usize> = (0..matches.len()).collect();
        order.sort_by_key(|&m| (-matches[m].strength.0, matches[m].a, matches[m].b));
        for &m in &order {
            edges.entry(matches[m].a).or_default().push(m);
            if matches[m].a != matches[m].b {
                edges.entry(matches[m].b).or_default().push(m);
            }
        }
        let mut graph =
            Graph { matches, live: vec![true; matches.len()], edges, queue: Default::default() };
        let wordings: Vec<WordingId> = graph.edges.keys().copied().collect();
        graph.queue =
            wordings.into_iter().map(|w| (graph.weight(w), std::cmp::Reverse(w))).collect();
        graph
    }

    fn weight(&self, wording: WordingId) -> i64 {
        let live = self.edges[&wording].iter().filter(|&&m| self.live[m]);
        live.map(|&m| self.matches[m].strength.0.max(1)).sum()
    }

    /// The wording with the greatest strength of live matches, ties to the smaller number.
    fn heaviest(&mut self) -> Option<WordingId> {
        while let Some((weight, std::cmp::Reverse(wording))) = self.queue.pop() {
            let now = self.weight(wording);
            if now == weight && now > 0 {
                return Some(wording);
            }
            if now > 0 {
                self.queue.push((now, std::cmp::Reverse(wording)));
            }
        }
        None
    }

    /// The live match of a wording with itself: several documents have it word for word.
    fn with_itself(&self, wording: WordingId) -> Option<usize> {
        self.live_edges(wording).find(|&m| self.is_with_itself(m))
    }

    fn is_with_itself(&self, m: usize) -> bool {
        self.matches[m].a == self.matches[m].b
    }

    fn live_edges(&self, wording: WordingId) -> impl Iterator<Item = usize> {
        self.edges[&wording].iter().copied().filter(|&m| self.live[m])
    }

    /// The live matches of `medoid` with others, grouped by the part of it that they cover; without
    /// any, a group of none.
    fn groups(&self, medoid: WordingId) -> Vec<Vec<usize>> {
        let mut groups: Vec<((u32, u32), Vec<usize>)> = Vec::new();
        let others = self.live_edges(medoid).filter(|&m| !self.is_with_itself(m));
        for m in others {
            let own = extent(&self.matches[m], medoid);
            let is_whole = self.matches[m].status == Status::Decided;
            match groups.iter_mut().find(|(core, _)| is_whole || overlaps(*core, own)) {
                Some((_, group)) => group.push(m),
                None => groups.push((own, vec![m])),
            }
        }
        if groups.is_empty() {
            return vec![Vec::new()];
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// What of a group may be one cluster. Of two members that are to be apart the one that matches the
    /// medoid less leaves, and those with it that match it more than the medoid; what leaves and what
    /// stays has nothing to do with each other from then on.
    fn admitted(&mut self, medoid: WordingId, group: Vec<usize>, apart: &mut Apart) -> Vec<usize> {
        if apart.is_empty() {
            return group;
        }
        let matches = self.matches;
        let member = |m: usize| other(&matches[m], medoid);
        let (mut stay, mut parted): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        for m in group {
            let may_stay = !stay.iter().any(|&s| apart.part(member(s), member(m)));
            if may_stay { stay.push(m) } else { parted.push(m) }
        }
        let parted_members: AHashSet<WordingId> = parted.iter().map(|&m| member(m)).collect();
        let goes = |m: usize| {
            let to_parted = |&e: &usize| {
                self.live[e] && parted_members.contains(&other(&matches[e], member(m)))
            };
            let nearest = self.edges[&member(m)].iter().find(|e| to_parted(e));
            nearest.is_some_and(|&e| matches[e].strength > matches[m].strength)
        };
        // The strongest stays, so that a cluster comes of every group.
        let (first, rest) = stay.split_at(stay.len().min(1));
        let (gone, stay): (Vec<usize>, Vec<usize>) = rest.iter().partition(|&&m| goes(m));
        let stay = [first, &stay].concat();
        let gone: AHashSet<WordingId> =
            parted.into_iter().chain(gone).map(member).chain(parted_members).collect();
        let kept: AHashSet<WordingId> = stay.iter().map(|&m| member(m)).chain([medoid]).collect();
        self.use_up(&gone, &kept);
        stay
    }

    /// Uses up every match between a wording of the one and one of the other.
    fn use_up(&mut self, these: &AHashSet<WordingId>, those: &AHashSet<WordingId>) {
        for wording in these {
            for &m in &self.edges[wording] {
                if those.contains(&other(&self.matches[m], *wording)) {
                    self.live[m] = false;
                }
            }
        }
    }

    /// Uses up every match between two wordings of the new cluster.
    fn consume(&mut self, medoid: WordingId, group: &[usize]) {
        let members: AHashSet<WordingId> =
            group.iter().map(|&m| other(&self.matches[m], medoid)).chain([medoid]).collect();
        self.use_up(&members, &members);
    }
}

/// Whether two extents share at least half of the shorter.
fn overlaps(a: (u32, u32), b: (u32, u32)) -> bool {
    let common = i64::from(a.1.min(b.1)) - i64::from(a.0.max(b.0)) + 1;
    let shorter = i64::from((a.1 - a.0).min(b.1 - b.0)) + 1;
    common * 2 >= shorter
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Alignment;
    use crate::document::DocId;
    use crate::fixed::Milli;
    use crate::judge::Status;

    fn matched(a: u32, b: u32, strength: i64, range: std::ops::Range<u32>) -> Match {
        Match {
            a: WordingId(a),
            b: WordingId(b),
            docs: (DocId(0), DocId(1)),
            numbers: 0,
            stands_alone: true,
            status: Status::Confirmed,
            alignment: Alignment { score: strength, pairs: range.map(|i| (i, i)).collect() },
            mass: Milli(strength),
            expect_ln: Milli(0),
            ratio: Milli(1000),
            strength: Milli(strength),
        }
    }

    fn check(matches: &[Match], expect: &[(u32, &[u32])]) {
        check_apart(matches, &[], expect);
    }

    #[test]
    fn a_chain_is_cut() {
        let links = [
            matched(0, 1, 5, 0..9),
            matched(1, 2, 6, 0..9),
            matched(2, 3, 5, 0..9),
            matched(3, 4, 5, 0..9),
        ];
        check(&links, &[(1, &[2, 0]), (3, &[2, 4])]);
    }

    #[test]
    fn a_clique_is_one_cluster() {
        let all = [matched(0, 1, 5, 0..9), matched(0, 2, 5, 0..9), matched(1, 2, 4, 0..9)];
        check(&all, &[(0, &[1, 2])]);
    }

    #[test]
    fn different_parts_of_one_wording_are_different_claims() {
        let halves = [matched(0, 1, 5, 0..9), matched(0, 2, 4, 10..19), matched(0, 3, 3, 11..18)];
        check(&halves, &[(0, &[1]), (0, &[2, 3])]);
    }

    #[test]
    fn a_wording_of_several_documents_is_a_claim_by_itself() {
        check(&[matched(0, 0, 9, 0..9)], &[(0, &[])]);
        check(
            &[matched(0, 0, 9, 0..19), matched(0, 1, 5, 0..9), matched(0, 2, 4, 10..19)],
            &[(0, &[1]), (0, &[2])],
        );
        let halves = [matched(0, 0, 9, 0..19), matched(0, 1, 5, 0..9), matched(0, 2, 4, 10..19)];
        let about = cluster(&halves, &mut apart(&[]));
        let rests_on_itself = |cluster: &Cluster| cluster.matches.contains(&0);
        assert_eq!(about.iter().map(rests_on_itself).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn nothing_gives_nothing() {
        check(&[], &[]);
    }

    use crate::decision::{Decisions, Rulings, passage_key};
    use proptest::prelude::*;

    /// Wordings that are to be apart, by number.
    fn apart(pairs: &[(u32, u32)]) -> Apart {
        let key = |w: u32| passage_key(&w.to_string());
        let line = |&(a, b): &(u32, u32)| {
            let (a, b) = (key(a), key(b));
            format!("{{\"decision\":\"not-same\",\"passages\":[\"{a}\",\"{b}\"]}}\n")
        };
        let decisions = pairs.iter().map(line).collect::<String>();
        let wordings = (0..9).map(|w| (key(w), vec![WordingId(w)])).collect();
        Rulings::of(&Decisions::parse(&decisions, "d").unwrap(), wordings).apart
    }

    fn check_apart(matches: &[Match], pairs: &[(u32, u32)], expect: &[(u32, &[u32])]) {
        let clusters = cluster(matches, &mut apart(pairs));
        let shown: Vec<(u32, Vec<u32>)> = clusters
            .iter()
            .map(|c| (c.medoid.0, c.members.iter().map(|m| m.0.0).collect()))
            .collect();
        let expect: Vec<(u32, Vec<u32>)> = expect.iter().map(|(m, v)| (*m, v.to_vec())).collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn of_two_that_are_apart_the_less_like_leaves_with_its_own() {
        // 3 is like 2, which is to be apart from 1; 4 is like all and stays.
        let links = [
            matched(0, 1, 9, 0..9),
            matched(0, 2, 5, 0..9),
            matched(0, 3, 4, 0..9),
            matched(0, 4, 7, 0..9),
            matched(2, 3, 6, 0..9),
            matched(2, 4, 6, 0..9),
        ];
        check_apart(&links, &[(1, 2)], &[(0, &[1, 4]), (2, &[3])]);
        check_apart(&links[..2], &[(1, 2)], &[(0, &[1])]);
        check_apart(&links[..2], &[(1, 3)], &[(0, &[1, 2])]);
    }

    proptest! {
        #[test]
        fn what_is_apart_is_never_together(
            links in prop::collection::vec((0..8u32, 1..8u32, 0..9i64, 0..2u32), 0..20),
            pairs in prop::collection::vec((0..8u32, 1..8u32), 0..6),
        ) {
            let two = |a: u32, step: u32| (a.min((a + step) % 8), a.max((a + step) % 8));
            let pairs: Vec<(u32, u32)> = pairs.iter().map(|&(a, step)| two(a, step)).collect();
            let matches: Vec<Match> = (links.iter())
                .map(|&(a, step, strength, half)| (two(a, step), strength, half * 10))
                .filter(|(ends, ..)| !pairs.contains(ends))
                .map(|((a, b), strength, from)| matched(a, b, strength, from..from + 9))
                .collect();
            for found in cluster(&matches, &mut apart(&pairs)) {
                let members = || found.members.iter().map(|m| m.0.0).chain([found.medoid.0]);
                let together = |&(a, b): &(u32, u32)| members().any(|m| m == a) && members().any(|m| m == b);
                prop_assert!(!pairs.iter().any(together), "{:?}", found);
                for &(member, m) in &found.members {
                    let ends = [matches[m].a, matches[m].b];
                    prop_assert!(ends.contains(&member) && ends.contains(&found.medoid));
                }
            }
        }
    }
}
