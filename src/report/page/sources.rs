//! How independent are the articles of a claim? The sentence of a card, and its reasons.

use super::words::{Words, count};
use crate::claim::{Claim, IndependentLines, Link, LinkKind, Strength};
use crate::report::article::Articles;
use crate::report::independence::{Standing, standing};

/// Reasons of one strength that a card gives at most.
const REASONS: usize = 6;

/// `2 outlets, 1 owner, 1 agency: at most 1 independent line`, then what surely and what maybe joins
/// them; nothing where it was not looked for.
pub(super) fn told(claim: &Claim, articles: &Articles<'_>, words: &Words) -> Vec<String> {
    let Some(lines) = &claim.lines else { return Vec::new() };
    let mut told = vec![sentence(lines, &standing(claim, articles), words)];
    let strengths = [(Strength::Proven, "surely"), (Strength::Possible, "maybe")];
    told.extend(strengths.into_iter().filter_map(|(strength, key)| {
        let reasons = reasons(lines, strength, words);
        (!reasons.is_empty()).then(|| words.fill(key, &[("reasons", &reasons.join("; "))]))
    }));
    told
}

/// `2 outlets, 1 owner, 1 agency: at most 1 independent line`
fn sentence(lines: &IndependentLines, standing: &Standing, words: &Words) -> String {
    let most = count!(words, lines.upper, "n_lines");
    let behind = behind(standing, words);
    let key = if lines.lower == lines.upper { "lines" } else { "lines_maybe" };
    let lower = words.number(lines.lower);
    words.fill(key, &[("behind", &behind), ("lines", &most), ("lower", &lower)])
}

/// `2 outlets, 1 owner, 1 agency`
fn behind(standing: &Standing, words: &Words) -> String {
    let parts = [
        (standing.n_outlets, count!(words, standing.n_outlets, "n_outlets")),
        (standing.n_unknown_outlets, count!(words, standing.n_unknown_outlets, "n_unknown")),
        (standing.n_owners, count!(words, standing.n_owners, "n_owners")),
        (standing.n_agencies, count!(words, standing.n_agencies, "n_agencies")),
    ];
    let parts = parts.into_iter().filter(|(n, _)| *n != 0).map(|(_, told)| told);
    parts.collect::<Vec<_>>().join(", ")
}

fn reasons(lines: &IndependentLines, strength: Strength, words: &Words) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    for link in lines.because.iter().filter(|link| link.strength == strength) {
        let reason = reason(link, words);
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let n_more = reasons.len().saturating_sub(REASONS);
    reasons.truncate(REASONS);
    reasons.extend((n_more != 0).then(|| count!(words, n_more, "n_more")));
    reasons
}

fn reason(link: &Link, words: &Words) -> String {
    let name = link.name.as_deref().unwrap_or(words.get("an_outlet"));
    let key = match link.kind {
        LinkKind::Duplicate => "link_duplicate",
        LinkKind::Outlet => "link_outlet",
        LinkKind::Owner => "link_owner",
        LinkKind::Credit => "link_credit",
        LinkKind::Agency => "link_agency",
        LinkKind::SharedText => "link_shared",
        LinkKind::Unknown => "link_unknown",
    };
    words.fill(key, &[("name", name), ("n", &words.number(link.n_words))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::words::Language;
    use crate::report::samples::report_of;

    #[test]
    fn in_plain_words() {
        let link = |strength, kind, name: &str| Link {
            a: 0,
            b: 1,
            strength,
            kind,
            name: (!name.is_empty()).then(|| name.to_owned()),
            n_words: 12,
            spans: Vec::new(),
        };
        let mut report = report_of(&["A@", "B@"]);
        for provenance in &mut report.provenance {
            provenance.owner = Some("Pelita Grup".to_owned());
        }
        let english = Words::of(Language::English);
        let told_of = |report: &_, words: &Words| {
            let articles = Articles::of(report);
            told(&report.claims[0], &articles, words)
        };
        assert_eq!(told_of(&report, &english), [""; 0]);
        let because = vec![
            link(Strength::Proven, LinkKind::Owner, "Pelita Grup"),
            link(Strength::Proven, LinkKind::Owner, "Pelita Grup"),
            link(Strength::Possible, LinkKind::SharedText, ""),
        ];
        report.claims[0].lines = Some(IndependentLines { lower: 1, upper: 1, because });
        let expect = [
            "2 outlets, 1 owner: at most 1 independent line",
            "Surely not independent: outlets of Pelita Grup.",
            "Maybe not independent: 12 words in a row shared.",
        ];
        assert_eq!(told_of(&report, &english), expect);
        report.claims[0].lines = Some(IndependentLines { lower: 1, upper: 2, because: Vec::new() });
        let indonesian = Words::of(Language::Indonesian);
        let expect = ["2 media, 1 pemilik: paling banyak 2 jalur independen, mungkin 1"];
        assert_eq!(told_of(&report, &indonesian), expect);
    }
}
