//! Duplicates of whole batches, against all pairs.

use super::*;
use crate::codec::{Kind, Reader, Writer};
use crate::document::{Fields, Source};
use crate::shingle::ShingleSet;
use proptest::prelude::*;

fn documents(texts: &[&str]) -> Vec<Document> {
    let document = |(line, text): (usize, &&str)| Document {
        source: Source { path: "a".into(), line: Some(line as u64 + 1), encoding: "UTF-8" },
        fields: Fields::default(),
        text: (*text).to_owned(),
    };
    texts.iter().enumerate().map(document).collect()
}

/// Finds every pair that has anything in common.
fn params(threshold: i64) -> DuplicateParams {
    DuplicateParams {
        shingling: Shingling::Words(5),
        measure: Measure::Jaccard,
        threshold: Milli(threshold),
        search: Search::Bands(Banding { bands: 128, rows: 1 }),
        no_loss: false,
    }
}

fn clusters(texts: &[&str], params: DuplicateParams, keep: Keep) -> Vec<DuplicateCluster> {
    find_duplicates(sketches(texts, &params, &keep, 1 << 30), &documents(texts)[..], &params)
        .unwrap()
}

fn sketches(texts: &[&str], params: &DuplicateParams, keep: &Keep, memory_bytes: u64) -> Sketches {
    let sketcher = Sketcher::new(params);
    let mut sketches = Sketches::new(params, Room { memory_bytes, temp_dir: std::env::temp_dir() });
    for text in texts {
        sketches.push(&keep.prefer(sketcher.sketch(text)), false).unwrap();
    }
    sketches
}

fn found(texts: &[&str], params: DuplicateParams, keep: Keep) -> Vec<(usize, Vec<usize>)> {
    let docs = |c: &DuplicateCluster| c.members.iter().map(|m| m.doc).collect();
    clusters(texts, params, keep).iter().map(|c| (c.kept, docs(c))).collect()
}

const RAIN: &str = "Hujan turun sejak pagi di seluruh kota, dan sungai meluap.";
const SHOUTED: &str = "HUJAN TURUN sejak pagi –\u{a0}di seluruh  kota dan “sungai” meluap";
const LONGER: &str = "Hujan turun sejak pagi di seluruh kota, dan sungai meluap ke jalan.";
const OTHER: &str = "Harga cabai naik di pasar induk sejak pekan lalu karena cuaca.";

#[test]
fn the_first_or_the_longest_is_kept() {
    let texts = [OTHER, RAIN, SHOUTED, LONGER];
    for search in [Search::All, params(700).search] {
        let params = |threshold| DuplicateParams { search, ..params(threshold) };
        assert_eq!(found(&texts, params(700), Keep::First), [(1, vec![2, 3])]);
        assert_eq!(found(&texts, params(700), Keep::Longest), [(3, vec![1, 2])]);
        assert_eq!(found(&texts, params(1000), Keep::First), [(1, vec![2])]);
    }
}

#[test]
fn short_texts_are_told_apart_and_none_vanishes() {
    let texts = ["", "…", "Baca juga", "baca juga!", "Baca ini", "🌧", "🌧", "🔥"];
    let expect = [(2, vec![3]), (5, vec![6])];
    assert_eq!(found(&texts, params(800), Keep::First), expect);
}

#[test]
fn likeness_is_not_handed_on() {
    let words: Vec<String> = (0..60).map(|n| format!("kata{n}")).collect();
    let texts: Vec<String> = (0..4).map(|n| words[n * 6..n * 6 + 40].join(" ")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    // Each is like the next (30 of 42 shingles), and not like the one after that (24 of 48).
    assert_eq!(found(&texts, params(700), Keep::First), [(0, vec![1]), (2, vec![3])]);
}

#[test]
fn copies_go_where_the_first_of_them_goes() {
    let texts = vec![RAIN; 1000];
    assert_eq!(found(&texts, params(800), Keep::First), [(0, (1..1000).collect())]);
    let texts = [RAIN, OTHER, SHOUTED, LONGER, LONGER, OTHER];
    assert_eq!(
        found(&texts, params(700), Keep::Longest),
        [(1, vec![5]), (3, vec![0, 2, 4])],
        "an exact copy of a removed document has its scores"
    );
}

#[test]
fn an_excerpt_is_contained_in_what_is_longer_wherever_it_stands() {
    let words: Vec<String> = (0..400).map(|n| format!("kata{n}")).collect();
    let (whole, part) = (words.join(" "), words[300..320].join(" "));
    let containment =
        DuplicateParams { measure: Measure::Containment, search: Search::All, ..params(900) };
    for texts in [[&*part, OTHER, &*whole], [&*whole, OTHER, &*part]] {
        let clusters = clusters(&texts, containment, Keep::First);
        let [cluster] = &clusters[..] else { panic!("{clusters:?}") };
        assert_eq!(texts[cluster.kept], whole);
        assert_eq!(cluster.members[0].containment, Milli::ONE);
        assert_eq!(cluster.members[0].jaccard, Milli::ratio(16, 396));
        assert!(found(&texts, params(900), Keep::First).is_empty());
    }
}

/// Unrelated documents on one template, a copy of every tenth with one word changed.
#[test]
fn a_template_joins_nothing_and_copies_on_it_are_found() {
    let template: Vec<String> = (0..140).map(|n| format!("baku{n}")).collect();
    let own = |doc: usize, changed: usize| -> String {
        let word = |n: usize| match n == changed {
            true => "lain".to_owned(),
            false => format!("kata{}", doc * 1000 + n),
        };
        let words: Vec<String> = (0..60).map(word).collect();
        format!("{} {}", template.join(" "), words.join(" "))
    };
    let n = 3 * anchor::MANY as usize;
    let mut texts: Vec<String> = (0..n).map(|doc| own(doc, usize::MAX)).collect();
    texts.extend((0..n).step_by(10).map(|doc| own(doc, 30)));
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let expect: Vec<(usize, Vec<usize>)> =
        (0..n).step_by(10).enumerate().map(|(copy, doc)| (doc, vec![n + copy])).collect();
    assert_eq!(found(&texts, params(800), Keep::First), expect);
}

/// Texts of three words each, of which some are like others.
fn many_texts(n: usize) -> Vec<String> {
    (0..n).map(|doc| format!("satu{} dua{} tiga{}", doc % 97, doc % 89, doc % 7)).collect()
}

#[test]
fn however_little_memory_holds_the_clusters_are_the_same() {
    let texts = many_texts(20_000);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let params =
        DuplicateParams { search: Search::Bands(Banding { bands: 64, rows: 1 }), ..params(500) };
    let found = |memory_bytes| {
        let sketches = sketches(&texts, &params, &Keep::First, memory_bytes);
        let n_spilled = sketches.n_spilled_bytes();
        (n_spilled, find_duplicates(sketches, &documents(&texts)[..], &params).unwrap())
    };
    let ((none, ample), (some, scarce)) = (found(1 << 30), found(44 << 20));
    assert!(none == 0 && 1 << 20 < some, "{some}");
    assert!(ample == scarce);
    assert!(100 < ample.len(), "{}", ample.len());
}

#[test]
fn the_order_of_coming_is_not_that_of_the_documents() {
    let texts = many_texts(9_000);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let params =
        DuplicateParams { search: Search::Bands(Banding { bands: 16, rows: 1 }), ..params(500) };
    let in_order = sketches(&texts, &params, &Keep::First, 1 << 30);
    let turned: Vec<&str> = texts.iter().rev().copied().collect();
    let mut arranged = sketches(&turned, &params, &Keep::First, 1 << 30);
    arranged.arrange(&(0..texts.len() as u32).rev().collect::<Vec<_>>());
    let found = |sketches| find_duplicates(sketches, &documents(&texts)[..], &params).unwrap();
    assert!(found(in_order) == found(arranged));
}

#[test]
fn sketches_that_were_written_find_the_same() {
    const KIND: Kind = Kind { name: *b"test", version: 1 };
    let texts = many_texts(9_000);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let search = Search::Bands(Banding { bands: 64, rows: 1 });
    let params = DuplicateParams { search, ..params(500) };
    for keep in [Keep::First, Keep::Longest] {
        let mut sketches = sketches(&texts, &params, &keep, 1 << 30);
        sketches.arrange(&(0..9_000).rev().collect::<Vec<u32>>());
        let mut bytes = Vec::new();
        sketches.write(&mut Writer::new(&mut bytes, KIND, &()).unwrap()).unwrap();
        let read = |memory_bytes| {
            let (mut reader, ()) = Reader::new(&bytes[..], "", KIND).unwrap();
            let room = Room { memory_bytes, temp_dir: std::env::temp_dir() };
            Sketches::read(&params, room, (9_000, 9_000), &mut reader).unwrap()
        };
        let found = |sketches| find_duplicates(sketches, &documents(&texts)[..], &params).unwrap();
        let (held, spilled) = (read(1 << 30), read(40 << 20));
        assert!(held.n_spilled_bytes() == 0 && 0 < spilled.n_spilled_bytes());
        let expect = found(sketches);
        assert!(expect == found(held) && expect == found(spilled));
    }
}

#[test]
fn memory_that_does_not_hold_the_records_is_an_error() {
    let params = params(500);
    let room = Room { memory_bytes: 40 << 20, temp_dir: std::env::temp_dir() };
    let mut sketches = Sketches::new(&params, room);
    let sketch = Sketcher::new(&params).sketch(RAIN);
    let error = (0..1_000_000).find_map(|_| sketches.push(&sketch, false).err()).unwrap();
    assert!(error.to_string().starts_with("--memory 40MiB: too little: more than "), "{error}");
}

#[test]
fn memory_that_does_not_hold_what_is_compared_is_an_error() {
    let words = |doc: usize| (0..3000).map(|n| format!("k{doc}w{n} ")).collect::<String>();
    let texts: Vec<String> = (0..200).map(words).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let params = DuplicateParams { search: Search::All, ..params(500) };
    let found = |memory_bytes| {
        let sketches = sketches(&texts, &params, &Keep::First, memory_bytes);
        find_duplicates(sketches, &documents(&texts)[..], &params)
    };
    assert!(found(64 << 20).is_ok());
    let error = found(37 << 20).unwrap_err().to_string();
    let expect = "--memory 37MiB: too little: 200 records that are compared with each other take";
    assert!(error.starts_with(expect), "{error}");
}

/// A few words of three, or the beginning of a template with words beside it that few others have.
fn short_or_on_a_template() -> impl Strategy<Value = String> {
    let words = |of: char, numbers: std::ops::Range<usize>| -> String {
        numbers.map(|n| format!("{of}{n} ")).collect()
    };
    let on_template = (0..60usize, 0..60usize, 0..3usize);
    let on_template = on_template.prop_map(move |(n_template, n_own, shift)| {
        words('t', 0..n_template) + &words('o', shift * 40..shift * 40 + n_own)
    });
    prop_oneof!["([a-c] ){0,9}", on_template]
}

proptest! {
    /// Against all pairs: nothing below the threshold is removed, and no two that are kept
    /// reach it.
    #[test]
    fn every_removal_is_proved_and_none_is_missed(
        texts in proptest::collection::vec(short_or_on_a_template(), 0..12),
        threshold in 1i64..1000,
        measure in prop_oneof![Just(Measure::Jaccard), Just(Measure::Containment)],
        is_exact: bool,
        chars: bool,
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let banded = params(threshold);
        let params = DuplicateParams {
            measure,
            shingling: if chars { Shingling::Chars(5) } else { banded.shingling },
            search: match measure {
                Measure::Jaccard if !is_exact => banded.search,
                _ => Search::All,
            },
            ..banded
        };
        let sets: Vec<ShingleSet> =
            texts.iter().map(|text| ShingleSet::of_text(text, params.shingling)).collect();
        let score = |a: usize, b: usize| match measure {
            Measure::Jaccard => sets[a].jaccard(&sets[b]),
            Measure::Containment => sets[a].containment(&sets[b]).max(sets[b].containment(&sets[a])),
        };
        let mut kept: Vec<bool> = vec![true; texts.len()];
        for cluster in clusters(&texts, params, Keep::First) {
            for member in cluster.members {
                prop_assert_eq!(member.jaccard, sets[member.doc].jaccard(&sets[cluster.kept]));
                let containment = sets[member.doc].containment(&sets[cluster.kept]);
                prop_assert_eq!(member.containment, containment);
                prop_assert!(measure.of(member) >= Milli(threshold));
                kept[member.doc] = false;
            }
            prop_assert!(kept[cluster.kept]);
        }
        // The chance that 128 rows miss a pair of these few shingles is below 1e-5 from .1 up.
        let sure = if params.search == Search::All { 1 } else { 150 };
        for a in 0..texts.len() {
            for b in a + 1..texts.len() {
                let alike = Milli(threshold.max(sure)) <= score(a, b);
                prop_assert!(!(kept[a] && kept[b] && alike), "{} | {}", texts[a], texts[b]);
            }
        }
    }
}
