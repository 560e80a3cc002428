//! Do two wordings make the same statement? Measured on the words themselves, weighed as the story
//! that both stand in weighs them.
//!
//! Significance alone accepts names, agreement alone accepts stock phrases, and both accept what a
//! bulletin says of every company: a confirmed match is too heavy to be chance among the pairs that
//! were searched, *and* covers enough, *and* keeps weight outside names, fixed phrases and numbers,
//! *and*, where nothing else ties the two documents to one story, does all that far more clearly.
//! [`rule::WAYS`] is the table. What falls short and shares much in any order is suggested.

use crate::align::{Aligned, Alignment, align};
use crate::candidate::{Common, Gate, Ties};
use crate::document::DocId;
use crate::fixed::{Milli, ln};
use crate::formula::Formulas;
use crate::story::Stories;
use crate::weights::Weighted;
use crate::wording::{WordingId, Wordings};
pub(crate) use agreement::Shared;
use agreement::{agreement, is_one_run, own, replaced};
pub use conflict::{Conflict, ConflictKind};
use rule::Figures;
pub use speakers::Speakers;

mod agreement;
mod conflict;
pub mod rule;
mod speakers;
mod weighing;

/// How a match was found, and so how much it can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Aligned word by word, significantly and for most of the shorter wording.
    Confirmed,
    /// Shares rare words in any order; to be read before it is believed.
    Suggested,
    /// A reader says so.
    Decided,
}

/// Two wordings that make the same statement.
#[derive(Debug, Clone)]
pub struct Match {
    /// The smaller number.
    pub a: WordingId,
    /// The larger number.
    pub b: WordingId,
    /// Two documents that have the wordings, whose story they were weighed in.
    pub docs: (DocId, DocId),
    /// What its numbers say of the two documents: 1 where both have numbers and do not contradict
    /// each other; where they do, minus the number of places where a number or a name differs; 0
    /// where they do not both have numbers.
    pub numbers: i64,
    /// Whether it would be confirmed of any two documents, of one story or not.
    pub stands_alone: bool,
    /// Confirmed by alignment, or suggested by shared words.
    pub status: Status,
    /// Which words correspond.
    pub alignment: Alignment,
    /// What the match weighs, in thousandths of a nat: the alignment's score less conflicts; of a
    /// suggestion, the words shared in any order.
    pub mass: Milli,
    /// Natural logarithm of the number of unrelated pairs expected to score as high.
    pub expect_ln: Milli,
    /// Mass over the lighter wording's own.
    pub ratio: Milli,
    /// How much the wordings agree in any order, in thousandths: what ranks matches.
    pub strength: Milli,
}

/// Rarer than one in ten million (ln 1e-7), a run of words is no phrase, whatever stands around it.
const NO_PHRASE: Milli = Milli(-16_118);
/// Places of a wording that are looked at for a story that it shares with another.
const CONTEXTS: usize = 8;
/// Decay of the score of unrelated pairs, per nat, and logarithm of K (Karlin and Altschul,
/// "Methods for assessing the statistical significance of molecular sequence features", 1990).
///
/// `benches/significance.rs` fits them to the tail of pairs of different stories, repeats of six
/// words left out, of 16 batches of text as it is; shuffled, the tail decays faster. Lambda, ln K:
///
/// ```text
/// spaces, with a table     id .56 -9.16   id manual .50 -8.89   ms .52 -8.89
///                          en manual .64 -8.79   en news .55 -9.35
///                          testdata/tuning .93 -6.81   newsroom 1.10 -5.32
/// spaces, without a table  de .91 -7.01   fr .67 -8.45   tr .69 -7.45   ru .61 -8.72
///                          ar .59 -9.54   fa .57 -9.01
/// no spaces                ja .71 -9.97   zh .51 -9.45   th .40 -9.80
/// ```
///
/// Batches of one kind differ more than the kinds do, so that one pair serves all: lambda at the
/// median (.60, -8.89), ln K on its cautious side. Pairs found at E <= 1, where 1 is expected: 3, 8,
/// 16 and 4 in 10, 100, 1000 and 10,000 articles of English news of 1987 (of 10,000, among the
/// candidates), 1, 4, 1 and 0 in these shuffled; where 13 are, 50 candidates in 13 batches of the
/// other text, 200 articles of each, and 2 in these shuffled. At E <= .01 they are 0, 1, 1 and 0 in
/// the news, 8 for .13 in the others, and those read like forms and phrases that people share ("for
/// more information please visit"): no constant makes them chance.
///
/// Of the 16, 13 are one form ("Qtly div … cts vs … cts prior"): a phrase must have different words
/// on both sides, a form has not, and its words are weighed one by one. Were one side enough, 3 and 3
/// would be found in 100 and 1000 articles.
///
/// In a batch of ten articles one rare word reaches E = 1, and in Malay, weighed by Indonesian
/// counts, a word that is only rare in Indonesian (5 pairs for .9).
const LAMBDA: Milli = Milli(600);
const LN_K: Milli = Milli(-8500);

/// Everything that a judgement needs to know of the batch.
pub struct Judge<'r> {
    /// The wordings.
    pub wordings: &'r Wordings,
    /// Their weights.
    pub weights: &'r [Weighted],
    /// Their stories.
    pub stories: &'r Stories,
    /// What other stories say too.
    pub formulas: &'r Formulas,
    /// Who says the short quotations.
    pub speakers: &'r Speakers,
}

impl Judge<'_> {
    /// The match of two wordings, if they are one. A wording matches itself where two documents
    /// have it.
    pub fn judge(&self, a: WordingId, b: WordingId) -> Option<Match> {
        let (docs, in_story) = self.context(a, b);
        self.judged((a, b), docs, in_story)
    }

    /// The same for two wordings of which nothing else is to tell that their documents are of one
    /// story.
    pub fn judge_alone(&self, a: WordingId, b: WordingId) -> Option<Match> {
        self.judged((a, b), self.context(a, b).0, false)
    }

    fn judged(
        &self,
        (a, b): (WordingId, WordingId),
        docs: (DocId, DocId),
        in_story: bool,
    ) -> Option<Match> {
        // Most candidates need no weighing by their stories, and most others no alignment.
        let pair = Pair { a, b, docs, in_story, x: self.heaviest(a), y: self.heaviest(b) };
        self.at_best(&pair, &Shared::of(&pair.x, &pair.y).at_most()).status()?;
        let (x, y) = self.aligned_both((a, b), docs);
        let pair = Pair { x, y, ..pair };
        let shared = Shared::of(&pair.x, &pair.y);
        self.at_best(&pair, &shared).status()?;
        let measured = self.measure(&pair, &shared);
        let status = measured.figures.status()?;
        let (mass, ratio) = match status {
            Status::Confirmed => (measured.mass, measured.figures.ratio),
            _ => (Milli(shared.mass), shared.containment),
        };
        Some(Match {
            a,
            b,
            docs,
            numbers: self.numbers(&pair, &measured),
            stands_alone: self.stands_alone(&measured),
            status,
            mass,
            expect_ln: measured.figures.expect_ln,
            ratio,
            strength: measured.figures.agreement,
            alignment: measured.alignment,
        })
    }

    /// The match of two wordings that a reader takes for one statement, however alike they are.
    pub fn decided(&self, a: WordingId, b: WordingId) -> Match {
        let (a, b) = (a.min(b), a.max(b));
        let Explanation { docs, measured, .. } = self.explain(a, b);
        Match {
            a,
            b,
            docs,
            numbers: 0,
            stands_alone: true,
            status: Status::Decided,
            mass: measured.mass,
            expect_ln: measured.figures.expect_ln,
            ratio: measured.figures.ratio,
            strength: measured.figures.agreement,
            alignment: measured.alignment,
        }
    }

    /// What a judgement of the two measures, whatever comes of it.
    pub fn explain(&self, a: WordingId, b: WordingId) -> Explanation {
        self.explained(self.pair(a, b))
    }

    /// The same for two wordings of which nothing else is to tell that their documents are of one
    /// story.
    pub fn explain_alone(&self, a: WordingId, b: WordingId) -> Explanation {
        self.explained(Pair { in_story: false, ..self.pair(a, b) })
    }

    fn explained(&self, pair: Pair) -> Explanation {
        let measured = self.measure(&pair, &Shared::of(&pair.x, &pair.y));
        Explanation { docs: pair.docs, a: pair.x, b: pair.y, measured }
    }

    /// The best figures that an alignment of the two can have: it weighs and covers no more than
    /// what they share in any order.
    fn at_best(&self, pair: &Pair, shared: &Shared) -> Figures {
        Figures {
            ratio: shared.containment,
            coverage: shared.coverage,
            expect_ln: self.expect_ln(pair.story(), shared.mass),
            plain_share: Milli::ONE,
            in_story: Milli::from(pair.in_story),
            quoted: self.is_quoted(pair),
            clashes: self.clashes(pair),
            framed: Milli(0),
            one_mouth: Milli::from(shared.coverage >= Milli::ONE),
            agreement: shared.score(),
            shared_coverage: shared.coverage,
        }
    }

    /// The best figures of two wordings, the shorter of `n_words`, that nothing else ties together.
    fn alone_at_best(&self, common: Common, n_words: usize) -> Figures {
        Figures {
            in_story: Milli(0),
            expect_ln: self.expect_ln(None, common.mass),
            agreement: Shared::most(common.mass).score(),
            ..Figures::at_best(Milli::ratio(common.n_stems as i64, n_words as i64))
        }
    }

    fn measure(&self, pair: &Pair, shared: &Shared) -> Measured {
        let (x, y) = (&pair.x[..], &pair.y[..]);
        let alignment = align(x, y);
        let conflicts = self.conflicts(pair, &alignment);
        let cost = conflicts.iter().map(|conflict| conflict.cost.0).sum::<i64>();
        let mass = (alignment.score - cost).max(0);
        let (in_x, in_y): (Vec<u32>, Vec<u32>) = alignment.pairs.iter().copied().unzip();
        let lighter = own(x).min(own(y));
        let replaced = Milli(Milli::ratio(replaced(&alignment.pairs, x, y), lighter).0.min(1000));
        let expect_ln = self.expect_ln(pair.story(), mass);
        let is_phrase = is_one_run(&alignment.pairs) && expect_ln > NO_PHRASE;
        let figures = Figures {
            ratio: Milli::ratio(mass, lighter),
            coverage: Milli::ratio(alignment.pairs.len() as i64, x.len().min(y.len()) as i64),
            expect_ln,
            in_story: Milli::from(pair.in_story),
            quoted: self.is_quoted(pair),
            clashes: self.clashes(pair),
            plain_share: self.plain_share(pair.a, x, &in_x).min(self.plain_share(pair.b, y, &in_y)),
            agreement: agreement(shared, mass, &alignment, replaced),
            one_mouth: Milli::from(self.is_from_one_mouth(pair, &alignment)),
            framed: if is_phrase { replaced } else { Milli(0) },
            shared_coverage: shared.coverage,
        };
        let shared_mass = Milli(shared.mass);
        Measured { alignment, conflicts, mass: Milli(mass), shared_mass, figures }
    }

    /// Two wordings as the story of two documents that have them weighs them.
    fn pair(&self, a: WordingId, b: WordingId) -> Pair {
        let (docs, in_story) = self.context(a, b);
        let (x, y) = self.aligned_both((a, b), docs);
        Pair { a, b, docs, in_story, x, y }
    }

    /// The first documents that have a wording, ascending.
    fn contexts(&self, of: WordingId) -> impl Iterator<Item = DocId> {
        self.wordings.get(of).docs().take(CONTEXTS)
    }

    /// Two different documents, one that has `a` and one that has `b`: of one story, if any two of
    /// the first [`CONTEXTS`] places of each are. And whether they are, the two wordings left out.
    fn context(&self, a: WordingId, b: WordingId) -> ((DocId, DocId), bool) {
        let pairs = || self.contexts(a).flat_map(|p| self.contexts(b).map(move |q| (p, q)));
        let different = || pairs().filter(|(p, q)| p != q);
        let beyond =
            different().find(|&docs| self.stories.linked_beyond(docs, (a, b), self.wordings));
        if let Some(docs) = beyond {
            return (docs, true);
        }
        let linked = different().find(|&(p, q)| self.stories.linked(p, q));
        if let Some(docs) = linked.or_else(|| different().next()) {
            return (docs, false);
        }
        let first = |w: WordingId| self.wordings.get(w).places[0].doc;
        let docs = (first(a), first(b));
        (docs, self.stories.linked_beyond(docs, (a, b), self.wordings))
    }

    fn numbers(&self, pair: &Pair, measured: &Measured) -> i64 {
        let has_number =
            |words: &[Aligned]| words.iter().any(|w| self.wordings.words[w.word as usize].numeric);
        match measured.figures.clashes {
            Milli(0) => i64::from(has_number(&pair.x) && has_number(&pair.y)),
            Milli(clashes) => -(measured.conflicts.len() as i64).max(clashes / 1000),
        }
    }

    fn stands_alone(&self, measured: &Measured) -> bool {
        let expect_ln = self.expect_ln(None, measured.mass.0);
        let alone = Figures { in_story: Milli(0), expect_ln, ..measured.figures };
        alone.status() == Some(Status::Confirmed)
    }

    /// `story` as in [`Stories::searched`].
    fn expect_ln(&self, story: Option<(DocId, DocId)>, score: i64) -> Milli {
        let searched = ln(self.stories.searched(story));
        Milli(LN_K.0 + searched.0 - LAMBDA.0 * score / 1000)
    }

    fn is_quoted(&self, pair: &Pair) -> Milli {
        let is_quoted = |id| self.wordings.get(id).is_quoted;
        Milli::from(is_quoted(pair.a) || is_quoted(pair.b))
    }

    /// Whether a short quotation is wholly in another, word for word, and one person says both.
    fn is_from_one_mouth(&self, pair: &Pair, alignment: &Alignment) -> bool {
        let equal = |&(i, j): &(u32, u32)| pair.x[i as usize].word == pair.y[j as usize].word;
        let shorter = pair.x.len().min(pair.y.len());
        alignment.pairs.len() == shorter
            && is_one_run(&alignment.pairs)
            && alignment.pairs.iter().all(equal)
            && self.speakers.agree(self.wordings.get(pair.a), self.wordings.get(pair.b))
    }

    /// How many numbers each wording has, at least, that the other lacks: "2,1" is one.
    fn clashes(&self, pair: &Pair) -> Milli {
        let numeric = |w: &Aligned| self.wordings.words[w.word as usize].numeric;
        let lacks = |of: &[Aligned], with: &[Aligned]| {
            let is_new = |w: &Aligned| with.iter().all(|other| other.word != w.word);
            of.chunk_by(|a, b| numeric(a) && numeric(b))
                .filter(|number| number.iter().any(|w| numeric(w) && is_new(w)))
                .count()
        };
        Milli::count(lacks(&pair.x, &pair.y).min(lacks(&pair.y, &pair.x)))
    }

    /// Share of the matched weight that is no number and in no phrase of several words.
    fn plain_share(&self, of: WordingId, words: &[Aligned], matched: &[u32]) -> Milli {
        let phrase = &self.weights[of.idx()].phrase;
        let number = |i: usize| self.wordings.words[words[i].word as usize].numeric;
        let alone = |i: usize| {
            !number(i)
                && (i == 0 || phrase[i - 1] != phrase[i])
                && phrase.get(i + 1) != Some(&phrase[i])
        };
        let (mut all, mut plain) = (0, 0);
        for &i in matched {
            let weight = i64::from(words[i as usize].weight);
            all += weight;
            plain += if alone(i as usize) { weight } else { 0 };
        }
        Milli::ratio(plain, all)
    }
}

/// Heavier than any wording, in thousandths of a nat.
const MOST_MASS: i64 = 1 << 40;

impl Gate for Judge<'_> {
    fn least_coverage(&self) -> Milli {
        let is_enough = |coverage: &Milli| Figures::at_best(*coverage).status().is_some();
        (0..=Milli::ONE.0).map(Milli).find(is_enough).unwrap_or(Milli::ONE)
    }

    fn least_mass(&self) -> i64 {
        let is_enough = |mass: i64| {
            let common = Common { n_stems: 1, mass };
            self.alone_at_best(common, 1).status().is_some()
        };
        // Heavier is never worse.
        let (mut short, mut enough) = (-1, MOST_MASS);
        while short + 1 < enough {
            let between = (short + enough) / 2;
            *(if is_enough(between) { &mut enough } else { &mut short }) = between;
        }
        enough
    }

    /// The originals of the documents that are of one story with one that the wording is judged in.
    fn ties(&self, of: WordingId) -> Ties {
        Ties::to(self.contexts(of).flat_map(|doc| self.stories.all_linked(doc)).collect())
    }

    fn are_tied(&self, ties: &Ties, docs: impl Iterator<Item = DocId>) -> bool {
        docs.take(CONTEXTS).any(|doc| ties.has(self.stories.original(doc)))
    }

    fn may_match_alone(&self, common: Common, n_words: usize) -> bool {
        self.alone_at_best(common, n_words).status().is_some()
    }
}

/// Two wordings to be compared.
struct Pair {
    a: WordingId,
    b: WordingId,
    docs: (DocId, DocId),
    /// Whether the documents are of one story, the two wordings left out.
    in_story: bool,
    x: Vec<Aligned>,
    y: Vec<Aligned>,
}

impl Pair {
    /// The documents that are of one story, if they are.
    fn story(&self) -> Option<(DocId, DocId)> {
        self.in_story.then_some(self.docs)
    }
}

/// What was measured of a pair, and on which words.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The documents in whose story the words are weighed.
    pub docs: (DocId, DocId),
    /// The words of the first wording.
    pub a: Vec<Aligned>,
    /// The words of the second.
    pub b: Vec<Aligned>,
    /// All figures.
    pub measured: Measured,
}

/// The measures of a pair of wordings.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Which words correspond.
    pub alignment: Alignment,
    /// What speaks against the match.
    pub conflicts: Vec<Conflict>,
    /// The alignment's score less what the conflicts cost, in thousandths of a nat.
    pub mass: Milli,
    /// Weight of the stems that both have, in any order, in thousandths of a nat.
    pub shared_mass: Milli,
    /// What is judged.
    pub figures: Figures,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::background::Background;
    use crate::weights::weigh;
    use crate::wording::tests::fold;

    /// The first match of the first passages of two articles.
    fn judged(a: &str, b: &str) -> Option<Match> {
        let wordings = fold(&[a, b]);
        let weights = weigh(&wordings, &Background::shipped());
        let stories = Stories::find(&wordings, &weights, Vec::new());
        let formulas = Formulas::find(&wordings, &stories);
        let judge = Judge {
            wordings: &wordings,
            weights: &weights,
            stories: &stories,
            formulas: &formulas,
            speakers: &Speakers::default(),
        };
        judge.judge(wordings.by_doc[0][0], wordings.by_doc[1][0])
    }

    #[track_caller]
    fn check(a: &str, b: &str, expect: Option<Status>) {
        let found = judged(a, b);
        assert_eq!(found.as_ref().map(|m| m.status), expect, "{a} | {b}: {found:?}");
        let mirrored = judged(b, a);
        assert_eq!(mirrored.map(|m| m.status), expect, "mirrored: {a} | {b}");
    }

    const CONFIRMED: Option<Status> = Some(Status::Confirmed);

    #[test]
    fn the_same_sentence_is_confirmed_edited_or_not() {
        let said =
            "kami tidak mau menunggu air naik lagi jadi semua warga kami minta pindah malam ini";
        check(said, said, CONFIRMED);
        check(
            said,
            "kami tak mau menunggu sampai air naik lagi maka warga kami minta pindah malam ini juga",
            CONFIRMED,
        );
        check(said, "harga cabai rawit di pasar induk turun tajam sejak awal pekan lalu", None);
    }

    #[test]
    fn a_part_of_a_long_sentence_is_confirmed() {
        check(
            "gelombang setinggi dua meter merusak badan dermaga lama sehingga kapal penyeberangan dialihkan ke pelabuhan perikanan",
            "kapal penyeberangan dialihkan ke pelabuhan perikanan",
            CONFIRMED,
        );
    }

    #[test]
    fn names_and_stock_phrases_are_not_confirmed() {
        let name = "Menteri Luar Negeri Amerika Serikat Antony Blinken";
        for (a, b) in [
            (
                format!("kemarin {name} berbicara dengan rekannya lewat telepon tentang gandum"),
                format!("pada hari lain {name} naik pesawat ke benua yang jauh sekali"),
            ),
            (
                "ia tidak punya pilihan lain selain mundur dari jabatan itu".to_owned(),
                "rakyat tidak punya pilihan lain dan terus membeli beras mahal".to_owned(),
            ),
        ] {
            let found = judged(&a, &b);
            assert!(found.as_ref().is_none_or(|m| m.status != Status::Confirmed), "{found:?}");
        }
    }

    #[test]
    fn bulletins_that_name_and_count_other_things_differ() {
        let bulletin = |place: &str, km: u32, depth: u32| {
            format!(
                "pusat gempa berada di laut pada jarak {km} kilometer tenggara {place} dengan kedalaman {depth} kilometer"
            )
        };
        let (a, b) = (bulletin("Tanjung Batu", 41, 112), bulletin("Muara Kali", 94, 28));
        check(&a, &b, Some(Status::Suggested));
        check(&a, &bulletin("Tanjung Batu", 41, 112), CONFIRMED);
    }
}
