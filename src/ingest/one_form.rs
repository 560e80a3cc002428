//! Can the records of several inputs stand in one file as they are?
//!
//! JSON Lines and texts can, as JSON Lines; so can the rows of tables with the same header. Rows and
//! other records cannot.

use super::content;
use super::paths::{self, Found, Input};
use super::store::Again;
use super::stream::{self, Rewound};
use super::{Meter, Options, Origin, Table};
use crate::error::{Error, ErrorKind, Result};
use std::sync::Arc;

/// Whether `paths` are tables, whose rows can stand in one; an error where their records cannot stand
/// in one file. As far as names and headers tell: what can be read only once is not looked into.
///
/// # Errors
///
/// [`ErrorKind::Usage`], with two of the inputs.
pub fn check_one_form(paths: &[String], options: &Options) -> Result<bool> {
    let is_table = |path: &str| content::delimiters(path, options).is_some();
    let inputs = paths::find(paths).inputs.into_iter().filter_map(|found| match found {
        Found::Input(input) => Some(input),
        Found::Missing(_) => None,
    });
    let inputs: Vec<Input> = inputs.collect();
    if !inputs.iter().any(|input| is_table(&input.path)) {
        return Ok(false);
    }
    let mut form = OneForm::default();
    for input in &inputs {
        if !is_table(&input.path) {
            form.add(&input.path, None)?;
        } else if let Some(table) = header(input, options) {
            form.add(&input.path, Some(&table))?;
        }
    }
    Ok(true)
}

/// The table that a file is; why it is none is told where it is read.
fn header(input: &Input, options: &Options) -> Option<Arc<Table>> {
    if Again::from(input) == Again::FromSpool {
        return None;
    }
    let mut origin = Origin::new(&input.path);
    let raw = stream::open(input, &Meter::default()).ok()?;
    let mut text: Rewound = super::decompressed(Rewound::new(raw), &mut origin).ok()?;
    match super::look_into(&mut text, options, &origin).ok()?.1 {
        content::Format::Table(table) => Some(table),
        _ => None,
    }
}

/// What the inputs so far have in common.
#[derive(Debug, Default)]
pub(super) struct OneForm {
    /// The first input, and the table that it is.
    first: Option<(String, Option<Arc<Table>>)>,
}

impl OneForm {
    /// Adds an input, which is a table or not; an error where its records cannot stand beside the
    /// others.
    pub fn add(&mut self, path: &str, table: Option<&Arc<Table>>) -> Result<()> {
        let Some((first, before)) = &self.first else {
            self.first = Some((path.to_owned(), table.cloned()));
            return Ok(());
        };
        match (before, table) {
            (None, None) => Ok(()),
            (Some(before), Some(table)) if before.is_like(table) => Ok(()),
            _ => Err(differ((first, before.as_ref()), (path, table))),
        }
    }

    /// The table that all are rows of.
    pub fn table(self) -> Option<Arc<Table>> {
        self.first?.1
    }
}

fn differ(a: (&str, Option<&Arc<Table>>), b: (&str, Option<&Arc<Table>>)) -> Error {
    let shown = |(path, table): (&str, Option<&Arc<Table>>)| match table {
        Some(table) => format!("{path} has the columns {}", table.shown()),
        None => format!("{path} is no table"),
    };
    let cause = format!("{}, and {}", shown(a), shown(b));
    Error::new(ErrorKind::Usage, "", "cannot write the kept records of both to one table", cause)
        .hint(
            "name the output .jsonl to have them as JSON Lines, or run them apart, the second with \
             --against the first",
        )
}
