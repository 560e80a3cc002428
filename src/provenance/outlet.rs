//! Which outlet published a document?
//!
//! The record's own field comes first, then its URL, a masthead above the text, the dateline it
//! starts with, and last the file's name. Structure decides, not a list of outlets; a domain that
//! the text only mentions ("dilansir dari …") is none of these places.

use super::byline::Top;
use super::dateline::{self, MAX_HEAD, dashes};
use super::lexicon::{Class, classes};
use super::stamp::starts_with_label;
use super::words::floor;
use super::{Outlet, OutletBasis, Provenance, agency, site as page};
use crate::document::{Document, Fields};
use crate::span::ByteSpan;
use crate::text::domain;
use crate::text::tokenize::normalize;
use ahash::AHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use url::Url;

/// The outlet of a document, with what it was read from; `None` rather than a guess.
///
/// A wire service's own dateline ("JAKARTA (ANTARA) -") counts last: subscribers print it
/// unchanged. Where nothing else names an outlet, all such copies are one outlet, the agency, so
/// that they never add to the number of outlets.
pub(super) fn of(document: &Document, fields: &Fields, top: &Top<'_>) -> Option<Outlet> {
    let text = document.text.as_str();
    let dateline = || top.opening().and_then(|line| dateline::of(line, top.body()));
    let url = || fields.url.as_deref().and_then(of_url);
    let file_name = || of_path(&document.source.path).map(str::to_owned);
    let of_dateline = |wire: bool| dateline().filter(|d| d.is_wire == wire).map(|d| d.name);
    named(fields.outlet.clone(), OutletBasis::Field)
        .or_else(|| named(url(), OutletBasis::Url))
        .or_else(|| {
            named(masthead(top), OutletBasis::Masthead)
                .or_else(|| named_twice(text, top))
                .or_else(|| named(of_dateline(false), OutletBasis::Dateline))
                .or_else(|| named(header_domain(top), OutletBasis::Masthead))
                .or_else(|| named(file_name(), OutletBasis::FileName))
                .or_else(|| page::named_once(text, top))
                .or_else(|| named(of_dateline(true), OutletBasis::Dateline))
                .or_else(|| named(page::wire_copyright(text), OutletBasis::Imprint))
                .map(|outlet| in_words(in_full(outlet, top), text, top))
        })
}

/// The outlet under its masthead where its dateline shortens that: "Meridian" of "MERIDIAN WIRE NEWS".
fn in_full(outlet: Outlet, top: &Top<'_>) -> Outlet {
    const MOST_WORDS: usize = 4;
    let words = |name: &str| normalize(name).split_whitespace().map(str::to_owned).collect();
    let short: Vec<String> = words(&outlet.name);
    let longer = |part: &&str| {
        let long: Vec<String> = words(part);
        short.len() < long.len() && long.len() <= MOST_WORDS && long.starts_with(&short)
    };
    let masthead = top.header().next().filter(longer);
    let in_full = masthead.filter(|_| outlet.basis == OutletBasis::Dateline);
    in_full.and_then(|name| named(Some(name.to_owned()), outlet.basis)).unwrap_or(outlet)
}

/// The outlet under its name in words where the page gives it too: "Kabar Sagara" for
/// "KABARSAGARA.EXAMPLE".
fn in_words(outlet: Outlet, text: &str, top: &Top<'_>) -> Outlet {
    if outlet.name.contains(' ') || !outlet.name.contains('.') {
        return outlet;
    }
    let spelled = top.header().map(str::to_owned).chain(page::signatures(text, top));
    let name = spelled.into_iter().find(|name| name.contains(' ') && key(name) == outlet.key);
    Outlet { name: name.unwrap_or(outlet.name), ..outlet }
}

pub(super) fn named(name: Option<String>, basis: OutletBasis) -> Option<Outlet> {
    let name = name?.trim().to_owned();
    let key = key(&name);
    (!key.is_empty()).then_some(Outlet { name, key, basis })
}

/// What makes two spellings one outlet: lower-case letters and digits only, no scheme, "www." or
/// web suffix. "Intisari - Online.com" and "Intisari-online.com" are one.
pub fn key(name: &str) -> String {
    let host = Url::parse(name).ok().and_then(|url| url.host_str().map(str::to_owned));
    let name: String = host.as_deref().unwrap_or(name).split_whitespace().collect();
    let bare = domain::without_suffix(&name);
    let key = letters(bare);
    AGENCY_KEYS.get(&key).cloned().unwrap_or(key)
}

/// Lower-case letters and digits, without "the" in front: "The Inland Post" is at
/// inlandpost.example.
fn letters(name: &str) -> String {
    let letters: String = normalize(name).chars().filter(|c| c.is_alphanumeric()).collect();
    let own = letters.strip_prefix("the").filter(|rest| 5 <= rest.len());
    own.map(str::to_owned).unwrap_or(letters)
}

/// The keys of agencies' further spellings, and that of the usual name: "antaranews", "antara".
static AGENCY_KEYS: LazyLock<AHashMap<String, String>> = LazyLock::new(|| {
    agency::spellings().map(|(name, spelling)| (letters(spelling), letters(name))).collect()
});

/// Gives all spellings of one outlet (the same key) one name: the commonest spelling; of equally
/// common ones one that is not all capitals, the shortest, the first in byte order.
pub fn unify_outlets(provenances: &mut [Provenance]) {
    let mut spellings: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for outlet in provenances.iter().filter_map(|p| p.outlet.as_ref()) {
        let counts = spellings.entry(outlet.key.clone()).or_default();
        *counts.entry(outlet.name.clone()).or_default() += 1;
    }
    for outlet in provenances.iter_mut().filter_map(|p| p.outlet.as_mut()) {
        let mut counts = spellings.get(&outlet.key).into_iter().flatten();
        let shouted = |name: &str| !name.contains(char::is_lowercase);
        let rank = |name: &String, count: usize| (Reverse(count), shouted(name), name.len());
        let best = counts.by_ref().min_by_key(|&(name, &count)| rank(name, count));
        if let Some((name, _)) = best {
            outlet.name.clone_from(name);
        }
    }
}

/// The article's URL; of an archived copy the URL that it is a copy of.
pub(super) fn article_url(url: &str) -> Option<Url> {
    let path_end = url.find(['?', '#']).unwrap_or(url.len());
    let inner = ["/https://", "/http://"].iter().filter_map(|s| url[..path_end].rfind(s)).max();
    let url = inner.map_or(url, |at| &url[at + 1..]);
    Url::parse(url)
        .ok()
        .filter(Url::has_host)
        .or_else(|| Url::parse(&format!("https://{url}")).ok())
}

fn of_url(url: &str) -> Option<String> {
    match article_url(url)?.host()? {
        url::Host::Domain(host) => domain::registrable(host),
        _ => None,
    }
}

/// The outlet beside a date above the text.
fn masthead(top: &Top<'_>) -> Option<String> {
    let titled = top.title().is_some();
    top.stamps().into_iter().find_map(|stamp| {
        // A headline may give a time too; then there is no other headline.
        let bare = || (stamp.is_bare_name() && titled).then(|| stamp.before.to_owned());
        site(stamp.before).or_else(bare)
    })
}

/// A domain that is a whole part of the page's first lines.
fn header_domain(top: &Top<'_>) -> Option<String> {
    let whole = |part: &&str| domain::find(part).any(|span| span.of(part) == *part);
    top.header().find(whole).map(str::to_owned)
}

/// Bytes at the start and the end of a text in which a domain or a copyright line may confirm
/// the name of the site.
const EDGE: usize = 2 << 10;

/// A name in one place that may be an outlet's is only confirmed by another: the page's first
/// lines, the dateline, the byline, a domain, the copyright line.
fn named_twice(text: &str, top: &Top<'_>) -> Option<Outlet> {
    let in_dateline: Vec<String> = dateline_parts(top).collect();
    let in_header: Vec<&str> = top.header().collect();
    let edges = [&text[..floor(text, EDGE)], &text[floor(text, text.len().saturating_sub(EDGE))..]];
    let domains: Vec<String> =
        edges.iter().flat_map(|edge| domain::find(edge).map(|span| key(span.of(edge)))).collect();
    let pictures = edges[0].lines().filter_map(picture_credit);
    let mut signed: Vec<String> = top.bylines().chain(pictures).map(key).collect();
    signed.extend(page::signatures(text, top).iter().map(|name| key(name)));
    let candidates = in_header
        .iter()
        .map(|name| (name.to_string(), OutletBasis::Masthead))
        .chain(in_dateline.iter().map(|name| (name.clone(), OutletBasis::Dateline)));
    let desk = |word: &str| classes(word.trim_end_matches(',')).has(Class::Desk);
    let unsigned = |name: &str| !(starts_with_label(name) || name.split(' ').any(desk));
    let fits = |name: &str| is_outlet_name(name, top.body()) && unsigned(name);
    candidates.filter(|(name, _)| fits(name)).find_map(|(name, basis)| {
        let own = key(&name);
        let long = 6 <= own.len() && 2 <= name.split_whitespace().count();
        let places = [
            long && in_header.iter().any(|part| key(part) == own),
            long && in_dateline.iter().any(|part| key(part) == own),
            long && signed.iter().any(|line| line.contains(&own)),
            domains.contains(&own),
        ];
        let confirmed = 2 <= places.iter().filter(|&&place| place).count();
        confirmed.then(|| named(Some(name), basis)).flatten()
    })
}

/// Words of a picture's credit at most.
const MAX_CREDIT: usize = 6;

/// The credit at the end of a caption: "… Foto: Redaksi Kabar Sagara".
fn picture_credit(line: &str) -> Option<&str> {
    let (lead, name) = line.rsplit_once(':')?;
    let label = lead.rsplit(|c: char| !c.is_alphabetic()).next()?;
    // What a caption tells names places and people, and credits nobody.
    let short = name.split_whitespace().count() <= MAX_CREDIT;
    (short && classes(label).has(Class::LabelOther)).then_some(name)
}

/// What may be the outlet in the dateline: its whole, its parts and what is in brackets.
fn dateline_parts(top: &Top<'_>) -> impl Iterator<Item = String> {
    let line = top.opening().unwrap_or("");
    let reach = floor(line, MAX_HEAD);
    let head = dashes(&line[..reach]).next().map_or("", |at| line[..at].trim()).to_owned();
    let parts: Vec<String> = head
        .split([',', '(', ')', '/'])
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty() && agency::known(part).is_none())
        .collect();
    parts.into_iter()
}

/// The last domain in a short text, with the word it needs: "Intisari - Online.com".
pub(super) fn site(text: &str) -> Option<String> {
    let span = domain::find(text).last()?;
    Some(text[site_start(text, span)..span.end as usize].to_owned())
}

/// A domain whose own name is only "online" goes with the word before it.
pub(super) fn site_start(text: &str, span: ByteSpan) -> usize {
    let start = span.start as usize;
    if key(span.of(text)) != "online" {
        return start;
    }
    let before = text[..start].trim_end_matches([' ', '-', '–']);
    before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8))
}

/// One to four capitalised words.
pub(super) fn is_place_name(text: &str) -> bool {
    (1..=4).contains(&text.split_whitespace().count())
        && text.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '('))
}

/// Whether a short capitalised text can be an outlet's name: no number, no month, and the prose
/// tells of nothing that happens in it.
pub(super) fn is_outlet_name(name: &str, body: &str) -> bool {
    let month = |word: &str| super::calendar::month(word.trim_matches('.')).is_some();
    let is_place = |line: &str| PLACES.iter().any(|p| line.contains(&format!("{p}{name}")));
    is_place_name(name)
        && !name.contains(|c: char| c.is_numeric())
        && !name.split_whitespace().any(month)
        && !prose(body).any(is_place)
}

const PLACES: [&str; 4] = [" di ", " ke ", " in ", " at "];

/// The lines that are sentences: a page's foot ("Diskusikan di Lentera Pagi") follows the text.
pub(super) fn prose(body: &str) -> impl Iterator<Item = &str> {
    const SHORT: usize = 40;
    let ended = |line: &&str| {
        let line = line.trim();
        let promo = line.split(' ').next().is_some_and(|word| classes(word).has(Class::Promo));
        !promo && SHORT <= line.len() && line.ends_with(['.', '!', '?', '"', '”', ')', '»'])
    };
    body.lines().filter(ended)
}

/// A domain that is a whole part of the file's name, between underscores or white space, or of a
/// folder's: "kompas.com_001.txt", "kompas.com/001.txt". Of a file, only suffixes that are no usual
/// file extension or language code count.
fn of_path(path: &str) -> Option<&str> {
    let mut parts = path.rsplit(['/', '\\']);
    let stem = parts.next()?.rsplit_once('.').map(|(stem, _)| stem);
    stem.and_then(site_in).or_else(|| parts.find_map(site_in))
}

fn site_in(name: &str) -> Option<&str> {
    name.split(['_', ' ']).find(|part| is_site(part))
}

fn is_site(part: &str) -> bool {
    let Some((_, suffix)) = part.rsplit_once('.') else {
        return false;
    };
    let generic = ["com", "net", "org"].iter().any(|s| suffix.eq_ignore_ascii_case(s));
    let two_labels = 2 <= part.matches('.').count() && suffix.len() == 2;
    (generic || two_labels) && domain::is_domain(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_outlet_have_one_key() {
        for (names, expect) in [
            (
                vec!["Intisari-online.com", "Intisari-Online.com", "Intisari - Online.com"],
                "intisarionline",
            ),
            (
                vec![
                    "Kompas",
                    "KOMPAS.com",
                    "kompas.com",
                    "www.kompas.com",
                    "https://www.kompas.com/",
                ],
                "kompas",
            ),
            (vec!["republika.co.id", "REPUBLIKA.CO.ID", "Republika"], "republika"),
            (vec!["Lentera Pagi", "LENTERA PAGI", "lentera-pagi.example"], "lenterapagi"),
            (vec!["CNN Indonesia", "cnnindonesia.com"], "cnnindonesia"),
            (vec!["-", "???", ""], ""),
        ] {
            for name in names {
                assert_eq!(key(name), expect, "{name:?}");
            }
        }
    }

    #[test]
    fn hosts_of_urls() {
        for (url, expect) in [
            ("https://news.detik.com/berita/d-1/judul", Some("detik.com")),
            ("https://m.republika.co.id/x", Some("republika.co.id")),
            ("http://www.kompas.com", Some("kompas.com")),
            ("amp.kompas.com/global/read/1", Some("kompas.com")),
            ("https://lentera-pagi.example/a?u=https://kompas.com/", Some("lentera-pagi.example")),
            ("https://web.archive.org/web/2022/https://www.kompas.com/x", Some("kompas.com")),
            ("http://127.0.0.1/x", None),
            ("http://localhost/x", None),
            ("", None),
            ("tidak ada", None),
        ] {
            assert_eq!(of_url(url).as_deref(), expect, "{url:?}");
        }
    }

    #[test]
    fn file_names_that_hold_a_domain() {
        for (path, expect) in [
            ("berita/kompas.com_001.txt", Some("kompas.com")),
            ("001_republika.co.id.txt", Some("republika.co.id")),
            ("kompas.com.txt", Some("kompas.com")),
            ("000_8dece1c5b04932b5.txt", None),
            ("lentera-pagi-banjir.txt", None),
            ("kompas-com-001.txt", None),
            ("corpus.id.txt", None),
            ("data.zip", None),
            ("a.tar.gz", None),
            ("-", None),
        ] {
            assert_eq!(of_path(path), expect, "{path:?}");
        }
    }

    #[test]
    fn one_outlet_gets_its_commonest_spelling() {
        let named = |name: &str| Provenance {
            outlet: named(Some(name.to_owned()), OutletBasis::Dateline),
            ..Provenance::default()
        };
        let mut all: Vec<Provenance> =
            ["KOMPAS.com", "Kompas.com", "Kompas.com", "b.com", "B.com", "Tempo"].map(named).into();
        all.push(Provenance::default());
        unify_outlets(&mut all);
        let names: Vec<_> =
            all.iter().map(|p| p.outlet.as_ref().map(|o| o.name.as_str())).collect();
        assert_eq!(
            names,
            [
                Some("Kompas.com"),
                Some("Kompas.com"),
                Some("Kompas.com"),
                Some("B.com"),
                Some("B.com"),
                Some("Tempo"),
                None
            ]
        );
    }
}
