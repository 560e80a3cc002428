//! Where do the sentences of a paragraph end?
//!
//! The rules are those of Unicode Standard Annex #29, section 5 (full stops before a lower-case
//! letter or inside a number end nothing), with what news text needs beyond them: abbreviations
//! (`data/abbreviations.txt`) and initials end nothing, nothing ends inside a quotation, the
//! attribution after a quotation belongs to its sentence, and a sentence may start without a space
//! before it ("stabil.Rusia"). The crate `unicode-segmentation` knows the plain rules, but takes
//! quadratic time on a full stop before many closing marks; its sentences serve the tests.

mod abbreviation;
mod clause;

use self::abbreviation::Use;
use self::clause::clause_end;
use super::paragraph::{is_blank, is_closer, is_full_stop, is_terminal, last_mark, trim};
use super::quotation::Quotation;
use super::tokenize::is_unspaced;
use crate::span::ByteSpan;
use unicode_normalization::char::is_combining_mark;

/// Splits `paragraph` into sentences, in order, each without surrounding white space and with a
/// letter or digit in it.
///
/// `quotations` are those of the paragraph, in order. A sentence of more than eighty words
/// outside quotations (160 characters where words have no spaces) is cut at a clause boundary.
/// Time is linear.
pub fn split(text: &str, paragraph: ByteSpan, quotations: &[Quotation]) -> Vec<ByteSpan> {
    let mut sentences = Vec::new();
    let mut start = paragraph.start as usize;
    let ends = breaks(text, paragraph, quotations);
    for end in ends.into_iter().chain([paragraph.end as usize]) {
        while let Some(cut) = clause_end(text, ByteSpan::new(start, end), quotations) {
            sentences.push(ByteSpan::new(start, cut));
            start = cut;
        }
        sentences.push(ByteSpan::new(start, end));
        start = end;
    }
    sentences.retain(|sentence| sentence.of(text).contains(char::is_alphanumeric));
    sentences.into_iter().map(|sentence| trim(text, sentence)).collect()
}

/// Length of `text` in units, without cutting it into words: two for a word, one for a character of
/// a script that sets no spaces between words, where a word has about two.
pub(crate) fn count_units(text: &str) -> usize {
    let (mut n_units, mut in_word) = (0, false);
    for c in text.chars() {
        n_units += step(c, &mut in_word);
    }
    n_units
}

/// The units that `c` adds; keeps `in_word` up to date.
fn step(c: char, in_word: &mut bool) -> usize {
    if c.is_ascii() {
        let was_in_word = std::mem::replace(in_word, c.is_ascii_alphanumeric());
        return WORD * usize::from(*in_word && !was_in_word);
    }
    let starts_word = c.is_alphanumeric() && !*in_word;
    // A mark belongs to the word before it, as tokens have it.
    let goes_with_word = is_combining_mark(c) || c == '\u{ad}';
    *in_word = c.is_alphanumeric() && !is_unspaced(c) || *in_word && goes_with_word;
    if is_unspaced(c) { 1 } else { WORD * usize::from(starts_word) }
}

/// Units of a word.
pub(crate) const WORD: usize = 2;

/// What is known of the sentence so far.
struct State {
    /// Start of its first word.
    first_word: Option<usize>,
    /// Its characters of scripts that set a space where others set a full stop.
    n_spaceless: usize,
    /// Whether what stands since the last space is a web or mail address.
    in_address: bool,
}

const FRESH: State = State { first_word: None, n_spaceless: 0, in_address: false };

/// Offsets between the sentences of `paragraph`.
fn breaks(text: &str, paragraph: ByteSpan, quotations: &[Quotation]) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut state = FRESH;
    let mut quotations = quotations;
    let end = paragraph.end as usize;
    let mut at = paragraph.start as usize;
    while let Some(c) = text[at..end].chars().next() {
        let mut is_break = false;
        if let Some((quotation, rest)) = starting_at(quotations, at) {
            quotations = rest;
            state = State { first_word: state.first_word.or(Some(at)), ..FRESH };
            at = quotation.outer.end as usize;
            is_break = ends_with(text, quotation) && starts_anew(ahead(text, at, end, quotations));
        } else if c.is_ascii_alphanumeric() {
            let limit = quotations.first().map_or(end, |next| next.outer.start as usize);
            at = word_end(text, at, limit, &mut state);
        } else if is_terminal(c) {
            let stop = stop(text, at, end, quotations);
            at = stop.end;
            is_break = ends_sentence(text, &stop, &state, ahead(text, at, end, quotations));
        } else {
            is_break |= is_blank(c) && is_spaceless_break(text, at, c, &state);
            note(text, at, c, &mut state);
            at += c.len_utf8();
        }
        if is_break {
            breaks.push(at);
            state = FRESH;
        }
    }
    breaks
}

/// The quotation at `at`, and those after it.
fn starting_at(quotations: &[Quotation], at: usize) -> Option<(&Quotation, &[Quotation])> {
    quotations.split_first().filter(|(first, _)| first.outer.start as usize == at)
}

/// The end of a run of ASCII letters and digits, which ends no sentence.
fn word_end(text: &str, at: usize, limit: usize, state: &mut State) -> usize {
    state.first_word.get_or_insert(at);
    let rest = &text.as_bytes()[at..limit];
    let n_bytes = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let end = at + n_bytes;
    state.in_address |= text[at..end].ends_with("www") && text[end..].starts_with('.');
    end
}

fn note(text: &str, at: usize, c: char, state: &mut State) {
    if c.is_alphanumeric() {
        state.first_word.get_or_insert(at);
        state.n_spaceless += usize::from(is_spaceless(c));
    }
    if is_blank(c) {
        state.in_address = false;
    } else if matches!(c, '@' | ':') {
        state.in_address |= c == '@' || text[at..].starts_with("://");
    }
}

/// Whether a space after at least [`SPACELESS_SENTENCE`] characters of Thai and its like stands
/// between two of them.
fn is_spaceless_break(text: &str, at: usize, blank: char, state: &State) -> bool {
    SPACELESS_SENTENCE <= state.n_spaceless
        && text[..at].chars().next_back().is_some_and(is_spaceless)
        && text[at + blank.len_utf8()..].chars().next().is_some_and(is_spaceless)
}

/// Thai sets spaces between clauses too; a sentence is taken to have this many characters.
const SPACELESS_SENTENCE: usize = 40;

/// Thai, Lao, Burmese, Khmer: no spaces between words, and spaces for full stops.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// One or more sentence-ending marks in a row, with the closing marks after them.
struct Stop {
    start: usize,
    /// After the closing marks.
    end: usize,
    kind: StopKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StopKind {
    /// One full stop, which may also end an abbreviation or stand in a number.
    Dot,
    /// `...`, `…`, `?!`
    Other,
    /// Has another's full stop among them (。), which needs no space after it.
    Full,
}

fn stop(text: &str, start: usize, end: usize, quotations: &[Quotation]) -> Stop {
    let end = quotations.first().map_or(end, |next| next.outer.start as usize);
    let rest = &text[start..end];
    let after_marks = rest.trim_start_matches(is_terminal);
    let marks = &rest[..rest.len() - after_marks.len()];
    let kind = match marks {
        "." => StopKind::Dot,
        _ if marks.contains(is_full_stop) => StopKind::Full,
        _ => StopKind::Other,
    };
    Stop { start, end: end - after_marks.trim_start_matches(is_closer).len(), kind }
}

/// What follows an end that may be a sentence's.
#[derive(Clone, Copy)]
struct Ahead {
    next: Next,
    /// Whether a space or the start of a quotation lies between.
    gap: bool,
    /// Whether an opening bracket lies between.
    bracket: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Upper,
    Lower,
    /// A letter of a script without case.
    Letter,
    Digit,
    /// A comma, a closing mark.
    Pause,
    Symbol,
    Nothing,
}

fn ahead(text: &str, at: usize, end: usize, quotations: &[Quotation]) -> Ahead {
    let quotation = quotations.first();
    let limit = quotation.map_or(end, |q| q.outer.start as usize);
    let mut found = Ahead { next: Next::Nothing, gap: false, bracket: false };
    for c in text[at..limit].chars() {
        if is_blank(c) {
            found.gap = true;
        } else if matches!(c, '(' | '[' | '（') {
            found.bracket = true;
        } else if !(is_lead(c) && found.gap) {
            return Ahead { next: next(c), ..found };
        }
    }
    if let Some(quotation) = quotation {
        found.gap = true;
        let first = quotation.inner.of(text).chars().find(|c| c.is_alphanumeric());
        found.next = first.map_or(Next::Symbol, next);
    }
    found
}

/// Dashes, bullets and stray opening marks at a sentence's start.
fn is_lead(c: char) -> bool {
    matches!(c, '-' | '‐'..='―' | '•' | '*' | '"' | '\'' | '“' | '‘' | '«' | '„' | '¿' | '¡')
}

fn next(c: char) -> Next {
    match c {
        _ if c.is_uppercase() => Next::Upper,
        _ if c.is_lowercase() => Next::Lower,
        _ if c.is_numeric() => Next::Digit,
        _ if c.is_alphabetic() => Next::Letter,
        ',' | ';' | ':' => Next::Pause,
        _ if is_closer(c) || is_terminal(c) => Next::Pause,
        _ => Next::Symbol,
    }
}

/// Whether what is quoted ends like a sentence.
fn ends_with(text: &str, quotation: &Quotation) -> bool {
    last_mark(quotation.inner.of(text)).is_some_and(is_terminal)
}

/// After a quotation that ends like a sentence: whether a new one starts. What starts with a small
/// letter, or has no capitals to tell by, is taken for the attribution.
fn starts_anew(ahead: Ahead) -> bool {
    matches!(ahead.next, Next::Upper | Next::Digit)
}

fn ends_sentence(text: &str, stop: &Stop, state: &State, ahead: Ahead) -> bool {
    let word = word_before(text, stop.start);
    let goes_on = || stop.kind == StopKind::Dot && goes_on_after(word, stop.start, state, ahead);
    match ahead.next {
        Next::Nothing | Next::Pause => false,
        _ if stop.kind == StopKind::Full => true,
        Next::Lower => false,
        Next::Upper if !ahead.gap => is_glued(text, stop, ahead) && !state.in_address && !goes_on(),
        _ => ahead.gap && !goes_on(),
    }
}

/// Whether a sentence may end before a capital without a space: two small letters before ("U.S" is
/// none), or an acronym or a number of three ("KTP.Pedagang", "2022.Warga"), and no domain after
/// ("Detik.Com").
fn is_glued(text: &str, stop: &Stop, ahead: Ahead) -> bool {
    let mut before = text[..stop.start].chars().rev();
    let after = &text[stop.end..];
    let label = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_domain = ["com", "net", "org", "id", "tv"].iter().any(|d| label.eq_ignore_ascii_case(d))
        || after[label.len()..].starts_with(['/', '@'])
        || has_inner_dot(&after[label.len()..]);
    let mut label_chars = label.chars().skip(1);
    let is_word = label_chars.next().is_some_and(char::is_lowercase);
    let word = word_before(text, stop.start);
    let is_code = |c: char| c.is_uppercase() || c.is_ascii_digit();
    let behind_code = is_word && word.chars().count() >= 3 && word.chars().all(is_code);
    !ahead.bracket
        && !is_domain
        && match before.next() {
            _ if behind_code => true,
            Some(')' | '”' | '"' | '%') => true,
            Some(c) => c.is_lowercase() && before.next().is_some_and(char::is_lowercase),
            None => false,
        }
}

/// Whether `rest` is a dot with more of the same word after it.
fn has_inner_dot(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('.') && chars.next().is_some_and(|c| c.is_lowercase())
}

/// The run of letters, digits and inner full stops before `at`; empty where it is too long to be
/// an abbreviation or a list's number.
fn word_before(text: &str, at: usize) -> &str {
    let chars = text[..at].char_indices().rev();
    let run = chars.take_while(|&(_, c)| c.is_alphanumeric() || c == '.');
    match run.take(MAX_WORD_CHARS + 1).enumerate().last() {
        Some((n, (start, _))) if n < MAX_WORD_CHARS => text[start..at].trim_start_matches('.'),
        _ => "",
    }
}

const MAX_WORD_CHARS: usize = 16;

/// Whether the full stop at `at`, after `word`, ends no sentence.
fn goes_on_after(word: &str, at: usize, state: &State, ahead: Ahead) -> bool {
    let is_first = state.first_word.is_none_or(|first| at - word.len() <= first);
    let is_long = |piece: &str| piece.chars().nth(1).is_some();
    let last_digits = word.rsplit('.').next().unwrap_or_default();
    if word.is_empty() {
        false
    } else if last_digits.bytes().all(|b| b.is_ascii_digit()) {
        last_digits.len() <= 3 && (ahead.next == Next::Digit || is_first && word == last_digits)
    } else if !word.split('.').any(is_long) && !word.contains(is_unspaced) {
        word.contains('.')
            || word.chars().all(char::is_uppercase)
            || is_first
            || is_listed(word, ahead)
    } else {
        is_first && is_roman(word) || is_listed(word, ahead)
    }
}

/// A list's number: IV.
fn is_roman(word: &str) -> bool {
    word.len() <= 4 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// Whether `word` is an abbreviation that goes on before what is ahead.
fn is_listed(word: &str, ahead: Ahead) -> bool {
    match abbreviation::find(word) {
        Some(Use::Before) => true,
        Some(Use::Number) => ahead.next == Next::Digit,
        Some(Use::After) => ahead.bracket,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Paragraph, paragraph, quotation};
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn sentences(text: &str) -> Vec<&str> {
        let whole = trim(text, ByteSpan::new(0, text.len()));
        let quotations = quotation::find(text, &[Paragraph { span: whole, boilerplate: false }]);
        split(text, whole, &quotations).iter().map(|s| s.of(text)).collect()
    }

    /// `|` marks where sentences are expected to end.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let expect: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(sentences(&text), expect, "{marked}");
    }

    #[test]
    fn plain_sentences() {
        check("Rusia marah.| Moskwa diam!| Apa yang terjadi?| Tidak jelas… |Selesai");
        check("Ia pergi (ke Moskwa).| [Rusia] marah.");
        check("Ia pergi.| – Rusia marah.| • Moskwa diam.");
        check("Asia Tengah sangat tidak stabil.| 15 orang tewas pada 2022.| 20 lainnya luka.");
        check("Benarkah??| Tidak!! ...");
    }

    #[test]
    fn full_stops_that_end_nothing() {
        check("Prof. Dr. H. Joko Widodo tiba di Jl. Sudirman No. 5.| Ia pergi.");
        check("PT. Telkom Tbk. (TLKM) naik dll. dan seterusnya.| Harga Rp. 1.500,- naik.");
        check("Jend. Pol. (Purn.) Tito, S.H., M.Si. tiba a.n. Presiden.| Ia pergi.");
        check("The U.S. Senate met Mr. Blinken, e.g. on Jan. 8.| It left.");
        check("Menurut Kompas.com, Jumat (7/1/2022) pukul 06.31, Rp 1.500 dan 18.4 persen.| Ya.");
        check("1. Rusia marah.| Ia ke-2. itu salah.");
        check("IV. Rusia marah");
        check("a. Rusia marah");
        check("Lihat hlm. 5 dan HLM. 6, no. 7.| No.| Tidak.");
        check("Vladimir V. Putin dan J. K. Rowling");
        check("Rapat di PT.Bank Nusa dan U.S.Army selesai.");
        check("Baca detik.com.| Lalu pergi ke https://kompas.com/a.Bc?Id=Ya atau Detik.Com saja");
        check("Dibuka pukul 06. 30 pagi");
        check("Bank Indonesia dkk.| Mereka pergi");
    }

    #[test]
    fn a_missing_space_ends_a_sentence_all_the_same() {
        check("Asia Tengah sangat tidak stabil.|Rusia diam.");
        check("Pembeli menunjukkan KTP.|Pedagang mencatat nomornya.| Sejak 2022.|Warga tahu.");
        check("kualitas hidup yang lebih baik?|Langsung saja berlangganan.");
        check("Ia pergi (kemarin).|Rusia diam.");
        check("Harga naik 20%.|Kedua, harga turun.");
        check("Ia pergi.|“Saya tidak tahu.”");
    }

    #[test]
    fn quotations_are_kept_whole_and_with_their_attribution() {
        check("“Rusia marah. Moskwa diam.” kata Blinken.| Ia pergi.");
        check("\"Rusia marah,\" kata Blinken.| \"Moskwa diam. Saya tahu.\"");
        check("\"Rusia marah.\"| Blinken pergi.");
        check("\"Apa? Siapa?\" tanya Blinken.| Ia diam.");
        check("“Rusia marah.”| “Moskwa diam.”");
        check("Ia berkata, “Rusia marah. Ya.”");
        check("Ia menyebut \"krisis.\" itu parah.");
        check("“我们知道。他们不知道。”布林肯说。|他走了。");
        check("“Rusia marah. Moskwa diam");
    }

    #[test]
    fn other_scripts() {
        check("俄罗斯很生气。|莫斯科沉默！|为什么？|不知道");
        check("रूस नाराज है।| मास्को चुप है।| बस");
        check("روسيا غاضبة. |موسكو صامتة؟ |نعم");
        let thai = "ประเทศไทยมีประชากรจำนวนมากและมีวัฒนธรรมที่หลากหลาย";
        check(&format!("{thai} |{thai} |{thai}"));
        check("ไทย ลาว");
    }

    #[test]
    fn long_sentences_are_cut_at_the_best_boundary() {
        let (many, few) = ("kata ".repeat(50), "kata ".repeat(20));
        check(&format!("{many}akhir; |{many}{few}"));
        check(&format!("{few}akhir, {few}akhir, |{many}"));
        check(&format!("{few}1,5; {few}akhir, |{many}").replace("; ", " "));
        // A mark ends no word, so this is one.
        assert_eq!(sentences(&"ae\u{301}a".repeat(5_000)).len(), 1);
        let quoted = format!("Ia berkata, “{many}{many}{many}” {few}");
        assert_eq!(sentences(&quoted).len(), 1);
        for text in ["kata ", "kata,", "字", "ก\u{e31}", "a; ", "“a” "] {
            let text = text.repeat(5_000);
            let pieces = sentences(&text);
            assert!(pieces.iter().all(|piece| piece.chars().count() <= 2_000), "{text:.9}");
            let n_chars = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
            assert_eq!(pieces.iter().map(|p| n_chars(p)).sum::<usize>(), n_chars(&text));
        }
    }

    #[test]
    fn hostile_text_takes_no_time() {
        for unit in
            [".", ".\"", ". ", "1. ", "A.", "a.B", ".)", "; ", "?”", "“.” ", "\u{301}.", "-"]
        {
            let text = unit.repeat(50_000);
            split(&text, ByteSpan::new(0, text.len()), &[]);
            sentences(&text);
        }
        sentences(&format!(".{}", ")".repeat(1_000_000)));
        sentences(&format!("{}{}", ".".repeat(500_000), "1. ".repeat(200_000)));
    }

    proptest! {
        #[test]
        fn plain_text_splits_as_the_standard_says(
            parts in prop::collection::vec(("[a-z]{5,7}", any::<bool>(), 0..8usize), 1..30)
        ) {
            let ends = [" ", ", ", ". ", "? ", "! ", ".) ", "... ", "; "];
            let mut text = String::new();
            for (word, capital, end) in &parts {
                // Unlike the standard, a question mark before a small letter ends nothing.
                let capital = *capital || text.ends_with(['?', '!']) || text.ends_with("? ") || text.ends_with("! ");
                text += &if capital { word[..1].to_uppercase() + &word[1..] } else { word.clone() };
                text += ends[*end];
            }
            // Longer sentences are cut.
            prop_assume!(parts.len() < 80);
            let standard: Vec<&str> = text.unicode_sentences().map(str::trim).collect();
            prop_assert_eq!(sentences(&text), standard);
        }

        #[test]
        fn sentences_are_ordered_and_hold_every_word(
            text in "([a-zA-Z0-9 ,.;!?\"“”\\-\\n]|\\PC){0,120}"
        ) {
            for p in paragraph::split(&text) {
                let quotations = quotation::find(&text, std::slice::from_ref(&p));
                let mut end = p.span.start;
                for s in split(&text, p.span, &quotations) {
                    let skipped = ByteSpan { start: end, end: s.start };
                    prop_assert!(end <= s.start && p.span.contains(s));
                    prop_assert!(!skipped.of(&text).contains(char::is_alphanumeric));
                    for q in &quotations {
                        prop_assert!(s.overlap(q.outer) == 0 || s.contains(q.inner));
                    }
                    end = s.end;
                }
                let rest = ByteSpan { start: end, end: p.span.end };
                prop_assert!(!rest.of(&text).contains(char::is_alphanumeric));
            }
        }
    }
}
