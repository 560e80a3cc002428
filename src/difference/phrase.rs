//! Negations, hedges and intensifiers: phrases of `data/modifiers.tsv`.

use super::words::Words;
use super::{Fact, Meaning, tables};
use crate::claim::DifferenceKind;
use tables::NumberWord;

/// Classes of hedges that say how exact an amount is: no hedges elsewhere ("lebih dari sahabat").
const OF_AMOUNTS: [&str; 3] = ["about", "more", "less"];

/// The phrases among the words that `used` leaves, which it then takes.
pub(super) fn find(words: &Words, used: &mut [bool]) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (n, fact) = phrase_at(words, at, used);
        used[at..at + n].fill(true);
        facts.extend(fact);
        at += n.max(1);
    }
    facts
}

/// The number of words of the phrase at `at`, none for none, and what it says.
fn phrase_at(words: &Words, at: usize, used: &[bool]) -> (usize, Option<Fact>) {
    let fact = |kind, class, n| Fact {
        kind,
        tokens: at..at + n,
        span: words.span(at..at + n),
        meaning: Meaning::Phrase(class),
        weak: false,
    };
    if is_contraction(words, at) {
        return (2, Some(fact(DifferenceKind::Negation, "not", 2)));
    }
    let Some(modifier) = tables::modifier(&words.forms[at..]) else { return (0, None) };
    let range = at..at + modifier.n_words;
    let in_one = range.clone().skip(1).all(|i| matches!(words.gap_before(i), " " | "-" | "\u{a0}"));
    let exact = OF_AMOUNTS.contains(&modifier.class) && !leads_to_amount(words, range.end, used);
    // "pikir-pikir" is no "pikir".
    let is_cut = words.gap_before(at) == "-" || words.gap(range.end - 1) == "-";
    let exact = exact || is_cut;
    if used[range].iter().any(|used| *used) || !in_one || exact || misleads(words, at) {
        return (0, None);
    }
    (modifier.n_words, modifier.kind.map(|kind| fact(kind, modifier.class, modifier.n_words)))
}

/// "isn't", which is two words here.
fn is_contraction(words: &Words, at: usize) -> bool {
    words.form(at).ends_with('n')
        && words.form(at + 1) == "t"
        && matches!(words.gap(at), "'" | "’" | "‘")
}

fn leads_to_amount(words: &Words, at: usize, used: &[bool]) -> bool {
    // Of what stands before, only dates and times are taken already.
    let is_amount = |i: usize| {
        let known = tables::number_word(words.form(i));
        let counts = known.is_some_and(|word| {
            !matches!(word, NumberWord::Range | NumberWord::Between | NumberWord::And)
        });
        used.get(i) == Some(&true) || words.starts_with_digit(i) || counts
    };
    let before = matches!(words.form(at), "rp" | "us" | "usd" | "pukul" | "jam");
    is_amount(at) || before && is_amount(at + 1)
}

/// Words that are a phrase elsewhere: "dua kali" beside "sekali" is a number, "May" a name, "No. 5"
/// a number, and "mereka sedikit" little.
fn misleads(words: &Words, at: usize) -> bool {
    match words.form(at) {
        "may" => words.is_capital(at),
        "no" => words.gap(at).starts_with('.') || words.starts_with_digit(at + 1),
        "sekali" => at == 0 || matches!(words.form(at - 1), "hanya" | "baru" | "lebih"),
        "too" => at + 1 == words.len() || !words.is_near(at),
        "rather" => words.form(at + 1) == "than",
        _ => false,
    }
}
