//! How many of a story's wordings have each word?
//!
//! A story of thirty articles has thousands of words, and a large batch a story for each article: only
//! the stories that were asked for last are kept.

use crate::document::DocId;
use crate::wording::{WordId, WordingId, Wordings};
use std::cell::RefCell;
use std::mem::take;
use std::sync::{Arc, Mutex, PoisonError};

/// By word, ascending.
#[derive(Debug)]
pub(super) struct Counts(Box<[(WordId, u32)]>);

impl Counts {
    /// Counts the words of the members of a story.
    pub(super) fn of(wordings: &Wordings, members: &[WordingId]) -> Counts {
        TALLY.with_borrow_mut(|tally| tally.count(wordings, members))
    }

    pub(super) fn get(&self, word: WordId) -> u32 {
        let found = self.0.binary_search_by_key(&word, |&(w, _)| w);
        found.map_or(0, |at| self.0[at].1)
    }
}

thread_local! {
    /// The memory that counting takes is asked for once: a story has some ten thousand words, and a
    /// large batch hundreds of thousands of different ones.
    static TALLY: RefCell<Tally> = RefCell::default();
}

/// Counts in places that the numbers of words give.
#[derive(Default)]
struct Tally {
    /// By word: in how many wordings, and which was the last of them. Zeros, before and after.
    places: Vec<(u32, u32)>,
}

impl Tally {
    fn count(&mut self, wordings: &Wordings, members: &[WordingId]) -> Counts {
        self.places.resize(self.places.len().max(wordings.words.len()), (0, 0));
        let mut met: Vec<WordId> = Vec::new();
        for (number, &id) in (1..).zip(members) {
            for &word in &wordings.get(id).words {
                let (n, last) = &mut self.places[word.idx()];
                if *n == 0 {
                    met.push(word);
                }
                *n += u32::from(*last != number);
                *last = number;
            }
        }
        met.sort_unstable();
        Counts(met.iter().map(|word| (*word, take(&mut self.places[word.idx()]).0)).collect())
    }
}

/// Stories that are kept: some 100 MB of them.
const KEPT: usize = 4096;

/// The stories that were asked for last, each in a place that its number gives.
pub(super) struct Recent(Vec<Mutex<Option<Kept>>>);

/// A story's counts, and whose they are.
type Kept = (DocId, Arc<Counts>);

impl Default for Recent {
    fn default() -> Self {
        Recent((0..KEPT).map(|_| Mutex::default()).collect())
    }
}

impl Recent {
    /// The counts of a story, which `count` counts where they are not kept.
    pub(super) fn get(&self, doc: DocId, count: impl FnOnce() -> Counts) -> Arc<Counts> {
        let place = &self.0[doc.idx() % KEPT];
        // What a panicking thread left is whole: it is set at once.
        let kept = place.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match kept {
            Some((of, counts)) if of == doc => counts,
            _ => {
                let counts = Arc::new(count());
                let new = Some((doc, Arc::clone(&counts)));
                *place.lock().unwrap_or_else(PoisonError::into_inner) = new;
                counts
            }
        }
    }
}
