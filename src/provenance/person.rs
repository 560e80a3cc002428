//! Is a speaker the person that somebody asks for by name?
//!
//! A name is asked for as people type it: without its accents, in lower case, by the surname alone,
//! with another title than an article gives or with none.

use super::lexicon::Class;
use super::name::{self, reads_as_office};
use super::words::words;
use crate::span::ByteSpan;
use crate::text::tokenize::{normalize, tokenize};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// A person that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    typed: String,
    /// All words typed.
    words: Vec<String>,
    /// Those that are no title.
    bare: Vec<String>,
    /// Whether an office or an organisation is asked for.
    is_office: bool,
}

impl Person {
    /// The person of that name; `None` where it has no word.
    pub fn parse(typed: &str) -> Option<Person> {
        let words = folded(typed);
        let capital = capitalised(typed);
        let Bare { name, is_office } = Bare::of(&capital);
        let bare = folded(name);
        let typed = typed.trim().to_owned();
        (!words.is_empty()).then_some(Person { typed, words, bare, is_office })
    }

    /// Whether a speaker's name has all words that were typed, or its personal name all of them
    /// that are no title; or whether it is the part of the name typed that an article may give.
    pub fn is(&self, speaker: &str) -> bool {
        let has = |name: &[String], part: &[String]| part.iter().all(|word| name.contains(word));
        let words = folded(speaker);
        if words.is_empty() {
            return false;
        }
        if has(&words, &self.words) {
            return true;
        }
        let bare = Bare::of(speaker);
        if bare.is_office {
            // "Kepala BPBD" for "Kepala BPBD Sagara"; not "Presiden" for one of that title.
            return self.is_office && self.words.starts_with(&words);
        }
        // "Presiden Rusia" asks for nobody at "Kementerian Luar Negeri Rusia".
        let name = folded(bare.name);
        has(&name, &self.bare) || has(&self.bare, &name)
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

/// A name without the titles that it begins with.
struct Bare<'n> {
    name: &'n str,
    /// Whether there is an office or an organisation left.
    is_office: bool,
}

impl Bare<'_> {
    fn of(text: &str) -> Bare<'_> {
        const TITLES: [Class; 4] =
            [Class::Office, Class::StateOffice, Class::Title, Class::Honorific];
        let words = words(text, ByteSpan::new(0, text.len()));
        if words.is_empty() {
            return Bare { name: text, is_office: false };
        }
        let span = name::name(text, &words, 0..words.len());
        let mut start = words.iter().position(|w| w.span.start == span.start).unwrap_or(0);
        while start + 1 < words.len() && words[start].classes.any(&TITLES) {
            start += 1;
        }
        let is_office = reads_as_office(&words, &(start..words.len()));
        Bare { name: &text[words[start].span.start as usize..], is_office }
    }
}

/// What was typed without any capital, with capitals where names have them: by these a title is
/// told from a name.
fn capitalised(typed: &str) -> String {
    if typed.contains(char::is_uppercase) {
        return typed.to_owned();
    }
    let mut starts = true;
    let capital = |c: char| {
        let is_first = std::mem::replace(&mut starts, !c.is_alphanumeric());
        let upper: Vec<char> = if is_first { c.to_uppercase().collect() } else { vec![c] };
        upper
    };
    typed.chars().flat_map(capital).collect()
}

/// The words of a name, in lower case and without accents: those that a keyboard may lack.
pub fn folded(name: &str) -> Vec<String> {
    let word = |word: &str| -> String {
        normalize(word).nfd().filter(|c| !is_accent(*c)).map(plain_letter).collect()
    };
    tokenize(name).iter().map(|t| word(t.span.of(name))).collect()
}

/// Marks of Latin, Greek and Cyrillic letters; those of other scripts are letters themselves.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The letter without a stroke that no normal form takes from it.
fn plain_letter(c: char) -> char {
    match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_found_as_people_type_the_name() {
        for (typed, speaker, expect) in [
            ("Blinken", "Antony Blinken", true),
            ("Blinken", "Menteri Luar Negeri AS Antony Blinken", true),
            ("blinken", "ANTONY BLINKEN", true),
            // An article may give less of the name than was typed.
            ("Antony Blinken", "Blinken", true),
            ("antony blinken", "BLINKEN", true),
            ("Antony Blinken", "Menlu Blinken", true),
            ("Menteri Luar Negeri AS Antony Blinken", "Blinken", true),
            ("Antony J. Blinken", "Antony Blinken", true),
            ("Recep Tayyip Erdoğan", "erdogan", true),
            ("Sri Mulyani Indrawati", "Sri Mulyani", true),
            ("Antony Blinken", "Tony Blair", false),
            ("Antony Blinken", "Antony Blair", false),
            ("Antony Blinken", "Blink", false),
            ("Presiden Tokayev", "Presiden", false),
            ("Menteri Luar Negeri AS Antony Blinken", "Menteri", false),
            ("Presiden Rusia Vladimir Putin", "Rusia", false),
            ("Antony Blinken", "…", false),
            ("Antony Blinken", "Menteri Luar Negeri AS Antony J. Blinken", true),
            ("Blinken, Antony", "Antony Blinken", true),
            // Whole words.
            ("Blink", "Antony Blinken", false),
            ("Ali", "Alibaba", false),
            // Accents, strokes, apostrophes and hyphens.
            ("erdogan", "Recep Tayyip Erdoğan", true),
            ("Erdoğan", "Recep Tayyip Erdogan", true),
            ("lech walesa", "Lech Wałęsa", true),
            ("Soren", "Søren Kierkegaard", true),
            ("Kassym Jomart Tokayev", "Kassym-Jomart Tokayev", true),
            // Titles of either.
            ("Menlu Antony Blinken", "Antony Blinken", true),
            ("Presiden Tokayev", "Kassym-Jomart Tokayev", true),
            ("presiden tokayev", "Tokayev", true),
            ("Menteri Luar Negeri AS Antony Blinken", "Antony Blinken", true),
            ("Secretary of State Antony Blinken", "Antony Blinken", true),
            ("Presiden Tokayev", "Presiden Joko Widodo", false),
            // An office itself may be asked for.
            ("Kepala BPBD", "Kepala BPBD", true),
            ("kepala bpbd", "Kepala BPBD Sagara", true),
            ("Gubernur", "Gubernur Teluk Merawan", true),
            ("Kepala BPBD Sagara", "Kepala BPBD", true),
            ("Kepala BPBD Sagara", "Kepala Dinas", false),
            ("Presiden Rusia", "Kementerian Luar Negeri Rusia", false),
            ("Presiden Rusia", "Rusia", false),
            ("Presiden Rusia", "Menteri Luar Negeri Rusia Sergei Lavrov", false),
            // Other scripts.
            ("Лавров", "Сергей Лавров", true),
            ("राम", "रमा", false),
        ] {
            let person = Person::parse(typed).unwrap();
            assert_eq!(person.is(speaker), expect, "{typed}: {speaker}");
        }
    }

    #[test]
    fn what_has_no_word_is_no_name() {
        for typed in ["", " ", "…", "-"] {
            assert_eq!(Person::parse(typed), None, "{typed:?}");
        }
        assert_eq!(Person::parse(" Blinken ").unwrap().to_string(), "Blinken");
    }
}
