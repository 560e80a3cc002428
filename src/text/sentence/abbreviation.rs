//! The abbreviations of `data/abbreviations.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How an abbreviation is used: the sections of `data/abbreviations.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Before what it belongs to.
    Before,
    /// The same, where that is a number.
    Number,
    /// After what it belongs to, so that it may end a sentence.
    After,
}

/// Looks `word` up as written, with a small first letter (Hlm), and, where it is all in capitals, as
/// a capitalised word (PROF) and before a number (HLM). Two capitals are rather initials: MS, SR.
pub(super) fn find(word: &str) -> Option<Use> {
    let known = |word: &str| ABBREVIATIONS.get(word).copied();
    let first = word.chars().next()?;
    let rest = &word[first.len_utf8()..];
    let small_first = || known(&first.to_lowercase().chain(rest.chars()).collect::<String>());
    let capitalised = || known(&(first.to_string() + &rest.to_lowercase()));
    let small = || known(&word.to_lowercase()).filter(|&found| found == Use::Number);
    let in_capitals = !word.contains(char::is_lowercase);
    let is_long = 3 <= word.chars().count();
    known(word)
        .or_else(|| small_first().filter(|_| !in_capitals))
        .or_else(|| capitalised().filter(|_| in_capitals && is_long))
        .or_else(|| small().filter(|_| in_capitals))
}

static ABBREVIATIONS: LazyLock<HashMap<&'static str, Use>> = LazyLock::new(|| {
    let mut section = None;
    let mut known = HashMap::new();
    let lines = include_str!("../../../data/abbreviations.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        match line.trim() {
            "[before]" => section = Some(Use::Before),
            "[number]" => section = Some(Use::Number),
            "[after]" => section = Some(Use::After),
            words => {
                known.extend(section.iter().flat_map(|&s| words.split(' ').map(move |w| (w, s))))
            }
        }
    }
    known.remove("");
    known
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_in_any_case_that_they_are_written_in() {
        for (word, expect) in [
            ("Prof", Some(Use::Before)),
            ("PROF", Some(Use::Before)),
            ("hlm", Some(Use::Number)),
            ("Hlm", Some(Use::Number)),
            ("HLM", Some(Use::Number)),
            ("Tbk", Some(Use::After)),
            ("проф", Some(Use::Before)),
            ("pROF", None),
            ("DR", Some(Use::Before)),
            ("MS", None),
            ("SPT", None),
            ("Rusia", None),
            ("", None),
        ] {
            assert_eq!(find(word), expect, "{word}");
        }
    }

    #[test]
    fn no_word_stands_in_two_sections() {
        let mut section_of: HashMap<&str, usize> = HashMap::new();
        let lines = include_str!("../../../data/abbreviations.txt").lines();
        let mut section = 0;
        for line in lines.filter(|line| !line.starts_with('#')) {
            section += usize::from(line.starts_with('['));
            for word in line.split_whitespace() {
                let first = *section_of.entry(word).or_insert(section);
                assert_eq!(first, section, "{word}");
            }
        }
    }
}
