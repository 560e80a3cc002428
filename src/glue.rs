//! Is this token several words that a scraper glued together?
//!
//! Text taken from web pages loses spaces where a tag began or ended: "bahwaRusiadanChina". For
//! matching, [`repair`] replaces such a token by several, whose spans partition the original span:
//! no offset moves, and no text is changed. Useful for finding what two articles share; not useful
//! for showing text, and silent where a word could be real, because names and new words far
//! outnumber gluings.
//!
//! A token that nobody else writes is cut in two steps. First the likeliest sequence of known words
//! is found (a unigram model and the Viterbi algorithm: Norvig, "Natural Language Corpus Data", in
//! Beautiful Data, O'Reilly 2009, ch. 14). Then the sequence must earn its cuts: common words and
//! long words earn most, a capital inside a lower-case word earns a cut, and a cut is dear at a
//! piece with which the language forms words ("di-", "-nya", "un-", "-ing"; learned from its word
//! table, not listed). A token spelt as words of the table are not earns more. What must be earned
//! is set by rare words of the table, held out of the learning: one in 400 of them may be split.
//!
//! All weights are integers, in thousandths of a nat, so that every machine cuts alike. They were
//! chosen from a grid of round numbers: those that take apart most gluings (two to four neighbouring
//! words of manuals of free software, Indonesian and English, and of articles written for this
//! project) while of the dictionary words that no table lists about 0.3 % are split. The worth of the
//! commonest words and the cost of an unknown piece's letters were set by hand.

mod affixes;
mod apart;
mod batch;
mod known;
mod letters;
mod spelling;
mod splitter;

pub use apart::Apart;
pub use batch::BatchCounts;
pub use splitter::Splitter;

use crate::fixed::ln;
use crate::hash::word_hash;
use crate::span::ByteSpan;
use crate::text::tokenize::{Token, normalize};
use splitter::Gluing;

/// The margin of a token is never lowered by more for what else is glued in its text.
const MOST_RELIEF: i64 = 3_000;

/// The tokens of `text` with every glued one replaced by its parts, whose spans partition its own.
///
/// Gluings come in swarms, from one careless page: where a text has several sure ones, less sure
/// ones are believed too.
pub fn repair(text: &str, tokens: &[Token], splitter: &Splitter) -> Vec<Token> {
    let found: Vec<Option<Gluing>> =
        tokens.iter().map(|token| splitter.find(token.span.of(text), token.word)).collect();
    let n_sure = found.iter().flatten().filter(|gluing| 0 <= gluing.surplus).count();
    let relief = relief(n_sure, tokens.len());
    let mut out = Vec::with_capacity(tokens.len() + n_sure);
    for (token, gluing) in tokens.iter().zip(found) {
        match gluing {
            Some(gluing) if -relief <= gluing.surplus => {
                push_pieces(text, token, &gluing, &mut out)
            }
            _ => out.push(*token),
        }
    }
    out
}

fn push_pieces(text: &str, token: &Token, gluing: &Gluing, out: &mut Vec<Token>) {
    let start = token.span.start as usize;
    let ends = gluing.cuts.iter().map(|cut| start + cut).chain([token.span.end as usize]);
    let starts = [start].into_iter().chain(gluing.cuts.iter().map(|cut| start + cut));
    out.extend(starts.zip(ends).map(|(from, to)| Token {
        span: ByteSpan::new(from, to),
        word: word_hash(normalize(&text[from..to]).as_bytes()),
    }));
}

/// How much less than the margin will do in a text with so many sure gluings: ln of their number
/// in 500 tokens, by which a gluing is likelier here than where one is sure.
fn relief(n_sure: usize, n_tokens: usize) -> i64 {
    ln((n_sure * 500 / n_tokens.max(500)) as u64).0.min(MOST_RELIEF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::background::Background;
    use crate::text::tokenize::tokenize;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static SHIPPED: LazyLock<Background> = LazyLock::new(Background::shipped);
    static NOTHING: LazyLock<Background> = LazyLock::new(Background::empty);
    static NO_BATCH: LazyLock<BatchCounts> = LazyLock::new(BatchCounts::default);
    static INDONESIAN: LazyLock<Splitter> =
        LazyLock::new(|| Splitter::new(&SHIPPED, Some("id"), &NO_BATCH));
    static ENGLISH: LazyLock<Splitter> =
        LazyLock::new(|| Splitter::new(&SHIPPED, Some("en"), &NO_BATCH));

    fn batch(documents: &[&str]) -> BatchCounts {
        let mut counts = BatchCounts::default();
        documents.iter().for_each(|text| counts.add(&tokenize(text)));
        counts
    }

    fn shown(splitter: &Splitter, word: &str) -> String {
        let mut out = word.to_owned();
        for cut in splitter.split(word).unwrap_or_default().into_iter().rev() {
            out.insert(cut, '|');
        }
        out
    }

    /// Glues `expect` at its bars and cuts it again.
    fn check(splitter: &Splitter, expect: &str) {
        assert_eq!(shown(splitter, &expect.replace('|', "")), expect);
    }

    #[test]
    fn glued_words_are_cut() {
        for expect in [
            "bahwa|pemerintah|akan|menaikkan",
            "diduga|menyerang",
            "setelah|menstabilkan",
            "tentunya|mendukung",
            "mengerahkan|hampir",
            "itu|disampaikan",
            "secara|online|melalui",
            // With the help of case.
            "bahwa|Rusia|dan|China|adalah|musuh",
            "ketegangan|di|AS",
            "di|Ukraina",
            "kepada|PBB|bahwa",
            "CSTO|mengirim",
            // An unknown word needs it.
            "bebuyutan|Amerika",
            "dipimpin|Kortunov",
        ] {
            check(&INDONESIAN, expect);
        }
        for expect in ["because|government", "statement|that|Moscow", "the|committee|and"] {
            check(&ENGLISH, expect);
        }
    }

    #[test]
    fn words_names_and_abbreviations_are_left_alone() {
        let words = "menghancurkan ketidakstabilan pertanggungjawaban kesejahteraan dirumah \
            dikarantina kementeriannya internationalisation understanding \
            nevertheless unquestionably McDonald YouTube iPhone KompasTV IndonesiaTV Tokayev Kortunov \
            Aubakirov Kassym Sukamaju Banjarsari Rechtsschutzversicherung PBB DKI TNI GmbH \
            BAPPENAS MKRI yangdi ukpada AS2022 covid19 rp500ribu di a";
        for word in words.split_whitespace() {
            check(&INDONESIAN, word);
            check(&ENGLISH, word);
        }
        let others =
            "Москвасказала 俄罗斯说 الحكومةقالت รัฐบาลกล่าว İstanbulda pemerin\u{ad}tahakan ﬁnalakan";
        for word in others.split(' ') {
            check(&INDONESIAN, word);
        }
    }

    #[test]
    fn what_several_documents_write_is_a_word() {
        let once = batch(&["didugamenyerang dan detikNews"]);
        let twice = batch(&["didugamenyerang dan detikNews", "didugamenyerang dan detikNews"]);
        check(&Splitter::new(&SHIPPED, Some("id"), &once), "diduga|menyerang");
        let splitter = Splitter::new(&SHIPPED, Some("id"), &twice);
        check(&splitter, "didugamenyerang");
        check(&splitter, "detikNews");
        // A capital in a small word still weighs more than two writers.
        check(&splitter, "di|Ukraina");
    }

    #[test]
    fn names_of_the_batch_are_words() {
        let story = batch(&["Tileuberdi berkata", "menurut Tileuberdi", "kepada Tileuberdi"]);
        check(&INDONESIAN, "Tileuberdimengatakan");
        check(&Splitter::new(&SHIPPED, Some("id"), &story), "Tileuberdi|mengatakan");
    }

    #[test]
    fn without_a_table_only_case_shows_a_cut() {
        let texts = ["nach Ansicht der Bundesregierung wird die Versicherung teurer"; 3];
        let counts = batch(&texts);
        for language in [Some("de"), None] {
            let splitter = Splitter::new(&NOTHING, language, &counts);
            check(&splitter, "Bundesregierungversicherung");
            check(&splitter, "KompasTV");
        }
        let splitter = Splitter::new(&NOTHING, Some("de"), &counts);
        check(&splitter, "wird|Versicherung");
        for language in [Some("de"), None] {
            let splitter = Splitter::new(&SHIPPED, language, &counts);
            check(&splitter, "Bundesregierungversicherung");
        }
    }

    #[test]
    fn doubtful_gluings_are_believed_beside_sure_ones() {
        let doubtful = "Rusiaakan menarik diri.";
        let sure = "bahwaRusiadanChina setelahmenstabilkan didugamenyerang Chinamengatakan \
            tentunyamendukung bahwapemerintahakan ketegangandiAS mengerahkanhampir ";
        let n = |text: &str| repair(text, &tokenize(text), &INDONESIAN).len();
        assert_eq!(n(doubtful), 3);
        assert_eq!(n(&[sure, doubtful].concat()), n(sure) + 4);
    }

    #[test]
    fn seeds_are_repaired_where_they_are_glued() {
        let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds").to_owned();
        let folder = std::env::var("KUTIP_SEEDS").unwrap_or(default);
        let Ok(files) = std::fs::read_dir(&folder) else {
            eprintln!("skipped: no seeds in {folder}");
            return;
        };
        let mut paths: Vec<_> = files.flatten().map(|file| file.path()).collect();
        paths.sort();
        let texts: Vec<String> = paths.iter().flat_map(std::fs::read_to_string).collect();
        let mut counts = BatchCounts::default();
        texts.iter().for_each(|text| counts.add(&tokenize(text)));
        let splitter = Splitter::new(&SHIPPED, Some("id"), &counts);
        let pieces: Vec<String> = texts.iter().map(|text| changed(text, &splitter)).collect();
        assert_eq!(
            pieces.concat(),
            "bahwa Rusia dan China adalah musuh bebuyutan Amerika membuat \
            Amerika adalah Rusia dan China bersekutu kini China semakin dari express telah \
            menjanjikan ketegangan di AS Dukungan itu sendiri disampaikan mengerahkan hampir \
            dipimpin Rusia dalam diduga menyerang setelah menstabilkan Rusia akan China mengatakan \
            tentunya mendukung "
        );
    }

    /// The new tokens, as written.
    fn changed(text: &str, splitter: &Splitter) -> String {
        let tokens = tokenize(text);
        let new = repair(text, &tokens, splitter).into_iter().filter(|t| !tokens.contains(t));
        new.map(|token| format!("{} ", token.span.of(text))).collect()
    }

    /// Words, glued or not, in any case and with any neighbours.
    fn glued() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            4 => prop::sample::select(vec!["bahwa", "Rusia", "dan", "China", "akan", "di", "AS",
                "menstabilkan", "nya", "the", "government", "é", "Über", "İ", "ﬁ", "\u{301}",
                "\u{ad}", "2022", "俄", "Мос", "’", " ", "CSTO"]).prop_map(str::to_owned),
            1 => "\\PC{0,4}",
        ];
        prop::collection::vec(word, 0..12).prop_map(|words| words.concat())
    }

    proptest! {
        #[test]
        fn cuts_lie_strictly_inside_on_boundaries_and_keep_the_normal_form(word in glued()) {
            for splitter in [&*INDONESIAN, &*ENGLISH] {
                let Some(cuts) = splitter.split(&word) else { continue };
                prop_assert!(!cuts.is_empty());
                let ends = cuts.iter().copied().chain([word.len()]);
                let mut from = 0;
                let mut joined = String::new();
                for to in ends {
                    prop_assert!(from < to && word.is_char_boundary(to));
                    joined.push_str(&normalize(&word[from..to]));
                    from = to;
                }
                prop_assert_eq!(joined, normalize(&word));
            }
        }

        #[test]
        fn repaired_tokens_partition_the_tokens(text in glued()) {
            let tokens = tokenize(&text);
            let repaired = repair(&text, &tokens, &INDONESIAN);
            let mut parts = repaired.iter();
            for token in &tokens {
                let mut at = token.span.start;
                while at < token.span.end {
                    let Some(part) = parts.next() else { return Err(TestCaseError::fail("lost")) };
                    prop_assert_eq!(part.span.start, at);
                    prop_assert!(at < part.span.end && part.span.end <= token.span.end);
                    let own = word_hash(normalize(part.span.of(&text)).as_bytes());
                    prop_assert_eq!(part.word, own);
                    at = part.span.end;
                }
            }
            prop_assert!(parts.next().is_none());
        }

        #[test]
        fn glued_listed_words_are_never_cut_elsewhere(
            left in prop::sample::select(vec!["bahwa", "setelah", "pemerintah", "mengatakan"]),
            right in prop::sample::select(vec!["pemerintah", "mengatakan", "bahwa", "kepada"]),
        ) {
            let word = format!("{left}{right}");
            let cuts = INDONESIAN.split(&word);
            prop_assert_eq!(cuts, Some(vec![left.len()]), "{}", word);
        }
    }

    #[test]
    fn hostile_tokens_take_linear_time() {
        let long = ["bahwaRusia".repeat(1 << 18), "a".repeat(1 << 21), "aA".repeat(1 << 20)];
        for word in &long {
            assert_eq!(INDONESIAN.split(word), None);
        }
    }
}
