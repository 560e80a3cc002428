//! Amounts, in digits and in words, with their units.

use super::amount::Amount;
use super::tables::{self, NumberWord, Unit};
use super::words::{CURRENCIES, Words};
use super::{Fact, Meaning};
use crate::claim::DifferenceKind;
use crate::span::ByteSpan;

/// An amount with its unit, where one is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    value: Amount,
    unit: Option<Unit>,
    /// "ratusan": some hundreds.
    many: bool,
}

/// Whether two sequences of amounts are the same; a unit that one leaves out is the other's.
pub(super) fn same(a: &[Number], b: &[Number]) -> bool {
    let agree = |(a, b): (&Number, &Number)| match (a.unit, b.unit) {
        _ if a.many != b.many => false,
        (Some(x), Some(y)) => {
            let in_base = |n: &Number, unit: Unit| n.value.times(unit.factor);
            x.base == y.base && in_base(a, x).is_some_and(|v| in_base(b, y) == Some(v))
        }
        _ => a.value == b.value,
    };
    a.len() == b.len() && a.iter().zip(b).all(agree)
}

/// The amounts among the words that `used` leaves, which they then take.
pub(super) fn find(words: &Words, used: &mut [bool]) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match chain(words, at, used) {
            Some(fact) => {
                used[fact.tokens.clone()].fill(true);
                at = fact.tokens.end;
                facts.push(fact);
            }
            None => at += 1,
        }
    }
    facts
}

/// One amount, or several that range words or dashes join: "10-15 persen", "2-1".
fn chain(words: &Words, start: usize, used: &[bool]) -> Option<Fact> {
    let first = one(words, start, used)?;
    let between = start > 0
        && matches!(tables::number_word(words.form(start - 1)), Some(NumberWord::Between));
    let (mut numbers, mut end, mut span) = (vec![first.number], first.end, first.span);
    let mut weak = first.weak;
    while let Some(next) = joined(words, end, between, used).filter(|n| first.is_like(n)) {
        numbers.push(next.number);
        (end, weak) = (next.end, false);
        span.end = next.span.end;
    }
    // "10-15 persen" is 10 per cent to 15.
    if let Some(unit) = numbers.last().and_then(|last| last.unit) {
        numbers.iter_mut().for_each(|number| number.unit = number.unit.or(Some(unit)));
    }
    let meaning = Meaning::Number(numbers);
    Some(Fact { kind: DifferenceKind::Number, tokens: start..end, span, meaning, weak })
}

fn joined(words: &Words, end: usize, between: bool, used: &[bool]) -> Option<One> {
    let gap = words.gap_before(end).trim();
    if end < words.len() && matches!(gap, "-" | "–" | "—") {
        return one(words, end, used);
    }
    let joins = match tables::number_word(words.form(end)) {
        Some(NumberWord::Range) => true,
        Some(NumberWord::And) => between,
        _ => false,
    };
    let near = joins && words.is_near(end) && end > 0 && words.is_near(end - 1);
    near.then(|| one(words, end + 1, used)).flatten()
}

/// One amount as it is read.
struct One {
    number: Number,
    /// The word behind it.
    end: usize,
    span: ByteSpan,
    weak: bool,
}

impl One {
    /// Whether both may be ends of one range: "3 percent to 80 dollars" is none.
    fn is_like(&self, other: &One) -> bool {
        match (self.number.unit, other.number.unit) {
            (Some(x), Some(y)) => x.base == y.base,
            (Some(_), None) => false,
            (None, _) => true,
        }
    }
}

fn one(words: &Words, start: usize, used: &[bool]) -> Option<One> {
    if used.get(start) != Some(&false) || is_part_of_name(words, start) {
        return None;
    }
    if let Some(unit) = tables::single(words.form(start)) {
        let number = Number { value: Amount::whole(1), unit: Some(unit), many: false };
        let (end, span) = (start + 1, words.span(start..start + 1));
        return Some(One { number, end, span, weak: true });
    }
    // "Rp 2,5 miliar", "US$3".
    let before = currency_before(words, start);
    let read = Reader::new(words, used, before.is_some()).read(start)?;
    // "semester pertama tahun ini" is no year.
    let behind = unit_behind(words, read.end, used).filter(|_| !read.ordinal);
    let unit = before.map(|(unit, _)| unit).or(read.unit).or(behind.map(|(unit, ..)| unit));
    let mut span = words.span(start..read.end);
    if let Some((_, from)) = before {
        span.start = from;
    }
    let mut end = read.end;
    if let (None, Some((_, behind, to))) = (read.unit, behind) {
        (end, span.end) = (behind, to);
    }
    let number = Number { value: read.value, unit, many: read.many };
    let small = words.form(start).parse::<u32>().is_err() && read.value == Amount::whole(1);
    let weak = read.weak || small && unit.is_none();
    Some(One { number, end, span, weak })
}

/// "Covid-19", "F-16", but not "ke-3".
fn is_part_of_name(words: &Words, at: usize) -> bool {
    let is_word = |i: usize| words.form(i).starts_with(char::is_alphabetic);
    at > 0
        && matches!(words.gap_before(at), "-" | "–")
        && words.starts_with_digit(at)
        && is_word(at - 1)
        && words.form(at - 1) != "ke"
        && tables::number_word(words.form(at - 1)).is_none()
}

/// A currency before an amount, and where it starts.
fn currency_before(words: &Words, at: usize) -> Option<(Unit, u32)> {
    let here = words.tokens[at].span.start;
    let before = words.text.get(..here as usize)?.trim_end();
    let sign = before.chars().next_back().filter(|c| matches!(c, '$' | '£' | '€'));
    if let Some(sign) = sign {
        let start = before.strip_suffix(sign)?.len();
        let start = words.text[..start].strip_suffix("US").map_or(start, str::len);
        return Some((tables::unit(sign.encode_utf8(&mut [0; 4]))?, start as u32));
    }
    let word = at.checked_sub(1)?;
    let is_currency = CURRENCIES.contains(&words.form(word));
    let near = words.gap(word).chars().all(|c| c == '.' || c.is_whitespace());
    (is_currency && near)
        .then(|| Some((tables::unit(words.form(word))?, words.tokens[word].span.start)))?
}

/// A unit behind an amount, the word behind it and where it ends.
fn unit_behind(words: &Words, at: usize, used: &[bool]) -> Option<(Unit, usize, u32)> {
    let end = words.tokens.get(at.checked_sub(1)?)?.span.end;
    let rest = words.text.get(end as usize..)?;
    let spaces = rest.len() - rest.trim_start().len();
    if rest.trim_start().starts_with('%') {
        return Some((tables::unit("%")?, at, end + spaces as u32 + 1));
    }
    if at >= words.len() || used[at] || !words.is_near(at - 1) && words.gap(at - 1) != "-" {
        return None;
    }
    if words.form(at) == "per" && words.form(at + 1) == "cent" {
        return Some((tables::unit("percent")?, at + 2, words.tokens[at + 1].span.end));
    }
    // "dolar AS"
    Some((tables::unit(words.form(at))?, at + 1, words.tokens[at].span.end))
}

/// Reads one amount word by word.
struct Reader<'w, 't> {
    words: &'w Words<'t>,
    used: &'w [bool],
    is_money: bool,
    /// What scale words have closed: "dua juta".
    total: Option<Amount>,
    /// Below the next scale word: "tiga ratus".
    group: Option<Amount>,
    /// A number that may yet be multiplied: "tiga".
    pending: Option<Amount>,
    many: bool,
    ordinal: bool,
    unit: Option<Unit>,
}

struct Read {
    value: Amount,
    unit: Option<Unit>,
    many: bool,
    ordinal: bool,
    weak: bool,
    end: usize,
}

impl<'w, 't> Reader<'w, 't> {
    fn new(words: &'w Words<'t>, used: &'w [bool], is_money: bool) -> Self {
        Reader {
            words,
            used,
            is_money,
            total: None,
            group: None,
            pending: None,
            many: false,
            ordinal: false,
            unit: None,
        }
    }

    fn read(mut self, start: usize) -> Option<Read> {
        // "ke-3"
        let ke = self.words.form(start) == "ke" && self.words.gap(start) == "-";
        let first = start + usize::from(ke && self.words.starts_with_digit(start + 1));
        let mut at = first;
        while self.used.get(at) == Some(&false) && (at == first || self.joins(at)) {
            match self.word(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        let parts = [self.total, self.group, self.pending];
        let value = parts.into_iter().flatten().try_fold(Amount::whole(0), Amount::plus)?;
        // "pertama" and "kedua" count nothing more often than not.
        let half = self.pending == Amount::fraction("1/2") && self.total.is_none();
        let weak =
            half && !self.words.starts_with_digit(start) || self.ordinal && value.is_within(1..=2);
        let Reader { unit, many, ordinal, .. } = self;
        (at > first).then_some(Read { value, unit, many, ordinal, weak, end: at })
    }

    fn joins(&self, at: usize) -> bool {
        let gap = self.words.gap_before(at);
        let hyphen = gap == "-" && self.pending.is_some_and(Amount::is_tens);
        gap.chars().all(char::is_whitespace) && gap != "\n" || hyphen
    }

    /// Takes the word at `at`; gives the next, or `None` where it is no part of the amount.
    fn word(&mut self, at: usize) -> Option<usize> {
        let glued = self.words.glued_currency(at).map(str::len);
        if self.words.starts_with_digit(at) || glued.is_some() {
            self.unit = glued.and_then(|n| tables::unit(&self.words.form(at)[..n]));
            return self.digits(at, glued.unwrap_or(0));
        }
        let started = self.total.is_some() || self.group.is_some() || self.pending.is_some();
        let form = self.words.form(at);
        if started && matches!(form, "a" | "and" | "dan") {
            let half = form == "a" && self.pending == Amount::fraction("1/2");
            let goes_on = form == "and" && self.group.is_some() && self.pending.is_none();
            return (half || goes_on).then_some(at + 1).filter(|&next| {
                matches!(
                    tables::number_word(self.words.form(next)),
                    Some(NumberWord::Small(_) | NumberWord::Scale(_))
                )
            });
        }
        let taken = self.apply(tables::number_word(form)?, started, form);
        taken.map(|()| at + 1)
    }

    fn apply(&mut self, word: NumberWord, started: bool, form: &str) -> Option<()> {
        if self.ordinal {
            return None;
        }
        match word {
            NumberWord::Small(value) => match self.pending {
                None => self.pending = Some(value),
                Some(tens) if tens.is_tens() && value.is_digit() => {
                    self.pending = Some(tens.plus(value)?);
                }
                Some(_) => return None,
            },
            NumberWord::Half if !started => self.pending = Amount::fraction("1/2"),
            NumberWord::Teen => self.pending = Some(self.pending.take()?.plus(Amount::whole(10))?),
            NumberWord::Times(times) => {
                let value = self.pending.take()?.times(times)?;
                self.group = Some(self.group.map_or(Some(value), |group| group.plus(value))?);
            }
            NumberWord::Whole(value) if self.pending.is_none() => {
                if value.is_within(0..=100) {
                    self.group = Some(self.group.map_or(Some(value), |group| group.plus(value))?);
                } else {
                    self.total = Some(self.total.map_or(Some(value), |total| total.plus(value))?);
                }
            }
            // "1,8 m" is a length.
            NumberWord::Scale(_) if form.len() == 1 => return None,
            NumberWord::Scale(scale) if self.many => {
                self.group = Some(self.group.take()?.times(scale)?);
            }
            NumberWord::Scale(scale) => self.scale(scale)?,
            NumberWord::Many(value) if !started => (self.group, self.many) = (Some(value), true),
            NumberWord::Ordinal(value) if !started => {
                (self.group, self.ordinal) = (Some(value), true);
            }
            _ => return None,
        }
        Some(())
    }

    /// "tiga ratus" becomes "tiga ratus ribu".
    fn scale(&mut self, scale: Amount) -> Option<()> {
        let amount = match (self.group.take(), self.pending.take()) {
            (Some(group), Some(pending)) => group.plus(pending)?,
            (group, pending) => group.or(pending)?,
        };
        let value = amount.times(scale)?;
        self.total = Some(self.total.map_or(Some(value), |total| total.plus(value))?);
        Some(())
    }

    /// "1.240", "3bn", "5kg", "3rd", behind `n_glued` bytes of a currency.
    fn digits(&mut self, at: usize, n_glued: usize) -> Option<usize> {
        if self.pending.is_some() || self.group.is_some() {
            return None;
        }
        let mut end = at + 1;
        let all_digits = |i: usize| self.words.number(i, 9).is_some();
        while (all_digits(end - 1) || n_glued > 0 && end == at + 1)
            && matches!(self.words.gap(end - 1), "." | ",")
            && self.words.starts_with_digit(end)
        {
            end += 1;
        }
        let written = self.words.span(at..end).of(self.words.text).get(n_glued..)?;
        let n_digits =
            written.len() - written.trim_start_matches(|c: char| !c.is_alphabetic()).len();
        let (digits, suffix) = written.split_at(n_digits);
        self.pending = Some(Amount::decimal(digits)?);
        self.suffix(&suffix.to_lowercase())?;
        Some(end)
    }

    fn suffix(&mut self, suffix: &str) -> Option<()> {
        if suffix.is_empty() {
            return Some(());
        }
        let money = self.is_money || self.unit.is_some() || suffix != "m";
        match tables::number_word(suffix) {
            Some(NumberWord::Scale(scale)) if money => self.scale(scale)?,
            Some(NumberWord::Suffix) => {}
            _ => self.unit = Some(tables::unit(suffix)?),
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize::tokenize;

    fn read(text: &str) -> Vec<Vec<Number>> {
        let tokens = tokenize(text);
        let facts = find(&Words::new(text, &tokens), &mut vec![false; tokens.len()]);
        let number = |fact: Fact| match fact.meaning {
            Meaning::Number(numbers) => numbers,
            _ => Vec::new(),
        };
        facts.into_iter().map(number).collect()
    }

    #[test]
    fn amounts_that_are_the_same() {
        for (a, b, expect) in [
            ("3.000", "3,000", true),
            ("3.000", "tiga ribu", true),
            ("3 ribu", "three thousand", true),
            ("3 thousand", "6.000", false),
            ("3 persen", "3%", true),
            ("three percent", "3 per cent", true),
            ("3 persen", "3 meter", false),
            ("1,8 meter", "1.8 metres", true),
            ("1,8 meter", "180 cm", true),
            ("Rp1.500.000.000", "Rp 1,5 miliar", true),
            ("$3.5 bn", "US$3.5 billion", true),
            ("$3m", "3 juta dolar", true),
            ("dua puluh lima", "25", true),
            ("twenty-five", "25", true),
            ("two hundred and five", "205", true),
            ("dua juta tiga ratus ribu", "2.300.000", true),
            ("dua belas", "12", true),
            ("seratus dua puluh", "120", true),
            ("seribu dua ratus", "1.200", true),
            ("setengah juta", "500 ribu", true),
            ("half a million", "500,000", true),
            ("ratusan", "100", false),
            ("ratusan ribu", "hundreds thousand", true),
            ("ke-3", "ketiga", true),
            ("3rd", "third", true),
            ("10-15 persen", "10 sampai 15%", true),
            ("antara 10 dan 15", "between 10 and 15", true),
            ("2-1", "1-2", false),
            ("satu hari", "sehari", true),
        ] {
            let (x, y) = (read(a), read(b));
            assert_eq!((x.len(), y.len()), (1, 1), "{a}: {x:?}, {b}: {y:?}");
            assert_eq!(same(&x[0], &y[0]), expect, "{a} and {b}: {x:?} {y:?}");
        }
    }

    #[test]
    fn what_is_no_amount() {
        for text in ["Covid-19", "F-16", "dan", "sampai", "4x4", "puluh"] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
