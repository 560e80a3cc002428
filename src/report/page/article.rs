//! How is an article shown? Line by line, with the claims marked in it and the site's furniture
//! told apart.

use super::outlets::Outlets;
use super::timeline::cut;
use super::when;
use super::words::{Words, count};
use crate::claim::ClaimReport;
use crate::document::DocId;
use crate::report::article::{Article, Articles};
use crate::span::ByteSpan;
use serde::Serialize;
use std::cmp::Reverse;

/// Code points of a heading at most.
const HEADING_CHARS: usize = 140;

/// An article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ArticleView<'r> {
    /// From 1.
    pub number: usize,
    pub outlet: &'r str,
    pub owner: Option<&'r str>,
    /// Its title, else how its text begins.
    pub heading: String,
    pub author: Option<String>,
    pub when: Option<String>,
    pub place: String,
    pub n_claims: String,
    pub language: Option<&'static str>,
    pub lines: Vec<Line<'r>>,
}

/// A line of an article that is not blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Line<'r> {
    pub is_furniture: bool,
    pub parts: Vec<Part<'r>>,
}

/// A run of text, of a claim or of none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Part<'r> {
    pub text: &'r str,
    /// The id of the claim that it leads to: the first of those that it is of.
    pub link: Option<&'r str>,
    /// The numbers of all claims that it is of, with spaces between.
    pub claims: String,
    /// The numbers of those that begin here, which links lead to.
    pub begin: Vec<usize>,
}

/// Where a claim stands in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ClaimMark<'r> {
    pub span: ByteSpan,
    pub number: usize,
    pub id: &'r str,
}

/// Where the first `n_claims` claims stand, by article, those of the first claim first.
pub(super) fn marks(report: &ClaimReport, n_claims: usize) -> Vec<Vec<ClaimMark<'_>>> {
    let mut marks = vec![Vec::new(); report.documents.len()];
    for (number, claim) in (1..).zip(report.claims.iter().take(n_claims)) {
        for occurrence in &claim.occurrences {
            let mark = ClaimMark { span: occurrence.span, number, id: &claim.id };
            marks[occurrence.doc.idx()].push(mark);
        }
    }
    marks
}

/// Which articles' texts fit `max_bytes` together, those with most claims first, none without.
pub(super) fn that_fit(report: &ClaimReport, max_bytes: usize) -> Vec<bool> {
    let mut n_claims = vec![0_usize; report.documents.len()];
    let occurrences = report.claims.iter().flat_map(|claim| &claim.occurrences);
    occurrences.for_each(|occurrence| n_claims[occurrence.doc.idx()] += 1);
    let mut by_claims: Vec<usize> = (0..n_claims.len()).filter(|&doc| n_claims[doc] != 0).collect();
    by_claims.sort_by_key(|&doc| (Reverse(n_claims[doc]), doc));
    let mut fits = vec![false; n_claims.len()];
    let mut n_bytes = 0_usize;
    for doc in by_claims {
        let with = n_bytes.saturating_add(report.documents[doc].text.len());
        if with <= max_bytes {
            (n_bytes, fits[doc]) = (with, true);
        }
    }
    fits
}

/// The articles in the order that they are shown in: by outlet, as in the table, then by date.
pub(super) fn order(articles: &Articles<'_>, outlets: &Outlets) -> Vec<DocId> {
    let mut all: Vec<u32> = (0..articles.len() as u32).collect();
    all.sort_by_key(|&doc| {
        let article = articles.get(DocId(doc));
        (outlets.idx(article), article.when().is_none(), article.when(), doc)
    });
    all.into_iter().map(DocId).collect()
}

/// The article of that id.
pub(super) fn of<'r>(
    doc: DocId,
    article: &Article<'r>,
    marks: &[ClaimMark<'r>],
    words: &Words,
) -> ArticleView<'r> {
    let (text, provenance) = (article.original.document.text.as_str(), article.provenance);
    let outlet = provenance.outlet.as_ref();
    let mut numbers: Vec<usize> = marks.iter().map(|mark| mark.number).collect();
    numbers.dedup();
    ArticleView {
        number: doc.idx() + 1,
        outlet: outlet.map_or(words.get("unknown_outlet"), |outlet| &outlet.name),
        owner: provenance.owner.as_deref(),
        heading: cut(provenance.title.as_deref().unwrap_or(text.trim_start()), HEADING_CHARS),
        author: provenance.author.as_deref().map(|name| words.fill("by", &[("name", name)])),
        when: article.when().map(|at| when::shown(at, words)),
        place: article.original.document.source.place(),
        n_claims: count!(words, numbers.len(), "n_claims"),
        language: article.language,
        lines: lines(text, marks, article.furniture),
    }
}

fn lines<'r>(text: &'r str, marks: &[ClaimMark<'r>], furniture: &[ByteSpan]) -> Vec<Line<'r>> {
    let mut begun = Vec::new();
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let lead = line.len() - line.trim_start().len();
        let span =
            ByteSpan::new(start + lead.min(line.trim_end().len()), start + line.trim_end().len());
        start += line.len();
        if !span.is_empty() {
            let is_furniture = furniture.iter().any(|block| block.contains(span));
            lines.push(Line { is_furniture, parts: parts(text, span, marks, &mut begun) });
        }
    }
    lines
}

/// The line cut where claims begin and end; where several overlap it leads to the first.
fn parts<'r>(
    text: &'r str,
    line: ByteSpan,
    marks: &[ClaimMark<'r>],
    begun: &mut Vec<usize>,
) -> Vec<Part<'r>> {
    let here: Vec<&ClaimMark<'r>> = marks.iter().filter(|m| 0 < m.span.overlap(line)).collect();
    let ends = here.iter().flat_map(|mark| [mark.span.start, mark.span.end]);
    let inside = ends.filter(|&at| line.start < at && at < line.end);
    let mut cuts: Vec<u32> = inside.chain([line.start, line.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let part = |cut: &[u32]| {
        let span = ByteSpan { start: cut[0], end: cut[1] };
        let marks = || here.iter().filter(|mark| mark.span.contains(span));
        let mut numbers: Vec<usize> = marks().map(|mark| mark.number).collect();
        numbers.dedup();
        let claims = numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
        numbers.retain(|number| !begun.contains(number));
        begun.extend(&numbers);
        let link = marks().next().map(|mark| mark.id);
        Part { text: span.of(text), link, claims, begin: numbers }
    };
    cuts.windows(2).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::words::Language;
    use crate::report::samples;
    use proptest::prelude::*;

    fn mark(start: usize, end: usize, number: usize) -> ClaimMark<'static> {
        ClaimMark { span: ByteSpan::new(start, end), number, id: "id" }
    }

    fn shown(lines: &[Line<'_>]) -> Vec<String> {
        let part = |p: &Part<'_>| match p.link {
            Some(_) => {
                let begin: String = p.begin.iter().map(|number| format!("+{number}")).collect();
                format!("[{}{begin}:{}]", p.claims, p.text)
            }
            None => p.text.to_owned(),
        };
        let line = |l: &Line<'_>| -> String {
            let furniture = if l.is_furniture { "# " } else { "" };
            std::iter::once(furniture.to_owned()).chain(l.parts.iter().map(part)).collect()
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn claims_are_marked_across_lines_and_each_has_a_place_that_links_lead_to() {
        let text = "Bagikan\r\n\n  Satu dua tiga.\nEmpat lima.";
        let found = lines(
            text,
            &[mark(17, 26, 1), mark(12, 21, 2), mark(17, 20, 3), mark(21, 32, 4)],
            &[ByteSpan::new(0, 7)],
        );
        let expect =
            ["# Bagikan", "[2+2:Satu ][1 2 3+1+3:dua][1 2: ][1 4+4:tiga.]", "[4:Empat] lima."];
        assert_eq!(shown(&found), expect);
    }

    #[test]
    fn who_has_most_claims_is_shown_while_there_is_room() {
        let report = samples::blinken();
        let sizes: Vec<usize> = report.documents.iter().map(|d| d.text.len()).collect();
        assert_eq!(that_fit(&report, usize::MAX), [true; 4]);
        assert_eq!(that_fit(&report, sizes[1]), [false, true, false, false]);
        assert_eq!(that_fit(&report, sizes[1] + sizes[3]), [false, true, false, true]);
        assert_eq!(that_fit(&report, 0), [false; 4]);
        assert_eq!(marks(&report, 1).iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 0]);
    }

    #[test]
    fn by_outlet_then_by_date() {
        let report = samples::report_of(&["B@", "A@2022-01-09", "B@2022-01-08", "A@2022-01-08"]);
        let words = Words::of(Language::English);
        let (articles, outlets) = (Articles::of(&report), Outlets::of(&report, &words));
        assert_eq!(order(&articles, &outlets), [3, 1, 2, 0].map(DocId));
    }

    proptest! {
        #[test]
        fn nothing_but_blank_is_lost(
            text in "[a é\n\r]{0,60}",
            spans in proptest::collection::vec((0..60usize, 0..60usize), 0..6),
        ) {
            let at = |n: usize| {
                let n = n.min(text.len());
                (0..=n).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
            };
            let marks: Vec<ClaimMark<'_>> = (1..)
                .zip(&spans)
                .map(|(number, &(a, b))| mark(at(a.min(b)), at(a.max(b)), number))
                .collect();
            let found = lines(&text, &marks, &[]);
            let told: String = found.iter().flat_map(|l| &l.parts).map(|p| p.text).collect();
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&told), bare(&text));
        }
    }
}
