//! How is an explanation shown? To read ([`page`]), and as a record ([`record`]).

pub mod page;
pub mod record;

use crate::pipeline::Outcome;
use crate::report::labels;

/// The outcome in a word.
fn outcome(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        Some(Outcome::Joined(status)) => labels::status(status),
        Some(Outcome::NotProposed) => "not-proposed",
        Some(Outcome::Unlike) => "unlike",
        Some(Outcome::Displaced) => "displaced",
        Some(Outcome::Apart) => "apart",
        None => "no-unit",
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::document::{Document, Source};
    use crate::pipeline::{Explained, PassageRef, explain};
    use crate::span::ByteSpan;

    /// Two articles of one story, asked about as a whole.
    pub fn explained(a: &str, b: &str) -> Explained {
        let source = |path: &str| Source { path: path.to_owned(), line: None, encoding: "UTF-8" };
        let document = |path, text: &str| Document {
            source: source(path),
            fields: Default::default(),
            text: text.to_owned(),
        };
        let passage = |path, text: &str| PassageRef {
            source: source(path),
            span: ByteSpan::new(0, text.len()),
        };
        let passages = [passage("a.txt", a), passage("b.txt", b)];
        explain(vec![document("a.txt", a), document("b.txt", b)], &passages)
    }

    pub const A: &str =
        "Banjir rob merendam 1.240 rumah di tiga kelurahan pesisir, kata Wahyu Hidayat.";
    pub const B: &str =
        "Sedikitnya 1.320 rumah di tiga kelurahan pesisir terendam banjir rob, kata Sri Lestari.";

    /// A record with all stages, and one without.
    pub fn records() -> String {
        let mut out = Vec::new();
        super::record::write(&explained(A, B), true, &mut out).unwrap();
        super::record::write(&explained("Satu.", B), false, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_page_names_every_stage() {
        let mut out = Vec::new();
        super::page::write(&explained(A, B), false, &mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        for part in
            ["passages", "candidate: ", "story: ", "alignment", "judgement", "partner: ", "claim: "]
        {
            assert!(page.contains(&format!("\n{part}")), "{part} in:\n{page}");
        }
    }

    #[test]
    fn a_passage_without_a_unit_is_told() {
        let mut out = Vec::new();
        super::page::write(&explained("Satu.", B), false, &mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        assert!(page.contains("FAILED: in no sentence or quotation"), "{page}");
        assert!(!page.contains("judgement"), "{page}");
    }
}
