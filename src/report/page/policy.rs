//! What may a browser do with the page? Run its one script, apply its one style, and nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The page's style.
pub(super) const STYLE: &str = include_str!("page.css");
/// The page's script.
pub(super) const SCRIPT: &str = include_str!("page.js");

/// The Content Security Policy of a page with the script.
pub(super) fn with_script() -> String {
    format!("{}; script-src '{}'", without_script(), source(SCRIPT))
}

/// The Content Security Policy of a page with the style alone.
pub(super) fn without_script() -> String {
    let style = source(STYLE);
    format!("default-src 'none'; style-src '{style}'; base-uri 'none'; form-action 'none'")
}

/// A source that is allowed by its hash.
fn source(content: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_standards() {
        // The example of the Content Security Policy recommendation, level 2.
        let expect = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=";
        assert_eq!(source("alert('Hello, world.');"), expect);
    }

    #[test]
    fn nothing_ends_the_elements_before_their_end_or_asks_for_a_file() {
        for (own, content) in [("style", STYLE), ("script", SCRIPT)] {
            let lower = content.to_lowercase();
            assert!(!lower.contains(&format!("</{own}")) && !lower.contains("<!--"), "{own}");
            for asks in ["url(", "@import", "http", "fetch(", "innerhtml", "eval("] {
                assert!(!lower.contains(asks), "{own} has {asks}");
            }
        }
    }
}
