//! What can be changed where the memory does not suffice?

use super::memory;
use crate::cli::config::PlanConfig;
use crate::duplicates::{DuplicateParams, Load, Measure, SIGNATURE, Search};
use crate::lsh::Banding;
use crate::report::plan::Way;

/// Recalls to ask for instead of all pairs.
const RECALLS: [f64; 3] = [0.99, 0.95, 0.9];

/// Options that take less, each alone, with the bytes that the run then takes.
pub fn ways_out(config: &PlanConfig, load: &Load) -> Vec<Way> {
    let mut ways = Vec::new();
    if config.params.search == Search::All && config.params.measure == Measure::Jaccard {
        let banding =
            |recall| Some((recall, Banding::for_recall(SIGNATURE, config.threshold, recall)?));
        ways.extend(RECALLS.into_iter().find_map(banding).map(|(recall, banding)| {
            let params = DuplicateParams { search: Search::Bands(banding), ..config.params };
            let memory_bytes = memory(load, &params, &config.room).total();
            Way { what: format!("--recall {recall} for --exact"), memory_bytes: Some(memory_bytes) }
        }));
    }
    let memory_bytes = memory(load, &config.params, &config.room).total();
    let mib = memory_bytes.div_ceil(1 << 20);
    ways.push(Way { what: format!("--memory {mib}MiB"), memory_bytes: Some(memory_bytes) });
    ways.push(in_parts(config, load));
    ways
}

/// With fewer records at a time: two parts are held, one of them only compared with.
fn in_parts(config: &PlanConfig, load: &Load) -> Way {
    let fits = |n_documents: u64| {
        let load = Load { n_documents, ..*load };
        memory(&load, &config.params, &config.room).total() <= config.room.memory_bytes
    };
    // The most that fit, by halving.
    let (mut most, mut too_many) = (0, load.n_documents);
    while most + 1 < too_many {
        let middle = most.midpoint(too_many);
        if fits(middle) { most = middle } else { too_many = middle }
    }
    let what = match most / 2 {
        0 => "more memory: so little does not hold two records".to_owned(),
        n => {
            format!("parts of {n} records, each cleaned with --against one earlier part at a time")
        }
    };
    Way { what, memory_bytes: None }
}
