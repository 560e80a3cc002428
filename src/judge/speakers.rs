//! Did the same person say two short quotations?

use crate::document::{DocId, Document};
use crate::provenance::speaker::{self, reversed_words, same_name};
use crate::text::{Article, PassageKind};
use crate::wording::{Place, Wording, Wordings};
use ahash::AHashMap;
use rayon::prelude::*;
use std::ops::RangeInclusive;

/// Words of a quotation that is short: fewer are a phrase, more weigh enough by themselves.
const SHORT: RangeInclusive<usize> = 4..=15;
/// Places of a wording that are looked at.
const PLACES: usize = 8;

/// Who says the short quotations of a batch: the normalised words of the name, the last first.
#[derive(Debug, Default)]
pub struct Speakers(AHashMap<Place, Vec<String>>);

impl Speakers {
    /// Reads them; `documents` and `articles` are by [`crate::document::DocId`].
    pub fn find(documents: &[Document], articles: &[Article], wordings: &Wordings) -> Speakers {
        let named = |place: &Place| {
            let article = &articles[place.doc.idx()];
            let passage = &article.passages[place.passage as usize];
            if passage.kind != PassageKind::Quotation {
                return None;
            }
            let text = &documents[place.doc.idx()].text;
            let until = &article.paragraphs[..=passage.paragraph as usize];
            let speaker = speaker::of_quotation(text, passage.span, passage.sentence, until)?;
            Some((*place, reversed_words(&speaker.name)))
        };
        let short = wordings.wordings.par_iter().filter(|w| SHORT.contains(&w.words.len()));
        let all: Vec<(Place, Vec<String>)> =
            short.flat_map_iter(|w| w.places.iter().take(PLACES).filter_map(named)).collect();
        Speakers(all.into_iter().collect())
    }

    /// Whether some place of each, in two documents, is a short quotation of one person.
    pub fn agree(&self, a: &Wording, b: &Wording) -> bool {
        let of = |w: &Wording| -> Vec<(DocId, &Vec<String>)> {
            let named = |place: &Place| Some((place.doc, self.0.get(place)?));
            w.places.iter().take(PLACES).filter_map(named).collect()
        };
        let (of_a, of_b) = (of(a), of(b));
        of_a.iter().any(|x| of_b.iter().any(|y| x.0 != y.0 && same_name(x.1, y.1)))
    }
}
