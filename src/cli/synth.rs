//! `kutip synth`: a made-up corpus, and the truth about it.

use super::Exit;
use super::config::{RecordsConfig, SynthConfig};
use crate::error::Result;
use crate::report::both;
use crate::report::output::Folder;
use crate::report::output::Output;
use crate::report::synth::{self, pan};
use crate::synth::Synth;
use crate::synth::pan::PanCorpus;
use std::io;

/// Makes up the corpus, and writes it and what is true of it.
pub fn run(config: SynthConfig) -> Result<Exit> {
    match config {
        SynthConfig::Records(config) => records(config)?,
        SynthConfig::Pan(config) => {
            let folder = Folder::prepare(&config.folder)?;
            pan::write(&PanCorpus::new(config.params), folder)?;
        }
    }
    Ok(Exit::Done)
}

fn records(config: RecordsConfig) -> Result<()> {
    let corpus = Output::prepare(&config.corpus)?;
    let truth = config.truth.as_deref().map(Output::prepare).transpose()?;
    let made_up = Synth::new(config.params);
    match truth {
        Some(truth) => both::write(corpus, truth, |out, truth| synth::write(&made_up, out, truth))?,
        None => corpus.write(|out| synth::write(&made_up, out, &mut io::sink()))?,
    };
    Ok(())
}
