//! How often would chance do as well? An expectation value in three significant digits, from its
//! logarithm, the same on every machine.

use crate::claim::Milli;

/// log10(e), in units of 10^-12.
const LOG10_E: i128 = 434_294_481_903;

/// An expected number: `hundredths / 100 * 10^exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expectation {
    /// The first three digits: 100 to 999.
    hundredths: u32,
    exponent: i32,
}

/// Beyond these powers of ten a number is written as 0 or as the greatest.
const EXPONENTS: std::ops::RangeInclusive<i32> = -300..=300;

impl Expectation {
    /// From the natural logarithm.
    pub fn of(ln: Milli) -> Self {
        let log10_e9 = i128::from(ln.0) * LOG10_E / 1_000_000;
        let fraction = log10_e9.rem_euclid(1_000_000_000) as f64 / 1e9;
        let hundredths = (ten_to(fraction) * 100.0).round() as u32;
        let exponent = log10_e9.div_euclid(1_000_000_000).clamp(-9999, 9999) as i32;
        match hundredths {
            1000.. => Expectation { hundredths: 100, exponent: exponent + 1 },
            _ => Expectation { hundredths, exponent },
        }
    }

    /// The number itself; 0 below 10^-300 and at most 10^300 and a bit.
    pub fn value(self) -> f64 {
        if self.exponent < *EXPONENTS.start() {
            return 0.0;
        }
        let exponent = self.exponent.min(*EXPONENTS.end());
        // Parsing rounds to the double that prints as these digits again; multiplying may not.
        format!("{}e{}", self.hundredths, exponent - 2).parse().unwrap_or(0.0)
    }

    /// In words: `1 in 480`, `1 in 10^8` (rounded down), or `3.5 times` where it is 1 and more.
    pub fn in_words(ln: Milli) -> String {
        let inverse = Expectation::of(Milli(ln.0.saturating_neg()));
        match (ln.0, inverse.exponent) {
            (0.., _) => format!("{} times", Expectation::of(ln).value()),
            (_, ..6) => format!("1 in {}", inverse.value().round()),
            (_, power) => format!("1 in 10^{power}"),
        }
    }
}

/// 10^x for x in 0 to 1, by its power series: only additions, multiplications and divisions, which
/// IEEE 754 fixes to the last bit, where a library's `exp` may differ between platforms.
fn ten_to(x: f64) -> f64 {
    let exponent = x * std::f64::consts::LN_10;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..=40 {
        term *= exponent / f64::from(n);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_and_plain_words() {
        for (ln_milli, value, words) in [
            (-20_000, 2.06e-9, "1 in 10^8"),
            (-20_800, 9.26e-10, "1 in 10^9"),
            (-6_174, 0.00208, "1 in 480"),
            (-1, 0.999, "1 in 1"),
            (0, 1.0, "1 times"),
            (1_253, 3.5, "3.5 times"),
            (-2_000_000, 0.0, "1 in 10^868"),
            (i64::MIN, 0.0, "1 in 10^9999"),
        ] {
            assert_eq!(Expectation::of(Milli(ln_milli)).value(), value, "{ln_milli}");
            assert_eq!(Expectation::in_words(Milli(ln_milli)), words);
        }
        let greatest = Expectation::of(Milli(i64::MAX)).value();
        assert!(greatest.is_finite() && 1e300 <= greatest);
    }

    #[test]
    fn agrees_with_the_libm() {
        for ln_milli in (-600_000..600_000).step_by(977) {
            let expect = (ln_milli as f64 / 1000.0).exp();
            let found = Expectation::of(Milli(ln_milli)).value();
            assert!((found / expect - 1.0).abs() < 0.0051, "{ln_milli}: {found} {expect}");
        }
    }
}
