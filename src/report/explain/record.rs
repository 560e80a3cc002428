//! How is an explanation written for programs? As one JSON object.

use super::outcome;
use crate::align::credit;
use crate::condition::{Bound, Condition};
use crate::fixed::Milli;
use crate::judge::ConflictKind;
use crate::judge::rule::WAYS;
use crate::pipeline::{ClaimRef, Explained, PairExplained, Side, WordExplained};
use crate::report::jsonl::{Decimal, write_line};
use crate::report::{SCHEMA_VERSION, labels};
use crate::span::{ByteSpan, CharIndex};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes the record; `is_whole` tells whether the batch is more than the passages' documents.
pub fn write(explained: &Explained, is_whole: bool, out: &mut dyn Write) -> io::Result<()> {
    write_line(
        &Record {
            record_type: "explanation",
            schema_version: SCHEMA_VERSION,
            outcome: outcome(explained.pair.as_ref().map(|pair| pair.outcome)),
            documents: explained.n_documents,
            among: is_whole,
            passages: explained.sides.each_ref().map(passage),
            units: explained.choices.first().map(|choice| choice.units),
            pair: explained.pair.as_ref().map(stages),
        },
        out,
    )
}

#[derive(Serialize)]
struct Record<'e> {
    #[serde(rename = "type")]
    record_type: &'static str,
    schema_version: u32,
    outcome: &'static str,
    documents: usize,
    among: bool,
    passages: [Value; 2],
    units: Option<[usize; 2]>,
    #[serde(flatten)]
    pair: Option<Stages<'e>>,
}

#[derive(Serialize)]
struct Stages<'e> {
    candidate: Value,
    story: Value,
    alignment: Value,
    judgement: Vec<Value>,
    better_partners: [Option<Value>; 2],
    claims: Claims<'e>,
}

#[derive(Serialize)]
struct Claims<'e> {
    both: Vec<ClaimRecord<'e>>,
    only_a: Vec<ClaimRecord<'e>>,
    only_b: Vec<ClaimRecord<'e>>,
}

#[derive(Serialize)]
struct ClaimRecord<'e> {
    id: &'e str,
    status: &'static str,
    outlets: usize,
    text: &'e str,
}

fn passage(side: &Side) -> Value {
    let text = &side.document.text;
    let chars = CharIndex::new(text);
    let part = |bytes: ByteSpan| {
        let span = chars.span(bytes);
        json!({
            "byte_start": bytes.start, "byte_end": bytes.end,
            "char_start": span.char_start, "char_end": span.char_end, "exact": bytes.of(text),
        })
    };
    let unit = |unit: &crate::pipeline::Unit| {
        json!({
            "kind": labels::kind(unit.kind), "places": unit.n_places, "at": part(unit.span),
        })
    };
    let glued = |word: &crate::pipeline::Glued| {
        let parts: Vec<&str> = word.parts.iter().map(|p| p.of(text)).collect();
        json!({ "at": part(word.span), "parts": parts })
    };
    json!({
        "doc": side.document.name(),
        "path": side.document.source.path,
        "line": side.document.source.line,
        "at": part(side.span),
        "language": side.language,
        "furniture": side.is_furniture,
        "units": side.units.iter().map(unit).collect::<Vec<_>>(),
        "taken_apart": side.glued.iter().map(glued).collect::<Vec<_>>(),
    })
}

fn stages(pair: &PairExplained) -> Stages<'_> {
    let figures = &pair.explanation.measured.figures;
    let way = |way: &crate::judge::rule::Way| {
        json!({
            "status": labels::status(way.status), "name": way.name, "open": way.is_open(figures),
            "conditions": way.conditions(figures).map(|c| condition(&c)).collect::<Vec<_>>(),
        })
    };
    let better = |better: &crate::pipeline::Better| {
        json!({
            "place": better.source.place(), "text": better.text,
            "status": labels::status(better.status), "agreement": decimal(better.strength),
        })
    };
    Stages {
        candidate: candidate(pair),
        story: story(pair),
        alignment: alignment(pair),
        judgement: WAYS.iter().map(way).collect(),
        better_partners: pair.better.each_ref().map(|b| b.as_ref().map(better)),
        claims: Claims {
            both: pair.together.iter().map(claim).collect(),
            only_a: pair.apart[0].iter().map(claim).collect(),
            only_b: pair.apart[1].iter().map(claim).collect(),
        },
    }
}

fn claim(claim: &ClaimRef) -> ClaimRecord<'_> {
    ClaimRecord {
        id: &claim.id,
        status: labels::status(claim.status),
        outlets: claim.n_outlets,
        text: &claim.text,
    }
}

fn candidate(pair: &PairExplained) -> Value {
    let reasons = &pair.reasons;
    let words = |at: std::ops::Range<usize>| texts(&pair.words[0], at);
    let run = |run: &crate::candidate::reasons::SharedRun| {
        json!({
            "words": words(run.words.clone()), "proposes": run.proposes(),
            "conditions": run.conditions.iter().map(condition).collect::<Vec<_>>(),
        })
    };
    let stem = |stem: &crate::candidate::reasons::SharedStem| {
        json!({
            "words": words(stem.at..stem.at + 1), "weight": decimal(stem.weight),
            "conditions": [condition(&stem.is_rare)],
        })
    };
    let spelling = &reasons.spelling;
    json!({
        "proposed": reasons.propose(),
        "one_wording": reasons.is_one_wording,
        "different_documents": reasons.in_different_documents,
        "runs": {
            "proposes": reasons.by_runs(),
            "shared": reasons.runs.iter().map(run).collect::<Vec<_>>(),
        },
        "spelling": {
            "proposes": reasons.by_spelling(),
            "char5_jaccard": decimal(spelling.char5_jaccard),
            "recall": decimal(spelling.recall),
            "bands": spelling.n_bands,
            "crowded_bands": spelling.n_crowded_bands,
            "conditions": [condition(&spelling.condition)],
        },
        "rare_words": {
            "proposes": reasons.by_rare_words(),
            "conditions": reasons.rare.iter().map(condition).collect::<Vec<_>>(),
            "shared": reasons.stems.iter().map(stem).collect::<Vec<_>>(),
        },
    })
}

fn story(pair: &PairExplained) -> Value {
    json!({
        "linked": pair.link.is_linked,
        "copy": pair.link.is_copy,
        "beyond_pair": pair.link.is_beyond,
        "other_events": pair.other_events,
        "of": pair.story_of.each_ref().map(|source| source.place()),
        "conditions": [condition(&pair.link.condition)],
        "common_links": pair.link.n_common,
        "searched_word_pairs": pair.link.n_searched,
    })
}

fn alignment(pair: &PairExplained) -> Value {
    let (explanation, measured) = (&pair.explanation, &pair.explanation.measured);
    let pairs = measured.alignment.pairs.iter().map(|&(i, j)| {
        let worth = credit(&explanation.a[i as usize], &explanation.b[j as usize]);
        json!({ "a": i, "b": j, "credit": decimal(Milli(worth.into())) })
    });
    let conflicts = measured.conflicts.iter().map(|conflict| {
        json!({
            "kind": match conflict.kind { ConflictKind::Name => "name", ConflictKind::Number => "number" },
            "a": texts(&pair.words[0], conflict.a.clone()),
            "b": texts(&pair.words[1], conflict.b.clone()),
            "cost": decimal(conflict.cost),
        })
    });
    json!({
        "a": words(&pair.words[0]),
        "b": words(&pair.words[1]),
        "pairs": pairs.collect::<Vec<_>>(),
        "conflicts": conflicts.collect::<Vec<_>>(),
        "score": decimal(Milli(measured.alignment.score)),
        "mass": decimal(measured.mass),
        "shared_mass": decimal(measured.shared_mass),
    })
}

fn words(words: &[WordExplained]) -> Vec<Value> {
    let word = |w: &WordExplained| json!({ "text": w.text, "weight": decimal(w.weight), "phrase": w.phrase });
    words.iter().map(word).collect()
}

fn texts(words: &[WordExplained], at: std::ops::Range<usize>) -> Vec<&str> {
    words.get(at).unwrap_or_default().iter().map(|w| w.text.as_str()).collect()
}

fn condition(condition: &Condition) -> Value {
    let (bound, threshold) = match condition.bound {
        Bound::AtLeast(least) => ("at_least", least),
        Bound::AtMost(most) => ("at_most", most),
    };
    json!({
        "name": condition.name, "value": decimal(condition.value), "bound": bound,
        "threshold": decimal(threshold), "holds": condition.holds(),
    })
}

fn decimal(value: Milli) -> Value {
    json!(Decimal(value))
}
