//! Was something published within these days?
//!
//! A day is meant as the article itself writes it, whatever its zone: what readers of a paper in
//! Jakarta saw dated 8 January is of 8 January. An instant is compared with all that the article's
//! date can mean.

use super::Published;
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt;

/// From when to when, both included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Period {
    /// `None`: from the beginning.
    pub since: Option<Edge>,
    /// `None`: to the end.
    pub until: Option<Edge>,
}

/// Where a [`Period`] begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// "2022", "2022-01", "2022-01-08", or the day of an instant.
    day: String,
    /// In seconds since 1970 UTC.
    instant: Option<i64>,
}

impl Edge {
    /// Reads YYYY, YYYY-MM, YYYY-MM-DD or RFC 3339; `None` for anything else, and for days that no
    /// calendar has.
    pub fn parse(typed: &str) -> Option<Edge> {
        let day = typed.get(..typed.len().min(DAY.len()))?;
        let is_digit_where_due = |(typed, form): (u8, u8)| {
            if form == b'Y' { typed.is_ascii_digit() } else { typed == form }
        };
        let is_day = day.bytes().zip(DAY.bytes()).all(is_digit_where_due);
        let whole = match day.len() {
            4 => format!("{day}-01-01"),
            7 => format!("{day}-01"),
            10 => day.to_owned(),
            _ => return None,
        };
        whole.parse::<Date>().ok().filter(|_| is_day)?;
        let instant = match typed.len() {
            ..=10 => None,
            _ => Some(typed.parse::<Timestamp>().ok()?.as_second()),
        };
        Some(Edge { day: day.to_owned(), instant })
    }

    /// The same stretch of a longer date.
    fn stretch<'w>(&self, when: &'w str) -> &'w str {
        &when[..when.len().min(self.day.len())]
    }
}

/// As it may be typed: an instant in UTC.
impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.instant.map(Timestamp::from_second) {
            Some(Ok(instant)) => write!(f, "{instant}"),
            _ => f.write_str(&self.day),
        }
    }
}

/// How a day is written; a year and a month are its beginning.
const DAY: &str = "YYYY-YY-YY";

impl Period {
    /// Whether it has no end on either side.
    pub fn is_all(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// Whether it ends before it begins.
    pub fn is_empty(&self) -> bool {
        let (Some(since), Some(until)) = (&self.since, &self.until) else { return false };
        match (since.instant, until.instant) {
            (Some(since), Some(until)) => until < since,
            _ => until.stretch(&since.day) > &*until.day,
        }
    }

    /// Whether what was published then may lie within.
    pub fn may_hold(&self, published: &Published) -> bool {
        let (earliest, latest) = published.bounds();
        let is_behind = self.since.as_ref().is_none_or(|since| match since.instant {
            Some(instant) => instant <= latest,
            None => *since.day <= *since.stretch(&published.when),
        });
        let is_before = self.until.as_ref().is_none_or(|until| match until.instant {
            Some(instant) => earliest <= instant,
            None => *until.stretch(&published.when) <= *until.day,
        });
        is_behind && is_before
    }
}

#[cfg(test)]
mod tests {
    use super::super::DateBasis;
    use super::*;

    fn period(since: &str, until: &str) -> Period {
        let edge = |typed: &str| (!typed.is_empty()).then(|| Edge::parse(typed).unwrap());
        Period { since: edge(since), until: edge(until) }
    }

    #[test]
    fn days_are_those_that_the_article_writes() {
        for (since, until, when, expect) in [
            ("2022", "", "2022-01-01", true),
            ("2022", "", "2021-12-31T23:59:59-11:00", false),
            ("2022", "2022", "2022-12-31T23:59:59-11:00", true),
            ("", "2022", "2023-01-01T00:00:00+13:00", false),
            ("2022-02", "2022-02", "2022-02-28", true),
            ("2022-02", "2022-02", "2022-03-01", false),
            ("2022-01-08", "", "2022-01-08T06:31:00+07:00", true),
            ("2022-01-08", "2022-01-08", "2022-01-08T23:00:00", true),
            ("2022-01-09", "", "2022-01-08T23:59:00-10:00", false),
            ("2022-01-08T00:00:00Z", "", "2022-01-08T06:31:00+07:00", false),
            (
                "2022-01-07T23:31:00Z",
                "2022-01-08T06:31:00+07:00",
                "2022-01-08T06:31:00+07:00",
                true,
            ),
            ("", "2022-01-08T00:00:00Z", "2022-01-08", true),
            ("", "2022-01-07T00:00:00Z", "2022-01-08", false),
            ("", "", "2022-01-08", true),
        ] {
            let published = Published { when: when.to_owned(), basis: DateBasis::Field };
            assert_eq!(
                period(since, until).may_hold(&published),
                expect,
                "{when} {since}..{until}"
            );
        }
    }

    #[test]
    fn a_period_may_be_empty() {
        for (since, until, expect) in [
            ("2022", "2022-01-01", false),
            ("2022-02", "2022-01", true),
            ("2022-02-01", "2022", false),
            ("2022-01-08T00:00:00Z", "2022-01-08T00:00:00+01:00", true),
            ("2022-01-08T00:00:00Z", "2022-01-08", false),
            ("2022", "", false),
        ] {
            assert_eq!(period(since, until).is_empty(), expect, "{since}..{until}");
        }
    }

    #[test]
    fn only_dates_are_dates() {
        for typed in [
            "",
            "22",
            "2022-",
            "2022-1",
            "2022-13",
            "2022-02-30",
            "2022-01-08T06:31",
            "20220108",
            "2022-01-08x",
            "+022",
            "yesterday",
            "2022-01-08T06:31:00",
            "é022",
        ] {
            assert_eq!(Edge::parse(typed), None, "{typed}");
        }
    }
}
