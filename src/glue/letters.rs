//! Which tokens can be cut between letters, and what does their case say?

use crate::hash::word_hash;
use unicode_normalization::{IsNormalized, is_nfkc_quick};

/// A longer token is left alone.
const MAX_LETTERS: usize = 120;

/// A token that may be cut: letters of the Latin script that normalise one by one.
pub(super) struct Letters {
    lower: String,
    /// Byte offset in `lower` of each letter and of the end.
    lower_at: Vec<usize>,
    /// Byte offset in the token of each letter and of the end.
    pub(super) at: Vec<usize>,
    pub(super) upper: Vec<bool>,
    /// Whether it may be a name, for its capital in front or because it is known: lest "KompasTV"
    /// or "detikNews" be cut, only a common small word shows that the next capital starts another.
    pub(super) is_name: bool,
}

impl Letters {
    pub(super) fn read(word: &str) -> Option<Letters> {
        if 2 * MAX_LETTERS < word.len() || is_nfkc_quick(word.chars()) != IsNormalized::Yes {
            return None;
        }
        let mut lower = String::with_capacity(word.len());
        let (mut lower_at, mut at, mut upper) = (vec![], vec![], vec![]);
        for (offset, c) in word.char_indices() {
            let mut small = c.to_lowercase();
            let first = small.next().filter(|_| is_latin(c) && small.next().is_none())?;
            at.push(offset);
            lower_at.push(lower.len());
            lower.push(first);
            upper.push(c != first);
        }
        at.push(word.len());
        lower_at.push(lower.len());
        let is_name = *upper.first()?;
        let fits = (2..=MAX_LETTERS).contains(&upper.len());
        fits.then_some(Letters { lower, lower_at, at, upper, is_name })
    }

    pub(super) fn len(&self) -> usize {
        self.upper.len()
    }

    /// The token in lower case.
    pub(super) fn lower(&self) -> &str {
        &self.lower
    }

    pub(super) fn hash(&self, from: usize, to: usize) -> u64 {
        word_hash(&self.lower.as_bytes()[self.lower_at[from]..self.lower_at[to]])
    }

    /// Whether a word may start at `at`: not inside a run of capitals, but for the last of them
    /// before a small letter.
    pub(super) fn may_cut(&self, at: usize) -> bool {
        let capital = |i: usize| self.upper.get(i).is_some_and(|&up| up);
        at == 0 || !capital(at - 1) || !capital(at) || at + 1 < self.len() && !capital(at + 1)
    }

    /// Whether `from..to` is two capitals or more, and nothing else.
    pub(super) fn is_acronym(&self, from: usize, to: usize) -> bool {
        2 <= to - from && self.upper[from..to].iter().all(|&upper| upper)
    }

    /// Whether a small word that starts at `from` meets a capital at `at`.
    pub(super) fn is_rise(&self, from: usize, at: usize) -> bool {
        !self.upper[from] && !self.upper[at - 1] && self.upper.get(at).is_some_and(|&up| up)
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || c.is_alphabetic() && matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Whether a token starts small and has a capital, or starts with an acronym and goes on small.
pub(super) fn is_glued_case(word: &str) -> bool {
    // Most words: small letters, perhaps behind a capital, which is no acronym.
    if word.is_ascii() && !word.bytes().skip(1).any(|b| b.is_ascii_uppercase()) {
        return false;
    }
    if word.starts_with(char::is_lowercase) {
        return word.contains(char::is_uppercase);
    }
    let rest = word.trim_start_matches(char::is_uppercase);
    let n_small = rest.chars().take(3).take_while(|c| c.is_lowercase()).count();
    n_small == 3 && 2 <= word[..word.len() - rest.len()].chars().take(2).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_of_glued_words() {
        for (word, expect) in [
            ("bahwaRusia", true),
            ("iPhone", true),
            ("diAS", true),
            ("CSTOmengirim", true),
            ("Rusia", false),
            ("rusia", false),
            ("KompasTV", false),
            ("CSTO", false),
            ("DPRa", false),
            ("Ésope", false),
            ("", false),
        ] {
            assert_eq!(is_glued_case(word), expect, "{word}");
        }
    }

    #[test]
    fn words_start_anywhere_but_inside_an_acronym() {
        for (word, expect) in [("diAS", vec![0, 1, 2]), ("PBBRusia", vec![0, 3, 4, 5, 6, 7])] {
            let letters = Letters::read(word).unwrap();
            let starts: Vec<usize> = (0..letters.len()).filter(|&at| letters.may_cut(at)).collect();
            assert_eq!(starts, expect, "{word}");
        }
    }

    #[test]
    fn only_letters_that_normalise_one_by_one_are_read() {
        for word in ["rumah", "Über", "žena", "Việt"] {
            let letters = Letters::read(word);
            assert!(letters.is_some_and(|l| l.len() == word.chars().count()), "{word}");
        }
        let long = "a".repeat(MAX_LETTERS + 1);
        for word in ["a", "", "İl", "ﬁnal", "e\u{301}te", "covid19", "Москва", "×÷", &long]
        {
            assert!(Letters::read(word).is_none(), "{word}");
        }
    }
}
