//! The speed of each stage on articles of realistic length, in bytes a second.
//!
//! `cargo bench` runs all; `cargo bench -- tokenize` one.

#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use kutip::align::{Aligned, align};
use kutip::document::{Document, Fields, Source};
use kutip::duplicates::{
    DuplicateParams, Measure, Room, SIGNATURE, Search, Sketch, Sketcher, Sketches, Texts,
    find_duplicates,
};
use kutip::error::Result;
use kutip::fixed::Milli;
use kutip::ingest::{self, Article, Location, Options, Store};
use kutip::lsh::Banding;
use kutip::minhash::MinHasher;
use kutip::pipeline::{ClaimParams, find_claims};
use kutip::provenance::Owners;
use kutip::report;
use kutip::shingle::{ShingleSet, Shingling};
use kutip::synth::{Edit, Script, Synth, SynthParams};
use kutip::text::tokenize::{each_word, tokenize};
use kutip::text::{paragraph, passage};
use std::hint::black_box;
use std::io;
use std::sync::Mutex;

fn newsroom() -> Vec<Document> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/newsroom");
    ingest::read(&[folder.to_owned()], &Options::default()).documents
}

/// The stages of `kutip claims`, on the newsroom.
fn claims(c: &mut Criterion) {
    let documents = newsroom();
    let mut group = c.benchmark_group("claims");
    group.throughput(of_texts(&documents));

    group.bench_function("tokenize", |b| {
        b.iter(|| documents.iter().map(|d| tokenize(&d.text).len()).sum::<usize>());
    });
    group.bench_function("passages", |b| {
        b.iter(|| documents.iter().map(|d| n_passages(&d.text)).sum::<usize>());
    });
    group.bench_function("char5", |b| {
        b.iter(|| documents.iter().map(|d| ShingleSet::of_chars(&d.text, 5)).collect::<Vec<_>>());
    });
    let sets: Vec<ShingleSet> =
        documents.iter().map(|d| ShingleSet::of_chars(&d.text, 5)).collect();
    let hasher = MinHasher::new(128, 1);
    group.bench_function("sign", |b| {
        let mut signature = vec![0; 128];
        b.iter(|| sets.iter().for_each(|set| hasher.sign(black_box(set.hashes()), &mut signature)));
    });
    group.bench_function("whole", |b| {
        let params = ClaimParams {
            min_outlets: 2,
            owners: Owners::shipped(),
            window: None,
            decisions: Default::default(),
        };
        b.iter_batched(|| documents.clone(), |d| find_claims(d, &params), BatchSize::LargeInput);
    });
    group.finish();
}

fn of_texts(documents: &[Document]) -> Throughput {
    Throughput::Bytes(documents.iter().map(|d| d.text.len() as u64).sum())
}

fn n_passages(text: &str) -> usize {
    passage::find(text, &tokenize(text), &paragraph::split(text)).len()
}

/// Made-up news of 100 to 800 words, so many of the 500 articles copies.
fn made_up(n_copies: u32) -> Synth {
    Synth::new(SynthParams {
        n_docs: 500,
        seed: 1,
        n_copies,
        edits: Edit::ALL.to_vec(),
        template: Milli(0),
        largest: 60,
        first: 2 + n_copies / 8,
        words: 100..=800,
        scripts: vec![(Script::Latin, Milli::ONE)],
    })
}

fn documents(synth: &Synth) -> Vec<Document> {
    let document = |text| Document {
        source: Source { path: "a.jsonl".to_owned(), line: Some(1), encoding: "UTF-8" },
        fields: Fields::default(),
        text,
    };
    synth.records(0..synth.n_docs()).into_iter().map(|record| document(record.text)).collect()
}

fn params(search: Search) -> DuplicateParams {
    DuplicateParams {
        shingling: Shingling::FIVE_WORDS,
        measure: Measure::Jaccard,
        threshold: Milli(800),
        search,
        no_loss: false,
    }
}

fn n_words(text: &str) -> usize {
    let mut n_words = 0;
    each_word(text, |_, _| n_words += 1);
    n_words
}

fn hashes(text: &str) -> Vec<u64> {
    let mut hashes = Vec::new();
    Shingling::FIVE_WORDS.hash(text, &mut hashes);
    hashes
}

/// Scanned articles, read again one by one.
struct Scanned {
    store: Store,
    locations: Vec<Location>,
}

impl Texts for Scanned {
    fn with_text<T>(&self, doc: usize, of: impl FnOnce(&str) -> T) -> Result<T> {
        self.store.with_text(self.locations[doc], of)
    }
}

fn room() -> Room {
    Room { memory_bytes: 2 << 30, temp_dir: std::env::temp_dir() }
}

/// What `kutip dedup` does; gives the number of removed records.
fn whole(paths: &[String], options: &Options, params: &DuplicateParams) -> usize {
    let sketcher = Sketcher::new(params);
    let of = |article: Article| {
        let location = article.location;
        article.with_text(&options.fields, |text| (location, sketcher.sketch(text)))
    };
    let taken = Mutex::new((Vec::new(), Sketches::new(params, room())));
    let (_, store) = ingest::scan(paths, options, of, |read| {
        let (locations, sketches) = &mut *taken.lock().unwrap();
        read.into_iter().try_for_each(|(location, sketch)| {
            locations.push(location);
            sketches.push(&sketch, false)
        })
    })
    .unwrap();
    let (locations, sketches) = taken.into_inner().unwrap();
    let mut is_kept = vec![true; sketches.len()];
    let scanned = Scanned { store, locations };
    let clusters = find_duplicates(sketches, &scanned, params).unwrap();
    clusters.iter().flat_map(|c| &c.members).for_each(|member| is_kept[member.doc] = false);
    let kept = scanned.locations.iter().zip(&is_kept).filter(|(_, is_kept)| **is_kept);
    let kept = kept.map(|(location, _)| *location);
    scanned
        .store
        .copy(kept, false, &mut io::sink(), |document| Ok(document.text.clone().into()))
        .unwrap();
    is_kept.iter().filter(|is_kept| !**is_kept).count()
}

/// The stages of `kutip dedup`, on made-up news.
fn dedup(c: &mut Criterion) {
    let synth = made_up(125);
    let documents = documents(&synth);
    let mut group = c.benchmark_group("dedup");
    group.throughput(of_texts(&documents));

    group.bench_function("tokenize", |b| {
        b.iter(|| documents.iter().map(|d| n_words(&d.text)).sum::<usize>());
    });
    for (name, shingling) in [("word5", Shingling::Words(5)), ("char5", Shingling::Chars(5))] {
        group.bench_function(format!("shingle {name}"), |b| {
            let mut hashes = Vec::new();
            b.iter(|| {
                for document in &documents {
                    hashes.clear();
                    shingling.hash(&document.text, &mut hashes);
                    black_box(&hashes);
                }
            });
        });
    }
    let shingles: Vec<Vec<u64>> = documents.iter().map(|d| hashes(&d.text)).collect();
    let hasher = MinHasher::new(64, 1);
    let mut signature = vec![0; 64];
    group.bench_function("signature 64", |b| {
        b.iter(|| shingles.iter().for_each(|s| hasher.sign(black_box(s), &mut signature)));
    });
    let (banding, keyed) = (Banding { bands: 12, rows: 5 }, vec![signature; documents.len()]);
    group.bench_function("band keys", |b| {
        let sum = |signature: &Vec<u32>| banding.keys(signature).fold(0, u64::wrapping_add);
        b.iter(|| black_box(&keyed).iter().map(sum).fold(0, u64::wrapping_add));
    });

    let best = Banding::for_recall(SIGNATURE, 0.8, 0.99).unwrap();
    // Where nothing is alike, hardly anything is compared.
    let unlike = self::documents(&made_up(0));
    for (name, documents, search) in [
        ("group", &unlike, Search::Bands(best)),
        ("group and verify", &documents, Search::Bands(best)),
        ("verify all", &documents, Search::All),
    ] {
        let params = params(search);
        let sketcher = Sketcher::new(&params);
        let sketches: Vec<Sketch> = documents.iter().map(|d| sketcher.sketch(&d.text)).collect();
        group.throughput(of_texts(documents));
        let gather = || {
            let mut gathered = Sketches::new(&params, room());
            sketches.iter().for_each(|sketch| gathered.push(sketch, false).unwrap());
            gathered
        };
        group.bench_function(name, |b| {
            let find = |sketches| find_duplicates(sketches, black_box(&documents[..]), &params);
            b.iter_batched(gather, find, BatchSize::LargeInput);
        });
    }
    group.throughput(of_texts(&documents));
    let file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    report::synth::write(&synth, &mut file.as_file(), &mut io::sink()).unwrap();
    let (paths, options) = ([file.path().display().to_string()], Options::default());
    group.bench_function("scan", |b| {
        let of = |article: Article| article.with_text(&options.fields, str::len);
        b.iter(|| ingest::scan(black_box(&paths), &options, of, |_| Ok(())).unwrap().0.n_bytes);
    });
    let params = params(Search::Bands(best));
    group.bench_function("whole", |b| {
        b.iter(|| whole(black_box(&paths), &options, &params));
    });
    group.finish();
}
/// Two sentences of 25 words, every fifth of them different.
fn alignment(c: &mut Criterion) {
    let word = |n: u32| Aligned { word: n, stem: n, weight: 1000 + n % 7 * 1000 };
    let a: Vec<Aligned> = (0..25).map(word).collect();
    let b: Vec<Aligned> = (0..25).map(|n| word(if n % 5 == 0 { n + 100 } else { n })).collect();
    c.bench_function("align 25 x 25 words", |bench| {
        bench.iter(|| align(black_box(&a), black_box(&b)));
    });
}

criterion_group!(benches, claims, dedup, alignment);
criterion_main!(benches);
