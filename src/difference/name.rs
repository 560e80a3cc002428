//! Names, and which of them are one: with and without titles, in full and in short.

use super::tables;
use super::words::Words;
use super::{Fact, Meaning};
use crate::claim::DifferenceKind;
use crate::provenance::{is_title, opens_sentence};

/// A run of words that are written as a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Normalised; names that are one for `data/names.tsv` are the same word.
    words: Vec<String>,
    /// Without offices and forms of address; all words where nothing else is left.
    bare: Vec<String>,
    /// The first letters of the words.
    initials: String,
}

impl Name {
    fn of(forms: &[String]) -> Name {
        let mut words = Vec::new();
        let mut at = 0;
        while at < forms.len() {
            let (word, n) = match tables::name(&forms[at..]) {
                Some((first, n)) => (first.to_owned(), n),
                None => (forms[at].clone(), 1),
            };
            words.push(word);
            at += n;
        }
        let bare: Vec<String> = words.iter().filter(|word| !is_title(word)).cloned().collect();
        let initials = forms.iter().filter_map(|word| word.chars().next()).collect();
        Name { bare: if bare.is_empty() { words.clone() } else { bare }, words, initials }
    }

    /// Whether both may be one name: one is part of the other, or its initials, or they end in one
    /// surname behind different titles.
    pub(super) fn agrees(&self, other: &Name) -> bool {
        let titled = self.bare.len() < self.words.len() || other.bare.len() < other.words.len();
        let surname = titled && self.bare.last() == other.bare.last();
        self.is_part_of(other) || other.is_part_of(self) || surname
    }

    fn is_part_of(&self, other: &Name) -> bool {
        let within = |words: &[String], all: &[String]| {
            words.iter().all(|word| all.iter().any(|other| is_spelling(word, other)))
        };
        within(&self.words, &other.words)
            || within(&self.bare, &other.bare)
            || self.words.len() == 1 && is_acronym(&self.words[0], &other.initials)
    }
}

fn is_acronym(word: &str, initials: &str) -> bool {
    word.chars().count() >= 2 && word == initials
}

/// Whether two words are one, or one letter apart in a long word ("Tokayev", "Tokayef").
fn is_spelling(a: &str, b: &str) -> bool {
    const LONG: usize = 6;
    let same_start = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (n, m) = (a.chars().count(), b.chars().count());
    let rest = |s: &str, skip: usize| s.chars().skip(same_start + skip).collect::<String>();
    let one_apart = || match n.cmp(&m) {
        std::cmp::Ordering::Equal => rest(a, 1) == rest(b, 1),
        std::cmp::Ordering::Less => n + 1 == m && rest(a, 0) == rest(b, 1),
        std::cmp::Ordering::Greater => m + 1 == n && rest(a, 1) == rest(b, 0),
    };
    a == b || n.min(m) >= LONG && same_start > 0 && one_apart()
}

/// The names among the words that `used` leaves: runs of words that `is_name` tells.
pub(super) fn find(words: &Words, is_name: &[bool], used: &[bool]) -> Vec<Fact> {
    let named = |i: usize| is_name.get(i) == Some(&true) && used.get(i) == Some(&false);
    let mut facts = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let start = at;
        at += 1;
        if !named(start) || is_no_name(words.form(start)) {
            continue;
        }
        while named(at) && joins(words, at) && !is_no_name(words.form(at)) {
            at += 1;
        }
        // "Jika Antony Blinken": the first word of a sentence has its capital from there.
        let start = if start == 0 && at > 1 && opens_sentence(words.form(0)) { 1 } else { start };
        facts.push(Fact {
            kind: DifferenceKind::Name,
            tokens: start..at,
            span: words.span(start..at),
            meaning: Meaning::Name(Name::of(&words.forms[start..at])),
            weak: false,
        });
    }
    facts
}

/// What is written with a capital and names nobody: "I", "Anda", currencies and zones.
fn is_no_name(form: &str) -> bool {
    matches!(form, "i" | "anda" | "rp" | "wib" | "wita" | "wit" | "mr" | "mrs" | "ms" | "s")
}

/// Whether the word at `at` goes on with the name before it: "Kassym-Jomart", "J. K. Rowling".
fn joins(words: &Words, at: usize) -> bool {
    let gap = words.gap_before(at);
    let initial = gap.starts_with('.') && words.form(at - 1).chars().count() <= 3;
    gap != "\n" && gap.trim_matches(['-', '’', '\'']).chars().all(char::is_whitespace) || initial
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        let forms: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
        Name::of(&forms)
    }

    #[test]
    fn names_that_are_one() {
        for (a, b, expect) in [
            ("Blinken", "Antony Blinken", true),
            ("Menlu AS Antony Blinken", "Menteri Luar Negeri Antony Blinken", true),
            ("AS", "Amerika Serikat", true),
            ("United States", "Amerika Serikat", true),
            ("PBB", "Perserikatan Bangsa Bangsa", true),
            ("BMKG", "Badan Meteorologi Klimatologi Geofisika", true),
            ("Presiden Joko Widodo", "Jokowi", true),
            ("Tokayev", "Tokayef", true),
            ("Antony Blinken", "Sergei Lavrov", false),
            ("Jawa Barat", "Jawa Timur", false),
            ("Budi Santoso", "Agus Santoso", false),
            ("Iran", "Irak", false),
        ] {
            assert_eq!(name(a).agrees(&name(b)), expect, "{a} and {b}");
            assert_eq!(name(b).agrees(&name(a)), expect, "{b} and {a}");
        }
    }
}
