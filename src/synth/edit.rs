//! What happens to a copy? The edits by name, and which of them a copy gets.

use super::random::Random;
use super::script::Script;
use crate::fixed::Milli;

/// What a copy has undergone, in the order in which several are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edit {
    /// Nothing.
    Exact,
    /// Every number is another: a bulletin, which is no duplicate.
    Numbers,
    /// Of the sentences, a tenth to a third are new, and one to three are added.
    Update,
    /// Of the words, 2 to 20 % are others.
    Substitution,
    /// Sentences or blocks stand in another order.
    Reordering,
    /// The end is missing: 5 to 60 % of the words.
    Truncation,
    /// A passage is all that is left: a third to a twentieth of the words, 8 at least.
    Excerpt,
    /// New sentences stand in front: 5 words, up to a quarter of the article.
    Insertion,
    /// Furniture sentences, one to four, stand in front or at the end.
    Boilerplate,
    /// One word stands in front.
    Prefix,
    /// All capitals, or none.
    Case,
    /// No punctuation.
    Punctuation,
    /// Curly quotation marks and longer dashes.
    Quotes,
    /// White space is doubled, non-breaking, or breaks lines.
    Space,
}

impl Edit {
    /// All of them, in order.
    pub const ALL: [Edit; 14] = [
        Edit::Exact,
        Edit::Numbers,
        Edit::Update,
        Edit::Substitution,
        Edit::Reordering,
        Edit::Truncation,
        Edit::Excerpt,
        Edit::Insertion,
        Edit::Boilerplate,
        Edit::Prefix,
        Edit::Case,
        Edit::Punctuation,
        Edit::Quotes,
        Edit::Space,
    ];

    /// As options and the truth name it.
    pub fn name(self) -> &'static str {
        match self {
            Edit::Exact => "exact",
            Edit::Numbers => "numbers",
            Edit::Update => "update",
            Edit::Substitution => "substitution",
            Edit::Reordering => "reordering",
            Edit::Truncation => "truncation",
            Edit::Excerpt => "excerpt",
            Edit::Insertion => "insertion",
            Edit::Boilerplate => "boilerplate",
            Edit::Prefix => "prefix",
            Edit::Case => "case",
            Edit::Punctuation => "punctuation",
            Edit::Quotes => "quotes",
            Edit::Space => "space",
        }
    }

    /// Whether it can change a text of that script.
    pub fn applies_to(self, script: Script) -> bool {
        self != Edit::Case || script.has_case()
    }
}

const EXACT: Milli = Milli(200);
const SEVERAL: Milli = Milli(200);
const THREE: Milli = Milli(250);

/// The edits of one copy, in order: of those that `listed` and that apply to the script.
///
/// A fifth of the copies are exact. Of the others a fifth get several edits, a quarter of these
/// three, the rest two; a bulletin has no other edit.
pub fn draw(listed: &[Edit], script: Script, random: &mut Random) -> Vec<Edit> {
    let is_listed = |edit: &Edit| listed.contains(edit) && edit.applies_to(script);
    let mut edits: Vec<Edit> = Edit::ALL.into_iter().filter(is_listed).collect();
    let exact = edits.first() == Some(&Edit::Exact);
    if edits.is_empty() || exact && (edits.len() == 1 || random.chance(EXACT)) {
        return vec![Edit::Exact];
    }
    edits.retain(|&edit| edit != Edit::Exact);
    let n = match (random.chance(SEVERAL), random.chance(THREE)) {
        (true, true) => 3,
        (true, false) => 2,
        _ => 1,
    };
    random.shuffle(&mut edits);
    if edits[0] == Edit::Numbers {
        return vec![Edit::Numbers];
    }
    edits.retain(|&edit| edit != Edit::Numbers);
    edits.truncate(n);
    edits.sort_unstable();
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::random::Purpose;

    fn drawn(listed: &[Edit], script: Script) -> Vec<Vec<Edit>> {
        let of = |number| draw(listed, script, &mut Random::new(1, Purpose::Copy, number));
        (0..10_000).map(of).collect()
    }

    #[test]
    fn edits_are_in_their_order() {
        assert!(Edit::ALL.is_sorted());
    }

    #[test]
    fn a_fifth_is_exact_and_most_have_one_edit() {
        let drawn = drawn(&Edit::ALL, Script::Latin);
        let n = |is: &dyn Fn(&[Edit]) -> bool| drawn.iter().filter(|edits| is(edits)).count();
        assert!((1900..2100).contains(&n(&|edits| edits == [Edit::Exact])));
        assert!((6300..6900).contains(&n(&|edits| edits.len() == 1 && edits != [Edit::Exact])));
        assert!((1000..1300).contains(&n(&|edits| edits.len() == 2)));
        assert!((300..450).contains(&n(&|edits| edits.len() == 3)));
        assert_eq!(n(&|edits| 1 < edits.len() && edits.contains(&Edit::Numbers)), 0);
        assert!(drawn.iter().all(|edits| edits.is_sorted_by(|a, b| a < b)));
        assert!(Edit::ALL.iter().all(|edit| drawn.contains(&vec![*edit])));
    }

    #[test]
    fn only_what_is_listed_is_done() {
        for (listed, script, expect) in [
            (&[Edit::Exact][..], Script::Latin, &[&[Edit::Exact][..]][..]),
            (&[Edit::Case], Script::Greek, &[&[Edit::Case]]),
            (&[Edit::Case, Edit::Space], Script::Han, &[&[Edit::Space]]),
            (&[Edit::Exact, Edit::Prefix], Script::Han, &[&[Edit::Exact], &[Edit::Prefix]]),
        ] {
            for edits in drawn(listed, script) {
                assert!(expect.contains(&&edits[..]), "{listed:?}: {edits:?}");
            }
        }
    }
}
