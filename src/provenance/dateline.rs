//! Which outlet does the dateline name that a text starts with?

use super::agency;
use super::lexicon::{Class, classes};
use super::outlet::{is_outlet_name, is_place_name, site_start};
use super::words::floor;
use crate::text::domain;

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
pub(super) const MAX_HEAD: usize = 100;
const MAX_HEAD_WORDS: usize = 12;

/// The dateline at the start of `line`, if it names an outlet: "JAKARTA, KOMPAS.com –",
/// "REPUBLIKA.CO.ID, JAKARTA --", "SAGARA (Warta Bahari) -", "JAKARTA, Lentera Pagi —". `body`
/// is the text that may show that a name is a place's.
pub(super) fn of(line: &str, body: &str) -> Option<Dateline> {
    let reach = floor(line, MAX_HEAD);
    dashes(&line[..reach]).find_map(|at| {
        let head = line[..at].trim();
        let (name, is_wire) = in_head(head, body)?;
        let short = head.split_whitespace().count() <= MAX_HEAD_WORDS;
        // A headline in capitals is no dateline and its text.
        let told = line[at..].contains(char::is_lowercase);
        (short && told).then(|| Dateline { name, is_wire, head: head.to_owned() })
    })
}

/// "Lembah Raya, 14 Maret 2023" of "Suaralembah.example - Lembah Raya, 14 Maret 2023. Kabar …": what
/// stands between the dash and a full stop, where it starts with a place.
pub(super) fn behind_dash(line: &str) -> Option<&str> {
    let reach = floor(line, MAX_HEAD);
    let head = &line[..reach];
    dashes(head).find_map(|at| {
        let rest = head[at..].trim_start_matches(|c: char| !c.is_alphanumeric());
        let (part, _) = rest.split_once(". ")?;
        let (place, _) = part.split_once(',')?;
        is_place_name(place.trim()).then_some(part)
    })
}

/// Where the dashes are that may end a dateline: a hyphen needs white space on a side; a colon
/// or a bar counts too, behind a domain and a place.
pub(super) fn dashes(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices()
        .filter(move |&(at, c)| {
            let rest = &text[at + c.len_utf8()..];
            let spaced = text[..at].ends_with(char::is_whitespace)
                || rest.starts_with(|c: char| c.is_whitespace() || c == '-');
            match c {
                '–' | '—' | '―' => true,
                '-' => spaced,
                ':' | '|' => rest.starts_with(' '),
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
        .or_else(|| by_generic_word(head, body).map(|name| (name, false)))
}

/// "BUANA POST, SAGARA", "SAGARA, RADAR SAMUDRA": beside a place, a name with a word of outlets'
/// names at an end.
fn by_generic_word(head: &str, body: &str) -> Option<String> {
    let parts = head.split_once(',')?;
    let (one, other) = (parts.0.trim(), parts.1.trim());
    let generic = |word: Option<&str>| word.is_some_and(|w| classes(w).has(Class::OutletPart));
    let named = |name: &str| {
        let mut words = name.split(' ');
        let at_end = generic(words.next()) || generic(words.next_back());
        at_end && name.contains(' ') && is_outlet_name(name, body)
    };
    match (named(one) && is_place_name(other), named(other) && is_place_name(one)) {
        (true, false) => Some(one.to_owned()),
        (false, true) => Some(other.to_owned()),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
            ("A POINT? NO, A Party: MARASA COME HOME SINGING", None),
            ("Hujan turun di mana-mana sepanjang hari.", None),
            ("", None),
        ] {
            assert_eq!(of(line, "").map(|d| d.name).as_deref(), expect, "{line:?}");
        }
        let place = "SEOUL, Korea Selatan — Hujan turun di Korea Selatan.";
        assert_eq!(of(place, place), None);
    }
}
