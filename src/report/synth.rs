//! How is a made-up corpus written? A record a line, and in another file a line of truth about each; of
//! reused passages in a folder ([`pan`]).

pub mod pan;

use super::jsonl::{Decimal, write_line};
use crate::synth::{Copied, Edit, Synth, SynthRecord};
use jiff::ToSpan;
use jiff::civil::date;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Record<'r> {
    id: String,
    outlet: &'r str,
    published: String,
    text: &'r str,
}

#[derive(Serialize)]
struct TruthLine {
    doc: String,
    cluster: String,
    #[serde(flatten)]
    copy: Option<CopyLine>,
}

#[derive(Serialize)]
struct CopyLine {
    edit: String,
    of: String,
    jaccard: Decimal,
    containment: Decimal,
}

/// Records in memory at a time.
const CHUNK: usize = 2048;

/// Writes the corpus to `out` and the truth about it to `truth`, in the order of their numbers.
/// Memory does not grow with their number.
pub fn write(synth: &Synth, out: &mut dyn Write, truth: &mut dyn Write) -> io::Result<()> {
    let n_docs = synth.n_docs();
    for start in (0..n_docs).step_by(CHUNK) {
        for record in synth.records(start..n_docs.min(start + CHUNK as u32)) {
            write_line(&corpus_record(&record), out)?;
            write_line(&truth_line(&record), truth)?;
        }
    }
    Ok(())
}

fn corpus_record(record: &SynthRecord) -> Record<'_> {
    let begin = date(2024, 1, 1).at(0, 0, 0, 0);
    Record {
        id: doc(record.number),
        outlet: &record.outlet,
        published: format!(
            "{}Z",
            begin.saturating_add(i64::from(record.published_minutes).minutes())
        ),
        text: &record.text,
    }
}

fn truth_line(record: &SynthRecord) -> TruthLine {
    let copy_line = |copy: &Copied| CopyLine {
        edit: copy.edits.iter().map(|edit| Edit::name(*edit)).collect::<Vec<_>>().join("+"),
        of: doc(copy.of),
        jaccard: Decimal(copy.jaccard),
        containment: Decimal(copy.containment),
    };
    TruthLine {
        doc: doc(record.number),
        cluster: format!("c{:07}", record.cluster),
        copy: record.copy.as_ref().map(copy_line),
    }
}

fn doc(number: u32) -> String {
    format!("d{number:07}")
}
