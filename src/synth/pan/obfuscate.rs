//! What becomes of a passage that is copied? It is put in another order, its words are replaced, or
//! it is written anew.

use super::language::{Class, Language};
use super::page::{Begins, Mark, What, Word};
use super::writer::{Clause, Sentence, Writer, small};
use crate::fixed::Milli;
use crate::synth::random::Random;
use std::mem::{swap, take};

/// The sentences, or groups of three to eight words, in another order.
pub fn shuffled(words: Vec<Word>, random: &mut Random) -> Vec<Word> {
    let n_further = words.iter().skip(1).filter(|word| word.begins != Begins::Nothing).count();
    // One sentence alone has no other order.
    let by_sentence = random.chance(Milli(500)) && 0 < n_further;
    let mut groups: Vec<Vec<Word>> = Vec::new();
    let mut n_left = 0;
    for word in words {
        let begins = match by_sentence {
            true => word.begins != Begins::Nothing,
            false => n_left == 0,
        };
        if begins || groups.is_empty() {
            groups.push(Vec::new());
            n_left = random.within(3..=8);
        }
        n_left = n_left.saturating_sub(1);
        if let Some(group) = groups.last_mut() {
            group.push(word);
        }
    }
    let in_order = groups.clone();
    random.shuffle(&mut groups);
    if groups == in_order {
        groups.reverse();
    }
    groups.concat()
}

/// A tenth to four tenths of the words replaced by others as common, left out, inflected, or
/// followed by a new one.
pub fn substituted(words: Vec<Word>, writer: &Writer<'_>, random: &mut Random) -> Vec<Word> {
    let rate = Milli(random.within(100..=400) as i64);
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let (mut begins, mut opens) = (Begins::Nothing, false);
    for mut word in words {
        // What the words left out before it began, it begins.
        if begins != Begins::Nothing && word.begins == Begins::Nothing {
            word.begins = begins;
        }
        word.opens |= opens;
        (begins, opens) = (Begins::Nothing, false);
        if !random.chance(rate) {
            out.push(word);
            continue;
        }
        match random.below(5) {
            0 | 1 => out.push(replaced(word, writer, random)),
            2 if !out.is_empty() => {
                (begins, opens) = (word.begins, word.opens);
                end_as(&word, &mut out);
            }
            3 => {
                let class = random.pick(&[Class::Noun, Class::Verb, Class::Adjective]);
                let mut new = writer.content(class, random);
                (new.mark, new.closes) = (word.mark, word.closes);
                (word.mark, word.closes) = (Mark::Nothing, false);
                out.extend([word, new]);
            }
            _ => {
                word.text = inflected(&word, writer.language, random);
                out.push(word);
            }
        }
    }
    out
}

/// The last word ends what the word left out behind it ended.
fn end_as(left_out: &Word, out: &mut [Word]) {
    if let Some(last) = out.last_mut() {
        last.closes |= left_out.closes;
        if left_out.mark != Mark::Nothing {
            last.mark = left_out.mark;
        }
    }
}

/// Another word as common in its place; names and numbers stay.
fn replaced(word: Word, writer: &Writer<'_>, random: &mut Random) -> Word {
    let text = match word.what {
        What::Content(class, rank) => {
            writer.lexicon.word(class, writer.lexicon.like(class, rank, random)).to_owned()
        }
        What::Small => small(writer.frame().prepositions, random).text,
        What::Fixed => return word,
    };
    Word { text, ..word }
}

/// Another form of a content word.
fn inflected(word: &Word, language: Language, random: &mut Random) -> String {
    let text = &word.text;
    match (word.what, language) {
        (What::Content(Class::Verb, _), Language::Indonesian) => {
            passive(text).unwrap_or_else(|| format!("{text}kan"))
        }
        (What::Content(Class::Noun, _), Language::Indonesian) => match random.below(3) {
            0 => format!("ber{text}"),
            _ => format!("{text}nya"),
        },
        (What::Content(Class::Verb, _), Language::English) => {
            format!("{}ing", text.strip_suffix("ed").unwrap_or(text))
        }
        (What::Content(Class::Noun, _), Language::English) => match text.strip_suffix('s') {
            Some(one) if !one.ends_with('s') => one.to_owned(),
            _ => format!("{text}s"),
        },
        _ => text.clone(),
    }
}

/// The Indonesian passive in *di-* of a verb in *me-*; `None` of other verbs.
fn passive(verb: &str) -> Option<String> {
    let is_vowel = |rest: &str| rest.starts_with(['a', 'e', 'i', 'o', 'u']);
    // The nasal has swallowed the first letter of the stem where a vowel follows.
    for (prefix, swallowed) in [("meny", "s"), ("meng", ""), ("mem", "p"), ("men", "t")] {
        if let Some(rest) = verb.strip_prefix(prefix) {
            let swallowed = if is_vowel(rest) { swallowed } else { "" };
            return Some(format!("di{swallowed}{rest}"));
        }
    }
    None
}

const SYNONYM: Milli = Milli(500);
const PASSIVE: Milli = Milli(400);
const MOVED: Milli = Milli(500);
const ADJECTIVE_LEFT_OUT: Milli = Milli(250);
const FRONT_LEFT_OUT: Milli = Milli(350);
const ALTERNATE: Milli = Milli(400);
const SPLIT: Milli = Milli(350);
const TURNED: Milli = Milli(500);
const JOINED: Milli = Milli(300);

/// The sentences as somebody else would write them: half of their content words are synonyms, some
/// words are left out, clauses are turned round and made passive, sentences split and joined.
pub fn paraphrased(
    sentences: &[Sentence],
    writer: &Writer<'_>,
    random: &mut Random,
) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::new();
    for sentence in sentences {
        let mut sentence = sentence.clone();
        for clause in &mut sentence.clauses {
            reword(clause, writer, random);
            rebuild(clause, writer, random);
        }
        for sentence in regrouped(sentence, random) {
            join_or_push(sentence, writer, random, &mut out);
        }
    }
    out
}

/// Other words in the same places.
fn reword(clause: &mut Clause, writer: &Writer<'_>, random: &mut Random) {
    if random.chance(FRONT_LEFT_OUT) {
        clause.front.clear();
    }
    let Clause { link, front, subject, verb, object, tail } = clause;
    for phrase in [link, front, subject, verb, object, tail] {
        let is_adjective = |word: &Word| matches!(word.what, What::Content(Class::Adjective, _));
        phrase.retain(|word| !is_adjective(word) || !random.chance(ADJECTIVE_LEFT_OUT));
        for word in phrase {
            match word.what {
                What::Content(class, rank) if random.chance(SYNONYM) => {
                    *word = writer.word(class, writer.lexicon.synonym(class, rank));
                }
                What::Small if random.chance(ALTERNATE) => {
                    let alternates = writer.frame().alternates.iter();
                    let other = alternates.clone().find(|(of, _)| *of == word.text);
                    word.text =
                        other.map_or(take(&mut word.text), |(_, other)| (*other).to_owned());
                }
                _ => {}
            }
        }
    }
}

/// The same words in other places.
fn rebuild(clause: &mut Clause, writer: &Writer<'_>, random: &mut Random) {
    if random.chance(PASSIVE) {
        make_passive(clause, writer);
    }
    if random.chance(MOVED) && (clause.front.is_empty() || clause.tail.is_empty()) {
        swap(&mut clause.front, &mut clause.tail);
    }
}

/// Who does it and to whom change places, where the verb has a passive.
fn make_passive(clause: &mut Clause, writer: &Writer<'_>) {
    let frame = writer.frame();
    let Some(verb) = clause.verb.last_mut() else { return };
    match writer.language {
        Language::Indonesian => match passive(&verb.text) {
            Some(text) => verb.text = text,
            None => return,
        },
        Language::English => {
            let verb = verb.clone();
            clause.verb = vec![Word::new(frame.passive, What::Small), verb];
        }
    }
    swap(&mut clause.subject, &mut clause.object);
    clause.object.insert(0, Word::new(frame.by, What::Small));
}

/// A sentence of several clauses as several sentences, or with its clauses in another order.
fn regrouped(mut sentence: Sentence, random: &mut Random) -> Vec<Sentence> {
    let n = sentence.clauses.len();
    if 1 < n && sentence.said.is_empty() && random.chance(SPLIT) {
        let begins_paragraph = sentence.begins_paragraph;
        let one = |(idx, clause): (usize, Clause)| Sentence {
            begins_paragraph: begins_paragraph && idx == 0,
            clauses: vec![Clause { link: vec![], ..clause }],
            said: vec![],
        };
        return sentence.clauses.into_iter().enumerate().map(one).collect();
    }
    if 1 < n && random.chance(TURNED) {
        sentence.clauses.rotate_left(1);
        // The links stay between clauses.
        let link = take(&mut sentence.clauses[0].link);
        sentence.clauses[n - 1].link = link;
    }
    vec![sentence]
}

/// Adds a sentence, or its one clause to the sentence before.
fn join_or_push(
    mut sentence: Sentence,
    writer: &Writer<'_>,
    random: &mut Random,
    out: &mut Vec<Sentence>,
) {
    let can_join = |before: &&mut Sentence| {
        before.said.is_empty() && before.clauses.len() < 3 && sentence.said.is_empty()
    };
    match out.last_mut().filter(can_join) {
        Some(before) if sentence.clauses.len() == 1 && random.chance(JOINED) => {
            sentence.clauses[0].link = vec![small(writer.frame().links, random)];
            before.clauses.append(&mut sentence.clauses);
        }
        _ => out.push(sentence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::pan::lexicon::Lexicon;
    use crate::synth::pan::writer::{Topic, flat};
    use crate::synth::random::Purpose;
    use std::collections::HashSet;

    /// For thirty passages of each language, of the source's runs of `n` words the share that the
    /// copy has too.
    fn shared(
        n: usize,
        copy: impl Fn(&[Sentence], &Writer<'_>, &mut Random) -> Vec<Word>,
    ) -> [usize; 2] {
        [Language::Indonesian, Language::English].map(|language| {
            let lexicon = Lexicon::new(language, 1);
            let (mut n_shared, mut n_all) = (0, 0);
            for number in 0..30 {
                let topic = Topic::new(&lexicon, language, 1, number);
                let writer = Writer { lexicon: &lexicon, language, topic: &topic };
                let mut random = Random::new(1, Purpose::Source, number);
                let sentences = writer.sentences(150, &mut random);
                let copied = copy(&sentences, &writer, &mut random);
                let runs = |words: &[Word]| -> HashSet<Vec<String>> {
                    let texts: Vec<String> = words.iter().map(|w| w.text.clone()).collect();
                    texts.windows(n).map(<[String]>::to_vec).collect()
                };
                let (source, copied) = (runs(&flat(&sentences)), runs(&copied));
                n_shared += source.intersection(&copied).count();
                n_all += source.len();
            }
            n_shared * 1000 / n_all
        })
    }

    #[test]
    fn copies_are_as_alike_as_they_say() {
        let all = |n: usize| {
            [
                shared(n, |sentences, _, random| shuffled(flat(sentences), random)),
                shared(n, |sentences, writer, random| substituted(flat(sentences), writer, random)),
                shared(n, |sentences, writer, random| {
                    flat(&paraphrased(sentences, writer, random))
                }),
            ]
        };
        let (words, runs) = (all(1), all(3));
        let within = |found: [usize; 2], range: std::ops::Range<usize>| {
            assert!(found.iter().all(|n| range.contains(n)), "{found:?} {words:?} {runs:?}");
        };
        within(words[0], 1000..1001);
        within(words[1], 750..950);
        within(words[2], 400..700);
        within(runs[0], 600..950);
        within(runs[1], 400..700);
        within(runs[2], 50..300);
    }

    #[test]
    fn one_sentence_is_shuffled_too() {
        for number in 0..20 {
            let mut random = Random::new(1, Purpose::Source, number);
            let words: Vec<Word> =
                ('a'..='z').map(|c| Word::new(c.to_string(), What::Small)).collect();
            assert_ne!(shuffled(words.clone(), &mut random), words);
        }
    }

    #[test]
    fn passives() {
        for (verb, expect) in [
            ("menulis", Some("ditulis")),
            ("membaca", Some("dibaca")),
            ("memakai", Some("dipakai")),
            ("menyebut", Some("disebut")),
            ("mengambil", Some("diambil")),
            ("menghapus", Some("dihapus")),
            ("mendengar", Some("didengar")),
            ("berjalan", None),
        ] {
            assert_eq!(passive(verb).as_deref(), expect);
        }
    }
}
