//! Who is in one bucket with whom?

/// Buckets of wordings, to be asked for those that one wording shares with greater ones.
#[derive(Debug)]
pub(super) struct Buckets {
    /// The wordings of one bucket after the other, ascending in each.
    members: Vec<u32>,
    /// Whether the member after this one is of the same bucket.
    goes_on: Vec<bool>,
    /// Where each wording's `places` start, and the end of the last.
    starts: Vec<usize>,
    /// By wording, where it is among the members.
    places: Vec<u32>,
}

impl Buckets {
    /// Buckets of numbers below `n`, ascending in each.
    pub(super) fn of(
        n: usize,
        buckets: impl Iterator<Item = impl Iterator<Item = u32>>,
    ) -> Buckets {
        let (mut members, mut goes_on) = (Vec::new(), Vec::new());
        for bucket in buckets {
            members.extend(bucket);
            goes_on.resize(members.len(), true);
            goes_on.last_mut().into_iter().for_each(|last| *last = false);
        }
        let mut starts = vec![0; n + 1];
        members.iter().for_each(|&member| starts[member as usize + 1] += 1);
        (0..n).for_each(|i| starts[i + 1] += starts[i]);
        let mut next = starts.clone();
        let mut places = vec![0; members.len()];
        for (place, &member) in (0..).zip(&members) {
            places[next[member as usize]] = place;
            next[member as usize] += 1;
        }
        Buckets { members, goes_on, starts, places }
    }

    /// Those of greater numbers that share a bucket with one, once for each that they share.
    pub(super) fn after(&self, one: u32) -> impl Iterator<Item = u32> + '_ {
        let places = &self.places[self.starts[one as usize]..self.starts[one as usize + 1]];
        places.iter().flat_map(move |&place| {
            let rest = place as usize..self.members.len() - 1;
            rest.take_while(|&at| self.goes_on[at]).map(|at| self.members[at + 1])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_with_the_greater_ones_of_its_buckets() {
        let buckets = [vec![0, 2, 3], vec![1, 2], vec![0, 3]];
        let buckets = Buckets::of(4, buckets.iter().map(|bucket| bucket.iter().copied()));
        let after = |one| buckets.after(one).collect::<Vec<u32>>();
        assert_eq!([after(0), after(1), after(2)], [vec![2, 3, 3], vec![2], vec![3]]);
        assert!(after(3).is_empty());
        assert_eq!(
            Buckets::of(1, std::iter::empty::<std::vec::IntoIter<u32>>()).after(0).count(),
            0
        );
    }
}
