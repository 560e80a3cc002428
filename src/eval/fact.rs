//! Are the facts on articles and claims right?
//!
//! Facts on an article (outlet, title, author, time) are measured once for each document that a
//! found claim stands in and whose article line says something; its first occurrence speaks for
//! it. Names and titles are the same where their words are: case and punctuation aside. Outlets are
//! the same where their names are spellings of one name: a web suffix, the spaces and "The" aside. Times are
//! compared as exactly as the truth gives them.
//!
//! Agencies are compared as sets: all that the found occurrences of a document credit, against all
//! that its article credits. Records credit agencies at the passage only, so an agency that is
//! credited elsewhere in the article counts as missing. What an outlet of the truth is called for short
//! is that outlet: "Meridian" where the truth has articles of "Meridian Wire News", and no other
//! outlet whose name begins so.
//!
//! Speakers are measured once for each found claim that matches an occurrence of which the truth
//! says who speaks. The claim's speaker is right if it is one of those: the same words, or one name
//! ends with the other ("Blinken", "Antony Blinken"), or the found one goes on where the truth's ends
//! ("the ministry", which is told above to be "the ministry of health").

use super::found::{FoundClaim, FoundFacts};
use super::scene::{At, Scene, words};
use super::truth::TrueArticle;
use super::when::When;
use super::{Share, f1, milli};
use crate::fixed::Milli;
use crate::provenance::outlet_key;
use ahash::AHashMap;
use std::collections::BTreeSet;

/// How often a fact is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Which.
    pub name: FactName,
    /// Where the truth gives it.
    pub share: Share,
    /// Where the truth says that nothing shows it: how often it is given all the same.
    pub invented: Share,
}

/// What is measured as right or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactName {
    /// Who published the article.
    Outlet,
    /// When it was published.
    Published,
    /// Who wrote it.
    Author,
    /// Its headline.
    Title,
    /// Who is quoted.
    Speaker,
}

/// Agencies credited, summed over the documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agencies {
    /// Documents compared.
    pub n: usize,
    /// Credits that both have.
    pub n_right: usize,
    /// Credits of the found claims alone.
    pub n_wrong: usize,
    /// Credits of the truth alone.
    pub n_missing: usize,
}

impl Agencies {
    /// F1 of all credits; `None` where neither side has any.
    pub fn f1(self) -> Option<Milli> {
        let share = |n_other: usize| self.n_right as f64 / (self.n_right + n_other).max(1) as f64;
        let n = self.n_right + self.n_wrong + self.n_missing;
        (0 < n).then(|| milli(f1(share(self.n_wrong), share(self.n_missing))))
    }
}

/// The facts that are right or wrong.
pub(super) fn score(scene: &Scene<'_>) -> Vec<Fact> {
    let found = by_doc(scene);
    let documents: Vec<(&TrueArticle, &FoundFacts)> = (scene.truth.articles.iter())
        .filter_map(|article| Some((article, *found.get(article.doc.as_str())?.first()?)))
        .collect();
    let same = |truth: &str, found: &str| words(truth) == words(found);
    let fact = |name,
                of: fn(&TrueArticle, &FoundFacts) -> Given,
                is_right: &dyn Fn(&str, &str) -> bool| {
        let mut fact = Fact { name, share: Share::default(), invented: Share::default() };
        documents.iter().for_each(|(article, facts)| fact.count(of(article, facts), is_right));
        fact
    };
    vec![
        fact(FactName::Outlet, |t, f| (t.outlet.clone(), f.outlet.clone()), &is_outlet),
        fact(FactName::Published, |t, f| (t.published.clone(), f.published.clone()), &is_when),
        fact(FactName::Author, |t, f| (t.author.clone(), f.author.clone()), &same),
        fact(FactName::Title, |t, f| (t.title.clone(), f.title.clone()), &same),
        speakers(scene),
    ]
}

/// What the truth states, and what was found.
type Given = (super::truth::Stated, Option<String>);

impl Fact {
    fn count(&mut self, (truth, found): Given, is_right: &dyn Fn(&str, &str) -> bool) {
        match (truth, found) {
            (None, _) => {}
            (Some(None), found) => self.invented.count(found.is_some()),
            (Some(Some(truth)), found) => {
                self.share.count(found.is_some_and(|found| is_right(&truth, &found)));
            }
        }
    }
}

/// Spelling variants are one outlet: "Warta Bahari", "wartabahari.example".
fn is_outlet(truth: &str, found: &str) -> bool {
    let key = outlet_key(truth);
    !key.is_empty() && key == outlet_key(found)
}

fn is_when(truth: &str, found: &str) -> bool {
    When::parse(truth).zip(When::parse(found)).is_some_and(|(truth, found)| truth.agrees(found))
}

/// Sets of agencies.
pub(super) fn agencies(scene: &Scene<'_>) -> Agencies {
    let found = by_doc(scene);
    let outlets: BTreeSet<Vec<u64>> = scene
        .truth
        .articles
        .iter()
        .filter_map(|a| Some(words(a.outlet.as_ref()?.as_ref()?)))
        .collect();
    let mut sum = Agencies::default();
    for article in &scene.truth.articles {
        let (Some(truth), Some(facts)) = (&article.agencies, found.get(article.doc.as_str()))
        else {
            continue;
        };
        let set = |names: &mut dyn Iterator<Item = &String>| -> BTreeSet<Vec<u64>> {
            names.map(|name| in_full(words(name), &outlets)).collect()
        };
        let truth = set(&mut truth.iter());
        let found = set(&mut facts.iter().flat_map(|facts| &facts.agencies));
        sum.n += 1;
        sum.n_right += truth.intersection(&found).count();
        sum.n_wrong += found.difference(&truth).count();
        sum.n_missing += truth.difference(&found).count();
    }
    sum
}

/// The one outlet whose name begins with these words, or the words.
fn in_full(name: Vec<u64>, outlets: &BTreeSet<Vec<u64>>) -> Vec<u64> {
    let mut longer = outlets.iter().filter(|outlet| outlet.starts_with(&name));
    match (longer.next(), longer.next()) {
        (Some(outlet), None) => outlet.clone(),
        _ => name,
    }
}

/// The facts of all found occurrences of each document, in the order found.
fn by_doc<'e>(scene: &Scene<'e>) -> AHashMap<&'e str, Vec<&'e FoundFacts>> {
    let mut by_doc: AHashMap<&str, Vec<&FoundFacts>> = AHashMap::new();
    for occurrence in scene.found.claims.iter().flat_map(|claim| &claim.occurrences) {
        by_doc.entry(&occurrence.place.doc).or_default().push(&occurrence.facts);
    }
    by_doc
}

fn speakers(scene: &Scene<'_>) -> Fact {
    let mut fact =
        Fact { name: FactName::Speaker, share: Share::default(), invented: Share::default() };
    for (claim_idx, claim) in scene.found.claims.iter().enumerate() {
        let stated = speakers_at(scene, claim_idx);
        let named: Vec<&str> = stated.iter().copied().flatten().collect();
        if !named.is_empty() {
            fact.share.count(named.iter().any(|name| is_speaker(claim, name)));
        } else if !stated.is_empty() {
            fact.invented.count(claim.speaker.is_some());
        }
    }
    fact
}

/// What the truth states on the speaker at the occurrences that a found claim matches.
fn speakers_at<'e>(scene: &Scene<'e>, claim_idx: usize) -> BTreeSet<Option<&'e str>> {
    let mut speakers = BTreeSet::new();
    for (occurrence_idx, occurrence) in scene.found.claims[claim_idx].occurrences.iter().enumerate()
    {
        for &truth_idx in scene.stated(At { claim_idx, occurrence_idx }) {
            let there = scene.truth.claims[truth_idx].occurrences.iter();
            let there = there.filter(|o| o.place.matches(&occurrence.place));
            speakers.extend(there.filter_map(|o| Some(o.speaker.as_ref()?.as_deref())));
        }
    }
    speakers
}

/// Whether the names are one: one is the end of the other ("Blinken"), or the found one is the
/// fuller: "the ministry" there, which is told to be the foreign ministry above.
fn is_speaker(claim: &FoundClaim, name: &str) -> bool {
    let Some(found) = &claim.speaker else { return false };
    let (found, name) = (words(found), words(name));
    let is_end = found.ends_with(&name) || name.ends_with(&found);
    !found.is_empty() && !name.is_empty() && (is_end || found.starts_with(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_may_be_credited_by_the_beginning_of_its_name() {
        let outlets = ["Meridian Wire News", "Warta Bahari", "Warta Kota"].map(words);
        let outlets = BTreeSet::from(outlets);
        for (credited, expect) in [
            ("Meridian", "Meridian Wire News"),
            ("Meridian Wire", "Meridian Wire News"),
            ("Meridian Wire News", "Meridian Wire News"),
            ("Warta Bahari", "Warta Bahari"),
            // Of two outlets neither; whole words; from the beginning.
            ("Warta", "Warta"),
            ("Merid", "Merid"),
            ("Bahari", "Bahari"),
            ("AFP", "AFP"),
        ] {
            assert_eq!(in_full(words(credited), &outlets), words(expect), "{credited}");
        }
    }
}
