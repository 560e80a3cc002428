//! How is an edit done? On the words of a copy, or on its surface.

use super::article::{Begins, What, Word, Writer, other_number, sentences};
use super::edit::Edit;
use super::random::Random;
use super::render::{Case, Punctuation, Quotes, Space, Surface};
use std::ops::Range;

/// A copy in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its words.
    pub words: Vec<Word>,
    /// How it looks.
    pub surface: Surface,
}

impl Draft {
    /// The draft after one edit. New words are `writer`'s, furniture is `furniture`'s.
    pub fn edit(
        &mut self,
        edit: Edit,
        writer: &mut Writer<'_>,
        furniture: &[Vec<Word>],
        random: &mut Random,
    ) {
        let words = &mut self.words;
        match edit {
            Edit::Exact => {}
            Edit::Numbers => change_numbers(words, random),
            Edit::Update => update(words, writer, random),
            Edit::Substitution => substitute(words, writer, random),
            Edit::Reordering => reorder(words, random),
            Edit::Truncation => truncate(words, random),
            Edit::Excerpt => excerpt(words, random),
            Edit::Insertion => insert(words, writer, random),
            Edit::Boilerplate => furnish(words, furniture, 4, random),
            Edit::Prefix => prefix(words, writer, random),
            Edit::Case => self.surface.case = random.pick(&[Case::Upper, Case::Lower]),
            Edit::Punctuation => self.surface.punctuation = Punctuation::Removed,
            Edit::Quotes => self.surface.quotes = Quotes::Curly,
            Edit::Space => self.surface.space = Space::Odd(random.bits()),
        }
    }
}

fn change_numbers(words: &mut [Word], random: &mut Random) {
    for word in words {
        if let What::Number(number) = word.what {
            word.what = What::Number(other_number(number, random));
        }
    }
}

/// `n` in the share of so many thousandths, 1 at least.
fn part(n: usize, thousandths: usize) -> usize {
    (n * thousandths / 1000).max(1)
}

fn update(words: &mut Vec<Word>, writer: &mut Writer<'_>, random: &mut Random) {
    let old = sentences(words);
    let mut is_changed = vec![false; old.len()];
    is_changed[..part(old.len(), random.within(100..=333))].fill(true);
    random.shuffle(&mut is_changed);
    let mut updated = Vec::with_capacity(words.len() + 64);
    for (sentence, is_changed) in old.into_iter().zip(is_changed) {
        if is_changed {
            let begins = words[sentence.start].begins;
            let from = updated.len();
            updated.extend(writer.sentences(sentence.len(), random));
            updated[from].begins = begins;
        } else {
            updated.extend_from_slice(&words[sentence]);
        }
    }
    let added = (0..random.within(1..=3)).map(|_| random.within(8..=16)).sum();
    updated.extend(writer.sentences(added, random));
    *words = updated;
}

fn substitute(words: &mut [Word], writer: &mut Writer<'_>, random: &mut Random) {
    let n = part(words.len(), random.within(20..=200));
    let mut is_changed = vec![false; words.len()];
    is_changed[..n].fill(true);
    random.shuffle(&mut is_changed);
    for (word, _) in words.iter_mut().zip(is_changed).filter(|(_, is_changed)| *is_changed) {
        let old = word.what;
        while word.what == old {
            word.what = writer.what(random);
        }
    }
}

/// Half the time blocks of sentences change places, two to four of them; half the time all sentences.
fn reorder(words: &mut Vec<Word>, random: &mut Random) {
    let old = sentences(words);
    let n_blocks = match random.below(2) {
        0 => random.within(2..=4).min(old.len()),
        _ => old.len(),
    };
    let mut blocks: Vec<&[Range<usize>]> = (0..n_blocks)
        .map(|b| &old[b * old.len() / n_blocks..(b + 1) * old.len() / n_blocks])
        .collect();
    random.shuffle(&mut blocks);
    if blocks.is_sorted_by_key(|block| block[0].start) {
        blocks.rotate_left(1);
    }
    let mut reordered: Vec<Word> = Vec::with_capacity(words.len());
    for sentence in blocks.concat() {
        reordered.extend_from_slice(&words[sentence]);
    }
    *words = reordered;
    words[0].begins = Begins::Paragraph;
}

fn truncate(words: &mut Vec<Word>, random: &mut Random) {
    words.truncate(part(words.len(), random.within(400..=950)));
}

/// From the beginning of a sentence, or where the rest is too short, the end of the article.
fn excerpt(words: &mut Vec<Word>, random: &mut Random) {
    let n = (words.len() / random.within(3..=20)).max(8).min(words.len());
    let starts: Vec<usize> = sentences(words).into_iter().map(|sentence| sentence.start).collect();
    let start = random.pick(&starts).min(words.len() - n);
    words.drain(..start);
    words.truncate(n);
    words[0].begins = Begins::Paragraph;
}

fn insert(words: &mut Vec<Word>, writer: &mut Writer<'_>, random: &mut Random) {
    let most = (words.len() / 4).max(5);
    let lead = writer.sentences(random.within(5..=most), random);
    words.splice(..0, lead);
}

/// Adds furniture sentences, one to `most`, each in front or at the end.
pub fn furnish(words: &mut Vec<Word>, furniture: &[Vec<Word>], most: usize, random: &mut Random) {
    for _ in 0..random.within(1..=most) {
        let sentence = furniture[random.below(furniture.len())].iter().copied();
        match random.below(3) {
            0 => drop(words.splice(..0, sentence)),
            _ => words.extend(sentence),
        }
    }
}

fn prefix(words: &mut Vec<Word>, writer: &mut Writer<'_>, random: &mut Random) {
    let word = writer.sentences(1, random)[0];
    words[0].begins = Begins::Nothing;
    words.insert(0, word);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::random::Purpose;
    use crate::synth::vocabulary::Frequencies;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static FREQUENCIES: LazyLock<Frequencies> = LazyLock::new(Frequencies::new);

    /// An article of `n` words, and what the edit makes of it.
    fn edited(edit: Edit, n: usize, number: u64) -> (Vec<Word>, Draft) {
        let mut random = Random::new(2, Purpose::Original, number);
        let mut writer = Writer::new(&FREQUENCIES, &mut random);
        let words = writer.sentences(n, &mut random);
        let furniture: Vec<_> = (0..3).map(|_| writer.sentences(9, &mut random)).collect();
        let mut draft = Draft { words: words.clone(), surface: Surface::default() };
        draft.edit(edit, &mut writer, &furniture, &mut random);
        (words, draft)
    }

    fn what(words: &[Word]) -> Vec<What> {
        words.iter().map(|word| word.what).collect()
    }

    fn n_changed(a: &[Word], b: &[Word]) -> usize {
        a.iter().zip(b).filter(|(a, b)| a.what != b.what).count()
    }

    /// Whether the edit did to `old` what it says.
    fn is_done(edit: Edit, old: &[Word], draft: &Draft) -> bool {
        let (n, new) = (old.len(), &draft.words[..]);
        let is_number = |what: &&What| matches!(what, What::Number(_));
        let same_words = what(old) == what(new);
        match edit {
            Edit::Exact => same_words && draft.surface == Surface::default(),
            Edit::Case | Edit::Punctuation | Edit::Quotes | Edit::Space => {
                same_words && draft.surface != Surface::default()
            }
            Edit::Numbers => {
                let n_numbers = what(old).iter().filter(is_number).count();
                new.len() == n && n_changed(old, new) == n_numbers
            }
            Edit::Substitution => {
                let n_changed = n_changed(old, new);
                new.len() == n && 1 <= n_changed && n_changed <= (n / 5).max(1)
            }
            Edit::Update => n + 8 <= new.len() && new.len() <= n + 48 && !same_words,
            Edit::Reordering => {
                let sorted = |words| {
                    let mut shown: Vec<_> = what(words).iter().map(|w| format!("{w:?}")).collect();
                    shown.sort();
                    shown
                };
                sorted(old) == sorted(new) && (!same_words || sentences(old).len() == 1)
            }
            Edit::Truncation => new.len() < n && n * 4 / 10 <= new.len() && old.starts_with(new),
            Edit::Excerpt => {
                let inside = what(old).windows(new.len()).any(|window| window == what(new));
                inside && ((n / 20).max(8)..=(n / 3).max(8)).contains(&new.len())
            }
            Edit::Insertion => {
                n + 5 <= new.len() && new.len() <= n * 5 / 4 + 5 && new.ends_with(old)
            }
            Edit::Boilerplate => {
                let inside = what(new).windows(n).any(|window| window == what(old));
                inside && (1..=4).any(|sentences| new.len() == n + 9 * sentences)
            }
            Edit::Prefix => what(&new[1..]) == what(old),
        }
    }

    proptest! {
        #[test]
        fn every_edit_does_what_it_says(n in 20usize..600, number: u64) {
            for edit in Edit::ALL {
                let (old, draft) = edited(edit, n, number);
                prop_assert!(is_done(edit, &old, &draft), "{edit:?} {old:?} {draft:?}");
                prop_assert_eq!(draft.words[0].begins, Begins::Paragraph);
            }
        }
    }
}
