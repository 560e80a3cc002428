//! Which stretches of a text does the article set apart?
//!
//! Scraped text has a paragraph a line. Two things break lines that are not paragraphs: text that
//! was wrapped at a fixed width, and pages whose markup put a link or a name on a line of its own.
//! Wrapped text shows by its fill: no line could have taken the next line's first word. A line
//! broken in mid-sentence shows by its ends: no final punctuation, and the next starts lower case.

use super::Paragraph;
use crate::span::ByteSpan;

/// Splits `text` into paragraphs, in order, none of them boilerplate yet.
///
/// Lines end at CR LF, LF, CR, form feed, vertical tab, U+0085, U+2028 and U+2029. A paragraph of
/// several lines spans the line ends between them.
pub fn split(text: &str) -> Vec<Paragraph> {
    let lines = lines(text);
    let wrap = wrap_width(text, &lines);
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut n_words = 0;
    for (idx, line) in lines.iter().enumerate() {
        let before = idx.checked_sub(1).map(|i| &lines[i]).filter(|_| !line.after_blank);
        let joined = before.is_some_and(|last| {
            wrap.is_some_and(|width| is_full(last, line, width))
                || is_broken(text, last, line, n_words)
        });
        match paragraphs.last_mut() {
            Some(paragraph) if joined => {
                paragraph.span.end = line.span.end;
                n_words += line.n_words;
            }
            _ => {
                paragraphs.push(Paragraph { span: line.span, boilerplate: false });
                n_words = line.n_words;
            }
        }
    }
    paragraphs
}

/// `span` without white space and invisible characters at its ends; where nothing is left, an
/// empty span at its start.
pub(crate) fn trim(text: &str, span: ByteSpan) -> ByteSpan {
    let inside = span.of(text);
    let tail = inside.trim_start_matches(is_blank);
    let start = if tail.is_empty() { span.start as usize } else { span.end as usize - tail.len() };
    ByteSpan::new(start, start + tail.trim_end_matches(is_blank).len())
}

/// White space (no-break spaces too), controls, and the characters that show nothing: zero-width
/// spaces and joiners, direction marks, the byte-order mark.
///
/// Not the soft hyphen, which belongs to its word.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether a character is a hyphen or a dash.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐'..='―')
}

/// Whether `c` ends sentences: full stop, question and exclamation marks, ellipsis, and their like
/// in other scripts (the common ones with Unicode's Sentence_Terminal property).
pub(crate) fn is_terminal(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽' | '‼'..='⁉') || is_full_stop(c)
}

/// Whether `c` ends a sentence wherever it stands, with or without a space after it.
pub(crate) fn is_full_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '｡' | '！' | '？' | '．' | '︒' // Chinese, Japanese
        | '\u{589}' | '\u{61f}' | '\u{6d4}' | '\u{700}'
            ..='\u{702}' // Armenian, Arabic, Syriac
        | '\u{964}' | '\u{965}' | '\u{f0d}' // Indic, Tibetan
        | '\u{104a}' | '\u{104b}' | '\u{17d4}' | '\u{17d5}' // Burmese, Khmer
        | '\u{1362}' | '\u{1367}' | '\u{1803}' | '\u{a4ff}'
    ) // Ethiopic, Mongolian, Lisu
}

/// The last character of `text` that is neither blank, a closing bracket nor a quotation mark.
pub(crate) fn last_mark(text: &str) -> Option<char> {
    text.trim_end_matches(|c| is_blank(c) || is_closer(c)).chars().next_back()
}

/// Brackets and quotation marks that may stand between a sentence's stop and the space after it.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '"'
            | '\''
            | '”'
            | '“'
            | '’'
            | '»'
            | '›'
            | '」'
            | '』'
            | '＂'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '〞'
            | '〟'
    )
}

struct Line {
    /// Trimmed; never empty.
    span: ByteSpan,
    /// Whether an empty line, or nothing, stands before it.
    after_blank: bool,
    n_chars: usize,
    n_words: usize,
    first_word_chars: usize,
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut start = 0;
    let ends = text.char_indices().filter(|&(_, c)| is_line_end(c));
    for (at, c) in ends.map(|(at, c)| (at, c.len_utf8())).chain([(text.len(), 0)]) {
        let span = trim(text, ByteSpan::new(start, at));
        // CR LF is one line end: the empty line between the two is no line.
        let inside_crlf = start == at && text[..at].ends_with('\r') && text[at..].starts_with('\n');
        start = at + c;
        if !span.is_empty() {
            lines.push(line(text, span, after_blank));
            after_blank = false;
        } else if !inside_crlf {
            after_blank = true;
        }
    }
    lines
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn line(text: &str, span: ByteSpan, after_blank: bool) -> Line {
    let inside = span.of(text);
    let mut words = inside.split_whitespace();
    let first_word_chars = words.next().map_or(0, |word| word.chars().count());
    Line {
        span,
        after_blank,
        n_chars: inside.chars().count(),
        n_words: words.count() + 1,
        first_word_chars,
    }
}

/// Width in characters at which the text was wrapped; `None` where it was not.
///
/// The width is one that nine in ten lines keep to. The lines that it explains must be most of the
/// lines that have a next one, at least [`MIN_FULL`], and must be broken at random, not where
/// sentences end: titles in a list also have about one width.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|pair| !pair[1].after_blank);
    let mut widths: Vec<usize> = pairs().map(|pair| pair[0].n_chars).collect();
    if widths.len() < MIN_FULL {
        return None;
    }
    let (n_pairs, ninth) = (widths.len(), widths.len() * 9 / 10);
    let width = *widths.select_nth_unstable(ninth).1;
    let full: Vec<&[Line]> = pairs().filter(|pair| is_full(&pair[0], &pair[1], width)).collect();
    let n_ended = full.iter().filter(|pair| ends_sentence(pair[0].span.of(text))).count();
    let n_running = full.iter().filter(|pair| !starts_upper(pair[1].span.of(text))).count();
    let wrapped = WRAP_WIDTHS.contains(&width)
        && MIN_FULL <= full.len()
        && n_pairs * 3 <= full.len() * 5
        && n_ended * 3 <= full.len()
        && full.len() <= n_running * 2;
    wrapped.then_some(width)
}

/// Fewer full lines could be chance.
const MIN_FULL: usize = 4;

/// Widths in characters that text is wrapped at: narrow columns of Chinese to wide terminals.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 20..=140;

/// Whether `line` had no room for the first word of `next`.
fn is_full(line: &Line, next: &Line, width: usize) -> bool {
    width < line.n_chars + 1 + next.first_word_chars
}

/// Whether the line end between `line` and `next` is in mid-sentence; `n_words` counts the
/// paragraph so far. Lower-case entries of a list (tags) are no sentence: the start must have some
/// words already.
fn is_broken(text: &str, line: &Line, next: &Line, n_words: usize) -> bool {
    let (before, after) = (line.span.of(text), next.span.of(text));
    let may_continue = !before.ends_with(':') && !ends_sentence(before);
    may_continue && (starts_with_closing_mark(after) || 4 <= n_words && starts_lower(after))
}

fn ends_sentence(text: &str) -> bool {
    last_mark(text).is_some_and(is_terminal)
}

fn starts_upper(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// A word in lower case, not a mark of a list ("a.", "b)") nor a name such as "iPhone".
fn starts_lower(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_lowercase)
        && chars.next().is_none_or(|c| !c.is_uppercase() && c != '.' && c != ')')
}

fn starts_with_closing_mark(text: &str) -> bool {
    text.starts_with([',', ';', ')', ']', '%', '”', '、', '，', '。'])
        || text.starts_with('.') && !text.starts_with("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        split(text).iter().map(|p| p.span.of(text)).collect()
    }

    fn check(text: &str, expect: &[&str]) {
        assert_eq!(shown(text), expect, "{text:?}");
    }

    #[test]
    fn a_line_is_a_paragraph_without_its_white_space() {
        check("Satu.\nDua.\r\nTiga.\rEmpat.", &["Satu.", "Dua.", "Tiga.", "Empat."]);
        check("A.\u{2028}B.\u{2029}C.\u{c}D.\u{85}E.", &["A.", "B.", "C.", "D.", "E."]);
        check("\u{feff}\u{a0} Satu. \u{200b}\n \u{3000}\n\n\u{200f}Dua.\t", &["Satu.", "Dua."]);
        check("\n \r\n\u{feff}", &[]);
        check("", &[]);
    }

    #[test]
    fn a_line_broken_in_mid_sentence_is_joined() {
        check(
            "Menteri Luar Negeri Antony Blinken\nmengatakan itu\n, Jumat.\nRusia marah.",
            &["Menteri Luar Negeri Antony Blinken\nmengatakan itu\n, Jumat.", "Rusia marah."],
        );
        check(
            "Rusia menolak hal itu,\r\nkata Moskwa.",
            &["Rusia menolak hal itu,\r\nkata Moskwa."],
        );
        // Blank lines, tags, list marks and brands set apart.
        check("Rusia menolak hal itu\n\nkata Moskwa.", &["Rusia menolak hal itu", "kata Moskwa."]);
        check("Topik\nrusia\nkazakhstan", &["Topik", "rusia", "kazakhstan"]);
        check("Yang dijual hari ini\niPhone baru", &["Yang dijual hari ini", "iPhone baru"]);
        check("Ada beberapa pilihan untuk\na. pergi", &["Ada beberapa pilihan untuk", "a. pergi"]);
        check("Ini adalah daftar lengkapnya:\nsatu", &["Ini adalah daftar lengkapnya:", "satu"]);
        check("Satu kalimat sudah selesai.\nlagi", &["Satu kalimat sudah selesai.", "lagi"]);
    }

    #[test]
    fn wrapped_text_is_joined_up_to_its_blank_lines() {
        let wrapped = "The Kremlin said on Friday that Russia had sent\n\
            troops at the request of Kazakhstan. President\n\
            Tokayev had asked the Collective Security Treaty\n\
            Organization for help against what he called\n\
            terrorists.\n\n\
            Washington warned that the troops may be slow\n\
            to leave. Blinken said so on Friday.";
        let shown = shown(wrapped);
        assert_eq!(shown.len(), 2, "{shown:?}");
        assert!(shown[0].ends_with("terrorists.") && shown[1].ends_with("on Friday."));
    }

    #[test]
    fn titles_of_one_width_stay_apart() {
        let list = "Kapal AL Italia Tembak Drone di Laut\nRusia Jatuhkan Rudal Buatan Amerika\n\
            Universitas Columbia Skors Mahasiswa\nNetanyahu Tetap Akan Serang Rafah Ini\n\
            Mengapa Angka Kelahiran Turun Terus\nIndia Tangguhkan Lisensi Produk Obat";
        assert_eq!(shown(list).len(), 6);
        let sentences = "俄罗斯星期五应邀向邻国哈萨克斯坦派出维和部队。\n".repeat(6);
        assert_eq!(shown(&sentences).len(), 6);
    }
}
