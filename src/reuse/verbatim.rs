//! Which words do two articles have in the same order, however few?
//!
//! Useful to a reader who compares them: what is no passage because it is short is not for that only
//! in one of them. Not useful as evidence: names, titles and stock phrases are such runs.

use crate::hash::hash64_of;
use crate::span::ByteSpan;
use crate::text::Article;
use ahash::AHashSet;
use std::ops::Range;

/// Fewer consecutive words are what any two sentences of a story share.
pub const WORDS: usize = 5;

/// Where each of two articles has at least [`WORDS`] words in a row that the other has in a row too,
/// case and punctuation aside: ascending and apart, each from the first to the last word, within one
/// paragraph that is not among the article's `furniture`.
pub fn runs(articles: [&Article; 2], furniture: [&[ByteSpan]; 2]) -> [Vec<ByteSpan>; 2] {
    let n = WORDS * articles[0].tokens_per_word().max(articles[1].tokens_per_word());
    let [a, b] = [0, 1].map(|side| windows(articles[side], furniture[side], n));
    let hashes = |windows: &[Window]| windows.iter().map(|w| w.hash).collect::<AHashSet<u64>>();
    let [of_a, of_b] = [hashes(&a), hashes(&b)];
    [spans(articles[0], a, &of_b), spans(articles[1], b, &of_a)]
}

/// Consecutive tokens of one paragraph.
struct Window {
    hash: u64,
    tokens: Range<usize>,
}

fn windows(article: &Article, furniture: &[ByteSpan], n: usize) -> Vec<Window> {
    let own = article.paragraphs.iter().filter(|paragraph| !furniture.contains(&paragraph.span));
    let of_paragraph = |within: Range<usize>| {
        let starts = within.start..(within.end + 1).saturating_sub(n);
        starts.map(|start| start..start + n)
    };
    let all = own.flat_map(|paragraph| of_paragraph(article.tokens_in(paragraph.span)));
    let hash =
        |tokens: &Range<usize>| hash64_of(article.tokens[tokens.clone()].iter().map(|t| t.word));
    all.map(|tokens| Window { hash: hash(&tokens), tokens }).collect()
}

/// The windows that the other article has too, those that overlap as one.
fn spans(article: &Article, own: Vec<Window>, other: &AHashSet<u64>) -> Vec<ByteSpan> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for window in own.into_iter().filter(|window| other.contains(&window.hash)) {
        match runs.last_mut() {
            Some(run) if window.tokens.start < run.end => run.end = window.tokens.end,
            _ => runs.push(window.tokens),
        }
    }
    let span = |run: Range<usize>| ByteSpan {
        start: article.tokens[run.start].span.start,
        end: article.tokens[run.end - 1].span.end,
    };
    runs.into_iter().map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Paragraph;
    use crate::text::tokenize::tokenize;

    /// An article with a paragraph a line.
    fn article(text: &str, language: &'static str) -> Article {
        let start = |line: &str| (line.as_ptr() as usize - text.as_ptr() as usize) as u32;
        let span = |line| ByteSpan { start: start(line), end: start(line) + line.len() as u32 };
        let paragraph = |line| Paragraph { span: span(line), boilerplate: false };
        let paragraphs = text.lines().map(paragraph).collect();
        Article {
            tokens: tokenize(text),
            paragraphs,
            language: Some(language),
            passages: Vec::new(),
        }
    }

    #[track_caller]
    fn check(language: &'static str, a: &str, b: &str, expect: [&[&str]; 2]) {
        let articles = [&article(a, language), &article(b, language)];
        let found = runs(articles, [&[], &[]]);
        let shown = [(a, &found[0]), (b, &found[1])]
            .map(|(text, runs)| runs.iter().map(|run| run.of(text)).collect::<Vec<&str>>());
        assert_eq!(shown, expect, "{a:?} {b:?}");
    }

    #[test]
    fn words_in_a_row_that_both_have() {
        let both = |run: &str| format!("Lain hal {run} pula.");
        for (run, is_found) in [("satu dua tiga empat", false), ("satu dua tiga empat lima", true)]
        {
            let found: &[&str] = if is_found { &[run] } else { &[] };
            check("id", &both(run), &format!("Dan {run}"), [found, found]);
        }
        // Case and punctuation aside; once in a, twice in b.
        check(
            "id",
            "Kata \"Satu, dua: TIGA (empat) lima\" itu",
            "satu dua tiga empat lima\nyang satu dua tiga empat lima enam",
            [
                &["Satu, dua: TIGA (empat) lima"],
                &["satu dua tiga empat lima", "satu dua tiga empat lima"],
            ],
        );
        // Not over the end of a paragraph; what overlaps in one is one, what touches is two.
        check("id", "satu dua tiga\nempat lima", "satu dua tiga empat lima", [&[], &[]]);
        check(
            "id",
            "satu dua tiga empat lima enam",
            "satu dua tiga empat lima\ndua tiga empat lima enam",
            [
                &["satu dua tiga empat lima enam"],
                &["satu dua tiga empat lima", "dua tiga empat lima enam"],
            ],
        );
        check(
            "id",
            "a b c d e f g h i j",
            "f g h i j a b c d e",
            [&["a b c d e", "f g h i j"], &["f g h i j", "a b c d e"]],
        );
        check("id", "", "satu dua tiga empat lima", [&[], &[]]);
        // Where characters are tokens, two are a word.
        check("ja", "白浜港は火曜日に貨", "白浜港は火曜日に貨", [&[], &[]]);
        check("ja", "白浜港は火曜日に貨物", "白浜港は火曜日に貨物", [&["白浜港は火曜日に貨物"]; 2]);
    }

    #[test]
    fn furniture_is_no_part_of_either() {
        let text = "satu dua tiga empat lima";
        let [a, b] = [article(text, "id"), article(text, "id")];
        let all = [a.paragraphs[0].span];
        for furniture in [[&all[..], &[]], [&[], &all[..]]] {
            assert_eq!(runs([&a, &b], furniture), [vec![], vec![]]);
        }
        assert_eq!(runs([&a, &b], [&[], &[]]), [all.to_vec(), all.to_vec()]);
    }
}
