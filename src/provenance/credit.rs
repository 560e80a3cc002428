//! Whom does a credit mean, now that the outlets of the batch are known?
//!
//! A credit is read from one text alone, where "dikutip dari Kabar Sagara" may be a report (*kabar*)
//! from Sagara. That the batch has an outlet of this name decides it.

use super::{AgencyCredit, Provenance, outlet};
use crate::document::Document;
use crate::span::ByteSpan;
use ahash::AHashMap;

/// Words that a credit may lack on either side.
const WORDS: usize = 3;

/// Gives the credits that are part of the name of an outlet of the batch that whole name.
pub fn complete_credits(documents: &[Document], provenances: &mut [Provenance]) {
    let outlets = provenances.iter().filter_map(|p| p.outlet.as_ref());
    let names: AHashMap<String, String> =
        outlets.map(|outlet| (outlet.key.clone(), outlet.name.clone())).collect();
    for (document, provenance) in documents.iter().zip(provenances) {
        for credit in &mut provenance.agencies {
            if let Some(whole) = whole(&document.text, credit, &names) {
                *credit = whole;
            }
        }
        // Two credits may have been two parts of one name.
        provenance.agencies.dedup_by_key(|credit| credit.span);
    }
}

/// The longest name of an outlet that the credit is a part of.
fn whole(
    text: &str,
    credit: &AgencyCredit,
    names: &AHashMap<String, String>,
) -> Option<AgencyCredit> {
    let starts = starts_before(text, credit.span.start as usize);
    let ends = ends_behind(text, credit.span.end as usize);
    let wider = starts.iter().flat_map(|&s| ends.iter().map(move |&e| ByteSpan::new(s, e)));
    let longer = wider.filter(|span| credit.span.len() < span.len());
    let named = |span: ByteSpan| Some((names.get(&outlet::key(span.of(text)))?, span));
    let (name, span) = longer.filter_map(named).max_by_key(|(_, span)| span.len())?;
    Some(AgencyCredit { name: name.clone(), span })
}

/// `at`, and where the capitalised words before it start that one space sets apart.
fn starts_before(text: &str, at: usize) -> Vec<usize> {
    let mut starts = vec![at];
    while let Some(before) = text[..starts[starts.len() - 1]].strip_suffix(' ') {
        let len = before.chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8);
        let start = before.len() - len.sum::<usize>();
        if !before[start..].starts_with(char::is_uppercase) || WORDS < starts.len() {
            break;
        }
        starts.push(start);
    }
    starts
}

/// `at`, and where the capitalised words behind it end.
fn ends_behind(text: &str, at: usize) -> Vec<usize> {
    let mut ends = vec![at];
    loop {
        let end = ends[ends.len() - 1];
        let Some(behind) = text[end..].strip_prefix(' ') else { break };
        let len = behind.find(|c: char| !c.is_alphanumeric()).unwrap_or(behind.len());
        if !behind[..len].starts_with(char::is_uppercase) || WORDS < ends.len() {
            break;
        }
        ends.push(end + 1 + len);
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::super::{Outlet, OutletBasis, agency};
    use super::*;
    use crate::document::{Fields, Source};

    #[test]
    fn a_credit_is_completed_to_the_name_of_an_outlet_of_the_batch() {
        let outlets = ["Kabar Sagara", "Tinta Timur", "The Inland Post", "Lentera"];
        for (text, expect) in [
            ("Harga naik, dikutip dari Kabar Sagara, Kamis.", "Kabar Sagara"),
            ("Harga naik, dilansir Tinta Timur.", "Tinta Timur"),
            ("Harga naik, dilansir TINTA TIMUR pekan lalu.", "Tinta Timur"),
            ("Prices rose, the newspaper The Inland Post reported.", "The Inland Post"),
            ("Harga naik, dilansir Gema Timur.", "Gema"),
            ("Harga naik, dilansir AFP, Lentera Pagi tutup.", "AFP"),
        ] {
            let agencies = agency::credits(text, ByteSpan::new(0, text.len()));
            let of_outlet = |name: &str| Provenance {
                outlet: Some(Outlet {
                    name: name.to_owned(),
                    key: outlet::key(name),
                    basis: OutletBasis::Field,
                }),
                ..Provenance::default()
            };
            let source = Source { path: "a".to_owned(), line: None, encoding: "UTF-8" };
            let document = Document { source, fields: Fields::default(), text: text.to_owned() };
            let mut provenances = vec![Provenance { agencies, ..Provenance::default() }];
            provenances.extend(outlets.map(of_outlet));
            complete_credits(&[document], &mut provenances);
            let names: Vec<&str> =
                provenances[0].agencies.iter().map(|c| c.name.as_str()).collect();
            assert_eq!(names, [expect], "{text}");
        }
    }
}
