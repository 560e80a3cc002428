//! Which claims are found: in the newsroom, in the seed articles, and in whatever encoding,
//! order and number of threads the same articles come.

use crate::support::{Folder, NEWS};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

fn project(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

/// The claims that a run with these arguments writes.
fn claims(folder: &Folder, args: &[&str]) -> Vec<Value> {
    let all = [&["claims", "--format", "jsonl", "--quiet"], args].concat();
    let ran = folder.run(&all).expect(0);
    let records = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap());
    records.filter(|record: &Value| record["type"] == "claim").collect()
}

fn confirmed(claims: &[Value]) -> Vec<&Value> {
    claims.iter().filter(|claim| claim["status"] == "confirmed").collect()
}

fn occurrences(claim: &Value) -> &Vec<Value> {
    claim["occurrences"].as_array().unwrap()
}

fn name(occurrence: &Value) -> &str {
    let path = occurrence["path"].as_str().unwrap();
    path.rsplit('/').next().unwrap()
}

const QUOTED: &str =
    "“Kami meminta semua pihak menahan diri dan menghormati hak warga yang berunjuk rasa,”";
const OTHER: &str =
    "\"Kami minta semua pihak menahan diri serta menghormati hak warga yang berunjuk rasa damai,\"";

/// Two articles that carry one quotation among sentences of their own.
fn pair(first: &str, second: &str) -> (String, String) {
    (
        format!(
            "Harga bahan bakar naik dua kali lipat sejak awal tahun.\n\n{first} kata menteri itu.\n\nBandara kota terbesar ditutup.\n"
        ),
        format!(
            "Kantor berita setempat menyiarkan sebuah pernyataan pendek.\n\n{second} ujar sang menteri.\n\nPasukan tiba kemarin malam di perbatasan.\n"
        ),
    )
}

/// Checks that both files give the one quotation, and that offsets mean what they say.
#[track_caller]
fn check_offsets(folder: &Folder, originals: &HashMap<&str, String>) {
    let found = claims(folder, &["."]);
    let confirmed = confirmed(&found);
    assert_eq!(confirmed.len(), 1, "{found:#?}");
    assert_eq!(occurrences(confirmed[0]).len(), 2);
    for occurrence in occurrences(confirmed[0]) {
        let original = &originals[name(occurrence)];
        let at = |field: &str| occurrence[field].as_u64().unwrap() as usize;
        let exact = occurrence["exact"].as_str().unwrap();
        assert_eq!(&original[at("byte_start")..at("byte_end")], exact);
        let chars = original.chars().skip(at("char_start"));
        let length = at("char_end") - at("char_start");
        assert_eq!(chars.take(length).collect::<String>(), exact);
        assert!(exact.contains("semua pihak"), "{exact}");
    }
}

#[test]
fn offsets_index_the_original_whatever_it_is_made_of() {
    for (what, change) in [
        ("plain", (|text| text) as fn(String) -> String),
        ("CRLF", |text| text.replace('\n', "\r\n")),
        ("BOM", |text| format!("\u{feff}{text}")),
        ("emoji and marks in front", |text| {
            format!("👍🏽 e\u{301}té ﬁn. Ini awal berita.\n\n{text}")
        }),
        ("combining marks inside", |text| text.replace("menahan", "me\u{301}nahan")),
    ] {
        let (a, b) = pair(QUOTED, OTHER);
        let (a, b) = (change(a), change(b));
        let folder = Folder::with(&[("a.txt", &a), ("b.txt", &b)]);
        eprintln!("{what}");
        check_offsets(&folder, &HashMap::from([("a.txt", a), ("b.txt", b)]));
    }
}

#[test]
fn offsets_of_utf_16_index_the_decoded_text() {
    let (a, b) = pair(QUOTED, OTHER);
    let folder = Folder::with(&[("b.txt", &b)]);
    let units = "\u{feff}".encode_utf16().chain(a.encode_utf16());
    fs::write(folder.at("a.txt"), units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()).unwrap();
    check_offsets(&folder, &HashMap::from([("a.txt", format!("\u{feff}{a}")), ("b.txt", b)]));
}

#[test]
fn offsets_of_json_index_the_unescaped_text() {
    let (a, b) = pair(QUOTED, OTHER);
    let escaped: String = a
        .encode_utf16()
        .map(|u| if u < 128 { char::from(u as u8).to_string() } else { format!("\\u{u:04x}") })
        .collect();
    let line = format!("{{\"text\": \"{}\"}}\n", escaped.replace('\n', "\\n"));
    let folder = Folder::with(&[("a.jsonl", &line), ("b.txt", &b)]);
    check_offsets(&folder, &HashMap::from([("a.jsonl", a), ("b.txt", b)]));
}

#[test]
fn threads_and_order_change_nothing() {
    let newsroom = project("testdata/newsroom");
    let mut files: Vec<String> = fs::read_dir(newsroom)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    let folder = Folder::with(&[]);
    let run = |files: &[String], threads: &str| {
        let args = ["claims", "--format", "jsonl", "--min-outlets", "1", "--threads", threads];
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        folder.run(&[&args[..], &files].concat()).expect(0).stdout
    };
    let expect = run(&files, "1");
    assert!(expect.lines().count() > 10, "{expect}");
    assert_eq!(run(&files, "2"), expect);
    files.reverse();
    assert_eq!(run(&files, "2"), expect);
    files.rotate_left(5);
    assert_eq!(run(&files, "3"), expect);
}

#[test]
fn compression_changes_the_path_alone() {
    let (a, b) = pair(QUOTED, OTHER);
    let plain = Folder::with(&[("a.txt", &a), ("b.txt", &b)]);
    let packed = Folder::with(&[("b.txt", &b)]);
    fs::write(packed.at("a.txt.zst"), zstd::encode_all(a.as_bytes(), 3).unwrap()).unwrap();
    let run = |folder: &Folder| {
        folder
            .run(&["claims", "--format", "jsonl", "."])
            .expect(0)
            .stdout
            .replace(".txt.zst", ".txt")
    };
    assert_eq!(run(&packed), run(&plain));
}

#[test]
fn a_language_without_word_counts_needs_no_large_batch() {
    let quoted =
        "\"نحن نطالب جميع الأطراف بضبط النفس واحترام حقوق المتظاهرين السلميين\" قال الوزير.\n";
    let a = format!("قال وزير الخارجية إن بلاده لن تقبل بأي تدخل أجنبي.\n\n{quoted}");
    let b = format!(
        "شهدت الأسواق ارتفاعا في أسعار الوقود هذا الأسبوع.\n\n{}",
        quoted.replace("جميع", "كل")
    );
    for (b, n_claims) in [(&b, 1), (&a, 2)] {
        let folder = Folder::with(&[("a.txt", &a), ("b.txt", b)]);
        let found = claims(&folder, &["."]);
        assert_eq!(confirmed(&found).len(), n_claims, "{found:#?}");
    }
}

#[test]
fn names_and_furniture_alone_are_no_claim() {
    let names = "Menteri Luar Negeri Amerika Serikat Antony Blinken dan Presiden Kazakhstan Kassym-Jomart Tokayev";
    let a = format!(
        "{names} berbicara lewat telepon tentang harga gandum di pasar dunia.\n\nBaca juga: Harga gandum naik\n"
    );
    let b = format!(
        "Pertemuan antara {names} dibatalkan karena badai salju.\n\nBaca juga: Badai salju datang\n"
    );
    let folder = Folder::with(&[("a.txt", &a), ("b.txt", &b)]);
    let found = claims(&folder, &["."]);
    assert_eq!(confirmed(&found), Vec::<&Value>::new());
}

#[test]
fn what_many_outlets_carry_stays_a_claim() {
    let shared = "Tinggi air di pintu Manggis mencapai dua meter dan diperkirakan surut dalam tiga hari menurut petugas jaga.";
    let record = |n: usize| {
        format!(
            "{{\"outlet\":\"Koran {n}\",\"text\":\"Halaman {n} dari koran kami terbit. {shared}\"}}\n"
        )
    };
    for n_outlets in [2, 16, 17, 40, 100] {
        let records: String = (0..n_outlets).map(record).collect();
        let folder = Folder::with(&[("a.jsonl", &records)]);
        let found = claims(&folder, &["a.jsonl"]);
        let confirmed = confirmed(&found);
        assert_eq!(confirmed.len(), 1, "{n_outlets} outlets");
        assert_eq!(confirmed[0]["counts"]["outlets"], n_outlets);
    }
}

#[test]
fn short_quotations_of_two_people_are_no_claim() {
    let article = |start: &str, who: &str| {
        format!(
            "{start}\n\n\"Saya tidak tahu apa itu,\" kata {who}.\n\nLangit cerah kembali sore itu.\n"
        )
    };
    for (other, n_claims) in [("Sari Dewi", 0), ("Budi Santoso", 1)] {
        let a = article("Harga beras naik tajam di pasar induk sejak pekan lalu.", "Budi Santoso");
        let b = article("Presiden tiba di Paris untuk konferensi iklim dunia.", other);
        let folder = Folder::with(&[
            ("a.txt", &a),
            ("b.txt", &b.replace("Langit cerah kembali sore itu", "Kabut turun")),
        ]);
        assert_eq!(confirmed(&claims(&folder, &["."])).len(), n_claims, "{other}");
    }
}

#[test]
fn two_halves_of_a_statement_are_two_claims() {
    let first = "jembatan gantung sepanjang dua ratus meter itu roboh diterjang banjir bandang";
    let second = "bupati menyiapkan dapur umum serta tenda darurat bagi keluarga nelayan pesisir";
    let folder = Folder::with(&[
        ("a.txt", &format!("Pada hari Minggu {first} dan {second}.\n")),
        ("b.txt", &format!("Saksi bercerita bahwa {first}.\n")),
        ("c.txt", &format!("Menurut kantor daerah, {second}.\n")),
    ]);
    let found = claims(&folder, &["."]);
    let mut docs: Vec<Vec<&str>> =
        confirmed(&found).iter().map(|c| occurrences(c).iter().map(name).collect()).collect();
    docs.iter_mut().for_each(|names| names.sort_unstable());
    docs.sort();
    assert_eq!(docs, [["a.txt", "b.txt"], ["a.txt", "c.txt"]]);
}

/// The labelled newsroom: which pairs of documents and texts are how alike.
struct Truth {
    claims: Vec<Value>,
    traps: Vec<Value>,
}

impl Truth {
    fn read() -> Truth {
        let lines = fs::read_to_string(project("testdata/newsroom.truth.jsonl")).unwrap();
        let records: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let of = |kind: &str| records.iter().filter(|r| r["type"] == kind).cloned().collect();
        Truth { claims: of("claim"), traps: of("trap") }
    }

    /// Pairs of occurrences of a claim that have the grade.
    fn pairs(&self, grade: &str) -> Vec<(&Value, &Value)> {
        let mut pairs = Vec::new();
        for claim in &self.claims {
            let at = |key: &Value| {
                occurrences(claim).iter().find(|o| o["key"] == *key).unwrap_or(&Value::Null)
            };
            for pair in claim["pairs"].as_array().unwrap().iter().filter(|p| p[2] == grade) {
                pairs.push((at(&pair[0]), at(&pair[1])));
            }
        }
        pairs
    }
}

/// Whether the claim has an occurrence that covers most of that place, or lies mostly in it.
fn covers(claim: &Value, place: &Value) -> bool {
    let range = |v: &Value| (v["byte_start"].as_u64().unwrap(), v["byte_end"].as_u64().unwrap());
    let (start, end) = range(place);
    occurrences(claim).iter().filter(|o| name(o) == place["doc"]).any(|o| {
        let (from, to) = range(o);
        let common = end.min(to).saturating_sub(start.max(from));
        common * 2 > (end - start).min(to - from)
    })
}

/// Whether the digits of two occurrences differ.
fn differs(a: &Value, b: &Value) -> bool {
    let digits = |o: &Value| -> String {
        o["exact"].as_str().unwrap().chars().filter(char::is_ascii_digit).collect()
    };
    digits(a) != digits(b)
}

#[test]
fn the_newsroom_is_read_as_its_readers_read_it() {
    let folder = Folder::with(&[]);
    let newsroom = project("testdata/newsroom");
    let found = claims(&folder, &["--min-outlets", "1", newsroom.to_str().unwrap()]);
    let confirmed = confirmed(&found);
    let joined = |a: &Value, b: &Value| confirmed.iter().any(|c| covers(c, a) && covers(c, b));
    let shown = |a: &Value, b: &Value| found.iter().any(|c| covers(c, a) && covers(c, b));
    let truth = Truth::read();
    for grade in ["identical", "near-identical"] {
        for (a, b) in truth.pairs(grade) {
            // A short sentence with another number may be only suggested: bulletins have such.
            let is_found = joined(a, b) || (differs(a, b) && shown(a, b));
            assert!(is_found, "{grade} pair missed: {} | {}", a["exact"], b["exact"]);
        }
    }
    let edited = truth.pairs("edited");
    let n_found = edited.iter().filter(|(a, b)| joined(a, b)).count();
    assert!(n_found * 10 >= edited.len() * 6, "{n_found} of {} edited pairs", edited.len());

    let outlets = |c: &&&Value| c["counts"]["outlets"].as_u64() > Some(1);
    let several: Vec<&&Value> = confirmed.iter().filter(outlets).collect();
    let same = |a: &Value, b: &Value| truth.claims.iter().any(|c| covers(c, a) && covers(c, b));
    for trap in &truth.traps {
        let (a, b) = (&trap["a"], &trap["b"]);
        let taken = several.iter().find(|c| covers(c, a) && covers(c, b));
        assert!(taken.is_none() || same(a, b), "trap taken: {trap:#}");
    }
}

/// A stock phrase of several articles stands in heldout, and of its stories each has it once.
#[test]
fn a_claim_is_in_several_articles_and_there_once() {
    let (folder, heldout) = (Folder::with(&[]), project("testdata/heldout"));
    let found = claims(&folder, &["--min-outlets", "1", heldout.to_str().unwrap()]);
    let mut ids: Vec<&str> = found.iter().map(|claim| claim["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), found.len());
    for claim in &found {
        let first = name(&occurrences(claim)[0]);
        assert!(occurrences(claim).iter().any(|o| name(o) != first), "{claim:#}");
    }
}

/// The five scraped articles the project began with; they are not part of it.
fn seeds() -> Option<PathBuf> {
    let folder = project("../shared/seeds");
    if !folder.is_dir() {
        eprintln!("not run: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

#[test]
fn the_seeds_hold_one_quotation_in_two_translations() {
    let Some(seeds) = seeds() else { return };
    let folder = Folder::with(&[]);
    let found = claims(&folder, &[seeds.to_str().unwrap()]);
    let confirmed = confirmed(&found);
    assert_eq!(confirmed.len(), 1, "{confirmed:#?}");
    let claim = confirmed[0];
    assert_eq!(claim["kind"], "quotation");
    assert_eq!(claim["speaker"]["name"], "Blinken");
    let exact: Vec<(&str, &str)> =
        occurrences(claim).iter().map(|o| (&name(o)[..3], o["exact"].as_str().unwrap())).collect();
    assert_eq!(
        exact,
        [
            (
                "001",
                "Saya pikir satu pelajaran dalam sejarah baru-baru ini adalah begitu orang Rusia berada di rumah Anda, terkadang sangat sulit untuk membuat mereka pergi,"
            ),
            (
                "000",
                "Pelajaran dari sejarah baru-baru ini adalah bahwa begitu Rusia berada di rumah Anda, terkadang sulit untuk membuat mereka pergi,"
            ),
        ]
    );
    let edits = format!("{}{}", occurrences(claim)[0]["edits"], occurrences(claim)[1]["edits"]);
    for word in ["Saya pikir", "\"orang\"", "\"sangat\""] {
        assert!(edits.contains(word), "{word} in {edits}");
    }
    let kompas = &occurrences(claim)[0];
    assert_eq!(kompas["published"], "2022-01-08T06:31:00+07:00");
    assert_eq!(kompas["agency"][0]["name"], "AFP");
}

#[test]
fn a_table_says_what_its_records_say() {
    let records: Vec<Value> =
        NEWS.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let cell = |record: &Value, key: &str| record[key].as_str().unwrap_or("").replace('"', "\"\"");
    let row = |record: &Value| {
        let cells = ["id", "outlet", "published", "text"].map(|key| cell(record, key));
        format!("\"{}\"\r\n", cells.join("\";\""))
    };
    let rows: String = records.iter().map(row).collect();
    let table = format!("id;media;tanggal;isi\r\n{rows}");
    let folder = Folder::with(&[("news.jsonl", NEWS), ("news.csv", &table)]);
    let found = |name: &str| {
        let ran = folder.run(&["claims", name, "--format", "jsonl", "-q"]).expect(0);
        let records = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let occurrences = |claim: &Value| claim["occurrences"].as_array().cloned();
        let places = |occurrence: Value| {
            ["outlet", "published", "byte_start", "byte_end", "exact"]
                .map(|key| occurrence[key].clone())
        };
        let all: Vec<_> =
            records.filter_map(|record| occurrences(&record)).flatten().map(places).collect();
        (all, ran.stdout)
    };
    let (lines, (rows, told)) = (found("news.jsonl").0, found("news.csv"));
    assert!(!lines.is_empty());
    assert_eq!(rows, lines);
    // Each text has five lines, of which the first names the row.
    for place in ["news.csv\",\"line\":2", "news.csv\",\"line\":7", "news.csv\",\"line\":12"] {
        assert!(told.contains(place), "{place} in {told}");
    }
}
