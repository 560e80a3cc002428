//! `kutip` (Indonesian, "to quote") finds what news articles have in common: the claims and
//! quotations that several outlets carry, in whose words, where exactly, and who had them first.
//!
//! # From an article to a claim
//!
//! ```text
//! paths ─ ingest ─▶ Document ─ text ─▶ paragraphs, tokens, passages (spans into the original)
//!          │            └─ provenance ─▶ outlet, date, author, agency, speaker
//!          ▼
//!   passages ─ wording ─▶ Wording      equal words are one wording, in many places
//!            ─ weights, story ─▶       what each word tells, in the batch and in its story;
//!            ─ formula ─▶           runs of words that other stories have too
//!            ─ shingle ─ minhash ─ lsh ─ candidate ─▶ pairs worth comparing
//!            ─ align ─ judge ─▶ Match  confirmed or suggested, on the words themselves,
//!            ─ event ─▶           and judged alone where the numbers tell of two events
//!            ─ difference ─▶           what another wording says otherwise
//!            ─ decision ─▶           what a reader decided of them
//!            ─ cluster ─ assemble ─▶ Claim
//!            ─ independence ─▶          from how many sources, who copied it, who omits it
//!            ─ filter ─ report ─▶ text | page | JSON Lines | CSV | JSON-LD | GraphML
//!                   └─ eval ─▶ how good, against a reader's truth
//! ```
//!
//! [`pipeline::find_claims`] is the whole of it; [`cli`] is the command. Which articles are in a batch
//! twice is another question, with the same first stages: [`duplicates::find_duplicates`].
//!
//! ```text
//!   documents ─ tokenize ─ shingle ─ minhash ─ lsh ─▶ proposed ─ exact Jaccard ─▶ DuplicateCluster
//! ```
//!
//! [`eval`] measures what was found against what a reader finds, and duplicates against a corpus of
//! which [`synth`] planted them.
//!
//! # Words
//!
//! *document* an article · *outlet* who published it · *owner* the group it belongs to · *agency* a wire service credited in the
//! text · *passage* the unit compared: a sentence or a quotation · *quotation* a passage inside
//! quotation marks · *wording* a sequence of words, wherever it stands · *original* a record's text
//! after decoding and unescaping, before any normalising · *span* a half-open range of the original,
//! in bytes and in code points · *token* a normalised word · *shingle* a hashed n-gram · *signature*
//! k minima (MinHash) · *band* r consecutive rows of a signature · *candidate* a pair that some seed
//! proposes · *match* a pair accepted on the words themselves · *mass* what a match weighs, in nats ·
//! *medoid* the wording that the others of a claim match · *claim* wordings joined by matches,
//! with their sources · *occurrence* one document's wording of a claim · *decision* what a reader says of passages · *boilerplate* site furniture.
//!
//! # Invariants
//!
//! 1. A module uses only modules that stand before it in this file. Only [`pipeline`], [`duplicates`],
//!    [`synth`] and [`cli`] call stages; what a stage needs of one text ([`provenance::speaker`]) it asks
//!    itself.
//! 2. Only [`ingest`], [`report`] and [`cli`] do input and output; [`spill`] does for what memory is not to
//!    hold, and [`codec`] for what a later run reads. Stages cannot fail, but where there is no room.
//! 3. Every span that leaves the crate indexes the original: `exact` is
//!    `original[byte_start..byte_end]`, and the code points agree.
//! 4. The same input and parameters give the same bytes in every output file, for any number of
//!    threads, any machine, and any order of the input files (rejects are in the order of reading).
//!    Of duplicates, the order of the input is that of the kept records, and says which is first.
//!    Scores are integers ([`fixed`]). Output files hold no times and no memory figures.
//! 5. No hash of ahash or of `std::hash` is stored, printed or decides a result: [`hash`] does.
//! 6. `Serialize` lives in [`report`].
//! 7. `unsafe` is in vector code only, behind a safe function that has a plain twin with the same results.
//! 8. MinHash only proposes: no threshold is ever applied to an estimate.
//!
//! Invariants 1, 2, 5, 6 and 7 are tests (`tests/it/architecture.rs`).

pub mod error;
pub mod fixed;
pub mod condition;
pub mod hash;
pub mod span;
pub mod spill;
pub mod codec;

pub mod document;
pub mod ingest;
pub mod text;

pub mod background;
pub mod glue;
pub mod provenance;

pub mod wording;
pub mod weights;
pub mod shingle;
pub mod minhash;
pub mod lsh;
pub mod duplicates;
pub mod synth;
pub mod story;
pub mod formula;
pub mod candidate;
pub mod align;
pub mod judge;
pub mod event;
pub mod decision;
pub mod cluster;
pub mod claim;
pub mod difference;
pub mod reuse;
pub mod assemble;
pub mod independence;
pub mod filter;

pub mod eval;
pub mod pipeline;
pub mod report;
pub mod cli;
