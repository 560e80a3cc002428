//! How is a script written? Its syllables, its punctuation, and whether it sets spaces.

use super::random::Random;

/// A script that articles can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic.
    Arabic,
    /// Devanagari.
    Devanagari,
    /// Hangul.
    Hangul,
    /// Han, which sets no spaces.
    Han,
    /// Thai, which sets spaces between phrases.
    Thai,
}

/// Where a script sets spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// Between words.
    Words,
    /// Between phrases.
    Phrases,
    /// Nowhere but beside digits.
    Numbers,
}

/// What words are made of.
enum Syllables {
    /// A consonant, a vowel, and what closes the syllable: one of each.
    Parts(&'static [&'static str], &'static [&'static str], &'static [&'static str]),
    /// One of so many characters from that one on.
    Block(u32, usize),
}

impl Script {
    /// All of them.
    pub const ALL: [Script; 8] = [
        Script::Latin,
        Script::Cyrillic,
        Script::Greek,
        Script::Arabic,
        Script::Devanagari,
        Script::Hangul,
        Script::Han,
        Script::Thai,
    ];

    /// As options name it.
    pub fn name(self) -> &'static str {
        match self {
            Script::Latin => "latin",
            Script::Cyrillic => "cyrillic",
            Script::Greek => "greek",
            Script::Arabic => "arabic",
            Script::Devanagari => "devanagari",
            Script::Hangul => "hangul",
            Script::Han => "han",
            Script::Thai => "thai",
        }
    }

    /// Whether it has capitals.
    pub fn has_case(self) -> bool {
        matches!(self, Script::Latin | Script::Cyrillic | Script::Greek)
    }

    /// Where it sets spaces.
    pub fn spacing(self) -> Spacing {
        match self {
            Script::Han => Spacing::Numbers,
            Script::Thai => Spacing::Phrases,
            _ => Spacing::Words,
        }
    }

    /// Its comma; empty where a space does.
    pub fn comma(self) -> &'static str {
        match self {
            Script::Arabic => "،",
            Script::Han => "，",
            Script::Thai => "",
            _ => ",",
        }
    }

    /// What ends its sentences; empty where a space does.
    pub fn stop(self) -> &'static str {
        match self {
            Script::Devanagari => "।",
            Script::Han => "。",
            Script::Thai => "",
            _ => ".",
        }
    }

    /// How many syllables the word of a rank of frequency has: frequent words are short.
    pub fn n_syllables(self, rank: usize, random: &mut Random) -> usize {
        match (self, rank) {
            (Script::Han, ..2000) => 1,
            (Script::Han, _) => 2,
            (_, ..40) => 1,
            (_, ..2000) => 2,
            _ => random.within(2..=3),
        }
    }

    /// Adds a syllable to `word`.
    pub fn push_syllable(self, random: &mut Random, word: &mut String) {
        match self.syllables() {
            Syllables::Parts(onsets, vowels, codas) => {
                for part in [onsets, vowels, codas] {
                    word.push_str(random.pick(part));
                }
            }
            Syllables::Block(first, n) => {
                word.extend(char::from_u32(first + random.below(n) as u32));
            }
        }
    }

    /// No Greek word ends in a sigma, which has another form there and none in capitals.
    fn syllables(self) -> Syllables {
        use Syllables::{Block, Parts};
        match self {
            Script::Latin => Parts(
                &[
                    "b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w",
                    "y", "z", "br", "dr", "kr", "st", "tr", "ch", "sh",
                ],
                &["a", "e", "i", "o", "u", "ai", "ea", "ou"],
                &["", "", "", "", "d", "k", "l", "m", "n", "ng", "r", "s", "t"],
            ),
            Script::Cyrillic => Parts(
                &[
                    "б", "в", "г", "д", "ж", "з", "к", "л", "м", "н", "п", "р", "с", "т", "ф", "х",
                    "ц", "ч", "ш", "ст", "пр", "кр",
                ],
                &["а", "е", "и", "о", "у", "ы", "я", "ю"],
                &["", "", "", "", "в", "к", "л", "м", "н", "р", "с", "т"],
            ),
            Script::Greek => Parts(
                &[
                    "β", "γ", "δ", "ζ", "θ", "κ", "λ", "μ", "ν", "ξ", "π", "ρ", "σ", "τ", "φ", "χ",
                    "στ", "πρ",
                ],
                &["α", "ε", "η", "ι", "ο", "υ", "ω", "ου", "ει"],
                &["", "", "", "ν", "ρ", "λ"],
            ),
            Script::Arabic => Parts(
                &[
                    "ب", "ت", "ث", "ج", "ح", "خ", "د", "ر", "ز", "س", "ش", "ص", "ط", "ع", "غ", "ف",
                    "ق", "ك", "ل", "م", "ن",
                ],
                &["", "ا", "و", "ي"],
                &["", "", "ب", "د", "ر", "ل", "م", "ن"],
            ),
            Script::Devanagari => Parts(
                &[
                    "क", "ख", "ग", "घ", "च", "ज", "ट", "ड", "त", "थ", "द", "न", "प", "ब", "भ", "म",
                    "य", "र", "ल", "व", "श", "स", "ह",
                ],
                &["", "ा", "ि", "ी", "ु", "े", "ो"],
                &["", "", "न", "र", "ल", "त"],
            ),
            Script::Thai => Parts(
                &[
                    "ก", "ข", "ค", "ง", "จ", "ช", "ด", "ต", "ท", "น", "บ", "ป", "พ", "ม", "ย", "ร",
                    "ล", "ว", "ส", "ห",
                ],
                &["า", "ี", "ู", "ะ"],
                &["", "", "น", "ม", "ง", "ก"],
            ),
            Script::Hangul => Block(0xac00, 11_172),
            Script::Han => Block(0x4e00, 6000),
        }
    }
}
