//! What does a reader need to know of how independent the articles of a claim are? Who stands behind
//! them, how many lines that makes at most, and what joins them.

use super::article::Articles;
use super::facts;
use super::screen::Flow;
use crate::claim::{Claim, IndependentLines, Link, LinkKind, Occurrence, Strength};
use crate::provenance::outlet_key;
use anstyle::Style;
use std::collections::BTreeSet;

const PLAIN: Style = Style::new();
const DIM: Style = Style::new().dimmed();
/// Reasons of one strength that a card gives at most.
const REASONS: usize = 4;

/// `2 outlets, 1 owner, 1 agency: at most 1 independent line (AFP credited by both)`
pub(super) fn lines(claim: &Claim, articles: &Articles<'_>) -> Option<Flow> {
    let lines = claim.lines.as_ref()?;
    let mut flow = Flow::default();
    flow.push(PLAIN, &behind(claim, articles)).glue().push(PLAIN, ":");
    flow.push(PLAIN, &at_most(lines));
    let reasons = reasons(lines);
    if !reasons.is_empty() {
        flow.push(DIM, &format!("({reasons})"));
    }
    Some(flow)
}

/// `omitted by: Kabar Sagara, Tinta Timur`
pub(super) fn omitted(claim: &Claim) -> Option<Flow> {
    let outlets: Vec<&str> = claim.omitted_by.iter().map(|o| o.outlet.as_str()).collect();
    let mut flow = Flow::default();
    flow.push(PLAIN, &format!("omitted by: {}", outlets.join(", ")));
    (!outlets.is_empty()).then_some(flow)
}

/// `copied from Kabar Sagara`
pub(super) fn copied(
    occurrence: &Occurrence,
    claim: &Claim,
    articles: &Articles<'_>,
) -> Option<String> {
    let from = &claim.occurrences[occurrence.copied_from.as_ref()?.occurrence];
    let outlet = articles.carrying(from).provenance.outlet.as_ref()?;
    Some(format!("copied from {}", outlet.name))
}

/// How many stand behind a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// Distinct known outlets.
    pub n_outlets: usize,
    /// Articles of unknown ones.
    pub n_unknown_outlets: usize,
    /// Distinct known owners of the outlets.
    pub n_owners: usize,
    /// Agencies and outlets that are credited with it, outlets that carry it not counted again.
    pub n_agencies: usize,
}

pub(super) fn standing(claim: &Claim, articles: &Articles<'_>) -> Standing {
    let counts = facts::counts(claim, articles);
    let outlets: Vec<&str> =
        claim.occurrences.iter().filter_map(|o| articles.carrying(o).outlet_key()).collect();
    let credited = claim.occurrences.iter().flat_map(with_passage).map(outlet_key);
    let agencies: BTreeSet<String> =
        credited.filter(|key| !outlets.contains(&key.as_str())).collect();
    Standing {
        n_outlets: counts.n_outlets,
        n_unknown_outlets: counts.n_unknown_outlets,
        n_owners: counts.n_owners,
        n_agencies: agencies.len(),
    }
}

/// `2 outlets, 1 agency`
fn behind(claim: &Claim, articles: &Articles<'_>) -> String {
    let standing = standing(claim, articles);
    let parts = [
        (standing.n_outlets, "outlet"),
        (standing.n_unknown_outlets, "unknown outlet"),
        (standing.n_owners, "owner"),
        (standing.n_agencies, "agency"),
    ];
    let parts = parts.into_iter().filter(|&(n, _)| n != 0).map(|(n, what)| number(n, what));
    parts.collect::<Vec<_>>().join(", ")
}

/// Whom the sentence of an occurrence credits.
pub(super) fn with_passage(occurrence: &Occurrence) -> impl Iterator<Item = &str> {
    let inside = occurrence.agencies.iter().filter(|c| occurrence.context.contains(c.span));
    inside.map(|credit| credit.name.as_str())
}

fn number(n: usize, what: &str) -> String {
    match (n, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{n} {stem}ies"),
        (_, None) => format!("{n} {what}s"),
    }
}

fn at_most(lines: &IndependentLines) -> String {
    let most = format!("at most {}", number(lines.upper, "independent line"));
    match lines.lower == lines.upper {
        true => most,
        false => format!("{most}, maybe {}", lines.lower),
    }
}

/// What joins the articles, each reason once: `articles of Kabar; maybe: AFP credited by both`.
fn reasons(lines: &IndependentLines) -> String {
    let of = |strength: Strength| {
        let links = lines.because.iter().filter(|link| link.strength == strength);
        let mut reasons: Vec<String> = Vec::new();
        for reason in links.map(reason) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let n_more = reasons.len().saturating_sub(REASONS);
        reasons.truncate(REASONS);
        reasons.extend((n_more != 0).then(|| format!("{n_more} more")));
        reasons.join(", ")
    };
    let (proven, possible) = (of(Strength::Proven), of(Strength::Possible));
    let possible = if possible.is_empty() { possible } else { format!("maybe: {possible}") };
    let parts = [proven, possible].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("; ")
}

fn reason(link: &Link) -> String {
    let name = link.name.as_deref().unwrap_or("an outlet");
    let with_it = if link.strength == Strength::Proven { " with it" } else { "" };
    match link.kind {
        LinkKind::Duplicate => "one text".to_owned(),
        LinkKind::Outlet => format!("articles of {name}"),
        LinkKind::Owner => format!("outlets of {name}"),
        LinkKind::Credit => format!("{name} credited{with_it}"),
        LinkKind::Agency => format!("{name} credited by both{with_it}"),
        LinkKind::SharedText => format!("{} words in a row shared", link.n_words),
        LinkKind::Unknown => "unknown outlet".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{CopiedFrom, CopySign, Omission};
    use crate::document::DocId;
    use crate::report::samples::report_of;

    fn link(strength: Strength, kind: LinkKind, name: &str) -> Link {
        let name = (!name.is_empty()).then(|| name.to_owned());
        Link { a: 0, b: 1, strength, kind, name, n_words: 12, spans: Vec::new() }
    }

    #[test]
    fn who_stands_behind_a_claim_in_plain_words() {
        use LinkKind::*;
        use Strength::*;
        for (upper, because, expect) in [
            (3, vec![], "1 outlet, 2 unknown outlets, 1 owner: at most 3 independent lines"),
            (
                2,
                vec![link(Proven, Owner, "Pelita Grup"), link(Possible, SharedText, "")],
                "1 outlet, 2 unknown outlets, 1 owner: at most 2 independent lines, maybe 1 \
                 (outlets of Pelita Grup; maybe: 12 words in a row shared)",
            ),
            (
                1,
                vec![link(Proven, Agency, "AFP"), link(Proven, Agency, "AFP")],
                "1 outlet, 2 unknown outlets, 1 owner: at most 1 independent line (AFP credited \
                 by both with it)",
            ),
        ] {
            let mut report = report_of(&["A@", "@", "@"]);
            report.provenance[0].owner = Some("Pelita Grup".to_owned());
            let lower = 3 - because.len();
            report.claims[0].lines = Some(IndependentLines { lower, upper, because });
            let articles = Articles::of(&report);
            let flow = lines(&report.claims[0], &articles).unwrap();
            assert_eq!(shown(flow), expect);
        }
    }

    #[test]
    fn who_omits_and_who_copied() {
        let mut report = report_of(&["A@2022-01-08", "B@2022-01-10"]);
        let omission =
            |outlet: &str| Omission { outlet: outlet.to_owned(), documents: vec![DocId(0)] };
        report.claims[0].omitted_by = vec![omission("C"), omission("D")];
        report.claims[0].occurrences[1].copied_from =
            Some(CopiedFrom { occurrence: 0, because: CopySign::SharedText(40) });
        let articles = Articles::of(&report);
        let claim = &report.claims[0];
        assert_eq!(shown(omitted(claim).unwrap()), "omitted by: C, D");
        let told = |idx: usize| copied(&claim.occurrences[idx], claim, &articles);
        assert_eq!((told(0), told(1).as_deref()), (None, Some("copied from A")));
        assert!(lines(claim, &articles).is_none(), "nobody has told yet");
    }

    fn shown(flow: Flow) -> String {
        let page = crate::report::screen::Page { width: 400, colour: false };
        let mut out = Vec::new();
        flow.write(0, 0, page, &mut out).unwrap();
        String::from_utf8(out).unwrap().trim_end().to_owned()
    }
}
