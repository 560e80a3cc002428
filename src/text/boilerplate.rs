//! Which paragraphs belong to the site rather than to the article?
//!
//! Three kinds of evidence, and none of it a list of words. Lines that recur on many distinct
//! articles of one outlet, each time at the same place or beside the same lines. Lists of links:
//! short lines without a final stop, after the article's end or with lines said twice. Link lines
//! with a lead-in ("Baca juga: …") that several paragraphs share.
//!
//! A paragraph wrongly labelled is a claim lost, one missed is a match too many that a reader sees:
//! so in doubt a paragraph is the article's. A paragraph that holds a quotation always is.

mod links;
mod recurring;

use super::Paragraph;
use super::paragraph::{is_blank, is_full_stop, is_terminal, last_mark};
use super::quotation;
use super::sentence::{WORD, count_units};
use crate::hash::{hash64, hash64_of};

/// A text as it was crawled.
#[derive(Debug, Clone, Copy)]
pub struct Page<'t> {
    /// Who published it, in one spelling per outlet; `None` where unknown.
    pub outlet: Option<&'t str>,
    /// The text.
    pub text: &'t str,
}

/// Labels the paragraphs that are site furniture; `paragraphs[i]` are those of `pages[i]`.
///
/// Labels are only added. Time and memory are linear in the pages' length.
pub fn label(pages: &[Page], paragraphs: &mut [Vec<Paragraph>]) {
    let lines = pages.iter().zip(paragraphs.iter()).map(|(page, p)| lines(page.text, p)).collect();
    let crawl = Crawl { pages, paragraphs, lines };
    let mut furniture: Vec<Vec<bool>> =
        crawl.lines.iter().map(|lines| vec![false; lines.len()]).collect();
    recurring::mark(&crawl, &mut furniture);
    for (lines, furniture) in crawl.lines.iter().zip(&mut furniture) {
        links::mark_lists(lines, furniture);
    }
    links::mark_lead_ins(&crawl.lines, &mut furniture);
    for ((page, paragraphs), furniture) in pages.iter().zip(paragraphs).zip(furniture) {
        for (paragraph, furniture) in paragraphs.iter_mut().zip(furniture) {
            paragraph.boilerplate |= furniture && !holds_quotation(page.text, paragraph);
        }
    }
}

/// Pages with what is asked of their paragraphs.
struct Crawl<'t> {
    pages: &'t [Page<'t>],
    paragraphs: &'t [Vec<Paragraph>],
    lines: Vec<Vec<Line>>,
}

/// Whether the paragraph quotes at least four words.
fn holds_quotation(text: &str, paragraph: &Paragraph) -> bool {
    let quotations = quotation::find(text, std::slice::from_ref(paragraph));
    quotations.iter().any(|q| 4 * WORD <= count_units(q.inner.of(text)))
}

/// What is asked of a paragraph.
struct Line {
    /// Of its text in lower case, with single spaces.
    hash: u64,
    n_units: u32,
    ending: Ending,
    /// Whether it starts like an item of a list: "1.", "•".
    is_item: bool,
    lead_in: Option<LeadIn>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// No sentence-final punctuation.
    Open,
    /// A question or exclamation mark, as sentences and titles have it.
    Marked,
    /// A full stop: running prose.
    Stop,
    /// A colon.
    Colon,
}

/// "Baca juga: …"
struct LeadIn {
    /// Of the words before the colon.
    prefix: u64,
    /// Units after it.
    n_rest: u32,
}

fn lines(text: &str, paragraphs: &[Paragraph]) -> Vec<Line> {
    let line = |paragraph: &Paragraph| {
        let inside = paragraph.span.of(text);
        Line {
            hash: hash_words(inside),
            n_units: count_units(inside) as u32,
            ending: ending(inside),
            is_item: is_item(inside),
            lead_in: lead_in(inside),
        }
    };
    paragraphs.iter().map(line).collect()
}

/// "1. …", "2) …", "• …"
fn is_item(text: &str) -> bool {
    let after_number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = after_number.len() < text.len() && after_number.starts_with(['.', ')']);
    let is_bulleted = text.starts_with(['-', '–', '—', '•', '*', '·', '▪', '●']);
    (is_numbered || is_bulleted) && text.contains(char::is_alphabetic)
}

fn hash_words(text: &str) -> u64 {
    hash64_of(
        text.split(is_blank).filter(|w| !w.is_empty()).map(|w| hash64(w.to_lowercase().as_bytes())),
    )
}

fn ending(text: &str) -> Ending {
    match last_mark(text) {
        Some('?' | '!' | '？' | '！' | '\u{61f}') => Ending::Marked,
        Some(':' | '：') => Ending::Colon,
        Some(c) if is_terminal(c) || is_full_stop(c) => Ending::Stop,
        _ => Ending::Open,
    }
}

/// At most four words and thirty characters before a first colon that is followed by words.
fn lead_in(text: &str) -> Option<LeadIn> {
    let colon = text.char_indices().take(31).find(|&(_, c)| matches!(c, ':' | '：'));
    let (at, colon) = colon?;
    let (prefix, rest) = (text[..at].trim_end(), &text[at + colon.len_utf8()..]);
    let is_time = prefix.ends_with(char::is_numeric) || rest.starts_with("//");
    let is_words =
        prefix.starts_with(char::is_alphabetic) && !prefix.contains(['.', ',', '?', '!']);
    (is_words && !is_time && count_units(prefix) <= 4 * WORD)
        .then(|| LeadIn { prefix: hash_words(prefix), n_rest: count_units(rest) as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::ByteSpan;
    use crate::text::tokenize::tokenize;
    use crate::text::{PassageKind, paragraph, passage};
    use proptest::prelude::*;

    /// The paragraphs that are labelled, page by page.
    fn labelled(pages: &[(Option<&str>, String)]) -> Vec<Vec<String>> {
        let pages: Vec<Page> =
            pages.iter().map(|(outlet, text)| Page { outlet: *outlet, text }).collect();
        let mut paragraphs: Vec<Vec<Paragraph>> =
            pages.iter().map(|page| paragraph::split(page.text)).collect();
        label(&pages, &mut paragraphs);
        let shown = |(page, paragraphs): (&Page, &Vec<Paragraph>)| -> Vec<String> {
            let labelled = paragraphs.iter().filter(|p| p.boilerplate);
            labelled.map(|p| p.span.of(page.text).to_string()).collect()
        };
        pages.iter().zip(&paragraphs).map(shown).collect()
    }

    fn check_page(text: &str, expect: &[&str]) {
        assert_eq!(labelled(&[(None, text.to_string())])[0], expect, "{text}");
    }

    /// An article unlike all others, about `n`.
    fn body(n: usize) -> Vec<String> {
        let line = |i: usize| {
            format!("Kabar nomor {n}-{i} tentang hal ke-{} itu sudah beredar.", n * 7 + i)
        };
        (0..4 + n % 3).map(line).collect()
    }

    fn page(top: &[&str], body: Vec<String>, bottom: &[&str]) -> String {
        let top = top.iter().map(|line| line.to_string());
        let bottom = bottom.iter().map(|line| line.to_string());
        top.chain(body).chain(bottom).collect::<Vec<_>>().join("\n")
    }

    const SIGN_UP: &str = "Simak berita pilihan kami langsung di WhatsApp sekarang juga.";

    fn crawl(n: usize, outlet: Option<&'static str>) -> Vec<(Option<&'static str>, String)> {
        let title = |i| format!("Judul berita ke-{i}");
        let of = |i| {
            page(&["Beranda", &title(i)], body(i), &[SIGN_UP, "Bagikan artikel ini", "Komentar"])
        };
        (0..n).map(|i| (outlet, of(i))).collect()
    }

    #[test]
    fn lines_that_recur_on_many_articles_of_an_outlet() {
        for found in labelled(&crawl(12, Some("Kabar"))) {
            assert_eq!(found, ["Beranda", SIGN_UP, "Bagikan artikel ini", "Komentar"]);
        }
        // Of an unknown outlet only what is no sentence.
        for found in labelled(&crawl(12, None)) {
            assert_eq!(found, ["Beranda", "Bagikan artikel ini", "Komentar"]);
        }
    }

    #[test]
    fn a_line_that_mostly_has_a_place_is_found_elsewhere_too() {
        let text = |i: usize| {
            let mut body = body(i);
            body.insert(if i < 4 { 1 + i % 3 } else { 4 }, "GULIR UNTUK MELANJUTKAN".to_string());
            // Above the article it would be the headline.
            page(&[], body, &[])
        };
        let mut pages: Vec<_> = (0..12).map(|i| (Some("Kabar"), text(i))).collect();
        pages.push((Some("Kabar"), page(&["Judul", "GULIR UNTUK MELANJUTKAN"], body(20), &[])));
        let found = labelled(&pages);
        assert!(found[..12].iter().all(|found| *found == ["GULIR UNTUK MELANJUTKAN"]), "{found:?}");
        assert!(found[12].is_empty());
    }

    #[test]
    fn nothing_is_learned_from_few_articles() {
        assert!(labelled(&crawl(4, Some("Kabar"))).concat().is_empty());
        // One article crawled many times, with other links each time, is one article.
        let again = |i: usize| {
            page(&["Beranda", "Judul"], body(1), &["Komentar", "Bagikan", &format!("Lain {i}")])
        };
        let crawls: Vec<_> = (0..30).map(|i| (Some("Kabar"), again(i))).collect();
        assert!(labelled(&crawls).concat().is_empty());
        // Twelve outlets with a line each in common.
        let outlets: Vec<String> = (0..12).map(|i| format!("Kabar {i}")).collect();
        let pages: Vec<_> = crawl(12, None)
            .into_iter()
            .zip(&outlets)
            .map(|((_, t), o)| (Some(o.as_str()), t))
            .collect();
        assert!(labelled(&pages).concat().is_empty());
    }

    #[test]
    fn background_that_articles_reuse_is_no_furniture() {
        let background = "Seperti diketahui, CSTO mengirim pasukan ke Kazakhstan atas permintaan \
                          Presiden Tokayev.";
        let story = |i: usize| {
            let mut body = body(i);
            body[0] =
                format!("Pasukan CSTO di Kazakhstan pada hari ke-{i} menjaga kantor Tokayev.");
            body
        };
        // At the end, at the top, and somewhere in the middle.
        for at in [usize::MAX, 0, 2] {
            let text = |i: usize| {
                let mut body = story(i);
                body.insert(
                    at.min(body.len() - usize::from(at == 2) * (i % 3)),
                    background.to_string(),
                );
                page(&["Beranda"], body, &["Komentar"])
            };
            let pages: Vec<_> = (0..20).map(|i| (Some("Kabar"), text(i))).collect();
            assert_eq!(labelled(&pages)[3], ["Beranda", "Komentar"], "at {at}");
        }
    }

    #[test]
    fn a_headline_is_no_furniture_where_other_pages_link_to_it() {
        let links: Vec<String> = (0..6).map(|i| format!("Judul berita ke-{i}")).collect();
        let links: Vec<&str> = links.iter().map(String::as_str).collect();
        let pages: Vec<_> = (0..6)
            .map(|i| (Some("Kabar"), page(&["Beranda", links[i]], body(i), &links)))
            .collect();
        for found in labelled(&pages) {
            assert_eq!(found[0], "Beranda");
            assert_eq!(found[1..], links[..]);
        }
    }

    #[test]
    fn quotations_are_never_furniture() {
        let quoted = "Motto kami: \"Berita yang paling dapat dipercaya\"";
        let pages: Vec<_> =
            (0..12).map(|i| (Some("Kabar"), page(&[quoted], body(i), &["Komentar"]))).collect();
        assert_eq!(labelled(&pages)[0], ["Komentar"]);
    }

    #[test]
    fn lists_of_links() {
        let top = "Judul\nSabtu, 8 Januari\nPenulis\nSumber AFP\n\
                   Rusia mengirim pasukan ke Kazakhstan pada hari Jumat.\nBlinken marah.\n";
        let list = "Terkini Lainnya\nKapal Tembak Drone di Laut\nKapal Tembak Drone di Laut\nGlobal\n\
                    Mengapa Angka Kelahiran Turun?\nMengapa Angka Kelahiran Turun?\nGlobal";
        let lines: Vec<&str> = list.lines().collect();
        check_page(&format!("{top}{list}"), &lines);
        let after = "Rusia menarik pasukan itu pada bulan Februari. Blinken senang.";
        check_page(&format!("{top}{list}\n{after}"), &lines);
        check_page(&format!("{top}{list}\n© 2022."), &lines);
        check_page(
            &format!("{top}Satu Judul\nDua Judul\nTiga Judul\nEmpat Judul"),
            &["Satu Judul", "Dua Judul", "Tiga Judul", "Empat Judul"],
        );
        // Headlines, a list that the text introduces, an enumeration, subheadings, no article.
        check_page(top, &[]);
        check_page(
            &format!("{top}Hadir pula:\nJoko Widodo\nAntony Blinken\nWang Yi\nSergey Lavrov"),
            &[],
        );
        check_page(&format!("{top}1. Rusia\n2. China\n3. Kazakhstan\n4. Armenia"), &[]);
        check_page(&format!("{top}Satu Judul\nDua Judul\nTiga Judul\nEmpat Judul\n{after}"), &[]);
        check_page(list, &[]);
        // Paragraphs that only lack their full stop.
        let paragraph = |subject: &str| {
            format!(
                "{subject} mengirim pasukan ke Kazakhstan atas permintaan presiden negara itu pada \
                 hari Jumat pekan lalu setelah kerusuhan pecah di kota Almaty"
            )
        };
        let body = ["Rusia", "Moskwa", "CSTO", "Ia"].map(paragraph).join("\n");
        check_page(&format!("{top}{body}"), &[]);
    }

    #[test]
    fn link_lines_with_a_lead_in() {
        let text = "Menlu AS: Rusia Akan Kuat\nRusia mengirim pasukan.\n\
            Baca juga: Presiden China Puji Kazakhstan\nBlinken marah.\n\
            Baca Juga : Mengapa Kerusuhan di Kazakhstan Pecah?\n\
            BACA JUGA: Kronologi Kerusuhan di Kazakhstan\nMoskwa diam.";
        check_page(
            text,
            &[
                "Baca juga: Presiden China Puji Kazakhstan",
                "Baca Juga : Mengapa Kerusuhan di Kazakhstan Pecah?",
                "BACA JUGA: Kronologi Kerusuhan di Kazakhstan",
            ],
        );
        let lone = "Ia marah.\nRead also:\nThe story of a storm\nIa diam.\n\
            Read also:\nThe end of the storm\nIa pergi.";
        check_page(
            lone,
            &["Read also:", "The story of a storm", "Read also:", "The end of the storm"],
        );
        // Once, twice the same, speakers, towns, records, lists.
        for text in [
            "Ia marah.\nBaca juga: Presiden China Puji Kazakhstan\nIa pergi.",
            "Ia marah.\nBaca juga: Presiden China Puji\nIa pergi.\nBaca juga: Presiden China Puji",
            "Ia.\nBlinken: Saya tidak tahu.\nBlinken: Saya tahu itu, ya\nBlinken: Anda juga tahu.\n\
             Blinken: Kita semua tahu itu",
            "Ia.\nLokasi: Gedung Putih di Washington\nHari: Jumat pekan ini juga\n\
             Lokasi: Istana Merdeka di Jakarta\nHari: Sabtu pekan depan juga",
            "Ia.\nSebagai berikut:\nSatu dua tiga\nDua tiga empat\nIa.\nSebagai berikut:\nA b c\nD e f",
        ] {
            check_page(text, &[]);
        }
        // Learned from the whole batch.
        let two = ["China Puji Kazakhstan", "Kronologi Kerusuhan Almaty"]
            .map(|rest| (None, format!("Ia marah.\nBaca juga: {rest}\nIa pergi.")));
        assert_eq!(labelled(&two).concat().len(), 2);
    }

    #[test]
    fn hostile_pages_take_no_time() {
        for unit in ["a\n", "a: b c d\n", "a.\n", "\"a b c d\"\n", "\n", "a:\n", "?\n"] {
            labelled(&vec![(Some("x"), unit.repeat(2_000)); 20]);
            labelled(&[(None, unit.repeat(50_000))]);
        }
    }

    /// The five seed articles in the order of their names; `None` where they are not at hand.
    fn seeds() -> Option<Vec<String>> {
        let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds").to_string();
        let folder = std::env::var("KUTIP_SEEDS").unwrap_or(beside);
        let Ok(entries) = std::fs::read_dir(&folder) else {
            eprintln!("not tested: no seed articles in {folder}");
            return None;
        };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        Some(paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect())
    }

    #[test]
    fn seed_articles_lose_their_links_and_nothing_else() {
        let Some(texts) = seeds() else { return };
        let outlets = ["Intisari", "Kompas", "Intisari", "Intisari", "Intisari"];
        let pages: Vec<_> = outlets.map(Some).into_iter().zip(texts.clone()).collect();
        let found = labelled(&pages);
        let after = texts[1].find("Terkini Lainnya").unwrap();
        let list = texts[1][after..].lines().map(str::trim).filter(|line| !line.is_empty());
        let links = texts[1].lines().filter(|line| line.starts_with("Baca juga"));
        assert_eq!(found[1], links.chain(list).collect::<Vec<_>>());
        let links = texts[2].lines().map(str::trim).filter(|line| line.starts_with("Baca Juga"));
        assert_eq!(found[2], links.collect::<Vec<_>>());
        assert!([0, 3, 4].iter().all(|&i| found[i].is_empty()), "{found:?}");
    }

    #[test]
    fn seed_quotations_come_out_between_their_marks() {
        let Some(texts) = seeds() else { return };
        let quotations = |text: &str| -> Vec<String> {
            let found = passage::find(text, &tokenize(text), &paragraph::split(text));
            let quotations = found.iter().filter(|p| p.kind == PassageKind::Quotation);
            quotations.map(|p| p.span.of(text).to_string()).collect()
        };
        assert_eq!(
            quotations(&texts[0]),
            [
                "Pelajaran dari sejarah baru-baru ini adalah bahwa begitu Rusia berada di rumah Anda, \
             terkadang sulit untuk membuat mereka pergi,",
                "Jika Menteri Luar Negeri AS Antony Blinken sangat menyukai pelajaran sejarah, maka dia \
             harus memikirkan hal-hal berikut.",
                "Ketika orang Amerika tinggal di rumah Anda, sangat sulit untuk bertahan hidup, bukan \
             untuk dirampok atau diperkosa.",
            ]
        );
        assert_eq!(
            quotations(&texts[1])[0],
            "Saya pikir satu pelajaran dalam sejarah baru-baru ini adalah begitu orang Rusia berada \
             di rumah Anda, terkadang sangat sulit untuk membuat mereka pergi,"
        );
        assert_eq!(texts.iter().map(|t| quotations(t).len()).collect::<Vec<_>>(), [3, 3, 4, 1, 0]);
    }

    #[test]
    fn of_the_seeds_sentences_only_datelines_and_attributions_are_left_out() {
        let Some(texts) = seeds() else { return };
        let mut left_out = Vec::new();
        for text in &texts {
            let found = passage::find(text, &tokenize(text), &paragraph::split(text));
            for line in text.lines().filter(|line| line.trim_end().ends_with('.')) {
                let start = line.as_ptr() as usize - text.as_ptr() as usize;
                let line = ByteSpan::new(start, start + line.len());
                let words = tokenize(line.of(text)).into_iter().map(|token| {
                    ByteSpan::new(
                        start + token.span.start as usize,
                        start + token.span.end as usize,
                    )
                });
                let missed = words.filter(|&word| !found.iter().any(|p| p.span.contains(word)));
                let missed: Vec<&str> = missed.map(|word| word.of(text)).collect();
                left_out.extend((!missed.is_empty()).then(|| missed.join(" ")));
            }
        }
        assert_eq!(
            left_out,
            [
                "Intisari online com",
                "kata Blinken",
                "WASHINGTON DC KOMPAS com",
                "kata Blinken kepada wartawan Jumat",
                "kata Blinken",
                "ujar Blinken",
                "kata Kortunov",
                "yang diprovokasi oleh Barat",
                "kata Alexander Baunov analis kebijakan luar negeri Rusia di Carnegie Moscow Center",
                "Intisari Online com",
                "ungkap Wang",
                "Intisari Online com",
            ]
        );
    }

    proptest! {
        #[test]
        fn any_pages_are_labelled_without_panic(
            texts in prop::collection::vec("([ab.:?\"\n]{0,40}|[^\\n]{0,9}\\n){0,9}", 0..9),
            is_known in any::<bool>(),
        ) {
            let outlet = is_known.then_some("Kabar");
            let pages: Vec<_> = texts.into_iter().map(|text| (outlet, text)).collect();
            labelled(&pages);
        }
    }
}
