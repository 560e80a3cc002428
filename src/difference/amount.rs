//! Exact amounts: fractions of whole numbers. What does not fit is no amount.

/// A fraction in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    over: u128,
    under: u128,
}

impl Amount {
    pub(super) fn whole(n: u128) -> Amount {
        Amount { over: n, under: 1 }
    }

    fn of(over: u128, under: u128) -> Option<Amount> {
        let divisor = greatest_common_divisor(over, under);
        (divisor != 0).then(|| Amount { over: over / divisor, under: under / divisor })
    }

    /// `3`, `1/100`.
    pub(super) fn fraction(written: &str) -> Option<Amount> {
        match written.split_once('/') {
            Some((over, under)) => Amount::of(over.parse().ok()?, under.parse().ok()?),
            None => written.parse().ok().map(Amount::whole),
        }
    }

    /// `1,8` and `1.8`; `1.240`, `1,240` and `1.240.000`, whose marks part thousands; `1.240,5`.
    /// One mark before three digits parts thousands in the news of either language, but behind a
    /// lone zero.
    pub(super) fn decimal(written: &str) -> Option<Amount> {
        let marks: Vec<(usize, char)> =
            written.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
        let Some(&(last_at, last)) = marks.last() else { return Amount::fraction(written) };
        let groups: Vec<&str> = written.split(['.', ',']).collect();
        let parted = |groups: &[&str]| {
            groups.len() > 1
                && groups[0] != "0"
                && groups[0].len() <= 3
                && groups[1..].iter().all(|group| group.len() == 3)
        };
        let one_mark = marks.iter().all(|&(_, mark)| mark == last);
        let digits = |text: &str| text.replace(['.', ','], "");
        if one_mark && parted(&groups) {
            return digits(written).parse().ok().map(Amount::whole);
        }
        let whole = &groups[..groups.len() - 1];
        if marks.len() > 1 && (one_mark || !parted(whole)) {
            return None;
        }
        let decimals = u32::try_from(written.len() - last_at - 1).ok()?;
        Amount::of(digits(written).parse().ok()?, 10u128.checked_pow(decimals)?)
    }

    pub(super) fn plus(self, other: Amount) -> Option<Amount> {
        let (x, y) = (self.over.checked_mul(other.under)?, other.over.checked_mul(self.under)?);
        Amount::of(x.checked_add(y)?, self.under.checked_mul(other.under)?)
    }

    pub(super) fn times(self, other: Amount) -> Option<Amount> {
        Amount::of(self.over.checked_mul(other.over)?, self.under.checked_mul(other.under)?)
    }

    /// Whether it is one of the whole numbers below ten.
    pub(super) fn is_digit(self) -> bool {
        self.under == 1 && self.over < 10
    }

    /// Whether it is 20, 30, … 90.
    pub(super) fn is_tens(self) -> bool {
        self.under == 1 && (20..100).contains(&self.over) && self.over.is_multiple_of(10)
    }

    /// Whether it is a whole number in the range.
    pub(super) fn is_within(self, range: std::ops::RangeInclusive<u128>) -> bool {
        self.under == 1 && range.contains(&self.over)
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    // Zero over anything is zero over one; anything over zero is nothing.
    if b == 0 {
        return 0;
    }
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_they_are_written() {
        for (written, expect) in [
            ("3.000", Some("3000")),
            ("3,000", Some("3000")),
            ("1.240.000", Some("1240000")),
            ("1,8", Some("18/10")),
            ("1.80", Some("9/5")),
            ("0.125", Some("1/8")),
            ("1.240,5", Some("2481/2")),
            ("1,240.50", Some("2481/2")),
            ("5,75", Some("23/4")),
            ("1.2.3", None),
            ("99999999999999999999999999999999999999999", None),
            ("", None),
        ] {
            assert_eq!(Amount::decimal(written), expect.and_then(Amount::fraction), "{written}");
        }
    }

    #[test]
    fn what_does_not_fit_is_no_amount() {
        let huge = Amount::whole(u128::MAX);
        assert_eq!(huge.times(Amount::whole(2)), None);
        assert_eq!(huge.plus(Amount::whole(1)), None);
        assert_eq!(Amount::fraction("1/0"), None);
        assert_eq!(Amount::whole(0).times(huge), Some(Amount::whole(0)));
    }
}
