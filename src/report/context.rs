//! The words around a span, as the W3C text quote selector has them: enough to find the passage
//! again in another copy of the text.

use crate::span::ByteSpan;
use unicode_segmentation::UnicodeSegmentation;

/// Most code points on either side.
const MAX_CHARS: usize = 32;

/// Bytes looked at on either side. Whether two characters belong together can hang on all that
/// stands before them (a row of flags), and a hostile text is all flags.
const MAX_BYTES: usize = 4096;

/// Up to 32 code points of `text` before the span, in whole graphemes.
pub(super) fn prefix(text: &str, span: ByteSpan) -> &str {
    let end = span.start as usize;
    let mut from = end.saturating_sub(MAX_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = &text[from..end];
    let n_bytes = whole_graphemes(window.graphemes(true).rev());
    &window[window.len() - n_bytes..]
}

/// Up to 32 code points of `text` after the span, in whole graphemes.
pub(super) fn suffix(text: &str, span: ByteSpan) -> &str {
    let start = span.end as usize;
    let mut to = text.len().min(start.saturating_add(MAX_BYTES));
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let window = &text[start..to];
    &window[..whole_graphemes(window.graphemes(true))]
}

/// Bytes of the leading graphemes that have at most [`MAX_CHARS`] code points together.
fn whole_graphemes<'t>(graphemes: impl Iterator<Item = &'t str>) -> usize {
    let mut n_chars = 0;
    graphemes
        .take_while(|grapheme| {
            n_chars += grapheme.chars().count();
            n_chars <= MAX_CHARS
        })
        .map(str::len)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn at_most_32_code_points_and_no_grapheme_cut() {
        let flags = "🇮🇩".repeat(20);
        for (text, exact, before, after) in [
            ("kata Blinken", "kata", "", " Blinken"),
            ("kata Blinken", "Blinken", "kata ", ""),
            ("", "", "", ""),
            // 33 code points: the accent would be left without its letter.
            (&format!("e\u{301}{}X", "a".repeat(31)), "X", &"a".repeat(31), ""),
            (&format!("X{}e\u{301}", "a".repeat(31)), "X", "", &"a".repeat(31)),
            (&format!("a{flags}X"), "X", &flags[flags.len() - 128..], ""),
            // One grapheme of more than 32.
            (&format!("X{}", "\u{301}".repeat(40)), "", "", ""),
        ] {
            let start = text.find(exact).unwrap();
            let span = ByteSpan::new(start, start + exact.len());
            assert_eq!((prefix(text, span), suffix(text, span)), (before, after), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_parts_fit_together(text in "[a 👍🏽🇮🇩é\u{301}\u{200d}\r\n가ก]{0,90}", cut in 0..90usize) {
            let bounds: Vec<usize> =
                text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let at = bounds[cut % bounds.len()];
            let span = ByteSpan::new(at, at);
            let (before, after) = (prefix(&text, span), suffix(&text, span));
            prop_assert!(text[..at].ends_with(before) && text[at..].starts_with(after));
            prop_assert!(before.chars().count() <= 32 && after.chars().count() <= 32);
            prop_assert!(bounds.contains(&(at - before.len())));
            prop_assert!(bounds.contains(&(at + after.len())));
        }
    }
}
