//! How is a text put together? Sentences of clauses, clauses of phrases, by the patterns of the
//! language; its content words are those that its topic prefers and others, as common as they are.

use super::language::{Class, Frame, Language};
use super::lexicon::Lexicon;
use super::page::{Begins, Mark, What, Word};
use crate::fixed::Milli;
use crate::synth::random::{Purpose, Random};

/// A sentence as it is made, so that it can be made otherwise.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Whether it begins a paragraph.
    pub begins_paragraph: bool,
    /// What it says; at least one.
    pub clauses: Vec<Clause>,
    /// Who says it, where it is a quotation.
    pub said: Vec<Word>,
}

/// A clause: who does what to whom, and where.
#[derive(Debug, Clone, Default)]
pub struct Clause {
    /// What joins it to the clause before.
    pub link: Vec<Word>,
    /// What stands in front: a stock phrase, or a circumstance.
    pub front: Vec<Word>,
    /// Who does it.
    pub subject: Vec<Word>,
    /// What is done.
    pub verb: Vec<Word>,
    /// To whom.
    pub object: Vec<Word>,
    /// Where, when or how.
    pub tail: Vec<Word>,
}

/// What texts are about: the words that they prefer, and the people and places in them.
#[derive(Debug)]
pub struct Topic {
    preferred: [Vec<u32>; 3],
    names: Vec<String>,
    numbers: Vec<u32>,
}

/// Of the content words, how many are the topic's.
const PREFERRED: Milli = Milli(450);
/// Preferred words of each class: nouns, verbs, adjectives.
const N_PREFERRED: [usize; 3] = [60, 30, 20];
const N_NAMES: usize = 8;
const N_NUMBERS: usize = 6;

const STOCK: Milli = Milli(220);
const FRONT: Milli = Milli(200);
const TAIL: Milli = Milli(600);
const SECOND_TAIL: Milli = Milli(250);
const SECOND_CLAUSE: Milli = Milli(400);
const QUOTATION: Milli = Milli(100);
const PARAGRAPH: Milli = Milli(220);

impl Topic {
    /// The topic of that number: the same for all texts of the corpus that have it.
    pub fn new(lexicon: &Lexicon, language: Language, seed: u64, number: u64) -> Topic {
        let mut random = Random::new(seed, Purpose::Topic, number);
        let preferred = Class::ALL.map(|class| {
            // The very common words are preferred by none.
            let least = 100.min(lexicon.n_words(class) / 2);
            let word = |_| (least + random.below(lexicon.n_words(class) - least)) as u32;
            (0..N_PREFERRED[class as usize]).map(word).collect()
        });
        let frame = language.frame();
        let names = (0..N_NAMES).map(|_| name(frame, &mut random)).collect();
        let numbers = (0..N_NUMBERS).map(|_| number_of(&mut random)).collect();
        Topic { preferred, names, numbers }
    }
}

/// Writes texts of a topic.
pub struct Writer<'w> {
    /// The words of the language.
    pub lexicon: &'w Lexicon,
    /// The language.
    pub language: Language,
    /// What is written about.
    pub topic: &'w Topic,
}

impl Writer<'_> {
    /// Two sentences or more, of at least `n_words` words in all; the first begins a paragraph.
    pub fn sentences(&self, n_words: usize, random: &mut Random) -> Vec<Sentence> {
        let (mut sentences, mut n): (Vec<Sentence>, usize) = (Vec::new(), 0);
        while n < n_words || sentences.len() < 2 {
            let begins_paragraph = sentences.is_empty() || random.chance(PARAGRAPH);
            let sentence = self.sentence(begins_paragraph, random);
            n += n_words_of(&sentence);
            sentences.push(sentence);
        }
        sentences
    }

    fn sentence(&self, begins_paragraph: bool, random: &mut Random) -> Sentence {
        let frame = self.frame();
        let mut clauses = vec![self.clause(random)];
        while clauses.len() < 3 && random.chance(SECOND_CLAUSE) {
            let link = small(frame.links, random);
            clauses.push(Clause { link: vec![link], front: vec![], ..self.clause(random) });
        }
        let said = match random.chance(QUOTATION) {
            true => vec![Word::new(frame.said, What::Small), self.name(random)],
            false => vec![],
        };
        Sentence { begins_paragraph, clauses, said }
    }

    fn clause(&self, random: &mut Random) -> Clause {
        let mut clause = Clause::default();
        if random.chance(STOCK) {
            clause.front = stock_phrase(self.frame(), random);
        } else if random.chance(FRONT) {
            clause.front = self.circumstance(random);
        }
        clause.subject = self.noun_phrase(random);
        clause.verb = self.verb(random);
        clause.object = self.noun_phrase(random);
        for chance in [TAIL, SECOND_TAIL] {
            if random.chance(chance) {
                clause.tail.append(&mut self.circumstance(random));
            }
        }
        clause
    }

    fn noun_phrase(&self, random: &mut Random) -> Vec<Word> {
        match random.below(100) {
            0..12 => return vec![self.name(random)],
            12..18 => {
                let number = random.pick(&self.topic.numbers);
                return vec![
                    Word::new(number.to_string(), What::Fixed),
                    small(self.frame().units, random),
                ];
            }
            _ => {}
        }
        let frame = self.frame();
        let mut words = Vec::new();
        let is_indonesian = self.language == Language::Indonesian;
        if random.chance(Milli(if is_indonesian { 250 } else { 850 })) {
            words.push(small(frame.determiners, random));
        }
        words.append(&mut self.noun(random));
        if random.chance(Milli(280)) {
            words.extend((!frame.of.is_empty()).then(|| Word::new(frame.of, What::Small)));
            if !is_indonesian && random.chance(Milli(600)) {
                words.push(small(frame.determiners, random));
            }
            words.append(&mut self.noun(random));
        }
        if is_indonesian && random.chance(Milli(250)) {
            words.push(small(frame.demonstratives, random));
        }
        before_vowels(&mut words);
        words
    }

    /// A noun, perhaps with an adjective on the side where the language has it.
    fn noun(&self, random: &mut Random) -> Vec<Word> {
        let noun = self.content(Class::Noun, random);
        if !random.chance(Milli(330)) {
            return vec![noun];
        }
        let adjective = self.content(Class::Adjective, random);
        match self.language {
            Language::Indonesian => vec![noun, adjective],
            Language::English => vec![adjective, noun],
        }
    }

    fn verb(&self, random: &mut Random) -> Vec<Word> {
        let verb = self.content(Class::Verb, random);
        match random.chance(Milli(350)) {
            true => vec![small(self.frame().auxiliaries, random), verb],
            false => vec![verb],
        }
    }

    fn circumstance(&self, random: &mut Random) -> Vec<Word> {
        let mut words = vec![small(self.frame().prepositions, random)];
        words.append(&mut self.noun_phrase(random));
        words
    }

    fn name(&self, random: &mut Random) -> Word {
        // The first names are the topic's protagonists.
        let at = random.below(N_NAMES).min(random.below(N_NAMES));
        Word::new(self.topic.names[at].clone(), What::Fixed)
    }

    /// A content word: the topic's first ones more often than its last.
    pub fn content(&self, class: Class, random: &mut Random) -> Word {
        let preferred = &self.topic.preferred[class as usize];
        let rank = match random.chance(PREFERRED) {
            true => preferred[random.below(preferred.len()).min(random.below(preferred.len()))],
            false => self.lexicon.draw(class, random),
        };
        self.word(class, rank)
    }

    /// The content word of that rank.
    pub fn word(&self, class: Class, rank: u32) -> Word {
        Word::new(self.lexicon.word(class, rank), What::Content(class, rank))
    }

    /// The small words of the language.
    pub fn frame(&self) -> &'static Frame {
        self.language.frame()
    }
}

/// "a" before a vowel is "an".
fn before_vowels(words: &mut [Word]) {
    for at in 1..words.len() {
        let is_vowel = words[at].text.starts_with(['a', 'e', 'i', 'o', 'u']);
        let before = &mut words[at - 1];
        if is_vowel && before.what == What::Small && before.text == "a" {
            before.text.push('n');
        }
    }
}

/// One of a list of small words, which come as often as they stand there and the first more often.
pub fn small(list: &'static str, random: &mut Random) -> Word {
    Word::new(one_of(list.split_whitespace(), random), What::Small)
}

/// One of them, the first more often than the last.
fn one_of(list: impl Iterator<Item = &'static str> + Clone, random: &mut Random) -> &'static str {
    let n = list.clone().count().max(1);
    let at = random.below(n).min(random.below(n));
    list.clone().nth(at).unwrap_or_default()
}

/// The words of a phrase that texts of any matter have in common.
fn stock_phrase(frame: &'static Frame, random: &mut Random) -> Vec<Word> {
    // Three draws: the commonest phrases are far more common than the rarest.
    let n = frame.phrases.lines().count();
    let at = (0..3).map(|_| random.below(n)).min().unwrap_or_default();
    let phrase = frame.phrases.lines().nth(at).unwrap_or_default();
    phrase.split_whitespace().map(|word| Word::new(word, What::Small)).collect()
}

fn name(frame: &'static Frame, random: &mut Random) -> String {
    let one = |list: &'static str, random: &mut Random| {
        let all: Vec<&str> = list.split_whitespace().collect();
        random.pick(&all)
    };
    match random.below(3) {
        0 => one(frame.places, random).to_owned(),
        _ => format!("{} {}", one(frame.names[0], random), one(frame.names[1], random)),
    }
}

fn number_of(random: &mut Random) -> u32 {
    let (least, most) = random.pick(&[(2, 99), (100, 999), (1000, 9999), (1960, 2024)]);
    random.within(least..=most) as u32
}

/// Words of a sentence.
pub fn n_words_of(sentence: &Sentence) -> usize {
    let in_clause = |clause: &Clause| {
        let Clause { link, front, subject, verb, object, tail } = clause;
        [link, front, subject, verb, object, tail].into_iter().map(Vec::len).sum::<usize>()
    };
    sentence.clauses.iter().map(in_clause).sum::<usize>() + sentence.said.len()
}

/// The words of sentences, with what stands around them.
pub fn flat(sentences: &[Sentence]) -> Vec<Word> {
    sentences.iter().flat_map(flat_sentence).collect()
}

fn flat_sentence(sentence: &Sentence) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (idx, clause) in sentence.clauses.iter().enumerate() {
        if let (1.., Some(last)) = (idx, words.last_mut()) {
            last.mark = Mark::Comma;
        }
        words.extend_from_slice(if idx == 0 { &[] } else { &clause.link });
        words.extend_from_slice(&clause.front);
        if let (Some(last), false) = (words.last_mut(), clause.front.is_empty()) {
            // "It is important to note that" goes on.
            let goes_on = ["that", "bahwa"].contains(&last.text.as_str());
            last.mark = if goes_on { Mark::Nothing } else { Mark::Comma };
        }
        for phrase in [&clause.subject, &clause.verb, &clause.object, &clause.tail] {
            words.extend_from_slice(phrase);
        }
    }
    if let (Some(last), false) = (words.last_mut(), sentence.said.is_empty()) {
        (last.mark, last.closes) = (Mark::Comma, true);
    }
    let is_quotation = !sentence.said.is_empty();
    words.extend_from_slice(&sentence.said);
    if let Some(last) = words.last_mut() {
        last.mark = Mark::Stop;
    }
    if let Some(first) = words.first_mut() {
        first.opens = is_quotation;
        first.begins = match sentence.begins_paragraph {
            true => Begins::Paragraph,
            false => Begins::Sentence,
        };
    }
    words
}
