//! How does an article word a claim? Word by word against the wording that stands for the claim,
//! with what changes the meaning told in words.

use super::cells::{grade_key, state};
use super::when;
use super::words::{Words, listed_names};
use crate::claim::{Claim, Difference, DifferenceKind, Edit, Form, Grade, Occurrence, Status};
use crate::provenance::{DateBasis, OutletBasis};
use crate::report::article::{Article, Articles};
use crate::report::independence::with_passage;
use crate::span::ByteSpan;
use serde::Serialize;

/// One article's wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Wording<'r> {
    /// The article's number, from 1.
    pub article: usize,
    /// Whether the page has the article's text.
    pub has_text: bool,
    pub state: &'static str,
    /// What the state is called, or that this is the wording above.
    pub label: &'static str,
    pub is_representative: bool,
    pub is_first: bool,
    pub outlet: &'r str,
    pub outlet_basis: Option<&'static str>,
    pub owner: Option<&'r str>,
    pub title: Option<&'r str>,
    pub author: Option<String>,
    pub published: Option<&'r str>,
    pub when: Option<String>,
    pub date_basis: Option<&'static str>,
    /// A web address, where it is one.
    pub url: Option<&'r str>,
    /// `path:line`
    pub place: String,
    /// Whom it credits, whom it copied, whether it may be a translation.
    pub notes: Vec<String>,
    pub language: Option<&'static str>,
    pub quoted: bool,
    /// Nothing where the words are those above.
    pub parts: Vec<Part<'r>>,
    pub differences: Vec<Told>,
}

/// A run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Part<'r> {
    /// `same`, `removed`, `added`, `replaced`, or where nearly all differs `shared` and `own`.
    pub kind: &'static str,
    /// Only the wording above has it.
    pub old: &'r str,
    pub new: &'r str,
}

/// A difference in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Told {
    pub kind: &'static str,
    pub text: String,
    pub quoted: bool,
}

/// The occurrence of a claim at `idx`.
pub(super) fn of<'r>(
    claim: &'r Claim,
    (idx, first): (usize, Option<usize>),
    articles: &Articles<'r>,
    has_text: &[bool],
    words: &Words,
) -> Wording<'r> {
    let occurrence = &claim.occurrences[idx];
    let article = articles.carrying(occurrence);
    let (document, provenance) = (article.original.document, article.provenance);
    let outlet = provenance.outlet.as_ref();
    let published = provenance.published.as_ref();
    let is_representative = idx == claim.representative;
    let label = if is_representative { "representative" } else { grade_key(occurrence.grade) };
    Wording {
        article: occurrence.doc.idx() + 1,
        has_text: has_text.get(occurrence.doc.idx()).copied().unwrap_or(false),
        state: state(occurrence.grade),
        label: words.get(label),
        is_representative,
        is_first: first == Some(idx),
        outlet: outlet.map_or(words.get("unknown_outlet"), |outlet| &outlet.name),
        outlet_basis: outlet.map(|outlet| words.get(outlet_basis(outlet.basis))),
        owner: provenance.owner.as_deref(),
        title: provenance.title.as_deref(),
        author: provenance.author.as_deref().map(|name| words.fill("by", &[("name", name)])),
        published: article.when(),
        when: article.when().map(|at| when::shown(at, words)),
        date_basis: published.map(|published| words.get(date_basis(published.basis))),
        url: provenance.url.as_deref().filter(|url| is_web_address(url)),
        place: article.original.place(occurrence.span),
        notes: notes(occurrence, claim, articles, words),
        language: article.language,
        quoted: occurrence.form == Form::Direct,
        parts: match is_representative || occurrence.grade == Grade::Identical {
            true => Vec::new(),
            false => parts(claim.status, occurrence, &document.text),
        },
        differences: differences(claim, occurrence, articles, words),
    }
}

/// Whether a link to it does no more than open a page: a record may hold any text as its URL.
fn is_web_address(url: &str) -> bool {
    let scheme = url.split("://").next().unwrap_or("");
    scheme.len() < url.len() && ["http", "https"].iter().any(|s| scheme.eq_ignore_ascii_case(s))
}

fn notes(
    occurrence: &Occurrence,
    claim: &Claim,
    articles: &Articles<'_>,
    words: &Words,
) -> Vec<String> {
    let here: Vec<&str> = with_passage(occurrence).collect();
    let (key, credited) = match here.is_empty() {
        true => ("article_credits", occurrence.agencies.iter().map(|c| c.name.as_str()).collect()),
        false => ("credits", here),
    };
    let mut names: Vec<&str> = Vec::new();
    for name in credited {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let credits = (!names.is_empty()).then(|| words.fill(key, &[("names", &listed_names(&names))]));
    let copied = occurrence.copied_from.as_ref().and_then(|from| {
        let article = articles.carrying(claim.occurrences.get(from.occurrence)?);
        let name = &article.provenance.outlet.as_ref()?.name;
        Some(words.fill("copied", &[("name", name)]))
    });
    let translation = occurrence.translation_suggested.then(|| words.get("translation").to_owned());
    let decided = occurrence.decided.then(|| words.get("joined_by_decision").to_owned());
    credits.into_iter().chain(copied).chain(translation).chain(decided).collect()
}

/// The words of an occurrence beside those of the representative.
fn parts<'r>(status: Status, occurrence: &'r Occurrence, text: &'r str) -> Vec<Part<'r>> {
    let part = |kind, old, new| Part { kind, old, new };
    if occurrence.edits.is_empty() {
        return vec![part("own", "", occurrence.span.of(text))];
    }
    let mut parts: Vec<Part<'r>> = Vec::new();
    for edit in &occurrence.edits {
        let last = parts.last_mut();
        match (edit, last) {
            (Edit::Same(new), _) => parts.push(part("same", "", new)),
            (Edit::Added(new), Some(last)) if last.kind == "removed" => {
                *last = part("replaced", last.old, new);
            }
            (Edit::Removed(old), Some(last)) if last.kind == "added" => {
                *last = part("replaced", old, last.new);
            }
            (Edit::Added(new), _) => parts.push(part("added", "", new)),
            (Edit::Removed(old), _) => parts.push(part("removed", old, "")),
        }
    }
    match status {
        Status::Confirmed if !occurrence.decided => parts,
        _ => own_words(&parts),
    }
}

/// The occurrence's words alone, those that it shares told apart: where nearly all differs, marks
/// hide the words.
fn own_words<'r>(parts: &[Part<'r>]) -> Vec<Part<'r>> {
    let own = parts.iter().filter(|part| !part.new.is_empty());
    let kind = |part: &Part<'r>| if part.kind == "same" { "shared" } else { "own" };
    own.map(|part| Part { kind: kind(part), old: "", new: part.new }).collect()
}

fn differences(
    claim: &Claim,
    occurrence: &Occurrence,
    articles: &Articles<'_>,
    words: &Words,
) -> Vec<Told> {
    let representative = articles.carrying(&claim.occurrences[claim.representative]);
    let article = articles.carrying(occurrence);
    occurrence.differences.iter().map(|d| told(d, representative, article, words)).collect()
}

fn told(found: &Difference, a: &Article<'_>, b: &Article<'_>, words: &Words) -> Told {
    let text = |span: Option<ByteSpan>, article: &Article<'_>| {
        span.map(|span| format!("‘{}’", span.of(&article.original.document.text)))
    };
    let key = match (found.a, found.b) {
        (Some(_), Some(_)) => "instead",
        (Some(_), None) => "without",
        (None, _) => "with",
    };
    let (a, b) = (text(found.a, a).unwrap_or_default(), text(found.b, b).unwrap_or_default());
    Told {
        kind: words.get(difference_key(found.kind)),
        text: words.fill(key, &[("a", &a), ("b", &b)]),
        quoted: found.quoted,
    }
}

/// The key of what a difference is about.
pub(super) fn difference_key(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Number => "diff_number",
        DifferenceKind::Date => "diff_date",
        DifferenceKind::Negation => "diff_negation",
        DifferenceKind::Name => "diff_name",
        DifferenceKind::Hedge => "diff_hedge",
        DifferenceKind::Intensifier => "diff_intensifier",
        DifferenceKind::Attribution => "diff_attribution",
    }
}

fn outlet_basis(basis: OutletBasis) -> &'static str {
    match basis {
        OutletBasis::Field => "outlet_record",
        OutletBasis::Url => "outlet_url",
        OutletBasis::Masthead => "outlet_masthead",
        OutletBasis::Dateline => "outlet_dateline",
        OutletBasis::FileName => "outlet_file",
        OutletBasis::Imprint => "outlet_imprint",
    }
}

/// The key of where a date was read.
pub(super) fn date_basis(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Field => "basis_record",
        DateBasis::Url => "basis_url",
        DateBasis::Masthead => "basis_masthead",
        DateBasis::Dateline => "basis_dateline",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::words::Language;
    use crate::report::samples;

    fn wordings(claim: usize) -> Vec<String> {
        let report = samples::blinken();
        let articles = Articles::of(&report);
        let words = Words::of(Language::English);
        let claim = &report.claims[claim];
        let of = |idx| of(claim, (idx, Some(0)), &articles, &[true; 4], &words);
        let shown = |w: Wording<'_>| {
            let parts = w.parts.iter().map(|p| format!(" {}[{}|{}]", p.kind, p.old, p.new));
            let told = w.differences.iter().map(|d| format!(" {}: {}", d.kind, d.text));
            let rest: String = parts.chain(told).collect();
            format!("{} {} {}{rest}", w.outlet, w.label, w.notes.join(", "))
        };
        (0..claim.occurrences.len()).map(|idx| shown(of(idx))).collect()
    }

    #[test]
    fn word_by_word_where_a_claim_is_confirmed() {
        assert_eq!(
            wordings(0),
            [
                "Kabar.example the wording above article credits AFP",
                "Warta.example edited maybe a translation of its own removed[saya pikir satu|] \
                 same[|Pelajaran] replaced[dalam|dari] same[|sejarah baru-baru ini adalah] \
                 added[|bahwa] same[|begitu] removed[orang|] same[|Rusia berada di rumah Anda, \
                 terkadang] removed[sangat|] same[|sulit untuk membuat mereka pergi,] hedge: \
                 without ‘saya pikir’ intensifier: without ‘sangat’",
                "Berita.example the same words ",
            ]
        );
    }

    #[test]
    fn its_own_words_where_it_is_suggested() {
        assert_eq!(
            wordings(1)[1],
            "Unknown outlet reworded  own[|Tentara dari luar sudah] shared[|di Almaty]"
        );
    }

    #[test]
    fn only_the_web_is_linked() {
        for (url, expect) in [
            ("https://kabar.example/1", true),
            ("HTTP://kabar.example", true),
            ("javascript:alert(1)", false),
            ("javascript://kabar.example/%0aalert(1)", false),
            ("data:text/html,x", false),
            ("//kabar.example", false),
            ("https", false),
            ("", false),
        ] {
            assert_eq!(is_web_address(url), expect, "{url}");
        }
    }
}
