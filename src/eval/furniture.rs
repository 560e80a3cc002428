//! Is what was taken for site furniture no part of the article, and is all of it found?
//!
//! Counted in the documents that the truth names and whose found record says what was taken, where
//! the truth names any furniture at all: a truth that does names all of its documents' furniture.
//!
//! * In *code points* that show something (white space aside): precision of those taken, recall of
//!   the truth's.
//! * In *blocks*: taken ones more than half of whose code points are furniture, and blocks of the
//!   truth more than half of whose code points are taken.

use super::place::Place;
use super::scene::Scene;
use super::{Agreement, Share};
use crate::text::paragraph::is_blank;
use ahash::{AHashMap, AHashSet};

/// What was taken for furniture, measured against what is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Furniture {
    /// Documents that are compared.
    pub n_documents: usize,
    /// In code points.
    pub chars: Agreement,
    /// In blocks.
    pub blocks: Agreement,
}

/// Compares the furniture of all documents that both sides know.
pub(super) fn score(scene: &Scene<'_>) -> Furniture {
    if scene.truth.furniture.is_empty() {
        return Furniture::default();
    }
    let articles = scene.found.articles.iter().filter(|article| scene.truth.knows(&article.name));
    let docs: AHashSet<&str> = articles.clone().map(|article| article.name.as_str()).collect();
    let taken: Vec<&Place> = articles.flat_map(|article| &article.furniture).collect();
    let truth = scene.truth.furniture.iter();
    let true_blocks: Vec<&Place> = truth.filter(|block| docs.contains(&block.doc[..])).collect();
    let (of_taken, of_truth) = (covered(&taken, &true_blocks), covered(&true_blocks, &taken));
    Furniture {
        n_documents: docs.len(),
        chars: Agreement { precision: in_chars(&of_taken), recall: in_chars(&of_truth) },
        blocks: Agreement { precision: in_blocks(&of_taken), recall: in_blocks(&of_truth) },
    }
}

/// Of each block, the code points that one of `others` covers too.
fn covered(blocks: &[&Place], others: &[&Place]) -> Vec<Share> {
    let mut by_doc: AHashMap<&str, Vec<&Place>> = AHashMap::new();
    for other in others {
        by_doc.entry(&other.doc).or_default().push(other);
    }
    let n_covered = |block: &Place| {
        let others = by_doc.get(block.doc.as_str()).into_iter().flatten();
        others.map(|other| n_shown(&String::from_utf8_lossy(block.common(other).0))).sum()
    };
    blocks.iter().map(|b| Share { n_right: n_covered(b), n: n_shown(&b.exact) }).collect()
}

fn n_shown(text: &str) -> usize {
    text.chars().filter(|&c| !is_blank(c)).count()
}

fn in_chars(blocks: &[Share]) -> Share {
    blocks.iter().fold(Share::default(), |sum, block| Share {
        n_right: sum.n_right + block.n_right,
        n: sum.n + block.n,
    })
}

fn in_blocks(blocks: &[Share]) -> Share {
    Share::of(blocks.iter().map(|block| block.n < 2 * block.n_right))
}
