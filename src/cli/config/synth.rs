//! What does the command line of `kutip synth` mean?

use super::{Error, ErrorKind, Milli, Result, STDOUT, check_outputs};
use crate::cli::args::SynthTyped;
use crate::synth::pan::{Language, PanParams};
use crate::synth::{Edit, Script, SynthParams, least_originals};
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// What `kutip synth` is to do.
#[derive(Debug)]
pub enum SynthConfig {
    /// Records, and the truth about them.
    Records(RecordsConfig),
    /// Pairs of texts in a folder.
    Pan(PanConfig),
}

/// Which records to make up.
#[derive(Debug)]
pub struct RecordsConfig {
    /// What to make up.
    pub params: SynthParams,
    /// Where the records go.
    pub corpus: PathBuf,
    /// Where the truth goes.
    pub truth: Option<PathBuf>,
}

/// Which pairs of texts to make up.
#[derive(Debug)]
pub struct PanConfig {
    /// What to make up.
    pub params: PanParams,
    /// The folder.
    pub folder: PathBuf,
}

/// Records of a cluster, at most, where nothing else is typed.
const LARGEST: u32 = 60;
const COPIES: f64 = 0.25;
const WORDS: RangeInclusive<usize> = 100..=800;
const PAN_WORDS: RangeInclusive<usize> = 300..=3000;
/// Half of a text must have room for a passage.
const LEAST_PAN_WORDS: usize = 100;

/// The meaning of what was typed.
///
/// Errors where an option does not go with --pan, or only with it.
pub fn synth(typed: SynthTyped) -> Result<SynthConfig> {
    match &typed.pan {
        Some(folder) => pan(&typed, folder.clone()).map(SynthConfig::Pan),
        None if typed.language.is_some() => {
            let cause = "records are of made-up words: it is said with --pan alone".to_owned();
            Err(usage("--language", "not understood", cause).hint("--scripts has their scripts"))
        }
        None => records(typed).map(SynthConfig::Records),
    }
}

fn pan(typed: &SynthTyped, folder: PathBuf) -> Result<PanConfig> {
    let of_records = [
        ("--output", typed.output.is_some()),
        ("--truth", typed.truth.is_some()),
        ("--copies", typed.copies.is_some()),
        ("--edits", !typed.edits.is_empty()),
        ("--template", typed.template.is_some()),
        ("--largest", typed.largest.is_some()),
        ("--scripts", !typed.scripts.is_empty()),
    ];
    if let Some((name, _)) = of_records.into_iter().find(|(_, is_typed)| *is_typed) {
        let cause = "it is about records, and --pan makes pairs of texts in its folder".to_owned();
        return Err(usage(name, "does not go with --pan", cause)
            .hint("--docs, --seed, --words and --language do"));
    }
    let words = typed.words.clone().unwrap_or(PAN_WORDS);
    if *words.start() < LEAST_PAN_WORDS {
        let cause =
            format!("with --pan expected {LEAST_PAN_WORDS} at least, got {}", words.start());
        return Err(usage("--words", "too short", cause)
            .hint("half of a text is to have room for a passage"));
    }
    Ok(PanConfig {
        params: PanParams {
            n_pairs: typed.docs,
            seed: typed.seed,
            language: typed.language.unwrap_or(Language::Indonesian),
            words,
        },
        folder,
    })
}

/// Errors where both outputs are one, where the scripts' shares are more than the whole or no edit
/// changes one of them, and where there are too few copies or originals for what is asked.
fn records(typed: SynthTyped) -> Result<RecordsConfig> {
    let corpus = typed.output.clone().unwrap_or_else(|| PathBuf::from(STDOUT));
    let outputs = [("--output", Some(&*corpus)), ("--truth", typed.truth.as_deref())];
    check_outputs(&[], &outputs)?;
    let copies = typed.copies.unwrap_or(COPIES);
    let n_copies = (u64::from(typed.docs) * thousandths(copies).0 as u64 / 1000) as u32;
    let (largest, first) = sizes(&typed, n_copies)?;
    let scripts = scripts(&typed.scripts)?;
    let edits = edits(&typed.edits, &scripts)?;
    Ok(RecordsConfig {
        params: SynthParams {
            n_docs: typed.docs,
            seed: typed.seed,
            n_copies,
            edits,
            template: typed.template.map_or(Milli(0), |share| thousandths(share).max(Milli(1))),
            largest,
            first,
            words: typed.words.unwrap_or(WORDS),
            scripts,
        },
        corpus,
        truth: typed.truth,
    })
}

fn thousandths(share: f64) -> Milli {
    Milli((share * 1000.0).round() as i64)
}

/// Records of the largest cluster there may be, and of the first.
fn sizes(typed: &SynthTyped, n_copies: u32) -> Result<(u32, u32)> {
    let largest = typed.largest.unwrap_or(LARGEST);
    let least = least_originals(n_copies, largest);
    if typed.docs - n_copies < least {
        let cause = format!(
            "{n_copies} of {} records leave {} originals, and clusters of up to {largest} need {least}",
            typed.docs,
            typed.docs - n_copies
        );
        return Err(usage(
            format!("--copies {}", typed.copies.unwrap_or(COPIES)),
            "too many",
            cause,
        )
        .hint("ask for fewer, or raise --largest"));
    }
    match typed.largest {
        Some(largest) if n_copies < largest - 1 => {
            let cause = format!(
                "there are {n_copies} copies, and the largest cluster needs {}",
                largest - 1
            );
            Err(usage(format!("--largest {largest}"), "cannot be reached", cause)
                .hint("ask for a smaller one, or raise --docs or --copies"))
        }
        Some(largest) => Ok((largest, largest)),
        // Small corpora are to have more than one cluster.
        None => Ok((LARGEST, LARGEST.min(2 + n_copies / 8))),
    }
}

/// Each script once with its share of the originals; Latin has the rest.
fn scripts(typed: &[(Script, f64)]) -> Result<Vec<(Script, Milli)>> {
    let mut scripts: Vec<(Script, Milli)> = Vec::new();
    for &(script, share) in typed {
        if scripts.iter().any(|(other, _)| *other == script) {
            let cause = format!("{} is there twice", script.name());
            return Err(usage("--scripts", "not understood", cause).hint("give each script once"));
        }
        scripts.push((script, thousandths(share)));
    }
    let whole: i64 = scripts.iter().map(|(_, share)| share.0).sum();
    if 1000 < whole {
        let cause = format!("the shares make {}.{:03} in all", whole / 1000, whole % 1000);
        return Err(usage("--scripts", "more than all", cause).hint("shares may make 1"));
    }
    match scripts.iter_mut().find(|(script, _)| *script == Script::Latin) {
        Some((_, share)) => share.0 += 1000 - whole,
        None => scripts.push((Script::Latin, Milli(1000 - whole))),
    }
    scripts.retain(|(_, share)| Milli(0) < *share);
    Ok(scripts)
}

/// All edits where none is typed. One at least must change every script.
fn edits(typed: &[Edit], scripts: &[(Script, Milli)]) -> Result<Vec<Edit>> {
    let edits = if typed.is_empty() { Edit::ALL.to_vec() } else { typed.to_vec() };
    let is_left_out =
        |(script, _): &&(Script, Milli)| !edits.iter().any(|edit| edit.applies_to(*script));
    match scripts.iter().find(is_left_out) {
        None => Ok(edits),
        Some((script, _)) => {
            let cause = format!("{} of --scripts has no capitals", script.name());
            Err(usage("--edits case", "changes nothing", cause).hint("list another edit too"))
        }
    }
}

fn usage(place: impl std::fmt::Display, what: &str, cause: String) -> Error {
    Error::new(ErrorKind::Usage, place, what, cause)
}
