//! Which claims are shown where somebody asks for a person, an outlet or a news cycle, and in which
//! order.

use crate::support::{Folder, Ran};
use serde_json::Value;

const HOUSE: &str = "Satu pelajaran dalam sejarah baru-baru ini adalah begitu orang Rusia berada di rumah Anda, terkadang sangat sulit membuat mereka pergi";
const ORDER: &str =
    "Saya sudah memerintahkan aparat hukum dan tentara untuk menembak mati tanpa peringatan";
const FOOD: &str =
    "Bupati menyiapkan dapur umum serta tenda darurat bagi seribu keluarga nelayan pesisir";

/// A record; empty outlets and dates are left out.
fn record(outlet: &str, published: &str, text: &str) -> String {
    let field = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!("\"{name}\":{value:?},"),
    };
    let (outlet, published) = (field("outlet", outlet), field("published", published));
    format!("{{{outlet}{published}\"text\":{}}}\n", serde_json::json!(text))
}

/// Three outlets: all quote Blinken, under three names; two quote Tokayev, one of them without his
/// name; two report the kitchens.
fn news() -> Folder {
    let records = [
        record(
            "Kabar",
            "2022-01-08",
            &format!(
                "Harga gandum naik di bursa kemarin.\n\n“{HOUSE},” kata Menteri Luar Negeri AS Antony Blinken.\n\n“{ORDER},” kata Presiden Kassym-Jomart Tokayev.\n"
            ),
        ),
        record(
            "Warta.com",
            "2022-01-08",
            &format!("Bandara ibu kota ditutup.\n\n“{HOUSE},” kata Blinken.\n\n{FOOD}.\n"),
        ),
        record(
            "Berita",
            "2022-01-09",
            &format!("Pasukan tiba tadi malam.\n\n“{HOUSE},” ujarnya.\n\n“{ORDER}.”\n\n{FOOD}.\n"),
        ),
    ];
    Folder::with(&[("news.jsonl", &records.concat())])
}

fn records(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn run(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(&[&["claims", "news.jsonl", "--format", "jsonl"], args].concat()).expect(0)
}

/// What the claims that are shown say, by the first letters, and the summary record's own claims.
fn shown(ran: &Ran) -> (Vec<String>, Value) {
    let records = records(ran);
    let claims = records.iter().filter(|r| r["type"] == "claim");
    let texts = claims.map(|c| c["text"].as_str().unwrap()[..4].to_owned()).collect();
    (texts, records.last().unwrap()["claims"].clone())
}

#[test]
fn claims_of_a_person_or_an_outlet() {
    let folder = news();
    let (all, summary) = shown(&run(&folder, &[]));
    assert_eq!(all, ["Satu", "Bupa", "Saya"]);
    assert_eq!(summary, serde_json::json!({"confirmed": 3, "suggested": 0}));
    for (args, expect) in [
        (&["--speaker", "Blinken"][..], &["Satu"][..]),
        (&["--speaker", "antony BLINKEN"], &["Satu"]),
        (&["--speaker", "Menlu Antony Blinken"], &["Satu"]),
        (&["--speaker", "Antony John Blinken"], &["Satu"]),
        (&["--speaker", "Antony Blair"], &[]),
        (&["--speaker", "Tokayev", "--speaker", "Blinken"], &["Satu", "Saya"]),
        (&["--outlet", "warta"], &["Satu", "Bupa"]),
        (&["--outlet", "https://www.warta.com/"], &["Satu", "Bupa"]),
        (&["--outlet", "Warta", "--outlet", "Kabar"], &["Satu", "Bupa", "Saya"]),
        (&["--outlet", "Kabar", "--speaker", "Tokayev"], &["Saya"]),
        (&["--outlet", "Warta", "--speaker", "Tokayev"], &[]),
        (&["--speaker", "Blink"], &[]),
    ] {
        let (texts, summary) = shown(&run(&folder, args));
        assert_eq!(texts, expect, "{args:?}");
        let n_left_out = 3 - expect.len();
        assert_eq!(summary["left_out"].as_u64().unwrap_or(0), n_left_out as u64, "{args:?}");
    }
}

#[test]
fn a_claim_keeps_its_other_outlets() {
    let ran = run(&news(), &["--outlet", "Kabar", "--speaker", "Blinken"]);
    let claim = &records(&ran)[0];
    assert_eq!(claim["counts"]["outlets"], 3);
    assert_eq!(claim["occurrences"].as_array().unwrap().len(), 3);
}

#[test]
fn asked_for_in_vain_is_told_and_no_error() {
    let folder = news();
    let told = |args: &[&str]| run(&folder, args).stderr;
    let first = |args: &[&str]| told(args).lines().next().unwrap_or_default().to_owned();
    let speakers = "speakers found: Antony Blinken, Kassym-Jomart Tokayev";
    assert_eq!(
        first(&["--speaker", "Lavrov"]),
        format!("3 claims found, none of Lavrov; {speakers}")
    );
    assert_eq!(
        first(&["--outlet", "Suara"]),
        "3 claims found, none carried by Suara; outlets found: Berita, Kabar, Warta.com"
    );
    assert_eq!(
        first(&["--outlet", "Warta", "--speaker", "Tokayev"]),
        "3 claims found, none of Tokayev and carried by Warta"
    );
    // One of two is known: its claims are shown, and the other is named.
    let some = told(&["--speaker", "Blinken", "--speaker", "Lavrov"]);
    assert!(some.starts_with("3 claims found, none of Lavrov; "), "{some}");
    assert!(some.contains("found 1 confirmed claim and 0 suggested (2 not asked for left out) in"));
    assert_eq!(told(&["--speaker", "Lavrov", "--quiet"]), "");
    let cards = folder.run(&["claims", "news.jsonl", "--speaker", "Lavrov"]).expect(0).stdout;
    assert!(cards.starts_with("3 claims were found, and none is of those asked for."), "{cards}");
    let stats = ["--speaker", "Blinken", "--stats", "stats.json"];
    run(&folder, &stats);
    let stats: Value = serde_json::from_str(&folder.read("stats.json")).unwrap();
    assert_eq!((&stats["confirmed"], &stats["left_out"]), (&Value::from(1), &Value::from(2)));
}

#[test]
fn names_without_a_word_are_refused() {
    for (args, expect) in [
        (["--speaker", "…"], "expected a name, as Blinken"),
        (["--outlet", "-"], "expected an outlet's name, as kompas.com"),
        (["--window", "0"], "expected a number of days from 1, as 7, or of hours, as 36h"),
    ] {
        let told = news().run(&[&["claims", "news.jsonl"], &args[..]].concat()).expect(2).stderr;
        assert!(told.contains(expect), "{told}");
    }
}

/// The outlets of each claim, and its id.
fn carriers(ran: &Ran) -> Vec<(String, String)> {
    let claims = records(ran).into_iter().filter(|record| record["type"] == "claim");
    let outlets = |claim: Value| {
        let occurrences = claim["occurrences"].as_array().unwrap();
        let outlets: Vec<&str> =
            occurrences.iter().map(|o| o["outlet"].as_str().unwrap()).collect();
        (outlets.concat(), claim["id"].as_str().unwrap().to_owned())
    };
    claims.map(outlets).collect()
}

#[test]
fn a_window_parts_what_comes_back_later() {
    let leads = [
        "Harga gandum naik di bursa kemarin.",
        "Bandara ibu kota ditutup.",
        "Pasukan tiba tadi malam di perbatasan.",
        "Hujan lebat turun sejak pagi.",
        "Panen raya dimulai di tiga kecamatan.",
        "Kapal feri kembali berlayar.",
        "Gempa kecil terasa sampai ke kota.",
    ];
    let edited = HOUSE.replace("terkadang sangat sulit", "kadang-kadang sulit sekali");
    let said = [
        ("A", "2021-01-08T06:00:00Z", HOUSE),
        ("B", "2021-01-09T18:00:00Z", &edited),
        ("C", "2022-01-08T06:00:00Z", HOUSE),
        ("D", "2022-01-09T06:00:00Z", HOUSE),
        ("E", "2022-01-14T06:00:00Z", &edited),
        ("F", "", HOUSE),
        ("G", "2022-02-20", HOUSE),
    ];
    let of = |((outlet, published, said), lead): (&(&str, &str, &str), &&str)| {
        record(outlet, published, &format!("{lead}\n\n“{said},” kata Blinken.\n"))
    };
    let folder = |reversed: bool| {
        let mut lines: Vec<String> = said.iter().zip(&leads).map(of).collect();
        if reversed {
            lines.reverse();
        }
        Folder::with(&[("news.jsonl", &lines.concat())])
    };
    for (args, expect) in [
        (&[][..], &["ABCDEGF"][..]),
        (&["--window", "500"], &["ABCDEGF"]),
        (&["--window", "7"], &["CDEF", "AB"]),
        // Of windows of as many articles the first has the undated one.
        (&["--window", "36h"], &["ABF", "CD"]),
        (&["--window", "35h"], &["CDF"]),
        (&["--window", "7", "--min-outlets", "3"], &["CDEF"]),
    ] {
        let found = carriers(&run(&folder(false), args));
        let outlets: Vec<&str> = found.iter().map(|(outlets, _)| outlets.as_str()).collect();
        assert_eq!(outlets, expect, "{args:?}");
        assert_eq!(carriers(&run(&folder(true), args)), found, "{args:?}");
    }
}

#[test]
fn the_same_words_a_year_later_are_another_claim_with_an_id_of_its_own() {
    let of = |(outlet, published, lead): &(&str, &str, &str)| {
        record(outlet, published, &format!("{lead}\n\n“{HOUSE},” kata Blinken.\n"))
    };
    let records: String = [
        ("A", "2021-01-08", "Harga gandum naik di bursa kemarin."),
        ("B", "2021-01-08", "Bandara ibu kota ditutup."),
        ("A", "2022-01-08", "Pasukan tiba tadi malam di perbatasan."),
        ("B", "2022-01-08", "Hujan lebat turun sejak pagi."),
    ]
    .iter()
    .map(of)
    .collect();
    let folder = Folder::with(&[("news.jsonl", &records)]);
    let found = carriers(&run(&folder, &["--window", "7"]));
    let outlets: Vec<&str> = found.iter().map(|(outlets, _)| outlets.as_str()).collect();
    assert_eq!(outlets, ["AB", "AB"]);
    assert_ne!(found[0].1, found[1].1);
}

#[test]
fn claims_are_ranked_by_outlets_that_may_be_independent_then_by_evidence() {
    let leads = ["Harga gandum naik.", "Bandara ditutup.", "Pasukan tiba.", "Hujan turun."];
    let short = "“Kami menolak seluruh tuduhan jaksa penuntut kemarin,” kata Tokayev.";
    let article = |outlet: &str, lead: usize, said: &[&str]| {
        record(outlet, "", &format!("{}\n\n{}\n", leads[lead], said.join("\n\n")))
    };
    let food = format!("{FOOD}.");
    let house = format!("“{HOUSE},” kata Blinken.");
    let order = format!("“{ORDER},” kata Tokayev.");
    // The food in four articles, but three of them may be one outlet's.
    let records = [
        article("A", 0, &[&food, &house, short]),
        article("B", 1, &[&house, short, &order]),
        article("C", 2, &[&order]),
        article("D", 3, &[&order]),
        article("", 1, &[&food]),
        article("", 2, &[&food]),
        article("", 3, &[&food]),
    ];
    let folder = Folder::with(&[("news.jsonl", &records.concat())]);
    let texts = shown(&run(&folder, &[])).0;
    assert_eq!(texts, ["Saya", "Satu", "Bupa", "Kami"]);
}
