//! What does a text give between quotation marks?
//!
//! Marks are read in three steps: each mark gets the sides that its neighbours allow (an opening
//! mark stands after a space and before a letter), marks that are something else (apostrophes,
//! inch marks) drop out, and a stack pairs the rest. Curly marks and guillemets bring a side of
//! their own, which their neighbours overrule only where it cannot be: „so“, »so«, ”so”.
//! Straight marks follow their neighbours, and where these say nothing they take turns.

use super::Paragraph;
use super::paragraph::{is_blank, is_dash, trim};
use super::tokenize::is_unspaced;
use crate::span::ByteSpan;

/// Text between quotation marks that lies in no other quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// The text between the marks, without surrounding white space; never empty.
    pub inner: ByteSpan,
    /// The text with its marks.
    pub outer: ByteSpan,
    /// Index of its paragraph.
    pub paragraph: u32,
    /// Whether its closing mark was found; where not, it ends with its paragraph.
    pub closed: bool,
}

/// Finds the outermost quotations of each paragraph, in text order.
///
/// No quotation crosses a paragraph: one of several paragraphs (each opens it again, or only the
/// first, and the last closes it) gives one quotation a paragraph. A lone mark opens one only where
/// it stands like the start of direct speech. Single marks count where both clearly are quotation
/// marks.
pub fn find(text: &str, paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut left_open = false;
    for (idx, paragraph) in paragraphs.iter().enumerate() {
        let mut marks = marks(text, paragraph.span);
        drop_inch_marks(&mut marks);
        let before = found.len();
        let pairs = pair(text, paragraph.span, &marks, left_open);
        found.extend(pairs.iter().filter_map(|pair| quotation(text, pair, idx)));
        left_open = found[before..].last().is_some_and(|last| !last.closed);
    }
    found
}

fn quotation(text: &str, pair: &Pair, paragraph: usize) -> Option<Quotation> {
    let inner = trim(text, pair.inner);
    (!inner.is_empty()).then_some(Quotation {
        inner,
        outer: pair.outer,
        paragraph: paragraph as u32,
        closed: pair.closed,
    })
}

/// Marks that pair with each other; styles mix freely inside a family.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Angle,
    Corner,
    Single,
}

/// What a mark's form says of its side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Opens, whatever stands beside it.
    Opening,
    /// Closes, whatever stands beside it.
    Closing,
    /// Opens in most languages, closes in some: “ «
    Left,
    /// Closes in most languages, opens in some: ” »
    Right,
    /// Says nothing: "
    Straight,
}

struct Mark {
    span: ByteSpan,
    family: Family,
    form: Form,
    /// Whether its neighbours allow it to open.
    opens: bool,
    /// Whether its neighbours allow it to close.
    closes: bool,
    /// Character before and after; `None` at the paragraph's ends.
    before: Option<char>,
    after: Option<char>,
}

fn kind(c: char) -> Option<(Family, Form)> {
    use Family::*;
    use Form::*;
    Some(match c {
        '"' | '＂' => (Double, Straight),
        '“' | '‟' => (Double, Left),
        '”' => (Double, Right),
        '„' | '〝' => (Double, Opening),
        '〞' | '〟' => (Double, Closing),
        '«' | '‹' => (Angle, Left),
        '»' | '›' => (Angle, Right),
        '「' | '『' | '｢' | '﹁' | '﹃' => (Corner, Opening),
        '」' | '』' | '｣' | '﹂' | '﹄' => (Corner, Closing),
        '\'' => (Single, Straight),
        '‘' | '‛' => (Single, Left),
        '’' => (Single, Right),
        '‚' => (Single, Opening),
        _ => return None,
    })
}

/// The quotation marks of a paragraph. A single mark written twice is a double one.
fn marks(text: &str, paragraph: ByteSpan) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before = None;
    let inside = paragraph.of(text);
    let mut chars = inside.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let twin = chars.next_if(|&(_, next)| next == c && is_doubled(c)).is_some();
        let kind = if twin { doubled_kind(c) } else { kind(c) };
        if let Some((family, form)) = kind {
            let end = at + c.len_utf8() * (1 + usize::from(twin));
            let rest = &inside[end..];
            let start = paragraph.start as usize;
            let mark = Mark {
                span: ByteSpan::new(start + at, start + end),
                family,
                form,
                opens: before.is_none_or(leads_in) && starts_something(rest),
                closes: before.is_some_and(|c| !starts_nothing(c)) && leads_out(rest),
                before,
                after: rest.chars().next(),
            };
            let is_quotation_mark = match family {
                Family::Single => can_open_single(&mark) || can_close_single(&mark),
                _ => !is_letter_mark(&mark),
            };
            marks.extend(is_quotation_mark.then_some(mark));
        }
        before = Some(c);
    }
    marks
}

fn is_doubled(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '`')
}

fn doubled_kind(c: char) -> Option<(Family, Form)> {
    match c {
        '`' => Some((Family::Double, Form::Opening)),
        _ => kind(c).map(|(_, form)| (Family::Double, form)),
    }
}

/// Whether `c` may stand before an opening mark.
fn leads_in(c: char) -> bool {
    is_blank(c)
        || is_dash(c)
        || kind(c).is_some()
        || matches!(c, '(' | '[' | '{' | ':' | '/' | '（')
}

/// Whether `rest` may follow an opening mark.
fn starts_something(rest: &str) -> bool {
    let is_stop = |c| c == '.' && !rest.starts_with("..");
    rest.chars().next().is_some_and(|c| !is_blank(c) && !is_pause(c) && !is_stop(c))
}

/// Whether `c` cannot stand before a closing mark.
fn starts_nothing(c: char) -> bool {
    is_blank(c) || matches!(c, '(' | '[' | '{' | '（')
}

/// Whether `rest` may follow a closing mark.
fn leads_out(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| {
        is_blank(c) || is_pause(c) || is_dash(c) || kind(c).is_some() || matches!(c, '.' | '…')
    })
}

/// Punctuation that stands after a word.
fn is_pause(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '/' | '，' | '、' | '）' | '。')
}

fn only_closes(mark: &Mark) -> bool {
    mark.closes && !mark.opens
}

fn only_opens(mark: &Mark) -> bool {
    mark.opens && !mark.closes
}

/// Before a letter (`'98` leaves digits out), and not ’, which there stands for something left out.
fn can_open_single(mark: &Mark) -> bool {
    mark.opens && mark.form != Form::Right && mark.after.is_some_and(char::is_alphabetic)
}

/// Beside punctuation, as quoted speech ends; any other mark is taken for an apostrophe.
fn can_close_single(mark: &Mark) -> bool {
    let ends_speech = |c: char| matches!(c, ',' | '.' | '?' | '!' | '…' | ';' | ':' | ')');
    mark.closes
        && matches!(mark.form, Form::Right | Form::Straight)
        && (mark.before.is_some_and(ends_speech) || mark.after.is_none_or(ends_speech))
}

/// Inside a word of a script without case, as Hebrew writes abbreviations: צה"ל.
fn is_letter_mark(mark: &Mark) -> bool {
    let is_caseless =
        |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase() && !is_unspaced(c);
    mark.form == Form::Straight
        && mark.before.is_some_and(is_caseless)
        && mark.after.is_some_and(is_caseless)
}

/// Removes inch marks: of the marks in `14" itu," kata` only the second closes anything.
fn drop_inch_marks(marks: &mut Vec<Mark>) {
    let mut next_closes = false;
    let mut keep = vec![true; marks.len()];
    for (idx, mark) in marks.iter().enumerate().rev().filter(|(_, m)| m.family == Family::Double) {
        let closes = only_closes(mark) && matches!(mark.form, Form::Straight | Form::Right);
        keep[idx] = !(closes && next_closes && mark.before.is_some_and(|c| c.is_ascii_digit()));
        if keep[idx] {
            next_closes = closes;
        }
    }
    let mut keep = keep.into_iter();
    marks.retain(|_| keep.next().unwrap_or(true));
}

struct Pair {
    inner: ByteSpan,
    outer: ByteSpan,
    closed: bool,
}

/// Pairs the marks of one paragraph; the outermost pairs, in text order. `left_open`: the paragraph
/// before ends inside a quotation.
fn pair(text: &str, paragraph: ByteSpan, marks: &[Mark], left_open: bool) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut n_open = [0usize; 4];
    for (idx, mark) in marks.iter().enumerate() {
        let top = open.last().map(|&top| &marks[top]);
        match side(text, mark, n_open[mark.family as usize], top) {
            Some(Side::Opening) => {
                open.push(idx);
                n_open[mark.family as usize] += 1;
            }
            Some(Side::Closing) => {
                // Marks that were opened since and never closed are none.
                while let Some(top) = open.pop() {
                    n_open[marks[top].family as usize] -= 1;
                    if marks[top].family == mark.family {
                        push_outermost(text, &mut pairs, closed_pair(marks[top].span, mark.span));
                        break;
                    }
                }
            }
            None if idx == 0 && left_open && ends_carried(mark) => {
                let none = ByteSpan { start: paragraph.start, end: paragraph.start };
                push_outermost(text, &mut pairs, closed_pair(none, mark.span));
            }
            None => {}
        }
    }
    let lone = open.last().map(|&last| &marks[last]).filter(|mark| {
        let free = pairs.last().is_none_or(|pair| pair.outer.end <= mark.span.start);
        free && starts_speech(text, paragraph, mark)
    });
    pairs.extend(lone.map(|mark| Pair {
        inner: ByteSpan { start: mark.span.end, end: paragraph.end },
        outer: ByteSpan { start: mark.span.start, end: paragraph.end },
        closed: false,
    }));
    pairs
}

fn closed_pair(opening: ByteSpan, closing: ByteSpan) -> Pair {
    Pair {
        inner: ByteSpan { start: opening.end, end: closing.start },
        outer: ByteSpan { start: opening.start, end: closing.end },
        closed: true,
    }
}

/// Adds a pair in place of those that it encloses; where it encloses just one and no text beside
/// it, the two are one pair of doubled marks.
fn push_outermost(text: &str, pairs: &mut Vec<Pair>, mut pair: Pair) {
    let inside = trim(text, pair.inner);
    while let Some(last) = pairs.pop_if(|last| pair.outer.start <= last.outer.start) {
        if inside == last.outer {
            pair.inner = last.inner;
        }
    }
    pairs.push(pair);
}

enum Side {
    Opening,
    Closing,
}

/// Which side `mark` is, with `n_open` marks of its family open and `top` the last one of any;
/// `None` where it is no quotation mark: a closing mark with nothing to close, an inch mark.
fn side(text: &str, mark: &Mark, n_open: usize, top: Option<&Mark>) -> Option<Side> {
    let closing = (0 < n_open).then_some(Side::Closing);
    let ends_top = || top.is_some_and(|top| top.family == mark.family && closes_with_left(top));
    match mark.form {
        _ if mark.family == Family::Single => single_side(mark, n_open),
        Form::Opening => Some(Side::Opening),
        Form::Closing => closing,
        Form::Left if only_closes(mark) || ends_top() => closing,
        Form::Left => Some(Side::Opening),
        Form::Right if only_opens(mark) && n_open == 0 => Some(Side::Opening),
        Form::Right => closing,
        Form::Straight => straight_side(text, mark, n_open),
    }
}

/// „so“ and »so«.
fn closes_with_left(opening: &Mark) -> bool {
    matches!(opening.form, Form::Opening | Form::Right)
}

fn single_side(mark: &Mark, n_open: usize) -> Option<Side> {
    if n_open == 0 && can_open_single(mark) {
        Some(Side::Opening)
    } else if 0 < n_open && can_close_single(mark) {
        Some(Side::Closing)
    } else {
        None
    }
}

fn straight_side(text: &str, mark: &Mark, n_open: usize) -> Option<Side> {
    let closing = (0 < n_open).then_some(Side::Closing);
    if only_closes(mark) || only_opens(mark) && 0 < n_open && is_misplaced(text, mark) {
        closing
    } else if only_opens(mark) {
        Some(Side::Opening)
    } else {
        let after_digit = mark.before.is_some_and(|c| c.is_ascii_digit());
        closing.or((!after_digit && mark.after.is_some()).then_some(Side::Opening))
    }
}

/// `"Saya pikir begitu, "kata Blinken`: the space is on the wrong side of a closing mark.
fn is_misplaced(text: &str, mark: &Mark) -> bool {
    let mut before = text[..mark.span.start as usize].chars().rev();
    mark.after.is_some_and(char::is_lowercase)
        && before.next().is_some_and(char::is_whitespace)
        && before.next().is_some_and(|c| matches!(c, ',' | '.' | '?' | '!' | '…'))
}

/// Whether an opening mark without a closing one stands like the start of direct speech: at the
/// paragraph's start or after punctuation, before a word that a sentence may start with.
fn starts_speech(text: &str, paragraph: ByteSpan, mark: &Mark) -> bool {
    let before = &text[paragraph.start as usize..mark.span.start as usize];
    let lead = before.chars().rev().find(|&c| !is_blank(c));
    let first = text[mark.span.end as usize..paragraph.end as usize].trim_start().chars().next();
    let is_lead = |c| is_dash(c) || matches!(c, ',' | ':' | '.' | '?' | '!' | '，' | '：' | '。');
    mark.family != Family::Single
        && mark.form != Form::Right
        && lead.is_none_or(is_lead)
        && first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

/// Whether `mark`, the first of its paragraph, ends what the paragraph before left open.
fn ends_carried(mark: &Mark) -> bool {
    mark.family != Family::Single
        && mark.form != Form::Left
        && !mark.opens
        && mark.before.is_some_and(|c| !c.is_ascii_digit() && !starts_nothing(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraph;
    use proptest::prelude::*;

    /// The quotations of `text`, those without a closing mark with `…` at their end.
    fn shown(text: &str) -> Vec<String> {
        let found = find(text, &paragraph::split(text));
        let end = |q: &Quotation| if q.closed { "" } else { " …" };
        found.iter().map(|q| format!("{}{}", q.inner.of(text), end(q))).collect()
    }

    fn check(text: &str, expect: &[&str]) {
        assert_eq!(shown(text), expect, "{text:?}");
    }

    #[test]
    fn marks_of_many_styles() {
        for text in [
            "“Tidak jelas,” kata Blinken.",
            "\"Tidak jelas,\" kata Blinken.",
            "Blinken: \"Tidak jelas,\"",
            "“Tidak jelas,\" kata Blinken.",
            "\"Tidak jelas,” kata Blinken.",
            "«Tidak jelas,» kata Blinken.",
            "« Tidak jelas, » kata Blinken.",
            "»Tidak jelas,« kata Blinken.",
            "‹Tidak jelas,› kata Blinken.",
            "„Tidak jelas,“ kata Blinken.",
            "„Tidak jelas,“kata Blinken.",
            "„Tidak jelas,” kata Blinken.",
            "”Tidak jelas,” kata Blinken.",
            "“Tidak jelas,“ kata Blinken.",
            "布林肯说「Tidak jelas,」。",
            "『Tidak jelas,』kata Blinken.",
            "＂Tidak jelas,＂ kata Blinken.",
            "‘Tidak jelas,’ kata Blinken.",
            "'Tidak jelas,' kata Blinken.",
            "''Tidak jelas,'' kata Blinken.",
            "``Tidak jelas,'' kata Blinken.",
            "\"\"Tidak jelas,\"\" kata Blinken.",
            "“‘Tidak jelas,’” kata Blinken.",
            "“ Tidak jelas, ” kata Blinken.",
            "\" Tidak jelas, \" kata Blinken.",
            "Blinken berkata,\"Tidak jelas,\"katanya.",
            "Blinken berkata:“Tidak jelas,”katanya.",
            "\"Tidak jelas, \"kata Blinken.",
            "(\"Tidak jelas,\")",
            "Blinken—\"Tidak jelas,\"—pergi.",
        ] {
            check(text, &["Tidak jelas,"]);
        }
    }

    #[test]
    fn the_outermost_quotation_counts() {
        check("“Ia bilang ‘tidak’ kepada saya,” katanya.", &["Ia bilang ‘tidak’ kepada saya,"]);
        check("“Ia bilang \"tidak\" kepada saya,” katanya.", &["Ia bilang \"tidak\" kepada saya,"]);
        check("‘He said “no” to me,’ she said.", &["He said “no” to me,"]);
        check("「彼は『いいえ』と言った」", &["彼は『いいえ』と言った"]);
        check("“A.” “B.”", &["A.", "B."]);
        check("\"A.\"\"B.\"", &["A.", "B."]);
        check("\"A,\" kata ia. \"B.\"\n“C.”", &["A,", "B.", "C."]);
    }

    #[test]
    fn apostrophes_and_inch_marks_are_no_quotation_marks() {
        check("Jum'at, Qur'an, Jum‘at, don’t, '98, rock 'n' roll, the players' union.", &[]);
        check("‘The players’ union said so,’ she said.", &["The players’ union said so,"]);
        check("Layar 14\" dan 15\" dijual.", &[]);
        check("צה\"ל וארה\"ב", &[]);
        check("\"Layar 14\" itu bagus,\" katanya.", &["Layar 14\" itu bagus,"]);
        check("Layar 14\" dan \"layar besar\" dijual.", &["layar besar"]);
        check("Home » News » Rusia", &[]);
        check("\"\" dan “ ”", &[]);
    }

    #[test]
    fn a_missing_mark_takes_no_more_than_its_paragraph() {
        check("“Tidak jelas.\nRusia marah.", &["Tidak jelas. …"]);
        check("Ia berkata, \"Tidak jelas.\nRusia marah.", &["Tidak jelas. …"]);
        check("Rusia \"marah. Moskwa diam.", &[]);
        check("Rusia marah,\" kata Blinken.", &[]);
        check("\"Tidak jelas, kata Blinken. \"Rusia marah,\" katanya.", &["Rusia marah,"]);
        // Each paragraph opens the quotation again, or only the first does.
        check("“Satu.\n“Dua.\n“Tiga,” katanya.", &["Satu. …", "Dua. …", "Tiga,"]);
        check("“Satu.\nTiga,” katanya.", &["Satu. …", "Tiga,"]);
    }

    #[test]
    fn a_million_marks_take_no_time() {
        for unit in ["“", "\"", "”", "«“‘", "\" ", "a\"", "'", "」「", "1\" "] {
            let text = unit.repeat(300_000);
            let whole = [Paragraph { span: ByteSpan::new(0, text.len()), boilerplate: false }];
            find(&text, &whole);
        }
    }

    proptest! {
        #[test]
        fn quotations_are_ordered_disjoint_and_inside_their_paragraph(
            text in "([a-zA-Z0-9 ,.\"'“”„«»‘’「」\\n]|\\PC){0,80}"
        ) {
            let paragraphs = paragraph::split(&text);
            let mut end = 0;
            for q in find(&text, &paragraphs) {
                prop_assert!(paragraphs[q.paragraph as usize].span.contains(q.outer));
                prop_assert!(q.outer.contains(q.inner) && !q.inner.is_empty());
                prop_assert!(end <= q.outer.start && trim(&text, q.inner) == q.inner);
                prop_assert!(!q.outer.of(&text).is_empty());
                end = q.outer.end;
            }
        }
    }
}
