//! Which words does the batch also write apart?
//!
//! "ditiga" is no word of any table, and another article writes "di tiga": whichever of the two is
//! right, for matching they are the same.

use crate::hash::word_hash;
use crate::span::ByteSpan;
use crate::text::tokenize::{Token, normalize, normalize_into};
use ahash::{AHashMap, AHashSet};
use rayon::prelude::*;

/// Words that no table lists, each with the first of the two words that the batch writes for it.
#[derive(Debug, Default)]
pub struct Apart {
    /// XXH3 of the whole to XXH3 of its first part.
    firsts: AHashMap<u64, u64>,
}

/// A shorter token is left alone: "adi" is not "a di".
const LEAST_CHARS: usize = 5;

impl Apart {
    /// Looks through a batch: its texts with their tokens, and whether a table lists a word.
    pub fn find(batch: &[(&str, &[Token])], is_listed: impl Fn(u64) -> bool + Sync) -> Apart {
        let unlisted: Vec<u64> = batch
            .par_iter()
            .flat_map_iter(|(text, tokens)| tokens.iter().map(move |token| (*text, token)))
            .filter(|(text, token)| may_be_glued(token.span.of(text)) && !is_listed(token.word))
            .map(|(_, token)| token.word)
            .collect();
        let unlisted: AHashSet<u64> = unlisted.into_iter().collect();
        let mut found: Vec<(u64, u64)> = batch
            .par_iter()
            .flat_map_iter(|&(text, tokens)| {
                let mut whole = String::new();
                tokens.windows(2).filter_map(move |pair| glued(text, pair, &mut whole))
            })
            .filter(|(whole, _)| unlisted.contains(whole))
            .collect();
        found.par_sort_unstable();
        // Of several ways to write it apart, the commonest; of equally common ones the first.
        let mut firsts: AHashMap<u64, (usize, u64)> = AHashMap::new();
        for same in found.chunk_by(|a, b| a == b) {
            let (whole, first) = same[0];
            let best = firsts.entry(whole).or_insert((0, first));
            if best.0 < same.len() {
                *best = (same.len(), first);
            }
        }
        Apart { firsts: firsts.into_iter().map(|(whole, (_, first))| (whole, first)).collect() }
    }

    /// The tokens of `text`, those that the batch also writes apart cut in two.
    pub fn cut(&self, text: &str, tokens: Vec<Token>) -> Vec<Token> {
        let mut out = Vec::with_capacity(tokens.len());
        for token in tokens {
            match self.firsts.get(&token.word).and_then(|&first| parts(text, token, first)) {
                Some(parts) => out.extend(parts),
                None => out.push(token),
            }
        }
        out
    }
}

fn may_be_glued(word: &str) -> bool {
    word.chars().nth(LEAST_CHARS - 1).is_some() && word.chars().all(char::is_alphabetic)
}

/// Two neighbouring words with only white space between them: what they would be as one word, and
/// the first of them.
fn glued(text: &str, pair: &[Token], whole: &mut String) -> Option<(u64, u64)> {
    let between = ByteSpan { start: pair[0].span.end, end: pair[1].span.start };
    let apart = !between.is_empty() && between.of(text).chars().all(char::is_whitespace);
    apart.then(|| {
        whole.clear();
        pair.iter().for_each(|token| normalize_into(token.span.of(text), whole));
        (word_hash(whole.as_bytes()), pair[0].word)
    })
}

/// The token in two, cut behind the part whose hash is `first`.
fn parts(text: &str, token: Token, first: u64) -> Option<[Token; 2]> {
    let word = token.span.of(text);
    let hash = |part: &str| word_hash(normalize(part).as_bytes());
    let at = word.char_indices().map(|(at, _)| at).find(|&at| hash(&word[..at]) == first)?;
    let middle = token.span.start + at as u32;
    Some([
        Token { span: ByteSpan { start: token.span.start, end: middle }, word: first },
        Token { span: ByteSpan { start: middle, end: token.span.end }, word: hash(&word[at..]) },
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize::tokenize;

    fn cut(texts: &[&str], listed: &[&str]) -> Vec<String> {
        let tokens: Vec<Vec<Token>> = texts.iter().map(|text| tokenize(text)).collect();
        let batch: Vec<(&str, &[Token])> =
            texts.iter().zip(&tokens).map(|(text, tokens)| (*text, tokens.as_slice())).collect();
        let listed: Vec<u64> = listed.iter().map(|word| word_hash(word.as_bytes())).collect();
        let apart = Apart::find(&batch, |word| listed.contains(&word));
        let shown = apart.cut(texts[0], tokens[0].clone());
        shown.iter().map(|token| token.span.of(texts[0]).to_owned()).collect()
    }

    #[test]
    fn what_another_place_writes_apart_is_cut() {
        for (texts, listed, expect) in [
            (&["rumah Ditiga desa", "di tiga kota"][..], &[][..], "rumah|Di|tiga|desa"),
            (&["robmerendam desa", "banjir rob\nmerendam"], &[], "rob|merendam|desa"),
            (&["memang kerjasama itu", "kerja sama itu"], &["kerjasama"], "memang|kerjasama|itu"),
            (&["kotabaru", "kota, baru"], &[], "kotabaru"),
            (&["adi", "a di"], &[], "adi"),
            (&["abcde", "ab cde ab cde abc de"], &[], "ab|cde"),
            (&["1240 rumah", "12 40"], &[], "1240|rumah"),
        ] {
            assert_eq!(cut(texts, listed).join("|"), expect, "{texts:?}");
        }
    }
}
