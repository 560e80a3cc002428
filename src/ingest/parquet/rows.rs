//! How do rows become lines of JSON?

use super::{Batches, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::{FieldMap, Meter, Options};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayAccessor, RecordBatch, new_empty_array};
use arrow_json::writer::{LineDelimited, NullableEncoder, make_encoder};
use arrow_json::{Encoder, EncoderFactory, EncoderOptions, Writer, WriterBuilder};
use arrow_schema::{ArrowError, DataType, FieldRef};
use std::io::{self, Read};
use std::sync::Arc;

/// The rows of a table, a JSON object a line. An error comes up behind the rows before it.
pub struct Rows {
    batches: Batches,
    writer: Writer<Vec<u8>, LineDelimited>,
    /// Lines; those from `n_taken` on are still to be taken.
    lines: Vec<u8>,
    n_taken: usize,
    progress: Progress,
}

/// What is still to be counted of a table, whose bytes are read in no order.
pub struct Progress {
    pub meter: Meter,
    pub n_bytes: u64,
    pub n_rows: u64,
}

impl Progress {
    /// Counts rows, as if each took the same of the file.
    fn count(&mut self, n_rows: u64) {
        let share = u128::from(self.n_bytes) * u128::from(n_rows) / u128::from(self.n_rows.max(1));
        let n_bytes = (share as u64).min(self.n_bytes);
        self.meter.add(n_bytes);
        self.n_bytes -= n_bytes;
        self.n_rows = self.n_rows.saturating_sub(n_rows);
    }
}

impl Rows {
    /// The rows of these columns; an error where one of them has no JSON.
    pub fn new(
        table: Table,
        columns: Vec<usize>,
        options: &Options,
        progress: Progress,
    ) -> Result<Rows> {
        let texts: Arc<dyn EncoderFactory> = Arc::new(Texts(options.fields.clone()));
        for &column in &columns {
            check_json(&table.metadata.schema().fields()[column], &texts, &table.path)?;
        }
        let writer = WriterBuilder::new().with_explicit_nulls(true).with_encoder_factory(texts);
        Ok(Rows {
            batches: table.batches(&columns)?,
            writer: writer.build(Vec::new()),
            lines: Vec::new(),
            n_taken: 0,
            progress,
        })
    }

    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        self.lines.clear();
        self.n_taken = 0;
        std::mem::swap(self.writer.get_mut(), &mut self.lines);
        self.writer
            .write(batch)
            .map_err(|error| io::Error::other(no_json(&self.batches.path, "", &error)))?;
        std::mem::swap(self.writer.get_mut(), &mut self.lines);
        self.progress.count(batch.num_rows() as u64);
        Ok(())
    }
}

impl Read for Rows {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.n_taken == self.lines.len() {
            match self.batches.next() {
                None => return Ok(0),
                Some(batch) => self.write(&batch.map_err(io::Error::other)?)?,
            }
        }
        let n_bytes = out.len().min(self.lines.len() - self.n_taken);
        out[..n_bytes].copy_from_slice(&self.lines[self.n_taken..][..n_bytes]);
        self.n_taken += n_bytes;
        Ok(n_bytes)
    }
}

fn check_json(field: &FieldRef, texts: &Arc<dyn EncoderFactory>, path: &str) -> Result<()> {
    let options = EncoderOptions::default().with_encoder_factory(Arc::clone(texts));
    let none = new_empty_array(field.data_type());
    let made = make_encoder(field, &none, &options).map(drop);
    made.map_err(|error| no_json(path, field.name(), &error))
}

fn no_json(path: &str, column: &str, error: &ArrowError) -> Error {
    let cause = format!("expected columns that can be written as JSON, got `{column}`: {error}");
    Error::new(ErrorKind::Input, path, "not as records", cause)
        .hint("leave the column out, or convert it")
}

/// Writes bytes that a text may be in as text: many writers do not say that they are. What is not
/// UTF-8 stays as it is, so that its row alone is rejected.
#[derive(Debug)]
struct Texts(FieldMap);

impl EncoderFactory for Texts {
    fn make_default_encoder<'a>(
        &self,
        field: &'a FieldRef,
        array: &'a dyn Array,
        _: &'a EncoderOptions,
    ) -> std::result::Result<Option<NullableEncoder<'a>>, ArrowError> {
        if !self.0.may_end_in(field.name()) {
            return Ok(None);
        }
        let encoder: Box<dyn Encoder + 'a> = match array.data_type() {
            DataType::Binary => Box::new(Text(array.as_binary::<i32>())),
            DataType::LargeBinary => Box::new(Text(array.as_binary::<i64>())),
            DataType::BinaryView => Box::new(Text(array.as_binary_view())),
            DataType::FixedSizeBinary(_) => Box::new(Text(array.as_fixed_size_binary())),
            _ => return Ok(None),
        };
        Ok(Some(NullableEncoder::new(encoder, array.nulls().cloned())))
    }
}

struct Text<A>(A);

impl<'a, A: ArrayAccessor<Item = &'a [u8]>> Encoder for Text<A> {
    fn encode(&mut self, idx: usize, out: &mut Vec<u8>) {
        let bytes = self.0.value(idx);
        let written = std::str::from_utf8(bytes).is_ok_and(|text| {
            // A vector takes all that is written to it.
            serde_json::to_writer(&mut *out, text).is_ok()
        });
        if !written {
            write_raw(bytes, out);
        }
    }
}

/// Writes a string that is no text.
fn write_raw(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for &byte in bytes {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', byte]),
            0..=0x1f => out.extend(format!("\\u{byte:04x}").into_bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}
