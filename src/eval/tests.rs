//! Small cases with values worked out by hand.

use super::fact::{Agencies, FactName};
use super::pairs::Grades;
use super::*;
use crate::claim::Grade;
use crate::text::PassageKind;
use serde_json::{Value, json};

/// A passage of the made-up text in which byte `n` is the letter for `n`.
fn place(doc: &str, start: usize, end: usize) -> Value {
    let exact: String = (start..end).map(|n| char::from(b'a' + (n % 26) as u8)).collect();
    json!({"doc": doc, "exact": exact, "byte_start": start, "byte_end": end})
}

fn with(mut record: Value, fields: Value) -> Value {
    let fields = fields.as_object().unwrap().clone();
    record.as_object_mut().unwrap().extend(fields);
    record
}

/// A claim of the truth at `(document, start, end)`, keyed by index, all pairs of two documents
/// with one grade.
fn truth_claim(kind: &str, grade: &str, at: &[(&str, usize, usize)]) -> Value {
    let mut pairs = Vec::new();
    for a in 0..at.len() {
        for b in a + 1..at.len() {
            if at[a].0 != at[b].0 {
                pairs.push(json!([a.to_string(), b.to_string(), grade]));
            }
        }
    }
    let occurrences = at.iter().enumerate().map(|(key, &(doc, start, end))| {
        with(place(doc, start, end), json!({"key": key.to_string()}))
    });
    let occurrences: Vec<Value> = occurrences.collect();
    json!({"type": "claim", "id": "t", "kind": kind, "occurrences": occurrences, "pairs": pairs})
}

fn article(doc: &str, outlet: Value) -> Value {
    json!({"type": "article", "doc": doc, "outlet": outlet})
}

fn trap(kind: &str, a: Value, b: Value) -> Value {
    json!({"type": "trap", "trap": kind, "a": a, "b": b})
}

fn found_claim(status: &str, at: &[(&str, usize, usize)]) -> Value {
    let occurrence = |&(doc, start, end): &(&str, usize, usize)| {
        let place = place(&format!("in/{doc}"), start, end);
        with(place, json!({"grade": "edited", "outlet": null, "agency": []}))
    };
    let occurrences: Vec<Value> = at.iter().map(occurrence).collect();
    json!({"type": "claim", "schema_version": 1, "id": "f", "status": status, "speaker": null,
        "occurrences": occurrences})
}

/// What was taken for furniture in a document.
fn found_article(doc: &str, furniture: &[(usize, usize)]) -> Value {
    let block = |&(start, end): &(usize, usize)| place(doc, start, end);
    let furniture: Vec<Value> = furniture.iter().map(block).collect();
    json!({"type": "article", "schema_version": 1, "doc": format!("in/{doc}"),
        "furniture": furniture})
}

/// A block of furniture of the truth.
fn furniture(doc: &str, start: usize, end: usize) -> Value {
    with(place(doc, start, end), json!({"type": "furniture"}))
}

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

fn truth(records: &[Value]) -> Truth {
    Truth::parse(&lines(records), "truth.jsonl").unwrap()
}

fn found(records: &[Value]) -> Found {
    let summary = json!({"type": "summary", "schema_version": 1});
    Found::parse(&(lines(records) + &lines(&[summary])), "found.jsonl").unwrap()
}

fn recall_of(evaluation: &Evaluation<'_>, trust: Trust, grades: Grades) -> (usize, usize) {
    let row =
        evaluation.recall.iter().find(|r| (r.trust, r.kind, r.grades) == (trust, None, grades));
    row.map(|row| (row.share.n_right, row.share.n)).unwrap()
}

fn precision_of(evaluation: &Evaluation<'_>, trust: Trust) -> (usize, usize, usize) {
    let row = evaluation.precision.iter().find(|row| row.trust == trust).unwrap();
    (row.share.n_right, row.share.n, row.n_unjudged)
}

fn f1_of(evaluation: &Evaluation<'_>, trust: Trust, grades: Grades) -> Option<i64> {
    let row = evaluation.f1.iter().find(|row| (row.trust, row.grades) == (trust, grades)).unwrap();
    row.value.map(|value| value.0)
}

fn b_cubed_of(evaluation: &Evaluation<'_>) -> (usize, [Option<i64>; 3]) {
    let b = evaluation.b_cubed;
    (b.n, [b.precision, b.recall, b.f1].map(|value| value.map(|value| value.0)))
}

/// Three documents carry a quotation, two of them a statement.
fn small_truth() -> Truth {
    truth(&[
        truth_claim("quotation", "identical", &[("a", 0, 20), ("b", 0, 20), ("c", 0, 20)]),
        truth_claim("statement", "reworded", &[("a", 50, 70), ("b", 50, 70)]),
        trap("names", place("a", 80, 90), place("b", 80, 90)),
    ])
}

#[test]
fn all_found() {
    let truth = small_truth();
    let found = found(&[
        found_claim("confirmed", &[("a", 0, 20), ("b", 0, 20), ("c", 0, 20)]),
        found_claim("suggested", &[("a", 50, 70), ("b", 50, 70)]),
    ]);
    let all = evaluate(&truth, &found, Scope::BetweenOutlets).unwrap();
    assert_eq!(recall_of(&all, Trust::Confirmed, Grades::Only(Grade::Identical)), (3, 3));
    assert_eq!(recall_of(&all, Trust::Confirmed, Grades::ToEdited), (3, 3));
    assert_eq!(recall_of(&all, Trust::Confirmed, Grades::All), (3, 4));
    assert_eq!(recall_of(&all, Trust::Either, Grades::All), (4, 4));
    assert_eq!(recall_of(&all, Trust::Either, Grades::Only(Grade::Edited)), (0, 0));
    assert_eq!(
        Trust::ALL.map(|trust| precision_of(&all, trust)),
        [(3, 3, 0), (1, 1, 0), (4, 4, 0)]
    );
    assert_eq!(f1_of(&all, Trust::Confirmed, Grades::ToEdited), Some(1000));
    assert_eq!(f1_of(&all, Trust::Confirmed, Grades::All), Some(857), "2 * 1 * 3/4 / (7/4)");
    assert_eq!(f1_of(&all, Trust::Either, Grades::All), Some(1000));
    // The two places of the statement are not confirmed: each alone has recall 1/2.
    assert_eq!(b_cubed_of(&all), (5, [Some(1000), Some(800), Some(889)]));
    assert_eq!(all.boundaries[0].mean_chars, Some(Milli(0)));
    assert_eq!(all.boundaries[0].within_two_words, Share { n_right: 3, n: 3 });
    assert_eq!(all.boundaries[1].within_two_words, Share { n_right: 5, n: 5 });
    assert_eq!((all.misses.len(), all.false_pairs.len(), all.traps_taken.len()), (1, 0, 0));
    assert!(all.misses[0].is_suggested && all.misses[0].grade == Grade::Reworded);
}

#[test]
fn nothing_found() {
    let truth = small_truth();
    let found = found(&[]);
    let none = evaluate(&truth, &found, Scope::BetweenOutlets).unwrap();
    assert_eq!(recall_of(&none, Trust::Either, Grades::All), (0, 4));
    assert_eq!(precision_of(&none, Trust::Confirmed), (0, 0, 0));
    assert_eq!(none.precision[0].share.value(), None);
    assert_eq!(f1_of(&none, Trust::Confirmed, Grades::All), Some(0));
    // Single places: (1/3 + 1/3 + 1/3 + 1/2 + 1/2) / 5 = 2/5.
    assert_eq!(b_cubed_of(&none), (5, [Some(1000), Some(400), Some(571)]));
    assert_eq!((none.boundaries[0].mean_chars, none.boundaries[0].p90_chars), (None, None));
    assert_eq!(none.misses.len(), 4);
    let traps = none.traps.last().unwrap();
    assert_eq!((traps.kind.clone(), traps.confirmed), (None, Share { n_right: 0, n: 1 }));
}

#[test]
fn half_found_and_half_false() {
    let truth = small_truth();
    let found = found(&[
        // b's passage is another one: a-c is true, a-b and b-c are false.
        found_claim("confirmed", &[("a", 0, 20), ("b", 100, 120), ("c", 5, 24)]),
        found_claim("confirmed", &[("a", 81, 90), ("b", 80, 86)]),
    ]);
    let half = evaluate(&truth, &found, Scope::BetweenOutlets).unwrap();
    assert_eq!(recall_of(&half, Trust::Confirmed, Grades::All), (1, 4));
    assert_eq!(precision_of(&half, Trust::Confirmed), (1, 4, 0));
    assert_eq!(f1_of(&half, Trust::Confirmed, Grades::All), Some(250));
    assert_eq!(f1_of(&half, Trust::Confirmed, Grades::ToEdited), Some(286), "1/4 and 1/3: 2/7");
    // Found: {a, c}, {b}, and the statement's two alone. Recall (2/3 + 2/3 + 1/3 + 1/2 + 1/2) / 5.
    assert_eq!(b_cubed_of(&half), (5, [Some(1000), Some(533), Some(696)]));
    // a is exact; c starts 5 late and ends 4 late.
    assert_eq!(half.boundaries[0].mean_chars, Some(Milli(4500)));
    assert_eq!(half.boundaries[0].p90_chars, Some(9));
    assert_eq!(half.traps[0].kind.as_deref(), Some("names"));
    assert_eq!(half.traps[0].confirmed, Share { n_right: 1, n: 1 });
    assert_eq!(half.traps[0].suggested, Share { n_right: 0, n: 1 });
    assert_eq!((half.misses.len(), half.false_pairs.len(), half.traps_taken.len()), (3, 3, 1));
    let of_kind = |kind| {
        let mut rows = half.recall.iter();
        let row = rows.find(|r| r.kind == Some(kind) && r.grades == Grades::All).unwrap();
        (row.share.n_right, row.share.n)
    };
    assert_eq!(of_kind(PassageKind::Quotation), (1, 3));
    assert_eq!(of_kind(PassageKind::Statement), (0, 1));
}

#[test]
fn two_claims_in_one_lower_the_precision() {
    let truth = small_truth();
    let found = found(&[
        found_claim("confirmed", &[("a", 0, 20), ("b", 0, 20), ("a", 50, 70), ("b", 50, 70)]),
        // The same two places once more count once.
        found_claim("confirmed", &[("b", 0, 20), ("a", 0, 20)]),
    ]);
    let both = evaluate(&truth, &found, Scope::BetweenOutlets).unwrap();
    // Pairs of two documents: a0-b0, a0-b50, b0-a50, a50-b50.
    assert_eq!(precision_of(&both, Trust::Confirmed), (2, 4, 0));
    // Places of the quotation in a and b share two found claims and one true claim with
    // themselves and each other (1/2 each), one found claim with the statement's (0): mean
    // (1/2 + 1/2 + 0 + 0) / 4 = 1/4. The statement's: (1 + 1 + 0 + 0) / 4 = 1/2. c alone: 1.
    // Precision (1/4 + 1/4 + 1/2 + 1/2 + 1) / 5; recall (2/3 + 2/3 + 1 + 1 + 1/3) / 5.
    assert_eq!(b_cubed_of(&both), (5, [Some(500), Some(733), Some(595)]));
}

#[test]
fn more_than_half_of_the_shorter_one_is_a_match() {
    for (start, end, expect) in [
        (0, 20, 1),
        (9, 20, 1),
        (10, 30, 0),
        (9, 29, 1),
        (0, 2, 1),
        (0, 300, 1),
        (19, 22, 0),
        (18, 21, 1),
        (20, 40, 0),
    ] {
        let truth = truth(&[truth_claim("statement", "edited", &[("a", 0, 20), ("b", 0, 20)])]);
        let found = found(&[found_claim("confirmed", &[("a", 0, 20), ("b", start, end)])]);
        let all = evaluate(&truth, &found, Scope::BetweenOutlets).unwrap();
        assert_eq!(recall_of(&all, Trust::Confirmed, Grades::All), (expect, 1), "{start}..{end}");
    }
}

#[test]
fn one_outlet_counts_only_when_asked_for() {
    let truth = truth(&[
        article("a", json!("Kabar.example")),
        article("b", json!("KABAR example")),
        article("c", json!(null)),
        truth_claim("statement", "identical", &[("a", 0, 20), ("b", 0, 20), ("c", 0, 20)]),
        truth_claim("statement", "edited", &[("a", 50, 70), ("b", 50, 70)]),
        trap("names", place("a", 80, 90), place("b", 80, 90)),
    ]);
    let found = found(&[
        found_claim("confirmed", &[("a", 0, 20), ("b", 0, 20), ("c", 0, 20)]),
        found_claim("confirmed", &[("a", 100, 120), ("b", 100, 120)]),
        found_claim("confirmed", &[("a", 80, 90), ("b", 80, 90)]),
    ]);
    for (scope, recall, precision, n_places, n_traps, n_left_out) in [
        (Scope::BetweenOutlets, (2, 2), (2, 2, 0), 3, 0, 2),
        (Scope::AllOutlets, (3, 4), (3, 5, 0), 5, 1, 0),
    ] {
        let all = evaluate(&truth, &found, scope).unwrap();
        assert_eq!(recall_of(&all, Trust::Confirmed, Grades::All), recall, "{scope:?}");
        assert_eq!(precision_of(&all, Trust::Confirmed), precision, "{scope:?}");
        assert_eq!(all.b_cubed.n, n_places);
        assert_eq!(all.traps.last().unwrap().confirmed.n_right, n_traps);
        assert_eq!(all.extent.n_pairs_left_out, n_left_out);
    }
}

#[test]
fn what_the_truth_does_not_name_is_not_judged() {
    let truth = small_truth();
    let found = found(&[found_claim("confirmed", &[("a", 0, 20), ("b", 0, 20), ("z", 0, 20)])]);
    let all = evaluate(&truth, &found, Scope::BetweenOutlets).unwrap();
    assert_eq!(precision_of(&all, Trust::Confirmed), (1, 1, 2));
}

#[test]
fn a_trap_that_is_true_is_none() {
    let truth = truth(&[
        truth_claim("statement", "edited", &[("a", 0, 20), ("b", 0, 20)]),
        trap("names", place("a", 0, 12), place("b", 5, 20)),
        trap("topic", place("a", 0, 12), place("b", 30, 40)),
    ]);
    let found = found(&[
        found_claim("confirmed", &[("a", 0, 20), ("b", 0, 20)]),
        found_claim("suggested", &[("a", 0, 20), ("b", 30, 40)]),
    ]);
    let all = evaluate(&truth, &found, Scope::BetweenOutlets).unwrap();
    let rows: Vec<(Option<&str>, usize, usize)> = (all.traps.iter())
        .map(|row| (row.kind.as_deref(), row.confirmed.n_right, row.suggested.n_right))
        .collect();
    assert_eq!(rows, [(Some("topic"), 0, 1), (None, 0, 1)]);
}

#[test]
fn facts_where_the_truth_gives_them() {
    let said =
        |speaker: Value, doc| with(place(doc, 0, 20), json!({"key": doc, "speaker": speaker}));
    let claim = |a: Value, b: Value| {
        json!({"type": "claim", "id": "t", "kind": "quotation", "pairs": [],
            "occurrences": [said(a, "a"), said(b, "b")]})
    };
    let truth = truth(&[
        json!({"type": "article", "doc": "a", "outlet": "Kabar", "title": "Satu: dua", "author": null,
            "published": "2022-01-08", "agencies": ["AFP", "Reuters"]}),
        json!({"type": "article", "doc": "b", "outlet": null, "title": "Tiga", "agencies": []}),
        claim(json!("Antony Blinken"), json!(null)),
    ]);
    let claim = |speaker: Value, a: Value, b: Value| {
        let place = |doc, facts| with(with(place(doc, 0, 20), json!({"grade": "edited"})), facts);
        json!({"type": "claim", "schema_version": 1, "id": "f", "status": "confirmed",
            "speaker": speaker, "occurrences": [place("a", a), place("b", b)]})
    };
    let all = found(&[
        claim(
            json!({"name": "Blinken"}),
            json!({"outlet": "KABAR", "title": "satu dua", "author": "Tim",
                "published": "2022-01-08T06:31:00+07:00", "agency": [{"name": "afp"}]}),
            json!({"outlet": "Warta", "title": "Tiga empat", "author": "Tim", "agency": [{"name": "AP"}]}),
        ),
        claim(
            json!({"name": "Tony"}),
            json!({"agency": [{"name": "Reuters"}]}),
            json!({"agency": []}),
        ),
    ]);
    let all = evaluate(&truth, &all, Scope::BetweenOutlets).unwrap();
    let share = |name| {
        let fact = all.facts.iter().find(|fact| fact.name == name).unwrap();
        [fact.share, fact.invented].map(|share| (share.n_right, share.n))
    };
    assert_eq!(share(FactName::Outlet), [(1, 1), (1, 1)]);
    assert_eq!(share(FactName::Title), [(1, 2), (0, 0)]);
    assert_eq!(share(FactName::Author), [(0, 0), (1, 1)]);
    assert_eq!(share(FactName::Published), [(1, 1), (0, 0)]);
    assert_eq!(share(FactName::Speaker), [(1, 2), (0, 0)]);
    assert_eq!(all.agencies, Agencies { n: 2, n_right: 2, n_wrong: 1, n_missing: 0 });
    assert_eq!(all.agencies.f1(), Some(Milli(800)), "2/3 and 1: 4/5");
}

/// Checks the error of a text that is read as truth (or as found claims).
#[track_caller]
fn check_error(error: Option<crate::error::Error>, expect: &str) {
    let error = error.expect("it is malformed").to_string();
    assert!(error.contains(expect), "expected {expect}\ngot {error}");
}

#[test]
fn a_malformed_truth_is_named_with_its_line() {
    let good = lines(&[truth_claim("quotation", "edited", &[("a", 0, 20), ("b", 0, 20)])]);
    let claim = |pairs: Value, at: &[(&str, usize, usize)]| {
        lines(&[with(truth_claim("quotation", "edited", at), json!({"pairs": pairs}))])
    };
    let two = &[("a", 0, 20), ("b", 0, 20)];
    for (bad, expect) in [
        ("{\"type\":", "truth.jsonl:2: not a truth record: EOF while parsing a value, at column 8"),
        ("[]", "truth.jsonl:2: not a truth record: "),
        (
            "{\"type\":\"claims\"}",
            "unknown variant `claims`, expected one of `article`, `claim`, `trap`, `furniture`",
        ),
        ("{\"type\":\"article\"}", "missing field `doc`"),
        (&lines(&[json!({"type": "article", "doc": "a", "published": "8 Jan"})]), "got \"8 Jan\""),
        (
            &lines(&[article("a", json!("A"))]).repeat(2),
            "truth.jsonl:3: not a truth record: expected one article line a document",
        ),
        (&lines(&[article("x/a", json!("A"))]), "a and x/a share theirs"),
        (&claim(json!([["0", "9", "edited"]]), two), "got \"9\""),
        (&claim(json!([["0", "1", "alike"]]), two), "unknown variant `alike`"),
        (&claim(json!([["0", "1", "edited"], ["1", "0", "edited"]]), two), "have two"),
        (&claim(json!([["0", "1", "edited"]]), &[("a", 0, 20), ("a", 30, 40)]), "are both of a"),
        (&lines(&[trap("names", place("a", 0, 5), place("a", 9, 12))]), "both are of a"),
        (&lines(&[trap("names", place("a", 5, 5), place("b", 9, 12))]), "of the 0 bytes of exact"),
        (&lines(&[furniture("a", 0, 9), furniture("a", 8, 12)]), "two of a overlap"),
    ] {
        let text = format!("{good}{bad}");
        check_error(Truth::parse(&text, "truth.jsonl").err(), expect);
    }
    let mut claim = truth_claim("quotation", "edited", two);
    claim["occurrences"][0]["byte_end"] = json!(19);
    check_error(
        Truth::parse(&lines(&[claim]), "t").err(),
        "t:1: not a truth record: expected byte_start",
    );
    let mut claim = truth_claim("quotation", "edited", two);
    claim["occurrences"][1]["key"] = json!("0");
    check_error(Truth::parse(&lines(&[claim]), "t").err(), "a key of its own");
    check_error(
        Truth::parse(" \n\n", "t").err(),
        "t: nothing to compare: expected article, claim, trap and furniture lines, the file is empty",
    );
    check_error(
        Truth::parse(&lines(&[article("a", json!("A"))]), "t").err(),
        "no claim, no trap and no furniture",
    );
}

#[test]
fn furniture_in_code_points_and_blocks() {
    let (yes, no) = (article("a", json!("A")), article("c", json!("C")));
    let block = |start, end| furniture("a", start, end);
    let share = |n_right, n| Share { n_right, n };
    for (truth_lines, taken, n_documents, chars, blocks) in [
        // All, none, half of it and not more than half, more than half, too much, what is none.
        (vec![block(10, 20)], vec![(10, 20)], 1, [(10, 10), (10, 10)], [(1, 1), (1, 1)]),
        (vec![block(10, 20)], vec![], 1, [(0, 0), (0, 10)], [(0, 0), (0, 1)]),
        (vec![block(10, 20)], vec![(10, 15)], 1, [(5, 5), (5, 10)], [(1, 1), (0, 1)]),
        (vec![block(10, 20)], vec![(10, 13), (17, 20)], 1, [(6, 6), (6, 10)], [(2, 2), (1, 1)]),
        (vec![block(10, 20)], vec![(5, 30)], 1, [(10, 25), (10, 10)], [(0, 1), (1, 1)]),
        (vec![block(10, 20)], vec![(30, 35)], 1, [(0, 5), (0, 10)], [(0, 1), (0, 1)]),
        (
            vec![block(10, 20), block(20, 24)],
            vec![(10, 24)],
            1,
            [(14, 14), (14, 14)],
            [(1, 1), (2, 2)],
        ),
        // A truth without furniture says nothing of it.
        (
            vec![trap("names", place("a", 0, 5), place("c", 0, 5))],
            vec![(5, 9)],
            0,
            [(0, 0); 2],
            [(0, 0); 2],
        ),
    ] {
        let truth = truth(&[&[yes.clone(), no.clone()][..], &truth_lines[..]].concat());
        let found = found(&[found_article("a", &taken), found_article("elsewhere", &[(0, 9)])]);
        let furniture = evaluate(&truth, &found, Scope::AllOutlets).unwrap().furniture;
        assert_eq!(furniture.n_documents, n_documents, "{truth_lines:?} {taken:?}");
        for (unit, [precision, recall]) in [(furniture.chars, chars), (furniture.blocks, blocks)] {
            assert_eq!(
                unit.precision,
                share(precision.0, precision.1),
                "{truth_lines:?} {taken:?}"
            );
            assert_eq!(unit.recall, share(recall.0, recall.1), "{truth_lines:?} {taken:?}");
        }
    }
}

/// A claim of the truth at the same place of documents, and what it says of its sources.
fn sourced(id: &str, docs: &[&str], start: usize, sources: Value) -> Value {
    let at: Vec<(&str, usize, usize)> = docs.iter().map(|doc| (*doc, start, start + 20)).collect();
    with(truth_claim("statement", "edited", &at), json!({"id": id, "sources": sources}))
}

fn sources(proven: &[[&str; 2]], possible: &[[&str; 2]], omitted_by: &[&str]) -> Value {
    json!({"proven": proven, "possible": possible, "copied_from": {}, "omitted_by": omitted_by})
}

/// A found claim at the same place of documents, with its independent lines.
fn found_lines(docs: &[&str], start: usize, (lower, upper): (usize, usize)) -> Value {
    let at: Vec<(&str, usize, usize)> = docs.iter().map(|doc| (*doc, start, start + 20)).collect();
    let lines = json!({"lower": lower, "upper": upper});
    with(found_claim("confirmed", &at), json!({"independent_lines": lines, "omitted_by": []}))
}

fn sources_of(truth_lines: &[Value], found_lines: &[Value]) -> Option<super::sources::Sources> {
    let (truth, found) = (truth(truth_lines), found(found_lines));
    evaluate(&truth, &found, Scope::BetweenOutlets).unwrap().sources
}

#[test]
fn independent_lines_of_the_documents_found() {
    let links = sources(&[["a", "b"], ["x/c", "d"]], &[["b", "c"]], &[]);
    let truth = sourced("t", &["a", "b", "c", "d", "e"], 0, links);
    for (docs, found, right) in [
        // a-b, c-d, e; and with b-c: abcd, e.
        (&["a", "b", "c", "d", "e"][..], (2, 3), (true, true)),
        (&["a", "b", "c", "d", "e"], (2, 2), (true, false)),
        (&["a", "b", "c", "d", "e"], (3, 3), (false, true)),
        (&["a", "b", "c", "d", "e"], (1, 5), (false, false)),
        // A part: a-b alone; a, c, e apart, for what would join them was not found.
        (&["a", "b"], (1, 1), (true, true)),
        (&["a", "c", "e"], (3, 3), (true, true)),
        (&["b", "c"], (1, 2), (true, true)),
        // A document that does not carry it is a line of its own.
        (&["a", "b", "z"], (2, 2), (true, true)),
    ] {
        let all = sources_of(std::slice::from_ref(&truth), &[found_lines(docs, 0, found)]).unwrap();
        let expect = |is_right: bool| Share { n_right: usize::from(is_right), n: 1 };
        assert_eq!(
            (all.lower, all.upper, all.both),
            (expect(right.0), expect(right.1), expect(right.0 && right.1)),
            "{docs:?} {found:?}"
        );
    }
}

#[test]
fn omissions_and_copies_are_sets() {
    let articles = ["Kabar", "Warta Bahari", "Pelita"].map(|name| article(name, json!(name)));
    let mut claim =
        sourced("t", &["a", "b", "c"], 0, sources(&[], &[], &["Warta Bahari", "Pelita"]));
    claim["sources"]["copied_from"] = json!({"a": "b", "c": "b"});
    let truth_lines = [&articles[..], &[claim]].concat();
    let mut claim = found_lines(&["a", "b"], 0, (2, 2));
    claim["omitted_by"] = json!([{"outlet": "wartabahari.example"}, {"outlet": "Kabar"}]);
    claim["occurrences"][1]["copied_from"] = json!({"occurrence": 0});
    let all = sources_of(&truth_lines, &[claim.clone()]).unwrap();
    let of = |agreement: Agreement| {
        [agreement.precision, agreement.recall].map(|share| (share.n_right, share.n))
    };
    assert_eq!(of(all.omissions), [(1, 2), (1, 2)]);
    // b is said to have it from a; it is the other way round. c is not found.
    assert_eq!(of(all.copies), [(0, 1), (0, 1)]);
    claim["occurrences"][1]["copied_from"] = json!(null);
    claim["occurrences"][0]["copied_from"] = json!({"occurrence": 1});
    assert_eq!(of(sources_of(&truth_lines, &[claim]).unwrap().copies), [(1, 1), (1, 1)]);
}

#[test]
fn sources_are_judged_by_the_claim_that_most_occurrences_match() {
    let free = || sources(&[], &[], &[]);
    let tied = || sources(&[["a", "b"], ["b", "c"], ["a", "c"]], &[], &[]);
    let docs = ["a", "b", "c"];
    let at = |starts: [usize; 3], lines| {
        let places: Vec<_> = docs.into_iter().zip(starts).collect();
        let places: Vec<_> = places.iter().map(|&(doc, start)| (doc, start, start + 20)).collect();
        let lines = json!({"independent_lines": lines, "omitted_by": []});
        with(found_claim("confirmed", &places), lines)
    };
    let three = json!({"lower": 3, "upper": 3});
    let truth = [sourced("t", &docs, 0, free()), sourced("u", &docs, 50, tied())];
    let unsaid = truth_claim("statement", "edited", &[("a", 0, 20), ("b", 0, 20), ("c", 0, 20)]);
    let suggested = with(at([0; 3], three.clone()), json!({"status": "suggested"}));
    for (truth, found, expect) in [
        (&truth[..], at([0, 0, 50], three.clone()), Some((1, 1))),
        (&truth, at([0, 50, 50], three.clone()), Some((0, 1))),
        // As many of either: the first. Of no claim, of one of which nothing is said: none.
        (&truth, at([0, 50, 100], three.clone()), Some((1, 1))),
        (&truth, at([100; 3], three.clone()), Some((0, 0))),
        (&[unsaid.clone(), truth[1].clone()], at([0; 3], three.clone()), Some((0, 0))),
        (&[unsaid], at([0; 3], three), None),
        // Only what is confirmed, and says something.
        (&truth, suggested, Some((0, 0))),
        (&truth, at([0; 3], json!(null)), Some((0, 0))),
    ] {
        let measured = sources_of(truth, std::slice::from_ref(&found));
        let both = measured.map(|sources| (sources.both.n_right, sources.both.n));
        assert_eq!(both, expect, "{found}");
    }
}

#[test]
fn sources_that_cannot_be_are_refused() {
    let articles = [("a", "Kabar"), ("y", "Warta"), ("z", "Warta.example")]
        .map(|(doc, outlet)| article(doc, json!(outlet)));
    let parsed = |sources: Value| {
        let claim = sourced("t", &["a", "b", "c"], 0, sources);
        Truth::parse(&lines(&[&[claim][..], &articles].concat()), "t")
    };
    let with_copy = |copy: Value| with(sources(&[], &[], &[]), json!({"copied_from": copy}));
    parsed(sources(&[["a", "b"]], &[["c", "in/a"]], &["WARTA"])).unwrap();
    for (bad, expect) in [
        (json!({"proven": []}), "missing field `possible`"),
        (
            sources(&[["a", "y"]], &[], &[]),
            "expected proven of documents that carry the claim, got y",
        ),
        (sources(&[], &[["q", "a"]], &[]), "possible of documents that carry the claim, got q"),
        (sources(&[], &[["a", "a"]], &[]), "expected possible of two documents, both are a"),
        (sources(&[["a", "b"]], &[["b", "a"]], &[]), "one link of two documents, b and a have two"),
        (with_copy(json!({"a": "y"})), "copied_from of documents that carry the claim, got y"),
        (with_copy(json!({"a": "a"})), "expected copied_from of two documents, both are a"),
        (with_copy(json!({"a": null})), "invalid type: null"),
        (
            sources(&[], &[], &["Warta", "warta.example"]),
            "different outlets, got \"warta.example\"",
        ),
        (sources(&[], &[], &[" "]), "omitted_by of different outlets, got \" \""),
        (
            sources(&[], &[], &["Pelita"]),
            "t:1: not a truth record: expected omitted_by of outlets of",
        ),
        (sources(&[], &[], &["Kabar"]), "outlets without the claim, \"kabar\" has it in a"),
    ] {
        check_error(parsed(bad).err(), expect);
    }
}

#[test]
fn malformed_found_claims_are_named_with_their_line() {
    let good = found_claim("confirmed", &[("a", 0, 20), ("b", 0, 20)]);
    let line = lines(std::slice::from_ref(&good));
    let other = |field: &str, value: Value| lines(&[with(good.clone(), json!({field: value}))]);
    for (bad, expect) in [
        ("{", "found.jsonl:2: not a record of kutip claims: EOF"),
        (
            "{\"type\":\"articles\"}",
            "unknown variant `articles`, expected one of `claim`, `article`",
        ),
        ("{\"type\":\"article\",\"schema_version\":1,\"doc\":\"a\"}", "missing field `furniture`"),
        (&lines(&[with(found_article("a", &[(0, 9)]), json!({"schema_version": 2}))]), "got 2"),
        (&lines(&[found_article("a", &[(5, 5)])]), "of the 0 bytes of exact"),
        (&other("schema_version", json!(2)), "expected schema_version 1, got 2"),
        (&other("status", json!("sure")), "unknown variant `sure`"),
        (&other("occurrences", json!([{"grade": "edited", "agency": []}])), "missing field `doc`"),
        (&other("independent_lines", json!({"lower": 1})), "missing field `upper`"),
        (&other("omitted_by", json!([{}])), "missing field `outlet`"),
        (
            &other(
                "occurrences",
                json!([with(
                    good["occurrences"][0].clone(),
                    json!({"copied_from": {"occurrence": 1}})
                )]),
            ),
            "expected copied_from of one of the 1 occurrences, got 1",
        ),
        (&("{\"type\":\"summary\",\"x\":".to_owned() + &"[".repeat(100_000)), "recursion limit"),
    ] {
        check_error(Found::parse(&format!("{line}{bad}"), "found.jsonl").err(), expect);
    }
    check_error(
        Found::parse("", "f").err(),
        "f: nothing to compare: expected claims, articles and a summary",
    );
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let truth = small_truth();
    let mut other_text = found_claim("confirmed", &[("a", 0, 20), ("b", 0, 20)]);
    other_text["occurrences"][1]["exact"] = json!("abcdeXghijklmnopqrst");
    let mut same_name = found_claim("confirmed", &[("a", 0, 20), ("a", 30, 40)]);
    same_name["occurrences"][1]["doc"] = json!("out/a");
    let unknown = found_claim("confirmed", &[("y", 0, 20), ("z", 0, 20)]);
    for (claim, expect) in [
        (
            other_text,
            "found.jsonl:1: cannot be compared with the truth: expected b to have \"abcdef",
        ),
        (same_name, "in/a and out/a share it"),
        (unknown, "found.jsonl: cannot be compared: the truth names none of its documents"),
    ] {
        check_error(evaluate(&truth, &found(&[claim]), Scope::AllOutlets).err(), expect);
    }
}
