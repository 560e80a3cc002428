//! How alike are the two sides of a passage, and does one tell it in the order of the other?

use crate::align::Aligned;
use crate::claim::Grade;
use ahash::{AHashMap, AHashSet};

/// Words of a run that counts as taken over.
const RUN_WORDS: usize = 3;
/// Least share of the words of both sides, in per cent, that stand in shared runs.
const NEAR: usize = 85;
const EDITED: usize = 30;

/// The grade of two sides, by the share of their words that stand in runs of three which the other
/// has too.
pub fn grade(a: &[Aligned], b: &[Aligned]) -> Grade {
    let n_words = a.len() + b.len();
    let n_shared = n_in_runs_of(a, b) + n_in_runs_of(b, a);
    if a.iter().map(|w| w.word).eq(b.iter().map(|w| w.word)) {
        Grade::Identical
    } else if n_shared * 100 >= n_words * NEAR {
        Grade::NearIdentical
    } else if n_shared * 100 >= n_words * EDITED {
        Grade::Edited
    } else {
        Grade::Reworded
    }
}

/// Number of words of `a` in runs that `b` has.
fn n_in_runs_of(a: &[Aligned], b: &[Aligned]) -> usize {
    let key = |run: &[Aligned]| -> [u32; RUN_WORDS] { std::array::from_fn(|i| run[i].word) };
    let runs: AHashSet<[u32; RUN_WORDS]> = b.windows(RUN_WORDS).map(key).collect();
    let (mut n_words, mut end) = (0, 0);
    for (at, run) in a.windows(RUN_WORDS).enumerate() {
        if runs.contains(&key(run)) {
            n_words += at + RUN_WORDS - end.max(at);
            end = at + RUN_WORDS;
        }
    }
    n_words
}

/// Least share of the anchors, in per cent, that a common order has.
const ORDER: usize = 67;

/// Whether most of the stems that stand once on either side stand there in the same order.
pub fn is_in_order(a: &[Aligned], b: &[Aligned]) -> bool {
    let (x, y) = (once(a), once(b));
    let mut anchors: Vec<(usize, usize)> =
        x.iter().filter_map(|(stem, &at)| Some((at, *y.get(stem)?))).collect();
    anchors.sort_unstable();
    // Of the ascending sequences of each length, the least last place (patience sorting).
    let mut lasts: Vec<usize> = Vec::new();
    for &(_, at) in &anchors {
        let len = lasts.partition_point(|&last| last < at);
        match lasts.get_mut(len) {
            Some(last) => *last = at,
            None => lasts.push(at),
        }
    }
    lasts.len() * 100 >= anchors.len() * ORDER
}

/// The stems that stand once, with their places.
fn once(words: &[Aligned]) -> AHashMap<u32, usize> {
    let mut places: AHashMap<u32, Option<usize>> = AHashMap::new();
    for (at, word) in words.iter().enumerate() {
        places.entry(word.stem).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places.into_iter().filter_map(|(stem, at)| Some((stem, at?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reuse::tests::words;

    #[test]
    fn grades() {
        for (a, b, grade_of) in [
            ("abcdefgh", "abcdefgh", Grade::Identical),
            ("abcdefghijklmnopqrstu", "abcdefghiXklmnopqrstu", Grade::NearIdentical),
            ("abcdefgh", "abcdXXXX", Grade::Edited),
            ("abcdefgh", "aXbXcXdX", Grade::Reworded),
            ("abc", "", Grade::Reworded),
            ("ab", "ab", Grade::Identical),
        ] {
            assert_eq!(grade(&words(a), &words(b)), grade_of, "{a} {b}");
            assert_eq!(grade(&words(b), &words(a)), grade_of, "{b} {a}");
        }
    }

    #[test]
    fn orders() {
        for (a, b, is_ordered) in [
            ("abcdefghij", "abcdefghij", true),
            ("abcdefghij", "abXcdefYghij", true),
            ("abcdefghij", "fghijabcde", false),
            ("abcdefghij", "ijghefcdab", false),
            ("aaab", "baaa", true), // one anchor is in order
            ("abc", "xyz", true),
        ] {
            assert_eq!(is_in_order(&words(a), &words(b)), is_ordered, "{a} {b}");
        }
    }
}
