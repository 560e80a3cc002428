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

/// Hours of the zones that newspapers are in: east of UTC that of Tonga, west that of Samoa. Of two days
/// with one between them, one is over everywhere before the other begins anywhere.
const EASTMOST: i64 = 13;
const WESTMOST: i64 = 11;

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
        None => (local - EASTMOST * HOUR, local + length + WESTMOST * HOUR),
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(line: &str, order: Order, expect: Option<&str>) {
        let found = find(line, |_, _| order).map(|found| found.moment.to_string());
        assert_eq!(found.as_deref(), expect, "{line:?}");
    }

    #[test]
    fn dates_as_they_are_written() {
        for (line, expect) in [
            ("Kompas.com - 08/01/2022, 06:31 WIB", "2022-01-08T06:31:00+07:00"),
            ("By X, Sabtu, 8 Januari 2022 | 07:45 WIB", "2022-01-08T07:45:00+07:00"),
            ("Selasa, 11 Januari 2022 08.15 WIT", "2022-01-11T08:15:00+09:00"),
            ("Sabtu, 08 Jan 2022 05:03 WITA", "2022-01-08T05:03:00+08:00"),
            ("8 Jan 2022 14:05", "2022-01-08T14:05:00"),
            ("January 8, 2022 7:45 AM", "2022-01-08T07:45:00"),
            ("Jan. 8, 2022 at 7:45 p.m. ET", "2022-01-08T19:45:00"),
            ("Sat 8 Jan 2022 07.45 GMT", "2022-01-08T07:45:00+00:00"),
            ("8th of January 2022", "2022-01-08"),
            ("2022-01-08 07:45", "2022-01-08T07:45:00"),
            ("2022-01-08T06:31:05+07:00", "2022-01-08T06:31:05+07:00"),
            ("2022-01-08T06:31:05.000Z", "2022-01-08T06:31:05+00:00"),
            ("Sat, 08 Jan 2022 06:31:00 +0700", "2022-01-08T06:31:00+07:00"),
            ("Sat Jan 08 2022 06:31:00 GMT-0330", "2022-01-08T06:31:00-03:30"),
            ("06:31 WIB, 8 Januari 2022", "2022-01-08T06:31:00+07:00"),
            ("06:31 - 8 Januari 2022", "2022-01-08T06:31:00"),
            ("Jum'at (7/1/2022)", "2022-01-07"),
            ("Senin, 23 Januari 2023, pukul 18.05 WIB", "2023-01-23T18:05:00+07:00"),
            ("12:30 AM, 8 January 2022", "2022-01-08T00:30:00"),
            ("8 enero 2022", "2022-01-08"),
            ("8.1.2022", "2022-01-08"),
        ] {
            check(line, Order::DayFirst, Some(expect));
        }
    }

    #[test]
    fn what_is_no_date() {
        for line in [
            "31/02/2022",
            "31 Februari 2022",
            "Minggu, 8 Januari 2022",
            "8 Januari",
            "Januari 2022",
            "1/2",
            "3.000.2022",
            "10/2022",
            "2022-13-45",
            "08 01 2022",
            "",
            "俄罗斯 8 月",
        ] {
            check(line, Order::DayFirst, None);
        }
    }

    #[test]
    fn ambiguous_dates_need_evidence() {
        for (line, order, expect) in [
            ("01/02/2022", Order::DayFirst, Some("2022-02-01")),
            ("01/02/2022", Order::MonthFirst, Some("2022-01-02")),
            ("01/02/2022", Order::Unknown, None),
            ("13/02/2022", Order::Unknown, Some("2022-02-13")),
            ("02/13/2022", Order::Unknown, Some("2022-02-13")),
            ("02/02/2022", Order::Unknown, Some("2022-02-02")),
            ("01/02/2022 06:31 WIB", Order::Unknown, Some("2022-02-01T06:31:00+07:00")),
            ("Selasa, 01/02/2022", Order::Unknown, Some("2022-02-01")),
            ("Sunday, 01/02/2022", Order::Unknown, Some("2022-01-02")),
            ("1.2.2022", Order::Unknown, Some("2022-02-01")),
        ] {
            check(line, order, expect);
        }
        let (day_first, month_first) = (Date::constant(2025, 7, 10), Date::constant(2025, 10, 7));
        for (text, expect) in [
            ("kata Blinken, Senin (6/10/2025).", Some(Order::MonthFirst)),
            ("kata Blinken, 9 Juli 2025.", Some(Order::DayFirst)),
            ("pada 13/1/2022 dan lain-lain", Some(Order::DayFirst)),
            ("on 1/13/2022", Some(Order::MonthFirst)),
            ("tanpa tanggal", None),
        ] {
            assert_eq!(order_in(text, day_first, month_first), expect, "{text:?}");
        }
    }

    #[test]
    fn numbers_and_paths() {
        for (field, expect) in [
            ("1641598260", Some("2022-01-07T23:31:00+00:00")),
            ("1641598260000", Some("2022-01-07T23:31:00+00:00")),
            ("1641598260.5", Some("2022-01-07T23:31:00+00:00")),
            ("20220108", Some("2022-01-08")),
            ("20220108063100", Some("2022-01-08T06:31:00")),
            ("20221308", None),
            ("12345", None),
            ("2022-01-08", None),
        ] {
            assert_eq!(of_number(field).map(|m| m.to_string()).as_deref(), expect, "{field:?}");
        }
        for (path, expect) in [
            ("/global/read/2022/01/08/063100070/judul", Some("2022-01-08")),
            ("/world/2022/jan/08/title", Some("2022-01-08")),
            ("/berita/2022-01-08-judul", Some("2022-01-08")),
            ("/internasional/20220108063100-134-743/judul", Some("2022-01-08")),
            ("/2022/01/2-pilots-rescued", None),
            ("/berita/d-5888888/judul", None),
            ("/2022/13/45/", None),
            ("", None),
        ] {
            assert_eq!(of_path(path).map(|m| m.to_string()).as_deref(), expect, "{path:?}");
        }
    }

    #[test]
    fn bounds_are_as_wide_as_what_is_unknown() {
        let zoned = bounds("2022-01-08T06:31:00+07:00");
        assert_eq!(zoned, Some((1641598260, 1641598260)));
        assert_eq!(bounds("2022-01-08T06:31:00"), Some((1641576660, 1641663060)));
        assert_eq!(bounds("2022-01-08"), Some((1641553200, 1641725999)));
        assert_eq!(bounds(""), None);
    }

    proptest! {
        #[test]
        fn a_written_moment_reads_back(
            year in 1900i16..2100, month in 1i8..=12, day in 1i8..=28, hour in 0i8..24,
            minute in 0i8..60, offset in prop::option::of(-720i32..=840),
        ) {
            let date = Date::constant(year, month, day);
            let time = Time::constant(hour, minute, 0, 0);
            let moment = Moment { date, time: Some(time), offset };
            let shown = moment.to_string();
            let read = find(&shown, |_, _| Order::Unknown).map(|found| found.moment);
            prop_assert_eq!(read, Some(moment));
        }

        #[test]
        fn arbitrary_lines_never_panic(
            line in "[0-9/.:, |()+-]{0,30}|\\PC{0,60}",
            path in "(/[0-9a-zé-]{0,14}){0,5}",
        ) {
            if let Some(found) = find(&line, |_, _| Order::DayFirst) {
                prop_assert!(line.get(found.range).is_some());
            }
            of_path(&path);
            of_number(&line);
            order_in(&line, Date::constant(2022, 1, 2), Date::constant(2022, 2, 1));
        }
    }
}
