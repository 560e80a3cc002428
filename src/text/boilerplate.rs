//! Which paragraphs belong to the site rather than to the article?
//!
//! Four kinds of evidence, and none of it a list of words. Where lines stand and what they look
//! like: what is above the headline, rows of short parts, lists of links, and what follows the last
//! of them (`top`, `links`). Lines that recur on many distinct articles of one outlet, each time
//! at the same place or beside the same lines (`recurring`), or on few, where they are short or
//! name the outlet (`few`). Link lines with a lead-in ("Baca juga: …") that several paragraphs
//! share. Titles of the batch's other articles.
//!
//! A paragraph wrongly labelled is a claim lost, one missed is a match too many that a reader sees:
//! so in doubt a paragraph is the article's. A paragraph that holds a quotation always is, and what
//! is known to tell of the article: its headline, dates, authors, credits.

mod distinct;
mod few;
mod line;
mod links;
mod recurring;
mod top;

use super::Paragraph;
use super::quotation;
use super::sentence::{WORD, count_units};
use super::tokenize::tokenize;
use crate::span::ByteSpan;
use ahash::AHashSet;
use line::{Line, lines};
use rayon::prelude::*;
use std::ops::Range;

/// A text as it was crawled.
#[derive(Debug, Clone, Copy, Default)]
pub struct Page<'t> {
    /// Who published it, in one spelling per outlet: lower-case letters and digits only; `None`
    /// where unknown.
    pub outlet: Option<&'t str>,
    /// The headline as the text has it; `None` where unknown.
    pub title: Option<&'t str>,
    /// Where the text tells of the article: dates, authors, credits.
    pub about: &'t [ByteSpan],
    /// The text.
    pub text: &'t str,
}

/// Labels the paragraphs that are site furniture; `paragraphs[i]` are those of `pages[i]`.
///
/// Labels are only added. Time and memory are linear in the pages' length.
pub fn label(pages: &[Page], paragraphs: &mut [Vec<Paragraph>]) {
    let lines =
        pages.par_iter().zip(paragraphs.par_iter()).map(|(page, p)| lines(page, p)).collect();
    let crawl = Crawl { pages, paragraphs, lines };
    let mut furniture: Vec<Vec<bool>> =
        crawl.lines.iter().map(|lines| vec![false; lines.len()]).collect();
    let everywhere = recurring::mark(&crawl, &mut furniture);
    top::mark(&crawl, &mut furniture);
    links::mark_lead_ins(&crawl.lines, &mut furniture);
    links::mark_titles(&crawl, &mut furniture);
    few::mark(&crawl, &mut furniture);
    links::mark_lists(&crawl, &mut furniture);
    for (page, furniture) in furniture.iter_mut().enumerate() {
        let is_own = |idx: usize| crawl.is_own(page, idx, everywhere[page].contains(&idx));
        let found = (0..furniture.len()).filter(|&idx| furniture[idx] && !is_own(idx));
        let found: Vec<usize> = found.collect();
        furniture.fill(false);
        found.into_iter().for_each(|idx| furniture[idx] = true);
    }
    for (paragraphs, furniture) in paragraphs.iter_mut().zip(furniture) {
        for (paragraph, furniture) in paragraphs.iter_mut().zip(furniture) {
            paragraph.boilerplate |= furniture;
        }
    }
}

/// Pages with what is asked of their paragraphs.
struct Crawl<'t> {
    pages: &'t [Page<'t>],
    paragraphs: &'t [Vec<Paragraph>],
    lines: Vec<Vec<Line>>,
}

impl Crawl<'_> {
    fn text(&self, page: usize, idx: usize) -> &str {
        self.paragraphs[page][idx].span.of(self.pages[page].text)
    }

    /// Whether the paragraph is surely the article's own, whatever it looks like. What most articles of
    /// an outlet have tells nothing about one of them.
    fn is_own(&self, page: usize, idx: usize, is_everywhere: bool) -> bool {
        let lines = &self.lines[page];
        let is_headline = lines[idx].is_title && idx < first_sentence(lines);
        let tells = is_headline || lines[idx].is_about && !lines[idx].is_menu;
        tells && !is_everywhere
            || holds_quotation(self.pages[page].text, &self.paragraphs[page][idx])
    }

    /// The long words of the page's prose in `range`.
    fn prose_words(&self, page: usize, range: Range<usize>) -> AHashSet<u64> {
        let prose = range.filter(|&idx| self.lines[page][idx].is_prose());
        prose.flat_map(|idx| self.long_words(page, idx)).collect()
    }

    /// Whether fewer than one in `part` of the paragraph's long words are among `words`.
    fn is_foreign(&self, page: usize, idx: usize, words: &AHashSet<u64>, part: usize) -> bool {
        let own: AHashSet<u64> = self.long_words(page, idx).into_iter().collect();
        let n_shared = own.intersection(words).count();
        n_shared == 0 || part * n_shared < own.len()
    }

    /// The words of at least five letters, without those that the outlet's name is made of.
    fn long_words(&self, page: usize, idx: usize) -> Vec<u64> {
        let text = self.text(page, idx);
        let outlet = self.pages[page].outlet.unwrap_or_default();
        let is_long = |word: &str| LONG_WORD <= word.chars().count();
        let is_name = |word: &str| outlet.contains(&word.to_lowercase());
        let tokens = tokenize(text).into_iter();
        let long = tokens.filter(|t| is_long(t.span.of(text)) && !is_name(t.span.of(text)));
        long.map(|t| t.word).collect()
    }
}

/// Letters of a word that tells something of its text's topic.
const LONG_WORD: usize = 5;

/// Where a page's first sentence stands; all lines above it are headline, byline and furniture.
fn first_sentence(lines: &[Line]) -> usize {
    lines.iter().position(Line::is_prose).unwrap_or(lines.len())
}

/// Whether the paragraph quotes at least four words.
fn holds_quotation(text: &str, paragraph: &Paragraph) -> bool {
    let quotations = quotation::find(text, std::slice::from_ref(paragraph));
    quotations.iter().any(|q| 4 * WORD <= count_units(q.inner.of(text)))
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
        let pages: Vec<Page> = pages
            .iter()
            .map(|(outlet, text)| Page { outlet: *outlet, text, ..Page::default() })
            .collect();
        labelled_of(&pages)
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
    fn a_credit_on_most_articles_is_furniture_and_on_some_is_none() {
        const DESK: &str = "Hubungi Redaksi Kabar lewat surel untuk kritik dan saran Anda";
        let of = |i: usize, n_with: usize| {
            let desk = if i < n_with { DESK } else { "Kirim tulisan" };
            page(&[desk, &format!("Judul berita ke-{i}")], body(i), &[])
        };
        for (n_with, is_furniture) in [(20, true), (7, false)] {
            let texts: Vec<String> = (0..20).map(|i| of(i, n_with)).collect();
            let about = [ByteSpan::new(8, 21)];
            let pages = texts.iter().map(|text| Page {
                outlet: Some("kabar"),
                about: &about,
                text,
                ..Page::default()
            });
            let found = labelled_of(&pages.collect::<Vec<_>>());
            assert_eq!(found[0].contains(&DESK.to_owned()), is_furniture, "on {n_with} of 20");
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
        assert!(labelled(&crawl(4, None)).concat().is_empty());
        // One article crawled many times, with other links each time, is one article.
        let again =
            |i: usize| page(&["Beranda", "Judul"], body(1), &["Komentar", &format!("Lain {i}")]);
        let crawls: Vec<_> = (0..30).map(|i| (Some("Kabar"), again(i))).collect();
        assert!(labelled(&crawls).concat().is_empty());
        // With another word in each paragraph each time.
        let changed = |i: usize| again(0).replace("tentang", &format!("mengenai{i}"));
        let crawls: Vec<_> = (0..30).map(|i| (Some("Kabar"), changed(i))).collect();
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

    /// A page of a known outlet under `title`, its words "about" marked as telling of the article.
    fn known<'t>(title: &'t str, text: &'t str, about: &'t [ByteSpan]) -> Page<'t> {
        Page { outlet: Some("kabarsagara"), title: Some(title), about, text }
    }

    fn labelled_of(pages: &[Page]) -> Vec<Vec<String>> {
        let mut paragraphs: Vec<Vec<Paragraph>> =
            pages.iter().map(|page| paragraph::split(page.text)).collect();
        label(pages, &mut paragraphs);
        let shown = |(page, paragraphs): (&Page, &Vec<Paragraph>)| -> Vec<String> {
            let labelled = paragraphs.iter().filter(|p| p.boilerplate);
            labelled.map(|p| p.span.of(page.text).to_string()).collect()
        };
        pages.iter().zip(&paragraphs).map(shown).collect()
    }

    const TITLE: &str = "Banjir Rendam Ratusan Rumah di Teluk Wangi";

    /// Ten sentences of an article, unlike those of other `n`.
    const STORIES: [&str; 3] = [
        "Banjir merendam ratusan rumah warga Teluk Wangi sejak Senin dini hari.\n\
         Air masuk setelah tanggul sepanjang dua kilometer jebol diterjang gelombang.\n\
         Petugas membagikan selimut kepada warga yang tidur di balai desa.\n\
         Seorang nelayan menambatkan perahunya pada tiang listrik di ujung gang.\n\
         Bupati berjanji tanggul diperbaiki sebelum musim hujan berikutnya tiba.\n\
         Sekolah dasar di pesisir diliburkan sampai genangan surut seluruhnya.",
        "Harga cabai di pasar induk turun tajam menjelang akhir pekan kemarin.\n\
         Pedagang menduga panen raya di dataran tinggi menjadi penyebab utamanya.\n\
         Truk sayuran berderet sejak subuh menunggu giliran membongkar muatan.\n\
         Pembeli menawar lebih rendah daripada ongkos petik yang dibayar petani.\n\
         Koperasi meminta dinas perdagangan membuka gudang pendingin yang kosong.\n\
         Menurut catatan mereka, penurunan serupa pernah terjadi lima tahun silam.",
        "Tim dayung putri merebut medali emas pada nomor dua ribu meter.\n\
         Mereka mengejar ketertinggalan separuh perahu dalam tiga ratus meter terakhir.\n\
         Pelatih memuji irama kayuhan yang tetap rapat melawan angin samping.\n\
         Lawan terberat datang dari provinsi tetangga dengan perahu karbon baru.\n\
         Latihan dimulai sebelum matahari terbit di waduk dekat asrama atlet.\n\
         Kejuaraan berikutnya digelar bulan depan di danau yang lebih luas.",
    ];

    fn with(top: &str, story: &str, bottom: &str) -> String {
        [top, story, bottom]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// What else may stand on a page, and what of it is furniture, on a page alone.
    const ALONE: [(&str, &str, &str, &[&str]); 16] = [
        ("nothing", TITLE, "", &[]),
        (
            "a headline twice",
            "Banjir Rendam Ratusan Rumah di Teluk Wangi\nBanjir Rendam Ratusan Rumah di Teluk Wangi",
            "",
            &[],
        ),
        (
            "what stands above the headline",
            "KABAR SAGARA\nCepat, Dekat, Apa Adanya\nBeranda > Daerah\nMasuk untuk membaca tanpa iklan. Gabung\nBanjir Rendam Ratusan Rumah di Teluk Wangi",
            "",
            &[
                "KABAR SAGARA",
                "Cepat, Dekat, Apa Adanya",
                "Beranda > Daerah",
                "Masuk untuk membaca tanpa iklan. Gabung",
            ],
        ),
        ("a kicker", "Banjir Teluk Wangi\nBanjir Rendam Ratusan Rumah di Teluk Wangi", "", &[]),
        (
            "bars and menus",
            "Banjir Rendam Ratusan Rumah di Teluk Wangi\nBeranda | Dunia | Bola\nBagikan:  Surel  Cetak  Salin Tautan",
            "Tag: banjir | teluk | tanggul\n#banjir #tanggul",
            &[
                "Beranda | Dunia | Bola",
                "Bagikan:  Surel  Cetak  Salin Tautan",
                "Tag: banjir | teluk | tanggul",
                "#banjir #tanggul",
            ],
        ),
        (
            "no menus: a date, a byline, a row",
            "Banjir Rendam Ratusan Rumah di Teluk Wangi\nKabar | Senin | 23/01/2023\nPenulis: Ani | Foto: Budi | Video: Cici",
            "1. Satu  3  0  9",
            &[],
        ),
        (
            "a menu on lines of their own",
            "Banjir Rendam Ratusan Rumah di Teluk Wangi\nBagikan\nSurel\nCetak",
            "",
            &["Bagikan", "Surel", "Cetak"],
        ),
        (
            "a list, and what follows it",
            TITLE,
            "TERKAIT\nLomba Dayung Antarwarga Ditunda\nHarga Bandeng Asap Bertahan\nDukung kami. Berlangganan Kabar Sagara mulai hari ini.",
            &[
                "TERKAIT",
                "Lomba Dayung Antarwarga Ditunda",
                "Harga Bandeng Asap Bertahan",
                "Dukung kami. Berlangganan Kabar Sagara mulai hari ini.",
            ],
        ),
        ("a short sentence by itself", TITLE, "Warga pulang.", &[]),
        ("a short line by itself", TITLE, "Warga pulang", &[]),
        (
            "a sentence below a line",
            TITLE,
            "Baca juga: Lomba Dayung Antarwarga Ditunda\nPerahu itu hilang.",
            &[],
        ),
        (
            "an article's sentence below a list",
            TITLE,
            "TERKAIT\nLomba Dayung Antarwarga Ditunda\nHarga Bandeng Asap Bertahan\nTanggul diperbaiki, kata bupati.",
            &[],
        ),
        (
            "a sentence in other words below a list",
            TITLE,
            "TERKAIT\nLomba Dayung Antarwarga Ditunda\nHarga Bandeng Asap Bertahan\n\
             Menjelang magrib seekor bebek berenang tenang melewati gerbang masjid yang terbuka.",
            &[],
        ),
        (
            "a quotation below a list",
            TITLE,
            "TERKAIT\nLomba Dayung Antarwarga Ditunda\nHarga Bandeng Asap Bertahan\n\"Dukung kami sampai akhir,\" katanya.",
            &["TERKAIT", "Lomba Dayung Antarwarga Ditunda", "Harga Bandeng Asap Bertahan"],
        ),
        (
            "a table",
            TITLE,
            "Klasemen sementara\n1 Bintang Lembah 31 main\n2 Samudra Raya 31 main\n3 Garuda Pantai 30 main",
            &[],
        ),
        (
            "a table and a list",
            TITLE,
            "Klasemen sementara\n1 Bintang Lembah 31 main\n2 Samudra Raya 31 main\n3 Garuda Pantai 30 main\n(red)\nBaca Selanjutnya\nLomba Dayung Antarwarga Ditunda\nHarga Bandeng Asap Bertahan",
            &["Baca Selanjutnya", "Lomba Dayung Antarwarga Ditunda", "Harga Bandeng Asap Bertahan"],
        ),
    ];

    #[test]
    fn a_page_alone() {
        for (what, top, bottom, expect) in ALONE {
            let text = with(top, STORIES[0], bottom);
            assert_eq!(labelled_of(&[known(TITLE, &text, &[])])[0], expect, "{what}");
        }
    }

    #[test]
    fn crawls_of_one_article_tell_no_more_than_one() {
        for (what, top, bottom, expect) in ALONE {
            let text = with(top, STORIES[0], bottom);
            for found in labelled_of(&[known(TITLE, &text, &[]); 5]) {
                assert_eq!(found, expect, "{what}");
            }
        }
        // Two of them are brought up to date, with the same words between the paragraphs.
        let texts = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat"].map(|day| {
            let story = STORIES[0].replace("Senin", day).replacen('\n', "\nKisah warga\n", 1);
            with(TITLE, &story, "Ikuti Kabar Sagara di ponsel.")
        });
        let pages = texts.each_ref().map(|text| known(TITLE, text, &[]));
        assert!(labelled_of(&pages).concat().is_empty());
    }

    #[test]
    fn lines_of_few_articles_of_an_outlet() {
        let titles =
            ["Judul Satu yang Panjang", "Judul Dua yang Panjang", "Judul Tiga yang Panjang"];
        let of = |line: &str, at: usize| -> Vec<String> {
            let put = |(title, story): (&&str, &&str)| {
                let mut lines: Vec<&str> = [*title].into_iter().chain(story.lines()).collect();
                lines.insert(at.min(lines.len()), line);
                lines.join("\n")
            };
            titles.iter().zip(&STORIES).map(put).collect()
        };
        const END: usize = usize::MAX;
        for (line, at, is_furniture) in [
            ("ADVERTISEMENT", 3, true),
            ("Ikuti Kami :", 1, true),
            ("Komentar pembaca", END, true),
            ("Ikuti saluran Kabar Sagara dan nyalakan loncengnya.", END, true),
            // What articles reuse: sentences, at the end too; a byline; what is a date.
            ("Pemerintah pusat terakhir mengubah aturan itu pada September 2021.", END, false),
            ("Pemerintah pusat terakhir mengubah aturan itu.", 3, false),
            ("Ikuti saluran Kabar Sagara dan nyalakan loncengnya.", 3, false),
            ("Desk Berita", 1, false),
            ("20 Mei 2023", END, false),
            ("(red)", END, false),
            ("\"Kami menunggu kabar dari Kabar Sagara\"", END, false),
        ] {
            let texts = of(line, at);
            let pages: Vec<Page> =
                titles.iter().zip(&texts).map(|(title, text)| known(title, text, &[])).collect();
            for n_pages in [2, 3] {
                for found in labelled_of(&pages[..n_pages]) {
                    assert_eq!(!found.is_empty(), is_furniture, "{line} on {n_pages}: {found:?}");
                }
            }
            // Of an unknown outlet nothing is learned from few.
            let unnamed: Vec<Page> =
                pages.iter().map(|page| Page { outlet: None, ..*page }).collect();
            assert!(labelled_of(&unnamed[..2]).concat().is_empty(), "{line}");
        }
    }

    #[test]
    fn a_line_that_tells_of_the_article_is_its_own() {
        let text = with("Redaksi\nBanjir Rendam Ratusan Rumah di Teluk Wangi", STORIES[0], "");
        assert_eq!(labelled_of(&[known(TITLE, &text, &[])])[0], ["Redaksi"]);
        assert!(labelled_of(&[known(TITLE, &text, &[ByteSpan::new(0, 7)])])[0].is_empty());
    }

    #[test]
    fn links_to_other_articles_of_the_batch() {
        let other = "Harga Cabai Turun Tajam Menjelang Akhir Pekan";
        let middle = STORIES[0].replacen('\n', &format!("\n{other}\n"), 1);
        let text = with(TITLE, &middle, "");
        let elsewhere = with(other, STORIES[1], "");
        let pages = [known(TITLE, &text, &[]), known(other, &elsewhere, &[])];
        assert_eq!(labelled_of(&pages), [vec![other.to_owned()], vec![]]);
        assert!(labelled_of(&pages[..1])[0].is_empty());
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
        check_page(&format!("{top}{list}\n© 2022."), &[&lines[..], &["© 2022."]].concat());
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
            let about = [ByteSpan::new(2, 9)];
            let second = |text: &String| text.lines().nth(1).map(|line| line.trim().to_owned());
            let titles: Vec<Option<String>> = texts.iter().map(second).collect();
            let pages: Vec<Page> = texts
                .iter()
                .zip(&titles)
                .map(|(text, title)| Page { outlet, title: title.as_deref(), about: &about, text })
                .collect();
            labelled_of(&pages);
        }
    }
}
