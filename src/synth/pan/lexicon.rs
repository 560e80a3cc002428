//! Which content words does a language have, how often does each come, and which say the same?

use super::language::{Class, Language};
use crate::background::Background;
use crate::hash::word_hash;
use crate::synth::random::{Purpose, Random, mix};
use std::ops::Range;

/// Words of a class that are used: the commonest, since names are many among the rare ones.
const MOST_WORDS: usize = 3000;
/// Words of like frequency stand within so many ranks.
const LIKE: usize = 24;

/// The words of a class.
#[derive(Debug)]
struct Shelf {
    /// From the commonest.
    words: Vec<String>,
    /// How often this and all commoner words come, together.
    until: Vec<u64>,
    /// Of each, another that says the same and whose synonym it is.
    synonyms: Vec<u32>,
}

/// The content words of a language.
#[derive(Debug)]
pub struct Lexicon {
    shelves: [Shelf; 3],
}

impl Lexicon {
    /// The words of the shipped table. Synonyms are made up: every seed has its own.
    pub fn new(language: Language, seed: u64) -> Self {
        let background = Background::shipped();
        let code = Some(language.code());
        let mut shelves =
            Class::ALL.map(|_| Shelf { words: vec![], until: vec![], synonyms: vec![] });
        for word in background.words(code) {
            let hash = word_hash(word.as_bytes());
            let Some(class) = language.class(&word, mix(hash)) else { continue };
            let shelf = &mut shelves[class as usize];
            let found = background.frequency(code, hash).map_or(1, |found| found.per_billion);
            // What another language has more often is that language's word, or a name.
            let is_own =
                background.frequency(None, hash).is_none_or(|most| most.per_billion <= found);
            if is_own && shelf.words.len() < MOST_WORDS {
                let below = shelf.until.last().copied().unwrap_or_default();
                shelf.words.push(word.into_owned());
                shelf.until.push(below + u64::from(found.max(1)));
            }
        }
        let mut random = Random::new(seed, Purpose::Synonyms, 0);
        shelves.iter_mut().for_each(|shelf| shelf.pair(&mut random));
        Lexicon { shelves }
    }

    /// How many words there are of a class.
    pub fn n_words(&self, class: Class) -> usize {
        self.shelf(class).words.len()
    }

    /// A word by its rank of frequency.
    pub fn word(&self, class: Class, rank: u32) -> &str {
        &self.shelf(class).words[rank as usize]
    }

    /// The rank of a word of running text.
    pub fn draw(&self, class: Class, random: &mut Random) -> u32 {
        let until = &self.shelf(class).until;
        let at = random.below(until.last().copied().unwrap_or(1) as usize) as u64;
        until.partition_point(|&end| end <= at) as u32
    }

    /// The word that says the same.
    pub fn synonym(&self, class: Class, rank: u32) -> u32 {
        self.shelf(class).synonyms[rank as usize]
    }

    /// Another word that is about as common.
    pub fn like(&self, class: Class, rank: u32, random: &mut Random) -> u32 {
        let ranks = around(rank as usize, self.n_words(class));
        let other = ranks.start + random.below(ranks.len() - 1);
        (if other < rank as usize { other } else { other + 1 }) as u32
    }

    fn shelf(&self, class: Class) -> &Shelf {
        &self.shelves[class as usize]
    }
}

fn around(rank: usize, n: usize) -> Range<usize> {
    rank.saturating_sub(LIKE)..n.min(rank + LIKE)
}

impl Shelf {
    /// Makes each two of a block of like words synonyms. An odd one out is its own.
    fn pair(&mut self, random: &mut Random) {
        self.synonyms = (0..self.words.len() as u32).collect();
        let mut ranks = self.synonyms.clone();
        for block in ranks.chunks_mut(LIKE) {
            random.shuffle(block);
            for two in block.chunks_exact(2) {
                self.synonyms[two[0] as usize] = two[1];
                self.synonyms[two[1] as usize] = two[0];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_words_and_synonyms_are_mutual() {
        for language in [Language::Indonesian, Language::English] {
            let lexicon = Lexicon::new(language, 1);
            let mut random = Random::new(1, Purpose::Synonyms, 1);
            for class in Class::ALL {
                let n = lexicon.n_words(class) as u32;
                assert!(1000 < n, "{language:?} {class:?}: {n}");
                let n_alone = (0..n).filter(|&rank| lexicon.synonym(class, rank) == rank).count();
                assert!(n_alone <= 1, "{n_alone}");
                for rank in 0..n {
                    assert_eq!(lexicon.synonym(class, lexicon.synonym(class, rank)), rank);
                    let like = lexicon.like(class, rank, &mut random);
                    assert!(like != rank && like.abs_diff(rank) <= LIKE as u32 && like < n);
                }
                let n_common =
                    (0..1000).filter(|_| lexicon.draw(class, &mut random) < n / 4).count();
                assert!(600 < n_common, "{language:?} {class:?}: {n_common}");
            }
        }
    }
}
