//! Which closed-class words, verbs of saying, offices and labels do the provenance rules know?
//!
//! The words are data: `data/attribution.tsv`, a class, a language and its words a line. Rules
//! ask for classes only, so that another language is another line of the table.

use crate::text::tokenize::normalize;
use ahash::AHashMap;
use std::sync::LazyLock;

/// The classes that a word belongs to; empty for most words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Classes(u64);

/// What a word can do in an attribution; the discriminant is its bit in [`Classes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// The speaker follows the verb: "kata".
    SpeechInverted,
    /// The speaker precedes the verb: "mengatakan".
    SpeechDirect,
    /// Asks or answers rather than says; takes a quotation: "meminta".
    SpeechAct,
    /// The speaker follows or precedes: "said".
    SpeechEither,
    /// The speaker follows: "menurut", "according (to)".
    According,
    /// Stands for a speaker named elsewhere.
    Pronoun,
    /// One of these that stands for one person: "dia", "she".
    Personal,
    /// Points back at the noun before it: "itu".
    Deictic,
    /// Ends a noun phrase: prepositions, conjunctions, auxiliaries, words of time.
    End,
    /// Starts a predicate.
    Auxiliary,
    /// A preposition: the noun behind it is no subject.
    Preposition,
    /// May stand between subject and verb.
    Adverb,
    /// Opens a noun phrase without being part of the name.
    Determiner,
    /// Joins capitalised words inside an office: "Menteri Pendidikan dan Kebudayaan".
    Connector,
    /// Joins a noun to the one it belongs to: "head of the agency".
    Genitive,
    /// A lower-case part of a personal name: "bin", "von".
    Particle,
    /// An office or a role that a person holds.
    Office,
    /// An English office: the name follows it directly.
    Title,
    /// A form of address or rank that stands directly before a personal name.
    Honorific,
    /// An organisation's generic name: "kementerian".
    Unit,
    /// Part of an organisation's or a place's name, never of a person's: "negeri".
    UnitPart,
    /// "Penulis", "By".
    LabelAuthor,
    /// Those who write without a name: "redaksi", "newsdesk".
    Desk,
    /// "Terbit", "Published".
    LabelDate,
    /// "Editor", "Sumber", "Baca (juga)".
    LabelOther,
    /// "Diperbarui", "Updated".
    LabelUpdated,
    /// Credits whatever outlet follows: "dilansir".
    PressVerb,
    /// Credits a known outlet that follows: "mengutip", "told".
    SourceWord,
    /// Credits the outlet that precedes: "melaporkan".
    Reports,
    /// A kind of outlet, before its name: "situs".
    Medium,
    /// The press at large, before a country's name more often than an outlet's: "media".
    Press,
    /// May stand between a credit and its name: "dari".
    Filler,
    /// Something said or written, before the name of who did: "pernyataan".
    Document,
    /// A generic word in outlets' names: "Kabar", "Post".
    OutletPart,
    /// A word of menus, sections and buttons.
    Furniture,
    /// A word in the name of a service that carries any outlet's news: "Google News".
    Platform,
    /// Starts a line that asks the reader to do something with the outlet: "Ikuti".
    Promo,
    /// A word of copyright lines: "rights".
    Rights,
    /// A part of a company's name, never of an outlet's: "PT".
    Company,
    /// Label of a scraper's own line: "Judul".
    LabelTitle,
    /// "Media", "Sumber".
    LabelOutlet,
    /// "URL".
    LabelUrl,
    /// The speaker follows, perhaps behind "oleh": "disampaikan".
    SpeechPassive,
    /// What a place's name follows: "kota".
    PlaceHead,
    /// An office that no place's name follows directly, but a person's full name may: "presiden".
    StateOffice,
    /// An office that a rank behind it completes: "direktur jenderal".
    Ranked,
}

const NAMES: [(&str, Class); 46] = [
    ("speech-inverted", Class::SpeechInverted),
    ("speech-direct", Class::SpeechDirect),
    ("speech-act", Class::SpeechAct),
    ("speech-either", Class::SpeechEither),
    ("according", Class::According),
    ("pronoun", Class::Pronoun),
    ("personal", Class::Personal),
    ("deictic", Class::Deictic),
    ("end", Class::End),
    ("auxiliary", Class::Auxiliary),
    ("preposition", Class::Preposition),
    ("adverb", Class::Adverb),
    ("determiner", Class::Determiner),
    ("connector", Class::Connector),
    ("genitive", Class::Genitive),
    ("particle", Class::Particle),
    ("office", Class::Office),
    ("title", Class::Title),
    ("honorific", Class::Honorific),
    ("unit", Class::Unit),
    ("unit-part", Class::UnitPart),
    ("label-author", Class::LabelAuthor),
    ("desk", Class::Desk),
    ("label-date", Class::LabelDate),
    ("label-other", Class::LabelOther),
    ("label-updated", Class::LabelUpdated),
    ("press-verb", Class::PressVerb),
    ("source-word", Class::SourceWord),
    ("reports", Class::Reports),
    ("medium", Class::Medium),
    ("press", Class::Press),
    ("filler", Class::Filler),
    ("document", Class::Document),
    ("outlet-part", Class::OutletPart),
    ("furniture", Class::Furniture),
    ("platform", Class::Platform),
    ("promo", Class::Promo),
    ("rights", Class::Rights),
    ("company", Class::Company),
    ("label-title", Class::LabelTitle),
    ("label-outlet", Class::LabelOutlet),
    ("label-url", Class::LabelUrl),
    ("speech-passive", Class::SpeechPassive),
    ("place-head", Class::PlaceHead),
    ("state-office", Class::StateOffice),
    ("ranked", Class::Ranked),
];

impl Classes {
    /// Whether the word has this class.
    pub(super) fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u64) != 0
    }

    /// Whether the word has one of these classes.
    pub(super) fn any(self, classes: &[Class]) -> bool {
        classes.iter().any(|&class| self.has(class))
    }
}

/// Where the speaker of a verb of saying stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpeechForm {
    /// Only behind it: "kata".
    Inverted,
    /// Before it, or on either side.
    Other,
}

/// The form of a verb of saying; `None` for other words.
pub(crate) fn speech_form(word: &str) -> Option<SpeechForm> {
    let classes = classes(word);
    if classes.any(&[Class::SpeechDirect, Class::SpeechAct, Class::SpeechEither]) {
        return Some(SpeechForm::Other);
    }
    classes.has(Class::SpeechInverted).then_some(SpeechForm::Inverted)
}

/// Whether the word is an office, a form of address, or an organisation's generic name.
pub(crate) fn is_title(word: &str) -> bool {
    classes(word).any(&[Class::Office, Class::Title, Class::Honorific, Class::Unit])
}

/// Whether the word is no part of a name though a sentence may open with it: "Jika", "Menurut".
pub(crate) fn opens_sentence(word: &str) -> bool {
    let small =
        [Class::End, Class::Preposition, Class::Pronoun, Class::Auxiliary, Class::Determiner];
    classes(word).any(&small) || speech_form(word).is_some()
}

/// The classes of a word, whatever its case; of an unknown compound those of its last part:
/// "Co-Chairman" is a chairman.
pub(super) fn classes(word: &str) -> Classes {
    // The common case without an allocation: this is asked for every word of every text.
    let mut buffer = [0; 32];
    if word.is_ascii() && word.len() <= buffer.len() {
        let lower = &mut buffer[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return of_normalized(std::str::from_utf8(lower).unwrap_or(word));
    }
    of_normalized(&normalize(word))
}

fn of_normalized(word: &str) -> Classes {
    let last = || WORDS.get(word.rsplit_once('-')?.1).filter(|c| c.has(Class::Office));
    WORDS.get(word).or_else(last).copied().unwrap_or_default()
}

static WORDS: LazyLock<AHashMap<&'static str, Classes>> = LazyLock::new(|| {
    let mut words: AHashMap<&str, Classes> = AHashMap::new();
    for (class, forms) in rows(include_str!("../../data/attribution.tsv")) {
        for form in forms.split_whitespace() {
            words.entry(form).or_default().0 |= 1 << class as u64;
        }
    }
    words
});

/// Class and words of each row; a row of an unknown class is passed over (a test forbids it).
fn rows(table: &'static str) -> impl Iterator<Item = (Class, &'static str)> {
    table_rows(table).filter_map(|cells| {
        let (_, class) = NAMES.iter().find(|(name, _)| Some(name) == cells.first())?;
        Some((*class, *cells.get(2)?))
    })
}

/// The cells of each row of a tab-separated table with `#` comments.
pub(crate) fn table_rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_known_class_and_normalised_words() {
        let table = include_str!("../../data/attribution.tsv");
        assert_eq!(rows(table).count(), table_rows(table).count());
        for (_, forms) in rows(table) {
            for form in forms.split_whitespace() {
                assert_eq!(normalize(form), form);
            }
        }
        for (name, class) in NAMES {
            assert!(rows(table).any(|(c, _)| c == class), "no row of class {name}");
        }
    }

    #[test]
    fn classes_ignore_case_and_add_up() {
        assert!(classes("Kata").has(Class::SpeechInverted));
        assert!(classes("menurut").any(&[Class::According, Class::End]));
        assert!(classes("mengutip").has(Class::Reports) && classes("mengutip").has(Class::End));
        assert!(classes("Kazakhstan").has(Class::UnitPart));
        assert_eq!(classes("Sagara"), Classes::default());
    }
}
