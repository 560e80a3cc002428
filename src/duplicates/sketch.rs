//! What is remembered of a document while all are read?

use super::{DuplicateParams, SIGNATURE, Search};
use crate::lsh::Banding;
use crate::minhash::MinHasher;
use crate::shingle::Shingling;
use std::cell::RefCell;

/// A document, as far as it takes to find what may be like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Number of shingles, each as often as it stands there.
    pub n_shingles: u32,
    /// The less, the sooner the document is kept rather than one that is like it.
    pub preference: i64,
    /// Sum of the shingles' hashes: documents of the same shingles have the same.
    pub(super) sum: u64,
    /// One a band; none of a document without shingles, or where no bands are asked for.
    pub(super) keys: Box<[u64]>,
}

/// Makes sketches.
#[derive(Debug)]
pub struct Sketcher {
    shingling: Shingling,
    bands: Option<(Banding, MinHasher)>,
}

impl Sketcher {
    /// Sketches that find what `params` ask for.
    pub fn new(params: &DuplicateParams) -> Self {
        let bands = match params.search {
            Search::Bands(banding) => Some((banding, MinHasher::new(banding.k(), 1))),
            Search::All => None,
        };
        Sketcher { shingling: params.shingling, bands }
    }

    /// The sketch of a text, of no preference.
    pub fn sketch(&self, text: &str) -> Sketch {
        SHINGLES.with_borrow_mut(|shingles| {
            shingles.clear();
            self.shingling.hash(text, shingles);
            Sketch {
                n_shingles: shingles.len() as u32,
                preference: 0,
                sum: shingles.iter().fold(0, |sum, &hash| sum.wrapping_add(hash)),
                keys: self.keys(shingles),
            }
        })
    }

    /// The band keys of a document with these shingles, whatever their order and number.
    pub(super) fn keys(&self, shingles: &[u64]) -> Box<[u64]> {
        match &self.bands {
            Some((banding, hasher)) if !shingles.is_empty() => {
                let mut signature = [0; SIGNATURE];
                let signature = &mut signature[..banding.k()];
                hasher.sign(shingles, signature);
                banding.keys(signature).collect()
            }
            _ => Box::default(),
        }
    }
}

thread_local! {
    /// A thread's memory for shingles: sketches come by the million.
    static SHINGLES: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}
