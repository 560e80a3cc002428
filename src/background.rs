//! How often is this word in ordinary text of this language?
//!
//! Tables of word counts for Indonesian and English ship with the crate; users may add their own
//! (see `data/README.md`). Useful for telling rare words from common ones where a batch is too
//! small to tell; not useful for deciding what language a text is in.

use crate::error::{Error, ErrorKind, Result};
use crate::hash::word_hash;
use crate::text::tokenize::{normalize, tokenize};
use ahash::AHashMap;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

/// Word frequencies of any number of languages, one table each. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Background {
    tables: Vec<Arc<Table>>,
}

/// How often a word is met in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frequency {
    /// Occurrences per 10^9 words of running text, from 1.
    pub per_billion: u32,
    /// Whether the table has the word. Where it has not, `per_billion` is the table's floor: half
    /// the count of its rarest word.
    pub listed: bool,
}

#[derive(Debug)]
struct Table {
    language: String,
    /// The table as read: words are needed as text only to learn how the language forms words.
    tsv: Cow<'static, str>,
    per_billion: AHashMap<u64, u32>,
    floor: u32,
}

/// A language that has no table of its own may use one of a close relative.
const RELATED: &[(&str, &str)] = &[("ms", "id")];

static SHIPPED: LazyLock<Background> = LazyLock::new(|| {
    let files = [
        ("id", include_str!("../data/words/id.tsv")),
        ("en", include_str!("../data/words/en.tsv")),
    ];
    // A test reads the shipped files: they always parse.
    let read = |(language, tsv)| Table::read(language, "", Cow::Borrowed(tsv)).ok().map(Arc::new);
    Background { tables: files.into_iter().filter_map(read).collect() }
});

impl Background {
    /// The tables that ship with the crate: Indonesian ("id") and English ("en"). Parsed once.
    pub fn shipped() -> Background {
        SHIPPED.clone()
    }

    /// No table at all: every frequency is `None`.
    pub fn empty() -> Background {
        Background::default()
    }

    /// One table of a user's own: lines of `word<TAB>count`, counts per 10^9 words from 1, in any
    /// order; empty lines and lines that start with `#` are skipped. Words are normalised as text
    /// is; counts of words that fall together add up.
    ///
    /// `language` is an ISO 639-1 code; `path` names the table in errors.
    ///
    /// # Errors
    /// The first line that is not a word of one token, a tab and a count; a table without words.
    pub fn parse(language: &str, path: &str, tsv: &str) -> Result<Background> {
        let table = Table::read(language, path, Cow::Owned(tsv.to_owned()))?;
        Ok(Background { tables: vec![Arc::new(table)] })
    }

    /// Both backgrounds together; where both have a table of a language, `other`'s is used.
    pub fn with(mut self, other: Background) -> Background {
        self.tables.retain(|table| !other.tables.iter().any(|o| o.language == table.language));
        self.tables.extend(other.tables);
        self
    }

    /// How often `word`, a token's hash, is met in text of `language` (ISO 639-1). `None` where
    /// there is no table to ask. Without a language: the highest frequency of any table, so that
    /// the function words of every language with a table are known as such.
    pub fn frequency(&self, language: Option<&str>, word: u64) -> Option<Frequency> {
        let tables = self.tables_of(language).map(|table| table.frequency(word));
        tables.max_by_key(|found| (found.listed, found.per_billion))
    }

    /// The words of the language's table, normalised, in the table's order; of all tables without
    /// a language.
    pub(crate) fn words<'a>(
        &'a self,
        language: Option<&'a str>,
    ) -> impl Iterator<Item = Cow<'a, str>> {
        self.tables_of(language)
            .flat_map(|table| lines(&table.tsv))
            .map(|line| normalized(line.word))
    }

    fn tables_of<'a>(&'a self, language: Option<&'a str>) -> impl Iterator<Item = &'a Table> {
        let own = |code| self.tables.iter().any(|table| table.language == code);
        let code = match language {
            Some(code) if !own(code) => RELATED.iter().find(|(of, _)| *of == code).map(|r| r.1),
            _ => language,
        };
        // A language without a table, nor a relative with one, has none to ask.
        let tables = self.tables.iter().filter(move |_| code.is_some() == language.is_some());
        tables.map(Arc::as_ref).filter(move |t| code.is_none_or(|code| code == t.language))
    }
}

impl Table {
    fn read(language: &str, path: &str, tsv: Cow<'static, str>) -> Result<Table> {
        let mut per_billion = AHashMap::with_capacity(tsv.len() / 12);
        let mut rarest = u32::MAX;
        for line in lines(&tsv) {
            let wrong = |cause| Err(bad_line(path, line.number, cause));
            let word = normalized(line.word);
            if !is_one_token(&word) {
                return wrong(format!("expected one word before the tab, got {:?}", line.word));
            }
            let Some(count) = line.count.and_then(|c| c.parse().ok()).filter(is_possible) else {
                return wrong(format!(
                    "expected a count from 1 to 1000000000 after a tab, got {:?}",
                    line.count.unwrap_or("no tab")
                ));
            };
            rarest = rarest.min(count);
            let sum: &mut u32 = per_billion.entry(word_hash(word.as_bytes())).or_default();
            *sum = sum.saturating_add(count);
        }
        if per_billion.is_empty() {
            let error = Error::new(ErrorKind::Input, path, "not a word table", "it has no words");
            return Err(error.hint(FORMAT));
        }
        let floor = (rarest / 2).max(1);
        Ok(Table { language: language.to_owned(), tsv, per_billion, floor })
    }

    fn frequency(&self, word: u64) -> Frequency {
        match self.per_billion.get(&word) {
            Some(&per_billion) => Frequency { per_billion, listed: true },
            None => Frequency { per_billion: self.floor, listed: false },
        }
    }
}

const FORMAT: &str = "a word table has lines of a word, a tab and its count per 10^9 words";

fn bad_line(path: &str, number: usize, cause: String) -> Error {
    let place = format!("{path}:{number}");
    Error::new(ErrorKind::Input, place, "not a word table", cause).hint(FORMAT)
}

fn is_possible(count: &u32) -> bool {
    (1..=1_000_000_000).contains(count)
}

/// One line of a table that has a word; nothing is checked yet.
struct Line<'t> {
    /// From 1.
    number: usize,
    word: &'t str,
    /// `None` without a tab.
    count: Option<&'t str>,
}

fn lines(tsv: &str) -> impl Iterator<Item = Line<'_>> {
    let text = tsv.strip_prefix('\u{feff}').unwrap_or(tsv);
    let numbered = text.lines().zip(1..);
    numbered.filter(|(line, _)| !line.is_empty() && !line.starts_with('#')).map(|(line, number)| {
        match line.split_once('\t') {
            Some((word, count)) => Line { number, word, count: Some(count) },
            None => Line { number, word: line, count: None },
        }
    })
}

/// [`normalize`], without a copy for most words.
fn normalized(word: &str) -> Cow<'_, str> {
    if is_plain(word) { Cow::Borrowed(word) } else { Cow::Owned(normalize(word)) }
}

fn is_one_token(word: &str) -> bool {
    is_plain(word) || tokenize(word).iter().map(|token| token.span.len()).eq([word.len()])
}

/// Lower-case ASCII letters: one token that is normalised already, as nearly all words are.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn word(text: &str) -> u64 {
        word_hash(normalize(text).as_bytes())
    }

    fn listed(background: &Background, language: Option<&str>, text: &str) -> Option<u32> {
        background.frequency(language, word(text)).filter(|f| f.listed).map(|f| f.per_billion)
    }

    #[test]
    fn shipped_tables_are_whole_normalised_and_sorted() {
        let shipped = Background::shipped();
        let languages: Vec<&str> = shipped.tables.iter().map(|t| t.language.as_str()).collect();
        assert_eq!(languages, ["id", "en"]);
        for table in &shipped.tables {
            let rows: Vec<(u32, &str)> = lines(&table.tsv)
                .map(|line| (line.count.unwrap().parse().unwrap(), line.word))
                .collect();
            assert_eq!(rows.len(), table.per_billion.len(), "a word occurs twice");
            for (_, word) in &rows {
                assert_eq!(normalize(word), *word);
                assert!(word.chars().any(char::is_alphabetic), "{word}");
            }
            let in_order =
                |w: &[(u32, &str)]| w[0].0 > w[1].0 || w[0].0 == w[1].0 && w[0].1 < w[1].1;
            assert!(rows.windows(2).all(in_order));
            // The list covers nearly all of running text.
            let sum: u64 = rows.iter().map(|&(count, _)| u64::from(count)).sum();
            assert!((900_000_000..=1_000_000_000).contains(&sum), "{sum}");
        }
    }

    #[test]
    fn function_words_are_common_and_names_are_rare() {
        let shipped = Background::shipped();
        for (language, common, rare) in
            [("id", "yang", "kazakhstan"), ("ms", "dengan", "parlimen"), ("en", "The", "Moscow")]
        {
            let of = |text| shipped.frequency(Some(language), word(text)).unwrap().per_billion;
            assert!(1_000_000 < of(common), "{language}: {common} {}", of(common));
            assert!(of(rare) < 100_000, "{language}: {rare} {}", of(rare));
        }
    }

    #[test]
    fn languages_are_kept_apart() {
        let shipped = Background::shipped();
        assert!(listed(&shipped, Some("id"), "dengan").is_some());
        assert!(listed(&shipped, Some("en"), "dengan").is_none());
        assert_eq!(listed(&shipped, Some("ms"), "dengan"), listed(&shipped, Some("id"), "dengan"));
        assert_eq!(shipped.frequency(Some("de"), word("und")), None);
        // Without a language every table is asked.
        assert_eq!(listed(&shipped, None, "dengan"), listed(&shipped, Some("id"), "dengan"));
        assert_eq!(listed(&shipped, None, "with"), listed(&shipped, Some("en"), "with"));
        assert_eq!(Background::empty().frequency(None, word("dengan")), None);
    }

    #[test]
    fn an_unlisted_word_gets_half_the_rarest_count() {
        let table = Background::parse("xx", "t.tsv", "a\t9\nb\t5\n").unwrap();
        let unlisted = Some(Frequency { per_billion: 2, listed: false });
        assert_eq!(table.frequency(Some("xx"), word("c")), unlisted);
        let table = Background::parse("xx", "t.tsv", "a\t1").unwrap();
        assert_eq!(table.frequency(Some("xx"), word("c")).unwrap().per_billion, 1);
    }

    #[test]
    fn a_users_table_is_normalised_summed_and_replaces_the_shipped_one() {
        let tsv = "\u{feff}# comment\r\nKata\t40\r\n\r\nkata\t2\r\nＡ\t7\r\n";
        let own = Background::parse("id", "id.tsv", tsv).unwrap();
        assert_eq!(listed(&own, Some("id"), "KATA"), Some(42));
        assert_eq!(listed(&own, Some("id"), "a"), Some(7));
        assert_eq!(own.words(Some("id")).collect::<Vec<_>>(), ["kata", "kata", "a"]);
        let both = Background::shipped().with(own);
        assert_eq!(listed(&both, Some("ms"), "dengan"), None);
        assert!(listed(&both, Some("en"), "with").is_some());
        let malay = Background::parse("ms", "ms.tsv", "yang\t9").unwrap();
        assert_eq!(listed(&Background::shipped().with(malay), Some("ms"), "yang"), Some(9));
    }

    #[test]
    fn errors_name_the_line() {
        for (tsv, expect) in [
            (
                "a\t1\nb",
                "t.tsv:2: not a word table: expected a count from 1 to 1000000000 after a tab, got \"no tab\"",
            ),
            (
                "# c\n\na b\t1",
                "t.tsv:3: not a word table: expected one word before the tab, got \"a b\"",
            ),
            ("\t1", "t.tsv:1: not a word table: expected one word before the tab, got \"\""),
            (
                "a\t0",
                "t.tsv:1: not a word table: expected a count from 1 to 1000000000 after a tab, got \"0\"",
            ),
            (
                "a\t-1",
                "t.tsv:1: not a word table: expected a count from 1 to 1000000000 after a tab, got \"-1\"",
            ),
            (
                "a\t1000000001",
                "t.tsv:1: not a word table: expected a count from 1 to 1000000000 after a tab, got \"1000000001\"",
            ),
            ("# only a comment", "t.tsv: not a word table: it has no words"),
        ] {
            let error = Background::parse("xx", "t.tsv", tsv).unwrap_err();
            assert_eq!(error.to_string(), format!("{expect}\nhint: {FORMAT}"));
        }
    }

    proptest! {
        #[test]
        fn any_text_parses_or_names_a_line(tsv in "([a-z #\t0-9é\u{feff}\r\n]|[A-Z]){0,60}") {
            match Background::parse("xx", "t", &tsv) {
                Ok(table) => {
                    for text in table.words(Some("xx")) {
                        prop_assert!(listed(&table, Some("xx"), &text).is_some());
                    }
                }
                Err(error) => prop_assert!(error.place.starts_with('t')),
            }
        }
    }
}
