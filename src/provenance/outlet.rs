//! Which outlet published a document?
//!
//! The record's own field comes first, then its URL, a masthead above the text, the dateline it
//! starts with, and last the file's name. Structure decides, not a list of outlets; a domain that
//! the text only mentions ("dilansir dari …") is none of these places.

use super::byline::Top;
use super::lexicon::{Class, classes};
use super::stamp::{is_desk, starts_with_label};
use super::words::floor;
use super::{Outlet, OutletBasis, Provenance, agency};
use crate::document::Document;
use crate::span::ByteSpan;
use crate::text::domain;
use crate::text::tokenize::normalize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use url::Url;

/// The outlet of a document, with what it was read from; `None` rather than a guess.
///
/// A wire service's own dateline ("JAKARTA (ANTARA) -") counts last: subscribers print it
/// unchanged. Where nothing else names an outlet, all such copies are one outlet, the agency, so
/// that they never add to the number of outlets.
pub(super) fn of(document: &Document, top: &Top<'_>) -> Option<Outlet> {
    let dateline = || top.opening().and_then(|line| dateline(line, top.body()));
    let field = || document.fields.outlet.clone();
    let url = || document.fields.url.as_deref().and_then(of_url);
    let file_name = || of_file_name(&document.source.path).map(str::to_owned);
    let of_dateline = |wire: bool| dateline().filter(|d| d.is_wire == wire).map(|d| d.name);
    named(field(), OutletBasis::Field)
        .or_else(|| named(url(), OutletBasis::Url))
        .or_else(|| named(masthead(top), OutletBasis::Masthead))
        .or_else(|| named_twice(&document.text, top))
        .or_else(|| named(of_dateline(false), OutletBasis::Dateline))
        .or_else(|| named(header_domain(top), OutletBasis::Masthead))
        .or_else(|| named(file_name(), OutletBasis::FileName))
        .or_else(|| named(of_dateline(true), OutletBasis::Dateline))
}

fn named(name: Option<String>, basis: OutletBasis) -> Option<Outlet> {
    let name = name?.trim().to_owned();
    let key = key(&name);
    (!key.is_empty()).then_some(Outlet { name, key, basis })
}

/// What makes two spellings one outlet: lower-case letters and digits only, no scheme, "www." or
/// web suffix. "Intisari - Online.com" and "Intisari-online.com" are one.
pub(super) fn key(name: &str) -> String {
    let host = Url::parse(name).ok().and_then(|url| url.host_str().map(str::to_owned));
    let name: String = host.as_deref().unwrap_or(name).split_whitespace().collect();
    let bare = domain::without_suffix(&name);
    normalize(bare).chars().filter(|c| c.is_alphanumeric()).collect()
}

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
    let rights = edges[1].lines().filter(|line| line.contains('©'));
    let pictures = edges[0].lines().filter_map(picture_credit);
    let signed: Vec<String> = top.bylines().chain(rights).chain(pictures).map(key).collect();
    let candidates = in_header
        .iter()
        .map(|name| (name.to_string(), OutletBasis::Masthead))
        .chain(in_dateline.iter().map(|name| (name.clone(), OutletBasis::Dateline)));
    let unsigned = |name: &str| !(starts_with_label(name) || is_desk(name));
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

/// The credit at the end of a caption: "… Foto: Redaksi Kabar Sagara".
fn picture_credit(line: &str) -> Option<&str> {
    let (lead, name) = line.rsplit_once(':')?;
    let label = lead.rsplit(|c: char| !c.is_alphabetic()).next()?;
    classes(label).has(Class::LabelOther).then_some(name)
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
fn site(text: &str) -> Option<String> {
    let span = domain::find(text).last()?;
    Some(text[site_start(text, span)..span.end as usize].to_owned())
}

/// A domain whose own name is only "online" goes with the word before it.
fn site_start(text: &str, span: ByteSpan) -> usize {
    let start = span.start as usize;
    if key(span.of(text)) != "online" {
        return start;
    }
    let before = text[..start].trim_end_matches([' ', '-', '–']);
    before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8))
}

/// An outlet named by the dateline that a text starts with.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// The outlet as written.
    pub name: String,
    /// It is a wire service's: "JAKARTA (ANTARA) -".
    pub is_wire: bool,
    /// Everything before the dash.
    pub head: String,
}

/// Bytes and words of a dateline at most.
const MAX_HEAD: usize = 100;
const MAX_HEAD_WORDS: usize = 12;

/// The dateline at the start of `line`, if it names an outlet: "JAKARTA, KOMPAS.com –",
/// "REPUBLIKA.CO.ID, JAKARTA --", "SAGARA (Warta Bahari) -", "JAKARTA, Lentera Pagi —". `body`
/// is the text that may show that a name is a place's.
pub(super) fn dateline(line: &str, body: &str) -> Option<Dateline> {
    let reach = floor(line, MAX_HEAD);
    dashes(&line[..reach]).find_map(|at| {
        let head = line[..at].trim();
        let (name, is_wire) = in_head(head, body)?;
        let short = head.split_whitespace().count() <= MAX_HEAD_WORDS;
        short.then(|| Dateline { name, is_wire, head: head.to_owned() })
    })
}

/// Where the dashes are that may end a dateline: a hyphen needs white space on a side; a colon
/// counts too, behind a domain and a place.
fn dashes(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices()
        .filter(move |&(at, c)| {
            let rest = &text[at + c.len_utf8()..];
            let spaced = text[..at].ends_with(char::is_whitespace)
                || rest.starts_with(|c: char| c.is_whitespace() || c == '-');
            match c {
                '–' | '—' | '―' => true,
                '-' => spaced,
                ':' => rest.starts_with(' '),
                _ => false,
            }
        })
        .map(|(at, _)| at)
}

/// The outlet in a dateline's head, and whether it is a wire service.
fn in_head(head: &str, body: &str) -> Option<(String, bool)> {
    in_bracket(head, body)
        .or_else(|| by_domain(head).map(|name| (name, false)))
        .or_else(|| behind_place(head, body))
}

/// "KOMPAS.com", "JAKARTA, KOMPAS.com", "Liputan6.com, Jakarta": a domain that starts the head or
/// a part of it, with nothing behind it but a place.
fn by_domain(head: &str) -> Option<String> {
    let span = domain::find(head).next()?;
    let start = site_start(head, span);
    let before = head[..start].trim_end();
    let behind = head[span.end as usize..].trim();
    let starts = before.is_empty() || before.ends_with([',', '-', '–', '—', '/']);
    let place = behind.strip_prefix([',', '-', '–', '—', '(']).map(str::trim);
    let ends = behind.is_empty() || place.is_some_and(|p| is_place_name(p.trim_end_matches(')')));
    let place_first =
        before.is_empty() || is_place_name(before.trim_end_matches([',', '-', '–', '—', '/', ' ']));
    (starts && ends && place_first).then(|| head[start..span.end as usize].to_owned())
}

/// One to four capitalised words.
fn is_place_name(text: &str) -> bool {
    (1..=4).contains(&text.split_whitespace().count())
        && text.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '('))
}

/// "SAGARA (Warta Bahari)", "SAGARA (Antara/Warta Bahari)", "(Reuters)".
fn in_bracket(head: &str, body: &str) -> Option<(String, bool)> {
    let (before, inside) = head.strip_suffix(')')?.rsplit_once('(')?;
    let place = before.split(',').next().unwrap_or(before).trim();
    let placed = place.is_empty() || is_place_name(place) && place == place.to_uppercase();
    let parts = || inside.split('/').map(str::trim);
    let own = parts().find(|part| agency::known(part).is_none() && is_outlet_name(part, body));
    match own.filter(|_| placed) {
        Some(name) => Some((name.to_owned(), false)),
        None => parts().find_map(agency::known).map(|name| (name.to_owned(), true)),
    }
}

/// "JAKARTA, Lentera Pagi", "Jakarta, CNN Indonesia": the last part behind a place. Case tells it
/// from a second place: the outlet is written unlike the place, or with an acronym in it.
fn behind_place(head: &str, body: &str) -> Option<(String, bool)> {
    let (place, name) = head.rsplit_once(',')?;
    let (place, name) = (place.trim(), name.trim());
    let acronym = |word: &str| 2 <= word.len() && word == word.to_uppercase();
    let mixed = name.split_whitespace().any(|word| !acronym(word));
    let differs = place == place.to_uppercase() && mixed;
    let with_acronym = mixed && name.split_whitespace().any(acronym);
    let placed = is_place_name(place) && !head.contains('(');
    let outlet = placed && (differs || with_acronym) && is_outlet_name(name, body);
    outlet.then(|| (name.to_owned(), agency::known(name).is_some() && !with_acronym))
}

/// Whether a short capitalised text can be an outlet's name: no number, no month, and the text
/// tells of nothing that happens in it.
fn is_outlet_name(name: &str, body: &str) -> bool {
    let month = |word: &str| super::calendar::month(word.trim_matches('.')).is_some();
    is_place_name(name)
        && !name.contains(|c: char| c.is_numeric())
        && !name.split_whitespace().any(month)
        && !["di ", "ke ", "in ", "at "].iter().any(|p| body.contains(&format!(" {p}{name}")))
}

/// A domain that is a whole part of the file's name, between underscores or white space:
/// "kompas.com_001.txt". Only suffixes that are no usual file extension or language code count.
fn of_file_name(path: &str) -> Option<&str> {
    let name = path.rsplit(['/', '\\']).next()?;
    let stem = name.rsplit_once('.')?.0;
    stem.split(['_', ' ']).find(|part| {
        let Some((_, suffix)) = part.rsplit_once('.') else {
            return false;
        };
        let generic = ["com", "net", "org"].iter().any(|s| suffix.eq_ignore_ascii_case(s));
        let two_labels = 2 <= part.matches('.').count() && suffix.len() == 2;
        (generic || two_labels) && domain::is_domain(part)
    })
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
    fn datelines_and_what_only_looks_like_one() {
        for (line, expect) in [
            ("WASHINGTON DC, KOMPAS.com – Menteri Luar Negeri AS", Some("KOMPAS.com")),
            ("Intisari-online.com - Kondisi mengerikan", Some("Intisari-online.com")),
            ("Intisari-Online.com- Sudah menjadi", Some("Intisari-Online.com")),
            ("Intisari - Online.com -Fakta bahwa", Some("Intisari - Online.com")),
            ("REPUBLIKA.CO.ID, JAKARTA -- Presiden", Some("REPUBLIKA.CO.ID")),
            ("Bisnis.com, JAKARTA—Presiden", Some("Bisnis.com")),
            ("JAKARTA - Kompas.com - Presiden", Some("Kompas.com")),
            ("JAKARTA, Lentera Pagi — Hujan", Some("Lentera Pagi")),
            ("Jakarta, CNN Indonesia -- Hujan", Some("CNN Indonesia")),
            ("SAGARA (Warta Bahari) - Hujan", Some("Warta Bahari")),
            ("SAGARA (Antara/Warta Bahari) - Hujan", Some("Warta Bahari")),
            ("NUR-SULTAN, Kazakhstan (Harbour Courier) — Rain", Some("Harbour Courier")),
            ("JAKARTA (ANTARA) - Hujan", Some("ANTARA")),
            ("MOSKWA, 8 Januari (TASS) - Hujan", Some("TASS")),
            ("JAKARTA - Hujan turun", None),
            ("BANDUNG, JAWA BARAT - Hujan", None),
            ("Paris, Prancis -- Hujan", None),
            ("JAKARTA, 8 Januari - Hujan", None),
            ("Dilansir dari express.co.uk - Hujan", None),
            ("Badan Meteorologi (BMKG) - lembaga itu", None),
            ("Presiden - yang tiba di Kompas.com - pergi", None),
            ("Hujan turun di mana-mana sepanjang hari.", None),
            ("", None),
        ] {
            assert_eq!(dateline(line, "").map(|d| d.name).as_deref(), expect, "{line:?}");
        }
        let place = "SEOUL, Korea Selatan — Hujan turun di Korea Selatan.";
        assert_eq!(dateline(place, place), None);
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
            assert_eq!(of_file_name(path), expect, "{path:?}");
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
