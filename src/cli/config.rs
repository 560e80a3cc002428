//! What does the command line mean? Every rule that concerns more than one option is here, and
//! each message names the option.

mod compare;
mod passages;
mod plan;
mod synth;

pub use compare::{CompareConfig, compare};
pub use passages::{PassagesConfig, passages};
pub use plan::{PlanConfig, plan};
pub use synth::{RecordsConfig, SynthConfig, synth};

use super::args::{
    AlikeTyped, BatchTyped, ClaimsTyped, DedupTyped, EvalClaimsTyped, EvalDuplicatesTyped,
    EvalFormat, ExplainFormat, ExplainTyped, Format, KeepTyped, Show,
};
use super::passage::PassageArg;
use super::same_file::{is_input, is_same_output};
use crate::decision::Decisions;
use crate::duplicates::{DuplicateParams, Keep, Measure, Outlets, Room, SIGNATURE, Search};
use crate::error::{Error, ErrorKind, Result};
use crate::eval::Scope;
use crate::filter::Filter;
use crate::fixed::Milli;
use crate::ingest::{self, Delimiter, FieldMap};
use crate::lsh::Banding;
use crate::pipeline::ClaimParams;
use crate::provenance::{Edge, Owners, Period};
use crate::report::eval::Lists;
use crate::report::output::uncompressed_name;
use crate::report::page::Language;
use crate::report::screen::Page;
use std::io;
use std::path::{Path, PathBuf};

/// What `kutip claims` is to do.
#[derive(Debug)]
pub struct ClaimsConfig {
    /// Where the articles are.
    pub inputs: Vec<String>,
    /// What to look for.
    pub params: ClaimParams,
    /// Which of the claims to show.
    pub filter: Filter,
    /// How to write the claims.
    pub format: Format,
    /// The page that cards are written for.
    pub page: Page,
    /// Where the claims go.
    pub output: PathBuf,
    /// Where a page of them goes, and its language.
    pub html: Option<(PathBuf, Language)>,
    /// What every run over a batch is told.
    pub batch: BatchConfig,
}

/// What every run over a batch is told.
#[derive(Debug)]
pub struct BatchConfig {
    /// How to read it.
    pub options: ingest::Options,
    /// Where what could not be read goes.
    pub rejects: Option<PathBuf>,
    /// Where the figures of the run go.
    pub stats: Option<PathBuf>,
    /// Of when the articles are to be.
    pub period: Period,
    /// Number of threads; `None` leaves it to rayon, and so to `RAYON_NUM_THREADS`.
    pub n_threads: Option<usize>,
    /// Whether progress and summary are told.
    pub summary: bool,
}

fn batch(typed: BatchTyped) -> Result<BatchConfig> {
    Ok(BatchConfig {
        options: ingest::Options {
            fields_only: typed.rejects.is_none(),
            ..options(&typed.field, typed.delimiter)?
        },
        rejects: typed.rejects,
        stats: typed.stats,
        period: period(typed.since, typed.until)?,
        n_threads: typed.threads.map(usize::from),
        summary: !typed.quiet,
    })
}

/// The name of standard output.
const STDOUT: &str = "-";

/// The name of standard input.
const STDIN: &str = "-";

/// The meaning of what was typed.
///
/// Errors where options contradict each other or where an output is also an input.
pub fn claims(typed: ClaimsTyped) -> Result<ClaimsConfig> {
    let output = typed.output.unwrap_or_else(|| PathBuf::from(STDOUT));
    let outputs = [
        ("--output", Some(&*output)),
        ("--html", typed.page.html.as_deref()),
        ("--rejects", typed.batch.rejects.as_deref()),
        ("--stats", typed.batch.stats.as_deref()),
    ];
    let read = typed.paths.iter().chain(&typed.decisions).cloned().collect::<Vec<_>>();
    check_outputs(&read, &outputs)?;
    Ok(ClaimsConfig {
        html: typed.page.html.map(|path| (path, typed.page.html_language)),
        inputs: typed.paths,
        params: ClaimParams {
            min_outlets: typed.min_outlets,
            owners: owners(typed.owners)?,
            window: typed.window,
            decisions: decisions(typed.decisions)?,
        },
        filter: Filter { speakers: typed.speaker, outlets: typed.outlet },
        format: typed.format.unwrap_or_else(|| format_of(&output)),
        page: page_of(&output),
        output,
        batch: batch(typed.batch)?,
    })
}

/// The shipped table of owners, and before it the reader's own.
fn owners(path: Option<String>) -> Result<Owners> {
    let own = path.map(|path| Owners::parse(&ingest::read_text(&path)?, &path)).transpose()?;
    Ok(Owners::shipped().overridden_by(own.unwrap_or_default()))
}

/// What a reader decided.
fn decisions(path: Option<String>) -> Result<Decisions> {
    let read = |path: String| Decisions::parse(&ingest::read_text(&path)?, &path);
    path.map_or(Ok(Decisions::default()), read)
}

/// What `kutip eval claims` is to do.
#[derive(Debug)]
pub struct EvalConfig {
    /// Where the truth is.
    pub truth: String,
    /// Where the found claims are.
    pub found: String,
    /// How to write the measures.
    pub format: EvalFormat,
    /// Which pairs count.
    pub scope: Scope,
    /// What to list beside the measures.
    pub lists: Lists,
}

/// The meaning of what was typed.
///
/// Errors where one standard input would have to be two files.
pub fn eval_claims(typed: EvalClaimsTyped) -> Result<EvalConfig> {
    check_two_files(&typed.truth, &typed.found)?;
    let shows = |list| typed.show.contains(&list);
    Ok(EvalConfig {
        format: typed.format,
        scope: if typed.all_outlets { Scope::AllOutlets } else { Scope::BetweenOutlets },
        lists: Lists {
            misses: shows(Show::Misses),
            false_pairs: shows(Show::False),
            traps: shows(Show::Traps),
        },
        truth: typed.truth,
        found: typed.found,
    })
}

/// The meaning of what was typed, which says what it means.
///
/// Errors where one standard input would have to be two files.
pub fn eval_duplicates(typed: EvalDuplicatesTyped) -> Result<EvalDuplicatesTyped> {
    check_two_files(&typed.truth, &typed.found)?;
    Ok(typed)
}

fn check_two_files(truth: &str, found: &str) -> Result<()> {
    if truth == STDIN && found == STDIN {
        let cause = "--truth and --found would both read it";
        let error = Error::new(ErrorKind::Usage, "standard input", "cannot read", cause);
        return Err(error.hint("give one of them a file"));
    }
    Ok(())
}

/// What `kutip explain` is to do.
#[derive(Debug)]
pub struct ExplainConfig {
    /// The two passages.
    pub passages: [PassageArg; 2],
    /// The other articles of the batch.
    pub among: Vec<String>,
    /// How to read them all.
    pub options: ingest::Options,
    /// How to write the explanation.
    pub format: ExplainFormat,
}

/// The meaning of what was typed.
///
/// Errors where a passage is empty or not written as one, and where both are one.
pub fn explain(typed: ExplainTyped) -> Result<ExplainConfig> {
    let passages = [PassageArg::parse(&typed.a)?, PassageArg::parse(&typed.b)?];
    if passages[0] == passages[1] && !matches!(passages[0], PassageArg::Text(_)) {
        return Err(super::passage::twice(&typed.a));
    }
    Ok(ExplainConfig {
        passages,
        among: typed.among,
        options: options(&typed.field, typed.delimiter)?,
        format: typed.format,
    })
}

fn period(since: Option<Edge>, until: Option<Edge>) -> Result<Period> {
    let period = Period { since, until };
    if period.is_empty() {
        let cause = "no article is published both since the one and until the other";
        let error = Error::new(ErrorKind::Usage, "", "--until is before --since", cause);
        return Err(error.hint("exchange them"));
    }
    Ok(period)
}

fn options(field: &[String], delimiter: Option<Delimiter>) -> Result<ingest::Options> {
    Ok(ingest::Options { fields: FieldMap::parse(field)?, delimiter, ..Default::default() })
}

/// How kept records are to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptForm {
    /// As JSON Lines, whatever the inputs are.
    JsonLines,
    /// As rows of a table, which the inputs must be.
    Table,
    /// As a Parquet file, which the inputs must be.
    Parquet,
    /// As rows where the inputs are tables, and else as JSON Lines.
    AsRead,
}

/// What `kutip dedup` is to do.
#[derive(Debug)]
pub struct DedupConfig {
    /// Where the articles are.
    pub inputs: Vec<String>,
    /// What is a duplicate.
    pub params: DuplicateParams,
    /// Whether all pairs were asked for.
    pub exact: bool,
    /// What share of them was asked for else.
    pub recall: f64,
    /// Which of several is kept.
    pub keep: Keep,
    /// Where articles are that are only compared with.
    pub against: Vec<String>,
    /// Whether all records are written, each with what became of it.
    pub annotate: bool,
    /// How much memory may be taken, and where the rest goes.
    pub room: Room,
    /// Where finished stages are left.
    pub resume: Option<PathBuf>,
    /// Where the kept records go.
    pub kept: PathBuf,
    /// What its name asks for.
    pub kept_form: KeptForm,
    /// Where the removed records go, each with its proof.
    pub removed: Option<PathBuf>,
    /// Where the clusters go.
    pub clusters: Option<PathBuf>,
    /// Where a page of them goes, and its language.
    pub html: Option<(PathBuf, Language)>,
    /// What every run over a batch is told.
    pub batch: BatchConfig,
}

/// The meaning of what was typed.
///
/// Errors where an output is also an input or another output, where an input is also one to compare
/// with, where no banding of a signature finds as much as `--recall` asks, and where the list of
/// outlets cannot be read.
pub fn dedup(typed: DedupTyped) -> Result<DedupConfig> {
    let kept = typed.output.unwrap_or_else(|| PathBuf::from(STDOUT));
    let outputs = [
        ("--output", Some(&*kept)),
        ("--removed", typed.removed.as_deref()),
        ("--clusters", typed.clusters.as_deref()),
        ("--html", typed.page.html.as_deref()),
        ("--rejects", typed.batch.rejects.as_deref()),
        ("--stats", typed.batch.stats.as_deref()),
    ];
    check_outputs(&[&typed.paths[..], &typed.against].concat(), &outputs)?;
    check_resume(typed.resume.as_deref(), &outputs)?;
    check_against(&typed.paths, &typed.against)?;
    let kept_form = kept_form_of(&kept);
    // Whole records go into lines alone; and what is resumed is told by all that is read.
    let has_lines = kept_form != KeptForm::Parquet
        || typed.removed.is_some()
        || typed.batch.rejects.is_some()
        || typed.resume.is_some();
    let mut batch = batch(typed.batch)?;
    batch.options.fields_only = !has_lines;
    batch.options.temp_dir = typed.temp_dir.clone();
    Ok(DedupConfig {
        params: duplicate_params(&typed.alike, typed.no_loss)?,
        exact: typed.alike.exact,
        recall: typed.alike.recall,
        inputs: typed.paths,
        keep: keep(typed.keep)?,
        annotate: typed.annotate,
        against: typed.against,
        room: room(typed.memory, typed.temp_dir)?,
        resume: typed.resume,
        kept_form,
        kept,
        removed: typed.removed,
        clusters: typed.clusters,
        html: typed.page.html.map(|path| (path, typed.page.html_language)),
        batch,
    })
}

fn duplicate_params(typed: &AlikeTyped, no_loss: bool) -> Result<DuplicateParams> {
    Ok(DuplicateParams {
        shingling: typed.shingle,
        measure: typed.measure,
        threshold: up_to_thousandths(typed.threshold),
        search: search(typed.measure, typed.exact, typed.threshold, typed.recall)?,
        no_loss,
    })
}

fn room(memory_bytes: u64, temp_dir: Option<PathBuf>) -> Result<Room> {
    if memory_bytes < Room::LEAST_BYTES {
        let mib = Room::LEAST_BYTES >> 20;
        let cause = format!("expected at least {mib}MiB, got {memory_bytes} bytes");
        return Err(Error::new(ErrorKind::Usage, "--memory", "too little", cause));
    }
    Ok(Room { memory_bytes, temp_dir: temp_dir.unwrap_or_else(std::env::temp_dir) })
}

fn search(measure: Measure, exact: bool, threshold: f64, recall: f64) -> Result<Search> {
    if exact || measure == Measure::Containment {
        return Ok(Search::All);
    }
    let banding = Banding::for_recall(SIGNATURE, threshold, recall);
    banding.map(Search::Bands).ok_or_else(|| too_much_recall(threshold, recall))
}

fn keep(typed: KeepTyped) -> Result<Keep> {
    Ok(match typed {
        KeepTyped::First => Keep::First,
        KeepTyped::Longest => Keep::Longest,
        KeepTyped::Earliest => Keep::Earliest,
        KeepTyped::Priority(path) => {
            let list = ingest::read_text(&path)?;
            let names = list.lines().map(str::trim).filter(|name| !name.is_empty());
            Keep::Priority(Outlets::new(names))
        }
    })
}

/// What is only compared with cannot be what is cleaned, by whatever way it is reached.
fn check_against(inputs: &[String], against: &[String]) -> Result<()> {
    match ingest::in_both(inputs, against) {
        None => Ok(()),
        Some(path) => {
            let cause = "it is also what is to be cleaned";
            let error = Error::new(ErrorKind::Usage, path, "cannot be compared with", cause);
            Err(error.hint("move it out of what --against names"))
        }
    }
}

/// In thousandths, rounded up: what is removed reaches the threshold that was typed. A number of
/// thousandths stays itself, whatever its binary form.
fn up_to_thousandths(share: f64) -> Milli {
    Milli(((share * 1000.0 - 1e-6).ceil() as i64).max(1))
}

fn too_much_recall(threshold: f64, recall: f64) -> Error {
    let most = Banding { bands: SIGNATURE, rows: 1 }.recall(threshold);
    let cause = format!("{SIGNATURE} minima find at most {most:.4} of the pairs at {threshold}");
    // What is named can be had: rounded down.
    let reached = match (most * 1e4).floor() / 1e4 {
        0.0 => "ask for less".to_owned(),
        reached => format!("ask for --recall {reached} or less"),
    };
    Error::new(ErrorKind::Usage, format!("--recall {recall}"), "cannot be reached", cause).hint(
        format!(
            "{reached}, raise --threshold to {} or more, or find all pairs with --exact",
            least_threshold(recall)
        ),
    )
}

/// The least threshold, in thousandths, at which so much recall can be had.
fn least_threshold(recall: f64) -> f64 {
    let thresholds = (1..1000).map(|thousandths| f64::from(thousandths) / 1e3);
    let can_be_had = |threshold: &f64| Banding::for_recall(SIGNATURE, *threshold, recall).is_some();
    thresholds.into_iter().find(can_be_had).unwrap_or(1.0)
}

/// No two outputs may be one, and none may be an input.
fn check_outputs(paths: &[String], outputs: &[(&str, Option<&Path>)]) -> Result<()> {
    let outputs: Vec<(&str, &Path)> =
        outputs.iter().filter_map(|&(flag, path)| Some((flag, path?))).collect();
    for (idx, &(flag, path)) in outputs.iter().enumerate() {
        if let Some(input) = paths.iter().find(|input| is_input(path, input)) {
            return Err(also_an_input(flag, path, input));
        }
        let twin = outputs[..idx].iter().find(|(_, other)| is_same_output(path, other));
        if let Some((other, _)) = twin {
            let error = usage(path, format!("{other} and {flag} both write there"));
            return Err(error.hint(format!("give {flag} another file")));
        }
    }
    Ok(())
}

/// No output may be where a run leaves what it has done: that is removed in the end.
fn check_resume(folder: Option<&Path>, outputs: &[(&str, Option<&Path>)]) -> Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    let is_taken = |path: &Path| super::resume::is_taken(path, folder);
    let outputs = outputs.iter().filter_map(|&(flag, path)| Some((flag, path?)));
    let mut outputs = outputs.filter(|(_, path)| is_taken(path));
    match outputs.next() {
        None => Ok(()),
        Some((flag, path)) => {
            let cause = format!("{flag} has the name of a file that --resume leaves there");
            Err(usage(path, cause).hint(format!("give {flag} another name or folder")))
        }
    }
}

fn also_an_input(flag: &str, path: &Path, input: &str) -> Error {
    let cause = |subject: &str| match Path::new(input) == path {
        true => format!("{subject} is also an input"),
        false => format!("{subject} is also an input, by way of {input}"),
    };
    if path == Path::new(STDOUT) {
        return usage(Path::new("standard output"), cause("it"))
            .hint("redirect it to a file that is not read");
    }
    usage(path, cause(flag)).hint(format!("give {flag} a file that is not read"))
}

fn usage(path: &Path, cause: String) -> Error {
    Error::new(ErrorKind::Usage, path.display(), "cannot write", cause)
}

fn format_of(output: &Path) -> Format {
    let name = uncompressed_name(output);
    match name.extension().and_then(|extension| extension.to_str()) {
        Some(extension) if is_json(extension) => Format::Jsonl,
        Some(extension) if extension.eq_ignore_ascii_case("csv") => Format::Csv,
        Some(extension) if extension.eq_ignore_ascii_case("jsonld") => Format::Jsonld,
        Some(extension) if extension.eq_ignore_ascii_case("graphml") => Format::Graphml,
        _ => Format::Text,
    }
}

fn kept_form_of(output: &Path) -> KeptForm {
    let name = uncompressed_name(output);
    match name.extension().and_then(|extension| extension.to_str()) {
        Some(extension) if is_json(extension) => KeptForm::JsonLines,
        Some(extension) if is_table(extension) => KeptForm::Table,
        Some(extension) if extension.eq_ignore_ascii_case("parquet") => KeptForm::Parquet,
        _ => KeptForm::AsRead,
    }
}

fn is_table(extension: &str) -> bool {
    ["csv", "tsv"].iter().any(|table| extension.eq_ignore_ascii_case(table))
}

fn is_json(extension: &str) -> bool {
    ["jsonl", "ndjson", "json"].iter().any(|json| extension.eq_ignore_ascii_case(json))
}

const DEFAULT_WIDTH: usize = 80;

/// The page of standard output, or of a file.
fn page_of(output: &Path) -> Page {
    let stdout = io::stdout();
    let on_screen = output == Path::new(STDOUT);
    let colour = on_screen && anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let measured = || on_screen.then(terminal_width).flatten();
    let width = columns.filter(|&n| 0 < n).or_else(measured).unwrap_or(DEFAULT_WIDTH);
    Page { width, colour }
}

/// Columns of the terminal that is standard output, if it is one.
fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_output_decides_the_format() {
        for (name, expect) in [
            ("-", Format::Text),
            ("claims.txt", Format::Text),
            ("claims", Format::Text),
            ("claims.gz", Format::Text),
            ("claims.jsonl", Format::Jsonl),
            ("claims.JSONL.zst", Format::Jsonl),
            ("jsonl", Format::Text),
            ("a.jsonl/claims", Format::Text),
            ("claims.ndjson.xz", Format::Jsonl),
            ("claims.CSV", Format::Csv),
            ("claims.jsonld.gz", Format::Jsonld),
            ("claims.graphml.zst", Format::Graphml),
            ("claims.tsv", Format::Text),
        ] {
            assert_eq!(format_of(Path::new(name)), expect, "{name}");
        }
    }

    #[test]
    fn the_name_of_the_output_decides_the_form_of_kept_records() {
        for (name, expect) in [
            ("-", KeptForm::AsRead),
            ("kept", KeptForm::AsRead),
            ("kept.txt", KeptForm::AsRead),
            ("kept.CSV", KeptForm::Table),
            ("kept.tsv.zst", KeptForm::Table),
            ("kept.parquet", KeptForm::Parquet),
            ("kept.jsonl.gz", KeptForm::JsonLines),
            ("a.csv/kept", KeptForm::AsRead),
        ] {
            assert_eq!(kept_form_of(Path::new(name)), expect, "{name}");
        }
    }

    #[test]
    fn thresholds_are_rounded_up_and_thousandths_stay() {
        for thousandths in 1..=1000 {
            let typed: f64 = format!("0.{thousandths:03}").parse().unwrap();
            let typed = if thousandths == 1000 { 1.0 } else { typed };
            assert_eq!(up_to_thousandths(typed), Milli(thousandths));
        }
        assert_eq!(up_to_thousandths(0.80001), Milli(801));
    }

    fn typed(args: &[&str]) -> Result<ClaimsConfig> {
        use crate::cli::args::{Command, Typed};
        use clap::Parser;
        let args = ["kutip", "claims"].iter().chain(args);
        match Typed::try_parse_from(args).unwrap().command {
            Command::Claims(typed) => claims(typed),
            _ => unreachable!("the command is claims"),
        }
    }

    #[test]
    fn outputs_may_not_meet() {
        for (args, expect) in [
            (&["a", "--rejects", "-"][..], "-: cannot write: --output and --rejects both"),
            (&["a", "-o", "x", "--stats", "./x"], "./x: cannot write: --output and --stats both"),
            (&["a", "-o", "x", "--rejects", "y", "--stats", "y"], "y: cannot write: --rejects and"),
            (&["Cargo.toml", "-o", "./Cargo.toml"], "./Cargo.toml: cannot write: --output is also"),
            (&["src", "--stats", "src/lib.rs"], "src/lib.rs: cannot write: --stats is also"),
            (&["src/*.rs", "--rejects", "src/lib.rs"], "src/lib.rs: cannot write: --rejects is"),
        ] {
            let error = typed(args).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Usage);
            assert!(error.to_string().starts_with(expect), "{error}");
        }
        for args in [
            &["src", "-o", "x", "--rejects", "-"][..],
            &["src", "-o", "src/new.jsonl"],
            &["src/*.rs", "-o", "Cargo.toml"],
            &["/dev/null", "-o", "/dev/null", "--stats", "/dev/null"],
            &["-", "-o", "-"],
        ] {
            typed(args).unwrap();
        }
    }
}
