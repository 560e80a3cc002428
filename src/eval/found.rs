//! What was found? The JSON Lines of `kutip claims`, as far as they are measured.

use super::lines::{BlockLine, Format, PlaceLine};
use super::place::{Place, file_name};
use super::truth::GradeName;
use crate::claim::{Grade, Status};
use crate::error::Result;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The claims of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The file, for errors.
    pub path: String,
    /// In the file's order.
    pub claims: Vec<FoundClaim>,
    /// What is said of each article; earlier versions say nothing.
    pub articles: Vec<FoundArticle>,
}

/// What is said of an article, whether it carries a claim or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundArticle {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The document's name in full.
    pub doc: String,
    /// What the document is compared by.
    pub name: String,
    /// What was taken for site furniture.
    pub furniture: Vec<Place>,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundClaim {
    /// Its line in the file, from 1.
    pub line: u64,
    /// Its id.
    pub id: String,
    /// How much it can be trusted.
    pub status: Status,
    /// Who is said to have said it.
    pub speaker: Option<String>,
    /// Where it stands.
    pub occurrences: Vec<FoundOccurrence>,
    /// From how many sources it is; earlier versions say nothing.
    pub sources: Option<FoundSources>,
}

/// What is said of a claim's sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSources {
    /// Independent lines, at least.
    pub lower: usize,
    /// Independent lines, at most.
    pub upper: usize,
    /// Outlets that cover the story and leave the claim out.
    pub omitted_by: Vec<String>,
}

/// One document's wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundOccurrence {
    /// The document's name in full.
    pub doc: String,
    /// The passage.
    pub place: Place,
    /// Likeness to the claim's representative wording.
    pub grade: Grade,
    /// Index of the claim's occurrence that it is copied from.
    pub copied_from: Option<usize>,
    /// What is said of the document.
    pub facts: FoundFacts,
}

/// What is said of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundFacts {
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Agencies credited at the passage.
    pub agencies: Vec<String>,
}

const FORMAT: Format = Format {
    record: "a record of kutip claims",
    expected: "claims, articles and a summary",
    hint: "`kutip claims --format jsonl` writes them",
};

const SCHEMA_VERSION: u32 = 1;

impl Found {
    /// Reads the text of a file that `kutip claims --format jsonl` wrote; `path` is for errors.
    ///
    /// # Errors
    ///
    /// On the first line that is no such record, and where there is none. A summary alone is no
    /// error: nothing was found.
    pub fn parse(text: &str, path: &str) -> Result<Found> {
        let mut found = Found { path: path.to_owned(), ..Found::default() };
        FORMAT.read(text, path, |number, line| {
            match line {
                Line::Claim(claim) => found.claims.push(claim.claim(number)?),
                Line::Article(article) => found.articles.push(article.article(number)?),
                Line::Summary(_) => {}
            }
            Ok(())
        })?;
        Ok(found)
    }
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line {
    Claim(ClaimLine),
    Article(ArticleLine),
    Summary(IgnoredAny),
}

#[derive(Deserialize)]
struct ClaimLine {
    schema_version: u32,
    id: String,
    #[serde(with = "StatusName")]
    status: Status,
    speaker: Option<NameLine>,
    occurrences: Vec<OccurrenceLine>,
    independent_lines: Option<LinesLine>,
    #[serde(default)]
    omitted_by: Vec<OmissionLine>,
}

#[derive(Deserialize)]
struct LinesLine {
    lower: usize,
    upper: usize,
}

#[derive(Deserialize)]
struct OmissionLine {
    outlet: String,
}

#[derive(Deserialize)]
struct ArticleLine {
    schema_version: u32,
    doc: String,
    furniture: Vec<BlockLine>,
}

#[derive(Deserialize)]
struct OccurrenceLine {
    #[serde(flatten)]
    place: PlaceLine,
    #[serde(with = "GradeName")]
    grade: Grade,
    outlet: Option<String>,
    title: Option<String>,
    author: Option<String>,
    published: Option<String>,
    agency: Vec<NameLine>,
    copied_from: Option<CopiedLine>,
}

#[derive(Deserialize)]
struct CopiedLine {
    occurrence: usize,
}

#[derive(Deserialize)]
struct NameLine {
    name: String,
}

#[derive(Deserialize)]
#[serde(remote = "Status", rename_all = "kebab-case")]
enum StatusName {
    Confirmed,
    Suggested,
    Decided,
}

impl ClaimLine {
    fn claim(self, line: u64) -> std::result::Result<FoundClaim, String> {
        check_version(self.schema_version)?;
        let n_occurrences = self.occurrences.len();
        let occurrences = self.occurrences.into_iter().map(|line| line.occurrence(n_occurrences));
        let omitted_by = self.omitted_by.into_iter().map(|omission| omission.outlet).collect();
        let sources = (self.independent_lines).map(|LinesLine { lower, upper }| FoundSources {
            lower,
            upper,
            omitted_by,
        });
        Ok(FoundClaim {
            line,
            id: self.id,
            status: self.status,
            speaker: self.speaker.map(|speaker| speaker.name),
            occurrences: occurrences.collect::<std::result::Result<_, _>>()?,
            sources,
        })
    }
}

impl ArticleLine {
    fn article(self, line: u64) -> std::result::Result<FoundArticle, String> {
        check_version(self.schema_version)?;
        let ArticleLine { doc, furniture, .. } = self;
        let furniture = furniture.into_iter().map(|block| block.place(&doc));
        let furniture = furniture.collect::<std::result::Result<_, _>>()?;
        Ok(FoundArticle { line, name: file_name(&doc).to_owned(), doc, furniture })
    }
}

fn check_version(version: u32) -> std::result::Result<(), String> {
    if version == SCHEMA_VERSION {
        return Ok(());
    }
    Err(format!("expected schema_version {SCHEMA_VERSION}, got {version}"))
}

impl OccurrenceLine {
    /// The occurrence, of a claim with so many.
    fn occurrence(self, n_occurrences: usize) -> std::result::Result<FoundOccurrence, String> {
        let OccurrenceLine { place, grade, outlet, title, author, published, agency, .. } = self;
        let copied_from = self.copied_from.map(|copied| copied.occurrence);
        if let Some(other) = copied_from.filter(|other| n_occurrences <= *other) {
            return Err(format!(
                "expected copied_from of one of the {n_occurrences} occurrences, got {other}"
            ));
        }
        let agencies = agency.into_iter().map(|agency| agency.name).collect();
        Ok(FoundOccurrence {
            doc: place.doc().to_owned(),
            place: place.place()?,
            grade,
            copied_from,
            facts: FoundFacts { outlet, title, author, published, agencies },
        })
    }
}
