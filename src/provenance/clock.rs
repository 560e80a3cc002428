//! Which time of day and zone stand beside a date?

use super::calendar::{Cursor, Token, number};
use jiff::civil::Time;

/// A time of day and its zone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    /// The time of day.
    pub time: Time,
    /// Minutes east of UTC, where a zone is given.
    pub offset: Option<i32>,
}

/// Marks and words between a date and its time: "| 07:45", "pukul 06.31", "T06:31", "at 7".
const BEFORE_TIME: [&str; 16] =
    [",", "|", "-", "–", "—", "•", "·", "(", ")", "/", "pukul", "jam", "at", "pkl", "t", "@"];

/// The time that follows a date, and the token behind it.
pub(super) fn clock_behind(tokens: &[Token<'_>], at: usize) -> Option<(Clock, usize)> {
    let mut cursor = Cursor { tokens, at };
    cursor.skip(&BEFORE_TIME);
    cursor.skip(&["."]);
    let clock = clock(&mut cursor)?;
    Some((clock, cursor.at))
}

/// The time that precedes a date that starts at `at`, and the token where it starts.
pub(super) fn clock_before(tokens: &[Token<'_>], at: usize) -> Option<(Clock, usize)> {
    (at.saturating_sub(8)..at).find_map(|start| {
        let mut cursor = Cursor { tokens, at: start };
        let clock = clock(&mut cursor)?;
        cursor.skip(&BEFORE_TIME);
        (cursor.at == at).then_some((clock, start))
    })
}

/// "06:31", "06.31:05 WIB", "7:45 AM", "06:31:00.000Z", "06:31 +0700", "7 pm".
fn clock(cursor: &mut Cursor<'_, '_>) -> Option<Clock> {
    let hour = cursor.number(1..=2)?;
    let minute = sixty(cursor);
    let second = minute.and_then(|_| sixty(cursor));
    if second.is_some() && cursor.one_of(&["."]).is_some() {
        cursor.take(|token| token.text.bytes().all(|b| b.is_ascii_digit()).then_some(()))?;
    }
    let hour = match (half(cursor), hour) {
        (Some(false), 12) => 0,
        (Some(true), 1..=11) => hour + 12,
        (Some(_), 13..) => return None,
        (None, _) if minute.is_none() => return None,
        _ => hour,
    };
    let part = |n: u32| i8::try_from(n).ok();
    let time = Time::new(part(hour)?, part(minute.unwrap_or(0))?, part(second.unwrap_or(0))?, 0);
    Some(Clock { time: time.ok()?, offset: zone(cursor) })
}

/// ":31" or ".31".
fn sixty(cursor: &mut Cursor<'_, '_>) -> Option<u32> {
    let mut ahead = *cursor;
    ahead.one_of(&[":", "."])?;
    let value = ahead.number(2..=2).filter(|&n| n < 60)?;
    *cursor = Cursor { tokens: cursor.tokens, at: ahead.at };
    Some(value)
}

/// "AM" is `false`, "p.m." is `true`.
fn half(cursor: &mut Cursor<'_, '_>) -> Option<bool> {
    let mut ahead = *cursor;
    let letter = ahead.one_of(&["am", "pm", "a", "p"])?.to_ascii_lowercase();
    if letter.len() == 1 {
        ahead.one_of(&["."])?;
        ahead.one_of(&["m"])?;
        ahead.skip(&["."]);
    }
    cursor.at = ahead.at;
    Some(letter.starts_with('p'))
}

/// Minutes east of UTC: "WIB".
pub(crate) fn indonesian_zone(word: &str) -> Option<i32> {
    let zones = [("WIB", 7), ("WITA", 8), ("WIT", 9)];
    zones.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, hours)| hours * 60)
}

/// A zone's offset in minutes: a name, an offset, or both: "WIB", "Z", "+07:00", "GMT+7".
fn zone(cursor: &mut Cursor<'_, '_>) -> Option<i32> {
    if let Some(minutes) = cursor.take(|token| indonesian_zone(token.text)) {
        return Some(minutes);
    }
    let universal = cursor.one_of(&["UTC", "GMT", "Z"]).is_some();
    offset(cursor).or(universal.then_some(0))
}

fn offset(cursor: &mut Cursor<'_, '_>) -> Option<i32> {
    let mut ahead = *cursor;
    let mark = ahead.take(|token| token.is_mark(&['+', '-', '−']).then_some(*token))?;
    let sign = if mark.text == "+" { 1 } else { -1 };
    let tight = |token: &Token<'_>| token.start == mark.end();
    let digits = ahead.take(|t| number(t.text).filter(|_| tight(t)).map(|n| (n, t.text.len())))?;
    let (hours, minutes) = match digits {
        (n, 3..=4) => (n / 100, n % 100),
        (n, _) => (n, sixty(&mut ahead).unwrap_or(0)),
    };
    cursor.at = ahead.at;
    let east = i32::try_from(hours * 60 + minutes).ok()?;
    (east <= 18 * 60 && minutes < 60).then_some(sign * east)
}
