//! How are measures shown to a person? As tables of at most 80 columns, and the lists that were
//! asked for below them.

use super::{Lists, fact, grades, trust};
use crate::eval::furniture::Furniture;
use crate::eval::pairs::Grades;
use crate::eval::place::Place;
use crate::eval::sources::Sources;
use crate::eval::{Evaluation, Scope, Share, Trust};
use crate::fixed::Milli;
use crate::report::labels;
use crate::report::screen::escape_line;
use crate::text::PassageKind;
use std::fmt::Write as _;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Writes the tables, then the lists.
pub fn write(evaluation: &Evaluation<'_>, lists: Lists, out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::new();
    compared(evaluation, &mut text);
    recall(evaluation, &mut text);
    precision(evaluation, &mut text);
    b_cubed(evaluation, &mut text);
    boundaries(evaluation, &mut text);
    traps(evaluation, &mut text);
    facts(evaluation, &mut text);
    furniture(evaluation, &mut text);
    evaluation.sources.iter().for_each(|measured| sources(measured, &mut text));
    if lists.misses {
        misses(evaluation, &mut text);
    }
    if lists.false_pairs {
        false_pairs(evaluation, &mut text);
    }
    if lists.traps {
        traps_taken(evaluation, &mut text);
    }
    out.write_all(text.as_bytes())
}

fn compared(evaluation: &Evaluation<'_>, out: &mut String) {
    let extent = evaluation.extent;
    let which = match evaluation.scope {
        Scope::BetweenOutlets => format!("{} within one outlet left out", extent.n_pairs_left_out),
        Scope::AllOutlets => "those within one outlet too".to_owned(),
    };
    line(
        out,
        &format!(
            "Truth: {} documents, {} claims, {} graded pairs ({which})",
            extent.n_documents, extent.n_claims, extent.n_pairs
        ),
    );
    line(
        out,
        &format!(
            "Found: {} confirmed claims, {} suggested",
            extent.n_confirmed, extent.n_suggested
        ),
    );
}

fn recall(evaluation: &Evaluation<'_>, out: &mut String) {
    let head = [("confirmed", 24), ("with suggested", 24)];
    table(out, "Recall of pairs", &head);
    for kind in [None, Some(PassageKind::Quotation), Some(PassageKind::Statement)] {
        line(out, &format!("  {}", kind.map_or("all kinds", labels::kind)));
        for of in Grades::ALL {
            let cells = Trust::RECALLED.map(|trust| {
                let row = evaluation
                    .recall
                    .iter()
                    .find(|row| (row.trust, row.kind, row.grades) == (trust, kind, of));
                (share_of(row.map(|row| row.share).unwrap_or_default()), 24)
            });
            row(out, &format!("    {}", grades(of)), &cells);
        }
    }
}

fn precision(evaluation: &Evaluation<'_>, out: &mut String) {
    table(out, "Precision of pairs", &[("true", 24), ("not judged", 24)]);
    for precision in &evaluation.precision {
        let cells = [(share_of(precision.share), 24), (precision.n_unjudged.to_string(), 24)];
        row(out, &format!("  {}", trust(precision.trust)), &cells);
    }
    table(out, "F1 of pairs", &[("identical-to-edited", 24), ("all", 24)]);
    for trusted in Trust::RECALLED {
        let cells = [Grades::ToEdited, Grades::All].map(|of| {
            let found = evaluation.f1.iter().find(|row| (row.trust, row.grades) == (trusted, of));
            (decimal(found.and_then(|row| row.value)), 24)
        });
        row(out, &format!("  {}", trust(trusted)), &cells);
    }
}

fn b_cubed(evaluation: &Evaluation<'_>, out: &mut String) {
    let b_cubed = evaluation.b_cubed;
    table(out, "B-cubed", &[("precision", 12), ("recall", 12), ("F1", 12), ("places", 12)]);
    let values = [b_cubed.precision, b_cubed.recall, b_cubed.f1];
    let mut cells: Vec<(String, usize)> = values.map(|value| (decimal(value), 12)).into();
    cells.push((b_cubed.n.to_string(), 12));
    row(out, "  confirmed", &cells);
}

fn boundaries(evaluation: &Evaluation<'_>, out: &mut String) {
    let head = [("mean chars", 12), ("90 % within", 12), ("within two words", 24)];
    table(out, "Boundary errors", &head);
    for boundaries in &evaluation.boundaries {
        let p90 = boundaries.p90_chars.map_or("–".to_owned(), |n| n.to_string());
        let cells = [
            (decimal(boundaries.mean_chars), 12),
            (p90, 12),
            (share_of(boundaries.within_two_words), 24),
        ];
        row(out, &format!("  {}", trust(boundaries.trust)), &cells);
    }
}

fn traps(evaluation: &Evaluation<'_>, out: &mut String) {
    table(out, "Traps taken", &[("confirmed", 24), ("suggested", 24)]);
    for traps in &evaluation.traps {
        let kind = escape_line(traps.kind.as_deref().unwrap_or("all"));
        let cells = [(share_of(traps.confirmed), 24), (share_of(traps.suggested), 24)];
        row(out, &format!("  {kind}"), &cells);
    }
}

fn facts(evaluation: &Evaluation<'_>, out: &mut String) {
    table(out, "Facts", &[("right", 24), ("invented", 24)]);
    for known in &evaluation.facts {
        let cells = [(share_of(known.share), 24), (share_of(known.invented), 24)];
        row(out, &format!("  {}", fact(known.name)), &cells);
    }
    let agencies = evaluation.agencies;
    line(
        out,
        &format!(
            "  agencies: F1 {} in {} documents ({} right, {} wrong, {} missing)",
            decimal(agencies.f1()),
            agencies.n,
            agencies.n_right,
            agencies.n_wrong,
            agencies.n_missing
        ),
    );
}

fn furniture(evaluation: &Evaluation<'_>, out: &mut String) {
    table(out, "Furniture", &[("precision", 24), ("recall", 24)]);
    let Furniture { chars, blocks, .. } = evaluation.furniture;
    for (unit, agreement) in [("code points", chars), ("blocks", blocks)] {
        let cells = [(share_of(agreement.precision), 24), (share_of(agreement.recall), 24)];
        row(out, &format!("  {unit}"), &cells);
    }
}

fn sources(sources: &Sources, out: &mut String) {
    table(out, "Sources", &[("precision", 24), ("recall", 24)]);
    for (told, agreement) in [("omitted by", sources.omissions), ("copied from", sources.copies)] {
        let cells = [(share_of(agreement.precision), 24), (share_of(agreement.recall), 24)];
        row(out, &format!("  {told}"), &cells);
    }
    table(out, "Independent lines", &[("right", 24)]);
    for (bound, share) in
        [("at least", sources.lower), ("at most", sources.upper), ("both", sources.both)]
    {
        row(out, &format!("  {bound}"), &[(share_of(share), 24)]);
    }
}

fn misses(evaluation: &Evaluation<'_>, out: &mut String) {
    list(out, "Missed pairs", evaluation.misses.len());
    for miss in &evaluation.misses {
        let suggested = if miss.is_suggested { ", suggested" } else { "" };
        let head = format!("{}, {}{suggested}", labels::grade(miss.grade), miss.claim.id);
        entry(out, &head, miss.a, miss.b);
    }
}

fn false_pairs(evaluation: &Evaluation<'_>, out: &mut String) {
    list(out, "False pairs", evaluation.false_pairs.len());
    for pair in &evaluation.false_pairs {
        let status = labels::status(pair.claim.status);
        let head = format!("{status}, {}, claim {}", labels::grade(pair.grade), pair.claim.id);
        entry(out, &head, pair.a, pair.b);
    }
}

fn traps_taken(evaluation: &Evaluation<'_>, out: &mut String) {
    list(out, "Traps taken", evaluation.traps_taken.len());
    for taken in &evaluation.traps_taken {
        let status = labels::status(taken.claim.status);
        let head = format!("{status}, {}, claim {}", taken.trap.kind, taken.claim.id);
        entry(out, &head, &taken.trap.a, &taken.trap.b);
    }
}

/// Columns of the first cell of a row.
const LABEL_COLUMNS: usize = 26;

fn table(out: &mut String, title: &str, head: &[(&str, usize)]) {
    let cells: Vec<(String, usize)> =
        head.iter().map(|&(name, columns)| (name.to_owned(), columns)).collect();
    out.push('\n');
    row(out, title, &cells);
}

/// A label and right-aligned cells of the given columns.
fn row(out: &mut String, label: &str, cells: &[(String, usize)]) {
    out.push_str(label);
    let fill = |out: &mut String, n: usize| out.extend(std::iter::repeat_n(' ', n));
    fill(out, LABEL_COLUMNS.saturating_sub(label.width()));
    for (cell, columns) in cells {
        // A cell never touches the one before it.
        fill(out, columns.saturating_sub(cell.width()).max(1));
        out.push_str(cell);
    }
    out.push('\n');
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn list(out: &mut String, title: &str, n: usize) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "\n{title}: {n}");
}

fn entry(out: &mut String, head: &str, a: &Place, b: &Place) {
    let _ = writeln!(out, "\n  {}", escape_line(head));
    for place in [a, b] {
        let doc = escape_line(&place.doc);
        let exact = escape_line(&place.exact);
        let _ = writeln!(out, "    {doc} {}..{}: {exact}", place.span.start, place.span.end);
    }
}

/// "7 of 9  0.778".
fn share_of(share: Share) -> String {
    format!("{} of {:<4} {:>5}", share.n_right, share.n, decimal(share.value()))
}

fn decimal(value: Option<Milli>) -> String {
    value.map_or("–".to_owned(), |Milli(n)| format!("{}.{:03}", n / 1000, n % 1000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::eval::tests::written;

    #[test]
    fn tables_and_lists() {
        let text = written(|evaluation, lists, out| write(evaluation, lists, out).unwrap());
        insta::assert_snapshot!(text, @r"
        Truth: 3 documents, 2 claims, 2 graded pairs (0 within one outlet left out)
        Found: 1 confirmed claims, 1 suggested

        Recall of pairs                          confirmed          with suggested
          all kinds
            identical                      1 of 1    1.000         1 of 1    1.000
            near-identical                 0 of 0        –         0 of 0        –
            edited                         0 of 1    0.000         0 of 1    0.000
            reworded                       0 of 0        –         0 of 0        –
            identical-to-edited            1 of 2    0.500         1 of 2    0.500
            all                            1 of 2    0.500         1 of 2    0.500
          quotation
            identical                      1 of 1    1.000         1 of 1    1.000
            near-identical                 0 of 0        –         0 of 0        –
            edited                         0 of 0        –         0 of 0        –
            reworded                       0 of 0        –         0 of 0        –
            identical-to-edited            1 of 1    1.000         1 of 1    1.000
            all                            1 of 1    1.000         1 of 1    1.000
          statement
            identical                      0 of 0        –         0 of 0        –
            near-identical                 0 of 0        –         0 of 0        –
            edited                         0 of 1    0.000         0 of 1    0.000
            reworded                       0 of 0        –         0 of 0        –
            identical-to-edited            0 of 1    0.000         0 of 1    0.000
            all                            0 of 1    0.000         0 of 1    0.000

        Precision of pairs                            true              not judged
          confirmed                        1 of 1    1.000                       0
          suggested                        0 of 1    0.000                       0
          confirmed-or-suggested           1 of 2    0.500                       0

        F1 of pairs                    identical-to-edited                     all
          confirmed                                  0.667                   0.667
          confirmed-or-suggested                     0.500                   0.500

        B-cubed                      precision      recall          F1      places
          confirmed                      1.000       0.750       0.857           4

        Boundary errors             mean chars 90 % within        within two words
          confirmed                      2.000           4         2 of 2    1.000
          confirmed-or-suggested         2.000           4         2 of 2    1.000

        Traps taken                              confirmed               suggested
          names                            0 of 1    0.000         1 of 1    1.000
          all                              0 of 1    0.000         1 of 1    1.000

        Facts                                        right                invented
          outlet                           1 of 1    1.000         0 of 0        –
          published                        1 of 1    1.000         0 of 0        –
          author                           0 of 0        –         1 of 1    1.000
          title                            0 of 1    0.000         0 of 0        –
          speaker                          1 of 1    1.000         0 of 0        –
          agencies: F1 0.000 in 1 documents (0 right, 0 wrong, 1 missing)

        Furniture                                precision                  recall
          code points                      6 of 7    0.857         6 of 10   0.600
          blocks                           1 of 2    0.500         1 of 1    1.000

        Sources                                  precision                  recall
          omitted by                       1 of 2    0.500         1 of 1    1.000
          copied from                      0 of 0        –         0 of 1    0.000

        Independent lines                            right
          at least                         0 of 1    0.000
          at most                          1 of 1    1.000
          both                             0 of 1    0.000

        Missed pairs: 1

          edited, c2
            a.txt 40..49: enam lima
            b.txt 40..48: enam\u{1b}[2J

        False pairs: 1

          suggested, reworded, claim f2
            a.txt 20..24: tiga
            b.txt 20..25: empat

        Traps taken: 1

          suggested, names, claim f2
            a.txt 20..24: tiga
            b.txt 20..25: empat
        ");
    }
}
