//! How is a date shown? As exact as it was given, with the month in the page's language.

use super::words::{Language, Words};
use jiff::civil::Date;
use jiff::tz::Offset;

const ENGLISH: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const INDONESIAN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];

/// `8 Jan 2022, 06:31 +07:00` for `2022-01-08T06:31:00+07:00`; what is no date stays as it is.
pub(super) fn shown(when: &str, words: &Words) -> String {
    let (day, time) = when.split_once('T').map_or((when, ""), |(day, time)| (day, time));
    let Some(day) = date(day, words) else { return when.to_owned() };
    if time.is_empty() {
        return day;
    }
    let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let clock = clock.get(..5).unwrap_or(clock);
    match zone {
        "" => format!("{day}, {clock} ({})", words.get("zone_unknown")),
        "Z" => format!("{day}, {clock} UTC"),
        _ => format!("{day}, {clock} {zone}"),
    }
}

/// `8 Jan 2022` for `2022-01-08`, `Jan 2022` for `2022-01`.
fn date(day: &str, words: &Words) -> Option<String> {
    let mut parts = day.split('-');
    let (year, month) = (parts.next()?, parts.next()?.parse::<usize>().ok()?);
    let name = months(words.language).get(month.checked_sub(1)?)?;
    match parts.next() {
        Some(day) => Some(format!("{} {name} {year}", day.parse::<u8>().ok()?)),
        None => Some(format!("{name} {year}")),
    }
}

fn months(language: Language) -> &'static [&'static str; 12] {
    match language {
        Language::English => &ENGLISH,
        Language::Indonesian => &INDONESIAN,
    }
}

/// An instant on an axis, in UTC: `8 Jan`, or with the time of day `8 Jan 06:00`.
pub(super) fn tick(secs: i64, with_time: bool, words: &Words) -> String {
    let Ok(at) = jiff::Timestamp::from_second(secs) else { return String::new() };
    let at = Offset::UTC.to_datetime(at);
    let month = months(words.language).get(at.month() as usize - 1).copied().unwrap_or("");
    match with_time {
        true => format!("{} {month} {:02}:{:02}", at.day(), at.hour(), at.minute()),
        false => format!("{} {month}", at.day()),
    }
}

/// The months from the year 0 to that of an instant, in UTC.
pub(super) fn month_of(secs: i64) -> Option<i64> {
    let at = Offset::UTC.to_datetime(jiff::Timestamp::from_second(secs).ok()?);
    Some(i64::from(at.year()) * 12 + i64::from(at.month()) - 1)
}

/// The instant, in UTC, at which a month [so counted](month_of) begins.
pub(super) fn start_of(month: i64) -> Option<i64> {
    let year = i16::try_from(month.div_euclid(12)).ok()?;
    let first = Date::new(year, month.rem_euclid(12) as i8 + 1, 1).ok()?;
    Some(Offset::UTC.to_timestamp(first.at(0, 0, 0, 0)).ok()?.as_second())
}

/// `2022`, or with its name `Jan 2022`, of a month [so counted](month_of).
pub(super) fn month(month: i64, with_name: bool, words: &Words) -> String {
    let (year, of_year) = (month.div_euclid(12), month.rem_euclid(12) as usize);
    match with_name {
        true => format!("{} {year}", months(words.language)[of_year]),
        false => year.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_exact_as_they_are() {
        let (english, indonesian) = (Words::of(Language::English), Words::of(Language::Indonesian));
        for (when, expect) in [
            ("2022-01-08T06:31:00+07:00", "8 Jan 2022, 06:31 +07:00"),
            ("2022-05-18T06:31:05Z", "18 May 2022, 06:31 UTC"),
            ("2022-01-08T06:00:00", "8 Jan 2022, 06:00 (zone not given)"),
            ("2022-01-08", "8 Jan 2022"),
            ("2022-12", "Dec 2022"),
            ("2022-13-08", "2022-13-08"),
            ("soon", "soon"),
            ("", ""),
        ] {
            assert_eq!(shown(when, &english), expect);
        }
        assert_eq!(shown("2022-05-08", &indonesian), "8 Mei 2022");
    }

    #[test]
    fn instants_on_an_axis() {
        let words = Words::of(Language::English);
        assert_eq!(tick(1_641_598_260, true, &words), "7 Jan 23:31");
        assert_eq!(tick(1_641_598_260, false, &words), "7 Jan");
        assert_eq!(tick(i64::MAX, false, &words), "");
        let january = month_of(1_641_598_260).unwrap();
        assert_eq!(start_of(january), Some(1_640_995_200));
        assert_eq!(month(january, true, &words), "Jan 2022");
        assert_eq!(month(january - 1, false, &words), "2021");
        assert_eq!((month_of(i64::MAX), start_of(i64::MAX)), (None, None));
    }
}
