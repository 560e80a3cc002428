//! Which sets may be alike? Locality-sensitive hashing of signatures in bands (Leskovec, Rajaraman
//! and Ullman, "Mining of Massive Datasets", section 3.4).

/// The golden ratio's digits, as multiplicative hashing takes them (Knuth, TAOCP 6.4).
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// `bands` bands of `rows` rows each: a pair of similarity s shares a band with probability
/// `1 - (1 - s^rows)^bands`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Banding {
    /// Number of bands.
    pub bands: usize,
    /// Rows a band.
    pub rows: usize,
}

impl Banding {
    /// Length of the signatures that the banding cuts up.
    pub fn k(self) -> usize {
        self.bands * self.rows
    }

    /// The banding of signatures of at most `k` that finds pairs of the given Jaccard similarity with at
    /// least the given probability: the shortest that proposes at most one in seven of the pairs half
    /// as alike, or else the one of the most rows, which proposes the fewest. `None` where not even
    /// one row finds so many.
    pub fn for_recall(k: usize, jaccard: f64, recall: f64) -> Option<Banding> {
        let enough = |rows| {
            let bands =
                (1..=k / rows).find(|&bands| recall <= Banding { bands, rows }.recall(jaccard));
            bands.map(|bands| Banding { bands, rows })
        };
        let bandings: Vec<Banding> = (1..=k).map_while(enough).collect();
        let is_sparse = |banding: &&Banding| banding.recall(jaccard / 2.0) <= 1.0 / 7.0;
        let shortest = bandings.iter().filter(is_sparse).min_by_key(|banding| banding.k());
        shortest.or(bandings.last()).copied()
    }

    /// The keys of a signature's bands; the band's number is part of its key.
    pub fn keys(self, signature: &[u32]) -> impl Iterator<Item = u64> + '_ {
        signature.chunks_exact(self.rows).take(self.bands).zip(1u64..).map(|(rows, band)| {
            let step =
                |key: u64, &row: &u32| (key.rotate_left(29) ^ u64::from(row)).wrapping_mul(ODD);
            let key = rows.iter().fold(band.wrapping_mul(ODD), step);
            (key ^ (key >> 32)).wrapping_mul(ODD)
        })
    }

    /// Probability that a pair of the given Jaccard similarity shares a band.
    pub fn recall(self, jaccard: f64) -> f64 {
        1.0 - (1.0 - jaccard.powi(self.rows as i32)).powi(self.bands as i32)
    }
}

/// Groups of items that share a key: sorts `postings` (key, item) and calls `emit` with the
/// distinct items of every key that at least two have, in ascending order of keys and items.
pub fn for_each_bucket(postings: &mut Vec<(u64, u32)>, mut emit: impl FnMut(&[(u64, u32)])) {
    use rayon::slice::ParallelSliceMut;
    postings.par_sort_unstable();
    postings.dedup();
    postings.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1).for_each(&mut emit);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recall_is_the_curve_of_theory() {
        let banding = Banding { bands: 32, rows: 4 };
        assert_eq!(banding.k(), 128);
        for (jaccard, recall) in
            [(0.0, 0.0), (0.3, 0.2291), (0.5, 0.8732), (0.583, 0.9803), (1.0, 1.0)]
        {
            assert!((banding.recall(jaccard) - recall).abs() < 2e-4, "{}", banding.recall(jaccard));
        }
    }

    #[test]
    fn the_shortest_banding_that_is_sparse_reaches_the_recall() {
        for (jaccard, recall, expect) in [
            (0.8, 0.99, Some((12, 5))),
            (0.5, 0.99, Some((35, 3))),
            (0.95, 0.9, Some((2, 4))),
            (0.7, 0.99, Some((26, 5))),
            (1.0, 1.0, Some((1, 3))),
            (0.01, 0.99, None),
        ] {
            let banding = Banding::for_recall(256, jaccard, recall);
            assert_eq!(banding.map(|b| (b.bands, b.rows)), expect, "{jaccard}");
        }
    }

    #[test]
    fn equal_rows_in_another_band_are_another_key() {
        let keys: Vec<u64> = Banding { bands: 2, rows: 2 }.keys(&[7, 7, 7, 7]).collect();
        assert_ne!(keys[0], keys[1]);
    }

    #[test]
    fn buckets_have_distinct_items_and_at_least_two() {
        let mut postings = vec![(2, 5), (1, 4), (2, 3), (1, 4), (2, 5)];
        let mut seen = Vec::new();
        for_each_bucket(&mut postings, |bucket| seen.push(bucket.to_vec()));
        assert_eq!(seen, [vec![(2, 3), (2, 5)]]);
    }
}
