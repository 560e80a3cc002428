//! What does a journalist want to see of a claim at a glance? A card for the terminal: who said
//! what, who carries it since when, and what each outlet changed.
//!
//! A change is marked by more than colour: `[-left out-]` and `{+added+}`, as `git diff
//! --word-diff` has it. Everything from an article goes through [`super::screen`], so that no
//! text can command the terminal.

use super::article::{Article, Articles};
use super::expectation::Expectation;
use super::facts;
use super::independence;
use super::labels;
use super::screen::{Flow, Page};
use crate::claim::{Claim, ClaimReport, Difference, Edit, Form, Grade, Occurrence, Score, Status};
use crate::provenance::AgencyCredit;
use crate::provenance::{DateBasis, OutletBasis};
use crate::span::ByteSpan;
use crate::text::PassageKind;
use crate::text::tokenize::tokenize;
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
pub(super) const REMOVED: Style = AnsiColor::Red.on_default().strikethrough();
pub(super) const ADDED: Style = AnsiColor::Green.on_default().bold();

/// Writes a card for each claim, in the report's order: confirmed claims, then, shorter, suggested
/// ones. `min_outlets` is what the claims were searched with: the way out where there are none.
pub fn write(
    report: &ClaimReport,
    min_outlets: usize,
    page: Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    let articles = Articles::of(report);
    if report.claims.is_empty() && report.n_left_out != 0 {
        return write_nothing_asked_for(report.n_left_out, page, out);
    }
    let n_hidden = report.decisions.as_ref().map_or(0, |kept| kept.n_hidden);
    if report.claims.is_empty() && n_hidden != 0 {
        let hidden = format!("No claim is left to show: your decisions hide {n_hidden}.");
        return Flow::default().push(PLAIN, &hidden).write(0, 0, page, out);
    }
    if report.claims.is_empty() {
        return write_nothing_found(articles.len(), min_outlets, page, out);
    }
    write_legend(page, out)?;
    let mut status = None;
    for (number, claim) in (1..).zip(&report.claims) {
        if status != Some(claim.status) {
            write_heading(claim.status, report, page, out)?;
            status = Some(claim.status);
        }
        write_card(number, claim, &articles, page, out)?;
    }
    Ok(())
}

fn write_nothing_asked_for(n_left_out: usize, page: Page, out: &mut dyn Write) -> io::Result<()> {
    let found = match n_left_out {
        1 => "One claim was found, and it is none of those asked for.".to_owned(),
        n => format!("{n} claims were found, and none is of those asked for."),
    };
    let advice = "To try: the surname alone, or the run without --speaker and --outlet.";
    Flow::default().push(PLAIN, &found).write(0, 0, page, out)?;
    Flow::default().push(PLAIN, advice).write(0, 0, page, out)
}

fn write_nothing_found(
    n_articles: usize,
    min_outlets: usize,
    page: Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    let found = match n_articles {
        1 => "No claim: one article alone has nothing to share.".to_owned(),
        n => format!(
            "No claim that at least {} carry was found in {n} articles.",
            outlets(min_outlets)
        ),
    };
    let advice = match (n_articles, min_outlets) {
        (1, _) => "To try: give the articles of several outlets on the same story.",
        (_, ..2) => "To try: more articles on the same story.",
        _ => {
            "To try: --min-outlets 1, which also shows what articles of one outlet repeat; or more \
             articles on the same story."
        }
    };
    Flow::default().push(PLAIN, &found).write(0, 0, page, out)?;
    Flow::default().push(PLAIN, advice).write(0, 0, page, out)
}

fn write_legend(page: Page, out: &mut dyn Write) -> io::Result<()> {
    let mut flow = Flow::default();
    flow.push(PLAIN, "Each claim is shown in one wording, and below it how every article has it:");
    push_removed("words that it leaves out", &mut flow);
    push_added("words that it adds", &mut flow);
    flow.glue().push(PLAIN, ". In brackets: where the outlet's name and the date were read.");
    flow.write(0, 0, page, out)
}

fn write_heading(
    status: Status,
    report: &ClaimReport,
    page: Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    let n_claims = facts::n_claims(report, status);
    let title = match status {
        Status::Confirmed => format!("CONFIRMED: {n_claims}"),
        Status::Decided => format!("DECIDED: {n_claims}"),
        Status::Suggested => format!("SUGGESTED: {n_claims}"),
    };
    let meaning = match status {
        Status::Confirmed => "(most words the same, in the same order)",
        Status::Decided => "(joined by your decisions alone)",
        Status::Suggested => "(shared rare words in any order: read before you believe)",
    };
    writeln!(out)?;
    Flow::default().push(BOLD, &title).push(DIM, meaning).write(0, 0, page, out)
}

fn write_card(
    number: usize,
    claim: &Claim,
    articles: &Articles<'_>,
    page: Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out)?;
    header(number, claim, articles).write(0, 2, page, out)?;
    let representative = &claim.occurrences[claim.representative];
    wording(representative, articles.carrying(representative)).write(2, 2, page, out)?;
    if claim.status == Status::Confirmed {
        let told = [independence::lines(claim, articles), independence::omitted(claim)];
        for flow in told.iter().flatten() {
            flow.write(2, 4, page, out)?;
        }
    }
    let first = facts::first_seen(claim, articles);
    for (idx, occurrence) in claim.occurrences.iter().enumerate() {
        if claim.status == Status::Confirmed {
            writeln!(out)?;
        }
        let article = articles.carrying(occurrence);
        let copied = independence::copied(occurrence, claim, articles);
        origin(occurrence, article, first == Some(idx), copied).write(2, 4, page, out)?;
        place(occurrence, article, idx == claim.representative).write(4, 4, page, out)?;
        if idx != claim.representative && occurrence.grade != Grade::Identical {
            let status = if occurrence.decided { Status::Decided } else { claim.status };
            write_comparison(status, occurrence, article, page, out)?;
        }
        write_differences(occurrence, articles.carrying(representative), article, page, out)?;
    }
    Ok(())
}

/// `1. Quotation, confirmed, 3 outlets: Antony Blinken`
fn header(number: usize, claim: &Claim, articles: &Articles<'_>) -> Flow {
    let counts = facts::counts(claim, articles);
    let mut flow = Flow::default();
    flow.push(BOLD, &format!("{number}. {},", capitalised(claim.kind)));
    flow.push(BOLD, labels::status(claim.status)).glue().push(BOLD, ",");
    let known = (counts.n_outlets != 0).then(|| outlets(counts.n_outlets));
    let unknown = match counts.n_unknown_outlets {
        0 => None,
        1 => Some("1 article of an unknown outlet".to_owned()),
        n => Some(format!("{n} articles of unknown outlets")),
    };
    let carriers: Vec<String> = known.into_iter().chain(unknown).collect();
    flow.push(BOLD, &carriers.join(" and "));
    if let Some((_, speaker)) = &claim.speaker {
        flow.glue().push(BOLD, ":").push(BOLD, &speaker.name);
    }
    flow
}

fn capitalised(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Quotation => "Quotation",
        PassageKind::Statement => "Statement",
    }
}

fn outlets(n: usize) -> String {
    format!("{n} outlet{}", if n == 1 { "" } else { "s" })
}

/// An occurrence as its article has it, between quotation marks where it is one.
fn wording(occurrence: &Occurrence, article: &Article<'_>) -> Flow {
    let mut flow = Flow::default();
    open_quote(occurrence, &mut flow);
    push_exact(occurrence, article, &mut flow);
    close_quote(occurrence, &mut flow);
    flow
}

fn open_quote(occurrence: &Occurrence, flow: &mut Flow) {
    if occurrence.form == Form::Direct {
        flow.push(PLAIN, "“").glue();
    }
}

fn close_quote(occurrence: &Occurrence, flow: &mut Flow) {
    if occurrence.form == Form::Direct {
        flow.glue().push(PLAIN, "”");
    }
}

/// `Kabar.example (masthead), 2022-01-08 06:31 +07:00 (record), earliest dated, credits AFP`
fn origin(
    occurrence: &Occurrence,
    article: &Article<'_>,
    is_first: bool,
    copied: Option<String>,
) -> Flow {
    let mut flow = Flow::default();
    match &article.provenance.outlet {
        Some(outlet) => {
            flow.push(BOLD, &outlet.name).push(DIM, &format!("({})", outlet_basis(outlet.basis)))
        }
        None => flow.push(BOLD, "unknown outlet"),
    };
    flow.glue().push(PLAIN, ",");
    match &article.provenance.published {
        Some(published) => flow
            .push(PLAIN, &date(&published.when))
            .push(DIM, &format!("({})", date_basis(published.basis))),
        None => flow.push(PLAIN, "undated"),
    };
    if is_first {
        flow.glue().push(PLAIN, ",").push(BOLD, "earliest dated");
    }
    for told in credit(occurrence).into_iter().chain(copied) {
        flow.glue().push(PLAIN, ",").push(PLAIN, &told);
    }
    flow
}

/// `kabar/1.txt:5: edited`
fn place(occurrence: &Occurrence, article: &Article<'_>, is_representative: bool) -> Flow {
    let mut flow = Flow::default();
    flow.push(DIM, &article.original.place(occurrence.span)).glue().push(DIM, ":");
    flow.push(
        PLAIN,
        match (is_representative, occurrence.grade) {
            (true, _) => "the wording above",
            (false, Grade::Identical) => "the same words",
            (false, grade) => labels::grade(grade),
        },
    );
    if occurrence.translation_suggested {
        flow.glue().push(PLAIN, ", maybe a translation of its own");
    }
    flow
}

fn outlet_basis(basis: OutletBasis) -> &'static str {
    match basis {
        OutletBasis::Field => "record",
        OutletBasis::Url => "URL",
        OutletBasis::Masthead => "masthead",
        OutletBasis::Dateline => "dateline",
        OutletBasis::FileName => "file name",
        OutletBasis::Imprint => "imprint",
    }
}

fn date_basis(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Field => "record",
        DateBasis::Url => "URL",
        DateBasis::Masthead => "masthead",
        DateBasis::Dateline => "dateline",
    }
}

/// `2022-01-08 06:31 +07:00` for `2022-01-08T06:31:00+07:00`.
pub(super) fn date(when: &str) -> String {
    let Some((day, time)) = when.split_once('T') else { return when.to_owned() };
    let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let clock = clock.strip_suffix(":00").filter(|clock| clock.contains(':')).unwrap_or(clock);
    match zone {
        "" => format!("{day} {clock} (zone not given)"),
        "Z" => format!("{day} {clock} UTC"),
        _ => format!("{day} {clock} {zone}"),
    }
}

/// Whom the passage's sentence credits, else whom the article does.
fn credit(occurrence: &Occurrence) -> Option<String> {
    let inside = |credit: &&AgencyCredit| occurrence.context.contains(credit.span);
    let own: Vec<&AgencyCredit> = occurrence.agencies.iter().filter(inside).collect();
    let (here, credits) = match own.is_empty() {
        true => ("article credits", occurrence.agencies.iter().collect()),
        false => ("credits", own),
    };
    let names = facts::credited(credits);
    (!names.is_empty()).then(|| format!("{here} {}", names.join(", ")))
}

/// What the article changed, and why it was taken for the same claim.
fn write_comparison(
    status: Status,
    occurrence: &Occurrence,
    article: &Article<'_>,
    page: Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut flow = Flow::default();
    open_quote(occurrence, &mut flow);
    match status {
        Status::Confirmed => push_edits(occurrence, article, &mut flow),
        // Where nearly all differs, marks hide the words.
        Status::Decided | Status::Suggested => push_exact(occurrence, article, &mut flow),
    }
    close_quote(occurrence, &mut flow);
    flow.write(4, 4, page, out)?;
    match &occurrence.score {
        Some(score) => {
            Flow::default().push(DIM, &why(status, occurrence, score)).write(4, 4, page, out)
        }
        None => Ok(()),
    }
}

/// `differs in meaning: number ‘1.420’ instead of ‘1.240’; without hedge ‘mungkin’`
fn write_differences(
    occurrence: &Occurrence,
    representative: &Article<'_>,
    article: &Article<'_>,
    page: Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (quoted, heading) in [(true, "quoted words differ:"), (false, "differs in meaning:")] {
        let told = |d: &&Difference| d.quoted == quoted;
        let found: Vec<String> = (occurrence.differences.iter())
            .filter(told)
            .map(|d| difference(d, representative, article))
            .collect();
        if !found.is_empty() {
            let mut flow = Flow::default();
            flow.push(BOLD, heading).push(PLAIN, &found.join("; "));
            flow.write(4, 4, page, out)?;
        }
    }
    Ok(())
}

/// `number ‘1.420’ instead of ‘1.240’`
pub(super) fn difference(
    found: &Difference,
    representative: &Article<'_>,
    article: &Article<'_>,
) -> String {
    let text = |span: ByteSpan, article: &Article<'_>| {
        format!("‘{}’", span.of(&article.original.document.text))
    };
    let kind = labels::difference(found.kind);
    match (found.a, found.b) {
        (Some(a), Some(b)) => {
            format!("{kind} {} instead of {}", text(b, article), text(a, representative))
        }
        (Some(a), None) => format!("without {kind} {}", text(a, representative)),
        (None, Some(b)) => format!("with {kind} {}", text(b, article)),
        (None, None) => kind.to_owned(),
    }
}

fn push_exact(occurrence: &Occurrence, article: &Article<'_>, flow: &mut Flow) {
    flow.push(PLAIN, occurrence.span.of(&article.original.document.text));
}

fn push_edits(occurrence: &Occurrence, article: &Article<'_>, flow: &mut Flow) {
    if occurrence.edits.is_empty() {
        return push_exact(occurrence, article, flow);
    }
    for edit in &occurrence.edits {
        match edit {
            Edit::Same(words) => drop(flow.push(PLAIN, words)),
            Edit::Removed(words) => push_removed(words, flow),
            Edit::Added(words) => push_added(words, flow),
        }
    }
}

fn push_removed(words: &str, flow: &mut Flow) {
    flow.push(REMOVED, &format!("[-{}-]", words.trim()));
}

fn push_added(words: &str, flow: &mut Flow) {
    flow.push(ADDED, &format!("{{+{}+}}", words.trim()));
}

/// Why the two wordings were taken for one claim, in plain words with the figures.
fn why(status: Status, occurrence: &Occurrence, score: &Score) -> String {
    let chance = format!("expected by chance {}", Expectation::in_words(score.expect_ln));
    match (status, words_in_order(&occurrence.edits)) {
        (Status::Confirmed, Some(WordsInOrder { n_same, n_shorter })) => {
            format!("{n_same} of {n_shorter} words in the same order; {chance}")
        }
        (Status::Decided, _) => "joined by your decision".to_owned(),
        _ => {
            let percent = score.ratio.0.saturating_add(5) / 10;
            format!("shared words carry {percent} % of the lighter wording's weight; {chance}")
        }
    }
}

/// How much of the shorter wording stands in both, in order.
struct WordsInOrder {
    n_same: usize,
    n_shorter: usize,
}

/// `None` where the wordings were not compared word by word.
fn words_in_order(edits: &[Edit]) -> Option<WordsInOrder> {
    let (mut n_same, mut n_removed, mut n_added) = (0, 0, 0);
    for edit in edits {
        match edit {
            Edit::Same(words) => n_same += tokenize(words).len(),
            Edit::Removed(words) => n_removed += tokenize(words).len(),
            Edit::Added(words) => n_added += tokenize(words).len(),
        }
    }
    let n_shorter = n_same + n_removed.min(n_added);
    (n_same != 0).then_some(WordsInOrder { n_same, n_shorter })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocId;
    use crate::provenance::{AgencyCredit, Published, Speaker};
    use crate::report::samples;

    fn shown(report: &ClaimReport, width: usize, colour: bool) -> String {
        let mut out = Vec::new();
        write(report, 2, Page { width, colour }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cards_at_80_columns() {
        insta::assert_snapshot!(shown(&samples::blinken(), 80, false), @r#"
        Each claim is shown in one wording, and below it how every article has it:
        [-words that it leaves out-] {+words that it adds+}. In brackets: where the
        outlet's name and the date were read.

        CONFIRMED: 1 (most words the same, in the same order)

        1. Quotation, confirmed, 3 outlets: Antony Blinken
          “saya pikir satu pelajaran dalam sejarah baru-baru ini adalah begitu orang
          Rusia berada di rumah Anda, terkadang sangat sulit untuk membuat mereka pergi”

          Kabar.example (masthead), 2022-01-08 06:31 +07:00 (record), earliest dated,
            article credits AFP
            kabar/1.txt:5: the wording above

          Warta.example (masthead), 2022-01-08 09:05 +07:00 (record)
            warta.txt:2: edited, maybe a translation of its own
            “[-saya pikir satu-] Pelajaran [-dalam-] {+dari+} sejarah baru-baru ini
            adalah {+bahwa+} begitu [-orang-] Rusia berada di rumah Anda, terkadang
            [-sangat-] sulit untuk membuat mereka pergi,”
            18 of 20 words in the same order; expected by chance 1 in 10^9
            quoted words differ: without hedge ‘saya pikir’; without intensifier
            ‘sangat’

          Berita.example (masthead), undated
            berita.jsonl:7: the same words

        SUGGESTED: 1 (shared rare words in any order: read before you believe)

        2. Statement, suggested, 1 outlet and 1 article of an unknown outlet
          Pasukan asing tiba di Almaty
          Warta.example (masthead), 2022-01-08 09:05 +07:00 (record), earliest dated
            warta.txt:2: the wording above
          unknown outlet, 2022-01-09 (record)
            -:1: reworded
            Tentara dari luar sudah di Almaty
            shared words carry 56 % of the lighter wording's weight; expected by chance
            1 in 22
        "#);
    }

    #[test]
    fn cards_at_160_columns() {
        insta::assert_snapshot!(shown(&samples::blinken(), 160, false), @r#"
        Each claim is shown in one wording, and below it how every article has it: [-words that it leaves out-] {+words that it adds+}. In brackets: where the outlet's
        name and the date were read.

        CONFIRMED: 1 (most words the same, in the same order)

        1. Quotation, confirmed, 3 outlets: Antony Blinken
          “saya pikir satu pelajaran dalam sejarah baru-baru ini adalah begitu orang Rusia berada di rumah Anda, terkadang sangat sulit untuk membuat mereka pergi”

          Kabar.example (masthead), 2022-01-08 06:31 +07:00 (record), earliest dated, article credits AFP
            kabar/1.txt:5: the wording above

          Warta.example (masthead), 2022-01-08 09:05 +07:00 (record)
            warta.txt:2: edited, maybe a translation of its own
            “[-saya pikir satu-] Pelajaran [-dalam-] {+dari+} sejarah baru-baru ini adalah {+bahwa+} begitu [-orang-] Rusia berada di rumah Anda, terkadang [-sangat-]
            sulit untuk membuat mereka pergi,”
            18 of 20 words in the same order; expected by chance 1 in 10^9
            quoted words differ: without hedge ‘saya pikir’; without intensifier ‘sangat’

          Berita.example (masthead), undated
            berita.jsonl:7: the same words

        SUGGESTED: 1 (shared rare words in any order: read before you believe)

        2. Statement, suggested, 1 outlet and 1 article of an unknown outlet
          Pasukan asing tiba di Almaty
          Warta.example (masthead), 2022-01-08 09:05 +07:00 (record), earliest dated
            warta.txt:2: the wording above
          unknown outlet, 2022-01-09 (record)
            -:1: reworded
            Tentara dari luar sudah di Almaty
            shared words carry 56 % of the lighter wording's weight; expected by chance 1 in 22
        "#);
    }

    #[test]
    fn colour_only_adds_to_what_is_there() {
        let coloured = shown(&samples::blinken(), 80, true);
        let plain = anstream::adapter::strip_str(&coloured).to_string();
        assert_eq!(plain, shown(&samples::blinken(), 80, false));
        // Left out: red and struck through; added: bold and green. A style ends with its line.
        let removed = "\u{1b}[9m\u{1b}[31m[-saya pikir satu-]\u{1b}[0m";
        let added = "\u{1b}[1m\u{1b}[32m{+dari+}\u{1b}[0m";
        assert!(coloured.contains(removed) && coloured.contains(added), "{coloured:?}");
        for line in coloured.lines() {
            assert_eq!(line.rfind("\u{1b}["), line.rfind("\u{1b}[0m"), "{line:?}");
        }
    }

    #[test]
    fn lines_fit_and_end_in_no_space() {
        for width in [20, 40, 80, 160] {
            for line in shown(&samples::blinken(), width, false).lines() {
                assert!(line.chars().count() <= width && line.trim_end() == line, "{line:?}");
            }
        }
    }

    #[test]
    fn nothing_found_says_what_to_try() {
        let mut report = samples::report_of(&["A@"]);
        report.claims.clear();
        insta::assert_snapshot!(shown(&report, 80, false), @r"
        No claim: one article alone has nothing to share.
        To try: give the articles of several outlets on the same story.
        ");
        let mut report = samples::report_of(&["A@", "B@"]);
        report.claims.clear();
        insta::assert_snapshot!(shown(&report, 80, false), @r"
        No claim that at least 2 outlets carry was found in 2 articles.
        To try: --min-outlets 1, which also shows what articles of one outlet repeat; or
        more articles on the same story.
        ");
    }

    #[test]
    fn hostile_articles_cannot_command_the_terminal() {
        let evil = "a\u{1b}[2J\u{9b}31m\u{202e}b\nc\r";
        let mut report = samples::report_of(&["A@", "B@"]);
        for (document, provenance) in report.documents.iter_mut().zip(&mut report.provenance) {
            document.source.path = evil.to_owned();
            document.text = evil.repeat(3);
            let outlet = provenance.outlet.as_mut().unwrap();
            outlet.name = evil.to_owned();
            let when = evil.to_owned();
            provenance.published = Some(Published { when, basis: DateBasis::Url });
        }
        let claim = &mut report.claims[0];
        let span = ByteSpan::new(0, report.documents[0].text.len());
        let speaker = Speaker { name: evil.to_owned(), span };
        claim.speaker = Some((DocId(0), speaker));
        let other = &mut claim.occurrences[1];
        other.grade = Grade::Edited;
        other.edits = vec![Edit::Removed(evil.to_owned()), Edit::Added(evil.to_owned())];
        other.agencies = vec![AgencyCredit { name: evil.to_owned(), span }];
        for occurrence in &mut claim.occurrences {
            occurrence.span = span;
        }
        let shown = shown(&report, 80, false);
        assert!(shown.contains("\\u{1b}[2J\\u{9b}31m\\u{202e}b c"), "{shown}");
        let sent: Vec<char> =
            shown.chars().filter(|&c| c != '\n' && (c.is_control() || c == '\u{202e}')).collect();
        assert!(sent.is_empty(), "{sent:?}");
    }

    #[test]
    fn dates_as_exact_as_they_are() {
        for (when, expect) in [
            ("2022-01-08T06:31:00+07:00", "2022-01-08 06:31 +07:00"),
            ("2022-01-08T06:31:05Z", "2022-01-08 06:31:05 UTC"),
            ("2022-01-08T06:00:00", "2022-01-08 06:00 (zone not given)"),
            ("2022-01-08", "2022-01-08"),
            ("soon", "soon"),
        ] {
            assert_eq!(date(when), expect);
        }
    }

    #[test]
    fn words_are_counted_in_the_shorter_wording() {
        let edits = [
            Edit::Same("satu-dua tiga,".to_owned()),
            Edit::Removed("empat".to_owned()),
            Edit::Added("lima enam".to_owned()),
        ];
        let WordsInOrder { n_same, n_shorter } = words_in_order(&edits).unwrap();
        assert_eq!((n_same, n_shorter), (3, 4));
        assert!(words_in_order(&[]).is_none());
    }
}
