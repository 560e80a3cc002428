//! Parquet: one record a row.
//!
//! ```text
//! file ─ Table ─▶ batches of rows ─ rows ─▶ JSON Lines      read as any others, row by row
//!                                 └ kept ─▶ Parquet         the rows that are kept, of one schema
//! ```
//!
//! Rows become lines, so that all that is true of JSON Lines is true of them: which names fields have,
//! what a bad record is, how it is read again. `line` is then the number of the row, from 1.

mod kept;
mod rows;

use super::paths::{self, Found, Input, Place};
use super::stream::Rewound;
use super::{Options, Origin, content, record, spool, stream};
use crate::error::{Error, ErrorKind, Result, reason};
use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use ::parquet::errors::ParquetError;
use arrow_array::RecordBatch;
use arrow_schema::{FieldRef, Fields};
use rows::{Progress, Rows};
use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, BufRead, Read, Seek, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Once;

/// Rows as they are read.
pub struct Lines {
    /// A JSON object a line.
    pub bytes: Box<dyn Read + Send>,
    /// How many.
    pub n_rows: u64,
}

/// The rows of the table that `raw` is.
///
/// # Errors
///
/// [`ErrorKind::Input`] where it is damaged, encrypted, or has no column that a text may be in.
pub fn lines(raw: Rewound, origin: &Origin, options: &Options) -> Result<Lines> {
    let table = Table::read(file_of(raw, origin, options)?, origin.path)?;
    let columns = table.columns(options);
    if !columns.iter().any(|&column| options.fields.may_hold_text(table.name(column))) {
        let error = record::no_text(table.names(), &options.fields);
        return Err(Error { kind: ErrorKind::Input, place: origin.path.to_owned(), ..error });
    }
    let n_rows = table.n_rows();
    // What was looked at has been counted; of a pipe that was all.
    let n_uncounted = match origin.file {
        Some(file) => fs::metadata(file).map_or(0, |data| data.len()),
        None => 0,
    };
    let progress = Progress {
        meter: options.meter.clone(),
        n_bytes: n_uncounted.saturating_sub(stream::BUFFER_BYTES as u64),
        n_rows,
    };
    let rows = Rows::new(table, columns, options, progress)?;
    Ok(Lines { bytes: Box::new(rows), n_rows })
}

/// The file behind `raw`: its own, or a temporary one where it has none that can be read from its
/// end.
fn file_of(mut raw: Rewound, origin: &Origin, options: &Options) -> Result<File> {
    if let Some(path) = origin.file {
        return File::open(path).map_err(|error| origin.unreadable(&error));
    }
    let folder = spool::folder_or_default(options.temp_dir.as_deref());
    let unwritable = |error: &io::Error| {
        let what = format!("cannot keep it in {}", folder.display());
        Error::new(ErrorKind::Input, origin.path, what, reason(error))
            .hint("save it to a file, or name a folder with more room with --temp-dir or TMPDIR")
    };
    let mut file = tempfile::tempfile_in(&folder).map_err(|error| unwritable(&error))?;
    loop {
        let block = raw.fill_buf().map_err(|error| origin.unreadable(&error))?;
        let n_bytes = block.len();
        file.write_all(block).map_err(|error| unwritable(&error))?;
        raw.consume(n_bytes);
        if n_bytes == 0 {
            return Ok(file);
        }
    }
}

/// An error unless all that `paths` lead to are tables with the same columns, as far as they can be
/// read.
pub fn check_one_schema(paths: &[String]) -> Result<()> {
    let mut first: Option<(String, Fields)> = None;
    for found in paths::find(paths).inputs {
        let Found::Input(input) = found else { continue };
        let fields = match fields_of(&input) {
            Ok(Some(fields)) => fields,
            Ok(None) => return Err(not_a_table(&input)),
            // Why it cannot be read is told where it is read.
            Err(_) => continue,
        };
        match &first {
            None => first = Some((input.path, fields)),
            Some((_, before)) if *before == fields => {}
            Some((path, before)) => return Err(other_columns(path, before, &input.path, &fields)),
        }
    }
    Ok(())
}

/// The columns of a table; `None` of what is none.
fn fields_of(input: &Input) -> Result<Option<Fields>> {
    let Place::File(path) = &input.place else { return Ok(None) };
    if !path.is_file() {
        return Ok(None);
    }
    let origin = Origin::new(&input.path);
    let unreadable = |error| origin.unreadable(&error);
    let mut head = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    (&file).take(content::HEAD_BYTES as u64).read_to_end(&mut head).map_err(unreadable)?;
    if !content::is_parquet(&head) {
        return Ok(None);
    }
    Ok(Some(Table::read(file, &input.path)?.metadata.schema().fields().clone()))
}

fn not_a_table(input: &Input) -> Error {
    let (cause, hint) = match &input.place {
        Place::File(path) if path.is_file() => (
            "expected Parquet files only, for the output is one",
            "give the output a name in .jsonl: records of every input can go there",
        ),
        _ => (
            "expected a file, for an output in Parquet is copied from it",
            "save it to a file, or give the output a name in .jsonl",
        ),
    };
    Error::new(ErrorKind::Usage, &input.path, "no Parquet file", cause).hint(hint)
}

fn other_columns(path: &str, fields: &Fields, other: &str, others: &Fields) -> Error {
    let at = fields.iter().zip(others).take_while(|(a, b)| a == b).count();
    let (expected, got) = told_apart(fields.get(at), others.get(at));
    let number = at + 1;
    let cause = format!(
        "expected the columns of {path}, of which number {number} is {expected}, got {got}"
    );
    Error::new(ErrorKind::Usage, other, "other columns", cause)
        .hint("give the output a name in .jsonl: records of every schema can go there")
}

/// Two columns that are not the same, by as much as it takes to see it.
fn told_apart(a: Option<&FieldRef>, b: Option<&FieldRef>) -> (String, String) {
    let shown = |field: Option<&FieldRef>, nulls: bool| match field {
        Some(field) => {
            let nulls = match (nulls, field.is_nullable()) {
                (false, _) => "",
                (true, true) => ", may be null",
                (true, false) => ", never null",
            };
            format!("`{}` ({}{nulls})", field.name(), field.data_type())
        }
        None => "none".to_owned(),
    };
    let apart = |nulls| Some((shown(a, nulls), shown(b, nulls))).filter(|(a, b)| a != b);
    apart(false)
        .or_else(|| apart(true))
        .unwrap_or_else(|| (shown(a, false), "the same with other metadata".to_owned()))
}

/// A table that can be read.
#[derive(Debug)]
struct Table {
    file: File,
    metadata: ArrowReaderMetadata,
    path: String,
}

impl Table {
    /// Errors where it is damaged, cut off or encrypted.
    fn read(file: File, path: &str) -> Result<Table> {
        if is_encrypted(&file).map_err(|error| Origin::new(path).unreadable(&error))? {
            let cause = "expected columns that can be read, got encrypted ones";
            let error = Error::new(ErrorKind::Input, path, "an encrypted Parquet file", cause);
            return Err(error.hint("decrypt it: write it anew without encryption"));
        }
        let options = ArrowReaderOptions::new();
        let metadata = guarded(path, || ArrowReaderMetadata::load(&file, options))?;
        Ok(Table { file, metadata, path: path.to_owned() })
    }

    fn name(&self, column: usize) -> &str {
        self.metadata.schema().field(column).name()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.metadata.schema().fields().iter().map(|field| field.name().as_str())
    }

    /// The columns that are read, ascending.
    fn columns(&self, options: &Options) -> Vec<usize> {
        let all = 0..self.metadata.schema().fields().len();
        all.filter(|&at| !options.fields_only || options.fields.wants(self.name(at))).collect()
    }

    fn n_rows(&self) -> u64 {
        self.metadata
            .metadata()
            .row_groups()
            .iter()
            .map(|group| group.num_rows().max(0) as u64)
            .sum()
    }

    /// The rows, of these columns alone.
    fn batches(self, columns: &[usize]) -> Result<Batches> {
        let n_rows = self.batch_rows();
        let Table { file, metadata, path } = self;
        let columns = ProjectionMask::roots(metadata.parquet_schema(), columns.iter().copied());
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata);
        let builder = builder.with_projection(columns).with_batch_size(n_rows);
        let reader = guarded(&path, || builder.build())?;
        Ok(Batches { reader, path })
    }

    /// Rows that are read at once: many, but of a few megabytes.
    fn batch_rows(&self) -> usize {
        const MOST_ROWS: u64 = 1024;
        const MOST_BYTES: u64 = 4 << 20;
        let row_bytes =
            self.metadata.metadata().row_groups().iter().map(|group| {
                group.total_byte_size().max(0) as u64 / (group.num_rows().max(1) as u64)
            });
        (MOST_BYTES / row_bytes.max().unwrap_or(0).max(1)).clamp(1, MOST_ROWS) as usize
    }
}

/// Whether the footer or the first column is encrypted: lengths of cipher text stand in the place of
/// what is always the same.
fn is_encrypted(mut file: &File) -> io::Result<bool> {
    let mut head = Vec::new();
    file.rewind()?;
    file.take(content::HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head.starts_with(b"PARE") || !head.starts_with(b"PAR1\x15"))
}

/// Rows, many at a time.
struct Batches {
    reader: ParquetRecordBatchReader,
    path: String,
}

impl Batches {
    fn next(&mut self) -> Option<Result<RecordBatch>> {
        let next =
            guarded(&self.path, || self.reader.next().transpose().map_err(ParquetError::from));
        next.transpose()
    }
}

thread_local! {
    /// Whether a panic of this thread becomes an error.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Lets a panic that becomes an error say nothing of itself; any other is told as before.
fn hush() {
    static HUSHED: Once = Once::new();
    HUSHED.call_once(|| {
        let tell = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_GUARDED.get() {
                tell(panic);
            }
        }));
    });
}

/// What `read` gives; an error where it fails or panics: few damaged files lead to what the Parquet
/// library does not look out for, but some do.
fn guarded<T>(
    path: &str,
    read: impl FnOnce() -> std::result::Result<T, ParquetError>,
) -> Result<T> {
    let damaged = |cause: String| {
        let cause = format!("expected Parquet, got an error in it: {cause}");
        Error::new(ErrorKind::Input, path, "damaged", cause).hint("fetch or write the file again")
    };
    hush();
    IS_GUARDED.set(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    IS_GUARDED.set(false);
    match read {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(ParquetError::External(error))) if error.is::<io::Error>() => {
            let error = error.downcast::<io::Error>().map_or_else(io::Error::other, |e| *e);
            Err(damaged(reason(&error)))
        }
        Ok(Err(error)) => Err(damaged(told(&error))),
        Err(_) => Err(damaged("what it says of itself cannot be".to_owned())),
    }
}

/// The text of a library error as messages write it: on one line, lower case, without the name of
/// its kind.
fn told(error: &ParquetError) -> String {
    let text = error.to_string();
    let kinds =
        ["Parquet error: ", "Arrow: ", "EOF: ", "NYI: ", "External: ", "Parquet argument error: "];
    let text = kinds.iter().fold(text.as_str(), |text, kind| text.trim_start_matches(kind));
    reason(&io::Error::other(text.lines().next().unwrap_or_default().to_owned()))
}

/// A table that was read before, and may have changed.
fn reopened(file: &Path, path: &str) -> Result<Table> {
    let file = File::open(file).map_err(|error| Origin::new(path).unreadable(&error))?;
    Table::read(file, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_or_panics_below_is_a_damaged_file() {
        let fails = || Err::<(), _>(ParquetError::General("No such page\nat all".to_owned()));
        for (error, cause) in [
            (guarded("a.parquet", fails), "no such page"),
            (guarded::<()>("a.parquet", || panic!("unheard")), "what it says of itself cannot be"),
        ] {
            let expect = format!(
                "a.parquet: damaged: expected Parquet, got an error in it: {cause}\nhint: "
            );
            let error = error.unwrap_err().to_string();
            assert!(error.starts_with(&expect), "{error}");
        }
        assert!(!IS_GUARDED.get());
    }
}
