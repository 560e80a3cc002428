//! How are measures written for programs? A JSON object a line: what was compared, each measure,
//! then the lists that were asked for. A share of nothing is `null`.

use super::{Lists, fact, grades, trust};
use crate::eval::b_cubed::BCubed;
use crate::eval::boundary::Boundaries;
use crate::eval::fact::{Agencies, Fact};
use crate::eval::furniture::Furniture;
use crate::eval::pairs::{F1, FalsePair, Miss, Precision, Recall};
use crate::eval::place::Place;
use crate::eval::sources::Sources;
use crate::eval::trap::{Taken, Traps};
use crate::eval::{Agreement, Evaluation, Scope, Share};
use crate::fixed::Milli;
use crate::report::jsonl::{Decimal, write_line};
use crate::report::{SCHEMA_VERSION, labels};
use serde::Serialize;
use std::io::{self, Write};

/// Writes a record for each measure, then the lists.
pub fn write(evaluation: &Evaluation<'_>, lists: Lists, out: &mut dyn Write) -> io::Result<()> {
    let mut line = |record: Record<'_>| {
        write_line(&Line { schema_version: SCHEMA_VERSION, record }, &mut *out)
    };
    line(compared(evaluation))?;
    evaluation.recall.iter().map(recall).try_for_each(&mut line)?;
    evaluation.precision.iter().map(precision).try_for_each(&mut line)?;
    evaluation.f1.iter().map(f1).try_for_each(&mut line)?;
    line(b_cubed(evaluation.b_cubed))?;
    evaluation.boundaries.iter().map(boundaries).try_for_each(&mut line)?;
    evaluation.traps.iter().map(traps).try_for_each(&mut line)?;
    evaluation.facts.iter().map(fact_record).try_for_each(&mut line)?;
    line(agencies(evaluation.agencies))?;
    line(furniture(evaluation.furniture))?;
    evaluation.sources.iter().map(sources).try_for_each(&mut line)?;
    if lists.misses {
        evaluation.misses.iter().map(miss).try_for_each(&mut line)?;
    }
    if lists.false_pairs {
        evaluation.false_pairs.iter().map(false_pair).try_for_each(&mut line)?;
    }
    if lists.traps {
        evaluation.traps_taken.iter().map(taken).try_for_each(&mut line)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Line<'e> {
    #[serde(flatten)]
    record: Record<'e>,
    schema_version: u32,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Record<'e> {
    Compared {
        all_outlets: bool,
        documents: usize,
        claims: usize,
        pairs: usize,
        pairs_left_out: usize,
        confirmed: usize,
        suggested: usize,
    },
    Recall {
        claims: &'static str,
        kind: &'static str,
        grade: &'static str,
        #[serde(flatten)]
        share: ShareRecord,
    },
    Precision {
        claims: &'static str,
        #[serde(flatten)]
        share: ShareRecord,
        unjudged: usize,
    },
    F1 {
        claims: &'static str,
        grade: &'static str,
        value: Option<Decimal>,
    },
    BCubed {
        claims: &'static str,
        of: usize,
        precision: Option<Decimal>,
        recall: Option<Decimal>,
        f1: Option<Decimal>,
    },
    Boundaries {
        claims: &'static str,
        mean_chars: Option<Decimal>,
        p90_chars: Option<usize>,
        within_two_words: ShareRecord,
    },
    Traps {
        trap: Option<&'e str>,
        confirmed: ShareRecord,
        suggested: ShareRecord,
    },
    Fact {
        fact: &'static str,
        #[serde(flatten)]
        share: ShareRecord,
        invented: ShareRecord,
    },
    Agencies {
        documents: usize,
        right: usize,
        wrong: usize,
        missing: usize,
        f1: Option<Decimal>,
    },
    Furniture {
        documents: usize,
        chars: AgreementRecord,
        blocks: AgreementRecord,
    },
    Sources {
        claims: &'static str,
        omitted_by: AgreementRecord,
        copied_from: AgreementRecord,
        independent_lines: LinesRecord,
    },
    Miss {
        claim: &'e str,
        kind: &'static str,
        grade: &'static str,
        suggested: bool,
        a: PlaceRecord<'e>,
        b: PlaceRecord<'e>,
    },
    FalsePair {
        claim: &'e str,
        status: &'static str,
        grade: &'static str,
        a: PlaceRecord<'e>,
        b: PlaceRecord<'e>,
    },
    TrapTaken {
        trap: &'e str,
        claim: &'e str,
        status: &'static str,
        a: PlaceRecord<'e>,
        b: PlaceRecord<'e>,
    },
}

#[derive(Serialize)]
struct ShareRecord {
    right: usize,
    of: usize,
    share: Option<Decimal>,
}

#[derive(Serialize)]
struct AgreementRecord {
    precision: ShareRecord,
    recall: ShareRecord,
}

#[derive(Serialize)]
struct LinesRecord {
    lower: ShareRecord,
    upper: ShareRecord,
    both: ShareRecord,
}

#[derive(Serialize)]
struct PlaceRecord<'e> {
    doc: &'e str,
    byte_start: u32,
    byte_end: u32,
    exact: &'e str,
}

fn compared<'e>(evaluation: &Evaluation<'_>) -> Record<'e> {
    let extent = evaluation.extent;
    Record::Compared {
        all_outlets: evaluation.scope == Scope::AllOutlets,
        documents: extent.n_documents,
        claims: extent.n_claims,
        pairs: extent.n_pairs,
        pairs_left_out: extent.n_pairs_left_out,
        confirmed: extent.n_confirmed,
        suggested: extent.n_suggested,
    }
}

fn recall<'e>(row: &Recall) -> Record<'e> {
    Record::Recall {
        claims: trust(row.trust),
        kind: row.kind.map_or("all", labels::kind),
        grade: grades(row.grades),
        share: share(row.share),
    }
}

fn precision<'e>(row: &Precision) -> Record<'e> {
    Record::Precision {
        claims: trust(row.trust),
        share: share(row.share),
        unjudged: row.n_unjudged,
    }
}

fn f1<'e>(row: &F1) -> Record<'e> {
    Record::F1 { claims: trust(row.trust), grade: grades(row.grades), value: decimal(row.value) }
}

fn b_cubed<'e>(b_cubed: BCubed) -> Record<'e> {
    Record::BCubed {
        claims: "confirmed",
        of: b_cubed.n,
        precision: decimal(b_cubed.precision),
        recall: decimal(b_cubed.recall),
        f1: decimal(b_cubed.f1),
    }
}

fn boundaries<'e>(row: &Boundaries) -> Record<'e> {
    Record::Boundaries {
        claims: trust(row.trust),
        mean_chars: decimal(row.mean_chars),
        p90_chars: row.p90_chars,
        within_two_words: share(row.within_two_words),
    }
}

fn traps(row: &Traps) -> Record<'_> {
    Record::Traps {
        trap: row.kind.as_deref(),
        confirmed: share(row.confirmed),
        suggested: share(row.suggested),
    }
}

fn fact_record<'e>(row: &Fact) -> Record<'e> {
    Record::Fact { fact: fact(row.name), share: share(row.share), invented: share(row.invented) }
}

fn agencies<'e>(agencies: Agencies) -> Record<'e> {
    Record::Agencies {
        documents: agencies.n,
        right: agencies.n_right,
        wrong: agencies.n_wrong,
        missing: agencies.n_missing,
        f1: decimal(agencies.f1()),
    }
}

fn furniture<'e>(furniture: Furniture) -> Record<'e> {
    Record::Furniture {
        documents: furniture.n_documents,
        chars: agreement(furniture.chars),
        blocks: agreement(furniture.blocks),
    }
}

fn sources<'e>(sources: &Sources) -> Record<'e> {
    Record::Sources {
        claims: "confirmed",
        omitted_by: agreement(sources.omissions),
        copied_from: agreement(sources.copies),
        independent_lines: LinesRecord {
            lower: share(sources.lower),
            upper: share(sources.upper),
            both: share(sources.both),
        },
    }
}

fn miss<'e>(miss: &Miss<'e>) -> Record<'e> {
    Record::Miss {
        claim: &miss.claim.id,
        kind: labels::kind(miss.claim.kind),
        grade: labels::grade(miss.grade),
        suggested: miss.is_suggested,
        a: place(miss.a),
        b: place(miss.b),
    }
}

fn false_pair<'e>(pair: &FalsePair<'e>) -> Record<'e> {
    Record::FalsePair {
        claim: &pair.claim.id,
        status: labels::status(pair.claim.status),
        grade: labels::grade(pair.grade),
        a: place(pair.a),
        b: place(pair.b),
    }
}

fn taken<'e>(taken: &Taken<'e>) -> Record<'e> {
    Record::TrapTaken {
        trap: &taken.trap.kind,
        claim: &taken.claim.id,
        status: labels::status(taken.claim.status),
        a: place(&taken.trap.a),
        b: place(&taken.trap.b),
    }
}

fn place(place: &Place) -> PlaceRecord<'_> {
    PlaceRecord {
        doc: &place.doc,
        byte_start: place.span.start,
        byte_end: place.span.end,
        exact: &place.exact,
    }
}

fn share(share: Share) -> ShareRecord {
    ShareRecord { right: share.n_right, of: share.n, share: decimal(share.value()) }
}

fn agreement(agreement: Agreement) -> AgreementRecord {
    AgreementRecord { precision: share(agreement.precision), recall: share(agreement.recall) }
}

fn decimal(value: Option<Milli>) -> Option<Decimal> {
    value.map(Decimal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::eval::tests::written;

    #[test]
    fn a_record_for_each_measure() {
        let lines = written(|evaluation, lists, out| write(evaluation, lists, out).unwrap());
        for line in [
            r#"{"type":"compared","all_outlets":false,"documents":3,"claims":2,"pairs":2,"pairs_left_out":0,"confirmed":1,"suggested":1,"schema_version":1}"#,
            r#"{"type":"recall","claims":"confirmed","kind":"all","grade":"identical","right":1,"of":1,"share":1.0,"schema_version":1}"#,
            r#"{"type":"recall","claims":"confirmed-or-suggested","kind":"statement","grade":"identical-to-edited","right":0,"of":1,"share":0.0,"schema_version":1}"#,
            r#"{"type":"recall","claims":"confirmed","kind":"all","grade":"reworded","right":0,"of":0,"share":null,"schema_version":1}"#,
            r#"{"type":"precision","claims":"suggested","right":0,"of":1,"share":0.0,"unjudged":0,"schema_version":1}"#,
            r#"{"type":"f1","claims":"confirmed","grade":"all","value":0.667,"schema_version":1}"#,
            r#"{"type":"b-cubed","claims":"confirmed","of":4,"precision":1.0,"recall":0.75,"f1":0.857,"schema_version":1}"#,
            r#"{"type":"boundaries","claims":"confirmed","mean_chars":2.0,"p90_chars":4,"within_two_words":{"right":2,"of":2,"share":1.0},"schema_version":1}"#,
            r#"{"type":"traps","trap":null,"confirmed":{"right":0,"of":1,"share":0.0},"suggested":{"right":1,"of":1,"share":1.0},"schema_version":1}"#,
            r#"{"type":"fact","fact":"author","right":0,"of":0,"share":null,"invented":{"right":1,"of":1,"share":1.0},"schema_version":1}"#,
            r#"{"type":"agencies","documents":1,"right":0,"wrong":0,"missing":1,"f1":0.0,"schema_version":1}"#,
            r#"{"type":"furniture","documents":1,"chars":{"precision":{"right":6,"of":7,"share":0.857},"recall":{"right":6,"of":10,"share":0.6}},"blocks":{"precision":{"right":1,"of":2,"share":0.5},"recall":{"right":1,"of":1,"share":1.0}},"schema_version":1}"#,
            r#"{"type":"sources","claims":"confirmed","omitted_by":{"precision":{"right":1,"of":2,"share":0.5},"recall":{"right":1,"of":1,"share":1.0}},"copied_from":{"precision":{"right":0,"of":0,"share":null},"recall":{"right":0,"of":1,"share":0.0}},"independent_lines":{"lower":{"right":0,"of":1,"share":0.0},"upper":{"right":1,"of":1,"share":1.0},"both":{"right":0,"of":1,"share":0.0}},"schema_version":1}"#,
            r#"{"type":"miss","claim":"c2","kind":"statement","grade":"edited","suggested":false,"a":{"doc":"a.txt","byte_start":40,"byte_end":49,"exact":"enam lima"},"b":{"doc":"b.txt","byte_start":40,"byte_end":48,"exact":"enam\u001b[2J"},"schema_version":1}"#,
            r#"{"type":"false-pair","claim":"f2","status":"suggested","grade":"reworded","a":{"doc":"a.txt","byte_start":20,"byte_end":24,"exact":"tiga"},"b":{"doc":"b.txt","byte_start":20,"byte_end":25,"exact":"empat"},"schema_version":1}"#,
            r#"{"type":"trap-taken","trap":"names","claim":"f2","status":"suggested","a":{"doc":"a.txt","byte_start":20,"byte_end":24,"exact":"tiga"},"b":{"doc":"b.txt","byte_start":20,"byte_end":25,"exact":"empat"},"schema_version":1}"#,
        ] {
            assert!(lines.lines().any(|other| other == line), "{line}\n{lines}");
        }
    }

    #[test]
    fn lists_are_there_only_when_asked_for() {
        let lines = written(|evaluation, _, out| write(evaluation, Lists::default(), out).unwrap());
        assert!(lines.lines().last().unwrap().starts_with(r#"{"type":"sources""#), "{lines}");
    }
}
