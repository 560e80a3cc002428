//! Which documents are read again at a time, and what are they compared on?
//!
//! Groups are taken in batches whose shingles memory holds. All documents of a batch are read in
//! their order, and so from the front of a file to its end.

use super::anchor::{self, Candidate, Compared};
use super::group::Group;
use super::{DuplicateParams, Sketcher, Sketches, Texts, prefix};
use crate::error::Result;
use crate::shingle::ShingleSet;
use rayon::prelude::*;

/// Groups that are taken together. A group that is larger than what is usually taken is a batch of its
/// own.
///
/// Errors for a group that memory is not to hold.
pub fn of_groups<'g>(
    groups: &'g [Group],
    sketches: &'g Sketches,
    params: &DuplicateParams,
) -> impl Iterator<Item = Result<&'g [Group]>> {
    let (room, mut rest) = (sketches.room(), groups);
    std::iter::from_fn(move || {
        let first = rest.first()?;
        let largest = n_bytes(first, sketches, params);
        if room.compared_bytes(sketches.len() as u64) < largest {
            let n = first.docs.len();
            rest = &[];
            return Some(Err(room.too_little(format!(
                "{n} records that are compared with each other take about {} MB",
                largest / 1_000_000
            ))));
        }
        let mut left_bytes = room.set_bytes();
        let fits = |group: &&Group| {
            let left = left_bytes.checked_sub(n_bytes(group, sketches, params));
            left_bytes = left.unwrap_or(0);
            left.is_some()
        };
        let n_taken = rest.iter().take_while(fits).count().max(1);
        let (batch, others) = rest.split_at_checked(n_taken)?;
        rest = others;
        Some(Ok(batch))
    })
}

/// What it takes, about, to compare the documents of a group.
fn n_bytes(group: &Group, sketches: &Sketches, params: &DuplicateParams) -> u64 {
    let n_shingles = |&doc: &u32| u64::from(sketches.n_shingles(doc as usize));
    let n_shingles: u64 = group.docs.iter().map(n_shingles).sum();
    let n_docs = group.docs.len() as u64;
    match group.compared(params) {
        Compared::Prefixes => {
            // Of the shortest records that is the most.
            let beside = n_docs * (anchor::MEMBER_BYTES + anchor::ANCHOR_BYTES) as u64;
            beside + prefix::n_bytes(n_shingles, params.measure, params.threshold)
        }
        Compared::All | Compared::Bands => {
            (n_shingles + n_docs * params.n_bands() as u64 * 6) * size_of::<u64>() as u64
        }
    }
}

/// The documents of each group with what they are compared on.
pub fn read(
    groups: &[Group],
    texts: &(impl Texts + ?Sized),
    params: &DuplicateParams,
    sketcher: &Sketcher,
) -> Result<Vec<Vec<Candidate>>> {
    let of_group = |(idx, group): (usize, &Group)| -> Vec<(u32, usize)> {
        group.docs.iter().map(|&doc| (doc, idx)).collect()
    };
    let mut docs: Vec<(u32, usize)> = groups.iter().enumerate().flat_map(of_group).collect();
    docs.sort_unstable();
    let candidate = |&(doc, idx): &(u32, usize)| {
        let doc = doc as usize;
        let shingles = texts.with_text(doc, |text| ShingleSet::of_text(text, params.shingling))?;
        let band_keys = match groups[idx].compared(params) {
            Compared::Bands => sketcher.keys(shingles.hashes()),
            Compared::All | Compared::Prefixes => Box::default(),
        };
        Ok((idx, Candidate { doc, shingles, band_keys }))
    };
    let read: Vec<(usize, Candidate)> = docs.par_iter().map(candidate).collect::<Result<_>>()?;
    let mut candidates: Vec<Vec<Candidate>> =
        groups.iter().map(|group| Vec::with_capacity(group.docs.len())).collect();
    read.into_iter().for_each(|(idx, candidate)| candidates[idx].push(candidate));
    Ok(candidates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duplicates::{Load, Measure, MemoryCost, Room, Search, Sketch};
    use crate::fixed::Milli;
    use crate::shingle::Shingling;

    #[test]
    fn short_records_take_what_is_planned_for_them() {
        let params = DuplicateParams {
            shingling: Shingling::Words(3),
            measure: Measure::Jaccard,
            threshold: Milli(450),
            search: Search::All,
            no_loss: false,
        };
        let room = Room { memory_bytes: Room::LEAST_BYTES, temp_dir: "tmp".into() };
        let mut sketches = Sketches::new(&params, room.clone());
        let sketch = Sketch { n_shingles: 1, preference: 0, sum: 7, keys: Box::default() };
        let n = 1000;
        (0..n).for_each(|_| sketches.push(&sketch, false).unwrap());
        let group = super::super::group::of_all(&vec![true; n]);
        let load = Load { n_documents: n as u64, mean_shingles: 1, n_threads: 1 };
        let planned = MemoryCost::of(&load, &params, &room).shingle_sets;
        let taken = n_bytes(&group, &sketches, &params);
        // Rounded otherwise.
        assert!((planned..2 * planned).contains(&taken), "{taken} where {planned} are planned");
    }
}
