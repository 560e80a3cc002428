//! What decides, as data: a value, and the threshold that it is held against.

use crate::fixed::Milli;

/// A threshold; the value itself is within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// This or more.
    AtLeast(Milli),
    /// This or less.
    AtMost(Milli),
}

/// A value that a stage decides by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// What is measured, as records name it.
    pub name: &'static str,
    /// What was measured.
    pub value: Milli,
    /// What is asked.
    pub bound: Bound,
}

impl Condition {
    /// A value beside its threshold.
    pub fn new(name: &'static str, value: Milli, bound: Bound) -> Self {
        Condition { name, value, bound }
    }

    /// Whether the value is within the threshold.
    pub fn holds(&self) -> bool {
        match self.bound {
            Bound::AtLeast(least) => self.value >= least,
            Bound::AtMost(most) => self.value <= most,
        }
    }
}
