//! Which records are copies of which? Clusters of heavy-tailed sizes, then the originals of which
//! there is no copy.

use super::random::{Purpose, Random};

/// A record before the shuffle: clusters lie one after the other, each with its original first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot(pub u32);

/// The clusters of a corpus: four bytes for each of two records and more.
#[derive(Debug)]
pub struct Plan {
    /// Where each cluster of two and more starts, and after these where the single records do.
    starts: Vec<u32>,
}

impl Plan {
    /// A plan of `n_docs` records with `n_copies` copies, in clusters of 2 to `largest` records.
    ///
    /// c copies of one original come in proportion to 1 / c^2, up to `largest - 1`. The first cluster
    /// has `first` records, as far as there are so many copies: whatever is drawn, one is that large.
    ///
    /// There must be as many originals as [`least_originals`] says.
    pub fn new(seed: u64, n_docs: u32, n_copies: u32, largest: u32, first: u32) -> Self {
        let sizes = Sizes::up_to(largest - 1);
        let mut random = Random::new(seed, Purpose::Sizes, 0);
        let mut starts = vec![0];
        let (mut copies, mut originals, mut next) = (n_copies, n_docs - n_copies, 0);
        while 0 < copies {
            originals -= 1;
            // What is left over must not ask for more originals than there are.
            let room = u64::from(originals) * u64::from(largest - 1);
            let least = u64::from(copies).saturating_sub(room) as u32;
            let drawn = if next == 0 { first - 1 } else { sizes.draw(&mut random) };
            let size = drawn.max(least).min(copies);
            copies -= size;
            next += size + 1;
            starts.push(next);
        }
        Plan { starts }
    }

    /// The original that a record is a copy of; `None` for an original.
    pub fn original(&self, Slot(slot): Slot) -> Option<Slot> {
        let cluster = self.starts.partition_point(|&start| start <= slot) - 1;
        let start = self.starts[cluster];
        (cluster + 1 < self.starts.len() && start < slot).then_some(Slot(start))
    }
}

/// How many originals so many copies need, in clusters of up to `largest` records.
pub fn least_originals(n_copies: u32, largest: u32) -> u32 {
    n_copies.div_ceil(largest - 1)
}

/// Numbers of copies, each in proportion to 1 / c^2: cumulative weights.
struct Sizes(Vec<u64>);

impl Sizes {
    fn up_to(most: u32) -> Self {
        // In all less than 2^31, so that machines of 32 bits draw the same.
        let weight = |copies: u64| (1 << 30) / (copies * copies);
        let cumulate = |sum: &mut u64, copies| {
            *sum += weight(copies);
            Some(*sum)
        };
        Sizes((1..=u64::from(most)).scan(0, cumulate).collect())
    }

    fn draw(&self, random: &mut Random) -> u32 {
        let whole = self.0.last().map_or(1, |&sum| sum as usize);
        let drawn = random.below(whole) as u64;
        self.0.partition_point(|&sum| sum <= drawn) as u32 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::ops::Range;

    /// The clusters of two records and more.
    fn clusters(plan: &Plan) -> impl Iterator<Item = Range<u32>> {
        plan.starts.windows(2).map(|bound| bound[0]..bound[1])
    }

    proptest! {
        #[test]
        fn all_copies_find_a_place(
            (n_docs, share) in (1u32..2000, 0u32..1000), largest in 2u32..200, seed: u64
        ) {
            let n_copies = (u64::from(n_docs) * u64::from(share) / 1000) as u32;
            prop_assume!(least_originals(n_copies, largest) <= n_docs - n_copies);
            let plan = Plan::new(seed, n_docs, n_copies, largest, 2);
            let sizes: Vec<u32> = clusters(&plan).map(|c| c.end - c.start).collect();
            prop_assert!(sizes.iter().all(|size| (2..=largest).contains(size)));
            prop_assert_eq!(sizes.iter().map(|size| size - 1).sum::<u32>(), n_copies);
            let copies = (0..n_docs).filter(|&slot| plan.original(Slot(slot)).is_some());
            prop_assert_eq!(copies.count() as u32, n_copies);
            for cluster in clusters(&plan) {
                prop_assert!(cluster.end <= n_docs);
                prop_assert_eq!(plan.original(Slot(cluster.start)), None);
                prop_assert_eq!(plan.original(Slot(cluster.end - 1)), Some(Slot(cluster.start)));
            }
        }
    }

    #[test]
    fn most_clusters_are_small_and_some_large() {
        let plan = Plan::new(1, 100_000, 25_000, 60, 60);
        let sizes: Vec<u32> = clusters(&plan).map(|c| c.end - c.start).collect();
        let n = |range: Range<u32>| sizes.iter().filter(|size| range.contains(size)).count();
        assert!(sizes.len() < 2 * n(2..3) && 10 < n(30..61), "{} {}", n(2..3), n(30..61));
        assert_eq!(sizes[0], 60);
    }
}
