//! What does a cluster say as a claim? Its occurrences in every place, with spans, grades and edits
//! against the representative wording.

use crate::claim::{Claim, Edit, Form, Grade, Milli, Occurrence, Score, Status};
use crate::cluster::{Cluster, extent};
use crate::difference::{self, Reading};
use crate::document::{DocId, Document};
use crate::hash::content_id;
use crate::judge::Match;
use crate::provenance::speaker::{self, reversed_words, same_name};
use crate::provenance::{self, Provenance, Speaker};
use crate::shingle::ShingleSet;
use crate::span::ByteSpan;
use crate::story::Stories;
use crate::text::tokenize::{Token, normalize, tokenize};
use crate::text::{Article, Passage, PassageKind};
use crate::wording::{Place, WordingId, Wordings};
use ahash::AHashSet;
use carriers::carriers;
use std::ops::Range;
use strength::strength;
pub use windows::Windows;

mod carriers;
mod strength;
mod windows;

/// Everything that the assembly reads.
pub struct Assembler<'r> {
    /// By [`DocId`].
    pub documents: &'r [Document],
    /// By [`DocId`].
    pub articles: &'r [Article],
    /// By [`DocId`].
    pub provenances: &'r [Provenance],
    /// The wordings.
    pub wordings: &'r Wordings,
    /// Their stories.
    pub stories: &'r Stories,
    /// The matches that the clusters index.
    pub matches: &'r [Match],
    /// How far apart the articles of one claim may be, where that matters.
    pub windows: Option<&'r Windows<'r>>,
}

impl Assembler<'_> {
    /// The claim that a cluster makes, `within` these documents or all.
    pub fn claim(
        &self,
        cluster: &Cluster,
        status: Status,
        within: Option<&AHashSet<DocId>>,
    ) -> Claim {
        let carriers = carriers(cluster, self.matches, self.wordings, self.stories, within);
        let core = self.core(cluster, status);
        let first = self.first_place(cluster.medoid, carriers.as_ref());
        let reference = self.reference(first, cluster.medoid, core.clone());
        let mut occurrences = self.at_places(cluster.medoid, core, None, &reference, status);
        for &(member, matched) in &cluster.members {
            let matched = &self.matches[matched];
            let status = if matched.status == Status::Decided { Status::Decided } else { status };
            let range = self.covered(member, extent(matched, member), status);
            occurrences.extend(self.at_places(member, range, Some(matched), &reference, status));
        }
        occurrences.retain(|o| carriers.as_ref().is_none_or(|docs| docs.contains(&o.doc)));
        occurrences.sort_by_cached_key(|o| self.order(o.doc, o.span));
        let is_reference = |o: &Occurrence| o.score.is_none() && o.doc == reference.part.doc;
        let representative = occurrences.iter().position(is_reference).unwrap_or_default();
        let id = self.id(&occurrences, within.is_some());
        self.finish(id, cluster, status, occurrences, representative)
    }

    /// The place of a wording in one of the carriers that comes first in the order of occurrences.
    fn first_place(&self, wording: WordingId, carriers: Option<&AHashSet<DocId>>) -> Place {
        let places = &self.wordings.get(wording).places;
        let carries = |place: &&Place| carriers.is_none_or(|docs| docs.contains(&place.doc));
        let span = |place: &Place| self.passage(*place).2.span;
        let carried = places.iter().filter(carries);
        let first = carried.min_by_key(|place| self.order(place.doc, span(place)));
        *first.unwrap_or(&places[0])
    }

    fn finish(
        &self,
        id: String,
        cluster: &Cluster,
        status: Status,
        occurrences: Vec<Occurrence>,
        representative: usize,
    ) -> Claim {
        let ratios: Vec<i64> =
            cluster.members.iter().map(|&(_, m)| self.matches[m].ratio.0).collect();
        let n_direct = occurrences.iter().filter(|o| o.form == Form::Direct).count();
        let kind = if n_direct * 2 > occurrences.len() {
            PassageKind::Quotation
        } else {
            PassageKind::Statement
        };
        Claim {
            id,
            kind,
            status,
            representative,
            speaker: self.speaker(&occurrences, representative),
            cohesion_min: Milli(ratios.iter().copied().min().unwrap_or(1000).min(1000)),
            cohesion_mean: match ratios.len() {
                0 => Milli::ONE,
                n => Milli((ratios.iter().sum::<i64>() / n as i64).min(1000)),
            },
            strength: strength(cluster.matches.iter().map(|&m| &self.matches[m])),
            occurrences,
            lines: None,
            omitted_by: Vec::new(),
        }
    }

    /// An id from the words of the occurrences alone: the same claim found again has it again. Where
    /// the same is said in several windows, the date of the first occurrence tells them apart.
    fn id(&self, occurrences: &[Occurrence], of_window: bool) -> String {
        let mut wordings: Vec<String> = occurrences
            .iter()
            .map(|o| {
                let exact = o.span.of(&self.documents[o.doc.idx()].text);
                let words: Vec<String> =
                    tokenize(exact).iter().map(|t| normalize(t.span.of(exact))).collect();
                words.concat()
            })
            .collect();
        wordings.sort_unstable();
        wordings.dedup();
        let first = occurrences.first().map(|o| &self.provenances[o.doc.idx()]);
        let when = first.and_then(|p| p.published.as_ref()).filter(|_| of_window);
        wordings.extend(when.map(|published| published.when.clone()));
        content_id(wordings.join("\n").as_bytes())
    }

    /// Who most occurrences name, the representative's first among equals.
    fn speaker(
        &self,
        occurrences: &[Occurrence],
        representative: usize,
    ) -> Option<(DocId, Speaker)> {
        let mut named: Vec<(Vec<String>, usize, &Occurrence, &Speaker)> = Vec::new();
        let first = std::iter::once(&occurrences[representative]);
        let others = occurrences.iter().enumerate().filter(|&(i, _)| i != representative);
        for occurrence in first.chain(others.map(|(_, o)| o)) {
            let Some(speaker) = &occurrence.speaker else { continue };
            let name = reversed_words(&speaker.name);
            match named.iter_mut().find(|known| known.0 == name) {
                Some(known) => known.1 += 1,
                None => named.push((name, 1, occurrence, speaker)),
            }
        }
        let votes = |name: &[String]| -> usize {
            named.iter().filter(|known| same_name(&known.0, name)).map(|known| known.1).sum()
        };
        let most = named.iter().map(|known| votes(&known.0)).max()?;
        let chosen = named.iter().find(|known| votes(&known.0) == most)?;
        // Of "juru bicara" and "juru bicara Kementerian Pangan" the second says who it is.
        let fuller = |name: &[String]| chosen.0.len() < name.len() && name.ends_with(&chosen.0);
        let fullest = named.iter().filter(|known| fuller(&known.0)).max_by_key(|k| k.0.len());
        let (_, _, occurrence, speaker) = fullest.unwrap_or(chosen);
        Some((occurrence.doc, (*speaker).clone()))
    }

    /// The part of the medoid that the cluster rests on.
    fn core(&self, cluster: &Cluster, status: Status) -> Range<u32> {
        let whole = (0, self.wordings.get(cluster.medoid).words.len() as u32 - 1);
        let matches = cluster.matches.iter().map(|&m| &self.matches[m]);
        let evidence = matches.filter(|m| m.status != Status::Decided);
        let extents = evidence.map(|m| extent(m, cluster.medoid));
        let matched = extents.reduce(|x, y| (x.0.min(y.0), x.1.max(y.1))).unwrap_or(whole);
        self.covered(cluster.medoid, matched, status)
    }

    /// The words of a wording that a match means: from the first to the last that correspond, and on
    /// to the wording's end where only a few words are left over (a sentence without its "Namun,"
    /// or "hari ini" is still meant as a whole). What is only suggested was compared as a whole, and a
    /// decision is about the whole.
    fn covered(&self, wording: WordingId, matched: (u32, u32), status: Status) -> Range<u32> {
        const LEFT_OVER: u32 = 3;
        let n = self.wordings.get(wording).words.len() as u32;
        let (start, end) = (matched.0, matched.1 + 1);
        let whole = status != Status::Confirmed;
        let start = if whole || start <= LEFT_OVER { 0 } else { start };
        let end = if whole || end + LEFT_OVER >= n { n } else { end };
        start..end
    }

    fn passage(&self, place: Place) -> (&str, &Article, &Passage) {
        let article = &self.articles[place.doc.idx()];
        (&self.documents[place.doc.idx()].text, article, &article.passages[place.passage as usize])
    }

    /// The words `range` of a passage, in text order; of a quotation, all of its words.
    fn part(&self, place: Place, range: Range<u32>) -> Part<'_> {
        let (text, article, passage) = self.passage(place);
        let tokens = &article.tokens[passage.tokens.start as usize..passage.tokens.end as usize];
        let (range, span) = match passage.kind {
            PassageKind::Quotation => (0..tokens.len() as u32, passage.span),
            PassageKind::Statement => {
                (range.clone(), span_of(&tokens[range.start as usize..range.end as usize]))
            }
        };
        Part {
            doc: place.doc,
            text,
            tokens: &tokens[range.start as usize..range.end as usize],
            offset: range.start,
            span,
        }
    }

    fn reference(&self, place: Place, wording: WordingId, range: Range<u32>) -> Reference<'_> {
        let part = self.part(place, range);
        let reading = self.reading(place, wording, &part);
        Reference { part, reading }
    }

    /// What a part of a wording says.
    fn reading<'r>(&'r self, place: Place, wording: WordingId, part: &Part<'r>) -> Reading<'r> {
        let (text, article, passage) = self.passage(place);
        let wording = self.wordings.get(wording);
        let from = part.offset as usize;
        Reading::of(difference::Wording {
            text,
            tokens: part.tokens,
            is_name: (from..from + part.tokens.len()).map(|i| wording.is_name(i)).collect(),
            language: article.language,
            span: part.span,
            sentence: passage.sentence,
            quoted: passage.kind == PassageKind::Quotation,
        })
    }

    fn at_places(
        &self,
        wording: WordingId,
        range: Range<u32>,
        matched: Option<&Match>,
        reference: &Reference,
        status: Status,
    ) -> Vec<Occurrence> {
        let places = &self.wordings.get(wording).places;
        places
            .iter()
            .map(|&p| self.occurrence(p, wording, range.clone(), matched, reference, status))
            .collect()
    }

    fn occurrence(
        &self,
        place: Place,
        wording: WordingId,
        range: Range<u32>,
        matched: Option<&Match>,
        Reference { part: reference, reading }: &Reference,
        status: Status,
    ) -> Occurrence {
        let (text, article, passage) = self.passage(place);
        let part = self.part(place, range);
        let pairs = corresponding(matched, wording, reference, &part);
        let direct = passage.kind == PassageKind::Quotation;
        let score = matched.map(|m| score(m, reference, &part));
        let grade = grade(&pairs, reference, &part, status);
        let paragraph = article.paragraphs[passage.paragraph as usize].span;
        let agencies = &self.provenances[place.doc.idx()].agencies;
        Occurrence {
            doc: place.doc,
            span: part.span,
            passage: passage.span,
            decided: matched.is_some_and(|m| m.status == Status::Decided),
            context: provenance::context(text, passage.span, passage.sentence, paragraph, agencies),
            form: if direct { Form::Direct } else { Form::Indirect },
            grade,
            translation_suggested: direct
                && self.looks_translated(place.doc, grade, score.as_ref()),
            matched: matched_spans(&pairs, &part),
            score,
            edits: edits(&pairs, reference, &part),
            differences: difference::differences(
                reading,
                &self.reading(place, wording, &part),
                &pairs,
            ),
            speaker: if direct {
                speaker::of_quotation(text, passage.span, passage.sentence, paragraph)
            } else {
                speaker::of_statement(text, passage.sentence)
            },
            agencies: agencies.clone(),
            copied_from: None,
        }
    }

    /// Few runs of words in common, yet the same sequence of rare words, in an article that rests
    /// on an agency: a foreign statement may have been translated twice.
    fn looks_translated(&self, doc: DocId, grade: Grade, score: Option<&Score>) -> bool {
        const FEW_RUNS: Milli = Milli(350);
        grade == Grade::Edited
            && score.is_some_and(|s| s.word3_jaccard < FEW_RUNS)
            && !self.provenances[doc.idx()].agencies.is_empty()
    }

    /// Publication time (undated last), outlet, text, path, position.
    fn order(&self, doc: DocId, span: ByteSpan) -> impl Ord + use<> {
        let provenance = &self.provenances[doc.idx()];
        let document = &self.documents[doc.idx()];
        (
            provenance.published.as_ref().map_or((i64::MAX, i64::MAX), |p| p.bounds()),
            provenance.outlet.as_ref().map(|o| o.key.clone()).unwrap_or_default(),
            span.of(&document.text).to_owned(),
            document.source.clone(),
            span,
        )
    }
}

/// The representative wording where it stands first.
struct Reference<'r> {
    part: Part<'r>,
    reading: Reading<'r>,
}

/// Consecutive words of one passage.
struct Part<'r> {
    doc: DocId,
    text: &'r str,
    tokens: &'r [Token],
    /// Position of the first of them in the passage.
    offset: u32,
    span: ByteSpan,
}

impl Part<'_> {
    fn words(&self) -> Vec<u64> {
        self.tokens.iter().map(|t| t.word).collect()
    }

    fn written(&self, range: Range<usize>) -> String {
        span_of(&self.tokens[range]).of(self.text).to_owned()
    }

    /// The word at `i`; of a number that separators cut into several ("1.240", "7/1/2022"), all.
    fn whole(&self, i: usize) -> Vec<u64> {
        let digits = |i: usize| self.tokens[i].span.of(self.text).starts_with(char::is_numeric);
        let joined = |i: usize| {
            let between =
                ByteSpan { start: self.tokens[i].span.end, end: self.tokens[i + 1].span.start };
            digits(i)
                && digits(i + 1)
                && matches!(between.of(self.text), "." | "," | ":" | "/" | "-")
        };
        let mut whole = i..i + 1;
        while whole.start > 0 && joined(whole.start - 1) {
            whole.start -= 1;
        }
        while whole.end < self.tokens.len() && joined(whole.end - 1) {
            whole.end += 1;
        }
        self.tokens[whole].iter().map(|t| t.word).collect()
    }

    fn spelling(&self) -> String {
        let words: Vec<String> =
            self.tokens.iter().map(|t| normalize(t.span.of(self.text))).collect();
        words.join(" ")
    }
}

fn span_of(tokens: &[Token]) -> ByteSpan {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => ByteSpan { start: first.span.start, end: last.span.end },
        _ => ByteSpan::new(0, 0),
    }
}

/// Corresponding words as positions in the reference and in the part, ascending in both; the
/// longest such sequence where a part of the sentence was moved.
fn corresponding(
    matched: Option<&Match>,
    wording: WordingId,
    reference: &Part,
    part: &Part,
) -> Vec<(usize, usize)> {
    let positions: Vec<(u32, u32)> = match matched {
        Some(m) if m.b == wording => m.alignment.pairs.clone(),
        Some(m) => m.alignment.pairs.iter().map(|&(a, b)| (b, a)).collect(),
        None => (part.offset..part.offset + part.tokens.len() as u32).map(|i| (i, i)).collect(),
    };
    let mut pairs: Vec<(usize, usize)> = positions
        .into_iter()
        .filter_map(|(r, p)| {
            let r = r.checked_sub(reference.offset)? as usize;
            let p = p.checked_sub(part.offset)? as usize;
            (r < reference.tokens.len() && p < part.tokens.len()).then_some((r, p))
        })
        .collect();
    pairs.sort_unstable();
    longest_increasing(&pairs)
}

/// The longest subsequence whose second values ascend (patience sorting, O(n log n)).
pub(crate) fn longest_increasing(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new(); // pair with the smallest end of a sequence of each length
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (i, pair) in pairs.iter().enumerate() {
        let at = tails.partition_point(|&t| pairs[t].1 < pair.1);
        before.push(at.checked_sub(1).map(|p| tails[p]));
        match tails.get_mut(at) {
            Some(tail) => *tail = i,
            None => tails.push(i),
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(i) = next {
        chain.push(pairs[i]);
        next = before[i];
    }
    chain.reverse();
    chain
}

fn score(matched: &Match, reference: &Part, part: &Part) -> Score {
    let chars = |p: &Part| ShingleSet::of_chars(&p.spelling(), 5);
    let runs = |p: &Part| ShingleSet::of_words(&p.words(), 3);
    Score {
        mass: matched.mass,
        expect_ln: matched.expect_ln,
        ratio: Milli(matched.ratio.0.min(1000)),
        char5_jaccard: chars(reference).jaccard(&chars(part)),
        word3_jaccard: runs(reference).jaccard(&runs(part)),
    }
}

fn grade(pairs: &[(usize, usize)], reference: &Part, part: &Part, status: Status) -> Grade {
    const NEAR: usize = 85; // per cent of the words of both sides
    let same =
        pairs.iter().filter(|&&(r, p)| reference.tokens[r].word == part.tokens[p].word).count();
    let all = reference.tokens.len() + part.tokens.len();
    if reference.words() == part.words() {
        Grade::Identical
    } else if same * 200 >= all * NEAR {
        Grade::NearIdentical
    } else if status == Status::Confirmed {
        Grade::Edited
    } else {
        Grade::Reworded
    }
}

/// The runs of corresponding words, as spans of the part's text.
fn matched_spans(pairs: &[(usize, usize)], part: &Part) -> Vec<ByteSpan> {
    let runs = pairs.chunk_by(|x, y| y.1 == x.1 + 1);
    runs.map(|run| span_of(&part.tokens[run[0].1..=run[run.len() - 1].1])).collect()
}

/// From the reference to the part, in whole words and numbers: words of one stem count as changed,
/// and so does "1.240" against "1.420".
fn edits(pairs: &[(usize, usize)], reference: &Part, part: &Part) -> Vec<Edit> {
    let same = |&&(r, p): &&(usize, usize)| reference.whole(r) == part.whole(p);
    let mut edits = Vec::new();
    let (mut r, mut p) = (0, 0);
    let mut same_from: Option<usize> = None;
    let end = (reference.tokens.len(), part.tokens.len());
    for (next_r, next_p) in pairs.iter().filter(same).copied().chain([end]) {
        if (next_r, next_p) != (r, p) || (next_r, next_p) == end {
            edits.extend(same_from.take().map(|from| Edit::Same(part.written(from..p))));
            edits.extend((r < next_r).then(|| Edit::Removed(reference.written(r..next_r))));
            edits.extend((p < next_p).then(|| Edit::Added(part.written(p..next_p))));
        }
        if (next_r, next_p) != end {
            same_from.get_or_insert(next_p);
            (r, p) = (next_r + 1, next_p + 1);
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(text: &str) -> (Vec<Token>, &str) {
        (tokenize(text), text)
    }

    fn shown(a: &str, b: &str, pairs: &[(usize, usize)]) -> String {
        let ((a, a_text), (b, b_text)) = (part(a), part(b));
        let whole = |tokens: &[Token]| span_of(tokens);
        let reference =
            Part { doc: DocId(0), text: a_text, tokens: &a, offset: 0, span: whole(&a) };
        let part = Part { doc: DocId(1), text: b_text, tokens: &b, offset: 0, span: whole(&b) };
        let show = |edit: &Edit| match edit {
            Edit::Same(text) => format!("={text}"),
            Edit::Removed(text) => format!("-{text}"),
            Edit::Added(text) => format!("+{text}"),
        };
        edits(pairs, &reference, &part).iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn edits_lead_from_one_wording_to_the_other() {
        for (a, b, pairs, expect) in [
            ("a b c", "A, b c", &[(0, 0), (1, 1), (2, 2)][..], "=A, b c"),
            ("a b c", "a c", &[(0, 0), (2, 1)], "=a -b =c"),
            ("a b c", "a x c", &[(0, 0), (2, 2)], "=a -b +x =c"),
            ("a b c", "x a b c y", &[(0, 1), (1, 2), (2, 3)], "+x =a b c +y"),
            ("a b", "x y", &[], "-a b +x y"),
            (
                "kira 1.240 rumah",
                "kira 1.420 rumah",
                &[(0, 0), (1, 1), (3, 3)],
                "=kira -1.240 +1.420 =rumah",
            ),
            ("7/1/2022 ini", "7/1/2022 ini", &[(0, 0), (1, 1), (2, 2), (3, 3)], "=7/1/2022 ini"),
            ("satu pelajaran", "satu ajaran", &[(0, 0), (1, 1)], "=satu -pelajaran +ajaran"),
        ] {
            assert_eq!(shown(a, b, pairs), expect, "{a} to {b}");
        }
    }

    proptest! {
        #[test]
        fn the_longest_increasing_subsequence_is_one_and_none_is_longer(
            seconds in prop::collection::vec(0usize..9, 0..9),
        ) {
            let pairs: Vec<(usize, usize)> = seconds.iter().copied().enumerate().collect();
            let found = longest_increasing(&pairs);
            prop_assert!(found.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
            let longest = (0u32..1 << pairs.len())
                .filter(|set| {
                    let chosen: Vec<_> = pairs.iter().filter(|p| set >> p.0 & 1 == 1).collect();
                    chosen.windows(2).all(|w| w[0].1 < w[1].1)
                })
                .map(u32::count_ones)
                .max();
            prop_assert_eq!(found.len() as u32, longest.unwrap_or(0));
        }
    }
}
