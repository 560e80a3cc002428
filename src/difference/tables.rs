//! The words of amounts and of what changes a sentence: `data/numbers.tsv`, `data/modifiers.tsv`
//! and `data/names.tsv`, which `data/README.md` explains.

use super::amount::Amount;
use crate::claim::DifferenceKind;
use crate::provenance::table_rows;
use ahash::AHashMap;
use std::sync::LazyLock;

/// What a word does in an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberWord {
    /// "tiga", "thirteen", "twenty".
    Small(Amount),
    /// "setengah".
    Half,
    /// "belas": ten more.
    Teen,
    /// "puluh", "hundred": so many times what stands before it.
    Times(Amount),
    /// "seribu".
    Whole(Amount),
    /// "juta": so many times all before it.
    Scale(Amount),
    /// "ribuan".
    Many(Amount),
    /// "ketiga".
    Ordinal(Amount),
    /// What may be glued to digits without a meaning of its own: "3rd".
    Suffix,
    /// "sampai".
    Range,
    /// "antara".
    Between,
    /// "dan".
    And,
}

/// A unit: how many of its base it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub factor: Amount,
    pub base: &'static str,
}

/// A phrase that changes what a sentence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Modifier {
    /// `None` where the words look like one and are not.
    pub kind: Option<DifferenceKind>,
    /// Phrases of one class say the same.
    pub class: &'static str,
    /// Number of its words.
    pub n_words: usize,
}

pub(super) fn number_word(word: &str) -> Option<NumberWord> {
    NUMBERS.get(word).copied()
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    UNITS.get(word).copied()
}

/// The unit of which the word says one: "sehari".
pub(super) fn single(word: &str) -> Option<Unit> {
    SINGLES.get(word).copied()
}

/// The longest of the phrases that `words` starts with.
pub(super) fn modifier(words: &[String]) -> Option<Modifier> {
    let first = words.first()?;
    let phrases = MODIFIERS.get(first.as_str())?;
    let starts = |phrase: &&Phrase| {
        words.len() >= phrase.words.len()
            && phrase.words.iter().zip(words).all(|(expect, word)| expect == word)
    };
    phrases.iter().filter(starts).max_by_key(|phrase| phrase.words.len()).map(|phrase| phrase.means)
}

/// What a verb of saying does beside reporting.
pub(super) fn speech(word: &str) -> Option<&'static str> {
    SPEECH.get(word).copied()
}

/// The name that stands for all that the start of `words` is one with, and its number of words.
pub(super) fn name(words: &[String]) -> Option<(&'static str, usize)> {
    let phrases = ALIASES.get(words.first()?.as_str())?;
    let starts = |phrase: &&(Vec<&str>, &str)| {
        words.len() >= phrase.0.len() && phrase.0.iter().zip(words).all(|(x, y)| x == y)
    };
    let longest = phrases.iter().filter(starts).max_by_key(|phrase| phrase.0.len())?;
    Some((longest.1, longest.0.len()))
}

static NUMBERS: LazyLock<AHashMap<&'static str, NumberWord>> = LazyLock::new(|| {
    let rows = table_rows(include_str!("../../data/numbers.tsv"));
    let read = rows.filter_map(|cells| {
        let value = Amount::fraction(cells.get(1)?)?;
        let word = match *cells.first()? {
            "small" => NumberWord::Small(value),
            "half" => NumberWord::Half,
            "teen" => NumberWord::Teen,
            "times" => NumberWord::Times(value),
            "whole" => NumberWord::Whole(value),
            "scale" => NumberWord::Scale(value),
            "many" => NumberWord::Many(value),
            "ordinal" => NumberWord::Ordinal(value),
            "suffix" => NumberWord::Suffix,
            "range" => NumberWord::Range,
            "between" => NumberWord::Between,
            "and" => NumberWord::And,
            _ => return None,
        };
        Some((*cells.get(2)?, word))
    });
    read.flat_map(|(words, what)| words.split(' ').map(move |word| (word, what))).collect()
});

static UNITS: LazyLock<AHashMap<&'static str, Unit>> = LazyLock::new(|| units("unit"));
static SINGLES: LazyLock<AHashMap<&'static str, Unit>> = LazyLock::new(|| units("single"));

fn units(kind: &str) -> AHashMap<&'static str, Unit> {
    let rows = table_rows(include_str!("../../data/numbers.tsv"));
    let read = rows.filter(|cells| cells.first() == Some(&kind)).filter_map(|cells| {
        let (factor, base) = cells.get(1)?.split_once(' ')?;
        Some((*cells.get(2)?, Unit { factor: Amount::fraction(factor)?, base }))
    });
    read.flat_map(|(words, unit)| words.split(' ').map(move |word| (word, unit))).collect()
}

struct Phrase {
    words: Vec<&'static str>,
    means: Modifier,
}

/// By first word.
static MODIFIERS: LazyLock<AHashMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: AHashMap<&str, Vec<Phrase>> = AHashMap::new();
    for cells in table_rows(include_str!("../../data/modifiers.tsv")) {
        let [kind, class, listed] = cells[..] else { continue };
        let kind = match kind {
            "negation" => Some(DifferenceKind::Negation),
            "hedge" => Some(DifferenceKind::Hedge),
            "intensifier" => Some(DifferenceKind::Intensifier),
            "none" => None,
            _ => continue,
        };
        for phrase in listed.split('|') {
            let words: Vec<&str> = phrase.split(' ').collect();
            let means = Modifier { kind, class, n_words: words.len() };
            phrases.entry(words[0]).or_default().push(Phrase { words, means });
        }
    }
    phrases
});

static SPEECH: LazyLock<AHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = table_rows(include_str!("../../data/modifiers.tsv"));
    let speech = rows.filter(|cells| cells.first() == Some(&"speech"));
    let read = speech.filter_map(|cells| Some((*cells.get(1)?, *cells.get(2)?)));
    read.flat_map(|(class, words)| words.split(' ').map(move |word| (word, class))).collect()
});

type Alias = (Vec<&'static str>, &'static str);

/// By first word: the words of a name, and the first of the names that are one with it.
static ALIASES: LazyLock<AHashMap<&'static str, Vec<Alias>>> = LazyLock::new(|| {
    let mut aliases: AHashMap<&str, Vec<Alias>> = AHashMap::new();
    for cells in table_rows(include_str!("../../data/names.tsv")) {
        let mut names = cells[0].split('|').peekable();
        let first = names.peek().copied().unwrap_or_default();
        for name in names {
            let words: Vec<&str> = name.split(' ').collect();
            aliases.entry(words[0]).or_default().push((words, first));
        }
    }
    aliases
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize::normalize;

    #[test]
    fn every_row_is_read_and_its_words_are_normalised() {
        for cells in table_rows(include_str!("../../data/numbers.tsv")) {
            for word in cells[2].split(' ') {
                let known = number_word(word).is_some() || unit(word).or(single(word)).is_some();
                assert!(known, "{word}");
                assert_eq!(normalize(word), word);
            }
        }
        for cells in table_rows(include_str!("../../data/modifiers.tsv")) {
            for phrase in cells[2].split(['|', ' ']).filter(|_| cells[0] == "speech") {
                assert_eq!(speech(phrase), Some(cells[1]), "{phrase}");
            }
            for phrase in cells[2].split('|').filter(|_| cells[0] != "speech") {
                let words: Vec<String> = phrase.split(' ').map(normalize).collect();
                assert!(modifier(&words).is_some(), "{phrase}");
                assert_eq!(words.join(" "), phrase);
            }
        }
    }

    #[test]
    fn the_longest_phrase_counts() {
        let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        let class = |text| modifier(&words(text)).map(|m| (m.class, m.kind.is_some(), m.n_words));
        assert_eq!(class("tidak pernah ada"), Some(("never", true, 2)));
        assert_eq!(class("tidak hanya itu"), Some(("-", false, 2)));
        assert_eq!(class("tidak"), Some(("not", true, 1)));
        assert_eq!(class("pernah"), None);
        assert_eq!(name(&words("amerika serikat marah")), Some(("as", 2)));
    }
}
