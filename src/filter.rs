//! Which claims are those that somebody asks for, by who says them and who carries them?

use crate::claim::{Claim, ClaimReport};
use crate::document::DocId;
use crate::provenance::{Outlet, Person, folded_name, outlet_key};
use ahash::{AHashMap, AHashSet};
use std::cmp::Reverse;
use std::fmt;

/// What claims are asked for. A claim has to be of one of the persons and carried by one of the
/// outlets, where there are any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Who says it.
    pub speakers: Vec<Person>,
    /// Who carries it, among others.
    pub outlets: Vec<AskedOutlet>,
}

/// An outlet that is asked for, in whatever spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedOutlet {
    typed: String,
    key: String,
}

impl AskedOutlet {
    /// The outlet of that name or address; `None` where it has neither letter nor digit.
    pub fn parse(typed: &str) -> Option<AskedOutlet> {
        let key = outlet_key(typed);
        (!key.is_empty()).then(|| AskedOutlet { typed: typed.trim().to_owned(), key })
    }
}

impl fmt::Display for AskedOutlet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

/// What became of the claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filtered {
    /// Claims found.
    pub n_found: usize,
    /// Those that are asked for.
    pub n_left: usize,
    /// What was asked for of each kind.
    pub speakers: Asked,
    /// The same of outlets.
    pub outlets: Asked,
}

/// Names asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// All of them.
    pub names: Vec<String>,
    /// Those that no claim has.
    pub unknown: Vec<String>,
    /// Where there are such: the names that most claims have, at most [`MOST_NAMED`].
    pub most: Vec<String>,
}

/// Names that are told where a name is unknown.
pub const MOST_NAMED: usize = 3;

impl Filter {
    /// Whether all claims are asked for.
    pub fn is_open(&self) -> bool {
        self.speakers.is_empty() && self.outlets.is_empty()
    }

    /// Takes out of a report the claims that are not asked for, and counts them in it.
    pub fn apply(&self, report: &mut ClaimReport) -> Filtered {
        let (speakers, is_said) = self.by_speaker(report);
        let (outlets, is_carried) = self.by_outlet(report);
        let n_found = report.claims.len();
        let mut asked = is_said.into_iter().zip(is_carried).map(|(said, carried)| said && carried);
        report.claims.retain(|_| asked.next().unwrap_or(false));
        report.n_left_out += n_found - report.claims.len();
        Filtered { n_found, n_left: report.claims.len(), speakers, outlets }
    }

    /// Whether each claim is of one of the persons.
    fn by_speaker(&self, report: &ClaimReport) -> (Asked, Vec<bool>) {
        let named: AHashSet<&str> = report.claims.iter().flat_map(speakers).collect();
        let of = |person: &Person| -> AHashSet<&str> {
            named.iter().copied().filter(|name| person.is(name)).collect()
        };
        let names: Vec<AHashSet<&str>> = self.speakers.iter().map(of).collect();
        let is_asked = |claim: &Claim| {
            names.is_empty() || speakers(claim).any(|name| names.iter().any(|n| n.contains(name)))
        };
        let unknown = self.speakers.iter().zip(&names).filter(|(_, names)| names.is_empty());
        let of_claim = |claim: &'_ Claim| claim.speaker.as_ref().map(|(_, s)| s.name.clone());
        let asked = Asked::of(&self.speakers, unknown.map(|(person, _)| person), || {
            let names = report.claims.iter().filter_map(of_claim);
            most_frequent(names.map(|name| (folded_name(&name), name)))
        });
        (asked, report.claims.iter().map(is_asked).collect())
    }

    /// Whether one of the outlets carries each claim.
    fn by_outlet(&self, report: &ClaimReport) -> (Asked, Vec<bool>) {
        let outlets = |claim: &Claim| -> Vec<&Outlet> {
            let docs: AHashSet<DocId> = claim.occurrences.iter().map(|o| o.doc).collect();
            docs.iter().filter_map(|doc| report.provenance[doc.idx()].outlet.as_ref()).collect()
        };
        let carried: Vec<Vec<&Outlet>> = report.claims.iter().map(outlets).collect();
        let is_one = |asked: &AskedOutlet, outlet: &Outlet| asked.key == outlet.key;
        let is_asked = |carriers: &Vec<&Outlet>| {
            let any = |asked: &AskedOutlet| carriers.iter().any(|outlet| is_one(asked, outlet));
            self.outlets.is_empty() || self.outlets.iter().any(any)
        };
        let known = |asked: &AskedOutlet| carried.iter().flatten().any(|o| is_one(asked, o));
        let unknown = self.outlets.iter().filter(|asked| !known(asked));
        let asked = Asked::of(&self.outlets, unknown, || {
            most_frequent(carried.iter().flat_map(|outlets| {
                let once: AHashMap<&str, &str> =
                    outlets.iter().map(|o| (o.key.as_str(), o.name.as_str())).collect();
                once.into_iter().map(|(key, name)| (vec![key.to_owned()], name.to_owned()))
            }))
        });
        (asked, carried.iter().map(is_asked).collect())
    }
}

impl Asked {
    fn of<'a, T: ToString + 'a>(
        names: &[T],
        unknown: impl Iterator<Item = &'a T>,
        most: impl FnOnce() -> Vec<String>,
    ) -> Asked {
        let unknown: Vec<String> = unknown.map(T::to_string).collect();
        let most = if unknown.is_empty() { Vec::new() } else { most() };
        Asked { names: names.iter().map(T::to_string).collect(), unknown, most }
    }
}

/// The names that a claim and its occurrences give its speaker.
fn speakers(claim: &Claim) -> impl Iterator<Item = &str> {
    let own = claim.speaker.iter().map(|(_, speaker)| speaker);
    let each = claim.occurrences.iter().filter_map(|o| o.speaker.as_ref());
    own.chain(each).map(|speaker| speaker.name.as_str())
}

/// Names by how often their key comes; of equally frequent ones the first in byte order.
fn most_frequent(names: impl Iterator<Item = (Vec<String>, String)>) -> Vec<String> {
    let mut counts: AHashMap<Vec<String>, (usize, String)> = AHashMap::new();
    for (key, name) in names {
        let known = counts.entry(key).or_insert_with(|| (0, name.clone()));
        known.0 += 1;
        // Of several spellings always the same one.
        if name < known.1 {
            known.1 = name;
        }
    }
    let mut counts: Vec<(usize, String)> = counts.into_values().collect();
    counts.sort_unstable_by_key(|(n, name)| (Reverse(*n), name.clone()));
    counts.into_iter().take(MOST_NAMED).map(|(_, name)| name).collect()
}
