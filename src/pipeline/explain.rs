//! What became of one pair of passages, stage by stage: the stages of a whole run, asked for what
//! they measured of the two.

use super::carried::n_outlets;
use super::partners::{Partners, rank};
use super::{Batch, Clock};
use crate::candidate::reasons::{Reasons, reasons};
use crate::claim::{Claim, Status};
use crate::decision::Rulings;
use crate::document::{DocId, Document, Source};
use crate::event::Events;
use crate::fixed::Milli;
use crate::judge::{Explanation, Match};
use crate::span::ByteSpan;
use crate::story::Link;
use crate::text::tokenize::tokenize;
use crate::text::{Article, Passage, PassageKind};
use crate::wording::WordingId;
use std::cmp::Reverse;

/// A part of a document that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageRef {
    /// The document.
    pub source: Source,
    /// The part; never empty.
    pub span: ByteSpan,
}

/// What became of two passages in a batch.
#[derive(Debug)]
pub struct Explained {
    /// Size of the batch.
    pub n_documents: usize,
    /// The two passages in their documents.
    pub sides: [Side; 2],
    /// The pair of units that came furthest; `None` where a passage has no unit.
    pub pair: Option<PairExplained>,
    /// All pairs of units, in the order of how far they came: the first is `pair`.
    pub choices: Vec<Choice>,
}

/// A passage in its document.
#[derive(Debug)]
pub struct Side {
    /// The document.
    pub document: Document,
    /// What was asked about.
    pub span: ByteSpan,
    /// Language of the document, where it can be told.
    pub language: Option<&'static str>,
    /// Whether the passage lies in paragraphs labelled as site furniture alone.
    pub is_furniture: bool,
    /// The units of comparison that it lies in or holds, in text order.
    pub units: Vec<Unit>,
    /// Words in those units that were taken apart for comparison.
    pub glued: Vec<Glued>,
}

/// A unit of comparison.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    /// Quotation or statement.
    pub kind: PassageKind,
    /// Where it stands.
    pub span: ByteSpan,
    /// Its wording.
    wording: WordingId,
    /// Places of the batch that have the same words.
    pub n_places: usize,
}

/// A word that was taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glued {
    /// Where it stands.
    pub span: ByteSpan,
    /// Its parts, as written.
    pub parts: Vec<ByteSpan>,
}

/// A pair of units and what the judge makes of it.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Indices into the units of both sides.
    pub units: [usize; 2],
    /// What the judge would make of it.
    pub status: Option<Status>,
    /// How much they agree.
    pub agreement: Milli,
}

/// What each stage makes of two units.
#[derive(Debug)]
pub struct PairExplained {
    /// What became of it.
    pub outcome: Outcome,
    /// What the seeds find.
    pub reasons: Reasons,
    /// Whether they stand in one story.
    pub link: Link,
    /// Whether the numbers of their articles tell of two events, so that they are judged as of two
    /// stories.
    pub other_events: bool,
    /// The documents in whose story the words are weighed; others than those of the passages where
    /// the same words stand elsewhere too.
    pub story_of: [Source; 2],
    /// The words of both units.
    pub words: [Vec<WordExplained>; 2],
    /// What was measured.
    pub explanation: Explanation,
    /// For each side, the stronger match that it has in a document of the other.
    pub better: [Option<Better>; 2],
    /// Claims that have both.
    pub together: Vec<ClaimRef>,
    /// Claims that have only the first, and only the second.
    pub apart: [Vec<ClaimRef>; 2],
}

/// What became of a pair of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// They are in one claim.
    Joined(Status),
    /// They would be a match, but no seed proposes them.
    NotProposed,
    /// They meet the needs of no match.
    Unlike,
    /// They are a match, but each has a stronger one in a document of the other.
    Displaced,
    /// They are a match, but no claim has both.
    Apart,
}

/// A word of a unit.
#[derive(Debug, Clone)]
pub struct WordExplained {
    /// As written.
    pub text: String,
    /// Weight in the story, in nats.
    pub weight: Milli,
    /// Words of one phrase have one number; it is of no use where no other word has it.
    pub phrase: u16,
}

/// A match that displaces another.
#[derive(Debug)]
pub struct Better {
    /// The other document.
    pub source: Source,
    /// What stands there.
    pub text: String,
    /// What that match is.
    pub status: Status,
    /// How much it agrees.
    pub strength: Milli,
}

/// A claim, as far as it needs to be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRef {
    /// Its id.
    pub id: String,
    /// Confirmed or suggested.
    pub status: Status,
    /// Outlets that carry it, unknown ones counted each: `--min-outlets` goes by it.
    pub n_outlets: usize,
    /// Its representative wording.
    pub text: String,
}

/// Follows two passages of `documents` through the stages of a run over them. Costs as much as the
/// run.
///
/// A passage whose document is not among them is looked for in the first; `documents` is not empty.
pub fn explain(documents: Vec<Document>, passages: &[PassageRef; 2]) -> Explained {
    let batch = Batch::prepare(documents, &mut Clock::default());
    let place = |p: &PassageRef| batch.documents.iter().position(|d| d.source == p.source);
    let docs = passages.each_ref().map(|p| DocId(place(p).unwrap_or_default() as u32));
    let sides = [batch.side(docs[0], passages[0].span), batch.side(docs[1], passages[1].span)];
    let choices = batch.choices(&sides);
    let pair = choices.first().map(|choice| {
        let units = [&sides[0].units[choice.units[0]], &sides[1].units[choice.units[1]]];
        batch.pair(docs, units, choice.status)
    });
    Explained { n_documents: batch.documents.len(), sides, pair, choices }
}

impl Batch {
    fn side(&self, doc: DocId, span: ByteSpan) -> Side {
        let (document, article) = (&self.documents[doc.idx()], &self.articles[doc.idx()]);
        let mut paragraphs =
            article.paragraphs.iter().filter(|p| p.span.overlap(span) > 0).peekable();
        let is_furniture = paragraphs.peek().is_some() && paragraphs.all(|p| p.boilerplate);
        let unit = |(passage, &wording): (&Passage, &WordingId)| Unit {
            kind: passage.kind,
            span: passage.span,
            wording,
            n_places: self.wordings.get(wording).places.len(),
        };
        let all = || article.passages.iter().zip(&self.wordings.by_doc[doc.idx()]);
        let mut units: Vec<Unit> = all().filter(|(p, _)| mostly(p.span, span)).map(unit).collect();
        if units.is_empty() {
            units = all().filter(|(p, _)| p.span.overlap(span) > 0).map(unit).collect();
        }
        Side {
            document: document.clone(),
            span,
            language: article.language,
            is_furniture,
            glued: units.iter().flat_map(|u| glued(&document.text, article, u.span)).collect(),
            units,
        }
    }

    /// Every pair of units, the likest first.
    fn choices(&self, sides: &[Side; 2]) -> Vec<Choice> {
        let judge = self.judge();
        let mut choices = Vec::new();
        for (i, a) in sides[0].units.iter().enumerate() {
            for (j, b) in sides[1].units.iter().enumerate() {
                let (first, second) = ordered(a.wording, b.wording);
                let figures = judge.explain(first, second).measured.figures;
                let (status, agreement) = (figures.status(), figures.agreement);
                choices.push(Choice { units: [i, j], status, agreement });
            }
        }
        choices.sort_by_key(|c| (c.status.is_none(), c.status, Reverse(c.agreement), c.units));
        choices
    }

    fn pair(&self, docs: [DocId; 2], units: [&Unit; 2], status: Option<Status>) -> PairExplained {
        let (a, b) = (units[0].wording, units[1].wording);
        let (first, second) = ordered(a, b);
        let of_pair = |m: &Match| (m.a, m.b) == ordered(a, b);
        let found = self.found(&self.candidates());
        let events = Events::of(&found);
        let first_judged = found.iter().find(|m| of_pair(m));
        let other_events = first_judged.is_some_and(|m| events.tell_apart(m));
        let explanation = match other_events {
            true => self.judge().explain_alone(first, second),
            false => self.judge().explain(first, second),
        };
        let status = if other_events { explanation.measured.figures.status() } else { status };
        let explanation = if first == a { explanation } else { mirrored(explanation) };
        let matches = self.settled(&events, found);
        let judged = matches.iter().find(|m| of_pair(m));
        let better = judged.map_or([None, None], |m| {
            [self.better(a, b, m, &matches), self.better(b, a, m, &matches)]
        });
        let is_match = judged.is_some();
        let kept = self.best_partners(matches);
        let is_kept = kept.iter().any(of_pair);
        let claims = self.claims(kept, &mut Rulings::default(), None);
        let [together, of_a, of_b] = self.claims_of(&claims, docs, units);
        let outcome = match (status, together.first()) {
            (_, Some(claim)) => Outcome::Joined(claim.status),
            (None, _) => Outcome::Unlike,
            _ if is_kept => Outcome::Apart,
            _ if is_match => Outcome::Displaced,
            _ => Outcome::NotProposed,
        };
        let story = explanation.docs;
        PairExplained {
            outcome,
            reasons: reasons(&self.wordings, &self.weights, self.spelling(), (a, b)),
            link: self.stories.link(&self.wordings, &self.weights, story, ordered(a, b)),
            story_of: [story.0, story.1].map(|doc| self.documents[doc.idx()].source.clone()),
            words: [
                self.words(docs[0], units[0], &explanation.a),
                self.words(docs[1], units[1], &explanation.b),
            ],
            other_events,
            explanation,
            better,
            together,
            apart: [of_a, of_b],
        }
    }

    /// The strongest match of `one` that is in a document of `other`, where it is stronger than `m`.
    fn better(
        &self,
        one: WordingId,
        other: WordingId,
        m: &Match,
        matches: &[Match],
    ) -> Option<Better> {
        let partners = Partners::of(matches, &self.wordings);
        if partners.is_best(one, other, m) {
            return None;
        }
        let theirs: Vec<DocId> = partners.docs(other).collect();
        let partner = |n: &Match| if n.a == one { n.b } else { n.a };
        let place_of = |n: &Match| {
            let mut places = self.wordings.get(partner(n)).places.iter();
            places.find(|place| theirs.contains(&place.doc))
        };
        let of_one = matches.iter().filter(|n| n.a == one || n.b == one);
        let strongest = of_one.filter(|n| place_of(n).is_some()).max_by_key(|n| rank(n))?;
        let place = place_of(strongest)?;
        let passage = &self.articles[place.doc.idx()].passages[place.passage as usize];
        let document = &self.documents[place.doc.idx()];
        Some(Better {
            source: document.source.clone(),
            text: passage.span.of(&document.text).to_owned(),
            status: strongest.status,
            strength: strongest.strength,
        })
    }

    /// Claims that have both units, only the first, only the second.
    fn claims_of(
        &self,
        claims: &[Claim],
        docs: [DocId; 2],
        units: [&Unit; 2],
    ) -> [Vec<ClaimRef>; 3] {
        let has = |claim: &Claim, side: usize| {
            let here = claim.occurrences.iter().filter(|o| o.doc == docs[side]);
            here.into_iter().any(|o| o.span.overlap(units[side].span) > 0)
        };
        let of = |first: bool, second: bool| {
            let found = claims.iter().filter(|c| (has(c, 0), has(c, 1)) == (first, second));
            found.map(|claim| self.claim_ref(claim)).collect()
        };
        [of(true, true), of(true, false), of(false, true)]
    }

    fn claim_ref(&self, claim: &Claim) -> ClaimRef {
        let shown = &claim.occurrences[claim.representative];
        ClaimRef {
            id: claim.id.clone(),
            status: claim.status,
            n_outlets: n_outlets(claim, &self.provenances),
            text: shown.span.of(&self.documents[shown.doc.idx()].text).to_owned(),
        }
    }

    fn words(
        &self,
        doc: DocId,
        unit: &Unit,
        aligned: &[crate::align::Aligned],
    ) -> Vec<WordExplained> {
        let (text, article) = (&self.documents[doc.idx()].text, &self.articles[doc.idx()]);
        let phrases = &self.weights[unit.wording.idx()].phrase;
        let Some(passage) = article.passages.iter().find(|p| p.span == unit.span) else {
            return Vec::new();
        };
        let words = article.words(passage).zip(aligned).zip(phrases);
        words
            .map(|((token, aligned), &phrase)| WordExplained {
                text: token.span.of(text).to_owned(),
                weight: Milli(aligned.weight.into()),
                phrase,
            })
            .collect()
    }
}

/// The same with the sides exchanged: the judge sees a pair in the order of its numbers.
fn mirrored(mut of: Explanation) -> Explanation {
    of.docs = (of.docs.1, of.docs.0);
    std::mem::swap(&mut of.a, &mut of.b);
    let pairs = &mut of.measured.alignment.pairs;
    pairs.iter_mut().for_each(|pair| *pair = (pair.1, pair.0));
    pairs.sort_unstable();
    of.measured.conflicts.iter_mut().for_each(|c| std::mem::swap(&mut c.a, &mut c.b));
    of
}

fn ordered(a: WordingId, b: WordingId) -> (WordingId, WordingId) {
    (a.min(b), a.max(b))
}

/// Whether two spans share more than half of the shorter one.
fn mostly(a: ByteSpan, b: ByteSpan) -> bool {
    a.overlap(b) * 2 > a.len().min(b.len())
}

/// The words of a unit that more than one token was made of.
fn glued(text: &str, article: &Article, unit: ByteSpan) -> Vec<Glued> {
    let written = tokenize(unit.of(text)).into_iter().map(|token| ByteSpan {
        start: unit.start + token.span.start,
        end: unit.start + token.span.end,
    });
    written
        .map(|span| {
            let inside = article.tokens.iter().map(|t| t.span).filter(|&part| span.contains(part));
            Glued { span, parts: inside.collect() }
        })
        .filter(|word| word.parts.len() > 1)
        .collect()
}
