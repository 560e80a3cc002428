//! Where does an article say from whom it has a statement? In its sentence, or in one beside it.
//!
//! `Kepada Kabar Sagara, ia menumpahkan isi hati. "…," ucapnya.` goes on with what was told there, and
//! `"…" The remark was first reported by Harbour Courier.` looks back. A sentence that credits somebody
//! itself needs no other.

use super::lexicon::Class;
use super::words::{Gap, Word, words};
use super::{AgencyCredit, beside};
use crate::span::ByteSpan;

/// The sentence of a passage, and with it the one beside it in its paragraph that tells of whom among
/// `credits` the passage is.
pub fn context(
    text: &str,
    passage: ByteSpan,
    sentence: ByteSpan,
    paragraph: ByteSpan,
    credits: &[AgencyCredit],
) -> ByteSpan {
    let is_credited = |span: ByteSpan| credits.iter().any(|credit| span.contains(credit.span));
    if is_credited(sentence) || !is_credited(paragraph) {
        return sentence;
    }
    let before = || introduction(text, passage, sentence, paragraph);
    let behind = || retrospect(text, sentence, paragraph, credits);
    let beside = before().filter(|&before| is_credited(before)).or_else(behind);
    beside.map_or(sentence, |beside| ByteSpan {
        start: sentence.start.min(beside.start),
        end: sentence.end.max(beside.end),
    })
}

/// The sentence before one that begins with the passage and names nobody who says it.
fn introduction(
    text: &str,
    passage: ByteSpan,
    sentence: ByteSpan,
    paragraph: ByteSpan,
) -> Option<ByteSpan> {
    let stretch = |start: u32, end: u32| words(text, ByteSpan { start, end: end.max(start) });
    let begins = stretch(sentence.start, passage.start).is_empty();
    let clause = stretch(passage.end, sentence.end);
    let is_said = !clause.is_empty() && clause.len() <= CLAUSE && clause.iter().all(is_nobody);
    let before = stretch(paragraph.start.min(sentence.start), sentence.start);
    let first = before.iter().rfind(|word| word.gap == Gap::Stop)?;
    (begins && is_said).then_some(ByteSpan { start: first.span.start, end: sentence.start })
}

/// Words of a clause that names nobody: "she said".
const CLAUSE: usize = 4;

fn is_nobody(word: &Word) -> bool {
    !word.capital && !word.classes.any(&[Class::Office, Class::Unit, Class::Determiner])
}

/// The sentence behind, where it begins with "that statement", or is but a credit, as under a picture:
/// "Foto: Antara".
fn retrospect(
    text: &str,
    sentence: ByteSpan,
    paragraph: ByteSpan,
    credits: &[AgencyCredit],
) -> Option<ByteSpan> {
    let words = words(text, ByteSpan { start: sentence.end, end: paragraph.end.max(sentence.end) });
    let start = words.first()?.span.start;
    let next = words.iter().skip(1).find(|word| word.gap == Gap::Stop);
    let end = next.map_or(paragraph.end, |word| word.span.start);
    let credit = credits.iter().find(|c| start <= c.span.start && c.span.end <= end)?;
    let before = words.iter().take_while(|word| word.span.start < credit.span.start);
    let behind = |word: &&Word| credit.span.end <= word.span.start && word.span.end <= end;
    let is_label = |word: &Word| word.is(Class::SourceWord) && !word.classes.any(&GRAMMAR);
    let is_bare = before.clone().all(is_label) && words.iter().filter(behind).count() <= BARE;
    let looks_back = is_bare || before.clone().any(|word| word.classes.any(&BACK));
    (looks_back && before.clone().all(is_small)).then_some(ByteSpan { start, end })
}

/// Words behind the name in a bare credit: "Antara/pool".
const BARE: usize = 2;

/// Of the words for a source, those that belong to a sentence: "kepada", "according".
const GRAMMAR: [Class; 3] = [Class::Preposition, Class::According, Class::End];

/// What points at words that went before.
const BACK: [Class; 2] = [Class::Document, Class::Deictic];

/// Whether the word may stand between "that statement" and who is credited with it.
fn is_small(word: &Word) -> bool {
    let credits = [
        Class::Filler,
        Class::Medium,
        Class::Preposition,
        Class::PressVerb,
        Class::Reports,
        Class::SourceWord,
        Class::SpeechPassive,
    ];
    beside::is_small(word) || word.classes.any(&credits)
}

#[cfg(test)]
mod tests {
    use super::super::agency::{self, Names};
    use super::*;

    /// Whom a text credits with the passage in `«»`, whose sentence ends at `|`, or at the text's end.
    fn credited(marked: &str) -> String {
        let mut text = String::new();
        let (mut marks, mut start_of_sentence, mut end) = (Vec::new(), 0, None);
        for c in marked.chars() {
            match c {
                '«' | '»' => marks.push(text.len()),
                '^' => start_of_sentence = text.len(),
                '|' => end = Some(text.len()),
                _ => text.push(c),
            }
        }
        let sentence = ByteSpan::new(start_of_sentence, end.unwrap_or(text.len()));
        let names = ["Kabar Sagara", "Harbour Courier"].map(|name| (name, name));
        let credits = agency::credits(&text, &Names::of(names.into_iter()));
        let whole = ByteSpan::new(0, text.len());
        let context = context(&text, ByteSpan::new(marks[0], marks[1]), sentence, whole, &credits);
        let inside = credits.iter().filter(|credit| context.contains(credit.span));
        inside.map(|credit| credit.name.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_credit_beside_the_sentence_is_for_it_where_the_sentence_points_there() {
        for (text, expect) in [
            // In the sentence itself.
            (
                "^\"«Hujan turun»,\" kata warga kepada Kabar Sagara.| AFP melaporkan angin.",
                "Kabar Sagara",
            ),
            // The sentence before, and a pronoun.
            ("Kepada Kabar Sagara, ia mengeluh. ^\"«Hujan turun»,\" ucapnya.", "Kabar Sagara"),
            (
                "He spoke to AFP first. Then he told Harbour Courier more. ^\"«Rain fell»,\" he said.",
                "Harbour Courier",
            ),
            ("Kepada Kabar Sagara, ia mengeluh. ^\"«Hujan turun»,\" ucap Wali Kota Sagara.", ""),
            ("Kepada Kabar Sagara, ia mengeluh. ^Lalu \"«hujan turun»,\" ucapnya.", ""),
            ("Kepada Kabar Sagara, ia mengeluh. Angin datang. ^\"«Hujan turun»,\" ucapnya.", ""),
            ("Kepada Kabar Sagara, ia mengeluh. ^«Hujan turun di Sagara.»", ""),
            // The sentence behind.
            (
                "^\"«Rain fell»,\" she said.| The remark was first reported by Harbour Courier.",
                "Harbour Courier",
            ),
            ("^\"«Hujan turun»,\" katanya.| Pernyataan itu dilansir AFP, Kamis.", "AFP"),
            ("^«Warga menunggu hujan, Kamis.»| Foto: Antara/pool", "ANTARA"),
            ("^«Warga menunggu hujan, Kamis.»| (Foto: AFP)", "AFP"),
            ("^«Warga menunggu hujan, Kamis.»| Kepada Kabar Sagara ia mengeluh.", ""),
            ("^\"«Hujan turun»,\" katanya.| Hal itu diberitakan Kabar Sagara.", "Kabar Sagara"),
            ("^\"«Rain fell»,\" she said.| The governor told Harbour Courier of wind.", ""),
            ("^\"«Rain fell»,\" she said.| Wind came. The remark was reported by AFP.", ""),
            ("^\"«Hujan turun»,\" katanya.| Menteri itu dikutip AFP.", ""),
        ] {
            assert_eq!(credited(text), expect, "{text}");
        }
    }
}
