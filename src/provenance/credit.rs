//! Whom do articles credit, now that the outlets of the batch are known?
//!
//! In "dikutip dari Kabar Sagara" a report (*kabar*) from Sagara may be meant, and "told Meridian" may
//! name a person or a city: that the batch has an outlet of this name decides it. What an outlet is
//! called for short is read from its own articles, which credit themselves so: "(Meridian) -".

use super::Provenance;
use super::agency::{self, Names};
use crate::document::Document;
use crate::text::domain;
use ahash::AHashMap;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Articles of an outlet that are read for what it calls itself.
const READ: usize = 64;

/// Reads the agencies, and the outlets beside its own, that each document credits. Outlets have one
/// name each.
pub fn read_credits(documents: &[Document], provenances: &mut [Provenance]) {
    let spellings = spellings(documents, provenances);
    let pairs = || spellings.iter().map(|(spelling, name)| (name.as_str(), spelling.as_str()));
    let names = Names::of(pairs());
    (documents, provenances).into_par_iter().for_each(|(document, provenance)| {
        let own = provenance.outlet.as_ref().map(|outlet| outlet.name.as_str());
        let is_own = |name: &str| own == Some(name) && agency::known(name).is_none();
        provenance.agencies = agency::credits(&document.text, &names);
        provenance.agencies.retain(|credit| !is_own(&credit.name));
    });
}

/// The names of the batch's outlets by their spellings; a spelling of two outlets is none.
fn spellings(documents: &[Document], provenances: &[Provenance]) -> BTreeMap<String, String> {
    let mut by_spelling: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |spelling: &str, name: &str| {
        by_spelling.entry(spelling.to_owned()).or_default().insert(name.to_owned());
    };
    let mut articles: AHashMap<&str, Vec<usize>> = AHashMap::new();
    for (at, provenance) in provenances.iter().enumerate() {
        if let Some(outlet) = &provenance.outlet {
            articles.entry(&outlet.name).or_default().push(at);
        }
    }
    for (name, articles) in articles {
        let bare = domain::without_suffix(name);
        let bare = capitalised(bare.strip_prefix("The ").unwrap_or(bare));
        [name, &bare].into_iter().for_each(|spelling| add(spelling, name));
        let texts = articles.iter().take(READ).map(|&at| documents[at].text.as_str());
        if let Some(short) = short_name(&bare, texts) {
            add(short, name);
        }
    }
    let one = |(spelling, names): (String, BTreeSet<String>)| {
        let name = names.first().filter(|_| names.len() == 1).cloned();
        name.map(|name| (spelling, name))
    };
    by_spelling.into_iter().filter_map(one).collect()
}

/// "Kabar Sagara" for "KABAR SAGARA", as running text has it.
fn capitalised(name: &str) -> String {
    let word = |word: &str| match word.char_indices().nth(1) {
        Some((second, _)) if !name.contains(char::is_lowercase) => {
            word[..second].to_owned() + &word[second..].to_lowercase()
        }
        _ => word.to_owned(),
    };
    name.split(' ').map(word).collect::<Vec<String>>().join(" ")
}

/// The longest beginning of an outlet's name, of whole words, by which an article of its own credits
/// it.
fn short_name<'n, 't>(name: &'n str, texts: impl Iterator<Item = &'t str>) -> Option<&'n str> {
    let ends = name.match_indices(' ').map(|(at, _)| at).rev();
    let shorts: Vec<&str> = ends.map(|end| &name[..end]).collect();
    let shortest = shorts.last()?;
    let names = Names::of(shorts.iter().chain([&name]).map(|&short| (short, short)));
    let credited: BTreeSet<String> = texts
        .filter(|text| text.contains(shortest))
        .flat_map(|text| agency::credits(text, &names))
        .map(|credit| credit.name)
        .collect();
    shorts.into_iter().find(|&short| credited.contains(short))
}

#[cfg(test)]
mod tests {
    use super::super::{Outlet, OutletBasis, outlet};
    use super::*;
    use crate::document::{Fields, Source};

    /// The names credited by the last of some articles, each with its outlet.
    fn credited<const N: usize>(articles: [(&str, &str); N]) -> Vec<String> {
        let document = |(_, text): &(&str, &str)| {
            let source = Source { path: "a".to_owned(), line: None, encoding: "UTF-8" };
            Document { source, fields: Fields::default(), text: (*text).to_owned() }
        };
        let provenance = |(name, _): &(&str, &str)| {
            let (name, key) = ((*name).to_owned(), outlet::key(name));
            let outlet =
                (!key.is_empty()).then_some(Outlet { name, key, basis: OutletBasis::Field });
            Provenance { outlet, ..Provenance::default() }
        };
        let documents: Vec<Document> = articles.iter().map(document).collect();
        let mut provenances: Vec<Provenance> = articles.iter().map(provenance).collect();
        read_credits(&documents, &mut provenances);
        let last = provenances.pop().unwrap_or_default();
        last.agencies.into_iter().map(|credit| credit.name).collect()
    }

    #[test]
    fn an_outlet_of_the_batch_is_credited_wherever_an_agency_can_be() {
        for (text, expect) in [
            ("Harga naik, dikutip dari Kabar Sagara, Kamis.", "Kabar Sagara"),
            ("Harga naik, dilansir Tinta Timur.", "Tinta Timur"),
            ("Harga naik, dilansir TINTA TIMUR pekan lalu.", "Tinta Timur"),
            ("\"Harga naik,\" kata menteri kepada Tinta Timur.", "Tinta Timur"),
            ("Harga, menurut Tinta Timur, naik.", "Tinta Timur"),
            ("Prices rose, the newspaper The Inland Post reported.", "The Inland Post"),
            ("\"Prices rose,\" she told the Inland Post.", "The Inland Post"),
            ("Harga naik, dilansir Warta Bahari.", "WARTA BAHARI"),
            ("Harga naik, kata menteri kepada Kompas.", "Kompas.com"),
            ("Harga naik, dilansir Gema Timur.", "Gema"),
            ("Harga naik, dilansir AFP, Lentera Pagi tutup.", "AFP"),
            // No credit, or no outlet of the batch.
            ("Harga naik di Tinta Timur.", ""),
            ("\"Harga naik,\" kata menteri kepada Timur.", ""),
        ] {
            let outlets = ["Kabar Sagara", "Tinta Timur", "The Inland Post", "Lentera"];
            let [a, b, c, d] = outlets.map(|outlet| (outlet, ""));
            let found =
                credited([a, b, c, d, ("WARTA BAHARI", ""), ("Kompas.com", ""), ("", text)]);
            assert_eq!(found.join(" "), expect, "{text}");
        }
    }

    #[test]
    fn an_outlet_is_called_as_it_calls_itself() {
        let text = "\"Rates will stay,\" the governor told Meridian.";
        for (own, expect) in [
            ("MARASA, May 15 (Meridian) - Rates will stay.", "MERIDIAN WIRE NEWS"),
            ("The governor told Meridian that rates will stay.", "MERIDIAN WIRE NEWS"),
            ("Meridian is where the sun stands at noon.", ""),
            ("MARASA, May 15 (Meridian Wire News) - Rates will stay.", ""),
        ] {
            assert_eq!(credited([("MERIDIAN WIRE NEWS", own), ("", text)]).join(" "), expect);
        }
        // What two call themselves is neither.
        let own = "MARASA (Meridian) - Rates will stay.";
        let two = [("Meridian Wire News", own), ("Meridian Times", own), ("", text)];
        assert_eq!(credited(two).join(" "), "");
    }
}
