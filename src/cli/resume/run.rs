//! What decides what a run finds, and what of it is another's?

use crate::cli::config::DedupConfig;
use crate::duplicates::{Keep, Measure, Outlets, Search};
use crate::error::Result;
use crate::hash::content_id;
use crate::ingest::{self, Delimiter, InputState};
use crate::shingle::Shingling;
use bincode::{Decode, Encode};

/// What decides what a run finds.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Run {
    /// By name, as people type them.
    parameters: Vec<(String, String)>,
    inputs: Vec<InputState>,
}

impl Run {
    /// The run that is to be done. Errors where an input can be read only once.
    pub fn of(config: &DedupConfig) -> Result<Self> {
        let mut inputs = ingest::states(&config.inputs)?;
        let n_own = inputs.len();
        inputs.extend(ingest::states(&config.against)?);
        Ok(Run { parameters: parameters(config, n_own), inputs })
    }

    /// The path of the first input whose text was another when a run that was stopped read it.
    pub fn changed(&self, now: &[u64], then: &[u64]) -> Option<&str> {
        let is_other = |(_, (now, then)): &(&InputState, (&u64, &u64))| now != then;
        let mut inputs = self.inputs.iter().zip(now.iter().zip(then));
        inputs.find(is_other).map(|(input, _)| input.path.as_str())
    }

    /// What is the first that another run, which was stopped, had otherwise.
    pub fn difference(&self, stopped: &Run) -> Option<(&'static str, String)> {
        let pairs = self.parameters.iter().zip(&stopped.parameters);
        for ((name, now), (_, then)) in pairs {
            if now != then {
                return Some(("of another run", format!("{name} was {then}, and is {now}")));
            }
        }
        for (now, then) in self.inputs.iter().zip(&stopped.inputs) {
            if now.path != then.path {
                let cause = format!("it read {} where this run reads {}", then.path, now.path);
                return Some(("of other inputs", cause));
            }
            if now != then {
                return Some(("of other inputs", format!("{} has changed since", now.path)));
            }
        }
        let (now, then) = (self.inputs.len(), stopped.inputs.len());
        let is_other = self.parameters.len() != stopped.parameters.len() || now != then;
        is_other.then(|| ("of other inputs", format!("it read {then} files, and this run {now}")))
    }
}

fn parameters(config: &DedupConfig, n_own: usize) -> Vec<(String, String)> {
    let params = &config.params;
    let period = &config.batch.period;
    let recall = match params.search {
        Search::Bands(_) => config.recall.to_string(),
        Search::All => "of no use".to_owned(),
    };
    let fields = config.batch.options.fields.given();
    let fields = (!fields.is_empty()).then(|| fields.join(" --field "));
    let parameter = |name: &str, value: String| (name.to_owned(), value);
    vec![
        parameter("kutip", env!("CARGO_PKG_VERSION").to_owned()),
        parameter("--shingle", shingling(params.shingling)),
        parameter("--measure", measure(params.measure).to_owned()),
        parameter("--threshold", format!("{}", params.threshold.0 as f64 / 1e3)),
        parameter("--exact", given(config.exact)),
        parameter("--recall", recall),
        parameter("--no-loss", given(params.no_loss)),
        parameter("--keep", keep(&config.keep)),
        parameter("--field", or_not_given(fields)),
        parameter("--delimiter", or_not_given(config.batch.options.delimiter.map(delimiter))),
        parameter("--since", or_not_given(period.since.as_ref())),
        parameter("--until", or_not_given(period.until.as_ref())),
        parameter("number of files to clean", n_own.to_string()),
    ]
}

fn given(is_given: bool) -> String {
    (if is_given { "given" } else { "not given" }).to_owned()
}

fn or_not_given(value: impl IntoIterator<Item = impl ToString>) -> String {
    value.into_iter().next().map_or_else(|| given(false), |value| value.to_string())
}

fn shingling(shingling: Shingling) -> String {
    match shingling {
        Shingling::Words(n) => format!("word:{n}"),
        Shingling::Chars(n) => format!("char:{n}"),
    }
}

fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Jaccard => "jaccard",
        Measure::Containment => "containment",
    }
}

fn keep(keep: &Keep) -> String {
    match keep {
        Keep::First => "first".to_owned(),
        Keep::Longest => "longest".to_owned(),
        Keep::Earliest => "earliest".to_owned(),
        Keep::Priority(outlets) => list(outlets),
    }
}

/// A list of outlets as far as it decides: lists that differ have another sum.
fn list(outlets: &Outlets) -> String {
    let names: Vec<&str> = outlets.best_first().collect();
    let sum = content_id(names.join("\n").as_bytes());
    format!("priority:FILE with {} outlets of checksum {}", names.len(), &sum[..8])
}

fn delimiter(delimiter: Delimiter) -> String {
    match delimiter.byte() {
        b'\t' => "tab".to_owned(),
        byte => char::from(byte).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> Run {
        let state = |path: &str, n_bytes| InputState {
            path: path.to_owned(),
            n_bytes,
            modified_nanos: Some(5),
        };
        Run {
            parameters: vec![
                ("--threshold".to_owned(), "0.8".to_owned()),
                ("--keep".to_owned(), "first".to_owned()),
            ],
            inputs: vec![state("a.jsonl", 10), state("b.jsonl", 20)],
        }
    }

    #[test]
    fn the_first_difference_is_named() {
        let change = |change: &dyn Fn(&mut Run)| {
            let mut other = run();
            change(&mut other);
            run().difference(&other).map(|(what, cause)| format!("{what}: {cause}"))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(change(&|_| {}), None);
        assert_eq!(
            change(&|run| run.parameters[0].1 = "0.7".to_owned()),
            some("of another run: --threshold was 0.7, and is 0.8")
        );
        assert_eq!(
            change(&|run| run.inputs[1].n_bytes = 21),
            some("of other inputs: b.jsonl has changed since")
        );
        assert_eq!(
            change(&|run| run.inputs[0].path = "c.jsonl".to_owned()),
            some("of other inputs: it read c.jsonl where this run reads a.jsonl")
        );
        assert_eq!(
            change(&|run| drop(run.inputs.pop())),
            some("of other inputs: it read 1 files, and this run 2")
        );
    }
}
