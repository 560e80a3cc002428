//! What do two articles have in common, and where does each say it?

use super::{Batch, Clock, joined};
use crate::claim::{Claim, ClaimReport, Status};
use crate::cluster::{Cluster, cluster};
use crate::decision::Apart;
use crate::document::{DocId, Document, Source};
use crate::judge::Match;
use crate::provenance::Owners;
use crate::reuse::verbatim;
use crate::span::ByteSpan;
use crate::wording::WordingId;
use ahash::AHashSet;

/// Two articles and what both say.
#[derive(Debug)]
pub struct Compared {
    /// The articles of the batch, and as its claims what the two share: all occurrences are in
    /// these, in the order of the first article.
    pub report: ClaimReport,
    /// The two articles.
    pub docs: [DocId; 2],
    /// The paragraphs of each, in text order.
    pub paragraphs: [Vec<ByteSpan>; 2],
    /// Words in a row that each has in common with the other ([`verbatim::runs`]), within passages
    /// and elsewhere.
    pub verbatim: [Vec<ByteSpan>; 2],
}

/// What two of the articles share; `None` where they are not among the documents. The others only
/// tell how much a word says, and what is site furniture.
pub fn compare(documents: Vec<Document>, sources: &[Source; 2]) -> Option<Compared> {
    let mut batch = Batch::prepare(documents, &mut Clock::default());
    Owners::shipped().assign(&mut batch.provenances);
    let doc = |source: &Source| {
        let at = batch.documents.iter().position(|document| document.source == *source)?;
        Some(DocId(at as u32))
    };
    let docs = [doc(&sources[0])?, doc(&sources[1])?];
    let matches = batch.best_partners(batch.matches(batch.candidates()));
    let claims = batch.shared(matches, docs);
    let paragraphs = docs.map(|doc| {
        let paragraphs = &batch.articles[doc.idx()].paragraphs;
        paragraphs.iter().map(|paragraph| paragraph.span).collect()
    });
    let [a, b] = docs.map(DocId::idx);
    let (articles, furniture) = (&batch.articles, &batch.furniture);
    let verbatim = verbatim::runs([&articles[a], &articles[b]], [&furniture[a], &furniture[b]]);
    Some(Compared { report: batch.report(claims), docs, paragraphs, verbatim })
}

impl Batch {
    /// The claims that both articles carry, from the matches between the two alone.
    fn shared(&self, mut matches: Vec<Match>, docs: [DocId; 2]) -> Vec<Claim> {
        let own = docs.map(|doc| -> AHashSet<WordingId> {
            self.wordings.by_doc[doc.idx()].iter().copied().collect()
        });
        let [a, b] = own;
        let joins = |x: WordingId, y: WordingId| {
            (a.contains(&x) && b.contains(&y)) || (b.contains(&x) && a.contains(&y))
        };
        matches.retain(|m| joins(m.a, m.b));
        let (confirmed, mut suggested): (Vec<Match>, Vec<Match>) =
            matches.into_iter().partition(|m| m.status == Status::Confirmed);
        let clusters = cluster(&confirmed, &mut Apart::default());
        let known = joined(&clusters);
        suggested.retain(|m| !known(m.a, m.b));
        let within: AHashSet<DocId> = docs.into_iter().collect();
        let claims = |matches: &[Match], clusters: &[Cluster], status| -> Vec<Claim> {
            let assembler = self.assembler(matches, None);
            clusters.iter().map(|c| assembler.claim(c, status, Some(&within))).collect()
        };
        let mut found = claims(&confirmed, &clusters, Status::Confirmed);
        let clusters = cluster(&suggested, &mut Apart::default());
        found.extend(claims(&suggested, &clusters, Status::Suggested));
        let starts = |claim: &Claim, doc| {
            let own = claim.occurrences.iter().filter(move |o| o.doc == doc);
            own.map(|o| o.span).min()
        };
        found.retain(|claim| docs.iter().all(|&doc| starts(claim, doc).is_some()));
        found.sort_by_key(|claim| (starts(claim, docs[0]), starts(claim, docs[1])));
        found
    }
}
