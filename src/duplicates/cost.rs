//! What memory does it take to find duplicates? Told from the sizes of what is held, before it is.

use super::anchor::{ANCHOR_BYTES, MEMBER_BYTES};
use super::sketches::{RECORD_BYTES, TABLE_BYTES};
use super::{DuplicateParams, Room, Search, group, prefix};

/// What is searched, as far as it decides what memory that takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Documents.
    pub n_documents: u64,
    /// Shingles of an average document, each as often as it stands there.
    pub mean_shingles: u64,
    /// Threads.
    pub n_threads: u64,
}

/// Bytes that are held at once, about, and those that are kept on disk meanwhile. Left out are the sets
/// of a group of like documents that is larger than the sets that are held together:
/// see [`MemoryCost::of_candidate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryCost {
    /// Of the documents, but for their band keys.
    pub records: u64,
    /// Of band keys that memory holds.
    pub keys: u64,
    /// Of what is looked up: bands, copies, groups.
    pub search: u64,
    /// Of the sets of shingles that are held together: of all documents, where all pairs are searched.
    pub shingle_sets: u64,
    /// Of band keys on disk.
    pub on_disk: u64,
}

/// What the allocator adds to a block, and what it rounds its size up to.
const HEADER_BYTES: u64 = 8;
const GRAIN_BYTES: u64 = 16;

impl MemoryCost {
    /// Of finding duplicates in `load` with [`super::find_duplicates`].
    pub fn of(load: &Load, params: &DuplicateParams, room: &Room) -> MemoryCost {
        let n = load.n_documents;
        // Of the rest is told beside.
        let records = n * (RECORD_BYTES - TABLE_BYTES);
        let Search::Bands(banding) = params.search else {
            let shingle_sets = all_sets(load, params);
            return MemoryCost { records, keys: 0, search: 0, shingle_sets, on_disk: 0 };
        };
        let keys = n * 8 * banding.bands as u64;
        let held = keys.min(room.record_bytes().saturating_sub(n * RECORD_BYTES));
        let at_once = load.n_threads.min(banding.bands as u64);
        let tables = at_once * group::band_bytes(n as usize) as u64;
        MemoryCost {
            records,
            keys: held,
            search: tables.min(room.table_bytes(n)),
            shingle_sets: (n * of_set(load)).min(room.set_bytes()),
            on_disk: keys - held,
        }
    }

    /// Of one document that is compared on its shingles.
    pub fn of_candidate(load: &Load) -> u64 {
        of_set(load) + ANCHOR_BYTES as u64
    }

    /// Of all that is in memory.
    pub fn total(&self) -> u64 {
        self.records + self.keys + self.search + self.shingle_sets
    }
}

fn allocated(n_bytes: u64) -> u64 {
    (n_bytes + HEADER_BYTES).next_multiple_of(GRAIN_BYTES)
}

fn of_set(load: &Load) -> u64 {
    allocated(8 * load.mean_shingles) + MEMBER_BYTES as u64
}

/// The sets of all documents, at most.
fn all_sets(load: &Load, params: &DuplicateParams) -> u64 {
    let of_document = prefix::n_bytes(load.mean_shingles, params.measure, params.threshold);
    load.n_documents * (of_document + (MEMBER_BYTES + ANCHOR_BYTES) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duplicates::Measure;
    use crate::fixed::Milli;
    use crate::lsh::Banding;
    use crate::shingle::Shingling;

    fn cost(n_documents: u64, search: Search, memory_bytes: u64) -> MemoryCost {
        let params = DuplicateParams {
            shingling: Shingling::FIVE_WORDS,
            measure: Measure::Jaccard,
            threshold: Milli(800),
            search,
            no_loss: false,
        };
        let load = Load { n_documents, mean_shingles: 300, n_threads: 2 };
        MemoryCost::of(&load, &params, &Room { memory_bytes, temp_dir: "tmp".into() })
    }

    #[test]
    fn more_bands_and_all_sets_take_more() {
        let bands = |bands| Search::Bands(Banding { bands, rows: 4 });
        let cost = |n, search| cost(n, search, 2 << 30);
        let (few, many) = (cost(100_000, bands(8)), cost(100_000, bands(32)));
        assert_eq!(many.keys - few.keys, 100_000 * 24 * 8);
        assert_eq!((many.search, many.on_disk), (few.search, 0));
        // Two bands at a time, of 2^18 places for the 100,000.
        assert_eq!(few.search, (2 << 18) * 16);
        let all = cost(100_000, Search::All);
        assert!(100_000 * 300 * 8 < all.shingle_sets && many.total() < all.total());
        assert_eq!(cost(0, bands(8)).records, 0);
    }

    #[test]
    fn what_memory_does_not_hold_is_on_disk() {
        let search = Search::Bands(Banding { bands: 40, rows: 4 });
        let (ample, scarce) = (cost(1_000_000, search, 2 << 30), cost(1_000_000, search, 1 << 28));
        assert_eq!(ample.on_disk, 0);
        assert_eq!(scarce.keys + scarce.on_disk, ample.keys);
        assert!(scarce.total() <= 1 << 28, "{scarce:?}");
    }
}
