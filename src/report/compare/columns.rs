//! How do two texts stand side by side?

use crate::report::screen::{Flow, Page};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Between the columns.
const BETWEEN: &str = " │ ";
/// Narrower pages have no room for two columns.
const LEAST_WIDTH: usize = 80;

/// Two columns, or one under the other.
pub(super) struct Columns {
    page: Page,
    /// Columns of a line of one text.
    width: usize,
    side_by_side: bool,
}

impl Columns {
    pub fn of(page: Page) -> Self {
        let side_by_side = LEAST_WIDTH <= page.width;
        let n_between = BETWEEN.width();
        let width = if side_by_side { (page.width - n_between) / 2 } else { page.width };
        Columns { page, width, side_by_side }
    }

    /// Writes a block of each text; each flow begins a line.
    pub fn write(&self, blocks: &[Vec<Flow>; 2], out: &mut dyn Write) -> io::Result<()> {
        if !self.side_by_side {
            return self.write_stacked(blocks, out);
        }
        let [left, right] = [self.lines(&blocks[0], 0)?, self.lines(&blocks[1], 0)?];
        for at in 0..left.len().max(right.len()) {
            let blank = (String::new(), 0);
            let (shown, n_columns) = left.get(at).unwrap_or(&blank);
            let pad = " ".repeat(self.width.saturating_sub(*n_columns));
            let (other, _) = right.get(at).unwrap_or(&blank);
            writeln!(out, "{}", format!("{shown}{pad}{BETWEEN}{other}").trim_end())?;
        }
        Ok(())
    }

    fn write_stacked(&self, blocks: &[Vec<Flow>; 2], out: &mut dyn Write) -> io::Result<()> {
        for (name, block) in ["A", "B"].into_iter().zip(blocks) {
            for (shown, _) in self.lines(block, 3)? {
                writeln!(out, "{name}  {}", shown.trim_start())?;
            }
        }
        Ok(())
    }

    /// The lines of a block, each with the columns that it takes on a terminal.
    fn lines(&self, block: &[Flow], indent: usize) -> io::Result<Vec<(String, usize)>> {
        let written = |colour: bool| -> io::Result<String> {
            let page = Page { width: self.width, colour };
            let mut out = Vec::new();
            block.iter().try_for_each(|flow| flow.write(indent, indent, page, &mut out))?;
            Ok(String::from_utf8_lossy(&out).into_owned())
        };
        // Lines break alike with and without styles, and only without can they be measured.
        let (plain, shown) = (written(false)?, written(self.page.colour)?);
        Ok(shown.lines().map(str::to_owned).zip(plain.lines().map(str::width)).collect())
    }
}
