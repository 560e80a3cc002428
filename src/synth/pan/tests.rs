//! Whether a corpus of passages is what was asked for, and the same for good.

use super::*;
use crate::hash::content_id;
use std::collections::HashSet;
use std::sync::LazyLock;

fn params(language: Language) -> PanParams {
    PanParams { n_pairs: 30, seed: 1, language, words: 300..=3000 }
}

fn pairs(params: PanParams) -> Vec<PanPair> {
    let corpus = PanCorpus::new(params);
    corpus.pairs(0..corpus.n_pairs())
}

/// The pairs of both languages, which several tests look at.
fn both() -> &'static [PanPair] {
    static BOTH: LazyLock<Vec<PanPair>> = LazyLock::new(|| {
        [Language::Indonesian, Language::English].map(|l| pairs(params(l))).concat()
    });
    &BOTH
}

fn cut(text: &str, chars: &Range<u64>) -> String {
    text.chars().skip(chars.start as usize).take((chars.end - chars.start) as usize).collect()
}

fn passages<'p>(pair: &'p PanPair) -> impl Iterator<Item = [String; 2]> + 'p {
    pair.cases.iter().map(|case| {
        [cut(&pair.suspicious, &case.suspicious_chars), cut(&pair.source, &case.source_chars)]
    })
}

/// The text with straight quotation marks, and one space where any white space is.
fn folded(text: &str) -> String {
    text.replace(['“', '”'], "\"").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_seed_gives_the_same_pairs_for_good() {
    let id = |seed: u64, language| {
        let pairs = pairs(PanParams { n_pairs: 10, seed, ..params(language) });
        content_id(format!("{pairs:?}").as_bytes())
    };
    let ids = [id(1, Language::Indonesian), id(1, Language::English)];
    assert_eq!(ids, ["ec33d5ad2681947b7079dac1de5c46ea", "c74ee5f9ac87091df25d713fc7ab63e0"]);
    assert_ne!(id(2, Language::English), ids[1]);
}

#[test]
fn passages_are_where_they_are_said_to_be() {
    for pair in both() {
        assert_eq!(
            pair.cases.is_empty(),
            pair.reuse == Reuse::Nothing,
            "{}",
            pair.suspicious_number
        );
        assert!(pair.cases.len() <= MOST_CASES);
        for [copy, source] in passages(pair) {
            for text in [&copy, &source] {
                assert_eq!(text.trim(), text);
                assert!(text.split_whitespace().count() <= 2 * CASE.end());
            }
            assert!(*CASE.start() <= source.split_whitespace().count());
            match pair.reuse {
                Reuse::Verbatim => assert_eq!(folded(&copy), folded(&source)),
                _ => assert_ne!(folded(&copy), folded(&source)),
            }
        }
        let mut of_source: Vec<&Range<u64>> = pair.cases.iter().map(|c| &c.source_chars).collect();
        of_source.sort_unstable_by_key(|range| range.start);
        assert!(of_source.windows(2).all(|two| two[0].end < two[1].start));
        let places: Vec<u64> = pair.cases.iter().map(|case| case.suspicious_chars.start).collect();
        assert!(places.first().is_none_or(|&first| 0 < first) && places.is_sorted());
        let end = pair.suspicious.chars().count() as u64;
        assert!(pair.cases.iter().all(|case| case.suspicious_chars.end + 2 < end));
    }
}

#[test]
fn shuffled_passages_have_the_same_words() {
    for pair in both().iter().filter(|pair| pair.reuse == Reuse::Shuffled) {
        for two in passages(pair) {
            let [copy, source] = two.map(|text| {
                let text = folded(&text).to_lowercase();
                let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
                words.sort_unstable();
                words
            });
            assert_eq!(copy, source);
        }
    }
}

#[test]
fn texts_are_as_long_as_asked_and_every_source_has_one_pair() {
    let pairs = both();
    for pair in pairs {
        for text in [&pair.suspicious, &pair.source] {
            let n = text.split_whitespace().count();
            assert!((280..3600).contains(&n), "{n}");
        }
    }
    let sources: HashSet<u32> = pairs[..30].iter().map(|pair| pair.source_number).collect();
    assert_eq!(sources, (1..=30).collect());
    let n_cases: usize = pairs.iter().map(|pair| pair.cases.len()).sum();
    assert!((75..200).contains(&n_cases), "{n_cases}");
}

// What only the topic makes alike must not look like a copy.
#[test]
fn pairs_without_reuse_share_no_long_runs_of_words() {
    for pair in both().iter().filter(|pair| pair.reuse == Reuse::Nothing) {
        let runs = |text: &str| -> HashSet<String> {
            let text = folded(text).to_lowercase().replace([',', '.', '"'], "");
            let words: Vec<&str> = text.split(' ').collect();
            words.windows(9).map(|run| run.join(" ")).collect()
        };
        let (own, its) = (runs(&pair.suspicious), runs(&pair.source));
        let shared: Vec<&String> = own.intersection(&its).collect();
        assert!(shared.is_empty(), "{shared:?}");
    }
}

#[test]
fn what_a_pair_looks_like() {
    let pair = |language| {
        let corpus = PanCorpus::new(PanParams { words: 100..=130, ..params(language) });
        let pair = corpus.pair(4);
        let [copy, source] = passages(&pair).next().unwrap();
        (pair.suspicious, format!("{source}\n---\n{copy}"))
    };
    let (suspicious, passages) = pair(Language::English);
    insta::assert_snapshot!(format!("{suspicious}\n---\n{passages}"), @r#"
    This ceremony licensed Boston, if the capt happy colored the pick
    veterans for the classy plans.

    "To a certain extent, these blame often communicated think to
    Edward Allen through 368 people," said Denver. At the same time, a paid
    ruled a tension through a conservative stroke of a characters of classy
    latest. As a result of this, this states self was died by this skills of
    the fire to the young. This county was derived by the hand of last at
    the fort of kinds money. Of some balance of delete, Denver was recorded
    by a know. The taylor susan of another access next has performed 368
    hours on a give serve, where 5103 people wasted graphic east.

    ---
    As a result of this,
    the balance of the fire died the states self to the information. The
    hand of last derived this happen at the fort of attempts money, although
    a take have determined Denver of some balance of integration.
    ---
    As a result of this, this states self was died by this skills of
    the fire to the young. This county was derived by the hand of last at
    the fort of kinds money. Of some balance of delete, Denver was recorded
    by a know.
    "#);
    insta::assert_snapshot!(pair(Language::Indonesian).1, @r#"
    Pada langsung itu, udah membuat pemberantasan oleh suatu
    kemampuan itu tentang pulang tersebut. Ambon berselera macan dari
    realitas. Bagi para planet temen, Ambon akan meningkatkan musik di 368
    tahun, jika para spesial berdarah agresif dengan rasa keabadian taman
    perbedaan, tetapi varian sekolah itu berisi ganti singapore sebagai
    pemberantasan oleh temen jakarta jalan natal ini.
    ---
    Pada bawah itu, kendaraan membuat
    negaranya oleh suatu kemampuan itu tentang pulang itu.  Dari
    realitas, Ambon berselera ruas.  Semua spesial berawal
    agresif dengan datang bappenas tahan tuan, akan tetapi
    sebagai negaranya oleh temen kedua jalan natal ini, kesepian
    bekerja itu menganggap petugas nokia, jika Ambon akan
    meningkatkan besok pada 368 tahun.
    "#);
}
