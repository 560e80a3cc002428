//! What do two articles have in common, and what has only one of them? Both side by side, as wide as
//! the page; on a narrow one, one above the other.
//!
//! What both say is numbered, and what differs in it is marked by more than colour, as on the cards.

mod columns;
mod rows;
mod wording;

use super::article::{Article, Articles};
use super::labels;
use super::screen::{Flow, Page};
use super::text::date;
use crate::claim::{Claim, Difference, Status};
use crate::pipeline::Compared;
use crate::span::ByteSpan;
use ahash::AHashSet;
use anstyle::Style;
use columns::Columns;
use rows::{Carried, Row, Segment, places, rows, segments};
use std::cmp::Reverse;
use std::io::{self, Write};

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const BOTH: Style = Style::new().underline();

/// Writes who the articles are of, what they share, and then both.
pub fn write(compared: &Compared, page: Page, out: &mut dyn Write) -> io::Result<()> {
    let articles = Articles::of(&compared.report);
    let sides = compared.docs.map(|doc| articles.get(doc));
    let columns = Columns::of(page);
    columns.write(&sides.map(|article| heading(article)), out)?;
    writeln!(out)?;
    let shown = Shown { compared, sides };
    let rows = rows(shown.segments(0), shown.segments(1), &shown.compared_occurrences());
    let notes: Vec<_> = rows.iter().map(|row| shown.notes(row)).collect();
    let differing: AHashSet<usize> = notes.iter().flatten().map(|(number, _)| *number).collect();
    found(&compared.report.claims, differing.len()).write(0, 0, page, out)?;
    if [0, 1].into_iter().any(|side| shown.has_verbatim(side)) {
        Flow::default().push(BOTH, "_so_:").push(PLAIN, VERBATIM).write(0, 0, page, out)?;
    }
    for (row, notes) in rows.iter().zip(notes) {
        writeln!(out)?;
        columns.write(&[shown.flows(0, &row.a), shown.flows(1, &row.b)], out)?;
        for (_, note) in notes {
            note.write(0, 4, page, out)?;
        }
    }
    Ok(())
}

const VERBATIM: &str = "in the other too, word for word, but no passage";

/// Outlet, date, headline and place of an article.
fn heading(article: &Article<'_>) -> Vec<Flow> {
    let provenance = article.provenance;
    let outlet = provenance.outlet.as_ref().map_or("unknown outlet", |outlet| &outlet.name);
    let when = article.when().map_or("undated".to_owned(), date);
    let mut first = Flow::default();
    first.push(BOLD, outlet).glue().push(PLAIN, ",").push(PLAIN, &when);
    let title = provenance.title.iter().map(|title| {
        let mut flow = Flow::default();
        flow.push(PLAIN, title);
        flow
    });
    let mut place = Flow::default();
    place.push(DIM, &article.original.document.source.place());
    [first].into_iter().chain(title).chain([place]).collect()
}

/// `5 passages in both, 2 of them only suggested [n?]; 1 differs in meaning`
fn found(claims: &[Claim], n_differing: usize) -> Flow {
    let n_suggested = claims.iter().filter(|claim| claim.status == Status::Suggested).count();
    let mut told = match claims.len() {
        0 => "Nothing is found in both.".to_owned(),
        1 => "1 passage in both".to_owned(),
        n => format!("{n} passages in both"),
    };
    match n_suggested {
        0 => {}
        n => told += &format!(", {n} only suggested [n?]"),
    }
    match n_differing {
        0 => {}
        1 => told += "; 1 differs in meaning",
        n => told += &format!("; {n} differ in meaning"),
    }
    let mut flow = Flow::default();
    flow.push(BOLD, &told);
    flow
}

/// What the other article's occurrences say otherwise than the representative wording. What an
/// article says otherwise than itself is nothing between the two.
fn differences(claim: &Claim) -> impl Iterator<Item = (usize, &Difference)> {
    let doc = claim.occurrences[claim.representative].doc;
    let others = claim.occurrences.iter().enumerate().filter(move |(_, o)| o.doc != doc);
    others.flat_map(|(idx, o)| o.differences.iter().map(move |d| (idx, d)))
}

/// The occurrences in segments, each with whether its wording is the one that is shown.
fn carried(segments: &[Segment]) -> Vec<(Carried, bool)> {
    let carried = segments.iter().flat_map(|segment| match segment {
        Segment::Shared { carried, .. } => &carried[..],
        _ => &[],
    });
    let shown = places(segments);
    carried.map(|own| (*own, shown.contains_key(&(own.number, own.occurrence)))).collect()
}

/// The two articles and what they share.
struct Shown<'c> {
    compared: &'c Compared,
    sides: [&'c Article<'c>; 2],
}

impl Shown<'_> {
    fn claim(&self, number: usize) -> &Claim {
        &self.compared.report.claims[number]
    }

    /// One article in segments.
    fn segments(&self, side: usize) -> Vec<Segment> {
        let doc = self.compared.docs[side];
        let claims = self.compared.report.claims.iter().enumerate();
        let shared = claims.flat_map(|(number, claim)| {
            let own = claim.occurrences.iter().enumerate().filter(|(_, o)| o.doc == doc);
            own.map(move |(occurrence, o)| Carried {
                is_suggested: claim.status == Status::Suggested,
                start: o.span.start,
                end: Reverse(o.span.end),
                number,
                occurrence,
            })
        });
        let article = self.sides[side];
        let paragraphs = &self.compared.paragraphs[side];
        let text = &article.original.document.text;
        segments(text, paragraphs, article.furniture, shared.collect())
    }

    /// Whether anything outside of passages stands in the other article too.
    fn has_verbatim(&self, side: usize) -> bool {
        let text = &self.sides[side].original.document.text;
        self.segments(side).iter().any(|segment| match segment {
            Segment::Own(span) => wording::has_verbatim(text, *span, &self.compared.verbatim[side]),
            _ => false,
        })
    }

    /// Of each claim the occurrences that stand next to each other, of A and of B.
    fn compared_occurrences(&self) -> Vec<[usize; 2]> {
        let of = |claim: &Claim| {
            let own = claim.representative;
            let other = wording::partner(claim).unwrap_or(own);
            match claim.occurrences[own].doc == self.compared.docs[0] {
                true => [own, other],
                false => [other, own],
            }
        };
        self.compared.report.claims.iter().map(of).collect()
    }

    /// Segments as they are shown, a paragraph each.
    fn flows(&self, side: usize, segments: &[Segment]) -> Vec<Flow> {
        segments.iter().map(|segment| self.flow(side, segment)).collect()
    }

    fn flow(&self, side: usize, segment: &Segment) -> Flow {
        let text = &self.sides[side].original.document.text;
        let mut flow = Flow::default();
        match segment {
            Segment::Furniture(span) => drop(flow.push(DIM, "·").push(DIM, span.of(text))),
            Segment::Own(span) => {
                wording::push_own(text, *span, &self.compared.verbatim[side], &mut flow);
            }
            Segment::Shared { carried, span } => {
                for other in carried {
                    flow.push(BOLD, &self.label(other.number));
                }
                let shown = carried[0];
                let claim = self.claim(shown.number);
                wording::push(claim, shown.occurrence, side, *span, text, &mut flow);
            }
        }
        flow
    }

    /// `[3]`, or `[3?]` of what is only suggested.
    fn label(&self, number: usize) -> String {
        let doubt = if self.claim(number).status == Status::Suggested { "?" } else { "" };
        format!("[{}{doubt}]", number + 1)
    }

    /// What the passages of a row say otherwise than the wordings that they are compared with, each
    /// with the number of its claim.
    fn notes(&self, row: &Row) -> Vec<(usize, Flow)> {
        let [a, b] = [&row.a, &row.b].map(|segments| carried(segments));
        let has = |side: &[(Carried, bool)], number| side.iter().any(|(c, _)| c.number == number);
        let told = a.iter().chain(&b).filter(|(own, is_shown)| {
            // Of two passages that both sides have here, the one whose wording is shown tells it.
            *is_shown || !has(&a, own.number) || !has(&b, own.number)
        });
        told.filter_map(|(own, _)| Some((own.number, self.note(own.number, own.occurrence)?)))
            .collect()
    }

    /// `[3] quoted words differ: number: A ‘1.240’, B ‘1.420’; only A has hedge ‘mungkin’`
    fn note(&self, number: usize, occurrence: usize) -> Option<Flow> {
        let claim = self.claim(number);
        let mut flow = Flow::default();
        flow.push(BOLD, &self.label(number));
        let mut is_empty = true;
        for (quoted, heading) in [(true, "quoted words differ:"), (false, "differs in meaning:")] {
            let own =
                differences(claim).filter(|(idx, d)| *idx == occurrence && d.quoted == quoted);
            let told: Vec<String> = own.map(|(idx, d)| self.difference(claim, idx, d)).collect();
            if !told.is_empty() {
                is_empty = false;
                flow.push(BOLD, heading).push(PLAIN, &told.join("; "));
            }
        }
        (!is_empty).then_some(flow)
    }

    fn difference(&self, claim: &Claim, idx: usize, found: &Difference) -> String {
        let side = |occurrence: usize| {
            usize::from(claim.occurrences[occurrence].doc == self.compared.docs[1])
        };
        let words = |span: Option<ByteSpan>, side: usize| {
            let text = &self.sides[side].original.document.text;
            span.map(|span| format!("{} ‘{}’", ["A", "B"][side], span.of(text)))
        };
        let (a, b) = (words(found.a, side(claim.representative)), words(found.b, side(idx)));
        let kind = labels::difference(found.kind);
        let mut told: Vec<String> = a.into_iter().chain(b).collect();
        told.sort_unstable();
        match &told[..] {
            [only] => format!("{kind} only in {only}"),
            both => format!("{kind} {}", both.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests;
