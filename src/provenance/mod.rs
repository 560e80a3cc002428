//! Who published a document, when, on whose authority: read from the record and from the text,
//! each with the basis it was read from, never guessed.

pub mod agency;
mod byline;
mod calendar;
mod clock;
mod date;
mod domain;
mod lexicon;
mod name;
mod outlet;
mod phrase;
pub mod speaker;
mod stamp;
mod words;

pub use outlet::unify_outlets;

use crate::document::Document;
use crate::span::ByteSpan;
use crate::text::Paragraph;
use byline::Top;
use date::{Moment, Order};
use jiff::civil::Date;

/// What the document's record and text tell of its origin. Fields of the record come first, then
/// its URL, the lines above the text, the dateline, and last the file's name.
pub fn of(document: &Document, paragraphs: &[Paragraph]) -> Provenance {
    let text = document.text.as_str();
    let order = |day_first, month_first| date_order(text, day_first, month_first);
    let top = Top::read(text, paragraphs, &order);
    let fields = &document.fields;
    let outlet = outlet::of(document, &top);
    Provenance {
        url: fields.url.clone(),
        title: fields.title.clone().or_else(|| top.title().map(str::to_owned)),
        author: fields.author.clone().or_else(|| top.author().map(str::to_owned)),
        published: published(document, &top, outlet.as_ref(), &order),
        outlet,
        agencies: agency::credits(text, ByteSpan::new(0, text.len())),
    }
}

/// When the document was published: the first source that gives a date decides; a later one that
/// says the same more exactly is taken in its place.
fn published(
    document: &Document,
    top: &Top<'_>,
    outlet: Option<&Outlet>,
    order: &impl Fn(Date, Date) -> Order,
) -> Option<Published> {
    let field = document.fields.published.as_deref().map(str::trim);
    let of_field =
        field.and_then(|f| date::of_number(f).or_else(|| date::find(f, order).map(|f| f.moment)));
    let url = document.fields.url.as_deref().and_then(outlet::article_url);
    let of_url = url.and_then(|url| date::of_path(url.path()));
    let is_outlet = |name: &str| outlet.is_some_and(|o| o.key == outlet::key(name));
    let mut stamps = top.stamps().into_iter();
    let of_stamp =
        stamps.find(|s| !s.is_loose || is_outlet(s.before)).map(|stamp| stamp.found.moment);
    let dateline = top.opening().and_then(|line| outlet::dateline(line, top.body()));
    let of_dateline = dateline.and_then(|d| date::find(&d.head, order)).map(|f| f.moment);
    let sources = [
        (of_field, DateBasis::Field),
        (of_url, DateBasis::Url),
        (of_stamp, DateBasis::Masthead),
        (of_dateline, DateBasis::Dateline),
    ];
    sources.into_iter().filter_map(|(moment, basis)| Some((moment?, basis))).fold(None, more_exact)
}

fn more_exact(best: Option<Published>, (moment, basis): (Moment, DateBasis)) -> Option<Published> {
    let when = moment.to_string();
    match best {
        Some(best) if !when.starts_with(&best.when) || when == best.when => Some(best),
        _ => Some(Published { when, basis }),
    }
}

/// Bytes at a text's start that may show how it writes dates, and in which language it is.
const ORDER_REACH: usize = 4 << 10;

/// How to read "01/02/2022" in this document: as its other dates say; else day first, as all
/// languages of news do but English, where it stays unknown.
fn date_order(text: &str, day_first: Date, month_first: Date) -> Order {
    let start = &text[..words::floor(text, ORDER_REACH)];
    date::order_in(start, day_first, month_first).unwrap_or_else(|| {
        match whatlang::detect_lang(start) {
            None | Some(whatlang::Lang::Eng) => Order::Unknown,
            Some(_) => Order::DayFirst,
        }
    })
}

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

impl Published {
    /// The earliest and the latest instant that `when` can mean, in seconds since 1970 UTC: a date
    /// without a time is a whole day, a time without a zone any of UTC-12 to UTC+14.
    ///
    /// One article was surely published before another where its latest instant is.
    pub fn bounds(&self) -> (i64, i64) {
        date::bounds(&self.when).unwrap_or((i64::MIN, i64::MAX))
    }
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
