//! Does a line give the date of publication, and whom does it name beside it?

use super::calendar;
use super::date::{self, Found, Order};
use super::lexicon::{Class, Classes, classes};
use crate::text::domain;
use jiff::civil::Date;

/// A line that gives the date of publication.
#[derive(Debug)]
pub(super) struct Stamp<'t> {
    /// The date.
    pub found: Found,
    /// What stands before the date, without marks around it.
    pub before: &'t str,
    /// What stands behind the date, without marks around it.
    pub behind: &'t str,
    /// A dash or a bar stands between `before` and the date.
    pub barred: bool,
    /// Only a comma does, and `before` is some name: a stamp if that is the outlet's.
    pub is_loose: bool,
}

impl<'t> Stamp<'t> {
    /// Whether a short name without a label and a bar stand before a date with a time:
    /// "Lentera Pagi - 08/01/2022, 06:31 WIB".
    pub(super) fn is_bare_name(&self) -> bool {
        let timed = self.barred && self.found.moment.has_time();
        timed
            && (1..=3).contains(&n_words(self.before))
            && !is_labelled(self.before)
            && !is_desk(self.before)
    }

    /// Whether the date is that of a later change.
    pub(super) fn is_update(&self) -> bool {
        let mut words = self.before.split(|c: char| !c.is_alphabetic());
        words.any(|word| classes(word).has(Class::LabelUpdated))
    }

    /// The labelled name beside the date, or the one before an outlet: "X - Bisnis.com, 8 …".
    pub(super) fn author(&self) -> Option<&'t str> {
        let unlabelled = || {
            let split = |mark| self.before.split_once(mark);
            let (name, outlet) = split(" - ").or_else(|| split(" | "))?;
            let outlet = domain::find(outlet).next().is_some();
            (outlet && is_person(name.trim(), 2)).then(|| name.trim())
        };
        labelled_author(self.before).or_else(|| labelled_author(self.behind)).or_else(unlabelled)
    }
}

/// Bytes of a stamp at most.
const MAX_STAMP: usize = 160;

/// Marks that set a stamp's parts apart.
const BARS: [char; 7] = ['|', '-', '–', '—', '•', '·', '/'];
const MARKS: [char; 12] = ['|', '-', '–', '—', '•', '·', '/', ',', ':', '(', ')', ' '];

/// The line as a stamp. Headlines and sentences give dates too ("Jadwal Hari Ini, 8 Januari
/// 2022"): what stands beside the date has to be hardly anything, and nothing that a sentence
/// would say.
pub(super) fn stamp<'t>(line: &'t str, order: &impl Fn(Date, Date) -> Order) -> Option<Stamp<'t>> {
    if MAX_STAMP < line.len() {
        return None;
    }
    let found = date::find(line, order)?;
    let (head, tail) = (&line[..found.range.start], &line[found.range.end..]);
    let barred = head.trim_end().ends_with(BARS);
    let (before, behind) =
        (without_preposition(head.trim_matches(MARKS)), tail.trim_matches(MARKS));
    let timed = found.moment.has_time() && is_person(before, 1);
    let place = head.trim_end().ends_with(',') && n_words(before) == 1 && is_person(before, 1);
    let firm = before.is_empty()
        || place
        || timed && barred
        || is_labelled(before)
        || is_masthead(before)
        || barred && is_signed(before);
    let is_loose = !firm && timed && head.trim_end().ends_with(',') && n_words(before) <= 4;
    let apart = tail.trim_start().starts_with(MARKS) && !tail.ends_with('.');
    let fits = n_words(behind) <= if apart { 4 } else { 1 } || is_labelled(behind);
    let stamp = Stamp { before, behind, barred, is_loose, found };
    ((firm || is_loose) && fits).then_some(stamp)
}

/// "Posted by Admin on": the preposition belongs to the date.
fn without_preposition(before: &str) -> &str {
    let (rest, last) = before.rsplit_once(' ').unwrap_or(("", before));
    let is = last.starts_with(char::is_lowercase) && classes(last).has(Class::Preposition);
    if is { rest.trim_matches(MARKS) } else { before }
}

fn n_words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn first_word(text: &str) -> Classes {
    classes(text.split(|c: char| !c.is_alphabetic()).next().unwrap_or(text))
}

/// Whether the text is a label that belongs beside a date, alone or with what it labels.
fn is_labelled(text: &str) -> bool {
    let label = first_word(text);
    let dates = |label: Classes| label.any(&[Class::LabelDate, Class::LabelUpdated]);
    // "First published", "Last updated"
    let second = text.split_whitespace().nth(1).filter(|_| n_words(text) == 2);
    let of_date = n_words(text) <= 5 && (dates(label) || second.map(first_word).is_some_and(dates));
    let of_author = label.has(Class::LabelAuthor) && n_words(text) == 1;
    let other = label.has(Class::LabelOther) && text.contains(':') && n_words(text) <= 8;
    of_date || of_author || other || labelled_author(text).is_some()
}

/// Whether the text is names that bars set apart, a desk among them: "Staff report", "PELITA NUSA |
/// Redaksi Pelita Nusa".
fn is_signed(text: &str) -> bool {
    let parts = || text.split(['|', '•', '·']).flat_map(|part| part.split(" - ")).map(str::trim);
    parts().all(|part| is_person(part, 1) || is_desk(part)) && parts().any(is_desk)
}

/// Whether the text is an outlet's domain, perhaps behind a name: "X - Bisnis.com".
fn is_masthead(text: &str) -> bool {
    let said = [Class::PressVerb, Class::SourceWord, Class::End, Class::Reports];
    let name = |word: &str| word.starts_with(char::is_uppercase) && !first_word(word).any(&said);
    let part = |word: &str| {
        domain::find(word).next().is_some() || name(word) || word.trim_matches(MARKS).is_empty()
    };
    n_words(text) <= 8 && domain::find(text).next().is_some() && text.split_whitespace().all(part)
}

/// Whether the line starts with a label: "Editor", "Foto".
pub(super) fn starts_with_label(text: &str) -> bool {
    first_word(text).any(&[Class::LabelAuthor, Class::LabelDate, Class::LabelOther])
}

/// The name behind an author's label: "Penulis: X", "By X, …", "Reporter: X | Editor: Y".
pub(super) fn labelled_author(text: &str) -> Option<&str> {
    text.split(['|', '•', '·', '/']).flat_map(|part| part.split(" - ")).find_map(|part| {
        let part = part.trim();
        let mut rest = part;
        // "Posted by"
        if let Some((word, by)) = rest.split_once(' ')
            && classes(word).has(Class::LabelDate)
            && first_word(by).has(Class::LabelAuthor)
        {
            rest = by;
        }
        while let Some(word) = rest.split(|c: char| !c.is_alphabetic()).next()
            && classes(word).has(Class::LabelAuthor)
        {
            rest = rest[word.len()..].trim_start_matches([' ', ':']);
        }
        let label = &part[..part.len() - rest.len()];
        // "Redaksi Suara Lembah (sl/dw)"
        let name = rest.split([',', '(']).next().unwrap_or(rest).trim();
        // "Penulis Skenario" may start a headline; "By X" and "Penulis: X" do not.
        let by = |word: &str| classes(word).has(Class::Preposition);
        let clear = label.contains(':') || label.split(' ').any(by);
        let least = if clear { 1 } else { 2 };
        let named = is_person(name, least) || clear && (is_desk(name) || is_code(name));
        (!label.is_empty() && named).then_some(name)
    })
}

/// Whether the text has a personal name's shape: capitalised words, at least `least`.
pub(super) fn is_person(text: &str, least: usize) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let joins = |word: &str| word == "&" || classes(word).any(&[Class::Particle, Class::Connector]);
    (least..=6).contains(&n_words(text))
        && !starts_with_label(text)
        && text.split_whitespace().next().is_some_and(capital)
        && text.split_whitespace().all(|word| capital(word) || joins(word))
        && !text.contains(|c: char| c.is_numeric() || matches!(c, ':' | '|' | '?' | '!' | '"'))
        && domain::find(text).next().is_none()
        && calendar::weekday(text).is_none()
}

/// Whether a house may know one of its own by the text: "KS-07".
fn is_code(text: &str) -> bool {
    let code = |c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '-' | '_');
    text.starts_with(char::is_uppercase) && text.chars().all(code) && text.len() <= 12
}

/// Whether the line names those who write without a name: "Redaksi Lentera Pagi", "Newsdesk".
pub(super) fn is_desk(line: &str) -> bool {
    let mut words = line.split_whitespace();
    n_words(line) <= 5
        && line.starts_with(char::is_uppercase)
        && line.chars().all(|c| c.is_alphabetic() || c == ' ')
        && words.any(|word| classes(word).has(Class::Desk))
}
