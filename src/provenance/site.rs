//! Which outlet does a page name once, in a place where pages name their own site?
//!
//! The page's title ("Headline - Nusa Kini"), the copyright line, the masthead above a menu, a
//! desk in the byline ("Redaksi Nusa Kini"), a line that asks the reader to follow it. Each is
//! read by its construction; what the prose itself speaks of is a topic, and no outlet.

use super::byline::{Top, parts};
use super::lexicon::{Class, classes};
use super::outlet::{is_outlet_name, named, prose, site};
use super::stamp::is_person;
use super::words::floor;
use super::{Outlet, OutletBasis, agency};
use crate::text::domain;

/// Bytes at the end of a text that may hold its foot.
const FOOT: usize = 2 << 10;
/// Bytes of a line of the foot at most: longer ones are prose.
const MAX_LINE: usize = 200;

/// The outlet that one line names, from the surest kind of line on.
pub(super) fn named_once(text: &str, top: &Top<'_>) -> Option<Outlet> {
    let rights = || foot(text).find_map(|line| rights_holder(line).filter(|name| !is_wire(name)));
    let desk = || top.bylines().find_map(|line| behind_desk(line, top.body()));
    let followed = || foot(text).find_map(|line| asked_to_follow(line, top.body()));
    named(page_title(top), OutletBasis::Masthead)
        .or_else(|| named(rights(), OutletBasis::Imprint))
        .or_else(|| named(masthead(top), OutletBasis::Masthead))
        .or_else(|| named(desk(), OutletBasis::Masthead))
        .or_else(|| named(followed(), OutletBasis::Imprint))
}

/// The wire service that holds the text's copyright: its own copy, or a subscriber's.
pub(super) fn wire_copyright(text: &str) -> Option<String> {
    foot(text).find_map(|line| rights_holder(line).filter(|name| is_wire(name)))
}

/// The names in those places, for other places to confirm.
pub(super) fn signatures(text: &str, top: &Top<'_>) -> Vec<String> {
    let rights = foot(text).filter_map(rights_holder);
    let followed = foot(text).filter_map(|line| asked_to_follow(line, ""));
    let desks = top.bylines().filter_map(|line| behind_desk(line, ""));
    rights.chain(desks).chain(followed).collect()
}

fn is_wire(name: &str) -> bool {
    agency::known(name).is_some()
}

/// The short lines at the text's end, the last first.
fn foot(text: &str) -> impl Iterator<Item = &str> {
    let start = floor(text, text.len().saturating_sub(FOOT));
    // The line that the reach cuts is none.
    let start = if start == 0 { 0 } else { text[start..].find('\n').map_or(start, |n| start + n) };
    text[start..].lines().rev().map(str::trim).filter(|line| line.len() <= MAX_LINE)
}

/// "Headline - Nusa Kini" above the headline itself.
fn page_title(top: &Top<'_>) -> Option<String> {
    let title = top.title()?;
    top.header_lines().find_map(|line| {
        let rest = line.strip_prefix(title)?.trim_start();
        let name = rest.trim_start_matches(['-', '–', '—', '|', '»', '•', ':']).trim();
        (name.len() < rest.len()).then(|| of_site(name)).flatten()
    })
}

/// A domain, or an outlet's name by its shape and words.
fn of_site(name: &str) -> Option<String> {
    if domain::find(name).any(|span| span.of(name) == name) {
        return Some(name.to_owned());
    }
    (is_outlet_name(name, "") && !is_furniture(name)).then(|| name.to_owned())
}

/// Who holds the copyright: "© 2022 Nusa Kini. Semua hak dilindungi." A company is the owner.
fn rights_holder(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    let claims = ["©", "copyright", "hak cipta", "(c) 20"].iter().any(|mark| lower.contains(mark));
    // "(c) Nusa Kini 2022", and no third item of a list.
    let is_year =
        |word: &str| word.len() == 4 && word.parse().is_ok_and(|y| (1990..2100).contains(&y));
    let dated = || lower.split(|c: char| !c.is_ascii_alphanumeric()).any(is_year);
    if !(claims || lower.starts_with("(c) ") && dated()) {
        return None;
    }
    let bare = |part: &str| {
        let drop = |w: &&str| {
            let word = w.trim_matches(|c: char| !c.is_alphanumeric());
            word.is_empty()
                || word.contains(|c: char| c.is_ascii_digit())
                || word.eq_ignore_ascii_case("c")
                || classes(word).has(Class::Rights)
        };
        // "All" inside a name stays: only what stands around it is dropped.
        let words: Vec<&str> = part.split_whitespace().collect();
        let start = words.iter().position(|w| !drop(w))?;
        let end = words.iter().rposition(|w| !drop(w))? + 1;
        Some(words[start..end].join(" "))
    };
    let companies = |name: &str| name.split(' ').any(|w| classes(w).has(Class::Company));
    if let Some(name) = site(line) {
        return Some(name);
    }
    line.split([',', '|', '.', ';', '-', '–', '—', '/'])
        .filter_map(bare)
        .find(|name| !name.is_empty())
        .map(|name| name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|name| is_outlet_name(name, "") && !companies(name) && !is_furniture(name))
}

/// The page's first line that is no button or section, where a menu is beside it, or where its
/// own words and those of the text show that it is a name and no topic.
fn masthead(top: &Top<'_>) -> Option<String> {
    let title = top.title()?;
    let lines: Vec<&str> = top.header_lines().collect();
    for (at, line) in lines.iter().enumerate() {
        if *line == title || top.is_about(line) {
            return None;
        }
        let mut pieces = parts(line);
        let Some(name) = pieces.next() else { continue };
        let beside = pieces.clone().next().is_some_and(|_| pieces.all(is_menu_entry));
        let below = lines.get(at + 1).is_some_and(|next| is_menu(next));
        let shaped = is_outlet_name(name, top.body()) && 2 <= n_words(name) && !is_furniture(name);
        let placed = name.split(' ').next().is_some_and(is_generic_place);
        if shaped && !placed && (beside || below || is_own_name(name, top.body())) {
            return Some(name.to_owned());
        }
    }
    None
}

/// Whether nothing in the text is called by a word of the name, words of outlets' names and parts
/// of other names aside.
fn is_own_name(name: &str, body: &str) -> bool {
    let told = |word: &str| {
        let known = classes(word);
        4 <= word.len() && !known.any(&[Class::OutletPart, Class::UnitPart]) && mentions(body, word)
    };
    let words = || name.split(|c: char| !c.is_alphanumeric());
    let common = [Class::Furniture, Class::UnitPart, Class::OutletPart, Class::Determiner];
    let telling = words().any(|w| !w.is_empty() && !classes(w).any(&common));
    telling && !words().any(told)
}

/// Whether the word stands in the text, in whatever case.
fn mentions(body: &str, word: &str) -> bool {
    let is = |other: &str| other.eq_ignore_ascii_case(word);
    prose(body).any(|line| line.split(|c: char| !c.is_alphanumeric()).any(is))
}

/// Whether the line is a menu: three entries or more, most of them words of menus.
fn is_menu(line: &str) -> bool {
    let entries = parts(line).count();
    2 <= entries && line.len() <= MAX_LINE && !line.ends_with('.') && {
        let n_known = parts(line).filter(|entry| is_menu_entry(entry)).count();
        entries <= 2 * n_known
    }
}

fn is_menu_entry(entry: &str) -> bool {
    n_words(entry) <= 3 && entry.split(' ').any(|word| classes(word).has(Class::Furniture))
}

/// Whether all the words are of menus and sections, or of services that carry any outlet's news.
fn is_furniture(name: &str) -> bool {
    let known = [Class::Furniture, Class::Platform, Class::Rights, Class::Desk, Class::End];
    name.split([' ', '-']).all(|word| classes(word).any(&known))
}

/// Whether a name that starts with the word is a place's or an office's: "Kota Sagara".
fn is_generic_place(word: &str) -> bool {
    let known = classes(word);
    known.any(&[Class::Unit, Class::UnitPart, Class::Office]) && !known.has(Class::OutletPart)
}

/// "Redaksi Nusa Kini", "By Newsdesk, Selat Post", "Tim Redaksi - Nusa Kini".
fn behind_desk(line: &str, body: &str) -> Option<String> {
    let desk = |word: &str| classes(word.trim_end_matches([',', ':'])).has(Class::Desk);
    let (at, word) = words_at(line).filter(|(_, word)| desk(word)).last()?;
    let rest = line[at + word.len()..].trim_start_matches([' ', ',', '-', '–', '|', '/', '(', ':']);
    let name = rest.split([',', '|', '(', ')', '/', ':']).next().unwrap_or("").trim();
    let name = parts(name).next().unwrap_or("");
    let fits = 2 <= n_words(name) && is_person(name, 2) && is_outlet_name(name, body);
    (fits && !is_furniture(name)).then(|| name.to_owned())
}

/// "Ikuti berita Nusa Kini di Google News", "Artikel ini telah tayang di Nusa Kini dengan …": the
/// one run of capitals in a line that asks to read, follow or install something.
fn asked_to_follow(line: &str, body: &str) -> Option<String> {
    let asks = line.split([' ', '-']).next().is_some_and(|word| classes(word).has(Class::Promo));
    if !asks || line.contains(": ") || 24 < n_words(line) {
        return None;
    }
    let line = line.split(['"', '“']).next().unwrap_or(line);
    let own = |name: &str| !classes(name).has(Class::Platform);
    if let Some(span) = domain::find(line).find(|span| own(domain::without_suffix(span.of(line)))) {
        return Some(span.of(line).to_owned());
    }
    let mut names = runs(line).filter(|name| {
        let is_name = 2 <= n_words(name) || is_two_glued(name);
        let named = is_name && is_outlet_name(name, body) && !is_furniture(name);
        named && (is_own_name(name, body) || has_outlet_word(name)) && leads_to(line, name)
    });
    let name = names.next()?;
    names.next().is_none().then(|| name.to_owned())
}

/// Two capitalised words written as one, as only names of outlets are: "KabarSagara".
fn is_two_glued(name: &str) -> bool {
    let follows = |pair: &[char]| pair[0].is_lowercase() && pair[1].is_uppercase();
    name.chars().collect::<Vec<char>>().windows(2).filter(|pair| follows(pair)).count() == 1
}

/// Whether the words before the name are small ones, of menus and of the press, as in "Baca berita
/// lainnya di …". A link to another article tells of something there.
fn leads_to(line: &str, name: &str) -> bool {
    let before = &line[..name.as_ptr() as usize - line.as_ptr() as usize];
    let known = |word: &str| classes(word.trim_matches(',')) != Default::default();
    before.split_whitespace().all(known) && (2 <= n_words(before) || has_outlet_word(name))
}

/// Whether a word of it is a generic one of outlets' names: "Kabar Sagara".
pub(super) fn has_outlet_word(name: &str) -> bool {
    name.split(' ').any(|word| classes(word).has(Class::OutletPart))
}

/// The runs of capitals in a line, its first word and words for services aside.
fn runs(line: &str) -> impl Iterator<Item = &str> {
    let words: Vec<(usize, &str)> = words_at(line).skip(1).collect();
    let proper = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.starts_with(char::is_uppercase)
            && !classes(bare).any(&[Class::Platform, Class::Medium])
    };
    let mut found: Vec<&str> = Vec::new();
    let mut start = None;
    for &(at, word) in &words {
        let begin = start.filter(|_| proper(word)).unwrap_or(at);
        start = proper(word).then_some(begin);
        if start.is_some() {
            let run = line[begin..at + word.len()].trim_matches(|c: char| !c.is_alphanumeric());
            match found.last_mut().filter(|last| last.as_ptr() == run.as_ptr()) {
                Some(last) => *last = run,
                None => found.push(run),
            }
            // A mark behind a word ends its run.
            start = start.filter(|_| word.ends_with(char::is_alphanumeric));
        }
    }
    found.into_iter()
}

/// The words of a line and where each starts.
fn words_at(line: &str) -> impl Iterator<Item = (usize, &str)> {
    line.split_whitespace().map(|word| (word.as_ptr() as usize - line.as_ptr() as usize, word))
}

fn n_words(text: &str) -> usize {
    text.split_whitespace().count()
}
