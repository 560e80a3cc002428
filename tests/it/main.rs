//! The program as its users meet it: one module per question.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod architecture; // whether the code keeps the invariants of the crate docs
#[cfg(feature = "parquet")] // without it, Parquet has another message
mod bad_input; // what is told of each kind of bad input, and what is kept
mod claims; // which claims are found
mod claims_asked; // which of them are shown, and in which order
mod cli; // what happens to the process: exit codes, messages, outputs
mod compare; // what is shown of two articles
mod decisions; // whether a reader's decisions are kept, and survive
mod dedup; // what a batch loses that it has twice
mod eval; // how good the claims found are
mod eval_passages; // how good found passages are, by annotations of a PAN corpus
mod explain; // what became of a pair of passages
mod formats; // whether other programs read the formats of claims
mod independence; // how many sources a claim has, and who copied or omitted it
mod interrupt; // what an interrupted run leaves
mod languages; // whether every language is read as well as English
#[cfg(feature = "parquet")]
mod parquet;
mod page; // what a page is before a browser sees it
mod passages; // whether rows are read and written as lines are
mod plan; // what is said of a run before it
mod readme; // whether the README tells the truth
mod resume; // what a killed run leaves, and what the next makes of it
mod schema; // whether its records are what its schema says
mod spool; // where text waits that can be read only once
mod synth; // whether a made-up corpus is what was asked for, and duplicates are found in it
mod synth_pan; // whether a made-up corpus of reused passages is what was asked for
mod support; // a folder of articles, and a run of the program
