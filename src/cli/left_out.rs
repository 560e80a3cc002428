//! Which articles are not of the period that `--since` and `--until` ask for?

use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::provenance::{Period, published};
use crate::report::summary::LeftOut;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Admits the articles of a period, and counts the others.
pub struct Gate<'p> {
    period: &'p Period,
    n_outside: AtomicUsize,
    n_undated: AtomicUsize,
}

impl<'p> Gate<'p> {
    /// None counted yet.
    pub fn of(period: &'p Period) -> Self {
        Gate { period, n_outside: 0.into(), n_undated: 0.into() }
    }

    /// Whether it admits all, without a look at them.
    pub fn is_open(&self) -> bool {
        self.period.is_all()
    }

    /// Whether an article is of the period, as far as its date tells. One without a date is not.
    pub fn admits(&self, document: &Document) -> bool {
        if self.is_open() {
            return true;
        }
        let n_left_out = match published(document) {
            Some(when) if self.period.may_hold(&when) => return true,
            Some(_) => &self.n_outside,
            None => &self.n_undated,
        };
        n_left_out.fetch_add(1, Ordering::Relaxed);
        false
    }

    /// How many it has not admitted; an error where that is all there were.
    pub fn left_out(&self, n_admitted: usize) -> Result<LeftOut> {
        let n_outside = self.n_outside.load(Ordering::Relaxed);
        let n_undated = self.n_undated.load(Ordering::Relaxed);
        if n_admitted == 0 && 0 < n_outside + n_undated {
            let cause = format!(
                "--since and --until leave out all: {n_outside} of other dates, {n_undated} \
                 without a date"
            );
            let error = Error::new(ErrorKind::Input, "", "no article to compare", cause);
            return Err(match n_undated {
                0 => error,
                _ => error.hint("name the field of the dates: `--field published=NAME`"),
            });
        }
        Ok(LeftOut { n_outside, n_undated })
    }
}
