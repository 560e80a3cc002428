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
    assert_eq!(ids, ["88e8d9cd985f6bf6d59fa67cdd3ca6ad", "96f5faa9f6f0f805133c126e5d9398c5"]);
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
    let n_of = |pair: &PanPair| passages(pair).map(|[_, source]| source.split(' ').count()).max();
    let longest = pairs.iter().filter_map(n_of).max();
    assert!(Some(300) < longest, "{longest:?}");
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
    "It is important to note that the soft frame threaded a
    cambridge marriage by a radio, because the wife of the path
    released Edward Allen," said Oxford. "Their save often
    suggested think to Edward Allen through 368 people," said
    Denver. At the same time, a paid ruled a tension through a
    conservative stroke of a characters of classy latest. This
    happen was derived by the important of last at the fort of
    attempts days. A know have determined Denver of several
    balance of integration. The trial was partnered by its last
    of whitney jackson. The taylor susan of another access next
    has performed 368 hours on a give serve, where 5103 people
    wasted graphic east. Mechanical transition lifted its bigger
    by 368 people by the tell.

    ---
    The hand of last derived this happen at the fort of attempts money, although a take have determined Denver of some balance of integration.  Its last of capt cream then exercised the trial.
    ---
    This
    happen was derived by the important of last at the fort of
    attempts days. A know have determined Denver of several
    balance of integration. The trial was partnered by its last
    of whitney jackson.
    "#);
    insta::assert_snapshot!(pair(Language::Indonesian).1, @r#"
    Pada langsung itu,
    udah membuat pemberantasan oleh suatu kemampuan itu tentang pulang
    tersebut. Ambon berselera macan dari realitas. Bagi para planet temen,
    Ambon akan meningkatkan musik di 368 tahun, jika para spesial berdarah
    agresif dengan rasa keabadian taman perbedaan, tetapi varian sekolah itu
    berisi ganti singapore sebagai pemberantasan oleh temen jakarta jalan
    natal ini.
    ---
    Oleh suatu kemampuan itu tentang jepang tersebut, udah berhasil negaranya. Ambon bertaqwa ruas dari realitas. Dengan rasa tahan, para spesial berawal batin, akan tetapi kesepian bekerja itu menganggap ganti singapore sebagai negaranya oleh temen jakarta jalan bawang ini, jika bagi semua malu temen, Ambon akan meningkatkan musik di 368 tahun.
    "#);
}
