//! Fixed-point numbers: scores that are the same on every machine.
//!
//! `f64::ln` and `f64::sqrt` may differ in the last bit between platforms, and one bit can move a
//! score over a threshold. Everything that decides a result is an integer number of thousandths.

/// A number in thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Milli(pub i64);

impl Milli {
    /// One.
    pub const ONE: Milli = Milli(1000);

    /// A whole number.
    pub const fn count(n: usize) -> Milli {
        Milli(n as i64 * 1000)
    }

    /// `part / whole`, rounded down; zero where `whole` is zero.
    pub fn ratio(part: i64, whole: i64) -> Milli {
        Milli(if whole == 0 { 0 } else { part * 1000 / whole })
    }
}

impl From<bool> for Milli {
    fn from(holds: bool) -> Milli {
        Milli(i64::from(holds) * 1000)
    }
}

/// A number in ten-thousandths, to be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasisPoints(pub i64);

/// Binary logarithm of `numerator / denominator`, in units of 2^-32; a 0 counts as 1.
pub fn log2_ratio_q32(numerator: u64, denominator: u64) -> i64 {
    log2_q32(numerator.max(1)) - log2_q32(denominator.max(1))
}

/// Natural logarithm of `n`, to a thousandth; 0 for 0.
pub fn ln(n: u64) -> Milli {
    ln_of_log2(log2_q32(n.max(1)))
}

/// Natural logarithm of `numerator / denominator`, to a thousandth; a 0 counts as 1.
pub fn ln_ratio(numerator: u64, denominator: u64) -> Milli {
    ln_of_log2(log2_q32(numerator.max(1)) - log2_q32(denominator.max(1)))
}

/// From a binary logarithm with 32 fractional bits.
fn ln_of_log2(log2: i64) -> Milli {
    const LN_2_Q32: i128 = 2_977_044_472; // ln 2 * 2^32
    let product = i128::from(log2) * LN_2_Q32 * 1000;
    Milli(((product + (1 << 63)) >> 64) as i64)
}

/// Binary logarithm of `x >= 1` with 32 fractional bits: the integer part is the position of the
/// leading one, each further bit is found by squaring the mantissa (Knuth, TAOCP 1.2.2 exercise 25).
fn log2_q32(x: u64) -> i64 {
    let whole = 63 - x.leading_zeros();
    let mut mantissa = (x as u128) << (63 - whole); // 1.63 fixed point, in [1, 2)
    let mut fraction: i64 = 0;
    for _ in 0..32 {
        mantissa = (mantissa * mantissa) >> 63;
        fraction <<= 1;
        if mantissa >= 1 << 64 {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    ((whole as i64) << 32) | fraction
}

/// Square root of a product of two numbers in thousandths, in thousandths, rounded down.
pub fn geometric_mean(a: Milli, b: Milli) -> Milli {
    Milli(((a.0.max(0) as u64 * b.0.max(0) as u64).isqrt()) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn logarithm_is_the_real_one_to_a_thousandth(a in 1u64.., b in 1u64..) {
            let real = ((a as f64).ln() - (b as f64).ln()) * 1000.0;
            prop_assert!((ln_ratio(a, b).0 as f64 - real).abs() <= 0.51, "{} {}", ln_ratio(a, b).0, real);
        }
    }

    #[test]
    fn logarithms_of_small_numbers() {
        for (a, b, milli) in [(1, 1, 0), (2, 1, 693), (1, 2, -693), (10, 1, 2303), (0, 0, 0)] {
            assert_eq!(ln_ratio(a, b), Milli(milli), "ln {a}/{b}");
        }
    }

    #[test]
    fn binary_logarithms() {
        let units = |x: f64| (x * (1u64 << 32) as f64).round() as i64;
        for (a, b) in [(2, 1), (3, 1), (5, 2), (8, 4), (1, 1)] {
            let real = units((a as f64 / b as f64).log2());
            assert!(log2_ratio_q32(a, b).abs_diff(real) <= 2, "log2 {a}/{b}");
        }
    }

    #[test]
    fn means() {
        assert_eq!(geometric_mean(Milli(500), Milli(2000)), Milli(1000));
        assert_eq!(Milli::ratio(1, 3), Milli(333));
        assert_eq!(Milli::ratio(1, 0), Milli(0));
    }
}
