//! What does a batch have twice? A page of the clusters: the record that is kept, those removed for
//! it with their scores, and of each the text that both share and the text that goes with it.

use super::policy::{self, STYLE};
use super::template::Templates;
use super::timeline::cut;
use super::words::{Language, Words, count};
use crate::document::Document;
use crate::duplicates::{Duplicate, DuplicateCluster, unique_text};
use crate::fixed::Milli;
use crate::report::duplicates::DuplicateReport;
use crate::span::ByteSpan;
use serde::Serialize;
use std::io::{self, Write};

/// Bytes that clusters may take.
const MAX_BYTES: usize = 20 << 20;
/// Removed records of a cluster that are shown.
const MAX_REMOVED: usize = 50;
/// Bytes of a record's text that are shown: what it has of its own before what it shares.
const MAX_TEXT_BYTES: usize = 6_000;
/// Code points of a heading.
const HEADING_CHARS: usize = 140;

/// Writes the clusters of a report as a page in that language.
pub fn write(
    report: &DuplicateReport<'_>,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = Words::of(language);
    let templates = Templates::new(&words).map_err(io::Error::other)?;
    let (mut clusters, mut n_bytes) = (Vec::new(), 0_usize);
    for (number, cluster) in (1..).zip(report.clusters) {
        let view = cluster_view(number, cluster, report, &words)?;
        let laid_out = templates.cluster(&view).map_err(io::Error::other)?;
        n_bytes = n_bytes.saturating_add(laid_out.len());
        if MAX_BYTES < n_bytes {
            break;
        }
        clusters.push(laid_out);
    }
    let page = page(report, &clusters, &words);
    out.write_all(templates.duplicates(&page).map_err(io::Error::other)?.as_bytes())
}

/// The page.
#[derive(Serialize)]
struct DuplicatesPage<'r> {
    language: &'static str,
    policy: String,
    style: &'static str,
    lead: String,
    /// Figures of the overview.
    facts: Vec<(String, String)>,
    /// As they are laid out.
    clusters: &'r [String],
    notes: Vec<String>,
    made_by: String,
}

/// Records that are one.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Cluster {
    /// From 1.
    number: usize,
    kept: Record,
    n_removed: usize,
    /// The first of them.
    removed: Vec<Removed>,
    /// How many others there are, in words.
    more: Option<String>,
}

/// A record.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Record {
    name: String,
    heading: String,
    outlet: Option<String>,
    published: Option<String>,
    parts: Vec<Part>,
}

/// A record that another stands for.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Removed {
    record: Record,
    jaccard: String,
    containment: String,
    /// Whether it has text that the kept one lacks.
    has_own: bool,
    /// How much of that there was no room for.
    own_cut: Option<String>,
}

/// A run of text.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Part {
    text: String,
    /// Whether the kept record lacks it.
    is_own: bool,
    /// Whether it goes on.
    is_cut: bool,
}

fn page<'r>(
    report: &DuplicateReport<'_>,
    clusters: &'r [String],
    words: &Words,
) -> DuplicatesPage<'r> {
    let n_removed: usize = report.clusters.iter().map(|cluster| cluster.members.len()).sum();
    let n_clusters = report.clusters.len();
    let n_cut = n_clusters - clusters.len();
    let cut = count!(words, n_cut, "n_clusters");
    let notes = [
        (n_cut, words.fill("left_out_clusters", &[("clusters", &cut)])),
        (report.n_rejects, words.fill("rejects", &[("n", &words.number(report.n_rejects))])),
    ];
    let records = count!(words, report.n_own, "n_records");
    let figures = [
        (report.n_own, words.get("dup_read").to_owned()),
        (report.n_own - n_removed, words.get("dup_kept").to_owned()),
        (n_removed, words.get("dup_removed").to_owned()),
        (n_clusters, count!(words, n_clusters, "dup_clusters")),
    ];
    DuplicatesPage {
        language: words.language.code(),
        policy: policy::without_script(),
        style: STYLE,
        lead: words
            .fill("dup_lead", &[("removed", &words.number(n_removed)), ("records", &records)]),
        facts: figures.map(|(n, label)| (words.number(n), label)).into(),
        clusters,
        notes: notes.into_iter().filter(|(n, _)| *n != 0).map(|(_, note)| note).collect(),
        made_by: words
            .fill("made_by", &[("version", env!("CARGO_PKG_VERSION")), ("articles", &records)]),
    }
}

fn cluster_view(
    number: usize,
    cluster: &DuplicateCluster,
    report: &DuplicateReport<'_>,
    words: &Words,
) -> io::Result<Cluster> {
    let kept = report.document(cluster.kept)?;
    let shown = cluster.members.iter().take(MAX_REMOVED);
    let removed =
        shown.map(|member| Ok(removed(member, &report.document(member.doc)?, &kept, words)));
    let n_more = cluster.members.len().saturating_sub(MAX_REMOVED);
    Ok(Cluster {
        number,
        n_removed: cluster.members.len(),
        removed: removed.collect::<io::Result<_>>()?,
        more: (n_more != 0).then(|| count!(words, n_more, "n_more")),
        kept: record(&kept, &[]),
    })
}

fn removed(member: &Duplicate, document: &Document, kept: &Document, words: &Words) -> Removed {
    let own = unique_text(&document.text, &kept.text);
    let record = record(document, &own);
    let chars = |text: &str| text.chars().count();
    let shown = record.parts.iter().filter(|part| part.is_own).map(|part| chars(&part.text));
    let n_own: usize = own.iter().map(|span| chars(span.of(&document.text))).sum();
    let n_cut = n_own - shown.sum::<usize>();
    Removed {
        record,
        own_cut: (n_cut != 0).then(|| count!(words, n_cut, "n_own_cut")),
        jaccard: decimal(member.jaccard),
        containment: decimal(member.containment),
        has_own: !own.is_empty(),
    }
}

fn record(document: &Document, own: &[ByteSpan]) -> Record {
    let fields = &document.fields;
    let heading = fields.title.as_deref().unwrap_or(document.text.trim_start());
    Record {
        name: document.name(),
        heading: cut(heading, HEADING_CHARS),
        outlet: fields.outlet.clone(),
        published: fields.published.clone(),
        parts: parts(&document.text, own),
    }
}

/// The last character boundary up to that byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The text cut where it begins and ends to be the record's own; what is shared is cut to the room
/// that this leaves.
fn parts(text: &str, own: &[ByteSpan]) -> Vec<Part> {
    let n_own_bytes: usize = own.iter().map(|span| span.of(text).len()).sum();
    let mut room_of_own = MAX_TEXT_BYTES;
    let mut room_of_shared = MAX_TEXT_BYTES.saturating_sub(n_own_bytes);
    let mut parts = Vec::new();
    let mut push = |whole: &str, is_own| {
        let room = if is_own { &mut room_of_own } else { &mut room_of_shared };
        let end = floor(whole, *room);
        *room -= end;
        let is_cut = end < whole.len();
        if is_cut {
            *room = 0;
        }
        if !whole.is_empty() {
            parts.push(Part { text: whole[..end].to_owned(), is_own, is_cut });
        }
    };
    let mut at = 0;
    for span in own {
        let (start, end) = (span.start as usize, span.end as usize);
        push(&text[at..start], false);
        push(&text[start..end], true);
        at = end;
    }
    push(&text[at..], false);
    parts
}

fn decimal(Milli(thousandths): Milli) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Fields, Source};

    fn document(text: &str) -> Document {
        let source = Source { path: "batch.jsonl".to_owned(), line: Some(3), encoding: "UTF-8" };
        Document { source, fields: Fields::default(), text: text.to_owned() }
    }

    #[test]
    fn what_is_shared_and_what_goes_with_a_removed_record() {
        let kept = document("satu dua tiga empat lima enam tujuh");
        let text = "satu dua tiga empat lima enam tujuh delapan é sembilan";
        let member = Duplicate { doc: 1, jaccard: Milli(850), containment: Milli(1000) };
        let words = Words::of(Language::English);
        let view = removed(&member, &document(text), &kept, &words);
        assert_eq!((&*view.jaccard, &*view.containment, view.has_own), ("0.850", "1.000", true));
        let parts: Vec<(&str, bool)> =
            view.record.parts.iter().map(|part| (&*part.text, part.is_own)).collect();
        let shared = "satu dua tiga empat lima enam tujuh ";
        assert_eq!(parts, [(shared, false), ("delapan é sembilan", true)]);
        assert_eq!(view.record.name, "batch.jsonl:3");
        assert!(!removed(&member, &kept, &kept, &words).has_own);
    }

    #[test]
    fn of_a_long_record_what_would_be_lost_is_shown_and_the_shared_text_cut() {
        let words = Words::of(Language::English);
        let member = Duplicate { doc: 1, jaccard: Milli(850), containment: Milli(1000) };
        let told = |kept: &str, own: &str| {
            let text = format!("{kept}{own}");
            let view = removed(&member, &document(&text), &document(kept), &words);
            let parts: Vec<(usize, bool, bool)> =
                view.record.parts.iter().map(|p| (p.text.len(), p.is_own, p.is_cut)).collect();
            (parts, view.own_cut)
        };
        let numbered = |n: usize| -> String { (0..n).map(|n| format!("é{n:05} ")).collect() };
        let shared = numbered(1_000);
        let own = "delapan sembilan sepuluh sebelas dua belas tiga belas";
        let room = MAX_TEXT_BYTES - own.len();
        assert_eq!(told(&shared, own), (vec![(room, false, true), (own.len(), true, false)], None));
        let (parts, own_cut) =
            told("satu dua tiga", &format!(" {}", "x".repeat(MAX_TEXT_BYTES + 7)));
        assert_eq!(parts.last(), Some(&(MAX_TEXT_BYTES, true, true)), "{parts:?}");
        assert_eq!(own_cut.as_deref(), Some("7 more characters of its own, not shown."));
    }

    #[test]
    fn texts_are_cut_between_characters() {
        let long = document(&"é".repeat(MAX_TEXT_BYTES));
        let [part] = &record(&long, &[]).parts[..] else { panic!("one run") };
        assert!(part.is_cut && part.text == long.text[..MAX_TEXT_BYTES]);
        assert_eq!((floor("aé", 2), floor("aé", 9)), (1, 3));
    }
}
