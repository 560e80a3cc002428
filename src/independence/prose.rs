//! Which articles share the words of the reporter, those outside quotations?
//!
//! Two reporters quote the same speech, and a quotation that both print proves nothing; thirty of
//! their own words in a row are nobody's chance.

use crate::document::Document;
use crate::hash::hash64_of;
use crate::shingle::ShingleSet;
use crate::span::ByteSpan;
use crate::text::tokenize::Token;
use crate::text::{Article, quotation};
use std::num::NonZero;
use std::ops::Range;
use std::sync::OnceLock;

/// Consecutive words of a run that may be chance or a phrase of the trade, but need not.
pub(super) const FEW: usize = 8;
/// Consecutive words that two articles do not have in common by chance.
pub(super) const MANY: usize = 30;

/// Words in quotation marks that are part of a sentence's grammar ("revolusi warna") are fewer.
const QUOTED: usize = 4;
/// Least Jaccard similarity of two articles that are nearly one text, in thousandths.
const NEARLY_ONE: i64 = 800;
/// A run of [`FEW`] words that stands in more places of one article is a form, and no evidence.
const PLACES: usize = 8;

/// The words of an article without furniture.
pub(super) struct Prose<'r> {
    article: &'r Article,
    /// The words outside quotations, ascending, with an end behind those that follow each other.
    outside: Vec<Word>,
    /// Number of these words.
    n_words: usize,
    /// Hashes of [`FEW`] consecutive ones, by the position of the first; `None` where a quotation,
    /// furniture or the end comes in between.
    few: Vec<Option<NonZero<u64>>>,
    /// Hash of all words, quotations included; `None` where hardly anything stands outside
    /// quotations, so that equal texts prove nothing.
    pub whole: Option<u64>,
    /// How many tokens make a word: two where single characters are tokens.
    per_word: usize,
    /// Where each run of few stands, and the runs of five words of the whole: worked out when first
    /// asked for, and asked for by each claim of two articles.
    places: OnceLock<Box<[u32]>>,
    fives: OnceLock<ShingleSet>,
}

/// What a reader counts as one word, by its first token ("3.500" and "rata-rata" are two tokens each);
/// or, with its upper bit set, the token behind the last word before a quotation, furniture or the end.
#[derive(Debug, Clone, Copy)]
struct Word(u32);

impl Word {
    const END: u32 = 1 << 31;

    fn is_end(self) -> bool {
        self.0 & Self::END != 0
    }

    fn token(self) -> usize {
        (self.0 & !Self::END) as usize
    }
}

/// Consecutive words that two articles share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub n_words: usize,
    pub spans: (ByteSpan, ByteSpan),
}

impl<'r> Prose<'r> {
    pub fn of(document: &Document, article: &'r Article) -> Prose<'r> {
        let mut quoted = vec![false; article.tokens.len()];
        let quotations = quotation::find(&document.text, &article.paragraphs);
        let inside = quotations.iter().map(|quotation| tokens(article, quotation.inner));
        for tokens in inside.filter(|tokens| QUOTED <= tokens.len()) {
            quoted[tokens].fill(true);
        }
        let per_word = article.tokens_per_word();
        let (mut outside, mut n_words, mut next) = (Vec::new(), 0, 0);
        for idx in all(article).filter(|&idx| !quoted[idx]) {
            let follows = idx == next && !outside.is_empty();
            if !follows && !outside.is_empty() {
                outside.push(Word(next as u32 | Word::END));
            }
            let joined =
                |a: usize| is_joined(&document.text, article.tokens[a], article.tokens[idx]);
            if !(follows && per_word == 1 && joined(idx - 1)) {
                outside.push(Word(idx as u32));
                n_words += 1;
            }
            next = idx + 1;
        }
        outside.push(Word(next as u32 | Word::END));
        let mut prose = Prose {
            article,
            outside,
            n_words,
            few: Vec::new(),
            whole: None,
            per_word,
            places: OnceLock::new(),
            fives: OnceLock::new(),
        };
        let n = FEW * prose.per_word;
        let few = |at| prose.goes_on(at, n).then(|| hash64_of(prose.words(at, n)));
        prose.few = (0..prose.outside.len()).map(|at| few(at).and_then(NonZero::new)).collect();
        prose.whole = prose.is_told().then(|| hash64_of(prose.all()));
        prose
    }

    /// All its words.
    fn all(&self) -> impl Iterator<Item = u64> {
        all(self.article).map(|idx| self.article.tokens[idx].word)
    }

    /// Whether enough of it is the reporter's for one text to be told from another.
    fn is_told(&self) -> bool {
        FEW * self.per_word <= self.n_words
    }

    /// Number of words outside quotations.
    pub fn n_outside(&self) -> usize {
        self.n_words
    }

    /// The tokens of a word.
    fn tokens(&self, at: usize) -> &[Token] {
        &self.article.tokens[self.outside[at].token()..self.outside[at + 1].token()]
    }

    fn word(&self, at: usize) -> u64 {
        match self.tokens(at) {
            [token] => token.word,
            tokens => hash64_of(tokens.iter().map(|token| token.word)),
        }
    }

    /// `n` words from one on.
    fn words(&self, at: usize, n: usize) -> impl Iterator<Item = u64> {
        (at..at + n).map(|at| self.word(at))
    }

    /// Whether `n` words from one on follow each other without a quotation or furniture between.
    fn goes_on(&self, at: usize, n: usize) -> bool {
        let words = self.outside.get(at..at + n);
        words.is_some_and(|words| !words.iter().any(|word| word.is_end()))
    }

    /// Hashes of [`FEW`] consecutive words.
    pub fn few(&self) -> impl Iterator<Item = u64> {
        self.few.iter().filter_map(|few| few.map(NonZero::get))
    }

    /// Hashes of [`MANY`] consecutive words: of runs of few that cover them.
    pub fn many(&self) -> impl Iterator<Item = u64> {
        let (few, many) = (FEW * self.per_word, MANY * self.per_word);
        (0..(self.outside.len() + 1).saturating_sub(many)).filter_map(move |at| {
            let inside = (0..many - few).step_by(few).chain([many - few]);
            let parts: Option<Vec<NonZero<u64>>> =
                inside.map(|offset| self.few[at + offset]).collect();
            parts.map(|parts| hash64_of(parts.into_iter().map(NonZero::get)))
        })
    }

    /// Whether the two are nearly one text: Jaccard similarity of runs of five words, quotations
    /// included.
    pub fn nearly(&self, other: &Prose) -> bool {
        self.is_told() && other.is_told() && NEARLY_ONE <= self.fives().jaccard(other.fives()).0
    }

    /// The longest run of at least [`FEW`] words outside quotations that both have, the first of
    /// equally long ones.
    pub fn longest_run(&self, other: &Prose) -> Option<Run> {
        let mut best: Option<(usize, usize, usize)> = None;
        for (at, few) in self.few.iter().enumerate() {
            for there in few.iter().flat_map(|few| other.places_of(*few)) {
                let before = at.checked_sub(1).zip(there.checked_sub(1));
                if before.is_some_and(|(x, y)| self.same(other, x, y)) {
                    continue; // part of a longer run
                }
                let n = self.length(other, at, there);
                if best.is_none_or(|(longest, ..)| longest < n) {
                    best = Some((n, at, there));
                }
            }
        }
        let (n, at, there) = best?;
        let spans = (self.span(at, n), other.span(there, n));
        Some(Run { n_words: n / self.per_word, spans })
    }

    /// The share of the words outside quotations that stand in runs of [`FEW`] which `other` has
    /// too, in thousandths.
    pub fn share_in(&self, other: &Prose) -> usize {
        let n = FEW * self.per_word;
        let (mut shared, mut covered) = (0, 0);
        for (at, few) in self.few.iter().enumerate() {
            if few.is_some_and(|few| other.places_of(few).next().is_some()) {
                shared += at + n - covered.max(at);
                covered = at + n;
            }
        }
        (shared * 1000).checked_div(self.n_words).unwrap_or(0)
    }

    fn fives(&self) -> &ShingleSet {
        self.fives.get_or_init(|| ShingleSet::of_words(&self.all().collect::<Vec<u64>>(), 5))
    }

    /// Where a run of few stands, ascending; nowhere where it stands in too many places.
    fn places_of(&self, few: NonZero<u64>) -> impl Iterator<Item = usize> {
        let places = self.places.get_or_init(|| self.find_places());
        let start = places.partition_point(|&at| self.few[at as usize] < Some(few));
        let here = places[start..].iter().map(|&at| at as usize);
        here.take_while(move |&at| self.few[at] == Some(few))
    }

    /// Where runs of few stand, ascending by their hashes; without those of too many places.
    fn find_places(&self) -> Box<[u32]> {
        let hash = |at: &u32| self.few[*at as usize];
        let mut all: Vec<u32> =
            (0..self.few.len() as u32).filter(|at| hash(at).is_some()).collect();
        all.sort_unstable_by_key(|at| (hash(at), *at));
        let same = all.chunk_by(|a, b| hash(a) == hash(b));
        same.filter(|same| same.len() <= PLACES).flatten().copied().collect()
    }

    /// Whether both go on from these words with the same run of few.
    fn same(&self, other: &Prose, at: usize, there: usize) -> bool {
        self.few[at].is_some() && self.few[at] == other.few[there]
    }

    /// How many words from `at` on are those of `other` from `there` on.
    fn length(&self, other: &Prose, at: usize, there: usize) -> usize {
        let goes_on = |&n: &usize| {
            !self.outside[at + n].is_end()
                && !other.outside[there + n].is_end()
                && self.word(at + n) == other.word(there + n)
        };
        (0..).take_while(goes_on).count()
    }

    fn span(&self, at: usize, n: usize) -> ByteSpan {
        let (first, last) = (self.tokens(at), self.tokens(at + n - 1));
        let end = last.last().map_or(0, |token| token.span.end);
        ByteSpan { start: first[0].span.start, end }
    }
}

/// Whether two tokens are one word: something stands between them, but no white space. Glued words
/// that were taken apart are two.
fn is_joined(text: &str, a: Token, b: Token) -> bool {
    let between = text.get(a.span.end as usize..b.span.start as usize).unwrap_or_default();
    !between.is_empty() && !between.contains(char::is_whitespace)
}

/// The tokens of a stretch of the text.
fn tokens(article: &Article, span: ByteSpan) -> Range<usize> {
    let start = article.tokens.partition_point(|token| token.span.start < span.start);
    start..article.tokens.partition_point(|token| token.span.end <= span.end).max(start)
}

/// All tokens but those of furniture.
fn all(article: &Article) -> impl Iterator<Item = usize> {
    let paragraphs = article.paragraphs.iter().filter(|paragraph| !paragraph.boilerplate);
    paragraphs.flat_map(|paragraph| tokens(article, paragraph.span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Fields, Source};
    use crate::text::paragraph;
    use crate::text::tokenize::tokenize;

    fn read<const N: usize>(texts: [&str; N]) -> [(Document, Article); N] {
        texts.map(|text| {
            let source = Source { path: "a".to_owned(), line: None, encoding: "UTF-8" };
            let document = Document { source, fields: Fields::default(), text: text.to_owned() };
            let paragraphs = paragraph::split(text);
            let article = Article { tokens: tokenize(text), paragraphs, ..Article::default() };
            (document, article)
        })
    }

    fn numbered(words: Range<usize>) -> String {
        words.map(|i| format!("w{i}")).collect::<Vec<_>>().join(" ")
    }

    /// The longest run of the two, its words in both, and whether it is found as a run of many.
    fn shared(a: &str, b: &str) -> (usize, bool) {
        let articles = read([a, b]);
        let [x, y] = articles.each_ref().map(|(document, article)| Prose::of(document, article));
        let many: Vec<u64> = x.many().collect();
        let run = x.longest_run(&y);
        if let Some(run) = run {
            assert_eq!(tokenize(run.spans.0.of(a)).len(), tokenize(run.spans.1.of(b)).len());
        }
        (run.map_or(0, |run| run.n_words), y.many().any(|hash| many.contains(&hash)))
    }

    #[test]
    fn only_words_outside_quotations_count_and_only_in_a_row() {
        let long = numbered(0..40);
        for (a, b, expect) in [
            (long.clone(), format!("x {long} y"), (40, true)),
            (numbered(0..30), numbered(0..30), (30, true)),
            (numbered(0..29), numbered(0..29), (29, false)),
            (numbered(0..8), numbered(0..8), (8, false)),
            (numbered(0..7), numbered(0..7), (0, false)),
            // A quotation that both print proves nothing, whatever its length.
            (format!("a said \"{long}\" here"), format!("b told \"{long}\" there"), (0, false)),
            // It parts what stands around it, ...
            (
                format!("{} \"q q q q\" {}", numbered(0..20), numbered(20..40)),
                format!("{} \"r r r r\" {}", numbered(0..20), numbered(20..40)),
                (20, false),
            ),
            // ... unless it is a few words in a sentence.
            (format!("{} \"w20\" {}", numbered(0..20), numbered(21..40)), long.clone(), (40, true)),
            // One word differs.
            (long.clone(), long.replace("w20 ", "x "), (20, false)),
            (long.clone(), String::new(), (0, false)),
        ] {
            assert_eq!(shared(&a, &b), expect, "{a} | {b}");
        }
    }

    #[test]
    fn a_word_said_over_and_over_is_no_evidence_and_takes_no_time() {
        let text = "ya ".repeat(20_000);
        assert_eq!(shared(&text, &text).0, 0);
    }

    #[test]
    fn one_text_is_told_from_another_and_from_a_bare_quotation() {
        let text = "Warga dilarang mencuci di tepi kanal sampai hewan itu ditangkap, kata Rusdi.";
        let bare = "“Warga dilarang mencuci di tepi kanal sampai hewan itu ditangkap”";
        let articles = read([text, &text.to_uppercase(), &text.replace("kanal", "kali"), bare]);
        let [text, upper, other, bare] =
            articles.each_ref().map(|(document, article)| Prose::of(document, article));
        assert_eq!(text.whole, upper.whole);
        assert_ne!(text.whole, other.whole);
        assert_eq!(bare.whole, None);
        assert!(!bare.nearly(&bare));
        assert_eq!((text.share_in(&text), text.share_in(&bare)), (1000, 0));
    }
}
