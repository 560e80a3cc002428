//! What is told of claims that were asked for and are not there?

use super::screen::escape_line;
use super::summary::counted;
use crate::filter::{Asked, Filtered};
use std::io::{self, Write};

/// Writes a line for the speakers and one for the outlets that no claim has, with those that most
/// have; and where all are known but in no claim together, a line that says so.
pub fn tell(filtered: &Filtered, out: &mut dyn Write) -> io::Result<()> {
    if filtered.n_found == 0 {
        return Ok(());
    }
    let found = format!("{} found, none", counted(filtered.n_found, "claim"));
    let kinds =
        [("of", "speakers", &filtered.speakers), ("carried by", "outlets", &filtered.outlets)];
    for (link, kind, asked) in kinds.iter().filter(|(_, _, asked)| !asked.unknown.is_empty()) {
        let most = match asked.most.is_empty() {
            true => format!("no {kind} are known"),
            false => format!("{kind} found: {}", listed(&asked.most, ", ")),
        };
        writeln!(out, "{found} {link} {}; {most}", listed(&asked.unknown, " or "))?;
    }
    if filtered.n_left == 0 && kinds.iter().all(|(_, _, asked)| asked.unknown.is_empty()) {
        let asked = |(link, _, asked): &(&str, &str, &Asked)| {
            format!("{link} {}", listed(&asked.names, " or "))
        };
        let asked: Vec<String> = kinds.iter().map(asked).collect();
        writeln!(out, "{found} {}", asked.join(" and "))?;
    }
    Ok(())
}

fn listed(names: &[String], joint: &str) -> String {
    names.iter().map(|name| escape_line(name)).collect::<Vec<_>>().join(joint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(names: &[&str], unknown: &[&str], most: &[&str]) -> Asked {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Asked { names: owned(names), unknown: owned(unknown), most: owned(most) }
    }

    #[test]
    fn what_is_unknown_is_named_with_what_is_known() {
        let kabar = asked(&["Kabar"], &[], &[]);
        for (n_found, n_left, speakers, outlets, expect) in [
            (0, 0, asked(&["X"], &["X"], &[]), Asked::default(), ""),
            (12, 3, asked(&["Blinken"], &[], &[]), Asked::default(), ""),
            (
                12,
                0,
                asked(&["X", "Y"], &["X", "Y"], &["Tokayev", "a\u{1b}[1m"]),
                Asked::default(),
                "12 claims found, none of X or Y; speakers found: Tokayev, a\\u{1b}[1m\n",
            ),
            (
                1,
                0,
                asked(&["X"], &["X"], &[]),
                kabar.clone(),
                "1 claim found, none of X; no speakers are known\n",
            ),
            (
                5,
                2,
                Asked::default(),
                asked(&["X", "Kabar"], &["X"], &["Kabar", "Warta"]),
                "5 claims found, none carried by X; outlets found: Kabar, Warta\n",
            ),
            (
                5,
                0,
                asked(&["Blinken", "Tokayev"], &[], &[]),
                kabar.clone(),
                "5 claims found, none of Blinken or Tokayev and carried by Kabar\n",
            ),
        ] {
            let filtered = Filtered { n_found, n_left, speakers, outlets };
            let mut told = Vec::new();
            tell(&filtered, &mut told).unwrap();
            assert_eq!(String::from_utf8(told).unwrap(), expect);
        }
    }
}
