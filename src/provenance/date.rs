//! Which date and time does a line give?
//!
//! One reader serves record fields, URLs and bylines: it finds a date in any of the usual orders,
//! with the day of the week, time and zone beside it, and believes it only if the calendar does.
//! "01/02/2022" is read day first unless something says otherwise; what may say so is listed at
//! [`Order`].

use super::calendar::{Cursor, Token, date, month, number, tokens, weekday};
use super::clock::{clock_before, clock_behind, indonesian_zone};
use jiff::civil::{Date, Time};
use std::fmt;
use std::ops::Range;

/// A point of time as exactly as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    date: Date,
    time: Option<Time>,
    /// Minutes east of UTC.
    offset: Option<i32>,
}

/// RFC 3339, as far as known.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(time) = self.time else {
            return Ok(());
        };
        write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        match self.offset {
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
            None => Ok(()),
        }
    }
}

impl Moment {
    pub(super) fn has_time(&self) -> bool {
        self.time.is_some()
    }
}

/// The earliest and the latest second since 1970 that a displayed [`Moment`] can mean.
pub(super) fn bounds(when: &str) -> Option<(i64, i64)> {
    const HOUR: i64 = 3600;
    let found = find(when, |_, _| Order::Unknown)?.moment;
    let time = found.time.unwrap_or(Time::midnight());
    let as_utc = jiff::tz::Offset::UTC.to_timestamp(found.date.to_datetime(time)).ok()?;
    let local = as_utc.as_second();
    let length = if found.time.is_some() { 0 } else { 24 * HOUR - 1 };
    Some(match found.offset {
        Some(minutes) => {
            (local - i64::from(minutes) * 60, local - i64::from(minutes) * 60 + length)
        }
        None => (local - 14 * HOUR, local + length + 12 * HOUR),
    })
}

/// How to read a date of three numbers where both orders make a date. What the line itself says
/// comes first: dots ("08.01.2022"), the day of the week, an Indonesian zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// "08/01/2022" is in January.
    DayFirst,
    /// "08/01/2022" is in August.
    MonthFirst,
    /// Both are possible: no date.
    Unknown,
}

/// A date found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// What it says.
    pub moment: Moment,
    /// The bytes of the line that say it, day of the week, time and zone included.
    pub range: Range<usize>,
}

/// The first date in `line`. `order` is asked only where it decides; it gets both readings, day
/// first and month first.
pub(super) fn find(line: &str, order: impl Fn(Date, Date) -> Order) -> Option<Found> {
    let tokens = tokens(line);
    (0..tokens.len()).find_map(|at| {
        let written = written_date(line, &tokens, at)?;
        complete(line, &tokens, at, written, &order)
    })
}

/// The order that the dates of a text speak for: one of the two readings is the day of, or up to
/// a week behind, a date that the text gives unambiguously; else the text writes its own dates in
/// that order. `None` where it says nothing.
pub(super) fn order_in(text: &str, day_first: Date, month_first: Date) -> Option<Order> {
    let tokens = tokens(text);
    let (mut near, mut style) = ([false; 2], [false; 2]);
    for at in 0..tokens.len() {
        let Some((written, _)) = written_date(text, &tokens, at) else {
            continue;
        };
        let (day, _) = weekday_before(&tokens, at);
        let (Some(date), order) = written.sole_reading(day) else {
            continue;
        };
        for (i, reading) in [day_first, month_first].into_iter().enumerate() {
            near[i] |= reading.since(date).is_ok_and(|span| (0..=7).contains(&span.get_days()));
        }
        style[0] |= order == Some(Order::DayFirst);
        style[1] |= order == Some(Order::MonthFirst);
    }
    [near, style].into_iter().find_map(|[day, month]| match (day, month) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    })
}

/// A record field that is one number: seconds or milliseconds since 1970 (ten or thirteen
/// digits), "20220108" or "20220108063100".
pub(super) fn of_number(field: &str) -> Option<Moment> {
    let digits = field.split('.').next().unwrap_or(field);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match digits.len() {
        8 | 14 => {
            let part = |range| digits.get(range).and_then(|d: &str| d.parse().ok());
            let clock = || Time::new(part(8..10)?, part(10..12)?, part(12..14)?, 0).ok();
            Some(Moment { date: compact(digits)?, time: clock(), offset: None })
        }
        10 => of_epoch(digits.parse().ok()?),
        13 => of_epoch(digits.parse::<i64>().ok()? / 1000),
        _ => None,
    }
}

fn of_epoch(seconds: i64) -> Option<Moment> {
    let utc = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
    Some(Moment { date: utc.date(), time: Some(utc.time()), offset: Some(0) })
}

/// The date in a URL's path: "/2022/01/08/", "/2022/jan/08/", "/2022-01-08-…",
/// "/20220108063100-…".
pub(super) fn of_path(path: &str) -> Option<Moment> {
    let segments: Vec<&str> = path.split('/').collect();
    let of_three = segments.windows(3).find_map(|w| {
        let month = number(w[1]).or_else(|| month(w[1]).map(u32::from))?;
        let fits = w[0].len() == 4 && w[2].len() <= 2;
        fits.then(|| date(number(w[0])?, month, number(w[2])?)).flatten()
    });
    let of_one = |segment: &&str| match segment.bytes().take_while(u8::is_ascii_digit).count() {
        8 | 14 => compact(segment),
        4 => iso(segment.get(..10)?),
        _ => None,
    };
    let date = of_three.or_else(|| segments.iter().find_map(of_one))?;
    Some(Moment { date, time: None, offset: None })
}

fn compact(digits: &str) -> Option<Date> {
    date(number(digits.get(..4)?)?, number(digits.get(4..6)?)?, number(digits.get(6..8)?)?)
}

fn iso(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    date(number(year)?, number(month)?, number(day)?)
}

/// A date as written: its reading day first, and another month first where that is possible too.
#[derive(Debug, Clone, Copy)]
struct Written {
    day_first: Option<Date>,
    month_first: Option<Date>,
    /// It is written in numbers with the day or the month first.
    is_numeric: bool,
}

impl Written {
    fn only(date: Date) -> Self {
        Written { day_first: Some(date), month_first: None, is_numeric: false }
    }

    /// The readings that the day of the week allows.
    fn on(self, day: Option<u8>) -> (Option<Date>, Option<Date>) {
        let fits =
            |date: &Date| day.is_none_or(|d| date.weekday().to_monday_one_offset() == d as i8);
        (self.day_first.filter(fits), self.month_first.filter(fits))
    }

    /// The date, if there is one reading, and the order that it shows.
    fn sole_reading(self, day: Option<u8>) -> (Option<Date>, Option<Order>) {
        match self.on(day) {
            (Some(date), None) => (Some(date), self.is_numeric.then_some(Order::DayFirst)),
            (None, Some(date)) => (Some(date), Some(Order::MonthFirst)),
            _ => (None, None),
        }
    }
}

/// The date that starts at token `at`, and the index of the token behind it.
fn written_date(line: &str, tokens: &[Token<'_>], at: usize) -> Option<(Written, usize)> {
    let joined = 0 < at && {
        let (before, here) = (&tokens[at - 1], &tokens[at]);
        before.end() == here.start && before.text.ends_with(|c: char| c.is_alphanumeric())
    };
    let three = || of_three_numbers(line, tokens.get(at..at + 5)?).map(|written| (written, at + 5));
    (!joined).then(|| three().or_else(|| with_month_name(tokens, at))).flatten()
}

/// "2022-01-08", "08/01/2022", "8.1.2022": three numbers around the same mark twice.
fn of_three_numbers(line: &str, tokens: &[Token<'_>]) -> Option<Written> {
    let [a, mark, b, again, c] = tokens else {
        return None;
    };
    let tight = !line[a.start..c.end()].contains(char::is_whitespace);
    if !(mark.is_mark(&['/', '-', '.']) && mark.text == again.text && tight) {
        return None;
    }
    if let Some(year) = a.number(4..=4) {
        return date(year, b.number(1..=2)?, c.number(1..=2)?).map(Written::only);
    }
    let (a, b, year) = (a.number(1..=2)?, b.number(1..=2)?, c.number(4..=4)?);
    let dotted = mark.text == ".";
    let month_first = date(year, a, b).filter(|_| !dotted && a != b);
    let is_numeric = !dotted && a != b;
    let written = Written { day_first: date(year, b, a), month_first, is_numeric };
    (written.day_first.is_some() || month_first.is_some()).then_some(written)
}

/// "8 Januari 2022", "8th of Jan. 2022", "January 8, 2022", "8-Jan-2022".
fn with_month_name(tokens: &[Token<'_>], at: usize) -> Option<(Written, usize)> {
    let mut cursor = Cursor { tokens, at };
    let (day, month) = match cursor.number(1..=2) {
        Some(day) => {
            cursor.skip(&["st", "nd", "rd", "th", "of", "de", "-", "/"]);
            (day, cursor.month()?)
        }
        None => {
            let month = cursor.month()?;
            cursor.skip(&["."]);
            let day = cursor.number(1..=2)?;
            cursor.skip(&["st", "nd", "rd", "th"]);
            (day, month)
        }
    };
    cursor.skip(&[".", ",", "-", "/", "de"]);
    let year = cursor.number(4..=4)?;
    Some((Written::only(date(year, month.into(), day)?), cursor.at))
}

/// The date at token `at` with its day of the week, time and zone, if the calendar agrees.
fn complete(
    line: &str,
    tokens: &[Token<'_>],
    at: usize,
    (written, behind): (Written, usize),
    order: &impl Fn(Date, Date) -> Order,
) -> Option<Found> {
    let (clock, end) = match clock_behind(tokens, behind) {
        Some((clock, end)) => (Some(clock), end),
        None => (None, behind),
    };
    let (day, start) = weekday_before(tokens, at);
    let (clock, start) = match clock {
        None => clock_before(tokens, start).map_or((None, start), |(c, s)| (Some(c), s)),
        some => (some, start),
    };
    let indonesian = tokens[start..end].iter().any(|t| indonesian_zone(t.text).is_some());
    let date = choose(written, day, indonesian, order)?;
    let end_byte = tokens[end - 1].end() + closing(&line[tokens[end - 1].end()..]);
    Some(Found {
        moment: Moment { date, time: clock.map(|c| c.time), offset: clock.and_then(|c| c.offset) },
        range: tokens[start].start..end_byte,
    })
}

/// Length of the bracket that closes "(7/1/2022)".
fn closing(rest: &str) -> usize {
    usize::from(rest.starts_with(')'))
}

/// The reading that the day of the week, the zone or the document's order allows.
fn choose(
    written: Written,
    day: Option<u8>,
    indonesian: bool,
    order: &impl Fn(Date, Date) -> Order,
) -> Option<Date> {
    match written.on(day) {
        (Some(day_first), Some(month_first)) => {
            let order = if indonesian { Order::DayFirst } else { order(day_first, month_first) };
            match order {
                Order::DayFirst => Some(day_first),
                Order::MonthFirst => Some(month_first),
                Order::Unknown => None,
            }
        }
        (one, other) => one.or(other),
    }
}

/// The day of the week before token `at`, and the token where the date starts with it.
fn weekday_before(tokens: &[Token<'_>], at: usize) -> (Option<u8>, usize) {
    let marks = ['(', ',', '.', '/', '-'];
    let first = (0..at).rev().take_while(|&i| tokens[i].is_mark(&marks)).last().unwrap_or(at);
    match first.checked_sub(1).and_then(|i| Some((weekday(tokens[i].text)?, i))) {
        Some((day, start)) => (Some(day), start),
        None if 0 < at && tokens[at - 1].text == "(" => (None, at - 1),
        None => (None, at),
    }
}
