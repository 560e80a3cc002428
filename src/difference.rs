//! What changes the meaning between two wordings of one claim?
//!
//! Each wording is read for facts: amounts, dates, names, and the words that deny, hedge and
//! stress. Facts that say the same are taken away, wherever they stand. What is left is a
//! difference: of one with another at the same place, or of one with nothing, where the words
//! around it stayed. What a longer wording tells beside is none, since it says nothing of the
//! same thing. Beside the two wordings the verbs are compared that attribute them.
//!
//! Other words than those of the tables in `data/` are not looked at: "naik" against "turun", or
//! "salah" against "tidak benar", change the meaning too, or do not, and are not known here.

use crate::claim::{Difference, DifferenceKind};
use crate::span::ByteSpan;
use crate::text::tokenize::{Token, normalize};
use crate::wording::stem;
use date::When;
use name::Name;
use number::Number;
use place::{Places, Which};
use speech::Verb;
use std::cell::OnceCell;
use std::ops::Range;
use words::Words;

mod amount;
mod date;
mod name;
mod number;
mod phrase;
mod place;
mod speech;
mod tables;
mod words;

/// Words without a partner beside one that only one wording has: more of them are a clause that was
/// added or left out, with all that it says.
const CLAUSE: usize = 4;
/// The same for names, of which two stand near each other in any two sentences.
const NEAR_NAME: usize = 3;
/// The same on either side for two facts that are compared, and for those of which one is weak.
const NEAR: usize = 6;
const NEAR_WEAK: usize = 1;
/// Words that may stand where a denial is missing: what denies in more words is no bare assertion.
const UNDENIED: usize = 2;

/// A wording as it is to be compared.
#[derive(Debug, Clone)]
pub struct Wording<'t> {
    /// The article.
    pub text: &'t str,
    /// The words that are compared.
    pub tokens: &'t [Token],
    /// By word: whether it is written as a name.
    pub is_name: Vec<bool>,
    /// Language of the article.
    pub language: Option<&'static str>,
    /// What is compared, of a quotation all between its marks.
    pub span: ByteSpan,
    /// The sentence it stands in, attribution included.
    pub sentence: ByteSpan,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
}

/// A wording with what it says.
pub struct Reading<'t> {
    words: Words<'t>,
    /// Most wordings of a claim are the same words, of which neither is asked.
    stems: OnceCell<Vec<String>>,
    facts: OnceCell<Vec<Fact>>,
    verb: Option<Verb>,
    wording: Wording<'t>,
}

/// Something that a wording says and that another may say otherwise.
#[derive(Debug, Clone)]
struct Fact {
    kind: DifferenceKind,
    tokens: Range<usize>,
    span: ByteSpan,
    meaning: Meaning,
    /// Whether it counts only against another: "satu" is an article as well.
    weak: bool,
}

#[derive(Debug, Clone)]
enum Meaning {
    Number(Vec<Number>),
    Date(When),
    Name(Name),
    /// The class of a phrase.
    Phrase(&'static str),
}

impl Meaning {
    fn agrees(&self, other: &Meaning) -> bool {
        match (self, other) {
            (Meaning::Number(x), Meaning::Number(y)) => number::same(x, y),
            (Meaning::Date(x), Meaning::Date(y)) => x.agrees(y),
            (Meaning::Name(x), Meaning::Name(y)) => x.agrees(y),
            (Meaning::Phrase(x), Meaning::Phrase(y)) => x == y,
            _ => false,
        }
    }

    /// Whether one may stand for the other: a time of day for no day.
    fn may_replace(&self, other: &Meaning) -> bool {
        match (self, other) {
            (Meaning::Date(x), Meaning::Date(y)) => x.contradicts(y),
            _ => true,
        }
    }
}

impl<'t> Reading<'t> {
    /// Reads a wording.
    pub fn of(wording: Wording<'t>) -> Self {
        Reading {
            words: Words::new(wording.text, wording.tokens),
            stems: OnceCell::new(),
            facts: OnceCell::new(),
            verb: speech::find(wording.text, wording.sentence, wording.span, wording.quoted),
            wording,
        }
    }

    /// By word.
    fn stems(&self) -> &[String] {
        let stem_of =
            |(i, form): (usize, &String)| stem(self.words.written(i), form, self.wording.language);
        self.stems.get_or_init(|| self.words.forms.iter().enumerate().map(stem_of).collect())
    }

    fn facts(&self) -> &[Fact] {
        self.facts.get_or_init(|| {
            let mut used = vec![false; self.words.len()];
            let mut facts = date::find(&self.words, &mut used);
            facts.extend(phrase::find(&self.words, &mut used));
            facts.extend(number::find(&self.words, &mut used));
            facts.extend(name::find(&self.words, &self.wording.is_name, &used));
            facts
        })
    }

    fn of_kind(&self, kind: DifferenceKind) -> Vec<&Fact> {
        self.facts().iter().filter(|fact| fact.kind == kind).collect()
    }
}

/// What `b` says otherwise than `a`, by where it stands; `pairs` are corresponding words, ascending
/// in both.
pub fn differences(a: &Reading<'_>, b: &Reading<'_>, pairs: &[(usize, usize)]) -> Vec<Difference> {
    let mut differences = Vec::new();
    if a.words.forms != b.words.forms {
        differences = within(a, b, pairs);
    }
    differences.extend(attribution(a, b));
    differences
}

/// What the two wordings themselves say otherwise.
fn within(a: &Reading<'_>, b: &Reading<'_>, pairs: &[(usize, usize)]) -> Vec<Difference> {
    let same =
        |i: usize, j: usize| a.words.form(i) == b.words.form(j) || a.stems()[i] == b.stems()[j];
    let places = Places::new(a.words.len(), b.words.len(), pairs, same);
    let mut found: Vec<(usize, Difference)> = Vec::new();
    for kind in [
        DifferenceKind::Number,
        DifferenceKind::Date,
        DifferenceKind::Negation,
        DifferenceKind::Name,
        DifferenceKind::Hedge,
        DifferenceKind::Intensifier,
    ] {
        Comparison { a, b, places: &places, kind }.run(&mut found);
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, found)| found).collect()
}

/// The facts of one kind.
struct Comparison<'c, 't> {
    a: &'c Reading<'t>,
    b: &'c Reading<'t>,
    places: &'c Places,
    kind: DifferenceKind,
}

impl Comparison<'_, '_> {
    fn run(&self, found: &mut Vec<(usize, Difference)>) {
        let (all_a, all_b) = (self.a.of_kind(self.kind), self.b.of_kind(self.kind));
        let (mut left_a, mut left_b) = (all_a.clone(), all_b.clone());
        take_pairs(&mut left_a, &mut left_b, |x, y| {
            x.meaning.agrees(&y.meaning) && self.same_place(x, y)
        });
        take_pairs(&mut left_a, &mut left_b, |x, y| x.meaning.agrees(&y.meaning));
        take_pairs(&mut left_a, &mut left_b, |x, y| self.is_turned(x, y));
        // Said twice is said once; but of two denials one is not the other.
        if self.kind != DifferenceKind::Negation {
            left_a.retain(|x| !all_b.iter().any(|y| x.meaning.agrees(&y.meaning)));
            left_b.retain(|y| !all_a.iter().any(|x| x.meaning.agrees(&y.meaning)));
        }
        if self.kind == DifferenceKind::Name {
            left_a.retain(|x| !says(self.b, self.a, x));
            left_b.retain(|y| !says(self.a, self.b, y));
        }
        let changed = take_pairs(&mut left_a, &mut left_b, |x, y| self.is_changed(x, y));
        found.extend(changed.into_iter().map(|(x, y)| self.difference(Some(x), Some(y))));
        left_a.retain(|x| self.is_missing(Which::A, x));
        left_b.retain(|y| self.is_missing(Which::B, y));
        found.extend(left_a.into_iter().map(|x| self.difference(Some(x), None)));
        found.extend(left_b.into_iter().map(|y| self.difference(None, Some(y))));
    }

    /// Whether the ends of a range or the goals of a match are told the other way round elsewhere:
    /// "kalah 3-4" is "menang 4-3".
    fn is_turned(&self, x: &Fact, y: &Fact) -> bool {
        let (Meaning::Number(numbers), Meaning::Number(others)) = (&x.meaning, &y.meaning) else {
            return false;
        };
        let turned: Vec<Number> = others.iter().rev().copied().collect();
        numbers.len() > 1 && number::same(numbers, &turned) && !self.same_place(x, y)
    }

    /// Whether `y` stands where the words around `x` have their partners.
    fn same_place(&self, x: &Fact, y: &Fact) -> bool {
        let opposite = self.places.opposite(Which::A, &x.tokens);
        opposite.start <= y.tokens.start && y.tokens.end <= opposite.end
    }

    /// Whether two facts that do not agree are one that was changed.
    fn is_changed(&self, x: &Fact, y: &Fact) -> bool {
        let apart =
            self.places.n_apart(Which::A, &x.tokens).max(self.places.n_apart(Which::B, &y.tokens));
        let near = match self.kind {
            DifferenceKind::Name => apart <= NEAR_NAME && self.places.any(),
            _ if x.weak || y.weak => apart <= NEAR_WEAK,
            _ if self.is_translation() => true,
            _ => {
                let enclosed = |which, fact: &Fact| self.places.is_enclosed(which, &fact.tokens);
                apart <= NEAR && (enclosed(Which::A, x) || enclosed(Which::B, y))
            }
        };
        near && self.same_place(x, y) && x.meaning.may_replace(&y.meaning)
    }

    /// Whether a fact that only one wording has was added or left out by itself.
    fn is_missing(&self, which: Which, fact: &Fact) -> bool {
        let excludes = matches!(fact.meaning, Meaning::Phrase("except"));
        let by_itself = match self.kind {
            DifferenceKind::Name => return false,
            DifferenceKind::Negation if !excludes => {
                self.places.leads_on(which, &fact.tokens)
                    && self.places.opposite(which, &fact.tokens).len() <= UNDENIED
            }
            _ => excludes || self.places.is_enclosed(which, &fact.tokens),
        };
        let alone = by_itself && self.places.n_apart(which, &fact.tokens) <= CLAUSE;
        !fact.weak && (alone || self.is_translation())
    }

    /// Whether the two are of two languages, so that few words correspond.
    fn is_translation(&self) -> bool {
        let (a, b) = (self.a.wording.language, self.b.wording.language);
        a.is_some() && b.is_some() && a != b
    }

    fn difference(&self, x: Option<&Fact>, y: Option<&Fact>) -> (usize, Difference) {
        let partner = |y: &Fact| self.places.opposite(Which::B, &y.tokens).start;
        let at = x.map(|x| x.tokens.start).or(y.map(partner)).unwrap_or(0);
        let quoted = self.a.wording.quoted && self.b.wording.quoted;
        (at, Difference { kind: self.kind, a: x.map(|x| x.span), b: y.map(|y| y.span), quoted })
    }
}

/// Whether `other` has all words of a name somewhere, however they are written.
fn says(other: &Reading<'_>, own: &Reading<'_>, name: &Fact) -> bool {
    own.words.forms[name.tokens.clone()].iter().all(|word| other.words.forms.contains(word))
}

/// Takes pairs that `fit` out of both lists, in order, and gives them.
fn take_pairs<'f>(
    a: &mut Vec<&'f Fact>,
    b: &mut Vec<&'f Fact>,
    fit: impl Fn(&Fact, &Fact) -> bool,
) -> Vec<(&'f Fact, &'f Fact)> {
    let mut taken = Vec::new();
    a.retain(|x| match b.iter().position(|y| fit(x, y)) {
        Some(at) => {
            taken.push((*x, b.remove(at)));
            false
        }
        None => true,
    });
    taken
}

/// What the verbs of saying tell: another strength, or a doubt that one leaves out.
fn attribution(a: &Reading<'_>, b: &Reading<'_>) -> Option<Difference> {
    let quoted = a.wording.quoted || b.wording.quoted;
    let within = |reading: &Reading<'_>, verb: Verb| {
        !quoted && verb.doubts() && reading.wording.span.contains(verb.span)
    };
    // "Kami mendesak jaksa", kata X, and X mendesak jaksa: the verb is what is said.
    let says = |other: &Reading<'_>, own: &Reading<'_>, verb: Verb| {
        other.words.forms.contains(&normalize(verb.span.of(own.wording.text)))
    };
    let differs = match (a.verb, b.verb) {
        (Some(x), Some(y)) => x.class != y.class && !says(b, a, x) && !says(a, b, y),
        (Some(x), None) => within(a, x),
        (None, Some(y)) => within(b, y),
        (None, None) => false,
    };
    differs.then(|| Difference {
        kind: DifferenceKind::Attribution,
        a: a.verb.map(|verb| verb.span),
        b: b.verb.map(|verb| verb.span),
        quoted: false,
    })
}

#[cfg(test)]
mod tests;
