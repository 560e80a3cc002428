//! Splits text into normalised words.
//!
//! The order is fixed: separators are decided on the original's characters, then each word is
//! normalised. A word is a run of letters, digits and marks; every other character separates.
//! Two kinds of script set no spaces between words. A letter of Thai, Lao, Khmer or Burmese says as
//! little as one of Latin, so a run of them is cut into the words of a dictionary. A Han character
//! is a morpheme, and editors replace a word by another that shares one (检查, 查看), so a token of
//! Han or kana is one character, marks with their base: cut into words, three of 21 edited pairs of
//! `testdata/languages` are lost in Chinese and one in Japanese.
//!
//! Normalising is NFKC, lower case, then the spellings that `fold` does not tell apart.
//! Case, punctuation, quotation marks, dashes and white space never make two texts differ.

use super::fold::push_folded;
use super::runs::each_run;
use crate::hash::{SHORT_WORD_BYTES, short_word_hash, word_hash};
use crate::span::ByteSpan;
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use std::sync::LazyLock;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the original.
    pub span: ByteSpan,
    /// [`word_hash`] of its normalised form.
    pub word: u64,
}

/// Splits `text` into tokens, in order.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 6);
    each_word(text, |span, word| tokens.push(Token { span, word }));
    tokens
}

/// Calls `emit` with the span and the hash of each word of `text`, in order.
pub fn each_word(text: &str, mut emit: impl FnMut(ByteSpan, u64)) {
    let mut others: Vec<Token> = Vec::new();
    each_run(text.as_bytes(), |start, end| {
        let run = ByteSpan::new(start, end);
        if let Some(hash) = ascii_hash(text.as_bytes(), start, end) {
            return emit(run, hash);
        }
        // Not by `emit` itself: what a function elsewhere may call is kept in no register.
        words_of_run(text, run, &mut others);
        others.drain(..).for_each(|token| emit(token.span, token.word));
    });
}

/// The hash of a run of at most [`SHORT_WORD_BYTES`] ASCII letters and digits; `None` of any other,
/// and of some at the text's end.
#[inline(always)]
fn ascii_hash(text: &[u8], start: usize, end: usize) -> Option<u64> {
    const HIGH: u128 = u128::MAX / 0xff * 0x80;
    // The bit that is set in lower case, and in digits anyway.
    const LOWER: u128 = u128::MAX / 0xff * 0x20;
    let bytes: &[u8; SHORT_WORD_BYTES] = text.get(start..)?.first_chunk()?;
    let own = OWN_BYTES.get(end - start)?;
    let word = u128::from_le_bytes(*bytes) & own;
    (word & HIGH == 0).then(|| short_word_hash(word | LOWER & own))
}

/// By length, the bytes of a word among [`SHORT_WORD_BYTES`] from its start on.
static OWN_BYTES: [u128; SHORT_WORD_BYTES + 1] = {
    let mut own = [0; SHORT_WORD_BYTES + 1];
    let mut n = 1;
    while n <= SHORT_WORD_BYTES {
        own[n] = u128::MAX >> (8 * (SHORT_WORD_BYTES - n));
        n += 1;
    }
    own
};

/// The words of a run that is long, not ASCII, or the text's last.
#[cold]
fn words_of_run(text: &str, run: ByteSpan, words: &mut Vec<Token>) {
    if common_words(text, run, words) {
        return;
    }
    let mut scratch = String::new();
    words_of_any_script(text, run, &mut |span: ByteSpan| {
        scratch.clear();
        normalize_into(span.of(text), &mut scratch);
        words.push(Token { span, word: word_hash(scratch.as_bytes()) });
    });
}

/// The normalised form of one word: NFKC, lower case, folded.
pub fn normalize(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    normalize_into(word, &mut out);
    out
}

/// Appends the normalised form of one word.
pub fn normalize_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
    } else if is_nfkc_quick(word.chars()) == IsNormalized::Yes {
        push_folded(word.chars(), out);
    } else {
        push_folded(word.nfkc(), out);
    }
}

/// Calls `emit` with the span of each word of a run without ASCII separators, in order.
fn words_of_any_script(text: &str, whole: ByteSpan, emit: &mut impl FnMut(ByteSpan)) {
    let mut run: Option<(usize, Class)> = None;
    let mut before = ' ';
    for (at, c) in whole.of(text).char_indices() {
        let at = whole.start as usize + at;
        let class = class(c, before);
        before = c;
        let goes_on = class != Class::Single && run.is_some_and(|(_, kind)| kind == class);
        if class == Class::Mark || goes_on {
            continue;
        }
        if let Some((from, kind)) = run.take() {
            emit_run(text, ByteSpan::new(from, at), kind, emit);
        }
        run = (class != Class::Separator).then_some((at, class));
    }
    if let Some((from, kind)) = run {
        emit_run(text, ByteSpan::new(from, whole.end as usize), kind, emit);
    }
}

/// Bytes of the longest word that [`common_words`] takes.
const COMMON_WORD_BYTES: usize = 64;

/// Adds the words of a run whose characters [`COMMON`] knows; gives whether it is one.
fn common_words(text: &str, run: ByteSpan, words: &mut Vec<Token>) -> bool {
    let (common, n_before) = (&COMMON[..], words.len());
    let (mut word, mut n_bytes, mut from) = ([0; COMMON_WORD_BYTES], 0, 0);
    let mut add = |from: usize, to: usize, word: &[u8]| {
        if !word.is_empty() {
            words.push(Token { span: ByteSpan::new(from, to), word: word_hash(word) });
        }
    };
    for (at, c) in run.of(text).char_indices() {
        match common.get(c as usize) {
            Some(Some(Common::Letter(letter))) if n_bytes + 4 <= COMMON_WORD_BYTES => {
                if n_bytes == 0 {
                    from = run.start as usize + at;
                }
                n_bytes += letter.encode_utf8(&mut word[n_bytes..]).len();
            }
            Some(Some(Common::Separator)) => {
                add(from, run.start as usize + at, &word[..n_bytes]);
                n_bytes = 0;
            }
            _ => {
                words.truncate(n_before);
                return false;
            }
        }
    }
    add(from, run.end as usize, &word[..n_bytes]);
    true
}

/// What becomes of a character, whatever stands beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Common {
    Separator,
    /// A letter or digit that this one stands for.
    Letter(char),
}

/// The characters up to general punctuation that no neighbour changes. It is the rule that tells
/// them, so that a table and the rule never differ.
static COMMON: LazyLock<Vec<Option<Common>>> =
    LazyLock::new(|| ('\0'..='\u{206f}').map(by_rule).collect());

fn by_rule(c: char) -> Option<Common> {
    let before = [' ', 'ا'].map(|before| class(c, before));
    if before == [Class::Separator; 2] {
        return Some(Common::Separator);
    }
    let alone = normalize(c.encode_utf8(&mut [0; 4]));
    let mut letters = alone.chars();
    let letter = letters.next().filter(|_| letters.next().is_none())?;
    // Beside a mark such a letter may be composed, but no mark is common.
    let is_stable = is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes;
    (before == [Class::Letter; 2] && is_stable).then_some(Common::Letter(letter))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Separator,
    Letter,
    /// A letter of a script without spaces.
    Unspaced,
    /// A character that is a token by itself.
    Single,
    /// Goes with the character before it.
    Mark,
}

const SOFT_HYPHEN: char = '\u{ad}';
const NON_JOINER: char = '\u{200c}';
const JOINER: char = '\u{200d}';

fn class(c: char, before: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Class::Letter } else { Class::Separator };
    }
    match c {
        // Persian sets it between the parts of a word, where others set a space or nothing; Indic
        // scripts inside a syllable.
        NON_JOINER if is_arabic(before) => Class::Separator,
        SOFT_HYPHEN | NON_JOINER | JOINER => Class::Mark,
        _ if unicode_normalization::char::is_combining_mark(c) => Class::Mark,
        _ if is_single(c) => Class::Single,
        _ if is_unspaced(c) => Class::Unspaced,
        _ if c.is_alphanumeric() => Class::Letter,
        _ => Class::Separator,
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}')
}

/// Emits a run of letters as the word it is, or one of an unspaced script as its words.
fn emit_run(text: &str, run: ByteSpan, kind: Class, emit: &mut impl FnMut(ByteSpan)) {
    if kind != Class::Unspaced {
        return emit(run);
    }
    let (inside, start) = (run.of(text), run.start as usize);
    let mut from = 0;
    for to in SEGMENTER.segment_str(inside).filter(|&to| 0 < to) {
        // A mark at a word's start belongs to the word before.
        let next = inside[to..].chars().next();
        if next.is_none_or(|c| class(c, c) != Class::Mark) {
            emit(ByteSpan::new(start + from, start + to));
            from = to;
        }
    }
}

/// Words by Unicode Standard Annex #29, with dictionaries for the scripts that need them.
static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

/// Whether `c` belongs to a script that sets no spaces between words.
pub fn is_unspaced(c: char) -> bool {
    is_single(c)
        || matches!(u32::from(c),
            0x0e01..=0x0edf      // Thai, Lao
            | 0x1000..=0x109f    // Burmese
            | 0x1780..=0x17df)   // Khmer
            && c.is_alphanumeric()
}

/// Whether `c` is a token by itself: a Han character or kana.
pub(crate) fn is_single(c: char) -> bool {
    matches!(u32::from(c),
        0x3005..=0x3007 | 0x3041..=0x30ff | 0x31f0..=0x31ff // kana
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff // Han
        | 0x2_0000..=0x3_ffff)
        && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> Vec<String> {
        tokenize(text).iter().map(|t| normalize(t.span.of(text))).collect()
    }

    #[test]
    fn words_of_many_scripts() {
        for (text, expect) in [
            ("Kassym-Jomart Tokayev’s", "kassym jomart tokayev s"),
            ("WASHINGTON DC, KOMPAS.com – Menlu", "washington dc kompas com menlu"),
            ("Rp 1.500,- (7/1/2022)", "rp 1 500 7 1 2022"),
            ("ﬁnal Ａ Ⅳ", "final a iv"),
            ("e\u{301}te\u{301} été", "été été"),
            ("pe\u{ad}merintah", "pemerintah"),
            ("İstanbul ISPARTA Ağrı", "istanbul isparta ağri"),
            ("俄罗斯说：“不行”，2024年", "俄 罗 斯 说 不 行 2024 年"),
            ("ค้นหาตู้สินค้า ๒๕๖๗", "ค้นหา ตู้ สินค้า 2567"),
            ("Москва́ ещё сказала", "москва еще сказала"),
            ("العربيّة إلـــى الأربعاء ١٢", "العربيه الي الاربعاء 12"),
            ("می‌شود كشتي‌ها هٔ ۀ", "مي شود كشتي ها ه ه"),
            ("क्\u{200d}ष Straße", "क्ष strasse"),
            ("\u{feff}a\u{a0}b\u{2009}c\u{200b}d", "a b c d"),
            ("", ""),
            ("…—!", ""),
        ] {
            assert_eq!(shown(text).join(" "), expect, "{text:?}");
        }
    }

    #[test]
    fn hostile_text_takes_no_time() {
        for unit in ["字", "ア", "ก", "ก\u{e31}", "ကေ", "\u{301}", "字\u{ad}", "เ", "ア字"]
        {
            let text = unit.repeat(100_000);
            let covered: usize = tokenize(&text).iter().map(|t| t.span.len()).sum();
            assert_eq!(covered, if unit == "\u{301}" { 0 } else { text.len() }, "{unit}");
        }
    }

    /// The rule itself, character by character.
    fn tokens_slowly(text: &str) -> Vec<Token> {
        let spans = words_slowly(text).into_iter();
        let token = |span: ByteSpan| {
            let word = word_hash(normalize(span.of(text)).as_bytes());
            Token { span, word }
        };
        spans.map(token).collect()
    }

    fn words_slowly(text: &str) -> Vec<ByteSpan> {
        let mut found = Vec::new();
        let mut run: Option<(usize, Class)> = None;
        let mut before = ' ';
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            let class = class(c, before);
            before = c;
            let goes_on = class != Class::Single && run.is_some_and(|(_, kind)| kind == class);
            if class == Class::Mark || goes_on {
                continue;
            }
            if let Some((from, kind)) = run.take() {
                emit_run(text, ByteSpan::new(from, at), kind, &mut |span| found.push(span));
            }
            run = (class != Class::Separator).then_some((at, class));
        }
        found
    }

    proptest! {
        #[test]
        fn tokens_are_those_of_the_slow_rule(
            text in "([a-zA-Z]{1,20}|[ .,-]|\\PC|[\u{ad}\u{200c}\u{200d}\u{301}\u{e31}]|[ก-๛]{1,5}|[字ア]|[ا-ي]|[à-ɏ“”’–]|[а-я]{1,9}){0,40}",
            any in ".{0,80}",
            bytes in proptest::collection::vec(any::<u8>(), 0..80),
        ) {
            for text in [&*text, &*any, &*String::from_utf8_lossy(&bytes)] {
                prop_assert_eq!(tokenize(text), tokens_slowly(text));
            }
        }
    }

    #[test]
    fn every_character_between_and_inside_words() {
        let ranges = ['\0'..='\u{2fff}', '\u{a000}'..='\u{abff}', '\u{f900}'..='\u{10bff}'];
        for c in ranges.into_iter().flatten().filter(|c| !is_single(*c)) {
            for text in [format!("Satu{c}Dua {c}"), format!("é{c}ا{c}\u{301}")] {
                assert_eq!(tokenize(&text), tokens_slowly(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn surface_changes_give_the_same_words() {
        let plain: Vec<u64> =
            tokenize("Saya pikir satu pelajaran").iter().map(|t| t.word).collect();
        let other: Vec<u64> =
            tokenize("“SAYA pikir…\r\nsatu\u{a0} —pelajaran”").iter().map(|t| t.word).collect();
        assert_eq!(plain, other);
    }
}
