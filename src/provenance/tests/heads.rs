//! Heads (and feet) of scraped articles by fictional outlets, and what a careful reader takes
//! from them: outlet, title, author, time, agencies.

use super::{document, read_document};
use crate::document::Fields;
use crate::provenance::{of, outlet};
use crate::text::paragraph;

const ID: &str = "Pemerintah Kota Sagara menutup sementara jembatan lama di Kelurahan Muara Wangi \
    setelah hujan deras pada Kamis malam.\n\nKepala Dinas Pekerjaan Umum mengatakan perbaikan \
    jembatan akan memakan waktu dua pekan. Warga diminta memakai jalan memutar.\n";
const EN: &str = "The city of Sagara closed its old bridge in Muara Wangi on Friday after heavy rain \
    weakened two of its pillars.\n\nThe head of the public works office said repairs to the bridge \
    would take two weeks. Residents were told to take a longer road.\n";
const TITLE_ID: &str = "Jembatan Lama di Muara Wangi Ditutup Dua Pekan";
const TITLE_EN: &str = "Sagara Closes Old Bridge After Heavy Rain";

/// What stands around the prose ("{id}", "{en}") and the headline ("{t}", "{T}"), and outlet,
/// author, time and agencies. The title is always the headline, where there is one.
type Head = (&'static str, [Option<&'static str>; 3], &'static [&'static str]);

const HEADS: &[Head] = &[
    // A masthead above the text.
    (
        "KANAL DELTA\nNasional  Daerah  Olahraga  Gaya Hidup\n\n{t}\n\nSenin, 10 Januari 2022 | 09:15 WIB\n\n{id}",
        [Some("Kanal Delta"), None, Some("2022-01-10T09:15:00+07:00")],
        &[],
    ),
    (
        "Suluh Timur - Terang dari Timur\n\n{t}\n\nPenulis: Tim Redaksi\n11 Januari 2022, 10.20 WIT\n\n{id}",
        [Some("Suluh Timur"), Some("Tim Redaksi"), Some("2022-01-11T10:20:00+09:00")],
        &[],
    ),
    (
        "The Tidewater Gazette\nNews | Sport | Opinion\n\n{T}\n\nBy Newsdesk\nJanuary 12, 2022 at 3:05 pm GMT\n\n{en}",
        [Some("The Tidewater Gazette"), Some("Newsdesk"), Some("2022-01-12T15:05:00+00:00")],
        &[],
    ),
    (
        "Loading...\nSkip to content\nPORTAL DELTA\nMasuk | Daftar\n{t}\nJumat, 14 Januari 2022 14:00 WIB\n\n{id}",
        [Some("Portal Delta"), None, Some("2022-01-14T14:00:00+07:00")],
        &[],
    ),
    (
        "Pijar Kota  Cari  Masuk  Langganan\n{t}\nPijar Kota | 13 Jan 2022, 08:00 WIB\n\n{id}",
        [Some("Pijar Kota"), None, Some("2022-01-13T08:00:00+07:00")],
        &[],
    ),
    (
        "THE SELAT TIMES | WORLD\n\n{T}\n\nStaff and agencies\nThursday 13 January 2022\n\n{en}",
        [Some("The Selat Times"), Some("Staff and agencies"), Some("2022-01-13")],
        &[],
    ),
    (
        "Menu\nNUSA KINI\nBerlangganan\n\n{t}\n\nTim Redaksi - Nusa Kini\nMinggu, 09 Jan 2022 20:15 WIB\n\n{id}",
        [Some("Nusa Kini"), Some("Tim Redaksi"), Some("2022-01-09T20:15:00+07:00")],
        &[],
    ),
    // The page's own title.
    (
        "{t} - Nusa Kini\n{t}\nSenin, 10 Januari 2022 11:00 WIB\n\n{id}",
        [Some("Nusa Kini"), None, Some("2022-01-10T11:00:00+07:00")],
        &[],
    ),
    ("{T} | The Selat Times\n{T}\n\n{en}", [Some("The Selat Times"), None, None], &[]),
    ("{t} - kanaldelta.example\n\n{t}\n\n{id}", [Some("kanaldelta"), None, None], &[]),
    // Datelines.
    ("{t}\n\nBUANA POST, SAGARA - {id}", [Some("Buana Post"), None, None], &[]),
    ("{t}\n\nSAGARA, RADAR SAMUDRA – {id}", [Some("Radar Samudra"), None, None], &[]),
    ("{t}\n\nSelat Post, Sagara - {id}", [Some("Selat Post"), None, None], &[]),
    ("{t}\n\nSAGARA, SULUHTIMUR.EXAMPLE - {id}", [Some("suluhtimur"), None, None], &[]),
    ("{t}\n\nSuluhtimur.example, Sagara - {id}", [Some("suluhtimur"), None, None], &[]),
    ("{t}\n\nNUSAKINI.EXAMPLE, SAGARA | {id}", [Some("nusakini"), None, None], &[]),
    ("{t}\n\nSAGARA, Pijar Kota -- {id}", [Some("Pijar Kota"), None, None], &[]),
    ("{t}\n\nSAGARA, 10/1 (Nusa Kini) - {id}", [Some("Nusa Kini"), None, None], &[]),
    (
        "{t}\n\nSagara, Nusa Kini – {id}\n© Nusa Kini. Dilarang mengutip tanpa izin redaksi.",
        [Some("Nusa Kini"), None, None],
        &[],
    ),
    ("{t}\n\nTEMPO.CO, Jakarta - {id}", [Some("Tempo"), None, None], &[]),
    ("{t}\n\nREPUBLIKA.CO.ID, JAKARTA -- {id}", [Some("Republika"), None, None], &[]),
    ("{t}\n\nJAKARTA, KOMPAS.com - {id}", [Some("Kompas"), None, None], &[]),
    ("{t}\n\nLiputan6.com, Jakarta - {id}", [Some("Liputan6"), None, None], &[]),
    ("{t}\n\nJakarta, CNN Indonesia -- {id}", [Some("CNN Indonesia"), None, None], &[]),
    // Wire services.
    ("{t}\n\nJakarta (ANTARA) - {id}", [Some("ANTARA"), None, None], &["ANTARA"]),
    (
        "{t}\n\nJAKARTA, 10 Januari 2022 (ANTARA) - {id}\nCOPYRIGHT © ANTARA 2022",
        [Some("antaranews.com"), None, Some("2022-01-10")],
        &["ANTARA"],
    ),
    ("{T}\n\nSAGARA (Reuters) - {en}", [Some("Reuters"), None, None], &["Reuters"]),
    (
        "THE TIDEWATER GAZETTE\nHome | World | Business\n\n{T}\n\nLONDON, Jan 5 (AP) — {en}",
        [Some("The Tidewater Gazette"), None, None],
        &["AP"],
    ),
    (
        "{t}\n\nPijar Kota - 11/01/2022, 09:30 WIB\nSumber Antara\n\nSAGARA - {id}",
        [Some("Pijar Kota"), None, Some("2022-01-11T09:30:00+07:00")],
        &["ANTARA"],
    ),
    ("{t}\n\n{id}\nSumber: AFP\n", [None, None, None], &["AFP"]),
    // Copyright lines and others at the foot.
    ("{t}\n\n{id}\nCopyright © 2022 Pijar Kota\n", [Some("Pijar Kota"), None, None], &[]),
    (
        "{T}\n\n{en}\n© 2022 Selat Post. All rights reserved.\n",
        [Some("Selat Post"), None, None],
        &[],
    ),
    (
        "{t}\n\n{id}\nHak Cipta © 2022 Nusa Kini. Semua hak dilindungi.\n",
        [Some("Nusa Kini"), None, None],
        &[],
    ),
    (
        "{t}\n\n{id}\n(red/red)\nCOPYRIGHT © SELAT POST 2022\n",
        [Some("Selat Post"), None, None],
        &[],
    ),
    (
        "{t}\n\n{id}\nKanal Delta © 2022. Hak cipta dilindungi undang-undang.\n",
        [Some("Kanal Delta"), None, None],
        &[],
    ),
    ("{t}\n\n{id}\nBaca berita lainnya di Pijar Kota\n", [Some("Pijar Kota"), None, None], &[]),
    (
        "{t}\n\n{id}\nIkuti berita terbaru Nusa Kini di Google News\n",
        [Some("Nusa Kini"), None, None],
        &[],
    ),
    (
        "{t}\n\n{id}\nArtikel ini telah tayang di Nusa Kini dengan judul \"{t}\"\n",
        [Some("Nusa Kini"), None, None],
        &[],
    ),
    (
        "{t}\n\nPortal Delta - 10/01/2022, 09:15 WIB\n\n{id}\nArtikel ini telah tayang di Kompas.com dengan judul \"{t}\"\n",
        [Some("Portal Delta"), None, Some("2022-01-10T09:15:00+07:00")],
        &[],
    ),
    // What a scraper wrote above the text.
    (
        "Sumber: Nusa Kini\nURL: https://nusakini.example/daerah/jembatan\nTanggal: 2022-01-10\nJudul: {t}\n\n{id}",
        [Some("Nusa Kini"), None, Some("2022-01-10")],
        &[],
    ),
    (
        "Title: {T}\nSource: The Selat Times\nDate: 2022-01-13\nAuthor: Staff Writer\n\n{en}",
        [Some("The Selat Times"), Some("Staff Writer"), Some("2022-01-13")],
        &[],
    ),
    (
        "Judul: {t}\nMedia: Portal Delta\nPenulis: Redaksi\nTanggal: 14/01/2022 08:00\n\n{id}",
        [Some("Portal Delta"), Some("Redaksi"), Some("2022-01-14T08:00:00")],
        &[],
    ),
    (
        "https://www.kanaldelta.example/daerah/2022/01/15/jembatan-lama\n{t}\n\n{id}",
        [Some("kanaldelta"), None, Some("2022-01-15")],
        &[],
    ),
    // Bylines and dates.
    (
        "{t}\n\nRedaksi Portal Delta\n8 Januari 2022\n\n{id}",
        [Some("Portal Delta"), Some("Redaksi Portal Delta"), Some("2022-01-08")],
        &[],
    ),
    (
        "{T}\n\nBy Newsdesk, Selat Post\nPublished 9 January 2022\n\n{en}",
        [Some("Selat Post"), Some("Newsdesk"), Some("2022-01-09")],
        &[],
    ),
    (
        "{t}\n\nDitulis oleh Tim Redaksi pada 12 Januari 2022\n\n{id}",
        [None, Some("Tim Redaksi"), Some("2022-01-12")],
        &[],
    ),
    (
        "{T}\n\nPosted by Admin on January 5, 2022\n\n{en}",
        [None, Some("Admin"), Some("2022-01-05")],
        &[],
    ),
    (
        "{T}\n\nLast updated: 6 January 2022 09:00 GMT\nFirst published: 5 January 2022 17:30 GMT\n\n{en}",
        [None, None, Some("2022-01-05T17:30:00+00:00")],
        &[],
    ),
    (
        "{T}\n\nPublished: 2022-01-05T10:00:00Z\n\n{en}",
        [None, None, Some("2022-01-05T10:00:00+00:00")],
        &[],
    ),
    (
        "{t}\n\nReporter: Tim Liputan\nEditor: Redaksi Malam\nSabtu, 8/1/2022 | 13:41 WIB\n\n{id}",
        [None, Some("Tim Liputan"), Some("2022-01-08T13:41:00+07:00")],
        &[],
    ),
    (
        "{t}\n\nWed, 12 Jan 2022 15:05:00 +0700\n\n{id}",
        [None, None, Some("2022-01-12T15:05:00+07:00")],
        &[],
    ),
    ("{t}\n\nTim Redaksi\n2 jam yang lalu\n\n{id}", [None, None, None], &[]),
    // Nothing here names an outlet.
    ("Beranda / Daerah\n{t}\n\n{id}", [None, None, None], &[]),
    ("Home » News » Local\n{T}\n\n{en}", [None, None, None], &[]),
    ("Kota Sagara\n{t}\n\n{id}", [None, None, None], &[]),
    ("Jembatan Muara Wangi\n{t}\n\n{id}", [None, None, None], &[]),
    ("Berita Utama\n{t}\n\n{id}", [None, None, None], &[]),
    ("Live Report\n{T}\n\n{en}", [None, None, None], &[]),
    ("ADVERTISEMENT\nScroll to Continue\n{T}\n\n{en}", [None, None, None], &[]),
    ("{t}\n\n{id}\nIkuti berita terbaru di Google News\n", [None, None, None], &[]),
    ("{t}\n\n{id}\nUnduh aplikasinya di Play Store\n", [None, None, None], &[]),
    ("{t}\n\nSAGARA, JAWA BARAT - {id}", [None, None, None], &[]),
    ("{T}\n\nSagara, Indonesia — {en}", [None, None, None], &[]),
    ("{t}\n\nSagara - {id}", [None, None, None], &[]),
    (
        "{t}\n\nDilansir Kompas.com, jembatan itu sudah tua dan rapuh. {id}",
        [None, None, None],
        &["Kompas.com"],
    ),
    ("{t}\n\n{id}\n© 2022 PT Delta Raya\n", [None, None, None], &[]),
    ("{T}\n\n{en}\nPhoto: Handout\n", [None, None, None], &[]),
    // Written after the rules, to see how they do on what they were not made for.
    (
        "GEMA LEMBAH\nHome | Nasional | Ekonomi | Olahraga\nBeranda > Daerah\n{t}\nOleh: Redaksi\nRabu, 12 Januari 2022 - 07:45 WIB\n\n{id}",
        [Some("Gema Lembah"), Some("Redaksi"), Some("2022-01-12T07:45:00+07:00")],
        &[],
    ),
    (
        "{T} – The Coastline Review\n\n{T}\n\nStaff Reporter\nFriday, January 14, 2022\n\n{en}",
        [Some("The Coastline Review"), Some("Staff Reporter"), Some("2022-01-14")],
        &[],
    ),
    (
        "{t}\nTim Redaksi, Gema Lembah\nKamis, 13/01/2022 06:00 WIB\n\n{id}",
        [Some("Gema Lembah"), Some("Tim Redaksi"), Some("2022-01-13T06:00:00+07:00")],
        &[],
    ),
    ("{t}\n\nGEMALEMBAH.CO.ID, SAGARA - {id}", [Some("gemalembah"), None, None], &[]),
    ("{t}\n\nSAGARA - gemalembah.com | {id}", [Some("gemalembah"), None, None], &[]),
    (
        "{t}\n\n{id}\n© 2020 - 2022 Gema Lembah - All Rights Reserved\n",
        [Some("Gema Lembah"), None, None],
        &[],
    ),
    ("{t}\n\n{id}\nHak cipta milik Gema Lembah, 2022\n", [Some("Gema Lembah"), None, None], &[]),
    (
        "{T}\n\n{en}\nSubscribe to The Coastline Review newsletter\n",
        [Some("Coastline Review"), None, None],
        &[],
    ),
    ("{T}\n\n{en}\n(Reporting by Newsdesk; Editing by Newsdesk)\n", [None, None, None], &[]),
    (
        "{t}\n\n{id}\nBaca juga: Kereta Sagara Kembali Beroperasi\nTopik: Sagara\n",
        [None, None, None],
        &[],
    ),
    ("Kanal Khusus\n{t}\n\nSAGARA (Xinhua) -- {id}", [Some("Xinhua"), None, None], &["Xinhua"]),
    (
        "url: https://gemalembah.example/2022/01/jembatan\ndate: 2022-01-16\n\n{t}\n\n{id}",
        [Some("gemalembah"), None, Some("2022-01-16")],
        &[],
    ),
    ("{t}\n\n{id}\nTim Redaksi\nSumber: Kementerian Pekerjaan Umum\n", [None, None, None], &[]),
];

/// What is read of a head, each fact that is not as expected with what was found.
fn wrong((head, [name, author, when], agencies): &Head) -> Vec<String> {
    let parts = [("{t}", TITLE_ID), ("{T}", TITLE_EN), ("{id}", ID), ("{en}", EN)];
    let text = parts.iter().fold((*head).to_owned(), |text, (from, to)| text.replace(from, to));
    let found =
        read_document(&document(&text, "a.txt", Fields::default()), &paragraph::split(&text));
    let title = Some(if head.contains("{t}") { TITLE_ID } else { TITLE_EN });
    let credits: Vec<&str> = found.agencies.iter().map(|a| a.name.as_str()).collect();
    let key = |name: &str| outlet::key(name);
    let facts = [
        (name.map(key), found.outlet.as_ref().map(|o| o.key.clone())),
        (title.map(str::to_owned), found.title.clone()),
        (author.map(str::to_owned), found.author.clone()),
        (when.map(str::to_owned), found.published.as_ref().map(|p| p.when.clone())),
        (Some(agencies.join(",")), Some(dedup(credits).join(","))),
    ];
    let wrong = facts.into_iter().filter(|(expect, found)| expect != found);
    wrong.map(|(expect, found)| format!("{expect:?}, not {found:?}")).collect()
}

fn dedup(mut names: Vec<&str>) -> Vec<&str> {
    names.dedup();
    names
}

#[test]
fn heads_of_scraped_articles() {
    let mut failed = Vec::new();
    for head in HEADS {
        let wrong = wrong(head);
        if !wrong.is_empty() {
            failed.push(format!("{:?}: {}", head.0, wrong.join("; ")));
        }
    }
    let n = HEADS.len();
    assert!(failed.is_empty(), "{} of {n} heads are read\n{}", n - failed.len(), failed.join("\n"));
}

#[test]
fn files_and_folders_that_a_scraper_named() {
    for (path, expect) in [
        ("nusakini.com_0012.txt", Some("nusakini")),
        ("2022-01-10_nusakini.com_jembatan.txt", Some("nusakini")),
        ("https___www.nusakini.com_daerah_12.txt", Some("nusakini")),
        ("www.nusakini.com/daerah/jembatan.txt", Some("nusakini")),
        ("berita/nusakini.co.id/12.html", Some("nusakini")),
        ("jembatan-lama.txt", None),
        ("v1.2/jembatan.txt", None),
    ] {
        let text = format!("{TITLE_ID}\n\n{ID}");
        let document = document(&text, path, Fields::default());
        let found = of(&document, &paragraph::split(&text), Some("id"));
        assert_eq!(found.outlet.map(|o| o.key).as_deref(), expect, "{path:?}");
    }
}
