//! Which group does an outlet belong to?
//!
//! Nothing in an article says so: `data/owners.tsv` lists what is publicly known, and a reader's own
//! table overrides it and adds to it.

use super::{Provenance, outlet};
use crate::error::{Error, ErrorKind, Result};
use crate::text::domain;
use ahash::AHashMap;

/// Owners by outlet: tables, of which the last that says anything of an outlet is believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owners(Vec<Table>);

/// Owners by outlet; `None` where a table says that nobody's is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Table {
    /// By domain, in lower case; it counts for the hosts below it too.
    domains: AHashMap<String, Option<String>>,
    /// By [`outlet::key`] of the name.
    names: AHashMap<String, Option<String>>,
}

/// What a row is to look like, for messages.
const EXPECTED: &str = "expected a domain or an outlet's name, a tab, and its owner";

impl Owners {
    /// The table that kutip ships.
    pub fn shipped() -> Owners {
        // A test reads it; a row that cannot be read would cost no more than the table.
        Owners::parse(include_str!("../../data/owners.tsv"), "owners.tsv").unwrap_or_default()
    }

    /// Reads rows of outlet, tab, owner, `#` in front of comments; `-` for an owner says that
    /// nobody's is known. `place` is how messages name the table.
    pub fn parse(table: &str, place: &str) -> Result<Owners> {
        let mut owners = Table::default();
        let table = table.strip_prefix('\u{feff}').unwrap_or(table);
        let is_row = |row: &str| !row.trim().is_empty() && !row.starts_with('#');
        for (line, row) in (1..).zip(table.lines()).filter(|(_, row)| is_row(row)) {
            owners.add(row).map_err(|found| {
                let cause = format!("{EXPECTED}, got {found}");
                let error =
                    Error::new(ErrorKind::Usage, format!("{place}:{line}"), "no owner", cause);
                error.hint("where none is to be known, write - for the owner")
            })?;
        }
        Ok(Owners(vec![owners]))
    }

    /// This table, where `other` says nothing else.
    pub fn overridden_by(mut self, other: Owners) -> Owners {
        self.0.extend(other.0);
        self
    }

    /// Writes down the owner of every outlet that is known.
    pub fn assign(&self, provenances: &mut [Provenance]) {
        for provenance in provenances {
            provenance.owner = self.0.iter().rev().find_map(|t| t.of(provenance)).flatten();
        }
    }
}

impl Table {
    fn add(&mut self, row: &str) -> std::result::Result<(), String> {
        let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        let [name, owner] = cells[..] else {
            return Err(format!("{} cells", cells.len()));
        };
        let key = outlet::key(name);
        if key.is_empty() || owner.is_empty() {
            return Err("an empty cell".to_owned());
        }
        let owner = (owner != "-").then(|| owner.to_owned());
        match domain::is_domain(name) {
            true => self.domains.insert(name.to_lowercase(), owner),
            false => self.names.insert(key, owner),
        };
        Ok(())
    }

    /// By the host of the article's URL, else by the outlet's name: "iNews" is not inews.co.uk.
    fn of(&self, provenance: &Provenance) -> Option<Option<String>> {
        let outlet = provenance.outlet.as_ref()?;
        let url = provenance.url.as_deref().and_then(outlet::article_url);
        let of_url = url.as_ref().and_then(|url| self.of_host(url.host_str()?));
        let is_domain = !outlet.name.contains(' ') && domain::is_domain(&outlet.name);
        let of_name = || match is_domain {
            true => self.of_host(&outlet.name),
            false => self.names.get(&outlet.key).cloned(),
        };
        of_url.or_else(of_name)
    }

    /// From the longest domain to the shortest.
    fn of_host(&self, host: &str) -> Option<Option<String>> {
        let host = host.to_lowercase();
        let dots = host.match_indices('.').map(|(at, _)| at + 1);
        let mut suffixes = std::iter::once(0).chain(dots).map(|at| &host[at..]);
        suffixes.find_map(|suffix| self.domains.get(suffix).cloned())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Outlet, OutletBasis};
    use super::*;

    fn owner(owners: &Owners, name: &str, url: &str) -> Option<String> {
        let outlet =
            Outlet { name: name.to_owned(), key: outlet::key(name), basis: OutletBasis::Field };
        let url = (!url.is_empty()).then(|| url.to_owned());
        let mut found = [Provenance { outlet: Some(outlet), url, ..Provenance::default() }];
        owners.assign(&mut found);
        found[0].owner.clone()
    }

    #[test]
    fn the_shipped_table_is_read_as_it_stands() {
        let table = include_str!("../../data/owners.tsv");
        let owners = Owners::parse(table, "owners.tsv").unwrap();
        let mut seen = std::collections::HashSet::new();
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let (name, expect) = row.split_once('\t').unwrap();
            assert!(seen.insert(name.to_lowercase()), "{name} stands twice");
            assert_eq!(owner(&owners, name, "").as_deref(), Some(expect), "{name}");
        }
    }

    #[test]
    fn an_outlet_is_its_owners_by_its_host_or_its_name() {
        let owners = Owners::shipped();
        for (name, url, expect) in [
            ("Kompas.com", "", Some("Kompas Gramedia")),
            ("KOMPAS", "https://www.kompas.com/read/1", Some("Kompas Gramedia")),
            ("Tribun Jabar", "https://jabar.tribunnews.com/a", Some("Kompas Gramedia")),
            ("Intisari - Online.com", "", Some("Kompas Gramedia")),
            ("intisari", "https://intisari.grid.id/read/1", Some("Kompas Gramedia")),
            ("detikcom", "https://news.detik.com/a", Some("Trans Corp")),
            // A domain says nothing of a namesake.
            ("Merdeka", "", None),
            ("merdeka.example", "https://merdeka.example/a", None),
            ("iNews", "", Some("MNC Group")),
            ("inews.co.uk", "", Some("Daily Mail and General Trust")),
            ("Tempo", "", Some("Tempo Inti Media")),
            ("Lentera Pagi", "", None),
        ] {
            assert_eq!(owner(&owners, name, url).as_deref(), expect, "{name} {url}");
        }
    }

    #[test]
    fn a_readers_table_overrides_and_adds() {
        let own =
            "\u{feff}# mine\n\nLentera Pagi\tPelita Grup\nkompas.com\tSomebody else\r\nDetik\t-\n";
        let owners = Owners::shipped().overridden_by(Owners::parse(own, "mine.tsv").unwrap());
        for (name, url, expect) in [
            ("LENTERA PAGI", "", Some("Pelita Grup")),
            ("Liputan6", "", Some("Emtek")),
            ("Kompas", "https://www.kompas.com/a", Some("Somebody else")),
            ("Detik", "https://news.detik.com/a", None),
        ] {
            assert_eq!(owner(&owners, name, url).as_deref(), expect, "{name}");
        }
    }

    #[test]
    fn a_bad_row_is_named() {
        for (row, expect) in [
            ("Kompas.com Kompas Gramedia", "got 1 cells"),
            ("a\tb\tc", "got 3 cells"),
            ("\tb", "got an empty cell"),
            ("Kompas.com\t", "got an empty cell"),
            ("---\tb", "got an empty cell"),
        ] {
            let error = Owners::parse(&format!("# x\n{row}"), "mine.tsv").unwrap_err().to_string();
            assert!(error.starts_with("mine.tsv:2: no owner: expected a domain"), "{error}");
            assert!(error.contains(expect), "{error}");
        }
    }
}
