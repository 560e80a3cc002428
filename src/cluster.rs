//! Which matches are one claim? Clusters around a medoid, so that a chain of likenesses never joins
//! what is not alike itself.
//!
//! Every member matches the medoid (the wording with the strongest matches), and all members match
//! overlapping parts of it: a sentence of which two articles repeat different halves gives two
//! claims. A wording may be in several claims.

use crate::judge::Match;
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

/// Clusters `matches`, each cluster made of matches that share a medoid and a part of it.
pub fn cluster(matches: &[Match]) -> Vec<Cluster> {
    let mut graph = Graph::new(matches);
    let mut clusters = Vec::new();
    while let Some(medoid) = graph.heaviest() {
        for group in graph.groups(medoid) {
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

    /// The live matches of `medoid`, grouped by the part of it that they cover. Its match with
    /// itself (several documents have it word for word) covers all, and so is a group only where
    /// there is no other.
    fn groups(&self, medoid: WordingId) -> Vec<Vec<usize>> {
        let mut groups: Vec<((u32, u32), Vec<usize>)> = Vec::new();
        let (itself, others): (Vec<usize>, Vec<usize>) = self.edges[&medoid]
            .iter()
            .filter(|&&m| self.live[m])
            .partition(|&&m| self.matches[m].a == self.matches[m].b);
        if others.is_empty() {
            return vec![itself];
        }
        for m in others {
            let own = extent(&self.matches[m], medoid);
            match groups.iter_mut().find(|(core, _)| overlaps(*core, own)) {
                Some((_, group)) => group.push(m),
                None => groups.push((own, vec![m])),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// Uses up every match between two wordings of the new cluster.
    fn consume(&mut self, medoid: WordingId, group: &[usize]) {
        let members: AHashSet<WordingId> =
            group.iter().map(|&m| other(&self.matches[m], medoid)).chain([medoid]).collect();
        for member in &members {
            for &m in &self.edges[member] {
                if members.contains(&other(&self.matches[m], *member)) {
                    self.live[m] = false;
                }
            }
        }
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
        let shown: Vec<(u32, Vec<u32>)> = cluster(matches)
            .iter()
            .map(|c| (c.medoid.0, c.members.iter().map(|m| m.0.0).collect()))
            .collect();
        let expect: Vec<(u32, Vec<u32>)> = expect.iter().map(|(m, v)| (*m, v.to_vec())).collect();
        assert_eq!(shown, expect);
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
    }

    #[test]
    fn nothing_gives_nothing() {
        check(&[], &[]);
    }
}
