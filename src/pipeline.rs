//! The stages in order: the only place that calls and times them.

use crate::assemble::{Assembler, Windows};
use crate::background::Background;
use crate::candidate::{self, Candidate};
use crate::claim::{Claim, ClaimReport};
use crate::cluster::{Cluster, cluster};
use crate::decision::{Decisions, Rulings};
use crate::document::{Document, Fields, Source};
use crate::event::Events;
use crate::formula::Formulas;
use crate::glue::{self, Apart, BatchCounts, Splitter};
use crate::hash::{hash64, hash64_of};
use crate::independence::Independence;
use crate::judge::{Judge, Match, Speakers, Status};
use crate::provenance::{self, Owners, Provenance, Window};
use crate::reuse::{Finder, Pairs, Reuse};
use crate::span::ByteSpan;
use crate::story::Stories;
use crate::text::boilerplate::{self, Page};
use crate::text::tokenize::{Token, normalize_into, tokenize};
use crate::text::{Article, Paragraph, language, paragraph, passage};
use crate::weights::{Weighted, weigh};
use crate::wording::{Wording, WordingId, Wordings};
use ahash::{AHashMap, AHashSet};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::time::Instant;

mod carried;
mod compare;
mod decided;
mod explain;
mod partners;

use carried::carried_by;
pub use compare::{Compared, compare};
pub use explain::{
    Better, Choice, ClaimRef, Explained, Glued, Outcome, PairExplained, PassageRef, Side, Unit,
    WordExplained, explain,
};
use partners::Partners;

/// What a run asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimParams {
    /// Least number of outlets that carry a claim; a document of unknown outlet may be one more.
    pub min_outlets: usize,
    /// Which group owns which outlet.
    pub owners: Owners,
    /// How far apart the articles of one claim may be published; `None` for as far as you like.
    pub window: Option<Window>,
    /// What a reader decided of passages.
    pub decisions: Decisions,
}

/// How long a stage took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StageTime {
    /// The stage, as the summary names it.
    pub name: &'static str,
    /// Wall time in seconds.
    pub secs: f64,
}

/// Finds the claims that several outlets carry. The order of `documents` has no influence.
pub fn find_claims(
    documents: Vec<Document>,
    params: &ClaimParams,
) -> (ClaimReport, Vec<StageTime>) {
    let mut clock = Clock::default();
    let mut batch = Batch::prepare(documents, &mut clock);
    params.owners.assign(&mut batch.provenances);
    let candidates = clock.time("candidates", || batch.candidates());
    let mut rulings = clock.time("decisions", || batch.rulings(&params.decisions));
    let matches = clock.time("align", || {
        let mut matches = batch.matches(candidates);
        matches.retain(|m| rulings.admit(m.a, m.b));
        batch.best_partners(matches)
    });
    let mut claims = clock.time("claims", || batch.claims(matches, &mut rulings, params.window));
    batch.forget_runs();
    clock.time("independence", || batch.independence().settle(&mut claims));
    let mut claims = carried_by(params.min_outlets, claims, &batch.provenances);
    let kept = batch.hide(&mut claims, &params.decisions, &rulings);
    let decisions = (!params.decisions.is_empty()).then_some(kept);
    (ClaimReport { decisions, ..batch.report(claims) }, clock.stages)
}

/// The passages that the documents share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReuseReport {
    /// The articles, by [`DocId`](crate::document::DocId).
    pub documents: Vec<Document>,
    /// By [`DocId`](crate::document::DocId): whether it was asked about, and not only compared with.
    pub asked: Vec<bool>,
    /// By documents, then in text order.
    pub passages: Vec<Reuse>,
}

/// Finds the passages that two documents share: of `documents` each with each, or where there are
/// others each with those. The order has no influence.
pub fn find_passages(
    documents: Vec<Document>,
    against: Vec<Document>,
) -> (ReuseReport, Vec<StageTime>) {
    let mut clock = Clock::default();
    let pairs_all = against.is_empty();
    let asked = documents.into_iter().map(|document| (document, true));
    let mut all: Vec<(Document, bool)> =
        asked.chain(against.into_iter().map(|document| (document, false))).collect();
    all.par_sort_by_cached_key(|(document, asked)| (order(document), !asked));
    let (documents, asked): (Vec<Document>, Vec<bool>) = all.into_iter().unzip();
    let (Read { articles, .. }, wordings, weights) = weighed(&documents, &mut clock);
    let candidates = clock.time("candidates", || {
        let spelling = spelling(&documents, &articles);
        candidate::find(&wordings, &weights, spelling, &candidate::Open)
    });
    let finder = Finder { articles: &articles, wordings: &wordings, weights: &weights };
    let pairs = if pairs_all { Pairs::All } else { Pairs::Against(&asked) };
    let passages = clock.time("passages", || finder.find(&candidates, pairs));
    (ReuseReport { documents, asked, passages }, clock.stages)
}

/// Everything that is known of a batch before any two wordings are compared.
pub struct Batch {
    documents: Vec<Document>,
    articles: Vec<Article>,
    provenances: Vec<Provenance>,
    /// Per document: the paragraphs that are site furniture.
    furniture: Vec<Vec<ByteSpan>>,
    wordings: Wordings,
    weights: Vec<Weighted>,
    stories: Stories,
    formulas: Formulas,
    speakers: Speakers,
}

impl Batch {
    /// A batch whose pairs are to be measured, whatever would come of them: see
    /// `benches/significance.rs`.
    pub fn of(documents: Vec<Document>) -> Batch {
        Batch::prepare(documents, &mut Clock::default())
    }

    /// By [`DocId`](crate::document::DocId).
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Reads, folds and weighs the documents.
    fn prepare(mut documents: Vec<Document>, clock: &mut Clock) -> Batch {
        documents.par_sort_by_cached_key(order);
        let (Read { articles, provenances, furniture }, wordings, weights) =
            weighed(&documents, clock);
        let published =
            provenances.iter().map(|p| p.published.as_ref().map(|p| p.bounds())).collect();
        let stories = clock.time("stories", || Stories::find(&wordings, &weights, published));
        let formulas = clock.time("formulas", || Formulas::find(&wordings, &stories));
        let speakers = clock.time("speakers", || Speakers::find(&documents, &articles, &wordings));
        Batch {
            documents,
            articles,
            provenances,
            furniture,
            wordings,
            weights,
            stories,
            formulas,
            speakers,
        }
    }

    /// The pairs that some seed proposes, but for those with too few words in common to be judged.
    pub fn candidates(&self) -> Vec<Candidate> {
        candidate::find(&self.wordings, &self.weights, self.spelling(), &self.judge())
    }

    fn spelling(&self) -> impl Fn(&Wording) -> String {
        spelling(&self.documents, &self.articles)
    }

    /// What measures a pair.
    pub fn judge(&self) -> Judge<'_> {
        Judge {
            wordings: &self.wordings,
            weights: &self.weights,
            stories: &self.stories,
            formulas: &self.formulas,
            speakers: &self.speakers,
        }
    }

    /// The matches among the candidates, not all of them to be kept: see [`Partners`].
    fn matches(&self, candidates: Vec<Candidate>) -> Vec<Match> {
        let found = self.found(&candidates);
        drop(candidates);
        self.settled(&Events::of(&found), found)
    }

    /// What the judge makes of the candidates one by one.
    fn found(&self, candidates: &[Candidate]) -> Vec<Match> {
        let judge = self.judge();
        candidates.par_iter().filter_map(|&(a, b)| judge.judge(a, b)).collect()
    }

    /// What remains where some articles tell of two events.
    fn settled(&self, events: &Events, found: Vec<Match>) -> Vec<Match> {
        let judge = self.judge();
        let settled = found.into_par_iter().filter_map(|m| {
            if events.tell_apart(&m) { judge.judge_alone(m.a, m.b) } else { Some(m) }
        });
        settled.collect()
    }

    fn best_partners(&self, mut matches: Vec<Match>) -> Vec<Match> {
        let partners = Partners::of(&matches, &self.wordings);
        matches.retain(|m| partners.keep(m));
        matches
    }

    /// Confirmed claims first, then those that are only decided, then those only suggested.
    fn claims(
        &self,
        matches: Vec<Match>,
        rulings: &mut Rulings,
        window: Option<Window>,
    ) -> Vec<Claim> {
        let (mut confirmed, mut suggested): (Vec<Match>, Vec<Match>) =
            matches.into_iter().partition(|m| m.status == Status::Confirmed);
        let mut clusters = cluster(&confirmed, &mut rulings.apart);
        let (judge, cut) = (self.judge(), window.is_some());
        let decided = decided::join(&mut clusters, &mut confirmed, rulings, &judge, cut);
        let known = (joined(&clusters), joined(&decided));
        suggested.retain(|m| !known.0(m.a, m.b) && !known.1(m.a, m.b));
        let mut claims = self.assemble(Status::Confirmed, &confirmed, &clusters, window);
        claims.extend(self.assemble(Status::Decided, &confirmed, &decided, window));
        let clusters = cluster(&suggested, &mut rulings.apart);
        claims.extend(self.assemble(Status::Suggested, &suggested, &clusters, window));
        // Of the documents that have a wording only those of one story may carry its claim. What is
        // left can be what another claim has already, or be in one document alone.
        let mut known = AHashSet::new();
        let is_new = |c: &Claim| known.insert((c.id.clone(), c.occurrences.len()));
        claims.into_iter().filter(carried::by_several_documents).filter(is_new).collect()
    }

    /// The claims that clusters of one status make: those of most outlets, then those of the most
    /// evidence first.
    fn assemble(
        &self,
        status: Status,
        matches: &[Match],
        clusters: &[Cluster],
        window: Option<Window>,
    ) -> Vec<Claim> {
        let windows = window.map(|w| Windows::new(w, &self.wordings, &self.provenances, matches));
        let assembler = self.assembler(matches, windows.as_ref());
        let mut claims: Vec<Claim> =
            clusters.par_iter().flat_map_iter(|c| assembler.claims(c, status)).collect();
        let rank = |c: &Claim| {
            let n_outlets = carried::n_independent(c, &self.provenances);
            (Reverse(n_outlets), Reverse(c.strength), Reverse(c.occurrences.len()), c.id.clone())
        };
        claims.par_sort_by_cached_key(rank);
        claims
    }

    /// What makes claims of clusters of these matches.
    fn assembler<'r>(
        &'r self,
        matches: &'r [Match],
        windows: Option<&'r Windows<'r>>,
    ) -> Assembler<'r> {
        Assembler {
            documents: &self.documents,
            articles: &self.articles,
            provenances: &self.provenances,
            wordings: &self.wordings,
            stories: &self.stories,
            matches,
            windows,
        }
    }

    /// Lets go of what only judging needs, to have its memory for the sources of the claims.
    fn forget_runs(&mut self) {
        self.formulas = Formulas::default();
        self.wordings.runs = Default::default();
    }

    fn independence(&self) -> Independence<'_> {
        Independence {
            documents: &self.documents,
            articles: &self.articles,
            provenances: &self.provenances,
            wordings: &self.wordings,
            weights: &self.weights,
            stories: &self.stories,
        }
    }

    fn report(self, claims: Vec<Claim>) -> ClaimReport {
        let languages = self.articles.iter().map(|a| a.language).collect();
        ClaimReport {
            documents: self.documents,
            claims,
            n_left_out: 0,
            decisions: None,
            provenance: self.provenances,
            languages,
            furniture: self.furniture,
        }
    }
}

/// What [`DocId`](crate::document::DocId) a document gets: by its content, then by what is known of it.
fn order(document: &Document) -> (u64, Fields, Source) {
    (hash64(document.text.as_bytes()), document.fields.clone(), document.source.clone())
}

/// The documents read, their passages folded into wordings, and these weighed.
fn weighed(documents: &[Document], clock: &mut Clock) -> (Read, Wordings, Vec<Weighted>) {
    let background = Background::shipped();
    let read = clock.time("read", || read(documents, &background));
    let texts: Vec<&str> = documents.iter().map(|d| d.text.as_str()).collect();
    let wordings = clock.time("fold", || Wordings::fold(&texts, &read.articles));
    let weights = clock.time("weigh", || weigh(&wordings, &background));
    (read, wordings, weights)
}

/// A wording's normalised words, joined by spaces.
fn spelling(documents: &[Document], articles: &[Article]) -> impl Fn(&Wording) -> String {
    |wording| {
        let place = wording.places[0];
        let text = &documents[place.doc.idx()].text;
        let article = &articles[place.doc.idx()];
        let passage = &article.passages[place.passage as usize];
        let mut spelling = String::with_capacity(passage.span.len() + 1);
        for token in article.words(passage) {
            normalize_into(token.span.of(text), &mut spelling);
            spelling.push(' ');
        }
        spelling.pop();
        spelling
    }
}

/// Times the stages of a run.
#[derive(Debug, Default)]
struct Clock {
    stages: Vec<StageTime>,
}

impl Clock {
    fn time<T>(&mut self, name: &'static str, stage: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = stage();
        self.stages.push(StageTime { name, secs: start.elapsed().as_secs_f64() });
        result
    }
}

/// What is read of each document by itself, and of its outlet's pages.
struct Read {
    articles: Vec<Article>,
    provenances: Vec<Provenance>,
    furniture: Vec<Vec<ByteSpan>>,
}

/// Every document cut up and its origin read.
fn read(documents: &[Document], background: &Background) -> Read {
    let mut paragraphs: Vec<Vec<Paragraph>> =
        documents.par_iter().map(|d| paragraph::split(&d.text)).collect();
    let languages: Vec<_> = documents.par_iter().map(|d| language::detect(&d.text)).collect();
    let mut provenances: Vec<Provenance> = (documents, &paragraphs, &languages)
        .into_par_iter()
        .map(|(document, paragraphs, language)| provenance::of(document, paragraphs, *language))
        .collect();
    provenance::unify_outlets(&mut provenances);
    provenance::read_credits(documents, &mut provenances);
    let furniture = label_furniture(documents, &provenances, &mut paragraphs);

    let tokens = repaired_tokens(documents, &languages, background);
    let articles = (documents, paragraphs, tokens, languages)
        .into_par_iter()
        .map(|(document, paragraphs, tokens, language)| {
            let passages = passage::find(&document.text, &tokens, &paragraphs);
            Article { tokens, passages, paragraphs, language }
        })
        .collect();
    Read { articles, provenances, furniture }
}

/// In how many articles each word stands, copies of an article counted once.
fn counts(tokens: &[Vec<Token>]) -> BatchCounts {
    let hash = |tokens: &Vec<Token>| hash64_of(tokens.iter().map(|t| t.word));
    let hashes: Vec<u64> = tokens.par_iter().map(hash).collect();
    let mut seen = AHashSet::new();
    let originals = tokens.iter().zip(hashes).filter(|&(_, hash)| seen.insert(hash));
    let originals: Vec<&[Token]> = originals.map(|(tokens, _)| &tokens[..]).collect();
    BatchCounts::of(&originals)
}

/// Labels what is no evidence: site furniture, which is returned, and front matter.
fn label_furniture(
    documents: &[Document],
    provenances: &[Provenance],
    paragraphs: &mut [Vec<Paragraph>],
) -> Vec<Vec<ByteSpan>> {
    let outlet = |p: &'_ Provenance| p.outlet.as_ref().map(|o| o.key.clone());
    let outlets: Vec<Option<String>> = provenances.iter().map(outlet).collect();
    let about: Vec<Vec<ByteSpan>> = provenances.iter().map(about).collect();
    let pages: Vec<Page> = (documents.iter().zip(provenances))
        .zip(outlets.iter().zip(&about))
        .map(|((document, provenance), (outlet, about))| Page {
            outlet: outlet.as_deref(),
            title: provenance.title.as_deref(),
            about,
            text: &document.text,
        })
        .collect();
    boilerplate::label(&pages, paragraphs);
    let labelled = |paragraphs: &Vec<Paragraph>| -> Vec<ByteSpan> {
        paragraphs.iter().filter(|p| p.boilerplate).map(|p| p.span).collect()
    };
    let furniture = paragraphs.iter().map(labelled).collect();
    for (paragraphs, provenance) in paragraphs.iter_mut().zip(provenances) {
        let is_front = |p: &Paragraph| provenance.front_matter.iter().any(|f| f.contains(p.span));
        paragraphs.iter_mut().filter(|p| is_front(p)).for_each(|p| p.boilerplate = true);
    }
    furniture
}

/// Where a text tells of its article: the lines above the prose, and credits to agencies.
fn about(provenance: &Provenance) -> Vec<ByteSpan> {
    let credits = provenance.agencies.iter().map(|credit| credit.span);
    provenance.front_matter.iter().copied().chain(credits).collect()
}

/// The tokens of every document, glued words taken apart.
fn repaired_tokens(
    documents: &[Document],
    languages: &[Option<&'static str>],
    background: &Background,
) -> Vec<Vec<Token>> {
    let tokens: Vec<Vec<Token>> = documents.par_iter().map(|d| tokenize(&d.text)).collect();
    let counts = counts(&tokens);
    let mut distinct = languages.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    // Each learns from the word table of its language, which takes longer than a small batch does.
    let splitters: Vec<(Option<&str>, Splitter)> =
        distinct.into_par_iter().map(|l| (l, Splitter::new(background, l, &counts))).collect();
    let splitters: AHashMap<Option<&str>, Splitter> = splitters.into_iter().collect();
    let tokens: Vec<Vec<Token>> = (documents, tokens, languages)
        .into_par_iter()
        .map(|(document, tokens, language)| {
            glue::repair(&document.text, &tokens, &splitters[language])
        })
        .collect();
    let batch: Vec<(&str, &[Token])> =
        documents.iter().zip(&tokens).map(|(d, tokens)| (d.text.as_str(), &tokens[..])).collect();
    let is_listed = |word| background.frequency(None, word).is_some_and(|f| f.listed);
    let apart = Apart::find(&batch, is_listed);
    (documents, tokens).into_par_iter().map(|(d, tokens)| apart.cut(&d.text, tokens)).collect()
}

/// Tells whether two wordings are in one of the clusters.
fn joined(clusters: &[Cluster]) -> impl Fn(WordingId, WordingId) -> bool {
    let mut of: AHashMap<WordingId, AHashSet<usize>> = AHashMap::new();
    for (number, cluster) in clusters.iter().enumerate() {
        for wording in cluster.members.iter().map(|m| m.0).chain([cluster.medoid]) {
            of.entry(wording).or_default().insert(number);
        }
    }
    move |a, b| match (of.get(&a), of.get(&b)) {
        (Some(a), Some(b)) => !a.is_disjoint(b),
        _ => false,
    }
}
