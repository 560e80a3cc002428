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
//! table, not listed). What must be earned is set by the table's own rare words: held out one by
//! one, one in 250 of them may be split.
//!
//! All weights are integers, in thousandths of a nat, so that every machine cuts alike.

mod affixes;
mod batch;
mod letters;

pub use batch::BatchCounts;

use crate::background::Background;
use crate::hash::hash64;
use crate::span::ByteSpan;
use crate::text::tokenize::{Token, normalize};
use affixes::Affixes;
use letters::{Letters, is_glued_case};
use std::borrow::Cow;

// Weights in thousandths of a nat, fitted by logistic regression to tell glued words of Indonesian
// and English text from unseen words, then rounded. Values near these do about as well, because
// the margin is set anew from the table.
/// Worth of a word that is met once in e^9 (8,100) words, before its letters.
const WORTH: i64 = 9_000;
/// Worth of each letter: long words hardly ever meet by chance.
const LETTER: i64 = 1_000;
/// Worth of "di", "dan", "yang" and their like.
const COMMON_WORTH: i64 = 6_000;
/// Cost of a capital in front: many names are made of words ("Sukamaju").
const CAPITAL: i64 = 3_000;
/// Cost of a word that only another language's table has.
const FOREIGN: i64 = 3_000;
/// ln of an unknown word's probability, before its letters.
const UNKNOWN: i64 = -14_000;
/// The margin never falls below this, however small the table.
const LEAST_MARGIN: i64 = 7_000;
/// The margin of a token is never lowered by more for what else is glued in its text.
const MOST_RELIEF: i64 = 3_000;

/// Of so many rare words of the table one may reach the margin.
const RARE_WORDS_PER_SPLIT: usize = 250;
/// The background counts as much as a batch of so many words.
const BACKGROUND_WORDS: u64 = 200_000;
/// A single letter is a word where it makes up this much of running text: English "a".
const LETTER_PER_BILLION: u32 = 5_000_000;
/// A token with fewer letters is cut only at a change of case.
const SHORT_LETTERS: usize = 7;
/// Least length of a piece that only the batch or another language knows, of the parts of
/// "CamelCase", and of what follows an acronym.
const PIECE_LETTERS: usize = 4;
/// So many neighbouring pieces of so few letters meet by chance.
const CRUMBS: usize = 3;
const CRUMB_LETTERS: usize = 2;
/// No piece is longer, so that the search is linear in the token.
const MAX_PIECE_LETTERS: usize = 24;

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
        word: hash64(normalize(&text[from..to]).as_bytes()),
    }));
}

/// How much less than the margin will do in a text with so many sure gluings: ln of their number
/// in 500 tokens, by which a gluing is likelier here than where one is sure.
fn relief(n_sure: usize, n_tokens: usize) -> i64 {
    ln_milli((n_sure * 500 / n_tokens.max(500)) as u64).min(MOST_RELIEF)
}

/// Where a token may fall into words.
#[derive(Debug)]
struct Gluing {
    /// Byte offsets in the token, ascending, strictly inside.
    cuts: Vec<usize>,
    /// What the words earn beyond what is asked; below 0 where the token may well be one word.
    surplus: i64,
}

/// Cuts glued words of one language, by what the background and the batch know.
#[derive(Debug)]
pub struct Splitter<'b> {
    background: &'b Background,
    batch: &'b BatchCounts,
    language: Option<&'b str>,
    /// Without a table of the language only changes of case can show a cut.
    has_table: bool,
    affixes: Affixes,
    /// What a sequence of words must earn.
    margin: i64,
    /// ln of the number of words that background and batch count together, in billionths of the
    /// background's.
    ln_total: i64,
}

impl<'b> Splitter<'b> {
    /// A splitter for text of `language` (ISO 639-1; `None` where it could not be told).
    ///
    /// Reads the language's table several times (some 40 ms): make one per language and batch.
    pub fn new(
        background: &'b Background,
        language: Option<&'b str>,
        batch: &'b BatchCounts,
    ) -> Self {
        let mut splitter = Splitter {
            background,
            batch,
            language,
            has_table: background.frequency(language, 0).is_some(),
            affixes: Affixes::learn(background, language),
            margin: LEAST_MARGIN,
            ln_total: ln_milli(1_000_000_000 + per_billion(batch.n_words())),
        };
        splitter.margin = splitter.margin_of_table();
        splitter
    }

    /// The byte offsets inside `word`, ascending, at which it falls into several words; `None`
    /// where it is one word, or may be. `word` is one token as written, with its case.
    pub fn split(&self, word: &str) -> Option<Vec<usize>> {
        let found = self.find(word, hash64(normalize(word).as_bytes()))?;
        (0 <= found.surplus).then_some(found.cuts)
    }

    fn find(&self, word: &str, hash: u64) -> Option<Gluing> {
        let cased = is_glued_case(word);
        let as_one = self.worth_as_one(word, hash);
        if !cased && (as_one.is_some() || !self.has_table || word.len() < SHORT_LETTERS) {
            return None;
        }
        let mut letters = Letters::read(word)?;
        letters.is_name |= as_one.is_some();
        if letters.is_acronym(0, letters.len()) || !cased && letters.len() < SHORT_LETTERS {
            return None;
        }
        let cuts = self.likeliest_cuts(&letters)?;
        let asked = self.margin + as_one.unwrap_or(0).max(0);
        let surplus = self.earned(&letters, &cuts, 0)? - asked;
        let cuts = cuts[1..cuts.len() - 1].iter().map(|&i| letters.at[i]).collect();
        Some(Gluing { cuts, surplus })
    }

    /// The worth of the token as the one word that a table or several documents have.
    fn worth_as_one(&self, word: &str, hash: u64) -> Option<i64> {
        let listed = self.background.frequency(None, hash).is_some_and(|found| found.listed);
        if !listed && self.batch.n_documents(hash) < 2 {
            return None;
        }
        let n_letters = word.chars().count();
        Some(worth(self.ln_known(hash, n_letters).unwrap_or(UNKNOWN), n_letters))
    }

    /// ln of the probability of a word that may be a piece; `None` for an unknown one.
    fn ln_known(&self, hash: u64, n_letters: usize) -> Option<i64> {
        let n_documents = self.batch.n_documents(hash);
        let listed = |language| self.background.frequency(language, hash).filter(|f| f.listed);
        if let Some(found) = listed(self.language) {
            let usual = 1 < n_letters || LETTER_PER_BILLION <= found.per_billion;
            let n = u64::from(found.per_billion) + per_billion(n_documents);
            return usual.then(|| ln_milli(n) - self.ln_total);
        }
        // Words of the batch are no proof where any language may be met: German is full of words
        // that are made of words.
        if n_letters < PIECE_LETTERS || self.language.is_none() {
            return None;
        }
        if 2 <= n_documents {
            return Some(ln_milli(per_billion(n_documents)) - self.ln_total);
        }
        let foreign = listed(None).filter(|_| self.has_table)?;
        Some(ln_milli(foreign.per_billion.into()) - ln_milli(1_000_000_000) - FOREIGN)
    }

    /// The likeliest way to write the token as two words or more, as letter indices with both ends.
    fn likeliest_cuts(&self, letters: &Letters) -> Option<Vec<usize>> {
        let n = letters.len();
        let mut best: Vec<Option<Step>> = vec![None; n + 1];
        best[0] = Some(Step { from: 0, ln: 0 });
        for to in 1..=n {
            let least = usize::from(to == n).max(to.saturating_sub(MAX_PIECE_LETTERS));
            for from in (least..to).filter(|&from| letters.may_cut(from)) {
                let Some(before) = best[from] else { continue };
                let cue = self.cue(letters, before.from, from, to);
                let Some(ln) = self.ln_piece(letters, from, to, cue) else { continue };
                let ln = before.ln + ln + if cue == Cue::Glued { self.margin } else { 0 };
                if best[to].is_none_or(|found| found.ln < ln) {
                    best[to] = Some(Step { from, ln });
                }
            }
        }
        let mut cuts = vec![n];
        let mut at = n;
        while 0 < at {
            at = best[at]?.from;
            cuts.push(at);
        }
        cuts.reverse();
        Some(cuts)
    }

    /// ln of the probability of the piece `from..to`. An unknown one must be bounded by case: by
    /// an end of the token, a small letter before a capital, or the end of an acronym.
    fn ln_piece(&self, letters: &Letters, from: usize, to: usize, before: Cue) -> Option<i64> {
        let known = self.ln_known(letters.hash(from, to), to - from);
        let bounded = || {
            let opens = from == 0 || before == Cue::Glued && letters.upper[from];
            let closes = to == letters.len()
                || letters.is_rise(from, to)
                || letters.is_acronym(from, to) && !letters.upper[to];
            3 <= to - from && opens && closes
        };
        known.or_else(|| bounded().then(|| ln_unknown(to - from)))
    }

    /// What letter case says of a cut at `at` between pieces that start at `left` and end at
    /// `right`.
    fn cue(&self, letters: &Letters, left: usize, at: usize, right: usize) -> Cue {
        if at == 0 {
            return Cue::None;
        }
        if letters.is_rise(left, at) {
            let common = || {
                let ln = self.ln_known(letters.hash(left, at), at - left);
                ln.is_some_and(|ln| COMMON_WORTH <= worth(ln, at - left))
            };
            return if !letters.is_name || common() { Cue::Glued } else { Cue::None };
        }
        match (letters.upper[left], letters.upper[at]) {
            (true, false) if PIECE_LETTERS <= right - at && letters.is_acronym(left, at) => {
                Cue::Glued
            }
            (true, true) => Cue::Camel,
            _ => Cue::None,
        }
    }

    /// What the pieces are worth, less what their cuts cost; `None` where they only break up
    /// "CamelCase" at a short piece, or a tail into crumbs ("is at i on"). `n_own`: how often the
    /// token itself was counted when the affixes were learned.
    fn earned(&self, letters: &Letters, cuts: &[usize], n_own: u64) -> Option<i64> {
        let crumb = |piece: &[usize]| piece[1] - piece[0] <= CRUMB_LETTERS;
        if cuts.windows(CRUMBS + 1).any(|pieces| pieces.windows(2).all(crumb)) {
            return None;
        }
        let mut sum = 0;
        for piece in cuts.windows(2) {
            let (hash, n_letters) = (letters.hash(piece[0], piece[1]), piece[1] - piece[0]);
            sum +=
                worth(self.ln_known(hash, n_letters).unwrap_or(ln_unknown(n_letters)), n_letters);
        }
        let (mut is_glued, mut is_camel, mut is_short) = (false, false, false);
        for cut in cuts.windows(3) {
            let (left, at, right) = (cut[0], cut[1], cut[2]);
            let cue = self.cue(letters, left, at, right);
            is_glued |= cue == Cue::Glued;
            is_camel |= cue == Cue::Camel;
            is_short |= cue == Cue::Camel && (at - left).min(right - at) < PIECE_LETTERS;
            sum += if cue == Cue::Glued { self.margin } else { 0 };
            if !letters.is_rise(left, at) {
                sum -= self.affixes.cost(letters.hash(left, at), letters.hash(at, right), n_own);
            }
        }
        let name = letters.upper[0] && !is_glued && !is_camel;
        (is_glued || !is_short).then_some(if name { sum - CAPITAL } else { sum })
    }

    /// The margin that one in [`RARE_WORDS_PER_SPLIT`] of the table's rare words reaches, each in
    /// its turn taken for unknown.
    fn margin_of_table(&self) -> i64 {
        let rare = self.rare_words();
        let earned = rare.iter().filter_map(|word| {
            let letters = Letters::read(word)?;
            self.earned(&letters, &self.likeliest_cuts(&letters)?, 1)
        });
        let mut earned: Vec<i64> = earned.collect();
        earned.sort_unstable_by(|a, b| b.cmp(a));
        let reached = earned.get(rare.len() / RARE_WORDS_PER_SPLIT);
        reached.map_or(LEAST_MARGIN, |&most| LEAST_MARGIN.max(most + 1))
    }

    /// The rarest third of the table's words, less the short ones.
    fn rare_words(&self) -> Vec<Cow<'b, str>> {
        let background = self.background;
        let (words, language) = (|| background.words(self.language), self.language);
        let count = |word: &str| {
            let found = background.frequency(language, hash64(word.as_bytes()));
            found.map_or(0, |found| found.per_billion)
        };
        let mut counts: Vec<u32> = words().map(|word| count(&word)).collect();
        counts.sort_unstable();
        let most = counts.get(counts.len() / 3).copied().unwrap_or(0);
        words().filter(|w| SHORT_LETTERS <= w.chars().count() && count(w) <= most).collect()
    }
}

/// What letter case says of a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// No one writes so: "bahwa|Rusia", "CSTO|mengirim".
    Glued,
    /// Names are written so: "Kompas|TV".
    Camel,
    /// Nothing.
    None,
}

/// The likeliest way to reach a letter.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// Where the last piece starts.
    from: usize,
    /// ln of the probability of all pieces so far.
    ln: i64,
}

/// What a piece adds: how much commoner it is than a string of its length is by chance.
fn worth(ln: i64, n_letters: usize) -> i64 {
    ln + WORTH + LETTER * n_letters as i64
}

fn ln_unknown(n_letters: usize) -> i64 {
    UNKNOWN - LETTER * n_letters as i64
}

/// A count of the batch in the unit of the background.
fn per_billion(n: u64) -> u64 {
    n.saturating_mul(1_000_000_000 / BACKGROUND_WORDS)
}

/// 1000 ln(n), rounded down; 0 for 0. A platform's `ln` may differ from another's; this does not.
fn ln_milli(n: u64) -> i64 {
    let whole = n.max(1).ilog2();
    // The mantissa in 1..2, with 31 bits behind the point: each squaring gives a bit of log2.
    let mut mantissa = (u128::from(n.max(1)) << 31 >> whole) as u64;
    let mut log2 = u64::from(whole);
    for _ in 0..16 {
        mantissa = (mantissa * mantissa) >> 31;
        let bit = mantissa >> 32;
        mantissa >>= bit;
        log2 = log2 << 1 | bit;
    }
    // ln 2 is 0.693147.
    ((log2 * 693_147 / 1_000) >> 16) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
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

    #[test]
    fn logarithms_are_right_to_a_thousandth() {
        for n in (0..64).flat_map(|bit| [1u64 << bit, (1 << bit) + 1, u64::MAX >> bit]) {
            let exact = (n as f64).ln() * 1_000.0;
            assert!((ln_milli(n) as f64 - exact).abs() < 1.1, "{n}: {} {exact}", ln_milli(n));
        }
        assert_eq!(ln_milli(0), 0);
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
                    let own = hash64(normalize(part.span.of(&text)).as_bytes());
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
