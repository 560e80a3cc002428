//! How are the rows that are kept written as a table again?
//!
//! With the schema and the metadata of the first table, the compression of its first column and row
//! groups of as many rows as its own, unless they are larger than memory is to hold; everything else is
//! the writer's choice.

use super::{Batches, Table, reopened};
use crate::ingest::Location;
use crate::ingest::store::{Store, changed};
use ::parquet::arrow::ArrowSchemaConverter;
use ::parquet::arrow::arrow_writer::{ArrowWriter, ArrowWriterOptions};
use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::schema::types::SchemaDescriptor;
use arrow_array::BooleanArray;
use arrow_schema::SchemaRef;
use arrow_select::filter::filter_record_batch;
use std::io::{self, Write};

impl Store {
    /// Writes these rows, which are in the order of the input, as a table. All are of tables with the
    /// same columns.
    pub fn copy_rows(
        &self,
        rows: &mut dyn Iterator<Item = Location>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut rows = rows.peekable();
        let Some(&first) = rows.peek() else { return Ok(()) };
        let mut kept = Kept::new(&self.table_of(first)?, out).map_err(unwritable)?;
        while let Some(&first) = rows.peek() {
            let table = self.table_of(first)?;
            if table.metadata.schema().fields() != kept.schema.fields() {
                return Err(io::Error::other(changed(&table.path, 0)));
            }
            let all: Vec<usize> = (0..table.metadata.schema().fields().len()).collect();
            let mut next = || rows.next_if(|row| row.input == first.input).map(|row| row.line);
            kept.add(table.batches(&all).map_err(io::Error::other)?, &mut next)?;
        }
        kept.finish()
    }

    /// The table that a row is in.
    fn table_of(&self, row: Location) -> io::Result<Table> {
        let (file, path) = self.parquet_file(row).map_err(io::Error::other)?;
        reopened(file, path).map_err(io::Error::other)
    }
}

/// Bytes of a row group that are held, as they are written: the same for any `--memory`, so that the
/// file is too.
const MOST_GROUP_BYTES: usize = 8 << 20;

/// A table that is being written.
struct Kept<'o> {
    writer: ArrowWriter<Vec<u8>>,
    schema: SchemaRef,
    out: &'o mut dyn Write,
}

impl<'o> Kept<'o> {
    fn new(like: &Table, out: &'o mut dyn Write) -> std::result::Result<Self, ParquetError> {
        let schema = like.metadata.schema().clone();
        let options = ArrowWriterOptions::new().with_properties(properties(like));
        let own = like.metadata.parquet_schema();
        let options = if is_same_layout(&ArrowSchemaConverter::new().convert(&schema)?, own) {
            // With what it says beside of its columns; the metadata have the rest.
            options.with_parquet_schema(own.clone()).with_skip_arrow_metadata(true)
        } else {
            options
        };
        let writer = ArrowWriter::try_new_with_options(Vec::new(), schema.clone(), options)?;
        Ok(Kept { writer, schema, out })
    }

    /// Adds the rows of a table whose numbers `next` gives, ascending from 1.
    fn add(
        &mut self,
        mut batches: Batches,
        next: &mut impl FnMut() -> Option<u64>,
    ) -> io::Result<()> {
        let (mut n_before, mut row) = (0, next());
        while row.is_some() {
            let Some(batch) = batches.next() else {
                return Err(io::Error::other(changed(&batches.path, 0)));
            };
            let batch = batch.map_err(io::Error::other)?;
            let end = n_before + batch.num_rows() as u64;
            let mut mask = vec![false; batch.num_rows()];
            while let Some(here) = row.filter(|&row| row <= end) {
                mask[(here - 1 - n_before) as usize] = true;
                row = next();
            }
            let batch = filter_record_batch(&batch, &BooleanArray::from(mask));
            let batch = batch.map_err(|error| unwritable(error.into()))?;
            self.writer.write(&batch).map_err(unwritable)?;
            if MOST_GROUP_BYTES <= self.writer.memory_size() {
                self.writer.flush().map_err(unwritable)?;
            }
            self.hand_on()?;
            n_before = end;
        }
        Ok(())
    }

    fn hand_on(&mut self) -> io::Result<()> {
        self.out.write_all(&std::mem::take(self.writer.inner_mut()))
    }

    fn finish(mut self) -> io::Result<()> {
        self.writer.finish().map_err(unwritable)?;
        self.hand_on()
    }
}

fn properties(like: &Table) -> WriterProperties {
    let metadata = like.metadata.metadata();
    let groups = metadata.row_groups();
    let compression = groups.first().and_then(|group| group.columns().first());
    let n_rows = groups.iter().map(|group| group.num_rows().max(0) as usize).max();
    WriterProperties::builder()
        .set_compression(match compression.map(|column| column.compression()) {
            // Superseded by it.
            Some(Compression::LZ4) => Compression::LZ4_RAW,
            Some(compression) => compression,
            None => Compression::UNCOMPRESSED,
        })
        .set_max_row_group_row_count(n_rows.filter(|&n_rows| 0 < n_rows))
        .set_key_value_metadata(metadata.file_metadata().key_value_metadata().cloned())
        .build()
}

/// Whether the columns of both hold their values in the same way. Not all that can be read is still
/// written.
fn is_same_layout(a: &SchemaDescriptor, b: &SchemaDescriptor) -> bool {
    let layout = |schema: &SchemaDescriptor| -> Vec<_> {
        let columns = schema.columns().iter();
        columns
            .map(|column| {
                let levels = (column.max_def_level(), column.max_rep_level());
                (column.physical_type(), column.type_length(), levels)
            })
            .collect()
    };
    layout(a) == layout(b)
}

fn unwritable(error: ParquetError) -> io::Error {
    io::Error::other(super::told(&error))
}
