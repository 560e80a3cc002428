//! Finds what news articles have in common.
pub mod claim;
pub mod cli;
pub mod document;
pub mod error;
pub mod hash;
pub mod ingest;
pub mod provenance;
pub mod report;
pub mod span;
pub mod text;
