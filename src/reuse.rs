//! Which passages did one document take from another, or both from a third?
//!
//! Sentences alike and runs of words are *seeds*. Seeds near each other in both documents are
//! *chained* into one passage, in whatever order they stand, and a passage is accepted on the words
//! of the whole of it: most of the weight of its lighter side must stand in the other side too. Its
//! ends are those of its outermost sentences, or of the copied words where a copy starts amid a
//! sentence.
//!
//! After Sanchez-Perez, Gelbukh and Sidorov, "Adaptive algorithm for plagiarism detection: the
//! best-performing approach at PAN 2014 text alignment competition" (CLEF 2015), with weights from
//! ordinary text, runs of words beside sentences, and ends by alignment.

use crate::align::Aligned;
use crate::candidate::Candidate;
use crate::claim::Grade;
use crate::document::DocId;
use crate::fixed::Milli;
use crate::span::ByteSpan;
use crate::text::Article;
use crate::weights::Weighted;
use crate::wording::{Place, Wordings};
use rayon::prelude::*;
use seed::{Seed, Text};
use std::ops::Range;

mod chain;
mod edge;
mod measure;
mod place;
mod seed;
pub mod verbatim;

/// A passage of one document that stands, in whatever words, in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reuse {
    /// The two documents: the one asked about and the one compared with, or the smaller number first.
    pub docs: (DocId, DocId),
    /// The passage in either.
    pub spans: (ByteSpan, ByteSpan),
    /// Number of words of either.
    pub n_words: (u32, u32),
    /// What the words of both weigh, in nats.
    pub mass: Milli,
    /// Mass over the weight of the lighter side, 0 to 1.
    pub containment: Milli,
    /// How alike the two are.
    pub grade: Grade,
    /// Whether what corresponds stands in the same order.
    pub in_order: bool,
}

/// Which documents are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairs<'p> {
    /// Each with each.
    All,
    /// Those that are asked about, by [`DocId`], with the others.
    Against(&'p [bool]),
}

/// What the finder needs to know of the batch.
pub struct Finder<'r> {
    /// The articles, by [`DocId`].
    pub articles: &'r [Article],
    /// Their wordings.
    pub wordings: &'r Wordings,
    /// What each word of these weighs.
    pub weights: &'r [Weighted],
}

impl Finder<'_> {
    /// The passages of all pairs of documents in which candidates stand, in the order of the
    /// documents and in that of the text; none lies for the most part in another of the same pair.
    pub fn find(&self, candidates: &[Candidate], pairs: Pairs) -> Vec<Reuse> {
        let mut places: Vec<(Place, Place)> = candidates
            .par_iter()
            .flat_map_iter(|&(a, b)| {
                place::pairs(&self.wordings.get(a).places, &self.wordings.get(b).places, pairs)
            })
            .collect();
        places.par_sort_unstable_by_key(|(x, y)| (x.doc, y.doc, x.passage, y.passage));
        places.dedup();
        let by_document: Vec<&[(Place, Place)]> =
            places.chunk_by(|x, y| x.0.doc == y.0.doc).collect();
        by_document.into_par_iter().flat_map_iter(|places| self.of_document(places)).collect()
    }

    /// The passages that one document shares with others.
    fn of_document(&self, places: &[(Place, Place)]) -> Vec<Reuse> {
        let a = self.text(places[0].0.doc);
        let by_other = places.chunk_by(|x, y| x.1.doc == y.1.doc);
        by_other
            .filter(|places| self.may_be_enough(places))
            .flat_map(|places| self.between(&a, places))
            .collect()
    }

    /// Whether the units that may correspond have the words of a passage. One stock sentence that a
    /// thousand articles have makes half a million of pairs.
    fn may_be_enough(&self, places: &[(Place, Place)]) -> bool {
        let n_words = |of: fn(&(Place, Place)) -> Place| -> usize {
            let wording = |p: Place| self.wordings.by_doc[p.doc.idx()][p.passage as usize];
            places.iter().map(|p| self.wordings.get(wording(of(p))).words.len()).sum()
        };
        chain::WORDS <= n_words(|p| p.0) && chain::WORDS <= n_words(|p| p.1)
    }

    /// The passages that two documents share.
    fn between(&self, a: &Text, places: &[(Place, Place)]) -> Vec<Reuse> {
        let docs = (places[0].0.doc, places[0].1.doc);
        let b = self.text(docs.1);
        let mut seeds: Vec<Seed> = Vec::new();
        for (x, y) in places {
            seed::of_units((a, x.passage), (&b, y.passage), &mut seeds);
        }
        let chains = chain::chains(a, &b, seeds);
        let mut found: Vec<Reuse> =
            chains.iter().map(|chain| self.reuse(docs, (a, &b), chain)).collect();
        found.sort_by_key(|reuse| reuse.spans);
        found
    }

    fn text(&self, doc: DocId) -> Text {
        let mut text = Text::default();
        for &id in &self.wordings.by_doc[doc.idx()] {
            let (wording, weighted) = (self.wordings.get(id), &self.weights[id.idx()]);
            let shares = weighted.phrase_shares(&weighted.idf);
            text.push(wording.words.iter().zip(shares).map(|(word, weight)| Aligned {
                word: word.0,
                stem: self.wordings.words[word.idx()].stem.0,
                weight,
            }));
        }
        text
    }

    fn reuse(&self, docs: (DocId, DocId), (a, b): (&Text, &Text), chain: &chain::Chain) -> Reuse {
        let (x, y) = edge::snapped(a, b, chain);
        let (p, q) = (&a.words[x.words()], &b.words[y.words()]);
        Reuse {
            docs,
            spans: (self.span(docs.0, a, &x), self.span(docs.1, b, &y)),
            n_words: (p.len() as u32, q.len() as u32),
            mass: chain.mass,
            containment: chain.containment,
            grade: measure::grade(p, q),
            in_order: measure::is_in_order(p, q),
        }
    }

    /// What a side covers: whole sentences, attribution included, but where the copy starts or ends
    /// amid one.
    fn span(&self, doc: DocId, text: &Text, side: &edge::Side) -> ByteSpan {
        let article = &self.articles[doc.idx()];
        let range = side.words();
        let (first, last) = (text.unit_at(range.start), text.unit_at(range.end - 1));
        let token = |at: usize, unit: usize| {
            let passage = &article.passages[unit];
            article.tokens[passage.tokens.start as usize + at - text.unit(unit).start].span
        };
        let start = match side.cut_start {
            true => token(range.start, first).start,
            false => article.passages[first].sentence.start,
        };
        let end = match side.cut_end {
            true => token(range.end - 1, last).end,
            false => article.passages[last].sentence.end,
        };
        ByteSpan { start, end }
    }
}

/// The smallest range that holds both.
fn hull(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Fields, Source};
    use crate::pipeline::find_passages;

    /// A word a letter, of 4 nats each.
    pub(super) fn words(text: &str) -> Vec<Aligned> {
        text.chars().map(|c| Aligned { word: c as u32, stem: c as u32, weight: 4000 }).collect()
    }

    fn document(path: &str, text: &str) -> Document {
        let source = Source { path: path.to_owned(), line: None, encoding: "UTF-8" };
        Document { source, fields: Fields::default(), text: text.to_owned() }
    }

    /// What the first text shares with the second: both sides' words, grade and order.
    fn shared(a: &str, b: &str) -> Vec<(String, String, Grade, bool)> {
        let (report, _) = find_passages(vec![document("a", a)], vec![document("b", b)]);
        let exact =
            |doc: DocId, span: ByteSpan| span.of(&report.documents[doc.idx()].text).to_owned();
        let pair = |r: &Reuse| {
            assert_eq!(
                report.documents[r.docs.0.idx()].source.path,
                "a",
                "the one asked about first"
            );
            (exact(r.docs.0, r.spans.0), exact(r.docs.1, r.spans.1), r.grade, r.in_order)
        };
        report.passages.iter().map(pair).collect()
    }

    const FLOOD: &str = "Banjir rob merendam sedikitnya seribu rumah di tiga kelurahan pesisir sejak dini \
        hari. Gelombang menyeret enam puluh meter dermaga tua ke tengah teluk. Kapal ke pulau seberang \
        kini bersandar di pelabuhan perikanan. Ratusan warga mengungsi ke gedung sekolah di atas bukit.";
    const BEFORE: &str = "Panitia lomba perahu menunda pembukaan karena hakim garis belum datang.";
    const AFTER: &str = "Harga cabai rawit di pasar induk naik dua kali lipat menjelang lebaran.";
    const OTHER: &str =
        "Klub sepak bola kota itu menjual penyerang mudanya kepada tim dari Malaysia.";

    #[test]
    fn a_copied_paragraph_is_one_passage_with_exact_ends() {
        let (a, b) = (format!("{BEFORE} {FLOOD} {AFTER}"), format!("{OTHER}\n\n{FLOOD}"));
        let whole = FLOOD.to_owned();
        assert_eq!(shared(&a, &b), [(whole.clone(), whole, Grade::Identical, true)]);
    }

    #[test]
    fn shuffled_sentences_are_one_passage() {
        let mut sentences: Vec<&str> = FLOOD.split_inclusive(". ").map(str::trim).collect();
        sentences.rotate_left(2);
        let moved = sentences.join(" ");
        let (a, b) = (format!("{BEFORE} {FLOOD} {AFTER}"), format!("{OTHER} {moved} {BEFORE}"));
        let found = shared(&a, &b);
        let passage = found.iter().find(|f| f.0.contains("Gelombang")).unwrap();
        assert_eq!((passage.2, passage.3), (Grade::NearIdentical, false), "{found:?}");
        assert!(
            passage.1.starts_with("Kapal ke") && passage.0.ends_with("atas bukit."),
            "{found:?}"
        );
    }

    #[test]
    fn a_copy_that_starts_amid_a_sentence_starts_with_its_first_word() {
        let cut = FLOOD.find("sedikitnya seribu").unwrap();
        let a = format!("{BEFORE} Menurut saksi mata, {}", &FLOOD[cut..]);
        let found = shared(&a, &format!("{OTHER} {FLOOD} {AFTER}"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].0.starts_with("sedikitnya seribu"), "{found:?}");
        assert!(found[0].1.starts_with("sedikitnya seribu"), "{found:?}");
    }

    #[test]
    fn what_is_no_longer_than_a_sentence_or_unrelated_is_none() {
        assert_eq!(shared(&format!("{BEFORE} {AFTER}"), &format!("{OTHER} {AFTER}")), []);
        assert_eq!(shared(FLOOD, &format!("{BEFORE} {AFTER} {OTHER}")), []);
        assert_eq!(shared("", FLOOD), []);
    }

    #[test]
    fn a_passage_of_two_documents_is_found_whatever_their_order() {
        let (x, y) = (document("x", &format!("{BEFORE} {FLOOD}")), document("y", FLOOD));
        let (report, _) = find_passages(vec![x.clone(), y.clone()], Vec::new());
        assert_eq!(report.passages.len(), 1);
        assert_eq!(find_passages(vec![y, x], Vec::new()).0, report);
    }
}
