//! Which words of two wordings correspond, and what stands at the same place?

use std::ops::Range;

/// Most pairs of words that are compared between two that are known to correspond: 64 by 64.
const MOST_CELLS: usize = 4096;

/// Corresponding words of two wordings.
pub(super) struct Places {
    /// By word of the first: its partner in the second; ascending.
    a: Vec<Option<usize>>,
    /// By word of the second.
    b: Vec<Option<usize>>,
}

/// One side of a correspondence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    A,
    B,
}

impl Places {
    /// `pairs` ascend in both wordings; between them the words that `same` tells to be one are
    /// paired too, in the longest sequence that both have.
    pub(super) fn new(
        n_a: usize,
        n_b: usize,
        pairs: &[(usize, usize)],
        same: impl Fn(usize, usize) -> bool,
    ) -> Places {
        let mut places = Places { a: vec![None; n_a], b: vec![None; n_b] };
        let (mut i, mut j) = (0, 0);
        for (x, y) in pairs.iter().copied().chain([(n_a, n_b)]) {
            places.fill(i..x, j..y, &same);
            if x < n_a && y < n_b {
                places.pair(x, y);
            }
            (i, j) = (x + 1, y + 1);
        }
        places
    }

    fn pair(&mut self, x: usize, y: usize) {
        self.a[x] = Some(y);
        self.b[y] = Some(x);
    }

    /// Pairs the longest common subsequence of two stretches.
    fn fill(&mut self, a: Range<usize>, b: Range<usize>, same: &impl Fn(usize, usize) -> bool) {
        let (n_a, n_b) = (a.len(), b.len());
        if n_a == 0 || n_b == 0 || n_a * n_b > MOST_CELLS {
            return;
        }
        let width = n_b + 1;
        let mut longest = vec![0u16; (n_a + 1) * width]; // from here to the ends
        for i in (0..n_a).rev() {
            for j in (0..n_b).rev() {
                longest[i * width + j] = if same(a.start + i, b.start + j) {
                    longest[(i + 1) * width + j + 1] + 1
                } else {
                    longest[(i + 1) * width + j].max(longest[i * width + j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < n_a && j < n_b {
            if same(a.start + i, b.start + j) {
                self.pair(a.start + i, b.start + j);
                (i, j) = (i + 1, j + 1);
            } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }

    fn side(&self, which: Which) -> &[Option<usize>] {
        match which {
            Which::A => &self.a,
            Which::B => &self.b,
        }
    }

    /// Whether any words correspond.
    pub(super) fn any(&self) -> bool {
        self.a.iter().any(Option::is_some)
    }

    /// The stretch of the other wording that stands between the partners of the words around
    /// `range`.
    pub(super) fn opposite(&self, which: Which, range: &Range<usize>) -> Range<usize> {
        let (side, n_other) = match which {
            Which::A => (&self.a, self.b.len()),
            Which::B => (&self.b, self.a.len()),
        };
        let before = side[..range.start].iter().rev().find_map(|p| *p);
        let behind = side[range.end..].iter().find_map(|p| *p);
        let start = before.map_or(0, |p| p + 1);
        start..behind.unwrap_or(n_other).max(start)
    }

    /// How many words beside `range` have no partner, up to the nearest that have.
    pub(super) fn n_apart(&self, which: Which, range: &Range<usize>) -> usize {
        let side = self.side(which);
        let before = side[..range.start].iter().rev().take_while(|p| p.is_none()).count();
        let behind = side[range.end..].iter().take_while(|p| p.is_none()).count();
        before + behind
    }

    /// Whether one of the two words before `range` has a partner, and one of the two behind it; an
    /// end of the wording holds as well as a word does, but not both ends.
    pub(super) fn is_enclosed(&self, which: Which, range: &Range<usize>) -> bool {
        const REACH: usize = 2;
        let side = self.side(which);
        let (before, behind) = (&side[..range.start], &side[range.end..]);
        let left = before.iter().rev().take(REACH).any(Option::is_some);
        let right = behind.iter().take(REACH).any(Option::is_some);
        (left || before.len() <= REACH) && (right || behind.len() <= REACH) && (left || right)
    }

    /// Whether the word right behind `range` has a partner.
    pub(super) fn leads_on(&self, which: Which, range: &Range<usize>) -> bool {
        self.side(which).get(range.end).is_some_and(Option::is_some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(a: &str, b: &str, pairs: &[(usize, usize)]) -> Places {
        let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
        Places::new(a.len(), b.len(), pairs, |i, j| a[i] == b[j])
    }

    #[test]
    fn equal_words_between_known_pairs_correspond() {
        let found = places("p q a b c d", "p x A c d y", &[(2, 2)]);
        assert_eq!(found.a, [Some(0), None, Some(2), None, Some(3), Some(4)]);
        assert_eq!(found.b, [Some(0), None, Some(2), Some(4), Some(5), None]);
        assert_eq!(found.opposite(Which::A, &(1..2)), 1..2);
        assert_eq!(found.opposite(Which::A, &(3..4)), 3..3);
        assert_eq!(found.opposite(Which::A, &(5..6)), 4..6);
        assert_eq!(found.n_apart(Which::A, &(1..2)), 0);
        assert!(!places("a", "b", &[]).any());
    }
}
