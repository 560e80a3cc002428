//! When did each outlet publish a claim? A lane for each, as far as the dates are known, and one
//! for the undated.

use super::cells::state;
use super::when;
use super::words::{Words, count, isolated, listed_names};
use crate::claim::{Claim, Occurrence};
use crate::document::DocId;
use crate::report::article::Articles;
use serde::Serialize;
use std::collections::BTreeSet;

/// Lanes of a timeline at most.
const MAX_LANES: usize = 16;
/// Where the plot lies in a drawing of 400 units.
const LEFT: i64 = 136;
const RIGHT: i64 = 392;
const LANE: i64 = 26;
/// Code points of a name that fit before the plot.
const NAME_CHARS: usize = 17;
/// Steps of the axis in seconds: hours, days, weeks.
const STEPS: [i64; 8] = [3_600, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600];
/// Longer steps in months, each of which begins on the first of a month.
const MONTHS: [i64; 9] = [1, 3, 6, 12, 24, 60, 120, 600, 12_000];
/// Steps that an axis has at most.
const MAX_STEPS: i64 = 3;

/// A drawing of 400 units by `height`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Timeline {
    pub height: i64,
    pub axis: i64,
    pub lanes: Vec<Lane>,
    pub ticks: Vec<Tick>,
}

/// A lane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Lane {
    pub y: i64,
    pub name: String,
    pub marks: Vec<Mark>,
    /// What stands in the lane in words.
    pub text: Option<String>,
}

/// An article in its lane: from `x`, `width` wide; an instant has no width.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Mark {
    pub x: i64,
    pub width: i64,
    pub state: &'static str,
    pub title: String,
}

/// A line across the lanes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Tick {
    pub x: i64,
    pub label: String,
}

/// An occurrence with its earliest and latest instant, in seconds since 1970.
struct Dated<'r> {
    outlet: &'r str,
    /// The article, where its outlet is unknown: it may be another than that of any other article.
    unknown: Option<DocId>,
    when: &'r str,
    state: &'static str,
    bounds: (i64, i64),
}

/// The timeline of a claim; nothing where fewer than two articles are dated.
pub(super) fn of(claim: &Claim, articles: &Articles<'_>, words: &Words) -> Option<Timeline> {
    let (mut dated, mut undated) = (Vec::new(), Vec::new());
    for occurrence in &claim.occurrences {
        let outlet = outlet(occurrence, articles, words);
        match bounds(occurrence, articles) {
            Some((when, bounds)) => {
                let key = articles.carrying(occurrence).outlet_key();
                let unknown = key.is_none().then_some(occurrence.doc);
                let state = state(occurrence.grade);
                dated.push(Dated { outlet, unknown, when, state, bounds });
            }
            None if undated.contains(&outlet) => {}
            None => undated.push(outlet),
        }
    }
    let from = dated.iter().map(|d| d.bounds.0).min()?;
    let to = dated.iter().map(|d| d.bounds.1).max()?;
    if dated.len() < 2 {
        return None;
    }
    dated.sort_by_key(|d| (d.bounds, d.outlet));
    let scale = Scale { from, to: to.max(from + 1) };
    let mut lanes = dated_lanes(&dated, &scale, words);
    if !undated.is_empty() {
        lanes.push(lane(words.get("undated"), Some(listed_names(&undated))));
    }
    for (y, lane) in (0..).map(|n| n * LANE + LANE / 2 + 4).zip(&mut lanes) {
        lane.y = y;
    }
    let axis = lanes.len() as i64 * LANE + 8;
    Some(Timeline { height: axis + 22, axis, ticks: ticks(&scale, words), lanes })
}

fn outlet<'r>(occurrence: &Occurrence, articles: &Articles<'r>, words: &Words) -> &'r str {
    let outlet = articles.carrying(occurrence).provenance.outlet.as_ref();
    outlet.map_or(words.get("unknown_outlet"), |outlet| &outlet.name)
}

fn bounds<'r>(occurrence: &Occurrence, articles: &Articles<'r>) -> Option<(&'r str, (i64, i64))> {
    let published = articles.carrying(occurrence).provenance.published.as_ref()?;
    let bounds = published.bounds();
    (bounds != (i64::MIN, i64::MAX)).then_some((&*published.when, bounds))
}

/// A lane for each outlet, by its earliest article.
fn dated_lanes(dated: &[Dated<'_>], scale: &Scale, words: &Words) -> Vec<Lane> {
    let mut lanes: Vec<((&str, Option<DocId>), Lane)> = Vec::new();
    let mut more = BTreeSet::new();
    for article in dated {
        let mark = mark(article, scale, words);
        let outlet = (article.outlet, article.unknown);
        let known = lanes.iter().position(|(known, _)| *known == outlet);
        match known {
            Some(idx) => lanes[idx].1.marks.push(mark),
            None if lanes.len() == MAX_LANES => {
                more.insert(outlet);
            }
            None => {
                let lane = Lane { marks: vec![mark], ..lane(article.outlet, None) };
                lanes.push((outlet, lane));
            }
        }
    }
    let mut lanes: Vec<Lane> = lanes.into_iter().map(|(_, lane)| lane).collect();
    if !more.is_empty() {
        lanes.push(lane(&count!(words, more.len(), "n_more"), None));
    }
    lanes
}

fn lane(name: &str, text: Option<String>) -> Lane {
    Lane { y: 0, name: cut(name, NAME_CHARS), marks: Vec::new(), text: text.map(|t| cut(&t, 36)) }
}

/// At most `n` code points of a name.
pub(super) fn cut(name: &str, n: usize) -> String {
    match name.char_indices().nth(n) {
        Some(_) => name.chars().take(n.saturating_sub(1)).chain(['…']).collect(),
        None => name.to_owned(),
    }
}

fn mark(article: &Dated<'_>, scale: &Scale, words: &Words) -> Mark {
    let (x, end) = (scale.x(article.bounds.0), scale.x(article.bounds.1));
    let is_instant = article.bounds.1 - article.bounds.0 < 3_600;
    Mark {
        x,
        width: if is_instant { 0 } else { (end - x).max(6) },
        state: article.state,
        title: format!("{}, {}", isolated(article.outlet), when::shown(article.when, words)),
    }
}

/// The time that the plot covers.
struct Scale {
    from: i64,
    to: i64,
}

impl Scale {
    fn x(&self, at: i64) -> i64 {
        let part = i128::from(at - self.from) * i128::from(RIGHT - LEFT);
        LEFT + (part / i128::from((self.to - self.from).max(1))) as i64
    }
}

fn ticks(scale: &Scale, words: &Words) -> Vec<Tick> {
    let span = scale.to - scale.from;
    match STEPS.into_iter().find(|step| span / step <= MAX_STEPS) {
        Some(step) => {
            let label = |at| Some((at, when::tick(at, step < 86_400, words)));
            ticks_at(span_steps(scale.from, step).map(label), scale)
        }
        None => months(scale, words).unwrap_or_default(),
    }
}

/// At the first of a month, with the year.
fn months(scale: &Scale, words: &Words) -> Option<Vec<Tick>> {
    let (from, to) = (when::month_of(scale.from)?, when::month_of(scale.to)?);
    let fits = |step: &i64| (to - from) / step <= MAX_STEPS;
    let step = MONTHS.into_iter().find(fits)?;
    let label = |month| Some((when::start_of(month)?, when::month(month, step < 12, words)));
    Some(ticks_at(span_steps(from, step).map(label), scale))
}

/// Multiples of a step, from the last up to `from`; as many as reach the end of the axis.
fn span_steps(from: i64, step: i64) -> impl Iterator<Item = i64> {
    let first = from.div_euclid(step) * step;
    (0..=MAX_STEPS + 1).map(move |n| first + n * step)
}

/// Those inside the plot.
fn ticks_at(all: impl Iterator<Item = Option<(i64, String)>>, scale: &Scale) -> Vec<Tick> {
    let inside = all.flatten().filter(|(at, _)| (scale.from..=scale.to).contains(at));
    inside.map(|(at, label)| Tick { x: scale.x(at), label }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::words::Language;
    use crate::report::samples::report_of;

    fn timeline(dated: &[&str]) -> Option<Timeline> {
        let report = report_of(dated);
        of(&report.claims[0], &Articles::of(&report), &Words::of(Language::English))
    }

    #[test]
    fn a_lane_for_each_outlet_and_one_for_the_undated() {
        let drawn =
            timeline(&["B@2022-01-09T00:00:00Z", "A@2022-01-08T00:00:00Z", "C@", "A@2022-01-08"])
                .unwrap();
        let [a, b, undated] = &drawn.lanes[..] else { panic!("{drawn:?}") };
        assert_eq!((&*a.name, &*b.name, &*undated.name), ("A", "B", "undated"));
        assert_eq!((a.marks.len(), b.marks.len(), undated.marks.len()), (2, 1, 0));
        assert_eq!((a.text.as_deref(), undated.text.as_deref()), (None, Some("C")));
        // The day without a zone begins ten hours before midnight UTC and ends 14 after the next.
        let (day, instant) = (&a.marks[0], &a.marks[1]);
        assert_eq!((day.x, instant.width, b.marks[0].width), (LEFT, 0, 0));
        assert!(100 < day.width && instant.x < b.marks[0].x, "{drawn:?}");
        assert_eq!(drawn.axis, 3 * LANE + 8);
    }

    #[test]
    fn nothing_without_two_dates() {
        for dated in [&["A@", "B@2022-01-08"][..], &["A@", "B@soon"], &["A@2022-01-08"]] {
            assert_eq!(timeline(dated), None, "{dated:?}");
        }
    }

    #[test]
    fn an_axis_of_any_length_has_few_ticks_inside_the_plot() {
        for (a, b) in [
            ("A@2022-01-08T06:00:00Z", "B@2022-01-08T06:00:00Z"),
            ("A@2022-01-08T06:00:00Z", "B@2022-01-08T07:30:00Z"),
            ("A@2022-01-08T06:00:00Z", "B@2022-01-11T07:30:00Z"),
            ("A@1999-01-01", "B@2029-12-31"),
        ] {
            let drawn = timeline(&[a, b]).unwrap();
            assert!(drawn.ticks.len() <= 5, "{drawn:?}");
            assert!(drawn.ticks.iter().all(|t| (LEFT..=RIGHT).contains(&t.x)), "{drawn:?}");
        }
        let labels = |dated: &[&str]| -> Vec<String> {
            timeline(dated).unwrap().ticks.into_iter().map(|t| t.label).collect()
        };
        let days = labels(&["A@2022-01-08T06:00:00Z", "B@2022-01-11T07:30:00Z"]);
        assert_eq!(days, ["9 Jan", "10 Jan", "11 Jan"]);
        let months = labels(&["A@2021-11-20", "B@2022-03-01"]);
        assert_eq!(months, ["Jan 2022"]);
        assert_eq!(labels(&["A@2015-03-01", "B@2019-05-02", "C@2024-01-01"]), ["2020"]);
        assert_eq!(labels(&["A@2015-03-01", "B@2019-05-02"]), ["2016", "2018"]);
    }

    #[test]
    fn unknown_outlets_have_a_lane_each_and_those_left_out_are_counted_once() {
        let drawn = timeline(&["@2022-01-08", "@2022-01-09", "A@2022-01-10"]).unwrap();
        assert_eq!(drawn.lanes.len(), 3);
        let dated = |n: usize| format!("{}@2022-01-{:02}", n % 18, n + 1);
        let dated: Vec<String> = (0..20).chain([17, 17]).map(dated).collect();
        let drawn = timeline(&dated.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
        assert_eq!(drawn.lanes.last().map(|lane| &*lane.name), Some("2 more"));
    }

    #[test]
    fn names_are_cut_in_code_points() {
        assert_eq!((cut("قناة", 4), cut("قناة", 3)), ("قناة".to_owned(), "قن…".to_owned()));
    }
}
