//! How many instructions does each stage of `kutip dedup` take for a byte of text? Unlike times, the
//! counts are the same however busy the machine is.
//!
//! `cargo bench --bench instructions` counts all stages, `-- tokenize` those of that name. It runs itself
//! under valgrind's callgrind, and says so where there is none.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use kutip::document::{Document, Fields, Source};
use kutip::duplicates::{
    DuplicateParams, Measure, Room, SIGNATURE, Search, Sketch, Sketcher, Sketches, find_duplicates,
};
use kutip::fixed::Milli;
use kutip::lsh::Banding;
use kutip::minhash::MinHasher;
use kutip::shingle::{ShingleSet, Shingling};
use kutip::synth::{Edit, Script, Synth, SynthParams};
use kutip::text::tokenize::each_word;
use std::hint::black_box;
use std::process::Command;

const SHINGLING: Shingling = Shingling::Words(3);
const THRESHOLD: Milli = Milli(450);

/// 200 made-up articles of 100 to 800 words, a quarter of them copies.
fn documents() -> Vec<Document> {
    let synth = Synth::new(SynthParams {
        n_docs: 200,
        seed: 1,
        n_copies: 50,
        edits: Edit::ALL.to_vec(),
        template: Milli(0),
        largest: 60,
        first: 8,
        words: 100..=800,
        scripts: vec![(Script::Latin, Milli::ONE)],
    });
    let document = |text| Document {
        source: Source { path: "a.jsonl".to_owned(), line: Some(1), encoding: "UTF-8" },
        fields: Fields::default(),
        text,
    };
    synth.records(0..200).into_iter().map(|record| document(record.text)).collect()
}

fn hashes(document: &Document) -> Vec<u64> {
    let mut hashes = Vec::new();
    SHINGLING.hash(&document.text, &mut hashes);
    hashes
}

/// What each stage does with all the articles; what it needs from earlier ones is made before.
type Stage = fn(&[Document]);

const STAGES: [(&str, Stage); 5] = [
    ("tokenize", |documents| {
        measured(|| {
            documents.iter().for_each(|d| each_word(&d.text, |_, word| _ = black_box(word)))
        });
    }),
    ("shingle", |documents| measured(|| documents.iter().for_each(|d| drop(black_box(hashes(d)))))),
    ("signature 128", |documents| {
        let (shingles, hasher) = (documents.iter().map(hashes), MinHasher::new(128, 1));
        let (shingles, mut signature): (Vec<Vec<u64>>, _) = (shingles.collect(), [0; 128]);
        measured(|| shingles.iter().for_each(|s| hasher.sign(black_box(s), &mut signature)));
    }),
    ("agreement", |documents| {
        let sets: Vec<ShingleSet> =
            documents.iter().map(|d| ShingleSet::of_text(&d.text, SHINGLING)).collect();
        measured(|| sets.windows(2).for_each(|pair| _ = black_box(pair[0].agreement(&pair[1]))));
    }),
    ("group and verify", |documents| {
        let params = DuplicateParams {
            shingling: SHINGLING,
            measure: Measure::Jaccard,
            threshold: THRESHOLD,
            search: Search::Bands(Banding::for_recall(SIGNATURE, 0.45, 0.99).unwrap()),
            no_loss: false,
        };
        let sketcher = Sketcher::new(&params);
        let sketches: Vec<Sketch> = documents.iter().map(|d| sketcher.sketch(&d.text)).collect();
        let room = Room { memory_bytes: 2 << 30, temp_dir: std::env::temp_dir() };
        let mut gathered = Sketches::new(&params, room);
        sketches.iter().for_each(|sketch| gathered.push(sketch, false).unwrap());
        let mut gathered = Some(gathered);
        measured(|| {
            let found = find_duplicates(gathered.take().unwrap(), documents, &params).unwrap();
            assert!(!black_box(found).is_empty());
        });
    }),
];

/// What is counted: callgrind knows it by this name.
#[inline(never)]
fn measured(mut stage: impl FnMut()) {
    let stage: &mut dyn FnMut() = &mut stage;
    black_box(stage)();
}

/// The instructions of a stage in a process of its own, as valgrind says them; `None` without it.
fn count(stage: &str) -> Option<u64> {
    let valgrind = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    let ran = Command::new("valgrind")
        .args(valgrind)
        .arg("--toggle-collect=*measured*")
        .arg(std::env::current_exe().unwrap())
        .args(["--stage", stage])
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    let collected = said.lines().find_map(|line| line.split_once("Collected :"));
    Some(collected.unwrap_or_else(|| panic!("{said}")).1.trim().parse().unwrap())
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    // Other threads would not be counted.
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().unwrap();
    let documents = documents();
    if let [flag, name] = &args[..]
        && flag == "--stage"
    {
        return STAGES
            .iter()
            .filter(|(stage, _)| stage == name)
            .for_each(|(_, run)| run(&documents));
    }
    let n_bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let wanted = |stage: &str| args.is_empty() || args.iter().any(|arg| stage.contains(&arg[..]));
    for (stage, _) in STAGES.iter().filter(|(stage, _)| wanted(stage)) {
        match count(stage) {
            Some(n) => println!("{stage:18} {:8.2} instructions a byte", n as f64 / n_bytes as f64),
            None => {
                return println!(
                    "skipped: instructions are counted by valgrind, which is not here"
                );
            }
        }
    }
}
