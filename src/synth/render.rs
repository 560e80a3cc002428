//! How does an article look? Its words as text, in the surface that a copy may have changed.

use super::article::{Begins, Pause, Quote, What, Word};
use super::random::{Random, mix};
use super::script::{Script, Spacing};
use super::vocabulary::Vocabulary;
use crate::fixed::Milli;
use std::fmt::Write;

/// The surface of a text: none of it makes two texts differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Surface {
    /// Its letters.
    pub case: Case,
    /// Whether there is punctuation.
    pub punctuation: Punctuation,
    /// Its quotation marks and dashes.
    pub quotes: Quotes,
    /// Its white space.
    pub space: Space,
}

/// The letters of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Case {
    /// Capitals where sentences and names begin.
    #[default]
    Sentence,
    /// Capitals alone.
    Upper,
    /// No capitals.
    Lower,
}

/// Whether a text has punctuation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Punctuation {
    /// It has.
    #[default]
    Kept,
    /// It has none.
    Removed,
}

/// The quotation marks and dashes of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Quotes {
    /// `"` and ` - `.
    #[default]
    Straight,
    /// “, ” and ` – `.
    Curly,
}

/// The white space of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Space {
    /// One space, and a blank line between paragraphs.
    #[default]
    Plain,
    /// Some doubled, non-breaking, or broken into lines, as this number decides.
    Odd(u64),
}

/// The text of `words`.
pub fn text(words: &[Word], surface: Surface, script: Script, vocabulary: &Vocabulary) -> String {
    let seed = if let Space::Odd(seed) = surface.space { seed } else { 0 };
    let mut page = Page {
        out: String::with_capacity(words.len() * 8),
        surface,
        script,
        vocabulary,
        random: Random::new(seed, super::random::Purpose::Copy, mix(seed)),
    };
    let mut before: Option<&Word> = None;
    for word in words {
        page.between(before, word);
        page.word(word);
        before = Some(word);
    }
    page.mark(script.stop());
    page.out
}

struct Page<'v> {
    out: String,
    surface: Surface,
    script: Script,
    vocabulary: &'v Vocabulary,
    random: Random,
}

impl Page<'_> {
    /// What stands between two words.
    fn between(&mut self, before: Option<&Word>, word: &Word) {
        let Some(before) = before else { return };
        if word.begins != Begins::Nothing {
            self.mark(self.script.stop());
            return match (word.begins, self.script.spacing()) {
                (Begins::Paragraph, _) => self.gap("\n\n"),
                (_, Spacing::Numbers) => {}
                _ => self.gap(" "),
            };
        }
        let is_number = |word: &Word| matches!(word.what, What::Number(_));
        let is_spaced = match self.script.spacing() {
            Spacing::Words => true,
            Spacing::Phrases => before.pause != Pause::Nothing,
            Spacing::Numbers => false,
        };
        if is_spaced || is_number(before) || is_number(word) {
            self.gap(" ");
        }
        if before.pause == Pause::Dash {
            self.mark(if self.surface.quotes == Quotes::Curly { "–" } else { "-" });
            if is_spaced {
                self.gap(" ");
            }
        }
    }

    /// A word with the marks that touch it.
    fn word(&mut self, word: &Word) {
        if word.quote == Quote::Opens {
            self.quotation_mark("“");
        }
        let begins = word.begins != Begins::Nothing;
        let vocabulary = self.vocabulary;
        match word.what {
            What::Common(rank) => self.letters(vocabulary.common(rank.into()), begins),
            What::Name(idx) => self.letters(vocabulary.name(idx.into()), true),
            // Nothing that is written to a text can fail.
            What::Number(number) => drop(write!(self.out, "{number}")),
        }
        if word.pause == Pause::Comma {
            self.mark(self.script.comma());
        }
        if word.quote == Quote::Closes {
            self.quotation_mark("”");
        }
    }

    fn letters(&mut self, word: &str, capital: bool) {
        match self.surface.case {
            Case::Lower => self.out.push_str(word),
            Case::Upper => self.out.extend(word.chars().flat_map(char::to_uppercase)),
            Case::Sentence if capital && self.script.has_case() => {
                let mut chars = word.chars();
                self.out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
                self.out.push_str(chars.as_str());
            }
            Case::Sentence => self.out.push_str(word),
        }
    }

    fn quotation_mark(&mut self, curly: &str) {
        self.mark(if self.surface.quotes == Quotes::Curly { curly } else { "\"" });
    }

    fn mark(&mut self, mark: &str) {
        if self.surface.punctuation == Punctuation::Kept {
            self.out.push_str(mark);
        }
    }

    /// White space, or what an odd page has in its place: a third of it.
    fn gap(&mut self, plain: &str) {
        let is_odd = self.surface.space != Space::Plain && self.random.chance(Milli(333));
        let odd = ["  ", "\u{a0}", "\n", "\r\n", " \u{a0}", "\t"];
        self.out.push_str(if is_odd { self.random.pick(&odd) } else { plain });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::article::Writer;
    use crate::synth::random::Purpose;
    use crate::synth::vocabulary::Frequencies;
    use crate::text::tokenize::tokenize;

    const SURFACES: [Surface; 7] = {
        let plain = Surface {
            case: Case::Sentence,
            punctuation: Punctuation::Kept,
            quotes: Quotes::Straight,
            space: Space::Plain,
        };
        [
            Surface { case: Case::Upper, ..plain },
            Surface { case: Case::Lower, ..plain },
            Surface { punctuation: Punctuation::Removed, ..plain },
            Surface { quotes: Quotes::Curly, ..plain },
            Surface { space: Space::Odd(7), ..plain },
            Surface {
                case: Case::Upper,
                punctuation: Punctuation::Removed,
                space: Space::Odd(8),
                ..plain
            },
            Surface { case: Case::Lower, quotes: Quotes::Curly, space: Space::Odd(9), ..plain },
        ]
    };

    /// Whether some of twenty articles look otherwise; all must have the same words.
    fn changes(surface: Surface, vocabulary: &Vocabulary, script: Script) -> bool {
        let frequencies = Frequencies::new();
        let read = |text: &str| tokenize(text).iter().map(|t| t.word).collect::<Vec<_>>();
        let mut is_changed = false;
        for number in 0..20 {
            let mut random = Random::new(1, Purpose::Original, number);
            let words = Writer::new(&frequencies, &mut random).sentences(150, &mut random);
            let of = |surface| text(&words, surface, script, vocabulary);
            let (plain, changed) = (of(Surface::default()), of(surface));
            assert_eq!(read(&changed), read(&plain), "{changed}\n{plain}");
            is_changed |= changed != plain;
        }
        is_changed
    }

    #[test]
    fn no_surface_changes_a_word_in_any_script() {
        for script in Script::ALL {
            let vocabulary = Vocabulary::of(script);
            for (idx, surface) in SURFACES.into_iter().enumerate() {
                let is_case_alone = idx < 2;
                let expect = script.has_case() || !is_case_alone;
                assert_eq!(changes(surface, &vocabulary, script), expect, "{script:?} {surface:?}");
            }
        }
    }

    #[test]
    fn it_looks_like_news() {
        let frequencies = Frequencies::new();
        let mut random = Random::new(1, Purpose::Original, 3);
        let words = Writer::new(&frequencies, &mut random).sentences(40, &mut random);
        let (latin, plain) = (Vocabulary::of(Script::Latin), Surface::default());
        insta::assert_snapshot!(text(&words, plain, Script::Latin, &latin), @r#"
        "Sheas rea mel molyol, drigou, jamkear dir sail treagol - peapo jotit zing, jomwou," devel Kourveadkrou Roti, krochou wailtrel.

        Stoumgous yaidna ting zinmousmum weardrear suweak char char tit josjeashea hapeanne.

        Zu shomshil besrik reng charji bour. Lon rea char sos ti.
        "#);
    }
}
