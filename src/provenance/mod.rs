//! Who published a document, when, on whose authority: read from the record and from the text,
//! each with the basis it was read from, never guessed.

pub mod agency;
mod beside;
mod byline;
mod calendar;
mod clause;
mod clock;
mod context;
mod credit;
mod date;
mod dateline;
mod labels;
mod lexicon;
mod name;
mod outlet;
mod owner;
mod period;
mod person;
mod phrase;
mod site;
pub mod speaker;
mod stamp;
mod window;
mod words;

pub use context::context;
pub use credit::read_credits;
pub use outlet::{key as outlet_key, unify_outlets};
pub use owner::Owners;
pub use period::{Edge, Period};
pub use person::{Person, folded as folded_name};
pub use window::Window;

pub(crate) use calendar::{month, weekday};
pub(crate) use clock::indonesian_zone;
pub(crate) use lexicon::{SpeechForm, is_title, opens_sentence, speech_form, table_rows};

use crate::document::{Document, Fields};
use crate::span::ByteSpan;
use crate::text::{Paragraph, language, paragraph};
use byline::Top;
use date::{Moment, Order};
use jiff::civil::Date;
use labels::Labels;

/// What the document's record and text tell of its origin. Fields of the record come first, then
/// its URL, the lines above the text, the dateline, and last the file's name. Whom it credits is read
/// by [`read_credits`], when the outlets of all are known.
///
/// `paragraphs` and `language` (ISO 639-1, where it could be told) are those of the text.
pub fn of(document: &Document, paragraphs: &[Paragraph], language: Option<&str>) -> Provenance {
    let text = document.text.as_str();
    let order = |day_first, month_first| date_order(text, language, day_first, month_first);
    let top = Top::read(text, paragraphs, &order);
    let labels = Labels::read(text);
    let fields = labels.complete(&document.fields);
    let outlet = outlet::of(document, &fields, &top);
    let mut front_matter = top.front_matter();
    front_matter.extend(labels.lines);
    front_matter.sort_unstable();
    front_matter.dedup();
    Provenance {
        published: published_in(&fields, &top, outlet.as_ref(), &order),
        url: fields.url,
        title: fields.title.or_else(|| top.title().map(str::to_owned)),
        author: fields.author.or_else(|| top.author().map(str::to_owned)),
        outlet,
        owner: None,
        agencies: Vec::new(),
        front_matter,
    }
}

/// When a document was published, as [`of`] tells it. Its language is looked for only where the order
/// of day and month may hang on it.
pub fn published(document: &Document) -> Option<Published> {
    let paragraphs = paragraph::split(&document.text);
    let in_language = |language| of(document, &paragraphs, language).published;
    in_language(None).or_else(|| match language::detect(&document.text) {
        None | Some("en") => None,
        language => in_language(language),
    })
}

/// When the document was published: the first source that gives a date decides; a later one that
/// says the same more exactly is taken in its place.
fn published_in(
    fields: &Fields,
    top: &Top<'_>,
    outlet: Option<&Outlet>,
    order: &impl Fn(Date, Date) -> Order,
) -> Option<Published> {
    let field = fields.published.as_deref().map(str::trim);
    let of_field =
        field.and_then(|f| date::of_number(f).or_else(|| date::find(f, order).map(|f| f.moment)));
    let url = fields.url.as_deref().and_then(outlet::article_url);
    let of_url = url.and_then(|url| date::of_path(url.path()));
    let is_outlet = |name: &str| outlet.is_some_and(|o| o.key == outlet::key(name));
    let mut stamps = top.stamps().into_iter();
    let of_stamp =
        stamps.find(|s| !s.is_loose || is_outlet(s.before)).map(|stamp| stamp.found.moment);
    let dateline = top.opening().and_then(|line| dateline::of(line, top.body()));
    let behind = || top.opening().and_then(dateline::behind_dash);
    let of_dateline = dateline
        .and_then(|d| date::find(&d.head, order))
        .or_else(|| date::find(behind()?, order))
        .map(|f| f.moment);
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

/// Bytes at a text's start that may show how it writes dates.
const ORDER_REACH: usize = 4 << 10;

/// How to read "01/02/2022" in this document: as its other dates say; else day first, as all
/// languages of news do but English, where it stays unknown.
fn date_order(text: &str, language: Option<&str>, day_first: Date, month_first: Date) -> Order {
    let start = &text[..words::floor(text, ORDER_REACH)];
    date::order_in(start, day_first, month_first).unwrap_or(match language {
        None | Some("en") => Order::Unknown,
        Some(_) => Order::DayFirst,
    })
}

/// What is known of one document's origin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Who published it.
    pub outlet: Option<Outlet>,
    /// The group that its outlet belongs to: see [`Owners::assign`].
    pub owner: Option<String>,
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
    /// Lines above the prose that are about the article and no part of it: dates, authors, menus.
    pub front_matter: Vec<ByteSpan>,
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
    /// A line above the text: "Kompas.com - 08/01/2022, 06:31 WIB", or a desk that signs it.
    Masthead,
    /// The start of the text: "WASHINGTON DC, KOMPAS.com – ".
    Dateline,
    /// The name of the file or of a folder that it is in.
    FileName,
    /// A line below the text: "© 2022 Nusa Kini".
    Imprint,
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
    /// without a time is a whole day, a time without a zone any of UTC-11 to UTC+13.
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

#[cfg(test)]
mod tests {
    mod heads;
    mod speakers;

    use super::*;
    use crate::document::Source;
    use proptest::prelude::*;

    fn document(text: &str, path: &str, fields: Fields) -> Document {
        let source = Source { path: path.to_owned(), line: None, encoding: "UTF-8" };
        Document { source, fields, text: text.to_owned() }
    }

    fn read_document(document: &Document, paragraphs: &[Paragraph]) -> Provenance {
        let mut found = [of(document, paragraphs, crate::text::language::detect(&document.text))];
        read_credits(std::slice::from_ref(document), &mut found);
        let [found] = found;
        found
    }

    /// A paragraph a line, or a block of lines.
    fn paragraphs(text: &str, separator: &str) -> Vec<Paragraph> {
        let mut at = 0;
        let mut found = Vec::new();
        for part in text.split_inclusive(separator) {
            let start = at + part.len() - part.trim_start().len();
            at += part.len();
            if !part.trim().is_empty() {
                let span = ByteSpan::new(start, start + part.trim().len());
                found.push(Paragraph { span, boilerplate: false });
            }
        }
        found
    }

    fn read(text: &str) -> Provenance {
        read_document(&document(text, "a.txt", Fields::default()), &paragraphs(text, "\n"))
    }

    fn shown(found: &Provenance) -> [Option<&str>; 4] {
        [
            found.outlet.as_ref().map(|o| o.name.as_str()),
            found.title.as_deref(),
            found.author.as_deref(),
            found.published.as_ref().map(|p| p.when.as_str()),
        ]
    }

    const PROSE: &str = "Hujan deras merendam tiga kecamatan di Kota Sagara pada Kamis malam.\n\
        Warga kota itu mengungsi ke sekolah setelah air hujan naik, kata petugas.\n";
    const HEADLINE: &str = "Hujan Deras Rendam Tiga Kecamatan di Sagara";

    #[test]
    fn the_lines_above_the_text() {
        for (top, expect) in [
            ("", [None, None, None, None]),
            (HEADLINE, [None, Some(HEADLINE), None, None]),
            (
                "Hujan Deras Rendam Tiga Kecamatan di Sagara\nKompas.com - 08/01/2022, 06:31 WIB",
                [Some("Kompas.com"), Some(HEADLINE), None, Some("2022-01-08T06:31:00+07:00")],
            ),
            (
                "Hujan Deras Rendam Tiga Kecamatan di Sagara\nLentera Pagi - 08/01/2022, 06:31 WIB",
                [Some("Lentera Pagi"), Some(HEADLINE), None, Some("2022-01-08T06:31:00+07:00")],
            ),
            (
                "By Tim Redaksi, Sabtu, 8 Januari 2022 | 07:45 WIB",
                [None, None, Some("Tim Redaksi"), Some("2022-01-08T07:45:00+07:00")],
            ),
            (
                "Reporter: Tim Redaksi | Editor: Redaksi Malam\nSabtu, 8 Januari 2022",
                [None, None, Some("Tim Redaksi"), Some("2022-01-08")],
            ),
            ("Oleh Tim Redaksi", [None, None, Some("Tim Redaksi"), None]),
            (
                "Tim Redaksi\nPenulis\nRedaksi Malam\nEditor",
                [None, None, Some("Tim Redaksi"), None],
            ),
            (
                "Penulis\nTim Redaksi\nEditor\nRedaksi Malam",
                [None, None, Some("Tim Redaksi"), None],
            ),
            ("Penulis", [None, None, None, None]),
            (
                "Redaksi Tinta Timur\n8 Januari 2022, 08.15 WIT",
                [
                    Some("Tinta Timur"),
                    None,
                    Some("Redaksi Tinta Timur"),
                    Some("2022-01-08T08:15:00+09:00"),
                ],
            ),
            (
                "TINTA TIMUR\nRedaksi Tinta Timur\n8 Januari 2022",
                [Some("TINTA TIMUR"), None, Some("Redaksi Tinta Timur"), Some("2022-01-08")],
            ),
            ("TINTA TIMUR | tintatimur.example", [Some("TINTA TIMUR"), None, None, None]),
            ("TINTA TIMUR", [None, None, None, None]),
            (
                "Updated Jan. 8, 2022 19:42 UTC\nPublished Jan. 8, 2022 17:00 UTC",
                [None, None, None, Some("2022-01-08T17:00:00+00:00")],
            ),
            // Headlines, sentences and furniture.
            (
                "Jadwal Kapal di Sagara Hari Ini, 8 Januari 2022 Pukul 21.00",
                [None, None, None, None],
            ),
            (
                "Pada 8 Januari 2022, hujan deras turun di Kota Sagara dan sekitarnya.",
                [None, None, None, None],
            ),
            (
                "Dilansir Kompas.com, 8 Januari 2022, hujan turun di Sagara sejak pagi.",
                [None, None, None, None],
            ),
            (
                "Baca berita hujan di Sagara tanpa iklan. Gabung Kompas.com+",
                [Some("Kompas.com"), None, None, None],
            ),
            ("Baca juga: Hujan Deras Rendam Tiga Kecamatan", [None, None, None, None]),
            ("Find Us On Social Media :", [None, None, None, None]),
        ] {
            let text = format!("{top}\n{PROSE}");
            assert_eq!(shown(&read(&text)), expect, "{top:?}");
        }
    }

    #[test]
    fn a_wire_dateline_is_the_outlet_only_where_nothing_else_is() {
        let wire = format!("JAKARTA (ANTARA) - {PROSE}");
        let alone = read(&wire);
        assert_eq!(
            alone.outlet.as_ref().map(|o| (o.name.as_str(), o.basis)),
            Some(("ANTARA", OutletBasis::Dateline))
        );
        assert_eq!(alone.agencies[0].span.of(&wire), "ANTARA");
        let file = read_document(
            &document(&wire, "kompas.com_1.txt", Fields::default()),
            &paragraphs(&wire, "\n"),
        );
        assert_eq!(
            file.outlet.map(|o| (o.key, o.basis)),
            Some(("kompas".into(), OutletBasis::FileName))
        );
    }

    #[test]
    fn the_record_comes_first() {
        let text = format!("Judul Lain\nTempo.co - 09/01/2022, 10:00 WIB\n{PROSE}");
        let fields = Fields {
            outlet: Some("Kompas".into()),
            url: Some("https://news.detik.com/2022/01/08/x".into()),
            title: Some("Judul".into()),
            author: Some("Redaksi".into()),
            published: Some("1641598260".into()),
            id: None,
        };
        let found =
            read_document(&document(&text, "a.jsonl", fields.clone()), &paragraphs(&text, "\n"));
        assert_eq!(
            shown(&found),
            [Some("Kompas"), Some("Judul"), Some("Redaksi"), Some("2022-01-07T23:31:00+00:00"),]
        );
        let fields = Fields { outlet: Some("-".into()), published: None, ..fields };
        let found = read_document(&document(&text, "a.jsonl", fields), &paragraphs(&text, "\n"));
        assert_eq!(shown(&found)[0], Some("detik.com"));
        assert_eq!(
            found.published.map(|p| (p.when, p.basis)),
            Some(("2022-01-08".into(), DateBasis::Url))
        );
    }

    #[test]
    fn a_later_source_that_agrees_adds_the_time() {
        let text = format!("Kompas.com - 08/01/2022, 06:31 WIB\n{PROSE}");
        let fields = Fields { published: Some("2022-01-08".into()), ..Fields::default() };
        let found = read_document(&document(&text, "a.txt", fields), &paragraphs(&text, "\n"));
        assert_eq!(
            found.published.map(|p| (p.when, p.basis)),
            Some(("2022-01-08T06:31:00+07:00".into(), DateBasis::Masthead))
        );
    }

    #[test]
    fn english_text_leaves_ambiguous_dates_open() {
        let english = "Rain flooded three districts of the city on Thursday night, officials said.\n\
            Residents of the city moved to a school after the water rose, the mayor said.\n";
        for (prose, expect) in [(PROSE, Some("2022-02-01T06:31:00")), (english, None)] {
            let text = format!("01/02/2022 06:31\n{prose}");
            assert_eq!(read(&text).published.as_ref().map(|p| p.when.as_str()), expect);
        }
    }

    /// The five scraped articles, where the folder is there.
    #[test]
    fn the_seed_articles() {
        let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds");
        let folder = std::env::var("KUTIP_SEEDS").unwrap_or_else(|_| default.to_owned());
        let Ok(entries) = std::fs::read_dir(&folder) else {
            eprintln!("no seed articles at {folder}: not checked");
            return;
        };
        let mut paths: Vec<_> = entries.map(|e| e.expect("a readable folder").path()).collect();
        paths.sort();
        let mut found: Vec<Provenance> = Vec::new();
        for path in &paths {
            let text = std::fs::read_to_string(path).expect("a UTF-8 file");
            let name = path.file_name().expect("a file").to_string_lossy();
            let document = document(&text, &name, Fields::default());
            found.push(read_document(&document, &paragraphs(&text, "\n")));
            let blocks = read_document(&document, &paragraphs(&text, "\n\n"));
            assert_eq!(shown(&blocks), shown(&found[found.len() - 1]), "{name}");
            for credit in &found[found.len() - 1].agencies {
                assert_eq!(credit.span.of(&text), credit.name, "{name}");
            }
        }
        unify_outlets(&mut found);
        let detik = "Detik-Detik 3.000 Tentara Militer di Rusia Mendadak Diturunkan dari Pesawat di \
            Kazakhstan, Intervensi Militer di Negara Ini Disebut-Sebut Sudah Tidak Bisa Dihindari, \
            Ini Awal Masalahnya";
        let intisari = [Some("Intisari-Online.com"), None, None, None];
        assert_eq!(
            found.iter().map(shown).collect::<Vec<_>>(),
            [
                intisari,
                [
                    Some("Kompas.com"),
                    Some("Menlu AS: Pengaruh Rusia di Kazakhstan Akan Semakin Kuat"),
                    Some("Danur Lambang Pristiandaru"),
                    Some("2022-01-08T06:31:00+07:00"),
                ],
                [None, Some(detik), Some("Afif Khoirul M"), Some("2022-01-08T07:45:00+07:00")],
                intisari,
                intisari,
            ]
        );
        let credits: Vec<Vec<&str>> =
            found.iter().map(|p| p.agencies.iter().map(|a| a.name.as_str()).collect()).collect();
        assert_eq!(credits[1], ["AFP", "AFP"]);
        assert_eq!(credits[3], ["express.co.uk"]);
        assert_eq!((credits[0][0], credits[4][0]), ("Channel News", "Axios"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(
            parts in prop::collection::vec(prop::sample::select(vec![
                "\n", "\n\n", " ", "Penulis", "Kompas.com", " - ", "08/01/2022", ", 06:31 WIB", "(",
                "ANTARA", ")", "Hujan turun di Sagara hari ini dan besok pagi juga.", "Oleh ", "|",
                "\u{feff}", "é", "俄罗斯说。", "Judul Yang Cukup Panjang", "Redaksi", ":", "©",
            ]), 0..30),
        ) {
            let text = parts.concat();
            for separator in ["\n", "\n\n", "|"] {
                let paragraphs = paragraphs(&text, separator);
                let found = read_document(&document(&text, "x.txt", Fields::default()), &paragraphs);
                prop_assert!(found.title.is_none_or(|title| text.contains(&title)));
                prop_assert!(found.author.is_none_or(|author| text.contains(&author)));
                prop_assert!(found.published.is_none_or(|p| p.bounds().0 <= p.bounds().1));
            }
        }

        #[test]
        fn arbitrary_fields_never_panic(
            text in "\\PC{0,80}", url in "\\PC{0,40}", date in "\\PC{0,40}", outlet in "\\PC{0,20}",
        ) {
            let fields = Fields {
                url: Some(url),
                published: Some(date),
                outlet: Some(outlet),
                ..Fields::default()
            };
            read_document(&document(&text, &text, fields), &paragraphs(&text, "\n"));
        }
    }
}
