//! Where do two wordings stand in documents that are compared?

use super::Pairs;
use crate::document::DocId;
use crate::wording::Place;

/// Documents that one place of a wording is compared with, at most. A sentence that more have is
/// compared with those next to it in the order of the documents' contents: what a thousand copies have
/// in common is shown of each beside some others, and a stock sentence costs no million of pairs.
const DOCUMENTS: usize = 64;

/// The places of two wordings, those of the document that is asked about (or of the smaller number)
/// first; both lists ascend.
pub fn pairs(a: &[Place], b: &[Place], pairs: Pairs) -> Vec<(Place, Place)> {
    match pairs {
        Pairs::All => {
            let behind = |x: &Place, of: &[Place]| beside(*x, of, |doc| x.doc < doc, false);
            let first = a.iter().flat_map(|x| behind(x, b));
            first.chain(b.iter().flat_map(|y| behind(y, a))).collect()
        }
        Pairs::Against(asked) => {
            let is_asked = |x: &&Place| asked[x.doc.idx()];
            let others = |x: &Place, of: &[Place]| beside(*x, of, |doc| !asked[doc.idx()], true);
            let first = a.iter().filter(is_asked).flat_map(|x| others(x, b));
            first.chain(b.iter().filter(is_asked).flat_map(|y| others(y, a))).collect()
        }
    }
}

/// A place with those of the list behind it whose documents will do, at most [`DOCUMENTS`]; `around`
/// the end, from its start on.
fn beside(
    x: Place,
    of: &[Place],
    will_do: impl Fn(DocId) -> bool,
    around: bool,
) -> Vec<(Place, Place)> {
    let (before, behind) = of.split_at(of.partition_point(|y| y.doc <= x.doc));
    let before = if around { before } else { &[] };
    let fit = behind.iter().chain(before).filter(|y| will_do(y.doc));
    fit.take(DOCUMENTS).map(|&y| (x, y)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(docs: impl IntoIterator<Item = u32>) -> Vec<Place> {
        docs.into_iter().map(|doc| Place { doc: DocId(doc), passage: doc % 3 }).collect()
    }

    fn found(a: &[Place], b: &[Place], of: Pairs) -> Vec<(u32, u32)> {
        let mut found: Vec<_> = pairs(a, b, of).iter().map(|(x, y)| (x.doc.0, y.doc.0)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn each_with_each_and_none_with_itself() {
        let (a, b) = (places([1, 4]), places([2, 4, 7]));
        assert_eq!(found(&a, &b, Pairs::All), [(1, 2), (1, 4), (1, 7), (2, 4), (4, 7)]);
        assert_eq!(found(&b, &a, Pairs::All), [(1, 2), (1, 4), (1, 7), (2, 4), (4, 7)]);
        assert_eq!(found(&a, &a, Pairs::All), [(1, 4)]);
    }

    #[test]
    fn those_asked_about_with_the_others() {
        let asked = [false, false, true, false, true, false, false, true];
        let (a, b) = (places([1, 4]), places([2, 4, 7]));
        assert_eq!(found(&a, &b, Pairs::Against(&asked)), [(2, 1), (4, 1), (7, 1)]);
        assert_eq!(found(&b, &b, Pairs::Against(&asked)), []);
    }

    #[test]
    fn what_thousands_have_is_compared_with_some() {
        let all = places(0..5000);
        let found = found(&all, &all, Pairs::All);
        assert!(found.len() <= 5000 * DOCUMENTS);
        let with_any: std::collections::HashSet<u32> =
            found.iter().flat_map(|&(x, y)| [x, y]).collect();
        assert_eq!(with_any.len(), 5000);
    }
}
