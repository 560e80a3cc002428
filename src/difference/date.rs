//! Dates and times of day, whole or in part: "Senin (23/1/2023)", "January 23", "pukul 09.15 WIB".

use super::tables;
use super::words::Words;
use super::{Fact, Meaning};
use crate::claim::DifferenceKind;
use crate::provenance::{indonesian_zone, month, weekday};
use jiff::civil::Date;

/// What is written of a date; what is left out may be anything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct When {
    weekday: Option<u8>,
    day: Option<u32>,
    month: Option<u32>,
    year: Option<u32>,
    time: Option<Time>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    /// Of the day, in the zone.
    minute: u32,
    /// Minutes east of UTC.
    zone: Option<i32>,
    /// "jam 7": in the morning or in the evening.
    either_half: bool,
}

impl When {
    /// Whether nothing written of the two contradicts the other, and both may tell of one thing.
    pub(super) fn agrees(&self, other: &When) -> bool {
        let (days, times) = (self.same_day(other), self.same_time(other));
        days != Some(false) && times != Some(false) && (days.is_some() || times.is_some())
    }

    /// Whether the two cannot tell of one thing; a day and a time of day may.
    pub(super) fn contradicts(&self, other: &When) -> bool {
        self.same_day(other) == Some(false) || self.same_time(other) == Some(false)
    }

    fn is_bare_year(&self) -> bool {
        *self == When { year: self.year, ..When::default() }
    }

    /// `None` where one of them names no day.
    fn same_day(&self, other: &When) -> Option<bool> {
        let names_day = |when: &When| when.weekday.or(when.day.map(|_| 0)).is_some();
        let one = |x: Option<u32>, y: Option<u32>| x.zip(y).map(|(x, y)| x == y);
        let weekday = one(self.weekday_told(), other.weekday_told());
        let parts = [
            one(self.day, other.day),
            one(self.month, other.month),
            one(self.year, other.year),
            weekday,
        ];
        if parts.contains(&Some(false)) {
            return Some(false);
        }
        let shared = parts.contains(&Some(true));
        (shared || names_day(self) && names_day(other)).then_some(true)
    }

    /// The day of the week, as written or as the calendar has it.
    fn weekday_told(&self) -> Option<u32> {
        let date = || {
            let (month, day) = (i8::try_from(self.month?).ok()?, i8::try_from(self.day?).ok()?);
            Date::new(i16::try_from(self.year?).ok()?, month, day).ok()
        };
        let told = || Some(date()?.weekday().to_monday_one_offset() as u32);
        self.weekday.map(u32::from).or_else(told)
    }

    fn same_time(&self, other: &When) -> Option<bool> {
        let (x, y) = (self.time?, other.time?);
        let shift = match (x.zone, y.zone) {
            (Some(x), Some(y)) => y - x,
            _ => 0,
        };
        let apart = (x.minute as i32 + shift - y.minute as i32).rem_euclid(24 * 60);
        Some(apart == 0 || apart == 12 * 60 && (x.either_half || y.either_half))
    }

    /// Both together, where none says what the other does.
    fn with(self, other: When) -> Option<When> {
        let clash = self.weekday.is_some() && other.weekday.is_some()
            || self.day.is_some() && other.day.is_some()
            || self.month.is_some() && other.month.is_some()
            || self.year.is_some() && other.year.is_some()
            || self.time.is_some() && other.time.is_some();
        (!clash).then_some(When {
            weekday: self.weekday.or(other.weekday),
            day: self.day.or(other.day),
            month: self.month.or(other.month),
            year: self.year.or(other.year),
            time: self.time.or(other.time),
        })
    }
}

/// The dates among the words, which are then used.
pub(super) fn find(words: &Words, used: &mut [bool]) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((mut when, mut end)) = part(words, at) else {
            at += 1;
            continue;
        };
        let weak = words.is_capital(at.saturating_sub(1)) && end == at + 1 && when.is_bare_year();
        while let Some((more, behind)) = next_part(words, end, when) {
            (when, end) = (more, behind);
        }
        used[at..end].fill(true);
        let mut span = words.span(at..end);
        let opens = span.of(words.text).contains('(');
        if opens && words.text[span.end as usize..].starts_with(')') {
            span.end += 1;
        }
        let meaning = Meaning::Date(when);
        facts.push(Fact { kind: DifferenceKind::Date, tokens: at..end, span, meaning, weak });
        at = end;
    }
    facts
}

/// What stands behind a part and belongs to the same date: "Senin" and "(23/1/2023)".
fn next_part(words: &Words, end: usize, when: When) -> Option<(When, usize)> {
    const BETWEEN: [&str; 9] =
        ["pada", "tanggal", "pukul", "jam", "pkl", "at", "on", "tahun", "of"];
    let marks = |gap: &str| gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '(' | ')'));
    if end >= words.len() || !marks(words.gap_before(end)) || words.gap_before(end) == "\n" {
        return None;
    }
    let join = |at: usize| {
        let (more, behind) = part(words, at)?;
        Some((when.with(more)?, behind))
    };
    join(end).or_else(|| {
        let skips = BETWEEN.contains(&words.form(end)) && words.is_near(end);
        skips.then(|| join(end + 1)).flatten()
    })
}

/// A part of a date that starts at `at`, and the word behind it.
fn part(words: &Words, at: usize) -> Option<(When, usize)> {
    if at > 0 && matches!(words.gap_before(at), "." | "," | "/" | "" | "-") {
        return None;
    }
    if let Some(day) = weekday(words.form(at)).filter(|_| words.is_capital(at)) {
        let long = words.form(at).len() > 3;
        return long.then_some((When { weekday: Some(day), ..When::default() }, at + 1));
    }
    clock(words, at)
        .or_else(|| in_digits(words, at))
        .or_else(|| with_month(words, at))
        .or_else(|| bare(words, at))
}

/// "23/1/2023", "2023-01-23", "(23/1)".
fn in_digits(words: &Words, at: usize) -> Option<(When, usize)> {
    let mark = words.gap(at);
    let (a, b) = (words.number(at, 4)?, words.number(at + 1, 2)?);
    if !matches!(mark, "/" | "-" | ".") {
        return None;
    }
    let third = words.number(at + 2, 4).filter(|_| words.gap(at + 1) == mark);
    let (day, month, year) = match third {
        Some(day) if 1000 < a => (day, b, Some(a)),
        Some(year) if 1000 < year && b > 12 => (b, a, Some(year)),
        Some(year) if 1000 < year => (a, b, Some(year)),
        None if mark == "/" && words.gap_before(at).ends_with('(') => (a, b, None),
        _ => return None,
    };
    let valid = (1..=31).contains(&day) && (1..=12).contains(&month);
    let when = When { day: Some(day), month: Some(month), year, ..When::default() };
    valid.then_some((when, at + 2 + usize::from(third.is_some())))
}

/// "23 Januari 2023", "January 23, 2023", "Januari".
fn with_month(words: &Words, at: usize) -> Option<(When, usize)> {
    let month_at = |i: usize| {
        let is_name = words.is_capital(i);
        month(words.form(i)).filter(|_| is_name).map(u32::from)
    };
    let year_at = |i: usize| {
        let near = matches!(words.gap_before(i).trim(), "" | ",");
        words.number(i, 4).filter(|n| near && (1600..2200).contains(n))
    };
    if let (Some(day), Some(month)) = (day_at(words, at), month_at(at + 1)) {
        let near = words.is_near(at) || words.gap(at) == "-";
        let year = year_at(at + 2);
        let when = When { day: Some(day), month: Some(month), year, ..When::default() };
        return near.then_some((when, at + 2 + usize::from(year.is_some())));
    }
    let month = month_at(at)?;
    let near = matches!(words.gap(at).trim(), "" | ".");
    let is_day = near && words.gap(at) != "\n" && !matches!(words.gap(at + 1), "/" | ":" | "%");
    if let Some(day) = day_at(words, at + 1).filter(|_| is_day) {
        let year = year_at(at + 2);
        let when = When { day: Some(day), month: Some(month), year, ..When::default() };
        return Some((when, at + 2 + usize::from(year.is_some())));
    }
    let year = year_at(at + 1);
    // "May" and "Mar" are other words as well.
    let alone = words.form(at).len() > 3 && (at > 0 || words.form(at) != "march");
    let when = When { month: Some(month), year, ..When::default() };
    (year.is_some() || alone).then_some((when, at + 1 + usize::from(year.is_some())))
}

/// "23", "23rd".
fn day_at(words: &Words, at: usize) -> Option<u32> {
    let form = words.form(at);
    let digits = form.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = matches!(&form[digits.len()..], "" | "st" | "nd" | "rd" | "th");
    let day = digits.parse().ok().filter(|day| (1..=31).contains(day));
    day.filter(|_| suffix && digits.len() <= 2)
}

/// A year or a day by itself: "2023", "tanggal 23".
fn bare(words: &Words, at: usize) -> Option<(When, usize)> {
    let before = at.checked_sub(1).map_or("", |i| words.form(i));
    let joins =
        matches!(words.gap(at), "." | "," | "/" | "-" | ":") && words.starts_with_digit(at + 1);
    if before == "tanggal" && !joins {
        return Some((When { day: Some(day_at(words, at)?), ..When::default() }, at + 1));
    }
    let year = words.number(at, 4).filter(|year| (1900..2100).contains(year))?;
    let leads = matches!(before, "tahun" | "in" | "since" | "sejak" | "until" | "hingga" | "pada");
    // "Piala Serumpun 2024"
    let named = at > 0 && words.is_capital(at - 1) && words.is_near(at - 1);
    let named = named && before != "rp" && tables::unit(words.form(at + 1)).is_none();
    ((leads || named) && !joins).then_some((When { year: Some(year), ..When::default() }, at + 1))
}

/// "09.15 WIB", "9:15 a.m.", "7 malam"; behind "pukul" also "13.00" and "7".
fn clock(words: &Words, at: usize) -> Option<(When, usize)> {
    let hour = words.number(at, 2).filter(|hour| *hour < 25)?;
    let before = at.checked_sub(1).map_or("", |i| words.form(i));
    let led = matches!(before, "pukul" | "jam" | "pkl") && words.is_near(at - 1);
    let mark = words.gap(at);
    let minutes = words.number(at + 1, 2).filter(|minute| *minute < 60);
    let minutes = minutes.filter(|_| matches!(mark, "." | ":") && words.form(at + 1).len() == 2);
    let end = at + 1 + usize::from(minutes.is_some());
    let half = half(words, end);
    let end = half.map_or(end, |(_, behind)| behind);
    let zone = indonesian_zone(words.form(end)).filter(|_| words.is_near(end - 1));
    let told = led || half.is_some() || minutes.is_some() && (zone.is_some() || mark == ":");
    if !told {
        return None;
    }
    let hour = match half {
        Some((Half::Morning, _)) => hour % 12,
        Some((Half::Evening, _)) => hour % 12 + 12,
        None => hour,
    };
    let either_half = half.is_none() && minutes.is_none() && hour <= 12;
    let time = Time { minute: hour * 60 + minutes.unwrap_or(0), zone, either_half };
    Some((When { time: Some(time), ..When::default() }, end + usize::from(zone.is_some())))
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Evening,
}

/// "a.m.", "pm", "pagi", "malam" at `at`, and the word behind it.
fn half(words: &Words, at: usize) -> Option<(Half, usize)> {
    if at == 0 || at >= words.len() || !words.is_near(at - 1) && !words.gap(at - 1).is_empty() {
        return None;
    }
    match (words.form(at), words.form(at + 1)) {
        ("am" | "pagi", _) => Some((Half::Morning, at + 1)),
        ("pm" | "sore" | "petang" | "malam", _) => Some((Half::Evening, at + 1)),
        ("a", "m") if words.gap(at) == "." => Some((Half::Morning, at + 2)),
        ("p", "m") if words.gap(at) == "." => Some((Half::Evening, at + 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize::tokenize;

    fn read(text: &str) -> Vec<When> {
        let tokens = tokenize(text);
        let facts = find(&Words::new(text, &tokens), &mut vec![false; tokens.len()]);
        let when = |fact: Fact| match fact.meaning {
            Meaning::Date(when) => Some(when),
            _ => None,
        };
        facts.into_iter().filter_map(when).collect()
    }

    #[test]
    fn dates_that_agree() {
        for (a, b, expect) in [
            ("Senin (23/1/2023)", "23 Januari 2023", true),
            ("Senin (23/1/2023)", "January 23", true),
            ("Senin (23/1/2023)", "Monday", true),
            ("Senin (23/1/2023)", "Selasa", false),
            ("23 Januari 2023", "Tuesday", false),
            ("23 Januari", "24 Januari", false),
            ("Senin, 23 Januari 2023, pukul 09.15 WIB", "2023-01-23", true),
            ("pukul 09.15 WIB", "10.15 WITA", true),
            ("pukul 09.15 WIB", "19.15 WIB", false),
            ("9:15 a.m.", "9:15 p.m.", false),
            ("jam 7", "pukul 19.00", true),
            ("7 malam", "pukul 19.00", true),
            ("Januari 2023", "23 Januari 2023", true),
            ("sejak 2019", "sejak 2020", false),
            ("tanggal 23", "23 Maret", true),
            ("June prices", "in June", true),
            ("Sabtu (4/2/2023)", "Sabtu, 4 Februari 2023", true),
        ] {
            let (x, y) = (read(a), read(b));
            assert_eq!((x.len(), y.len()), (1, 1), "{a}: {x:?}, {b}: {y:?}");
            assert_eq!(x[0].agrees(&y[0]), expect, "{a} and {b}: {x:?} {y:?}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in ["3 minggu lalu", "the sun and the sea", "1.240 rumah", "2000 orang", "2-1", ""]
        {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
