//! Do two times of publication agree, as exactly as the truth gives it?

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// A time as exact as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct When {
    civil: DateTime,
    unit: Unit,
    /// Minutes east of UTC, where a zone is written.
    offset_minutes: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Day,
    Minute,
    Second,
}

impl When {
    /// "2022-01-08", "2022-01-08T06:31", "2022-01-08T06:31:00", either time with "Z" or "+07:00".
    pub fn parse(text: &str) -> Option<When> {
        let date: Date = text.get(..10)?.parse().ok()?;
        let rest = text.get(10..)?;
        if rest.is_empty() {
            let civil = date.to_datetime(Time::midnight());
            return Some(When { civil, unit: Unit::Day, offset_minutes: None });
        }
        let rest = rest.strip_prefix(['T', ' '])?;
        let (clock, zone) = rest.split_at(rest.find(['Z', '+', '-']).unwrap_or(rest.len()));
        let (time, unit) = match clock.len() {
            5 => (format!("{clock}:00").parse::<Time>().ok()?, Unit::Minute),
            _ => (clock.parse::<Time>().ok()?, Unit::Second),
        };
        let offset_minutes = if zone.is_empty() { None } else { Some(offset_minutes(zone)?) };
        Some(When { civil: date.to_datetime(time), unit, offset_minutes })
    }

    /// Whether `found` says the same, as exactly as this does: the date as written where there is
    /// no time, the instant where there is a zone.
    pub fn agrees(self, found: When) -> bool {
        if self.unit == Unit::Day {
            return self.civil.date() == found.civil.date();
        }
        let unit_secs = if self.unit == Unit::Minute { 60 } else { 1 };
        let at = |when: When, offset_minutes: i64| {
            let utc = Offset::UTC.to_timestamp(when.civil).ok()?.as_second();
            Some((utc - 60 * offset_minutes).div_euclid(unit_secs))
        };
        let offsets = match (self.offset_minutes, found.offset_minutes) {
            (None, _) => (0, 0), // both as the clock on the wall says
            (Some(own), Some(of_found)) => (own, of_found),
            (Some(_), None) => return false,
        };
        let is_as_exact = self.unit <= found.unit;
        let instant = at(self, offsets.0);
        is_as_exact && instant.is_some() && instant == at(found, offsets.1)
    }
}

/// "Z", "+07:00" or "-0330" in minutes east of UTC.
fn offset_minutes(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits = zone.get(1..)?.replacen(':', "", 1);
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = digits.split_at(2);
    Some(sign * (60 * hours.parse::<i64>().ok()? + minutes.parse::<i64>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_agree_as_exactly_as_the_truth_gives_them() {
        for (truth, found, expect) in [
            ("2022-01-08", "2022-01-08", true),
            ("2022-01-08", "2022-01-08T23:59:59+07:00", true),
            ("2022-01-08", "2022-01-09", false),
            ("2022-01-08T06:31", "2022-01-08T06:31:59", true),
            ("2022-01-08T06:31", "2022-01-08T06:31:00+07:00", true),
            ("2022-01-08T06:31", "2022-01-08T06:32:00", false),
            ("2022-01-08T06:31", "2022-01-08", false),
            ("2022-01-08T06:31:05", "2022-01-08T06:31:05", true),
            ("2022-01-08T06:31:05", "2022-01-08T06:31:06", false),
            ("2022-01-08T06:31+07:00", "2022-01-08T06:31:00+07:00", true),
            ("2022-01-08T06:31+07:00", "2022-01-07T23:31:00Z", true),
            ("2022-01-08T06:31+07:00", "2022-01-08T06:31:00", false),
            ("2022-01-08T06:31+07:00", "2022-01-08T06:31:00+08:00", false),
        ] {
            let [truth, found] = [truth, found].map(|text| When::parse(text).unwrap());
            assert_eq!(truth.agrees(found), expect, "{truth:?} {found:?}");
        }
    }

    #[test]
    fn other_forms_are_no_times() {
        for text in [
            "",
            "8 Jan 2022",
            "2022-01-32",
            "2022-01-08T",
            "2022-01-08T6:31",
            "2022-01-08T06:31+7",
            "2022-01-08X06:31",
            "2022-01-08T06:31+0a:00",
            "2022-01-0é",
            "2022-01-08Tééé",
        ] {
            assert!(When::parse(text).is_none(), "{text}");
        }
    }
}
