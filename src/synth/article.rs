//! What is an article made of? Words with what stands around them, and the writer of new ones.

use super::random::Random;
use super::vocabulary::{Frequencies, N_NAMES};
use crate::fixed::Milli;
use std::ops::{Range, RangeInclusive};

/// A word of an article, with what the reader sees around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The word itself.
    pub what: What,
    /// What begins with it.
    pub begins: Begins,
    /// What follows it inside its sentence.
    pub pause: Pause,
    /// Which side of a quotation it is at.
    pub quote: Quote,
}

/// A word itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A common word, by its rank of frequency.
    Common(u16),
    /// A word of a name.
    Name(u16),
    /// A number.
    Number(u32),
}

/// What begins with a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// It goes on with a sentence.
    Nothing,
    /// A sentence.
    Sentence,
    /// A sentence and a paragraph.
    Paragraph,
}

/// What follows a word inside its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// The next word.
    Nothing,
    /// A comma.
    Comma,
    /// A dash.
    Dash,
}

/// Which side of a quotation a word is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// Neither.
    Nothing,
    /// The quotation opens before it.
    Opens,
    /// The quotation closes after it.
    Closes,
}

/// The sentences of an article, each as the range of its words.
pub fn sentences(words: &[Word]) -> Vec<Range<usize>> {
    let begins = |(_, word): &(usize, &Word)| word.begins != Begins::Nothing;
    let starts = words.iter().enumerate().filter(begins).map(|(at, _)| at);
    let mut bounds: Vec<usize> = starts.chain([words.len()]).collect();
    bounds.insert(0, 0);
    bounds.dedup();
    bounds.windows(2).map(|bound| bound[0]..bound[1]).collect()
}

/// Words of a sentence.
const SENTENCE: RangeInclusive<usize> = 6..=18;
const NUMBERS: Milli = Milli(40);
const NAMES: Milli = Milli(30);
const COMMAS: Milli = Milli(80);
const DASHES: Milli = Milli(8);
const PARAGRAPHS: Milli = Milli(350);
const QUOTATIONS: Milli = Milli(150);

/// Writes the words of one article: its names come again and again.
pub struct Writer<'f> {
    frequencies: &'f Frequencies,
    cast: [[u16; 2]; 3],
    /// The second word of a name that has begun.
    surname: Option<u16>,
}

impl<'f> Writer<'f> {
    /// A writer with names of its own.
    pub fn new(frequencies: &'f Frequencies, random: &mut Random) -> Self {
        let cast = [(); 3].map(|()| [(); 2].map(|()| random.below(N_NAMES) as u16));
        Writer { frequencies, cast, surname: None }
    }

    /// The next word of running text.
    pub fn what(&mut self, random: &mut Random) -> What {
        if let Some(surname) = self.surname.take() {
            return What::Name(surname);
        }
        if random.chance(NUMBERS) {
            return What::Number(number(random));
        }
        if random.chance(NAMES) {
            let [name, surname] = random.pick(&self.cast);
            self.surname = Some(surname);
            return What::Name(name);
        }
        What::Common(self.frequencies.draw(random) as u16)
    }

    /// Sentences of `n_words` words in all; of two sentences at least where these are 12 words or
    /// more. The first begins a paragraph.
    pub fn sentences(&mut self, n_words: usize, random: &mut Random) -> Vec<Word> {
        let mut words = Vec::with_capacity(n_words);
        while words.len() < n_words {
            let left = n_words - words.len();
            let half = (left / 2).max(*SENTENCE.start()).min(left);
            let begins = match words.is_empty() || random.chance(PARAGRAPHS) {
                true => Begins::Paragraph,
                false => Begins::Sentence,
            };
            self.sentence(random.within(SENTENCE).min(half), begins, random, &mut words);
        }
        words
    }

    fn sentence(&mut self, n: usize, begins: Begins, random: &mut Random, words: &mut Vec<Word>) {
        let from = words.len();
        self.surname = None;
        for _ in 0..n {
            let pause = match (random.chance(COMMAS), random.chance(DASHES)) {
                (true, _) => Pause::Comma,
                (_, true) => Pause::Dash,
                _ => Pause::Nothing,
            };
            let what = self.what(random);
            words.push(Word { what, begins: Begins::Nothing, pause, quote: Quote::Nothing });
        }
        let sentence = &mut words[from..];
        sentence[0].begins = begins;
        sentence[n - 1].pause = Pause::Nothing;
        if *SENTENCE.start() <= n && random.chance(QUOTATIONS) {
            let close = &mut sentence[n * 2 / 3];
            (close.quote, close.pause) = (Quote::Closes, Pause::Comma);
            sentence[0].quote = Quote::Opens;
        }
    }
}

/// A number of one to four digits.
fn number(random: &mut Random) -> u32 {
    let below = random.pick(&[10, 100, 1000, 10_000]);
    1 + random.below(below - 1) as u32
}

/// Another number of as many digits, or of one more or less where there is none.
pub fn other_number(than: u32, random: &mut Random) -> u32 {
    loop {
        let digits = than.max(1).ilog10();
        let first = 10usize.pow(digits);
        let other = random.within(first..=first * 10 - 1) as u32;
        if other != than {
            return other;
        }
    }
}

/// Makes the second word a number where there is none: every article may become a bulletin.
pub fn with_a_number(words: &mut [Word], random: &mut Random) {
    let has_one = words.iter().any(|word| matches!(word.what, What::Number(_)));
    if let (false, Some(word)) = (has_one, words.get_mut(1)) {
        word.what = What::Number(number(random));
    }
}

/// How many words an article has: bell-shaped in the logarithm, so about log-normal, within the
/// range; the median is the geometric mean of its ends.
pub fn n_words(range: &RangeInclusive<usize>, random: &mut Random) -> usize {
    let (least, most) = (*range.start() as u64, *range.end() as u64);
    // The mean of three uniform numbers, of 16 bits.
    let exponent = (0..3).map(|_| random.below(1 << 16) as u64).sum::<u64>() / 3;
    ((least * power_q16(most, least, exponent)) >> 16) as usize
}

/// (most / least) to the power of `exponent` / 2^16, in units of 2^-16: the product of the square
/// root, the fourth root and so on, one for each bit.
fn power_q16(most: u64, least: u64, exponent: u64) -> u64 {
    let mut root_q32 = (u128::from(most) << 32) / u128::from(least);
    let mut product_q32 = 1u128 << 32;
    for bit in (0..16).rev() {
        root_q32 = (root_q32 << 32).isqrt();
        if exponent >> bit & 1 == 1 {
            product_q32 = (product_q32 * root_q32) >> 32;
        }
    }
    (product_q32 >> 16) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::random::Purpose;

    #[test]
    fn lengths_are_within_the_range_and_about_log_normal() {
        let mut random = Random::new(1, Purpose::Original, 0);
        let mut drawn: Vec<usize> =
            (0..20_001).map(|_| n_words(&(100..=800), &mut random)).collect();
        drawn.sort_unstable();
        assert!(100 <= drawn[0] && drawn[20_000] <= 800);
        assert!((276..=290).contains(&drawn[10_000]), "{}", drawn[10_000]); // 282.8
        // Symmetrical in the logarithm: the quartiles are as far from the median.
        let product = drawn[5000] * drawn[15_000];
        assert!(product.abs_diff(80_000) < 4000, "{product}");
        assert_eq!(n_words(&(20..=20), &mut random), 20);
    }

    #[test]
    fn powers_are_the_real_ones() {
        for (most, least, exponent) in [(800, 100, 1 << 15), (5000, 20, 65_535), (7, 3, 12_345)] {
            let real = (most as f64 / least as f64).powf(exponent as f64 / 65_536.0);
            let found = power_q16(most, least, exponent) as f64 / 65_536.0;
            assert!((found - real).abs() < 0.001 * real, "{found} {real}");
        }
    }

    #[test]
    fn an_article_has_as_many_words_as_asked_and_several_sentences() {
        let frequencies = Frequencies::new();
        for n in [1, 2, 7, 12, 20, 300] {
            let mut random = Random::new(1, Purpose::Original, n as u64);
            let words = Writer::new(&frequencies, &mut random).sentences(n, &mut random);
            let sentences = sentences(&words);
            assert_eq!(words.len(), n);
            assert_eq!(sentences.iter().map(ExactSizeIterator::len).sum::<usize>(), n);
            assert_eq!(words[0].begins, Begins::Paragraph);
            assert!(n < 12 || 2 <= sentences.len(), "{n}");
        }
    }

    #[test]
    fn another_number_is_as_long() {
        let mut random = Random::new(1, Purpose::Copy, 0);
        for number in [1, 9, 10, 99, 100, 2024, 9999] {
            let other = other_number(number, &mut random);
            assert!(other != number && other.ilog10() == number.ilog10());
        }
    }
}
