//! How is a corpus of reused passages written? A folder in the layout of PAN's text alignment (2013):
//!
//! ```text
//! susp/suspicious-document00001.txt   src/source-document00001.txt   the texts
//! pairs                               a line for each pair: the names of both texts
//! 02-verbatim/suspicious-document00001-source-document00002.xml      where its passages are
//! ```

use crate::error::Result;
use crate::report::output::Folder;
use crate::synth::pan::{PanCorpus, PanPair, Reuse};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Pairs in memory at a time.
const CHUNK: usize = 64;

/// Writes the corpus into a new folder.
pub fn write(corpus: &PanCorpus, folder: Folder) -> Result<()> {
    folder.write(|inside| fill(corpus, inside))
}

fn fill(corpus: &PanCorpus, folder: &Path) -> io::Result<()> {
    for name in ["susp", "src"].into_iter().chain(Reuse::ALL.map(Reuse::folder)) {
        fs::create_dir(folder.join(name))?;
    }
    let mut pairs = String::new();
    let n_pairs = corpus.n_pairs();
    for start in (0..n_pairs).step_by(CHUNK) {
        for pair in corpus.pairs(start..n_pairs.min(start.saturating_add(CHUNK as u32))) {
            let [suspicious, source] = names(&pair);
            fs::write(folder.join(format!("susp/{suspicious}.txt")), &pair.suspicious)?;
            fs::write(folder.join(format!("src/{source}.txt")), &pair.source)?;
            let name = format!("{}/{suspicious}-{source}.xml", pair.reuse.folder());
            fs::write(folder.join(name), annotation(&pair))?;
            // Nothing that is written to a text can fail.
            let _ = writeln!(pairs, "{suspicious}.txt {source}.txt");
        }
    }
    fs::write(folder.join("pairs"), pairs)
}

fn names(pair: &PanPair) -> [String; 2] {
    [
        format!("suspicious-document{:05}", pair.suspicious_number),
        format!("source-document{:05}", pair.source_number),
    ]
}

/// What `kutip eval passages` reads as a truth.
fn annotation(pair: &PanPair) -> String {
    let [suspicious, source] = names(pair);
    let kind = pair.reuse.folder().trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document reference=\"{suspicious}.txt\">\n"
    );
    for case in &pair.cases {
        let (this, that) = (&case.suspicious_chars, &case.source_chars);
        let _ = writeln!(
            xml,
            "  <feature name=\"plagiarism\" type=\"artificial\" obfuscation=\"{kind}\" \
             this_offset=\"{}\" this_length=\"{}\" source_reference=\"{source}.txt\" \
             source_offset=\"{}\" source_length=\"{}\" />",
            this.start,
            this.end - this.start,
            that.start,
            that.end - that.start
        );
    }
    xml + "</document>\n"
}
