//! How is an explanation read? Stage by stage, the outcome first: each value beside the threshold
//! that it is held against, and FAILED where it does not reach it.

use crate::align::credit;
use crate::candidate::reasons::Reasons;
use crate::condition::{Bound, Condition};
use crate::document::Source;
use crate::fixed::Milli;
use crate::judge::rule::{WAYS, Way};
use crate::judge::{Conflict, ConflictKind, Status};
use crate::pipeline::{ClaimRef, Explained, Outcome, PairExplained, Side, WordExplained};
use crate::report::labels;
use crate::report::screen::escape_line;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Writes the explanation; `is_whole` tells whether the batch is more than the passages' documents.
pub fn write(explained: &Explained, is_whole: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", verdict(explained))?;
    write_passages(explained, is_whole, out)?;
    let Some(pair) = &explained.pair else { return Ok(()) };
    write_candidate(&pair.reasons, &pair.words, out)?;
    write_story(pair, out)?;
    write_alignment(pair, out)?;
    write_judgement(pair, out)?;
    write_partner(pair, out)?;
    write_claim(pair, out)
}

fn verdict(explained: &Explained) -> String {
    let Some(pair) = &explained.pair else {
        return "neither confirmed nor suggested: a passage has no unit of comparison".to_owned();
    };
    match pair.outcome {
        Outcome::Joined(Status::Confirmed) => "confirmed: both are in one claim".to_owned(),
        Outcome::Joined(Status::Suggested) => {
            let missed = failed(pair, |way| way.status == Status::Confirmed);
            format!("suggested: both are in one claim; confirmed failed by {missed}")
        }
        Outcome::Joined(Status::Decided) => "decided: both are in one claim".to_owned(),
        Outcome::NotProposed => {
            "neither confirmed nor suggested: alike enough, but no candidate".to_owned()
        }
        Outcome::Unlike => {
            format!("neither confirmed nor suggested: failed by {}", failed(pair, |_| true))
        }
        Outcome::Displaced => {
            "neither confirmed nor suggested: each side has a better partner".to_owned()
        }
        Outcome::Apart => "a match, but in no claim together".to_owned(),
    }
}

/// What the pair misses of the way that it misses least of, among some; nothing where a claim of
/// others joined it.
fn failed(pair: &PairExplained, among: impl Fn(&&Way) -> bool) -> String {
    let figures = &pair.explanation.measured.figures;
    let missed = |way: &Way| -> Vec<&str> {
        way.conditions(figures).filter(|c| !c.holds()).map(|c| c.name).collect()
    };
    let fewest = WAYS.iter().filter(among).map(missed).min_by_key(Vec::len).unwrap_or_default();
    if fewest.is_empty() { "nothing".to_owned() } else { fewest.join(", ") }
}

fn write_passages(explained: &Explained, is_whole: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\npassages")?;
    for (name, side) in ["A", "B"].into_iter().zip(&explained.sides) {
        write_side(name, side, out)?;
    }
    if let [chosen, others @ ..] = &explained.choices[..]
        && !others.is_empty()
    {
        let [a, b] = chosen.units.map(|unit| unit + 1);
        let n = others.len() + 1;
        writeln!(out, "  of {n} pairs of units, what follows is of the likest: A {a} and B {b}")?;
    }
    let articles = if explained.n_documents == 1 { "article" } else { "articles" };
    write!(out, "  weights and stories are those of {} {articles}", explained.n_documents)?;
    if is_whole {
        return writeln!(out);
    }
    writeln!(out, ";\n  those of a run over more may differ: name its articles with --among")
}

fn write_side(name: &str, side: &Side, out: &mut dyn Write) -> io::Result<()> {
    let place = side.document.source.place();
    let language = side.language.unwrap_or("not told");
    let (start, end) = (side.span.start, side.span.end);
    writeln!(out, "  {name}  {}:{start}..{end}, language {language}", escape_line(&place))?;
    if side.is_furniture {
        writeln!(out, "     FAILED: the paragraph is labelled site furniture")?;
    } else if side.units.is_empty() {
        writeln!(out, "     FAILED: in no sentence or quotation that is long enough to compare")?;
    }
    for (number, unit) in side.units.iter().enumerate() {
        let (kind, span) = (labels::kind(unit.kind), unit.span);
        let text = escape_line(span.of(&side.document.text)).into_owned();
        writeln!(out, "     {} {kind} {}..{}: {text}", number + 1, span.start, span.end)?;
        if unit.n_places > 1 {
            writeln!(out, "       the same words stand in {} places", unit.n_places)?;
        }
    }
    for word in &side.glued {
        let of =
            |span: &crate::span::ByteSpan| escape_line(span.of(&side.document.text)).into_owned();
        let parts: Vec<String> = word.parts.iter().map(of).collect();
        writeln!(out, "     taken apart: {} = {}", of(&word.span), parts.join(" + "))?;
    }
    Ok(())
}

fn write_candidate(
    reasons: &Reasons,
    words: &[Vec<WordExplained>; 2],
    out: &mut dyn Write,
) -> io::Result<()> {
    let written = |at: std::ops::Range<usize>| {
        let words = words[0].get(at).unwrap_or_default().iter();
        words.map(|w| escape_line(&w.text).into_owned()).collect::<Vec<_>>().join(" ")
    };
    writeln!(out, "\ncandidate: {}", if reasons.propose() { "yes" } else { "no" })?;
    if !reasons.in_different_documents {
        writeln!(out, "  FAILED: both stand in one document alone")?;
    }
    if reasons.is_one_wording {
        writeln!(out, "  the same words in the same order: proposed as such")?;
    }
    writeln!(out, "  repeated runs of words: {}", proposes(reasons.by_runs()))?;
    for run in &reasons.runs {
        let conditions: Vec<String> = run.conditions.iter().map(condition).collect();
        writeln!(out, "    {}: {}", written(run.words.clone()), conditions.join("; "))?;
    }
    let spelling = &reasons.spelling;
    writeln!(out, "  alike spelling: {}", proposes(reasons.by_spelling()))?;
    writeln!(out, "    {}", condition(&spelling.condition))?;
    if spelling.n_crowded_bands > 0 {
        writeln!(out, "    {} more are too common to propose it", spelling.n_crowded_bands)?;
    }
    writeln!(
        out,
        "    char5_jaccard {}: shares a band with probability {}",
        decimal(spelling.char5_jaccard),
        decimal(spelling.recall)
    )?;
    writeln!(out, "  shared rare words: {}", proposes(reasons.by_rare_words()))?;
    reasons.rare.iter().try_for_each(|c| writeln!(out, "    {}", condition(c)))?;
    for stem in &reasons.stems {
        let why = if stem.is_rare.holds() {
            String::new()
        } else {
            format!(": {}", condition(&stem.is_rare))
        };
        writeln!(out, "    {} {}{why}", written(stem.at..stem.at + 1), decimal(stem.weight))?;
    }
    Ok(())
}

fn proposes(yes: bool) -> &'static str {
    if yes { "propose it" } else { "FAILED" }
}

fn write_story(pair: &PairExplained, out: &mut dyn Write) -> io::Result<()> {
    let link = &pair.link;
    writeln!(out, "\nstory: {}", if link.is_linked { "one" } else { "not one" })?;
    let [a, b] = pair.story_of.each_ref().map(Source::place);
    writeln!(out, "  {} and {}", escape_line(&a), escape_line(&b))?;
    if link.is_copy {
        writeln!(out, "  one is a copy of the other")?;
    } else {
        writeln!(out, "  {}", condition(&link.condition))?;
    }
    if link.is_linked && !link.is_beyond {
        writeln!(out, "  nothing but what these two passages say links them")?;
    }
    if pair.other_events {
        writeln!(out, "  their numbers tell of two events: judged as if nothing linked them")?;
    }
    if link.n_common > 0 {
        writeln!(out, "  {} more are in too many articles to count", link.n_common)?;
    }
    writeln!(out, "  searched among {} pairs of words", link.n_searched)
}

fn write_alignment(pair: &PairExplained, out: &mut dyn Write) -> io::Result<()> {
    let measured = &pair.explanation.measured;
    writeln!(out, "\nalignment, with weights in nats; words joined by │ are one phrase")?;
    let width = |side: usize| pair.words[side].iter().map(|w| w.text.width()).max().unwrap_or(0);
    let widths = [width(0), width(1)];
    let blank = |side: usize| " ".repeat(widths[side] + 9);
    let (mut i, mut j) = (0, 0);
    let ends = [(pair.words[0].len() as u32, pair.words[1].len() as u32)];
    for &(p, q) in measured.alignment.pairs.iter().chain(&ends) {
        for at in i..(p as usize).max(i) {
            writeln!(out, "  - {}", cell(&pair.words[0], at, widths[0]))?;
        }
        for at in j..(q as usize).max(j) {
            writeln!(out, "  + {}  {}", blank(0), cell(&pair.words[1], at, widths[1]))?;
        }
        (i, j) = ((p as usize + 1).max(i), (q as usize + 1).max(j));
        if let (Some(a), Some(b)) =
            (pair.explanation.a.get(p as usize), pair.explanation.b.get(q as usize))
        {
            let sign = if a.word == b.word { '=' } else { '~' };
            let (a_cell, b_cell) = (
                cell(&pair.words[0], p as usize, widths[0]),
                cell(&pair.words[1], q as usize, widths[1]),
            );
            let credit = decimal(Milli(credit(a, b).into()));
            writeln!(out, "  {sign} {a_cell}  {b_cell}  {credit:>6}")?;
        }
    }
    for conflict in &measured.conflicts {
        writeln!(out, "  conflict: {}", conflict_line(conflict, &pair.words))?;
    }
    let score = decimal(Milli(measured.alignment.score));
    writeln!(out, "  score {score}, less conflicts {}", decimal(measured.mass))?;
    writeln!(out, "  shared in any order {}", decimal(measured.shared_mass))
}

/// A word with its weight, and a bar where it continues a phrase or goes on in one.
fn cell(words: &[WordExplained], at: usize, width: usize) -> String {
    let word = &words[at];
    let same = |other: Option<&WordExplained>| other.is_some_and(|o| o.phrase == word.phrase);
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    let bar = if same(before) || same(words.get(at + 1)) { '│' } else { ' ' };
    let text = escape_line(&word.text);
    let pad = " ".repeat(width.saturating_sub(text.width()));
    format!("{bar}{text}{pad} {:>7}", decimal(word.weight))
}

fn conflict_line(conflict: &Conflict, words: &[Vec<WordExplained>; 2]) -> String {
    let of = |side: usize, at: &std::ops::Range<usize>| {
        let words = words[side].get(at.clone()).unwrap_or_default().iter();
        words.map(|w| escape_line(&w.text).into_owned()).collect::<Vec<_>>().join(" ")
    };
    let kind = match conflict.kind {
        ConflictKind::Name => "names",
        ConflictKind::Number => "numbers",
    };
    let (a, b) = (of(0, &conflict.a), of(1, &conflict.b));
    format!("{kind} differ, “{a}” and “{b}”, which costs {}", decimal(conflict.cost))
}

fn write_judgement(pair: &PairExplained, out: &mut dyn Write) -> io::Result<()> {
    let figures = &pair.explanation.measured.figures;
    writeln!(out, "\njudgement, the first way that is open decides")?;
    for way in &WAYS {
        let open = if way.is_open(figures) { "open" } else { "FAILED" };
        writeln!(out, "  {}, as it {}: {open}", labels::status(way.status), way.name)?;
        for c in way.conditions(figures) {
            writeln!(out, "    {}", condition(&c))?;
        }
    }
    Ok(())
}

fn write_partner(pair: &PairExplained, out: &mut dyn Write) -> io::Result<()> {
    let displaced = pair.better.iter().all(Option::is_some);
    writeln!(out, "\npartner: {}", if displaced { "FAILED" } else { "none better for both" })?;
    for (name, better) in ["A", "B"].into_iter().zip(&pair.better) {
        let Some(better) = better else { continue };
        writeln!(
            out,
            "  {name} agrees more with {} ({}, {}): {}",
            escape_line(&better.source.place()),
            labels::status(better.status),
            decimal(better.strength),
            escape_line(&better.text)
        )?;
    }
    Ok(())
}

fn write_claim(pair: &PairExplained, out: &mut dyn Write) -> io::Result<()> {
    let joined = if pair.together.is_empty() { "none has both" } else { "one has both" };
    writeln!(out, "\nclaim: {joined}")?;
    let of_both = pair.together.iter().map(|claim| ("both", claim));
    let of_one = |who, side: usize| pair.apart[side].iter().map(move |claim| (who, claim));
    for (who, claim) in of_both.chain(of_one("A", 0)).chain(of_one("B", 1)) {
        let ClaimRef { id, status, n_outlets, text } = claim;
        let (status, text) = (labels::status(*status), escape_line(text));
        writeln!(out, "  {who} in {id}, {status}, outlets: {n_outlets}: {text}")?;
    }
    Ok(())
}

/// "ratio .83, at least .5", and FAILED where it does not hold.
fn condition(c: &Condition) -> String {
    let bound = match c.bound {
        Bound::AtLeast(least) => format!("at least {}", decimal(least)),
        Bound::AtMost(most) => format!("at most {}", decimal(most)),
    };
    let failed = if c.holds() { "" } else { " FAILED" };
    format!("{} {}, {bound}{failed}", c.name, decimal(c.value))
}

/// A number in thousandths as a decimal, without zeros at its end.
fn decimal(value: Milli) -> String {
    let sign = if value.0 < 0 { "-" } else { "" };
    let (whole, rest) = (value.0.abs() / 1000, value.0.abs() % 1000);
    let shown = format!("{sign}{whole}.{rest:03}");
    shown.trim_end_matches('0').trim_end_matches('.').to_owned()
}
