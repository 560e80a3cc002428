//! Which documents are read again at a time, and what are they compared on?
//!
//! Groups are taken in batches whose shingles memory holds. All documents of a batch are read in
//! their order, and so from the front of a file to its end.

use super::anchor::Candidate;
use super::group::Group;
use super::{DuplicateParams, Sketcher, Sketches, Texts};
use crate::error::Result;
use crate::shingle::ShingleSet;
use rayon::prelude::*;

/// Groups that are taken together. A group that is larger than memory should hold is a batch of its
/// own.
pub fn of_groups<'g>(
    groups: &'g [Group],
    sketches: &'g Sketches,
) -> impl Iterator<Item = &'g [Group]> {
    let mut rest = groups;
    std::iter::from_fn(move || {
        let n_bytes = |group: &Group| -> u64 {
            let of_keys = sketches.n_bands() as u64;
            let of_doc = |&doc: &u32| u64::from(sketches.n_shingles(doc as usize)) + of_keys;
            group.docs.iter().map(of_doc).sum::<u64>() * size_of::<u64>() as u64
        };
        let mut left_bytes = sketches.room().set_bytes();
        let fits = |group: &&Group| {
            let left = left_bytes.checked_sub(n_bytes(group));
            left_bytes = left.unwrap_or(0);
            left.is_some()
        };
        let n_taken = rest.iter().take_while(fits).count().max(1);
        let (batch, others) = rest.split_at_checked(n_taken)?;
        rest = others;
        Some(batch)
    })
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
        let band_keys = sketcher.keys(shingles.hashes());
        Ok((idx, Candidate { doc, shingles, band_keys }))
    };
    let read: Vec<(usize, Candidate)> = docs.par_iter().map(candidate).collect::<Result<_>>()?;
    let mut candidates: Vec<Vec<Candidate>> =
        groups.iter().map(|group| Vec::with_capacity(group.docs.len())).collect();
    read.into_iter().for_each(|(idx, candidate)| candidates[idx].push(candidate));
    Ok(candidates)
}
