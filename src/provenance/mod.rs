//! Who published a document, when, on whose authority: read from the record and from the text,
//! each with the basis it was read from, never guessed.

use crate::span::ByteSpan;

/// What is known of one document's origin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Who published it.
    pub outlet: Option<Outlet>,
    /// Where it was published.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Wire services and other outlets credited anywhere in the text, in text order.
    pub agencies: Vec<AgencyCredit>,
}

/// An outlet, and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// The name to show: the commonest spelling among the documents of the run.
    pub name: String,
    /// What makes two spellings one outlet: lower-case letters and digits only, no web suffix.
    pub key: String,
    /// Where the name was read.
    pub basis: OutletBasis,
}

/// Where an outlet's name was read, from the strongest to the weakest evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutletBasis {
    /// A field of the record.
    Field,
    /// The host of the record's URL.
    Url,
    /// A line above the text: "Kompas.com - 08/01/2022, 06:31 WIB".
    Masthead,
    /// The start of the text: "WASHINGTON DC, KOMPAS.com – ".
    Dateline,
    /// The file's name.
    FileName,
}

/// A time of publication, as exact as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// RFC 3339 as far as known: "2022-01-08T06:31:00+07:00", "2022-01-08T06:31:00" where no
    /// zone is given, "2022-01-08" where no time is.
    pub when: String,
    /// Where it was read.
    pub basis: DateBasis,
}

/// Where a publication time was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateBasis {
    /// A field of the record.
    Field,
    /// The path of the record's URL.
    Url,
    /// A line above the text.
    Masthead,
    /// The start of the text.
    Dateline,
}

/// A credit to a wire service or another outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyCredit {
    /// The agency's usual name.
    pub name: String,
    /// Where it is credited.
    pub span: ByteSpan,
}

/// Who is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The name as written there, without title where that can be told; never a pronoun.
    pub name: String,
    /// Where it is written.
    pub span: ByteSpan,
}
pub mod speaker {
    use super::Speaker;
    use crate::span::ByteSpan;
    pub fn of_quotation(_t: &str, _q: ByteSpan, _s: ByteSpan, _p: ByteSpan) -> Option<Speaker> {
        None
    }
    pub fn of_statement(_t: &str, _s: ByteSpan) -> Option<Speaker> {
        None
    }
}
pub mod agency {
    use super::AgencyCredit;
    use crate::span::ByteSpan;
    pub fn credits(_t: &str, _s: ByteSpan) -> Vec<AgencyCredit> {
        vec![]
    }
}
pub fn of(_d: &crate::document::Document, _p: &[crate::text::Paragraph]) -> Provenance {
    Provenance::default()
}
pub fn unify_outlets(_p: &mut [Provenance]) {}
