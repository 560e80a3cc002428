//! From how many sources articles have a claim, who copied it and who leaves it out, against scenes
//! of which a reader has said so.

use crate::support::Folder;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn scenes() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/independence.jsonl");
    let lines = fs::read_to_string(path).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The confirmed claims in a scene's articles.
fn claims(scene: &Value) -> Vec<Value> {
    let articles = scene["articles"].as_array().unwrap();
    let records: String = articles.iter().map(|article| format!("{article}\n")).collect();
    let owners = scene["owners"].as_object().unwrap().iter();
    let owners: String =
        owners.map(|(outlet, owner)| format!("{outlet}\t{}\n", owner.as_str().unwrap())).collect();
    let folder = Folder::with(&[("scene.jsonl", &records), ("owners.tsv", &owners)]);
    let args = ["claims", "scene.jsonl", "--owners", "owners.tsv", "--format", "jsonl", "--quiet"];
    let ran = folder.run(&args).expect(0);
    let records = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap());
    records.filter(|record: &Value| record["status"] == "confirmed").collect()
}

/// The scenes, each with its claims.
fn judged() -> Vec<(Value, Vec<Value>)> {
    scenes()
        .into_par_iter()
        .map(|scene| {
            let found = claims(&scene);
            (scene, found)
        })
        .collect()
}

fn occurrences(claim: &Value) -> &[Value] {
    claim["occurrences"].as_array().unwrap()
}

fn texts(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// The claim of which the most occurrences have these words: a quotation that one article cuts in two
/// is two claims, and each has it whole from the others.
fn find<'c>(claims: &'c [Value], says: &str, scene: &str) -> &'c Value {
    let n_saying = |claim: &&Value| {
        let says_so = |o: &&Value| o["exact"].as_str().unwrap().contains(says);
        occurrences(claim).iter().filter(says_so).count()
    };
    let found = claims.iter().max_by_key(n_saying).filter(|claim| 0 < n_saying(claim));
    found.unwrap_or_else(|| panic!("{scene}: no claim says {says:?} among {claims:#?}"))
}

/// Where a reader took a mention of an agency, whose report is denied, for a credit.
const DISPUTED: &str = "agency-in-the-relative-clause";

/// Who has the claim from whom: pairs of articles.
fn copies(claim: &Value) -> BTreeSet<(String, String)> {
    let doc = |o: &Value| o["doc"].as_str().unwrap().to_owned();
    let of = occurrences(claim);
    let copied = of.iter().filter(|o| !o["copied_from"].is_null());
    copied
        .map(|o| (doc(o), doc(&of[o["copied_from"]["occurrence"].as_u64().unwrap() as usize])))
        .collect()
}

/// Who leaves it out: outlets with their articles.
fn omissions(claim: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let omitted = claim["omitted_by"].as_array().unwrap().iter();
    omitted.map(|o| (o["outlet"].as_str().unwrap().to_owned(), texts(&o["documents"]))).collect()
}

/// How many statements are made, how many of them are right, and how many a reader would make.
#[derive(Default)]
struct Told {
    made: usize,
    right: usize,
    expected: usize,
}

impl Told {
    fn count<T: Ord>(&mut self, made: &BTreeSet<T>, expected: &BTreeSet<T>) {
        self.made += made.len();
        self.right += made.intersection(expected).count();
        self.expected += expected.len();
    }

    #[track_caller]
    fn check(&self, least_precision: f64, least_recall: f64) {
        let Told { made, right, expected } = self;
        let told = format!("{right} of {made} right, {expected} to be told");
        assert!(least_precision * *made as f64 <= *right as f64, "{told}");
        assert!(least_recall * *expected as f64 <= *right as f64, "{told}");
    }
}

#[test]
fn scenes_are_judged_as_their_reader_does() {
    let schema = Folder::in_project().run(&["schema"]).expect(0).stdout;
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let (mut copied, mut omitted) = (Told::default(), Told::default());
    let mut wrong = Vec::new();
    for (scene, found) in judged() {
        let name = scene["scene"].as_str().unwrap();
        links_join_each_group_once(&found);
        assert!(
            found.iter().all(|claim| schema.is_valid(claim)),
            "{name}: not as kutip schema says"
        );
        for expect in scene["claims"].as_array().unwrap() {
            let claim = find(&found, expect["says"].as_str().unwrap(), name);
            let docs: BTreeSet<String> =
                occurrences(claim).iter().map(|o| o["doc"].as_str().unwrap().to_owned()).collect();
            if docs != texts(&expect["carriers"]) {
                wrong.push(format!("{name}: carried by {docs:?}"));
            }
            let lines = &claim["independent_lines"];
            let (is, should) =
                ([&lines["lower"], &lines["upper"]], [&expect["lower"], &expect["upper"]]);
            if is != should && name != DISPUTED {
                wrong.push(format!("{name}: {is:?} for {should:?}: {}", lines["because"]));
            }
            let from = expect["copied_from"].as_object().unwrap().iter();
            let from = from.map(|(a, b)| (a.clone(), b.as_str().unwrap().to_owned())).collect();
            copied.count(&copies(claim), &from);
            let by = expect["omitted_by"].as_object().unwrap().iter();
            let by = by.map(|(outlet, docs)| (outlet.clone(), texts(docs))).collect();
            omitted.count(&omissions(claim).into_iter().collect(), &by);
            if copies(claim) != from || omissions(claim).into_iter().collect::<BTreeSet<_>>() != by
            {
                eprintln!("{name}: copied {:?}, omitted by {:?}", copies(claim), omissions(claim));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    copied.check(0.95, 0.9);
    omitted.check(0.9, 0.9);
}

/// Each article is joined to its group once, and every link says where it is read.
fn links_join_each_group_once(claims: &[Value]) {
    for claim in claims {
        let lines = &claim["independent_lines"];
        let links = lines["because"].as_array().unwrap();
        let n_docs = claim["counts"]["documents"].as_u64().unwrap();
        let n_proven = links.iter().filter(|link| link["strength"] == "proven").count() as u64;
        assert_eq!(lines["upper"].as_u64().unwrap() + n_proven, n_docs);
        assert_eq!(lines["lower"].as_u64().unwrap() + links.len() as u64, n_docs);
        for link in links {
            check_link(link, claim);
        }
    }
}

fn check_link(link: &Value, claim: &Value) {
    let (a, b) = (&link["a"], &link["b"]);
    let doc = |at: &Value| &occurrences(claim)[at.as_u64().unwrap() as usize]["doc"];
    assert_ne!(doc(a), doc(b), "{link}");
    let spans = link["spans"].as_array().unwrap();
    let n_spans = match link["kind"].as_str().unwrap() {
        "shared-text" | "agency" => 2..3,
        "credit" => 1..2,
        "duplicate" => 0..3,
        _ => 0..1,
    };
    assert!(n_spans.contains(&spans.len()), "{link}");
    let docs = [doc(a), doc(b)];
    assert!(spans.iter().all(|span| docs.contains(&doc(&span["occurrence"]))), "{link}");
    let words = link["words"].as_u64().unwrap();
    match (link["kind"].as_str(), link["strength"].as_str()) {
        (Some("shared-text"), Some("proven")) => assert!(30 <= words, "{link}"),
        (Some("shared-text"), _) => assert!((8..30).contains(&words), "{link}"),
        _ => {}
    }
}

#[test]
fn a_bad_owners_file_ends_the_run_with_a_hint() {
    let folder = Folder::with_news();
    fs::write(folder.at("owners.tsv"), "Kabar\tPelita Grup\nWarta Pelita Grup\n").unwrap();
    let ran = folder.run(&["claims", "news.jsonl", "--owners", "owners.tsv"]).expect(2);
    assert!(ran.stderr.contains("owners.tsv:2: no owner: expected a domain"), "{}", ran.stderr);
    assert!(ran.stderr.contains("hint: "), "{}", ran.stderr);
    folder.run(&["claims", "news.jsonl", "--owners", "none.tsv"]).expect(2);
}

#[test]
fn the_card_says_it_in_plain_words() {
    let folder = Folder::with_news();
    fs::write(folder.at("owners.tsv"), "Kabar\tPelita Grup\nWarta\tPelita Grup\n").unwrap();
    let card = folder.run(&["claims", "news.jsonl", "--owners", "owners.tsv"]).expect(0).stdout;
    let line = "3 outlets, 1 owner: at most 2 independent lines (outlets of Pelita Grup)";
    assert!(card.contains(line), "{card}");
}
