//! Which articles share the words of the reporter, those outside quotations?
//!
//! Two reporters quote the same speech, and a quotation that both print proves nothing; thirty of
//! their own words in a row are nobody's chance.

use crate::document::Document;
use crate::hash::hash64_of;
use crate::shingle::ShingleSet;
use crate::span::ByteSpan;
use crate::text::{Article, quotation};
use ahash::AHashMap;
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
pub(super) struct Prose {
    /// All of them, quotations included.
    pub all: Vec<u64>,
    /// Those outside quotations.
    outside: Vec<Word>,
    /// Hashes of [`FEW`] consecutive ones, by the position of the first; `None` where a quotation,
    /// furniture or the end comes in between.
    few: Vec<Option<u64>>,
    /// How many tokens make a word: two where single characters are tokens.
    per_word: usize,
    /// Where each run of few stands, and the runs of five words of the whole: worked out when first
    /// asked for, and asked for by each claim of two articles.
    places: OnceLock<AHashMap<u64, Vec<usize>>>,
    fives: OnceLock<ShingleSet>,
}

#[derive(Clone, Copy)]
struct Word {
    hash: u64,
    span: ByteSpan,
    /// Whether the next word follows in the text without a quotation or furniture between.
    goes_on: bool,
}

/// Consecutive words that two articles share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub n_words: usize,
    pub spans: (ByteSpan, ByteSpan),
}

impl Prose {
    pub fn of(document: &Document, article: &Article) -> Prose {
        let text = document.text.as_str();
        let tokens = |span: ByteSpan| -> Range<usize> {
            let start = article.tokens.partition_point(|token| token.span.start < span.start);
            start..article.tokens.partition_point(|token| token.span.end <= span.end).max(start)
        };
        let mut quoted = vec![false; article.tokens.len()];
        let quotations = quotation::find(text, &article.paragraphs);
        for range in quotations.iter().map(|q| tokens(q.inner)).filter(|r| QUOTED <= r.len()) {
            quoted[range].fill(true);
        }
        let per_word = if matches!(article.language, Some("zh" | "ja")) { 2 } else { 1 };
        let mut prose = Prose {
            all: Vec::new(),
            outside: Vec::new(),
            few: Vec::new(),
            per_word,
            places: OnceLock::new(),
            fives: OnceLock::new(),
        };
        for paragraph in &article.paragraphs {
            if paragraph.boilerplate {
                prose.interrupt();
                continue;
            }
            for idx in tokens(paragraph.span) {
                let token = article.tokens[idx];
                prose.all.push(token.word);
                if quoted[idx] {
                    prose.interrupt();
                } else {
                    prose.outside.push(Word { hash: token.word, span: token.span, goes_on: true });
                }
            }
        }
        prose.interrupt();
        prose.few = prose.runs_of_few();
        prose
    }

    fn interrupt(&mut self) {
        if let Some(last) = self.outside.last_mut() {
            last.goes_on = false;
        }
    }

    fn runs_of_few(&self) -> Vec<Option<u64>> {
        let n = FEW * self.per_word;
        let mut left = 0; // words up to the end of the stretch
        let mut few = vec![None; self.outside.len()];
        for at in (0..self.outside.len()).rev() {
            left = if self.outside[at].goes_on { left + 1 } else { 1 };
            if n <= left {
                few[at] = Some(hash64_of(self.outside[at..at + n].iter().map(|word| word.hash)));
            }
        }
        few
    }

    /// Hashes of [`FEW`] consecutive words.
    pub fn few(&self) -> impl Iterator<Item = u64> + '_ {
        self.few.iter().filter_map(|few| *few)
    }

    /// Hashes of [`MANY`] consecutive words: of runs of few that cover them.
    pub fn many(&self) -> impl Iterator<Item = u64> + '_ {
        let (few, many) = (FEW * self.per_word, MANY * self.per_word);
        (0..(self.few.len() + 1).saturating_sub(many)).filter_map(move |at| {
            let inside = (0..many - few).step_by(few).chain([many - few]);
            let parts: Option<Vec<u64>> = inside.map(|offset| self.few[at + offset]).collect();
            // A run of few may end where another begins: what is between must go on too.
            let whole = (at..at + many - 1).all(|word| self.outside[word].goes_on);
            parts.filter(|_| whole).map(hash64_of)
        })
    }

    /// What two articles have of the same text up to furniture; `None` where hardly anything stands
    /// outside quotations, so that equal texts prove nothing.
    pub fn whole(&self) -> Option<u64> {
        let told = FEW * self.per_word <= self.outside.len();
        told.then(|| hash64_of(self.all.iter().copied()))
    }

    /// Whether the two are nearly one text: Jaccard similarity of runs of five words, quotations
    /// included.
    pub fn nearly(&self, other: &Prose) -> bool {
        let told = |prose: &Prose| FEW * prose.per_word <= prose.outside.len();
        told(self) && told(other) && NEARLY_ONE <= self.fives().jaccard(other.fives()).0
    }

    /// The longest run of at least [`FEW`] words outside quotations that both have, the first of
    /// equally long ones.
    pub fn longest_run(&self, other: &Prose) -> Option<Run> {
        let mut best: Option<(usize, usize, usize)> = None;
        let places = other.places();
        for (at, few) in self.few.iter().enumerate() {
            for &there in few.iter().filter_map(|few| places.get(few)).flatten() {
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
        let places = other.places();
        let n = FEW * self.per_word;
        let (mut shared, mut covered) = (0, 0);
        for (at, few) in self.few.iter().enumerate() {
            if few.is_some_and(|few| places.contains_key(&few)) {
                shared += at + n - covered.max(at);
                covered = at + n;
            }
        }
        (shared * 1000).checked_div(self.outside.len()).unwrap_or(0)
    }

    fn fives(&self) -> &ShingleSet {
        self.fives.get_or_init(|| ShingleSet::of_words(&self.all, 5))
    }

    fn places(&self) -> &AHashMap<u64, Vec<usize>> {
        self.places.get_or_init(|| self.find_places())
    }

    fn find_places(&self) -> AHashMap<u64, Vec<usize>> {
        let mut places: AHashMap<u64, Vec<usize>> = AHashMap::new();
        for (at, few) in self.few.iter().enumerate() {
            let Some(few) = few else { continue };
            let places = places.entry(*few).or_default();
            if places.len() <= PLACES {
                places.push(at);
            }
        }
        places.retain(|_, places| places.len() <= PLACES);
        places
    }

    /// Whether both go on from these words with the same run of few.
    fn same(&self, other: &Prose, at: usize, there: usize) -> bool {
        self.few[at].is_some() && self.few[at] == other.few[there]
    }

    /// How many words from `at` on are those of `other` from `there` on.
    fn length(&self, other: &Prose, at: usize, there: usize) -> usize {
        let pairs = self.outside[at..].iter().zip(&other.outside[there..]);
        let mut n = 0;
        for (x, y) in pairs {
            if x.hash != y.hash {
                break;
            }
            n += 1;
            if !(x.goes_on && y.goes_on) {
                break;
            }
        }
        n
    }

    fn span(&self, at: usize, n: usize) -> ByteSpan {
        ByteSpan { start: self.outside[at].span.start, end: self.outside[at + n - 1].span.end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Fields, Source};
    use crate::text::paragraph;
    use crate::text::tokenize::tokenize;

    fn prose(text: &str) -> Prose {
        let source = Source { path: "a".to_owned(), line: None, encoding: "UTF-8" };
        let document = Document { source, fields: Fields::default(), text: text.to_owned() };
        let paragraphs = paragraph::split(text);
        let article = Article { tokens: tokenize(text), paragraphs, ..Article::default() };
        Prose::of(&document, &article)
    }

    fn numbered(words: Range<usize>) -> String {
        words.map(|i| format!("w{i}")).collect::<Vec<_>>().join(" ")
    }

    /// The longest run of the two, its words in both, and whether it is found as a run of many.
    fn shared(a: &str, b: &str) -> (usize, bool) {
        let (x, y) = (prose(a), prose(b));
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
        assert_eq!(prose(text).whole(), prose(&text.to_uppercase()).whole());
        assert_ne!(prose(text).whole(), prose(&text.replace("kanal", "kali")).whole());
        assert_eq!(prose(bare).whole(), None);
        assert!(!prose(bare).nearly(&prose(bare)));
        assert_eq!(prose(text).share_in(&prose(text)), 1000);
        assert_eq!(prose(text).share_in(&prose(bare)), 0);
    }
}
