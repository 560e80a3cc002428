//! Is a match of expectation value E met E times by chance? Measures pairs of passages that are
//! unrelated, fits the two constants of E = K m n exp(-lambda S) to their masses, and counts how
//! many pairs the judge's own constants take for rarer than they are.
//!
//! ```text
//! cargo bench --bench significance -- [--articles N] [--pairs N] [--show N] PATH...
//! ```
//!
//! Every PATH is a batch: whatever `kutip claims` reads, or N articles of it, evenly spread. Each is
//! measured twice, as it is and with the words of every document shuffled, as the judge measures
//! (weights, story, formulas, conflicts, alignment). Left out are pairs of documents of one story,
//! as kutip finds it and as `PATH.truth.jsonl` says where there is one, and pairs that share a run
//! of six words: those are repeats and no chance.
//!
//! A row tells the script of most letters, the passages, the pairs measured (all, or a million drawn
//! evenly; `--pairs` draws more), lambda and ln K fitted to the tail between the masses that one pair
//! in 300 and one in 100,000 reach, then for every E the number of pairs expected at most that and
//! the number found, of the whole batch. Where pairs were drawn, they are found among the candidates:
//! what a run can take for a match, and fewer than all: of 1868 Turkish passages 43 for 118 at
//! E <= 100, 7 for 10 at 10, 2 for 3 at 1.
//!
//! `--show N` adds the N rarest pairs: mass, ln E and the words that correspond, with weights.
//!
//! How to read it: shuffled, found is near expected where the constants are right, and below it
//! where they are cautious. As it is, found is more: text has phrases that no shuffling has, and
//! stories that kutip does not know to be one.
//!
//! A PATH without an article is told on stderr and left out; the exit code is then 1.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use kutip::document::{DocId, Document, Source};
use kutip::error::{Error, ErrorKind};
use kutip::fixed::Milli;
use kutip::hash::hash64_of;
use kutip::ingest::{self, Options};
use kutip::judge::Judge;
use kutip::pipeline::Batch;
use kutip::report::rejects::{tell, tell_error};
use kutip::story::Stories;
use kutip::text::tokenize::{is_unspaced, tokenize};
use kutip::wording::{WordId, WordingId};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::process::ExitCode;

/// Most pairs of a batch that are measured, unless told otherwise.
const PAIRS: u64 = 1_000_000;
/// Words of a run that no two unrelated passages share.
const REPEAT_WORDS: usize = 6;
/// The tail that is fitted: from one pair in so many to one pair in so many.
const TAIL: (usize, usize) = (300, 100_000);
/// Fewest pairs at the tail's thin end.
const TAIL_PAIRS: usize = 10;
/// Distance of the masses at which the tail is counted, in thousandths of a nat.
const STEP: i64 = 250;
/// The expectation values of the table, with their natural logarithms in thousandths.
const THRESHOLDS: [(f64, i64); 5] =
    [(100.0, 4605), (10.0, 2303), (1.0, 0), (0.1, -2303), (0.01, -4605)];

/// What is measured of every batch.
const TEXTS: [&str; 2] = ["shuffled", "as it is"];

fn main() -> ExitCode {
    let Arguments { paths, n_articles, n_pairs, n_shown } = arguments();
    print!("{:<30} {:<12} {:<9} {:>7} {:>8}", "batch", "script", "text", "passages", "pairs");
    print!(" {:>6} {:>6}", "lambda", "ln K");
    THRESHOLDS.iter().for_each(|(e, _)| print!(" {:>14}", format!("E<={e}")));
    println!();
    let mut totals = [Counts::default(), Counts::default()];
    let mut exit = ExitCode::SUCCESS;
    for path in paths {
        let Some(documents) = read(&path, n_articles) else {
            exit = ExitCode::FAILURE;
            continue;
        };
        let stories = stories(&path);
        let script = script(&documents);
        let shuffled = Batch::of(documents.iter().map(shuffled).collect());
        let original = Batch::of(documents);
        for (i, (batch, text)) in
            [(&shuffled, TEXTS[0]), (&original, TEXTS[1])].into_iter().enumerate()
        {
            let judge = batch.judge();
            let unrelated = Unrelated::new(batch, &judge, &original, &stories);
            let measured = Measured::of(batch, &unrelated, n_pairs, n_shown);
            measured.print(&path, script, text);
            totals[i].add(&measured.counts);
        }
    }
    for (name, total) in TEXTS.into_iter().zip(&totals) {
        print!("{:<30} {:<12} {name:<9} {:>31}", "all", "", "");
        total.print();
    }
    exit
}

/// What was asked for.
struct Arguments {
    paths: Vec<String>,
    n_articles: usize,
    n_pairs: u64,
    n_shown: usize,
}

fn arguments() -> Arguments {
    let mut given = std::env::args().skip(1).filter(|a| a != "--bench");
    let mut arguments =
        Arguments { paths: Vec::new(), n_articles: usize::MAX, n_pairs: PAIRS, n_shown: 0 };
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--articles" => arguments.n_articles = given.next().unwrap().parse().unwrap(),
            "--pairs" => arguments.n_pairs = given.next().unwrap().parse().unwrap(),
            "--show" => arguments.n_shown = given.next().unwrap().parse().unwrap(),
            _ => arguments.paths.push(argument),
        }
    }
    arguments
}

/// At most `n` articles of a batch. Where there is none, says so, and what could not be read.
fn read(path: &str, n: usize) -> Option<Vec<Document>> {
    let read = ingest::read(&[path.to_owned()], &Options::default());
    let documents = spread(read.documents, n);
    if documents.is_empty() {
        let cause = match (n, read.rejects.len()) {
            (0, _) => "--articles is 0".to_owned(),
            (_, 0) => "it holds nothing that kutip reads".to_owned(),
            (_, n) => format!("what it holds cannot be read ({n} rejected)"),
        };
        let error = Error::new(ErrorKind::Input, path, "no article to measure", cause);
        let mut stderr = std::io::stderr().lock();
        let _ = tell(&read.rejects, &mut stderr).and_then(|()| tell_error(&error, &mut stderr));
        return None;
    }
    Some(documents)
}

/// At most `n` of them, evenly spread.
fn spread(documents: Vec<Document>, n: usize) -> Vec<Document> {
    let all = documents.len();
    let keep = |i: usize| all <= n || i * n / all != (i + 1) * n / all;
    documents.into_iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, d)| d).collect()
}

/// The stories of the articles of a batch, by file name, where a reader noted them.
fn stories(path: &str) -> HashMap<String, String> {
    let truth = format!("{}.truth.jsonl", path.trim_end_matches('/'));
    let records = std::fs::read_to_string(truth).unwrap_or_default();
    let records = records.lines().filter_map(|r| serde_json::from_str::<serde_json::Value>(r).ok());
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    records.filter_map(|r| Some((text(&r["doc"])?, text(&r["story"])?))).collect()
}

/// The same document with its words in another order; what stands between them stays.
fn shuffled(document: &Document) -> Document {
    let text = &document.text;
    let tokens = tokenize(text);
    let mut words: Vec<&str> = tokens.iter().map(|t| t.span.of(text)).collect();
    for i in (1..words.len()).rev() {
        let at = hash64_of([i as u64, text.len() as u64]) % (i as u64 + 1);
        words.swap(i, at as usize);
    }
    let (mut new, mut end) = (String::with_capacity(text.len()), 0);
    for (token, word) in tokens.iter().zip(words) {
        new.push_str(&text[end..token.span.start as usize]);
        new.push_str(word);
        end = token.span.end as usize;
    }
    new.push_str(&text[end..]);
    Document { text: new, ..document.clone() }
}

/// The script of most letters, and whether it sets spaces.
fn script(documents: &[Document]) -> &'static str {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for c in documents.iter().flat_map(|d| d.text.chars()).filter(|c| c.is_alphabetic()) {
        let script = match u32::from(c) {
            0x0e00..=0x0e7f => "Thai",
            0x3040..=0x30ff => "kana",
            _ if is_unspaced(c) => "Han",
            0x0400..=0x052f => "Cyrillic",
            0x0600..=0x06ff => "Arabic",
            ..0x0250 => "Latin",
            _ => "other",
        };
        *counts.entry(script).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(_, n)| n).map_or("none", |(script, _)| script)
}

/// What is measured of one unrelated pair.
#[derive(Clone, Copy)]
struct Score {
    pair: (WordingId, WordingId),
    mass: i64,
    expect_ln: i64,
    /// Words of the one times words of the other.
    area: f64,
}

/// Pairs expected and found, by [`THRESHOLDS`].
#[derive(Default)]
struct Counts {
    expected: [f64; THRESHOLDS.len()],
    found: [usize; THRESHOLDS.len()],
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        for i in 0..THRESHOLDS.len() {
            self.expected[i] += other.expected[i];
            self.found[i] += other.found[i];
        }
    }

    fn print(&self) {
        for (expected, found) in self.expected.iter().zip(self.found) {
            print!(" {:>14}", format!("{expected:.2} {found}"));
        }
        println!();
    }
}

struct Measured {
    n_wordings: usize,
    n_pairs: usize,
    fit: Option<(f64, f64)>,
    counts: Counts,
    /// The rarest pairs, to be read.
    rarest: Vec<String>,
}

impl Measured {
    fn of(batch: &Batch, unrelated: &Unrelated, most: u64, n_shown: usize) -> Measured {
        let judge = unrelated.judge;
        let n = judge.wordings.wordings.len() as u64;
        let all = n * n.saturating_sub(1) / 2;
        let scores: Vec<Score> = if all <= most {
            let pairs = (0..n).into_par_iter().flat_map_iter(|b| (0..b).map(move |a| (a, b)));
            pairs.filter_map(|(a, b)| unrelated.score(id(a), id(b))).collect()
        } else {
            (0..most).into_par_iter().filter_map(|i| unrelated.drawn(i, n)).collect()
        };
        let share = if all <= most { 1.0 } else { most as f64 / all as f64 };
        let area = scores.iter().fold(0.0, |area, s| area + s.area) / share;
        let searched = judge.stories.searched(None) as f64;
        let expected = THRESHOLDS.map(|(e, _)| e * area / searched);
        let fit = fit(&scores);
        let n_pairs = scores.len();
        let rare: Vec<Score> = if all <= most {
            scores
        } else {
            let candidates = batch.candidates();
            candidates.into_par_iter().filter_map(|(a, b)| unrelated.score(a, b)).collect()
        };
        let found = THRESHOLDS.map(|(_, ln)| rare.iter().filter(|s| s.expect_ln <= ln).count());
        let counts = Counts { expected, found };
        let rarest = unrelated.rarest(rare, n_shown);
        Measured { n_wordings: n as usize, n_pairs, fit, counts, rarest }
    }

    fn print(&self, path: &str, script: &str, text: &str) {
        let parts: Vec<&str> = path.trim_end_matches('/').rsplitn(3, '/').collect();
        let name = parts.iter().take(2).rev().copied().collect::<Vec<_>>().join("/");
        print!("{name:<30} {script:<12} {text:<9} {:>7} {:>8}", self.n_wordings, self.n_pairs);
        match self.fit {
            Some((lambda, ln_k)) => print!(" {lambda:>6.3} {ln_k:>6.2}"),
            None => print!(" {:>6} {:>6}", "-", "-"),
        }
        self.counts.print();
        self.rarest.iter().for_each(|pair| println!("{pair}"));
    }
}

fn id(n: u64) -> WordingId {
    WordingId(n as u32)
}

/// Measures pairs that nothing relates.
struct Unrelated<'b> {
    documents: &'b [Document],
    judge: &'b Judge<'b>,
    /// By document; `None` where no reader noted it.
    stories: Vec<Option<&'b str>>,
    /// Who shares a story while the words are in order; shuffled, nobody can tell.
    ordered: &'b Stories,
    /// By document, its number there.
    as_ordered: Vec<DocId>,
}

impl<'b> Unrelated<'b> {
    fn new(
        batch: &'b Batch,
        judge: &'b Judge<'b>,
        original: &'b Batch,
        stories: &'b HashMap<String, String>,
    ) -> Self {
        let story = |d: &Document| {
            let name = d.name();
            stories.get(name.rsplit('/').next()?).map(String::as_str)
        };
        let documents = batch.documents();
        let numbered = original.documents().iter().zip(0..);
        let numbers: BTreeMap<&Source, u32> = numbered.map(|(d, n)| (&d.source, n)).collect();
        Unrelated {
            documents,
            judge,
            stories: documents.iter().map(story).collect(),
            ordered: original.judge().stories,
            as_ordered: documents.iter().map(|d| DocId(numbers[&d.source])).collect(),
        }
    }

    fn is_one_story(&self, a: DocId, b: DocId) -> bool {
        let [of_a, of_b] = [a, b].map(|doc| self.stories[doc.idx()]);
        let is_noted = of_a.is_some() && of_a == of_b;
        let [x, y] = [a, b].map(|doc| self.as_ordered[doc.idx()]);
        is_noted || self.judge.stories.linked(a, b) || self.ordered.linked(x, y)
    }

    /// The `n` rarest pairs: mass, ln E and the words that correspond.
    fn rarest(&self, mut scores: Vec<Score>, n: usize) -> Vec<String> {
        scores.sort_unstable_by_key(|s| (s.expect_ln, s.pair));
        scores.truncate(n);
        let spelling: HashMap<u64, String> = self
            .documents
            .iter()
            .flat_map(|d| {
                tokenize(&d.text).into_iter().map(|t| (t.word, t.span.of(&d.text).to_owned()))
            })
            .collect();
        let shown = |score: &Score| {
            let explanation = self.judge.explain(score.pair.0, score.pair.1);
            let pairs = &explanation.measured.alignment.pairs;
            let word = |&(i, _): &(u32, u32)| {
                let aligned = explanation.a[i as usize];
                let hash = self.judge.wordings.words[aligned.word as usize].hash;
                let text = spelling.get(&hash).map_or("?", String::as_str);
                format!(" {text} {:.1}", f64::from(aligned.weight) / 1000.0)
            };
            let words: String = pairs.iter().map(word).collect();
            format!(
                "  {:.1} {:.1}:{words}",
                score.mass as f64 / 1000.0,
                score.expect_ln as f64 / 1000.0
            )
        };
        scores.iter().map(shown).collect()
    }

    /// The `i`-th pair of an even draw.
    fn drawn(&self, i: u64, n: u64) -> Option<Score> {
        let hash = hash64_of([i]);
        let (a, b) = ((hash >> 32) % n, (hash & 0xffff_ffff) % n);
        if a == b { None } else { self.score(id(a.min(b)), id(a.max(b))) }
    }

    fn score(&self, a: WordingId, b: WordingId) -> Option<Score> {
        let (x, y) = (self.judge.wordings.get(a), self.judge.wordings.get(b));
        if a == b || x.places.iter().any(|p| y.places.iter().any(|q| p.doc == q.doc)) {
            return None;
        }
        let explanation = self.judge.explain(a, b);
        let measured = explanation.measured;
        let (p, q) = explanation.docs;
        let is_one_story = measured.figures.in_story == Milli::ONE || self.is_one_story(p, q);
        if is_one_story || is_repeat(&x.words, &y.words, measured.alignment.pairs.len()) {
            return None;
        }
        Some(Score {
            pair: (a, b),
            mass: measured.mass.0,
            expect_ln: measured.figures.expect_ln.0,
            area: (x.words.len() * y.words.len()) as f64,
        })
    }
}

/// Whether the two share a run of [`REPEAT_WORDS`].
fn is_repeat(a: &[WordId], b: &[WordId], n_aligned: usize) -> bool {
    if n_aligned < REPEAT_WORDS {
        return false;
    }
    let runs: HashSet<&[WordId]> = a.windows(REPEAT_WORDS).collect();
    b.windows(REPEAT_WORDS).any(|run| runs.contains(run))
}

/// Lambda and ln K: a line through the logarithm of how many pairs weigh at least so much.
fn fit(scores: &[Score]) -> Option<(f64, f64)> {
    let area: f64 = scores.iter().map(|s| s.area).sum();
    let mut masses: Vec<i64> = scores.iter().map(|s| s.mass).collect();
    masses.sort_unstable_by(|a, b| b.cmp(a));
    let (many, few) = (masses.len() / TAIL.0, (masses.len() / TAIL.1).max(TAIL_PAIRS));
    if many <= 2 * few {
        return None;
    }
    let points: Vec<(f64, f64)> = (masses[many]..=masses[few])
        .step_by(STEP as usize)
        .map(|mass| {
            let n = masses.partition_point(|&m| m >= mass);
            (mass as f64 / 1000.0, (n as f64 / area).ln())
        })
        .collect();
    let n = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let slope = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum::<f64>()
        / points.iter().map(|p| (p.0 - x).powi(2)).sum::<f64>();
    (points.len() >= 4).then_some((-slope, y - slope * x))
}
