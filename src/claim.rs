//! The result of the claim pipeline, as plain data: what [`crate::report`] writes.

use crate::decision::Kept;
use crate::document::{DocId, Document};
pub use crate::fixed::Milli;
pub use crate::judge::Status;
use crate::provenance::{AgencyCredit, Provenance, Speaker};
use crate::span::ByteSpan;
use crate::text::PassageKind;

/// A statement or quotation that several documents carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// 32 hex digits, derived from the texts of the occurrences.
    pub id: String,
    /// Quotation where most occurrences are quotations.
    pub kind: PassageKind,
    /// How much it can be trusted.
    pub status: Status,
    /// Index into `occurrences` of the wording that is most like all others (the medoid).
    pub representative: usize,
    /// Who said it; `None` where no occurrence names anybody.
    pub speaker: Option<(DocId, Speaker)>,
    /// Least agreement of an occurrence with the representative: its ratio.
    pub cohesion_min: Milli,
    /// Mean agreement with the representative.
    pub cohesion_mean: Milli,
    /// How surely its wordings are one statement, in nats: of claims that as many outlets carry, the
    /// strongest comes first. Claims of two statuses do not compare.
    pub strength: Milli,
    /// Ordered by publication time (undated last), then outlet, text and path.
    pub occurrences: Vec<Occurrence>,
    /// From how many sources the articles have it; `None` until [`crate::independence`] tells.
    pub lines: Option<IndependentLines>,
    /// The outlets that cover the story without it, by name.
    pub omitted_by: Vec<Omission>,
}

/// From how many sources of their own the articles that carry a claim can have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndependentLines {
    /// Groups of articles that no link joins, neither a proven nor a possible one.
    pub lower: usize,
    /// Groups of articles that no proven link joins.
    pub upper: usize,
    /// Links that join each group: one fewer than it has articles, the most telling first.
    pub because: Vec<Link>,
}

/// Why two articles may not count as two sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Index of an occurrence of the one article.
    pub a: usize,
    /// Index of an occurrence of the other.
    pub b: usize,
    /// Whether it proves that.
    pub strength: Strength,
    /// What joins them.
    pub kind: LinkKind,
    /// The outlet, owner or agency that does, where it is one.
    pub name: Option<String>,
    /// Consecutive words that both have, outside quotations; 0 where the link rests on none.
    pub n_words: usize,
    /// Where it is read, each with the index of an occurrence of its article.
    pub spans: Vec<(usize, ByteSpan)>,
}

/// Whether a link proves that two articles are no two sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// It does.
    Proven,
    /// It may be so.
    Possible,
}

/// What joins two articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// They are one text, site furniture aside, or nearly one.
    Duplicate,
    /// One outlet published both.
    Outlet,
    /// One owner has both outlets.
    Owner,
    /// One credits the other's outlet: with the passage, or only somewhere.
    Credit,
    /// Both credit one agency or outlet: with the passage, or at least one only somewhere.
    Agency,
    /// They share a run of words outside quotations.
    SharedText,
    /// The outlet of one is not known.
    Unknown,
}

/// An outlet that covers the story of a claim, and lacks it in all of its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Omission {
    /// The outlet's name.
    pub outlet: String,
    /// Its articles on the story, ascending.
    pub documents: Vec<DocId>,
}

/// Where an article has a claim from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiedFrom {
    /// Index of the occurrence that was there before.
    pub occurrence: usize,
    /// How it shows.
    pub because: CopySign,
}

/// What shows that an article has a claim from an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopySign {
    /// The sentence credits the outlet of that name.
    Credit(String),
    /// It shares so many consecutive words with it, outside quotations.
    SharedText(usize),
}

/// One document's wording of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The document that carries it.
    pub doc: DocId,
    /// A quotation: all text between its marks. A statement: its alignment snapped to tokens.
    pub span: ByteSpan,
    /// Direct where the span lies inside quotation marks.
    pub form: Form,
    /// Likeness to the representative; the representative itself is [`Grade::Identical`].
    pub grade: Grade,
    /// Whether the wording looks like a translation of its own: only ever a suggestion.
    pub translation_suggested: bool,
    /// The aligned core: the parts of the span that correspond to the representative, in order.
    pub matched: Vec<ByteSpan>,
    /// How the match with the representative was measured; `None` for the representative itself.
    pub score: Option<Score>,
    /// The whole span against the whole representative, word by word, in order.
    pub edits: Vec<Edit>,
    /// What it says otherwise than the representative wording, by where it stands there.
    pub differences: Vec<Difference>,
    /// Who said it in this document, where it names one.
    pub speaker: Option<Speaker>,
    /// The whole passage that it is, or is part of: what decisions are about.
    pub passage: ByteSpan,
    /// Whether nothing but a reader's decision joins it to the representative.
    pub decided: bool,
    /// The sentence it stands in, attribution included, and the one beside it where that tells from
    /// whom the statement is.
    pub context: ByteSpan,
    /// Agencies and outlets that the article credits, in text order: those whose span lies inside
    /// `context` are credited with the statement itself.
    pub agencies: Vec<AgencyCredit>,
    /// The earlier article that it has the claim from, where dates and texts leave no other way.
    pub copied_from: Option<CopiedFrom>,
}

/// Whether a statement is given in its speaker's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Inside quotation marks.
    Direct,
    /// Told by the article.
    Indirect,
}

/// How alike two wordings are, from most to least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// The same tokens in the same order.
    Identical,
    /// Hardly a word differs.
    NearIdentical,
    /// Recognisably the same sentence.
    Edited,
    /// The same statement in other words or another order.
    Reworded,
}

/// The measures of one match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Weight of what is shared, in nats: aligned, or of a suggestion in any order.
    pub mass: Milli,
    /// Expected number of unrelated pairs of the searched text that score as high, as its natural
    /// logarithm: -20 means one in half a thousand million such searches.
    pub expect_ln: Milli,
    /// Mass over the weight of the lighter passage, 0 to 1.
    pub ratio: Milli,
    /// Jaccard similarity of the sets of five-character shingles, 0 to 1.
    pub char5_jaccard: Milli,
    /// Jaccard similarity of the sets of three-word shingles, 0 to 1.
    pub word3_jaccard: Milli,
}

/// One step from the representative's wording to an occurrence's, in whole words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Words that both have, as the occurrence writes them.
    Same(String),
    /// Words that only the representative has.
    Removed(String),
    /// Words that only the occurrence has.
    Added(String),
}

/// Something that changes the meaning between the representative's wording and an occurrence's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub kind: DifferenceKind,
    /// Where the representative's article says it; `None` where only the occurrence does.
    pub a: Option<ByteSpan>,
    /// Where the occurrence's does; never `None` with `a`.
    pub b: Option<ByteSpan>,
    /// Whether both wordings stand inside quotation marks, so that somebody's words were altered.
    pub quoted: bool,
}

/// What a difference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// An amount, with its unit.
    Number,
    /// A date or a time of day.
    Date,
    /// Whether something is denied: "tidak".
    Negation,
    /// Who, or where.
    Name,
    /// How sure or how exact it is: "mungkin", "about".
    Hedge,
    /// How strong it is: "sangat".
    Intensifier,
    /// The verb of saying: "mengklaim" for "mengatakan".
    Attribution,
}

/// Everything a report needs of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimReport {
    /// The articles, by [`DocId`].
    pub documents: Vec<Document>,
    /// Confirmed claims first, then decided, then suggested ones; each by number of outlets (all articles of unknown
    /// outlets are one more), strength, number of occurrences, then by id.
    pub claims: Vec<Claim>,
    /// Claims that were found and not asked for: see `filter`.
    pub n_left_out: usize,
    /// What became of a reader's decisions; `None` where there were none.
    pub decisions: Option<Kept>,
    /// Per document, by [`DocId`].
    pub provenance: Vec<Provenance>,
    /// Per document: ISO 639-1 code, or `None` where the language could not be told.
    pub languages: Vec<Option<&'static str>>,
    /// Per document: the paragraphs that were taken for site furniture, in text order.
    pub furniture: Vec<Vec<ByteSpan>>,
}
