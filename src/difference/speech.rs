//! With how strong a verb does a sentence say that something was said?

use super::tables;
use super::words::Words;
use crate::provenance::{SpeechForm, speech_form};
use crate::span::ByteSpan;
use crate::text::tokenize::tokenize;

/// The class of verbs that only report.
const NEUTRAL: &str = "neutral";
/// Bytes of a sentence that are read: longer ones are lists and tables.
const REACH: usize = 2000;

/// A verb of saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verb {
    pub span: ByteSpan,
    pub class: &'static str,
}

impl Verb {
    /// Whether it leaves open that what is said is true: a sentence without it says more.
    pub(super) fn doubts(self) -> bool {
        matches!(self.class, "claim" | "accuse")
    }
}

/// The verb by which `sentence` attributes what stands in `span`: of a quotation the first behind
/// it, else the last before it; of a statement the first of the sentence. Quoted words are none.
pub(super) fn find(text: &str, sentence: ByteSpan, span: ByteSpan, quoted: bool) -> Option<Verb> {
    let inside = sentence.of(text);
    if inside.len() > REACH {
        return None;
    }
    let tokens = tokenize(inside);
    let words = Words::new(inside, &tokens);
    let verbs = verbs(&words).map(|verb| Verb { span: moved(verb.span, sentence.start), ..verb });
    if !quoted {
        return verbs.into_iter().next();
    }
    let mut before = None;
    for verb in verbs {
        if verb.span.start >= span.end {
            return Some(verb);
        }
        if verb.span.end <= span.start {
            before = Some(verb);
        }
    }
    before
}

fn moved(span: ByteSpan, by: u32) -> ByteSpan {
    ByteSpan { start: span.start + by, end: span.end + by }
}

/// The verbs of saying outside quotation marks, in order.
fn verbs<'w>(words: &'w Words<'_>) -> impl Iterator<Item = Verb> + use<'w> {
    let mut quoted = words.text.starts_with(['"', '“', '«']);
    (0..words.len()).filter_map(move |i| {
        let gap = if i == 0 { "" } else { words.gap_before(i) };
        quoted = gap.chars().fold(quoted, |quoted, c| match c {
            '"' => !quoted,
            '“' | '„' | '«' => true,
            '”' | '»' => false,
            _ => quoted,
        });
        // "…, tegas Ratna": as an adjective ("tindakan tegas") such a word follows no mark.
        let behind_mark = gap.contains([',', '"', '”', '»', '?', '!']);
        let is_verb = match speech_form(words.form(i)) {
            Some(SpeechForm::Inverted) => behind_mark,
            Some(SpeechForm::Other) => true,
            None => tables::speech(words.form(i)).is_some(),
        };
        let class = tables::speech(words.form(i)).unwrap_or(NEUTRAL);
        // "is expected to", "lebih mendesak"
        let is_verb = is_verb
            && (behind_mark || !i.checked_sub(1).is_some_and(|b| leads_no_verb(words.form(b))));
        (is_verb && !quoted).then(|| Verb { span: words.tokens[i].span, class })
    })
}

fn leads_no_verb(word: &str) -> bool {
    const BEFORE: [&str; 11] =
        ["is", "are", "was", "were", "be", "been", "being", "lebih", "paling", "sangat", "the"];
    BEFORE.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verb_that_attributes() {
        for (text, quoted, expect) in [
            ("“Stok cukup,” klaim Ratna.", Some("Stok cukup,"), Some(("klaim", "claim"))),
            ("“Stok cukup,” kata Ratna.", Some("Stok cukup,"), Some(("kata", NEUTRAL))),
            ("Ratna menuding, “Stok cukup.”", Some("Stok cukup."), Some(("menuding", "accuse"))),
            ("Polisi mengambil tindakan tegas.", None, None),
            ("Stok cukup, tegas Ratna.", None, Some(("tegas", "firm"))),
            ("He admitted it had been “said”.", None, Some(("admitted", "admit"))),
            ("", None, None),
        ] {
            let span = quoted.map(|words| {
                let at = text.find(words).unwrap();
                ByteSpan::new(at, at + words.len())
            });
            let whole = ByteSpan::new(0, text.len());
            let found = find(text, whole, span.unwrap_or(whole), span.is_some());
            assert_eq!(found.map(|v| (v.span.of(text), v.class)), expect, "{text}");
        }
    }
}
