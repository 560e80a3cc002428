//! The speed of each stage on articles of realistic length, in bytes a second.
//!
//! `cargo bench` runs all; `cargo bench -- tokenize` one.

#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use kutip::align::{Aligned, align};
use kutip::document::Document;
use kutip::duplicates::{DuplicateParams, Measure, Search, Sketch, Sketcher, find_duplicates};
use kutip::fixed::Milli;
use kutip::ingest::{self, Options};
use kutip::lsh::Banding;
use kutip::minhash::MinHasher;
use kutip::pipeline::{ClaimParams, find_claims};
use kutip::shingle::{ShingleSet, Shingling};
use kutip::text::tokenize::tokenize;
use kutip::text::{paragraph, passage};
use std::hint::black_box;

fn newsroom() -> Vec<Document> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/newsroom");
    ingest::read(&[folder.to_owned()], &Options::default()).documents
}

fn stages(c: &mut Criterion) {
    let documents = newsroom();
    let n_bytes = documents.iter().map(|d| d.text.len() as u64).sum();
    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Bytes(n_bytes));

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
    group.bench_function("duplicates", |b| {
        let params = DuplicateParams {
            shingling: Shingling::Words(5),
            measure: Measure::Jaccard,
            threshold: Milli(800),
            search: Search::Bands(Banding { bands: 12, rows: 5 }),
            no_loss: false,
        };
        b.iter(|| {
            let sketcher = Sketcher::new(&params);
            let sketches: Vec<Sketch> =
                documents.iter().map(|document| sketcher.sketch(&document.text)).collect();
            find_duplicates(&sketches, black_box(&documents[..]), &params)
        });
    });
    group.bench_function("claims", |b| {
        let params = ClaimParams { min_outlets: 2 };
        b.iter_batched(|| documents.clone(), |d| find_claims(d, &params), BatchSize::LargeInput);
    });
    group.finish();
}

fn n_passages(text: &str) -> usize {
    passage::find(text, &tokenize(text), &paragraph::split(text)).len()
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

criterion_group!(benches, stages, alignment);
criterion_main!(benches);
