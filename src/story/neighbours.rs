//! Which documents share rare shingles with which?

use super::{
    NEIGHBOURS, Neighbour, Posting, WITNESSES, Witness, buckets, holders, is_enough, link_postings,
};
use crate::document::DocId;
use crate::weights::Weighted;
use crate::wording::{WordingId, Wordings};
use rayon::prelude::*;
use std::cmp::Reverse;

/// Per document, the documents that share at least [`super::LINKS`] rare shingles with it, strongest
/// first.
pub(super) fn neighbours(
    wordings: &Wordings,
    weights: &[Weighted],
    original: &[DocId],
) -> Vec<Vec<Neighbour>> {
    let mut postings = link_postings(wordings, weights);
    let buckets: Vec<&[Posting]> = buckets(&mut postings).collect();
    let bonds = |bucket: &[Posting]| {
        let is_plain = bucket.iter().all(|posting| posting.is_plain);
        let holders = holders(bucket, wordings, original);
        (2 <= holders.len()).then(|| Bond { shingle: bucket[0].shingle, is_plain, holders })
    };
    let bonds: Vec<Bond> = buckets.into_par_iter().filter_map(bonds).collect();
    let mut of_docs: Vec<Vec<u32>> = vec![Vec::new(); wordings.by_doc.len()];
    for (number, bond) in (0..).zip(&bonds) {
        bond.holders.iter().for_each(|(doc, _)| of_docs[doc.idx()].push(number));
    }
    let linked = |(doc, own): (usize, Vec<u32>)| linked(DocId(doc as u32), &own, &bonds);
    of_docs.into_par_iter().enumerate().map(linked).collect()
}

/// A shingle with the documents that it may link.
struct Bond {
    shingle: u32,
    /// Whether no wording owes its weight to names.
    is_plain: bool,
    /// See [`holders`].
    holders: Vec<(DocId, WordingId)>,
}

/// The neighbours of one document, which has the bonds `own`, ascending.
fn linked(doc: DocId, own: &[u32], bonds: &[Bond]) -> Vec<Neighbour> {
    let mut shared: Vec<(DocId, u32, WordingId, WordingId)> = Vec::new();
    for &number in own {
        let holders = &bonds[number as usize].holders;
        let Ok(at) = holders.binary_search_by_key(&doc, |holder| holder.0) else { continue };
        let others = holders.iter().filter(|holder| holder.0 != doc);
        shared.extend(others.map(|&(other, theirs)| (other, number, holders[at].1, theirs)));
    }
    // Of each other document the bonds come in their order, which is that of the shingles.
    shared.sort_unstable();
    let by_other = shared.chunk_by(|a, b| a.0 == b.0);
    let mut linked: Vec<Neighbour> = by_other
        .filter(|shared| is_enough(shared.len() as u32).holds())
        .map(|shared| Neighbour {
            doc: shared[0].0,
            n_shingles: shared.len() as u32,
            witnesses: witnesses(shared, bonds),
        })
        .collect();
    linked.sort_unstable_by_key(|neighbour| (Reverse(neighbour.n_shingles), neighbour.doc));
    linked.truncate(NEIGHBOURS);
    linked.shrink_to_fit();
    linked
}

/// The first pairs of wordings that share a plain shingle, no wording twice.
fn witnesses(shared: &[(DocId, u32, WordingId, WordingId)], bonds: &[Bond]) -> Vec<Witness> {
    let mut witnesses: Vec<Witness> = Vec::new();
    for &(_, number, own, other) in shared {
        let bond = &bonds[number as usize];
        let is_new = witnesses.iter().all(|w| w.own != own && w.other != other);
        if bond.is_plain && is_new && witnesses.len() < WITNESSES {
            witnesses.push(Witness { own, other, shingle: bond.shingle });
        }
    }
    witnesses
}
