//! Where may this token be cut, and do its pieces earn their cuts?

use super::affixes::Affixes;
use super::batch::BatchCounts;
use super::known::{Known, PIECE_LETTERS, ln_unknown};
use super::letters::{Letters, is_glued_case};
use super::spelling::Spelling;
use crate::background::Background;
use crate::hash::word_hash;
use crate::text::tokenize::normalize;
use ahash::AHashSet;
use std::borrow::Cow;

/// Cost of a capital in front: many names are made of words ("Sukamaju").
const CAPITAL: i64 = 3_000;
/// A token earns one in so many parts of what its spelling would surprise by as that of one word.
const SURPRISE_PARTS: i64 = 4;
/// The margin never falls below this, however small the table.
const LEAST_MARGIN: i64 = 7_000;

/// Of so many rare words of the table one may reach the margin.
const RARE_WORDS_PER_SPLIT: usize = 400;
/// A token with fewer letters is cut only at a change of case.
const SHORT_LETTERS: usize = 7;
/// So many neighbouring pieces of so few letters meet by chance.
const CRUMBS: usize = 3;
const CRUMB_LETTERS: usize = 2;
/// No piece is longer, so that the search is linear in the token.
const MAX_PIECE_LETTERS: usize = 24;

/// Where a token may fall into words.
#[derive(Debug)]
pub(super) struct Gluing {
    /// Byte offsets in the token, ascending, strictly inside.
    pub(super) cuts: Vec<usize>,
    /// What the words earn beyond what is asked; below 0 where the token may well be one word.
    pub(super) surplus: i64,
}

/// Cuts glued words of one language, by what the background and the batch know.
#[derive(Debug)]
pub struct Splitter<'b> {
    known: Known<'b>,
    affixes: Affixes,
    spelling: Spelling,
    /// What a sequence of words must earn.
    margin: i64,
}

impl<'b> Splitter<'b> {
    /// A splitter for text of `language` (ISO 639-1; `None` where it could not be told).
    ///
    /// Reads the language's table several times (some 100 ms): make one per language and batch.
    pub fn new(
        background: &'b Background,
        language: Option<&'b str>,
        batch: &'b BatchCounts,
    ) -> Self {
        let held_out = held_out(background, language);
        let hash = |word: &str| word_hash(word.as_bytes());
        let hashes: AHashSet<u64> = held_out.iter().map(|word| hash(word)).collect();
        let words = || background.words(language).filter(|word| !hashes.contains(&hash(word)));
        let mut splitter = Splitter {
            known: Known::new(background, language, batch),
            affixes: Affixes::learn(words(), background, language),
            spelling: Spelling::learn(words()),
            margin: LEAST_MARGIN,
        };
        splitter.margin = splitter.margin_of(&held_out);
        splitter
    }

    /// The byte offsets inside `word`, ascending, at which it falls into several words; `None`
    /// where it is one word, or may be. `word` is one token as written, with its case.
    pub fn split(&self, word: &str) -> Option<Vec<usize>> {
        let found = self.find(word, word_hash(normalize(word).as_bytes()))?;
        (0 <= found.surplus).then_some(found.cuts)
    }

    pub(super) fn find(&self, word: &str, hash: u64) -> Option<Gluing> {
        let cased = is_glued_case(word);
        let is_short = || !self.known.has_table || word.len() < SHORT_LETTERS;
        if !cased && (is_short() || self.known.is_one(hash)) {
            return None;
        }
        let as_one = self.known.worth_as_one(hash, word.chars().count());
        let mut letters = Letters::read(word)?;
        letters.is_name |= as_one.is_some();
        if letters.is_acronym(0, letters.len()) || !cased && letters.len() < SHORT_LETTERS {
            return None;
        }
        let cuts = self.likeliest_cuts(&letters)?;
        let asked = self.margin + as_one.unwrap_or(0).max(0);
        let surplus = self.earned(&letters, &cuts)? - asked;
        let cuts = cuts[1..cuts.len() - 1].iter().map(|&i| letters.at[i]).collect();
        Some(Gluing { cuts, surplus })
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
        let known = self.known.ln(letters.hash(from, to), to - from);
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
            let common = || self.known.is_common(letters.hash(left, at), at - left);
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

    /// What the pieces are worth and the token is not as one word, less what their cuts cost;
    /// `None` where they only break up "CamelCase" at a short piece, or a tail into crumbs ("is at
    /// i on").
    fn earned(&self, letters: &Letters, cuts: &[usize]) -> Option<i64> {
        let crumb = |piece: &[usize]| piece[1] - piece[0] <= CRUMB_LETTERS;
        if cuts.windows(CRUMBS + 1).any(|pieces| pieces.windows(2).all(crumb)) {
            return None;
        }
        let hash = |from, to| letters.hash(from, to);
        let worth =
            |piece: &[usize]| self.known.worth(hash(piece[0], piece[1]), piece[1] - piece[0]);
        let mut sum: i64 = cuts.windows(2).map(worth).sum();
        sum += self.spelling.surprise(letters.lower()) / SURPRISE_PARTS;
        let (mut is_glued, mut is_camel, mut is_short) = (false, false, false);
        for cut in cuts.windows(3) {
            let (left, at, right) = (cut[0], cut[1], cut[2]);
            let cue = self.cue(letters, left, at, right);
            is_glued |= cue == Cue::Glued;
            is_camel |= cue == Cue::Camel;
            is_short |= cue == Cue::Camel && (at - left).min(right - at) < PIECE_LETTERS;
            sum += if cue == Cue::Glued { self.margin } else { 0 };
            if !letters.is_rise(left, at) {
                sum -= self.affixes.cost(hash(left, at), hash(at, right));
            }
        }
        let name = letters.upper[0] && !is_glued && !is_camel;
        (is_glued || !is_short).then_some(if name { sum - CAPITAL } else { sum })
    }

    /// The margin that one in [`RARE_WORDS_PER_SPLIT`] of the words held out reaches.
    fn margin_of(&self, held_out: &[Cow<str>]) -> i64 {
        let earned = held_out.iter().filter_map(|word| {
            let letters = Letters::read(word)?;
            self.earned(&letters, &self.likeliest_cuts(&letters)?)
        });
        let mut earned: Vec<i64> = earned.collect();
        earned.sort_unstable_by(|a, b| b.cmp(a));
        let reached = earned.get(held_out.len() / RARE_WORDS_PER_SPLIT);
        reached.map_or(LEAST_MARGIN, |&most| LEAST_MARGIN.max(most + 1))
    }
}

/// Every second of the rarest third of the table's words, less the short ones.
fn held_out<'b>(background: &'b Background, language: Option<&'b str>) -> Vec<Cow<'b, str>> {
    let words = || background.words(language);
    let count = |word: &str| {
        let found = background.frequency(language, word_hash(word.as_bytes()));
        found.map_or(0, |found| found.per_billion)
    };
    let mut counts: Vec<u32> = words().map(|word| count(&word)).collect();
    counts.sort_unstable();
    let most = counts.get(counts.len() / 3).copied().unwrap_or(0);
    let rare = words().filter(|w| SHORT_LETTERS <= w.chars().count() && count(w) <= most);
    rare.step_by(2).collect()
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
