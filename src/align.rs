//! Which words of two wordings correspond, in order? Local alignment of tokens (Smith and Waterman,
//! "Identification of common molecular subsequences", 1981), with all strong local maxima that do
//! not overlap (Waterman and Eggert, 1987), within the band of diagonals on which rare words agree.

use ahash::AHashMap;

/// What a gap of one word costs, in thousandths of a nat; a substitution is two gaps. Words of
/// ordinary text weigh 4 nats on average, so an informative word pays for six inserted ones.
const GAP: i32 = 700;
/// Diagonals that the band takes in on either side of the anchors'.
const MARGIN: i64 = 10;
/// Least weight of a word that anchors the band, in thousandths of a nat; half the mean
/// weight will do where that is less, as in a small batch of a language without word counts.
const ANCHOR: u32 = 1000;
/// Least score of a second or further local maximum, in thousandths of a nat: one rare word that
/// stands elsewhere is no reused part.
const PART: i32 = 6000;
/// Most local maxima of one pair of wordings.
const PARTS: usize = 4;

/// A word as the alignment sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aligned {
    /// Equal words have equal numbers.
    pub word: u32,
    /// Words of one stem have equal numbers.
    pub stem: u32,
    /// Weight in thousandths of a nat.
    pub weight: u32,
}

/// How two wordings correspond.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alignment {
    /// Weights of what agrees less the gaps, over all parts, in thousandths of a nat.
    pub score: i64,
    /// Positions of corresponding words in the first and the second wording, ascending in the
    /// first; in the second too, unless a part was moved.
    pub pairs: Vec<(u32, u32)>,
}

/// What two words at corresponding places are worth: the lighter weight, half of it where only
/// the stems agree, nothing where they do not.
pub fn credit(a: &Aligned, b: &Aligned) -> u32 {
    let weight = a.weight.min(b.weight);
    match (a.word == b.word, a.stem == b.stem) {
        (true, _) => weight,
        (false, true) => weight / 2,
        (false, false) => 0,
    }
}

/// Aligns `a` with `b` in O(length x band) a part.
pub fn align(a: &[Aligned], b: &[Aligned]) -> Alignment {
    let mut taken = Taken { a: vec![false; a.len()], b: vec![false; b.len()] };
    let mut alignment = Alignment::default();
    for part in 0..PARTS {
        let Some(band) = Band::around_anchors(a, b, &taken) else { break };
        let (score, pairs) = best_part(a, b, band, &taken);
        if pairs.is_empty() || (part > 0 && score < PART) {
            break;
        }
        taken.take(&pairs);
        alignment.score += i64::from(score);
        alignment.pairs.extend(pairs);
    }
    alignment.pairs.sort_unstable();
    alignment
}

fn mean_weight(words: &[Aligned]) -> u32 {
    let sum: u64 = words.iter().map(|w| u64::from(w.weight)).sum();
    (sum / words.len().max(1) as u64) as u32
}

/// Positions that earlier parts cover, from their first to their last word.
struct Taken {
    a: Vec<bool>,
    b: Vec<bool>,
}

impl Taken {
    fn take(&mut self, pairs: &[(u32, u32)]) {
        if let (Some(first), Some(last)) = (pairs.first(), pairs.last()) {
            self.a[first.0 as usize..=last.0 as usize].fill(true);
            self.b[first.1 as usize..=last.1 as usize].fill(true);
        }
    }
}

/// Diagonals `j - i`, both ends included.
#[derive(Debug, Clone, Copy)]
struct Band {
    low: i64,
    high: i64,
}

impl Band {
    /// The band over all diagonals on which a free informative word of `a` and one of `b` share
    /// their stem; `None` where there is none.
    fn around_anchors(a: &[Aligned], b: &[Aligned], taken: &Taken) -> Option<Band> {
        let least = ANCHOR.min(mean_weight(a) / 2).min(mean_weight(b) / 2);
        let mut ends: AHashMap<u32, (i64, i64)> = AHashMap::new();
        for (j, word) in b.iter().enumerate().filter(|(j, w)| !taken.b[*j] && w.weight >= least) {
            ends.entry(word.stem).or_insert((j as i64, j as i64)).1 = j as i64;
        }
        let free = a.iter().enumerate().filter(|(i, _)| !taken.a[*i]);
        free.filter_map(|(i, word)| {
            ends.get(&word.stem).map(|&(first, last)| (first - i as i64, last - i as i64))
        })
        .reduce(|x, y| (x.0.min(y.0), x.1.max(y.1)))
        .map(|(low, high)| Band { low: low - MARGIN, high: high + MARGIN })
    }

    /// The columns of row `i` inside the band, for `n` columns.
    fn columns(self, i: usize, n: usize) -> std::ops::Range<usize> {
        let clamp = |j: i64| j.clamp(0, n as i64) as usize;
        clamp(i as i64 + self.low)..clamp(i as i64 + self.high + 1)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Start,
    Diagonal,
    Up,
    Left,
}

/// The best local alignment of free words within the band, and its score.
fn best_part(a: &[Aligned], b: &[Aligned], band: Band, taken: &Taken) -> (i32, Vec<(u32, u32)>) {
    let width = (band.high - band.low + 1).min(b.len() as i64) as usize;
    let mut steps = vec![Step::Start; a.len() * width];
    // Scores of the row above and of this one; column j is at j + 1.
    let (mut above, mut row) = (vec![0i32; b.len() + 1], vec![0i32; b.len() + 1]);
    let (mut best, mut end) = (0, (0, 0));
    for i in 0..a.len() {
        let columns = band.columns(i, b.len());
        row[columns.start] = 0;
        for j in columns.clone() {
            let (score, step) = if taken.a[i] || taken.b[j] {
                (0, Step::Start)
            } else {
                cell(above[j], credit(&a[i], &b[j]), above[j + 1] - GAP, row[j] - GAP)
            };
            row[j + 1] = score;
            steps[i * width + j - columns.start] = step;
            if score > best {
                (best, end) = (score, (i, j));
            }
        }
        // The next row's band may reach one column further: nothing can come from there.
        row[columns.end + 1..].iter_mut().take(1).for_each(|cell| *cell = 0);
        std::mem::swap(&mut above, &mut row);
    }
    (best, if best > 0 { trace(a, b, band, &steps, width, end) } else { Vec::new() })
}

fn cell(diagonal: i32, credit: u32, up: i32, left: i32) -> (i32, Step) {
    let matched = if credit > 0 { diagonal + credit as i32 } else { 0 };
    let score = matched.max(up).max(left);
    match score {
        ..=0 => (0, Step::Start),
        _ if score == matched => (score, Step::Diagonal),
        _ if score == up => (score, Step::Up),
        _ => (score, Step::Left),
    }
}

fn trace(
    a: &[Aligned],
    b: &[Aligned],
    band: Band,
    steps: &[Step],
    width: usize,
    end: (usize, usize),
) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let (mut i, mut j) = (end.0 as i64, end.1 as i64);
    while i >= 0 && j >= 0 && (i as usize) < a.len() {
        let columns = band.columns(i as usize, b.len());
        if !columns.contains(&(j as usize)) {
            break;
        }
        match steps[i as usize * width + j as usize - columns.start] {
            Step::Start => break,
            Step::Diagonal => {
                pairs.push((i as u32, j as u32));
                (i, j) = (i - 1, j - 1);
            }
            Step::Up => i -= 1,
            Step::Left => j -= 1,
        }
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A word a letter; capitals weigh 4 nats, small letters 0.5; a and A have one stem.
    fn words(text: &str) -> Vec<Aligned> {
        text.chars()
            .map(|c| Aligned {
                word: c as u32,
                stem: c.to_ascii_uppercase() as u32,
                weight: if c.is_uppercase() { 4000 } else { 500 },
            })
            .collect()
    }

    fn check(a: &str, b: &str, score: i64, matched: &str) {
        let alignment = align(&words(a), &words(b));
        let letters: String =
            alignment.pairs.iter().map(|p| a.chars().nth(p.0 as usize).unwrap()).collect();
        assert_eq!((alignment.score, letters.as_str()), (score, matched), "{a} against {b}");
    }

    #[test]
    fn alignments() {
        check("ABCD", "ABCD", 16_000, "ABCD");
        check("xABCDy", "zABCDw", 16_000, "ABCD");
        check("ABqCD", "ABCD", 15_300, "ABCD"); // a gap
        check("ABqCD", "ABrCD", 14_600, "ABCD"); // a substitution is two gaps
        check("ABCDpqrstuvwxyzEFGH", "ABCDEFGH", 32_000 - 11 * 700, "ABCDEFGH");
        check("ABCDEFGH", "EFGHABCD", 32_000, "ABCDEFGH"); // a moved part
        check("ABCDqE", "EqqqqqqqqqqqqqqqABCD", 16_000, "ABCD"); // one word elsewhere is no part
        check("abcd", "abcd", 2000, "abcd"); // the heaviest words there are
        check("", "ABC", 0, "");
        check("ABC", "DEF", 0, "");
    }

    #[test]
    fn a_shared_stem_is_worth_half() {
        let mut other = words("ABCD");
        other[1].word = 1;
        assert_eq!(align(&words("ABCD"), &other).score, 14_000);
    }

    #[test]
    fn the_band_reaches_across_a_long_insertion_in_front() {
        let b = format!("{}ABCDE", "q".repeat(300));
        check("ABCDE", &b, 20_000, "ABCDE");
    }

    /// The whole matrix, cells outside the band left at zero: the slow twin of the best part.
    fn smith_waterman(a: &[Aligned], b: &[Aligned], band: Band) -> i64 {
        let mut h = vec![vec![0i32; b.len() + 1]; a.len() + 1];
        let mut best = 0;
        for i in 0..a.len() {
            for j in band.columns(i, b.len()) {
                let credit = credit(&a[i], &b[j]) as i32;
                let matched = if credit > 0 { h[i][j] + credit } else { 0 };
                h[i + 1][j + 1] = matched.max(h[i][j + 1] - GAP).max(h[i + 1][j] - GAP).max(0);
                best = best.max(h[i + 1][j + 1]);
            }
        }
        i64::from(best)
    }

    proptest! {
        #[test]
        fn the_first_part_is_the_best_of_the_band(a in "[A-Ea-c]{0,24}", b in "[A-Ea-c]{0,24}") {
            let (a, b) = (words(&a), words(&b));
            let taken = Taken { a: vec![false; a.len()], b: vec![false; b.len()] };
            if let Some(band) = Band::around_anchors(&a, &b, &taken) {
                let part = best_part(&a, &b, band, &taken).0;
                prop_assert_eq!(i64::from(part), smith_waterman(&a, &b, band));
            }
        }

        #[test]
        fn parts_never_overlap(a in "[A-D]{0,20}", b in "[A-D]{0,20}") {
            let pairs = align(&words(&a), &words(&b)).pairs;
            let mut columns: Vec<u32> = pairs.iter().map(|p| p.1).collect();
            columns.sort_unstable();
            prop_assert!(pairs.windows(2).all(|w| w[0].0 < w[1].0));
            prop_assert!(columns.windows(2).all(|w| w[0] < w[1]));
        }
    }
}
