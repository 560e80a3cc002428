//! Whether a reader's decisions are kept, now and when the articles are others.

use crate::support::{Folder, Ran};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// One statement in three wordings, of which the second is like both others.
const HOUSE: [&str; 3] = [
    "Satu pelajaran dalam sejarah baru-baru ini adalah begitu orang Rusia berada di rumah Anda, terkadang sangat sulit membuat mereka pergi",
    "Satu pelajaran dalam sejarah adalah begitu orang Rusia berada di rumah Anda, terkadang sangat sulit membuat mereka keluar lagi",
    "Pelajaran sejarah adalah bahwa begitu Rusia berada di rumah Anda, terkadang sangat sulit membuat mereka keluar lagi dari sana",
];
const FOOD: &str =
    "Bupati menyiapkan dapur umum serta tenda darurat bagi seribu keluarga nelayan pesisir";
const PORT: &str = "Pelabuhan kapal ferry ditutup sepekan karena gelombang setinggi empat meter";
/// Of one article each.
const ALONE: [&str; 2] = [
    "Harga gandum melonjak tajam di bursa komoditas dunia kemarin siang",
    "Gubernur menandatangani perjanjian dagang baru bersama empat negara tetangga",
];

/// What three outlets say, an article each.
fn texts() -> [String; 3] {
    [
        format!("“{},” kata Blinken.\n\n{FOOD}.\n\n{}.\n", HOUSE[0], ALONE[0]),
        format!("“{},” kata Blinken.\n\n{FOOD}.\n\n{PORT}.\n", HOUSE[1]),
        format!("“{},” kata Blinken.\n\n{PORT}.\n\n{}.\n", HOUSE[2], ALONE[1]),
    ]
}

const OUTLETS: [&str; 3] = ["Kabar", "Warta", "Berita"];

fn lines(texts: &[String]) -> Vec<String> {
    let line = |(outlet, text): (&&str, &String)| {
        json!({"outlet": outlet, "text": text}).to_string() + "\n"
    };
    OUTLETS.iter().zip(texts).map(line).collect()
}

fn news() -> Folder {
    Folder::with(&[("news.jsonl", &lines(&texts()).concat())])
}

fn run(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(&[&["claims", "news.jsonl", "--format", "jsonl"], args].concat()).expect(0)
}

fn records(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn claims(ran: &Ran) -> Vec<Value> {
    records(ran).into_iter().filter(|record| record["type"] == "claim").collect()
}

/// The passages of every claim.
fn passages(ran: &Ran) -> BTreeSet<BTreeSet<String>> {
    let of = |claim: &Value| -> BTreeSet<String> {
        let occurrences = claim["occurrences"].as_array().unwrap().iter();
        occurrences.map(|o| o["passage"].as_str().unwrap().to_owned()).collect()
    };
    claims(ran).iter().map(of).collect()
}

/// What names a sentence or quotation.
fn key(sentence: &str) -> String {
    kutip::decision::passage_key(sentence)
}

fn decide(folder: &Folder, decisions: &[(&str, &[&str])]) {
    let line = |(kind, passages): &(&str, &[&str])| {
        json!({"decision": kind, "passages": passages, "note": "-"}).to_string() + "\n"
    };
    let lines: String = decisions.iter().map(line).collect();
    std::fs::write(folder.at("decisions.jsonl"), lines).unwrap();
}

const DECIDED: &[&str] = &["--decisions", "decisions.jsonl"];

fn set(keys: &[&str]) -> BTreeSet<String> {
    keys.iter().map(|&key| key.to_owned()).collect()
}

#[test]
fn without_decisions_evidence_makes_the_claims() {
    let [a, b, c] = HOUSE.map(key);
    let expect = [set(&[&a, &b, &c]), set(&[&key(FOOD)]), set(&[&key(PORT)])];
    assert_eq!(passages(&run(&news(), &[])), expect.into());
}

#[test]
fn hidden_claims_are_counted_and_not_shown() {
    let folder = news();
    decide(&folder, &[("hide", &[&key(FOOD)])]);
    let ran = run(&folder, DECIDED);
    assert_eq!(passages(&ran).len(), 2);
    let summary = records(&ran).pop().unwrap();
    assert_eq!(summary["claims"]["hidden"], 1);
    assert_eq!(summary["decisions"], json!({"applied": 1, "idle": []}));
    assert!(ran.stderr.contains("(1 hidden by decision) in"), "{}", ran.stderr);
}

#[test]
fn same_makes_one_claim_of_two_and_says_so() {
    let folder = news();
    decide(&folder, &[("same", &[&key(HOUSE[0]), &key(FOOD)])]);
    let ran = run(&folder, DECIDED);
    let claims = claims(&ran);
    assert_eq!(claims.len(), 2);
    let joined = claims.iter().find(|c| c["counts"]["occurrences"] == 5).unwrap();
    assert_eq!(joined["status"], "confirmed");
    let occurrences = joined["occurrences"].as_array().unwrap();
    let exact = |o: &Value| o["exact"].as_str().unwrap().to_owned();
    let decided: Vec<String> =
        occurrences.iter().filter(|o| o["decided"] == true).map(exact).collect();
    assert_eq!(decided, [FOOD, FOOD]);
    let cards = folder.run(&[&["claims", "news.jsonl"], DECIDED].concat()).expect(0).stdout;
    assert_eq!(cards.matches("joined by your decision").count(), 2, "{cards}");
}

#[test]
fn what_nothing_joins_but_a_decision_is_no_confirmed_claim() {
    let folder = news();
    decide(&folder, &[("same", &[&key(ALONE[0]), &key(ALONE[1])])]);
    let claims = claims(&run(&folder, DECIDED));
    let status = |c: &Value| c["status"].as_str().unwrap().to_owned();
    assert_eq!(
        claims.iter().map(status).collect::<Vec<_>>(),
        ["confirmed", "confirmed", "confirmed", "decided"]
    );
    assert_eq!(claims[3]["counts"]["outlets"], 2);
    decide(&folder, &[("same", &[&key(ALONE[0]), &key(FOOD)])]);
    let with_food = passages(&run(&folder, DECIDED));
    assert!(with_food.contains(&set(&[&key(ALONE[0]), &key(FOOD)])), "{with_food:?}");
}

#[test]
fn not_same_holds_by_way_of_others_too() {
    let folder = news();
    let [a, b, c] = HOUSE.map(key);
    for (kind, pair) in [("not-same", [&a, &c]), ("not-same", [&a, &b]), ("not-same", [&b, &c])] {
        decide(&folder, &[(kind, &[pair[0], pair[1]])]);
        let found = passages(&run(&folder, DECIDED));
        let both = |claim: &&BTreeSet<String>| pair.iter().all(|&key| claim.contains(key));
        assert_eq!(found.iter().find(both), None);
        assert!(found.iter().any(|claim| claim.contains(pair[0]) || claim.contains(pair[1])));
    }
    // What is the same as one of the two is apart from the other.
    decide(&folder, &[("same", &[&a, &key(FOOD)]), ("not-same", &[&key(FOOD), &b])]);
    let found = passages(&run(&folder, DECIDED));
    assert!(!found.iter().any(|claim| claim.contains(&b) && claim.contains(&a)), "{found:?}");
}

#[test]
fn decisions_hold_within_a_window_of_days() {
    let days = ["2022-01-03", "2022-01-04", "2022-03-04"];
    let texts = texts();
    let dated = texts.iter().zip(OUTLETS.iter().zip(days)).map(|(text, (outlet, day))| {
        json!({"outlet": outlet, "text": text, "published": day}).to_string() + "\n"
    });
    let folder = Folder::with(&[("news.jsonl", &dated.collect::<String>())]);
    let [a, b, c] = HOUSE.map(key);
    decide(&folder, &[("same", &[&c, &key(FOOD)])]);
    let window = [DECIDED, &["--window", "7"]].concat();
    let found = passages(&run(&folder, &window));
    assert_eq!(found, [set(&[&a, &b, &key(FOOD)])].into());
    decide(&folder, &[("not-same", &[&a, &b])]);
    assert_eq!(passages(&run(&folder, &window)), [set(&[&key(FOOD)])].into());
}

#[test]
fn split_leaves_a_passage_to_its_own_words() {
    let folder = news();
    let [a, b, c] = HOUSE.map(key);
    decide(&folder, &[("split", &[&b]), ("split", &[&key(FOOD)])]);
    let ran = run(&folder, DECIDED);
    let found = passages(&ran);
    assert!(!found.iter().any(|claim| claim.contains(&b)), "{found:?}");
    assert!(found.contains(&set(&[&a, &c])) && found.contains(&set(&[&key(FOOD)])), "{found:?}");
    let summary = records(&ran).pop().unwrap();
    let idle = json!([{"line": 2, "decision": "split", "because": "no other wording matches the passage"}]);
    assert_eq!(summary["decisions"], json!({"applied": 1, "idle": idle}));
}

#[test]
fn what_does_nothing_is_told_with_its_line() {
    let folder = news();
    let gone = "0".repeat(32);
    decide(&folder, &[("hide", &[&gone]), ("not-same", &[&key(FOOD), &key(PORT)])]);
    let ran = run(&folder, DECIDED);
    let told: Vec<&str> = ran.stderr.lines().take(2).collect();
    let expect = [
        format!("decisions.jsonl:1: hide does nothing: no article has the passage {gone}"),
        "decisions.jsonl:2: not-same does nothing: nothing would join the two".to_owned(),
    ];
    assert_eq!(told, expect);
    assert_eq!(run(&folder, &[DECIDED, &["--quiet"]].concat()).stderr, "");
}

/// Why each of the decisions does nothing, by line.
fn idle(ran: &Ran) -> Vec<(u64, String)> {
    let summary = records(ran).pop().unwrap();
    let idle = summary["decisions"]["idle"].as_array().unwrap().iter();
    idle.map(|idle| (idle["line"].as_u64().unwrap(), idle["because"].as_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn same_that_changes_or_shows_nothing_is_told() {
    let folder = news();
    let [a, b, c] = HOUSE.map(key);
    decide(&folder, &[("same", &[&a, &b]), ("same", &[&c, &key(PORT)])]);
    let one = "the two are in one claim without it".to_owned();
    assert_eq!(idle(&run(&folder, DECIDED)), [(1, one)]);
    // But it changes what another line parts.
    decide(&folder, &[("same", &[&a, &b]), ("not-same", &[&a, &c])]);
    assert_eq!(idle(&run(&folder, DECIDED)), []);
    // Both of one article, then of two that one outlet has.
    let own = "the two are in one article alone, in fewer outlets than --min-outlets, or further apart \
               than --window";
    decide(&folder, &[("same", &[&key(ALONE[0]), &key(ALONE[1])])]);
    let [first, second] = ALONE.map(|sentence| format!("{sentence}.\n"));
    for (texts, n_idle) in [(vec![first.clone() + "\n" + &second], 1), (vec![first, second], 0)] {
        let line = |text| json!({"outlet": "Kabar", "text": text}).to_string() + "\n";
        let news: String = texts.into_iter().map(line).collect();
        std::fs::write(folder.at("news.jsonl"), news).unwrap();
        let ran = run(&folder, DECIDED);
        assert_eq!(idle(&ran), [(1, own.to_owned())]);
        assert!(ran.stderr.contains(own), "{}", ran.stderr);
        let of_one = run(&folder, &[DECIDED, &["--min-outlets", "1"]].concat());
        assert_eq!(idle(&of_one).len(), n_idle);
    }
}

#[test]
fn same_joins_all_claims_of_a_passage() {
    let halves = [
        "Gubernur meresmikan jembatan gantung sepanjang dua ratus meter di hulu Sungai Kapuas",
        "warga dua desa terpencil kini menyeberang tanpa perahu menuju sekolah dan pasar",
    ];
    let whole = format!("{} sehingga {}", halves[0], halves[1]);
    let text = |sentence: &str| format!("{sentence}.\n");
    let texts = [
        format!("{}\n{FOOD}.\n", text(&whole)),
        format!("{}\n{FOOD}.\n", text(halves[0])),
        text(halves[1]),
    ];
    let folder = Folder::with(&[("news.jsonl", &lines(&texts).concat())]);
    let [whole, first, second] = [&*whole, halves[0], halves[1]].map(key);
    let apart = [set(&[&whole, &first]), set(&[&whole, &second]), set(&[&key(FOOD)])];
    assert_eq!(passages(&run(&folder, &[])), apart.into());
    decide(&folder, &[("same", &[&whole, &key(FOOD)])]);
    let all = set(&[&whole, &first, &second, &key(FOOD)]);
    assert_eq!(passages(&run(&folder, DECIDED)), [all].into());
}

#[test]
fn what_is_furniture_is_told_as_such() {
    let menu = "Berlangganan Warta Plus mulai lima belas ribu rupiah sebulan";
    let page = |n: usize| {
        let text = format!("{}.\n\n{menu}\n", ALONE[n % 2].replace("empat", &n.to_string()));
        json!({"outlet": "Warta", "text": text}).to_string() + "\n"
    };
    let pages: String = (0..8).map(page).collect();
    let folder = Folder::with(&[("news.jsonl", &pages)]);
    decide(&folder, &[("hide", &[&key(menu)])]);
    let [(1, told)] = &idle(&run(&folder, DECIDED))[..] else { panic!() };
    assert!(told.contains("stands only in site furniture"), "{told}");
}

#[test]
fn what_is_decided_twice_has_its_effect_twice() {
    let folder = news();
    let b = key(HOUSE[1]);
    decide(&folder, &[("split", &[&b]), ("split", &[&b])]);
    let summary = records(&run(&folder, DECIDED)).pop().unwrap();
    assert_eq!(summary["decisions"], json!({"applied": 2, "idle": []}));
}

#[test]
fn bad_decisions_stop_the_run_and_name_the_way_out() {
    let folder = news();
    let (a, b) = (key(FOOD), key(PORT));
    decide(&folder, &[("same", &[&a, &b]), ("not-same", &[&b, &a])]);
    let told = folder.run(&[&["claims", "news.jsonl"], DECIDED].concat()).expect(2).stderr;
    assert!(told.starts_with("error: decisions.jsonl:2: contradicts line 1: expected "), "{told}");
    decide(&folder, &[("hide", &[&a, &b])]);
    let told = folder.run(&[&["claims", "news.jsonl"], DECIDED].concat()).expect(2).stderr;
    assert!(
        told.starts_with("error: decisions.jsonl:1: no decision: expected 1 passage"),
        "{told}"
    );
    assert!(told.contains("\nhint: "), "{told}");
    folder.run(&["claims", "news.jsonl", "--decisions", "none.jsonl"]).expect(2);
    std::fs::write(folder.at("utf-16.jsonl"), b"\xff\xfe{\0").unwrap();
    let told =
        folder.run(&["claims", "news.jsonl", "--decisions", "utf-16.jsonl"]).expect(2).stderr;
    assert!(told.contains("not UTF-8") && told.contains("\nhint: convert it"), "{told}");
    let args = ["claims", "news.jsonl", "-o", "decisions.jsonl", "--decisions", "decisions.jsonl"];
    let told = folder.run(&args).expect(2).stderr;
    assert!(told.contains("--output is also an input"), "{told}");
}

/// Decisions of every kind.
fn decide_all(folder: &Folder) {
    let [a, b, _] = HOUSE.map(key);
    let (first, second) = (key(ALONE[0]), key(ALONE[1]));
    decide(
        folder,
        &[("not-same", &[&a, &b]), ("same", &[&first, &second]), ("hide", &[&key(FOOD)])],
    );
}

/// The claims that have a passage of one of [`as_decided`].
fn about_decided(ran: &Ran) -> BTreeSet<BTreeSet<String>> {
    let known: BTreeSet<String> = as_decided().into_iter().flatten().collect();
    let is_known = |claim: &BTreeSet<String>| claim.iter().any(|key| known.contains(key));
    passages(ran).into_iter().filter(is_known).collect()
}

/// What the decisions make of the articles as they were.
fn as_decided() -> BTreeSet<BTreeSet<String>> {
    let folder = news();
    decide_all(&folder);
    let found = passages(&run(&folder, DECIDED));
    assert_ne!(found, passages(&run(&folder, &[])));
    found
}

#[test]
fn decisions_survive_another_order() {
    let mut reversed = lines(&texts());
    reversed.reverse();
    let folder = Folder::with(&[("news.jsonl", &reversed.concat())]);
    decide_all(&folder);
    assert_eq!(passages(&run(&folder, DECIDED)), as_decided());
}

#[test]
fn decisions_survive_pages_that_are_scraped_again() {
    let menu = "Beranda | Nasional | Ekonomi | Olahraga\r\n\r\n";
    let more = "\r\n\r\nBaca juga: Jadwal kapal pekan depan\r\n\r\nBagikan ke Facebook\r\n";
    let again = texts().map(|text| {
        let text = text.replace("\n", "\r\n").replace(['“', '”'], "\"");
        format!("{menu}{}{more}", text.replace("Bupati", "BUPATI"))
    });
    let folder = Folder::with(&[("news.jsonl", &lines(&again).concat())]);
    decide_all(&folder);
    let ran = run(&folder, DECIDED);
    assert_eq!(about_decided(&ran), as_decided());
    assert_eq!(records(&ran).pop().unwrap()["decisions"], json!({"applied": 3, "idle": []}));
}

#[test]
fn decisions_survive_a_thousand_articles_more() {
    // Words of no language, so that no two of the new articles say the same.
    let word = |n: usize| -> String {
        let syllable =
            |at: u32| &"bacadafagahajakalamanapa"[(n / 12_usize.pow(at) % 12) * 2..][..2];
        (0..4).map(syllable).collect()
    };
    let article = |n: usize| {
        let words: Vec<String> = (0..12).map(|at| word(n * 977 + at * 53)).collect();
        let outlet = format!("Outlet {}", n % 40);
        json!({"outlet": outlet, "text": format!("{}.", words.join(" "))}).to_string() + "\n"
    };
    let more: String = (0..1000).map(article).collect();
    let folder = Folder::with(&[("news.jsonl", &(lines(&texts()).concat() + &more))]);
    decide_all(&folder);
    let ran = run(&folder, DECIDED);
    assert_eq!(about_decided(&ran), as_decided());
    assert_eq!(records(&ran).pop().unwrap()["decisions"], json!({"applied": 3, "idle": []}));
}
