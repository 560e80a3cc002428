//! What can be changed where the memory does not suffice?

use super::memory;
use crate::cli::config::PlanConfig;
use crate::duplicates::{DuplicateParams, Load, Measure, SIGNATURE, Search};
use crate::lsh::Banding;
use crate::report::plan::Way;

/// What was reckoned, to be reckoned again with something else.
pub struct Reckoned<'p> {
    pub config: &'p PlanConfig,
    pub load: &'p Load,
}

/// Recalls to ask for instead, and thresholds.
const RECALLS: [f64; 4] = [0.95, 0.9, 0.8, 0.5];
const THRESHOLDS: [f64; 4] = [0.85, 0.9, 0.95, 1.0];

/// Options that take less, each alone, with the bytes that the run then takes: of those of one kind
/// the first that fits, or else the last.
pub fn ways_out(reckoned: &Reckoned, limit_bytes: u64) -> Vec<Way> {
    let config = reckoned.config;
    let now = reckoned.total(reckoned.load, &config.params);
    let mut ways = Vec::new();
    let mut add = |of_one_kind: Vec<Way>| {
        let fits = |way: &&Way| way.memory_bytes.is_some_and(|bytes| bytes <= limit_bytes);
        let best = of_one_kind.iter().find(fits).or(of_one_kind.last());
        let is_less = |way: &&Way| way.memory_bytes.is_none_or(|bytes| bytes < now);
        ways.extend(best.filter(is_less).cloned());
    };
    match config.params.search {
        Search::Bands(_) => {
            let lower = RECALLS.into_iter().filter(|recall| *recall < config.recall);
            let recalls =
                lower.map(|r| reckoned.banded(format!("--recall {r}"), config.threshold, r));
            add(recalls.flatten().collect());
            let higher = THRESHOLDS.into_iter().filter(|t| config.threshold < *t);
            let thresholds =
                higher.map(|t| reckoned.banded(format!("--threshold {t}"), t, config.recall));
            add(thresholds.flatten().collect());
        }
        Search::All if config.params.measure == Measure::Jaccard => {
            let banded =
                |r| reckoned.banded(format!("--recall {r} for --exact"), config.threshold, r);
            add([0.99, 0.95, 0.9].into_iter().filter_map(banded).collect());
        }
        Search::All => {}
    }
    if 1 < reckoned.load.n_threads {
        let one = Load { n_threads: 1, ..*reckoned.load };
        add(vec![way("--threads 1", reckoned.total(&one, &config.params))]);
    }
    ways.push(reckoned.in_parts(limit_bytes));
    ways
}

fn way(what: &str, memory_bytes: u64) -> Way {
    Way { what: what.to_owned(), memory_bytes: Some(memory_bytes) }
}

impl Reckoned<'_> {
    fn total(&self, load: &Load, params: &DuplicateParams) -> u64 {
        memory(load, params).total()
    }

    /// With other bands, where there are any.
    fn banded(&self, what: String, threshold: f64, recall: f64) -> Option<Way> {
        let banding = Banding::for_recall(SIGNATURE, threshold, recall)?;
        let params = DuplicateParams { search: Search::Bands(banding), ..self.config.params };
        Some(way(&what, self.total(self.load, &params)))
    }

    /// With fewer records at a time: two parts are held, one of them only compared with.
    fn in_parts(&self, limit_bytes: u64) -> Way {
        let fits = |n_documents: u64| {
            let load = Load { n_documents, ..*self.load };
            memory(&load, &self.config.params).total() <= limit_bytes
        };
        // The most that fit, by halving.
        let (mut most, mut too_many) = (0, self.load.n_documents);
        while most + 1 < too_many {
            let middle = most.midpoint(too_many);
            if fits(middle) { most = middle } else { too_many = middle }
        }
        let what = match most / 2 {
            0 => "more memory: so little does not hold two records".to_owned(),
            n => format!(
                "parts of {n} records, each cleaned with --against one earlier part at a time"
            ),
        };
        Way { what, memory_bytes: None }
    }
}
