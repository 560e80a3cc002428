//! Which outlets cover a claim's story and leave the claim out?
//!
//! An outlet covers it with an article that shares at least two other confirmed claims with the
//! articles that carry this one. It is named only where none of its articles has the claim, not even
//! in words that are merely like it: that an outlet omits something is told of a publisher, and what
//! the program does not find need not be missing.

use super::Independence;
use crate::claim::{Claim, Occurrence, Omission, Status};
use crate::document::DocId;
use crate::span::ByteSpan;
use crate::text::Passage;
use crate::wording::{WordId, WordingId};
use ahash::{AHashMap, AHashSet};

/// Other claims that an article on the same story shares at least.
const SHARED: usize = 2;
/// Claims beside one that are looked at: those that most outlets carry come first.
const BESIDE: usize = 64;
/// Share of what a claim's words weigh, whatever their endings, from which a sentence that has them
/// may say the same, in per cent. Set on the labelled articles, where four of ten pairs are reworded:
/// 20 leaves 3 wrong of 152, 25 leaves 11 of 194.
const ALIKE: u64 = 20;
/// Wordings of a claim that are looked for in other articles.
const WORDINGS: usize = 8;

/// What is needed to tell, of all claims.
pub(super) struct Omissions<'r> {
    of: &'r Independence<'r>,
    claims: &'r [Claim],
    /// By document: where it carries which confirmed claim, by claim.
    confirmed: Vec<Vec<(u32, ByteSpan)>>,
    /// The same for suggested claims.
    suggested: Vec<Vec<(u32, ByteSpan)>>,
}

impl<'r> Omissions<'r> {
    pub fn of(of: &'r Independence<'r>, claims: &'r [Claim]) -> Self {
        let by_doc = |status: Status| {
            let mut by_doc = vec![Vec::new(); of.documents.len()];
            let claims = (0..).zip(claims).filter(|(_, claim)| claim.status == status);
            for (at, occurrence) in
                claims.flat_map(|(at, c)| c.occurrences.iter().map(move |o| (at, o)))
            {
                by_doc[occurrence.doc.idx()].push((at, occurrence.span));
            }
            by_doc
        };
        let (confirmed, suggested) = (by_doc(Status::Confirmed), by_doc(Status::Suggested));
        Omissions { of, claims, confirmed, suggested }
    }

    /// The outlets that omit the claim at `at`, by name; none of a claim that is only suggested.
    pub fn of_claim(&self, at: usize) -> Vec<Omission> {
        let claim = &self.claims[at];
        if claim.status == Status::Suggested {
            return Vec::new();
        }
        let mut articles: AHashMap<&str, Vec<DocId>> = AHashMap::new();
        for doc in self.covering(at) {
            let Some(outlet) = &self.of.provenances[doc.idx()].outlet else { continue };
            articles.entry(&outlet.key).or_default().push(doc);
        }
        if articles.is_empty() {
            return Vec::new();
        }
        self.carrying(at).iter().for_each(|key| drop(articles.remove(key)));
        let told = Told::of(claim, self.of);
        articles.retain(|_, docs| !docs.iter().any(|&doc| self.may_tell(&told, doc)));
        let omission = |docs: Vec<DocId>| Omission {
            outlet: self.outlet_name(docs[0]).unwrap_or_default(),
            documents: docs,
        };
        let mut omitted: Vec<Omission> = articles.into_values().map(omission).collect();
        omitted.sort_unstable_by(|a, b| a.outlet.cmp(&b.outlet));
        omitted
    }

    fn outlet_name(&self, doc: DocId) -> Option<String> {
        self.of.provenances[doc.idx()].outlet.as_ref().map(|outlet| outlet.name.clone())
    }

    /// The other articles on the claim's story, ascending.
    fn covering(&self, at: usize) -> Vec<DocId> {
        let carriers = &self.claims[at].occurrences;
        let mut shared: AHashMap<DocId, Vec<ByteSpan>> = AHashMap::new();
        for beside in self.beside(at) {
            let others = &self.claims[beside as usize].occurrences;
            // Told twice in one article, in its headline too, it is one thing shared.
            let mut docs = AHashSet::new();
            let others = others.iter().filter(|other| docs.insert(other.doc));
            for other in others.filter(|other| self.is_in_time(other.doc, carriers)) {
                let spans = shared.entry(other.doc).or_default();
                // And so is one sentence in two claims.
                if spans.iter().all(|span| span.overlap(other.span) == 0) {
                    spans.push(other.span);
                }
            }
        }
        let mut covering: Vec<DocId> =
            shared.into_iter().filter(|(_, spans)| SHARED <= spans.len()).map(|(d, _)| d).collect();
        covering.sort_unstable();
        covering
    }

    /// The other confirmed claims in the articles that carry this one, not made of the same words.
    fn beside(&self, at: usize) -> Vec<u32> {
        let mut beside: Vec<u32> = Vec::new();
        for carrier in &self.claims[at].occurrences {
            let others = self.confirmed[carrier.doc.idx()].iter();
            let apart = others.filter(|(_, span)| span.overlap(carrier.span) == 0);
            beside.extend(apart.map(|(other, _)| *other).filter(|&other| other as usize != at));
        }
        beside.sort_unstable();
        beside.dedup();
        beside.truncate(BESIDE);
        beside
    }

    /// Whether an article can be on the story of these, and is not from before it all.
    fn is_in_time(&self, doc: DocId, carriers: &[Occurrence]) -> bool {
        let bounds = |doc: DocId| {
            self.of.provenances[doc.idx()].published.as_ref().map(|published| published.bounds())
        };
        let Some((_, latest)) = bounds(doc) else { return true };
        let first = carriers.iter().find_map(|carrier| bounds(carrier.doc));
        let early = first.is_some_and(|(earliest, _)| latest < earliest);
        !early && carriers.iter().take(BESIDE).any(|c| !self.of.stories.apart(doc, c.doc))
    }

    /// The outlets that have the claim, or words that are suggested for it.
    fn carrying(&self, at: usize) -> AHashSet<&'r str> {
        let key = |doc: DocId| Some(self.of.provenances[doc.idx()].outlet.as_ref()?.key.as_str());
        let carriers = &self.claims[at].occurrences;
        let like = carriers.iter().flat_map(|carrier| {
            let here = self.suggested[carrier.doc.idx()].iter();
            here.filter(|(_, span)| 0 < span.overlap(carrier.span)).map(|(claim, _)| *claim)
        });
        let like: AHashSet<u32> = like.collect();
        let maybe = like.iter().flat_map(|&claim| &self.claims[claim as usize].occurrences);
        carriers.iter().chain(maybe).filter_map(|occurrence| key(occurrence.doc)).collect()
    }

    /// Whether some sentence of the article has much of the claim's words.
    fn may_tell(&self, told: &Told, doc: DocId) -> bool {
        let passages = &self.of.articles[doc.idx()].passages;
        let wordings = passages.iter().zip(&self.of.wordings.by_doc[doc.idx()]);
        let wordings: Vec<(&Passage, WordingId)> = wordings.map(|(p, &id)| (p, id)).collect();
        // A quotation and what is said around it are one sentence.
        wordings.chunk_by(|a, b| a.0.sentence == b.0.sentence).any(|sentence| {
            let words = sentence.iter().flat_map(|(_, id)| &self.of.wordings.get(*id).words);
            let stems: AHashSet<WordId> =
                words.map(|word| self.of.wordings.words[word.idx()].stem).collect();
            told.is_like(&stems)
        })
    }
}

/// What a claim says: of each of its wordings the stems with their weights.
struct Told(Vec<AHashMap<WordId, u32>>);

impl Told {
    fn of(claim: &Claim, of: &Independence<'_>) -> Told {
        let representative = &claim.occurrences[claim.representative];
        let wordings = std::iter::once(representative).chain(&claim.occurrences).take(WORDINGS);
        Told(wordings.map(|occurrence| weighted_stems(occurrence, of)).collect())
    }

    fn is_like(&self, stems: &AHashSet<WordId>) -> bool {
        self.0.iter().any(|told| {
            let all: u64 = told.values().map(|&weight| u64::from(weight)).sum();
            let shared = told.iter().filter(|(stem, _)| stems.contains(stem));
            let shared: u64 = shared.map(|(_, &weight)| u64::from(weight)).sum();
            ALIKE * all <= shared * 100
        })
    }
}

/// The stems inside an occurrence, with what their words weigh.
fn weighted_stems(occurrence: &Occurrence, of: &Independence<'_>) -> AHashMap<WordId, u32> {
    let doc = occurrence.doc.idx();
    let article = &of.articles[doc];
    let mut stems = AHashMap::new();
    for (passage, &id) in article.passages.iter().zip(&of.wordings.by_doc[doc]) {
        let words = article.words(passage).zip(&of.wordings.get(id).words);
        for ((token, word), &weight) in words.zip(&of.weights[id.idx()].idf) {
            if occurrence.span.contains(token.span) {
                stems.insert(of.wordings.words[word.idx()].stem, weight);
            }
        }
    }
    stems
}
