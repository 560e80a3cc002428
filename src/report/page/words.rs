//! What does the page say, and in which language? Every text is in one table, `words.tsv`.

use crate::provenance::table_rows;
use std::borrow::Cow;
use std::collections::BTreeMap;

const TABLE: &str = include_str!("words.tsv");

/// The language that a page is written in; that of the articles stays theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Indonesian.
    Indonesian,
}

impl Language {
    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Indonesian => "id",
        }
    }

    fn column(self) -> usize {
        match self {
            Language::English => 1,
            Language::Indonesian => 2,
        }
    }
}

/// The texts of one language, by key.
pub(super) struct Words {
    pub language: Language,
    texts: BTreeMap<&'static str, &'static str>,
}

impl Words {
    pub fn of(language: Language) -> Self {
        let text = |row: Vec<&'static str>| Some((*row.first()?, *row.get(language.column())?));
        Words { language, texts: table_rows(TABLE).filter_map(text).collect() }
    }

    /// All texts, for the templates.
    pub fn texts(&self) -> &BTreeMap<&'static str, &'static str> {
        &self.texts
    }

    /// The text of that key; a key that the table lacks stands for itself.
    pub fn get(&self, key: &'static str) -> &'static str {
        self.texts.get(key).copied().unwrap_or(key)
    }

    /// The text with each `{name}` replaced; what is filled in is never filled again, and turns
    /// nothing round but [itself](isolated).
    pub fn fill(&self, key: &'static str, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(key);
        while let Some((before, from)) = rest.split_once('{') {
            let Some((name, after)) = from.split_once('}') else { break };
            filled.push_str(before);
            let value = values.iter().find(|(known, _)| *known == name);
            filled.push_str(&isolated(value.map_or(name, |(_, value)| value)));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// `1 outlet`, `5,000 outlets`: the texts KEY.one and KEY.many.
    pub fn count(&self, n: usize, one: &'static str, many: &'static str) -> String {
        self.fill(if n == 1 { one } else { many }, &[("n", &self.number(n))])
    }

    /// The number with its thousands parted.
    pub fn number(&self, n: usize) -> String {
        let digits = n.to_string();
        let mark = match self.language {
            Language::English => ',',
            Language::Indonesian => '.',
        };
        let mut parted = String::new();
        for (at, digit) in digits.char_indices() {
            if at != 0 && (digits.len() - at).is_multiple_of(3) {
                parted.push(mark);
            }
            parted.push(digit);
        }
        parted
    }
}

/// Names with commas between, none of which turns another round.
pub(super) fn listed_names(names: &[&str]) -> String {
    names.iter().map(|name| isolated(name)).collect::<Vec<_>>().join(", ")
}

/// The text, in isolates where it has what runs from right to left or changes the direction:
/// whatever it holds, the sentence around it keeps its order (Unicode Standard Annex #9).
pub(super) fn isolated(text: &str) -> Cow<'_, str> {
    const FIRST_STRONG_ISOLATE: char = '\u{2068}';
    const POP_ISOLATE: char = '\u{2069}';
    if !text.contains(turns) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::from(FIRST_STRONG_ISOLATE);
    let mut n_open = 1;
    for c in text.chars() {
        match c {
            '\u{2066}'..=FIRST_STRONG_ISOLATE => n_open += 1,
            POP_ISOLATE if n_open == 1 => continue,
            POP_ISOLATE => n_open -= 1,
            _ => {}
        }
        kept.push(c);
    }
    kept.extend(std::iter::repeat_n(POP_ISOLATE, n_open));
    Cow::Owned(kept)
}

/// Whether a character runs from right to left or changes the direction: those that do, and the
/// blocks kept for scripts that do (DerivedBidiClass.txt of the Unicode Character Database).
fn turns(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
        | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// [`Words::count`] of the two texts that begin with a key.
macro_rules! count {
    ($words:expr, $n:expr, $key:literal) => {
        $words.count($n, concat!($key, ".one"), concat!($key, ".many"))
    };
}
pub(super) use count;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_every_text_with_the_same_gaps() {
        let gaps = |text: &str| {
            let mut gaps: Vec<String> =
                text.split('{').skip(1).map(|g| g.split('}').next().unwrap().to_owned()).collect();
            gaps.sort();
            gaps
        };
        for row in table_rows(TABLE) {
            let [key, english, indonesian] = row[..] else { panic!("three cells: {row:?}") };
            assert!(!english.is_empty() && !indonesian.is_empty(), "{key}");
            assert_eq!(gaps(english), gaps(indonesian), "{key}");
        }
    }

    #[test]
    fn every_text_that_is_asked_for_is_there_and_every_text_is_asked_for() {
        let code = [
            include_str!("../page.rs"),
            include_str!("article.rs"),
            include_str!("cells.rs"),
            include_str!("duplicates.rs"),
            include_str!("claim.rs"),
            include_str!("filters.rs"),
            include_str!("graph.rs"),
            include_str!("notes.rs"),
            include_str!("overview.rs"),
            include_str!("outlets.rs"),
            include_str!("sources.rs"),
            include_str!("timeline.rs"),
            include_str!("when.rs"),
            include_str!("wording.rs"),
        ];
        let templates = [
            include_str!("page.html"),
            include_str!("claim.html"),
            include_str!("article.html"),
            include_str!("duplicates.html"),
            include_str!("cluster.html"),
        ];
        let words = Words::of(Language::English);
        let of_templates = templates.iter().flat_map(|t| t.split("{{ t").skip(1));
        let key = |t: &'static str| {
            let key = t.strip_prefix('.').or(t.strip_prefix("['"))?;
            key.split([' ', '\'']).next()
        };
        let asked: Vec<&str> = of_templates.filter_map(key).collect();
        for key in &asked {
            assert!(words.texts.contains_key(key), "no text {key}");
        }
        for key in words.texts.keys() {
            let stem = key.split('.').next().unwrap();
            let quoted = format!("\"{stem}\"");
            let is_asked = asked.contains(key) || code.iter().any(|c| c.contains(&quoted));
            assert!(is_asked, "nothing says {key}");
        }
    }

    #[test]
    fn gaps_are_filled_once() {
        let words = Words::of(Language::English);
        let filled = words.fill("instead", &[("a", "{b}"), ("b", "1.420")]);
        assert_eq!(filled, "1.420 instead of {b}");
        assert_eq!(words.fill("no such key", &[]), "no such key");
    }

    #[test]
    fn what_is_filled_in_turns_nothing_else_round() {
        let words = Words::of(Language::English);
        let by = |name: &str| words.fill("by", &[("name", name)]);
        assert_eq!(by("Kabar Pagi, édisi"), "by Kabar Pagi, édisi");
        assert_eq!(by("الميناء"), "by \u{2068}الميناء\u{2069}");
        assert_eq!(by("a\u{202E}b"), "by \u{2068}a\u{202E}b\u{2069}");
        assert_eq!(by("\u{2069}a\u{2067}"), "by \u{2068}a\u{2067}\u{2069}\u{2069}");
        assert_eq!(by(&by("א")), "by \u{2068}by \u{2068}א\u{2069}\u{2069}");
        assert_eq!(listed_names(&["א", "b"]), "\u{2068}א\u{2069}, b");
    }

    #[test]
    fn numbers_as_each_language_parts_them() {
        let (english, indonesian) = (Words::of(Language::English), Words::of(Language::Indonesian));
        assert_eq!(count!(english, 1, "n_claims"), "1 claim");
        assert_eq!(count!(english, 1_234_567, "n_claims"), "1,234,567 claims");
        assert_eq!(count!(indonesian, 5_000, "n_claims"), "5.000 klaim");
        assert_eq!(english.number(0), "0");
    }
}
