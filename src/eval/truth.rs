//! What does a reader find in the articles? The truth file, as [`crate::eval`] describes it.

mod sources;

pub use sources::TrueSources;

use super::lines::{Format, PlaceLine, stated};
use super::place::{Place, file_name};
use super::when::When;
use crate::claim::Grade;
use crate::error::Result;
use crate::text::PassageKind;
use serde::Deserialize;
use sources::SourcesLine;
use std::collections::{BTreeMap, BTreeSet};

/// A fact that the truth may state: `None` where it does not say, `Some(None)` where the article
/// shows nothing.
pub type Stated<T = String> = Option<Option<T>>;

/// The contents of a truth file, each in the file's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Truth {
    /// What articles show; a document has one at most.
    pub articles: Vec<TrueArticle>,
    /// Statements that several articles carry.
    pub claims: Vec<TrueClaim>,
    /// Passages that look alike and do not make the same statement.
    pub traps: Vec<Trap>,
    /// Blocks of the page that are no part of its article. A truth that has any names all of every
    /// document that it says anything about.
    pub furniture: Vec<Place>,
    /// Every document that is named anywhere: full name by file name.
    docs: BTreeMap<String, String>,
}

/// What an article itself shows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TrueArticle {
    /// File name of the document.
    pub doc: String,
    /// Who published it.
    #[serde(default, deserialize_with = "stated")]
    pub outlet: Stated,
    /// The headline.
    #[serde(default, deserialize_with = "stated")]
    pub title: Stated,
    /// Who wrote it.
    #[serde(default, deserialize_with = "stated")]
    pub author: Stated,
    /// When it was published.
    #[serde(default, deserialize_with = "stated")]
    pub published: Stated,
    /// Agencies and other outlets that it credits; `None` where the truth does not say.
    pub agencies: Option<Vec<String>>,
}

/// A statement that several articles carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrueClaim {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The truth's own name for it.
    pub id: String,
    /// Quotation or statement.
    pub kind: PassageKind,
    /// Where it stands.
    pub occurrences: Vec<TrueOccurrence>,
    /// Two indices into `occurrences`, of different documents, and how alike they are. Each pair
    /// stands once.
    pub pairs: Vec<(usize, usize, Grade)>,
    /// Where it is from; `None` where the truth does not say.
    pub sources: Option<TrueSources>,
}

/// Where a statement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrueOccurrence {
    /// The passage.
    pub place: Place,
    /// Who says it there.
    pub speaker: Stated,
}

/// Two passages of different documents that do not make the same statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trap {
    /// What makes them look alike.
    pub kind: String,
    /// One passage.
    pub a: Place,
    /// The other.
    pub b: Place,
}

const FORMAT: Format = Format {
    record: "a truth record",
    expected: "article, claim, trap and furniture lines",
    hint: "`kutip eval claims --help` describes the truth",
};

impl Truth {
    /// Reads a truth file's text; `path` is for errors.
    ///
    /// # Errors
    ///
    /// On the first line that is not as the format says, and where there is no claim, no trap
    /// and no furniture.
    pub fn parse(text: &str, path: &str) -> Result<Truth> {
        let mut truth = Truth::default();
        FORMAT.read(text, path, |number, line: Line| truth.add(number, line))?;
        truth.check_outlets().map_err(|(number, cause)| FORMAT.refused(path, number, cause))?;
        if truth.claims.is_empty() && truth.traps.is_empty() && truth.furniture.is_empty() {
            return Err(FORMAT.nothing(path, "the file has no claim, no trap and no furniture"));
        }
        Ok(truth)
    }

    /// Whether the truth says anything about the document of that file name.
    pub fn knows(&self, doc: &str) -> bool {
        self.docs.contains_key(doc)
    }

    /// Number of documents that the truth says anything about.
    pub fn n_documents(&self) -> usize {
        self.docs.len()
    }

    fn add(&mut self, number: u64, line: Line) -> std::result::Result<(), String> {
        match line {
            Line::Article(article) => self.add_article(article),
            Line::Claim(claim) => self.add_claim(number, claim),
            Line::Trap(trap) => self.add_trap(trap),
            Line::Furniture(block) => self.add_furniture(block),
        }
    }

    fn add_article(&mut self, mut article: TrueArticle) -> std::result::Result<(), String> {
        self.meet(&article.doc)?;
        article.doc = file_name(&article.doc).to_owned();
        if self.articles.iter().any(|other| other.doc == article.doc) {
            return Err(format!("expected one article line a document, {} has two", article.doc));
        }
        if let Some(Some(when)) = &article.published {
            When::parse(when).ok_or_else(|| {
                format!(
                    "expected published as 2022-01-08, 2022-01-08T06:31 or \
                     2022-01-08T06:31:00+07:00, got {when:?}"
                )
            })?;
        }
        self.articles.push(article);
        Ok(())
    }

    fn add_claim(&mut self, number: u64, line: ClaimLine) -> std::result::Result<(), String> {
        let mut keys = Vec::new();
        let mut occurrences = Vec::new();
        for OccurrenceLine { key, speaker, place } in line.occurrences {
            self.meet(place.doc())?;
            if keys.contains(&key) {
                return Err(format!(
                    "expected a key of its own for each occurrence, {key:?} has two"
                ));
            }
            keys.push(key);
            occurrences.push(TrueOccurrence { place: place.place()?, speaker });
        }
        let pairs = graded(&line.pairs, &keys, &occurrences)?;
        let sources = line.sources.map(|sources| sources.sources(&occurrences)).transpose()?;
        let ClaimLine { id, kind, .. } = line;
        self.claims.push(TrueClaim { line: number, id, kind, occurrences, pairs, sources });
        Ok(())
    }

    fn add_trap(&mut self, TrapLine { trap, a, b }: TrapLine) -> std::result::Result<(), String> {
        self.meet(a.doc())?;
        self.meet(b.doc())?;
        let trap = Trap { kind: trap, a: a.place()?, b: b.place()? };
        if trap.a.doc == trap.b.doc {
            return Err(format!("expected passages of two documents, both are of {}", trap.a.doc));
        }
        self.traps.push(trap);
        Ok(())
    }

    fn add_furniture(&mut self, block: PlaceLine) -> std::result::Result<(), String> {
        self.meet(block.doc())?;
        let block = block.place()?;
        let overlaps = |other: &Place| other.doc == block.doc && 0 < other.span.overlap(block.span);
        if self.furniture.iter().any(overlaps) {
            return Err(format!("expected blocks apart, two of {} overlap", block.doc));
        }
        self.furniture.push(block);
        Ok(())
    }

    /// Checks the outlets that omit a claim, once all articles are known; errors with the claim's line.
    fn check_outlets(&self) -> std::result::Result<(), (u64, String)> {
        self.claims.iter().try_for_each(|claim| {
            let sources = claim.sources.iter();
            let mut checked =
                sources.map(|sources| sources.check_outlets(&claim.occurrences, &self.articles));
            checked.try_for_each(|checked| checked.map_err(|cause| (claim.line, cause)))
        })
    }

    /// Notes the document; errors where another one has its file name.
    fn meet(&mut self, doc: &str) -> std::result::Result<(), String> {
        let known = self.docs.entry(file_name(doc).to_owned()).or_insert_with(|| doc.to_owned());
        if known == doc {
            return Ok(());
        }
        Err(format!("expected one file name a document, {known} and {doc} share theirs"))
    }
}

/// The pairs by index, checked.
fn graded(
    lines: &[PairLine],
    keys: &[String],
    occurrences: &[TrueOccurrence],
) -> std::result::Result<Vec<(usize, usize, Grade)>, String> {
    let find = |key: &String| {
        let unknown = || format!("expected pairs of the keys of occurrences, got {key:?}");
        keys.iter().position(|other| other == key).ok_or_else(unknown)
    };
    let mut seen = BTreeSet::new();
    let mut pairs = Vec::with_capacity(lines.len());
    for PairLine(a_key, b_key, grade) in lines {
        let (a, b) = (find(a_key)?, find(b_key)?);
        if occurrences[a].place.doc == occurrences[b].place.doc {
            let doc = &occurrences[a].place.doc;
            return Err(format!(
                "expected pairs of two documents, {a_key:?} and {b_key:?} are both of {doc}"
            ));
        }
        if !seen.insert((a.min(b), a.max(b))) {
            return Err(format!("expected one grade a pair, {a_key:?} and {b_key:?} have two"));
        }
        pairs.push((a, b, *grade));
    }
    Ok(pairs)
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line {
    Article(TrueArticle),
    Claim(ClaimLine),
    Trap(TrapLine),
    Furniture(PlaceLine),
}

#[derive(Deserialize)]
struct ClaimLine {
    id: String,
    #[serde(with = "KindName")]
    kind: PassageKind,
    occurrences: Vec<OccurrenceLine>,
    pairs: Vec<PairLine>,
    sources: Option<SourcesLine>,
}

#[derive(Deserialize)]
struct OccurrenceLine {
    key: String,
    #[serde(default, deserialize_with = "stated")]
    speaker: Stated,
    #[serde(flatten)]
    place: PlaceLine,
}

#[derive(Deserialize)]
struct PairLine(String, String, #[serde(with = "GradeName")] Grade);

#[derive(Deserialize)]
struct TrapLine {
    trap: String,
    a: PlaceLine,
    b: PlaceLine,
}

#[derive(Deserialize)]
#[serde(remote = "PassageKind", rename_all = "kebab-case")]
enum KindName {
    Quotation,
    Statement,
}

/// The names of grades.
#[derive(Deserialize)]
#[serde(remote = "Grade", rename_all = "kebab-case")]
pub(super) enum GradeName {
    Identical,
    NearIdentical,
    Edited,
    Reworded,
}
