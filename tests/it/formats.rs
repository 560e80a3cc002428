//! Whether other programs read the formats of `kutip claims`, and find in them what the records say.
//! CSV is read by the csv crate, JSON-LD by Oxigraph's reader, GraphML by roxmltree.

use crate::support::Folder;
use oxrdf::{NamedOrBlankNode, Term};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Claims of twelve articles with quotations and credits; one is undated, one of an unknown outlet.
fn written(format: &str) -> String {
    let folder = Folder::in_project();
    folder.run(&["claims", "testdata/newsroom", "--format", format, "--quiet"]).expect(0).stdout
}

fn claims() -> Vec<Value> {
    static LINES: OnceLock<String> = OnceLock::new();
    let lines = LINES.get_or_init(|| written("jsonl"));
    let records = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    records.filter(|record| record["type"] == "claim").collect()
}

fn occurrences(claim: &Value) -> &Vec<Value> {
    claim["occurrences"].as_array().unwrap()
}

/// A value of a record as a cell has it.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn rows_say_what_the_records_say() {
    let text = written("csv");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let names = rows.headers().unwrap().clone();
    let rows: Vec<BTreeMap<String, String>> = rows
        .records()
        .map(|row| names.iter().map(str::to_owned).zip(row.unwrap().iter().map(unmarked)).collect())
        .collect();
    let claims = claims();
    let expected = claims.iter().flat_map(|claim| {
        occurrences(claim).iter().enumerate().map(move |(idx, occurrence)| (claim, idx, occurrence))
    });
    assert_eq!(rows.len(), claims.iter().map(|claim| occurrences(claim).len()).sum::<usize>());
    for (row, (claim, idx, occurrence)) in rows.iter().zip(expected) {
        for (name, value) in occurrence.as_object().unwrap() {
            let is_object = ["copied_from", "speaker"].contains(&name.as_str());
            if let (Some(cell_value), false) = (row.get(name), is_object) {
                assert_eq!(*cell_value, cell(value), "{name} of {row:?}");
            }
        }
        let of_claim = [
            ("claim_id", &claim["id"]),
            ("status", &claim["status"]),
            ("kind", &claim["kind"]),
            ("claim_text", &claim["text"]),
            ("claim_speaker", &claim["speaker"]["name"]),
            ("lines_lower", &claim["independent_lines"]["lower"]),
            ("lines_upper", &claim["independent_lines"]["upper"]),
            ("occurrence", &Value::from(idx)),
            ("first_seen", &Value::from(claim["first_seen"]["occurrence"] == idx)),
            ("representative", &Value::from(occurrence["score"].is_null())),
            ("ratio", &occurrence["score"]["ratio"]),
            ("speaker", &occurrence["speaker"]["name"]),
            ("copied_from", &occurrence["copied_from"]["occurrence"]),
            ("copied_because", &occurrence["copied_from"]["because"]),
        ];
        for (name, value) in of_claim {
            let is_copy = name == "representative" && occurrence["grade"] == "identical";
            assert!(row[name] == cell(value) || is_copy, "{name} of {row:?}: {value}");
        }
        let differs = claim["differences"].as_array().unwrap();
        let n_differences = differs.iter().filter(|d| d["occurrence"] == idx).count();
        assert_eq!(row["differences"].split("; ").filter(|d| !d.is_empty()).count(), n_differences);
    }
    assert!(text.ends_with("\r\n"), "RFC 4180 ends rows with CRLF");
}

/// A cell without the mark that keeps a spreadsheet from running it, as the README says.
fn unmarked(cell: &str) -> String {
    let is_passed_over = |c: char| c == '\'' || c.is_whitespace() || c.is_control();
    let next = cell.trim_start_matches(is_passed_over);
    let is_marked = cell.starts_with('\'') && next.starts_with(['=', '+', '-', '@']);
    cell[usize::from(is_marked)..].to_owned()
}

#[test]
fn no_headline_is_run_as_a_formula() {
    let news = crate::support::NEWS.replace("\"outlet\"", "\"title\":\"=1+1\",\"outlet\"");
    let folder =
        Folder::with(&[("news.jsonl", &news), ("ctl.jsonl", &news.replace("=1+1", "\\u0001=1+1"))]);
    let rows = folder.run(&["claims", "ctl.jsonl", "--format", "csv"]).expect(0).stdout;
    let mut rows = csv::Reader::from_reader(rows.as_bytes());
    let at = rows.headers().unwrap().iter().position(|name| name == "title").unwrap();
    for row in rows.records() {
        assert_eq!(unmarked(&row.unwrap()[at]), "\u{1}=1+1");
    }
    folder.run(&["claims", "news.jsonl", "-o", "claims.csv"]).expect(0);
    let text = folder.read("claims.csv");
    assert_eq!(text.matches(",'=1+1,").count(), 3, "{text}");
}

/// A triple of the document; a literal by its value.
type Triple = (String, String, String);

/// The triples of a JSON-LD document; nothing may be fetched to read it.
fn triples(text: &str) -> Vec<Triple> {
    let reader = oxjsonld::JsonLdParser::new().for_slice(text.as_bytes());
    let read = reader.map(|quad| {
        let quad = quad.unwrap();
        let subject = match quad.subject {
            NamedOrBlankNode::NamedNode(node) => node.into_string(),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        };
        let object = match quad.object {
            Term::NamedNode(node) => node.into_string(),
            Term::BlankNode(node) => node.to_string(),
            Term::Literal(literal) => literal.value().to_owned(),
        };
        (subject, quad.predicate.into_string(), object)
    });
    read.collect()
}

/// What a JSON-LD document says, to be asked.
struct Graph(Vec<Triple>);

impl Graph {
    fn objects(&self, subject: &str, predicate: &str) -> Vec<&str> {
        let is_asked = |t: &&Triple| t.0 == subject && t.1 == predicate;
        self.0.iter().filter(is_asked).map(|t| t.2.as_str()).collect()
    }

    fn one(&self, subject: &str, predicate: &str) -> Option<&str> {
        let found = self.objects(subject, predicate);
        assert!(found.len() <= 1, "{subject} {predicate}: {found:?}");
        found.first().copied()
    }

    fn of_type(&self, type_iri: &str) -> BTreeSet<&str> {
        let is_type = |t: &&Triple| t.1 == RDF_TYPE && t.2 == type_iri;
        self.0.iter().filter(is_type).map(|t| t.0.as_str()).collect()
    }
}

const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const OA: &str = "http://www.w3.org/ns/oa#";
const SCHEMA: &str = "http://schema.org/";
const PROV: &str = "http://www.w3.org/ns/prov#";

#[test]
fn linked_data_says_where_every_wording_stands() {
    let graph = Graph(triples(&written("jsonld")));
    let claims = claims();
    let n_occurrences: usize = claims.iter().map(|claim| occurrences(claim).len()).sum();
    let annotations = graph.of_type(&format!("{OA}Annotation"));
    assert_eq!(annotations.len(), n_occurrences);
    let mut found = BTreeSet::new();
    for annotation in annotations {
        let claim = graph.one(annotation, &format!("{OA}hasBody")).unwrap();
        let target = graph.one(annotation, &format!("{OA}hasTarget")).unwrap();
        let article = graph.one(target, &format!("{OA}hasSource")).unwrap();
        let selectors = graph.objects(target, &format!("{OA}hasSelector"));
        let of_any = |name: &str| {
            let name = format!("{OA}{name}");
            let values: Vec<&str> = selectors.iter().filter_map(|s| graph.one(s, &name)).collect();
            assert_eq!(values.len(), 1, "{name}");
            values[0].to_owned()
        };
        found.insert((
            claim.rsplit(':').next().unwrap().to_owned(),
            graph.one(article, &format!("{SCHEMA}identifier")).unwrap().to_owned(),
            ["start", "end", "exact", "prefix", "suffix"].map(of_any),
        ));
    }
    let expect = claims.iter().flat_map(|claim| {
        occurrences(claim).iter().map(move |o| {
            let place = ["char_start", "char_end", "exact", "prefix", "suffix"];
            (cell(&claim["id"]), cell(&o["doc"]), place.map(|field| cell(&o[field])))
        })
    });
    assert_eq!(found, expect.collect());
}

#[test]
fn linked_data_guesses_nothing() {
    let graph = Graph(triples(&written("jsonld")));
    for claim in claims() {
        let iri = format!("urn:kutip:claim:{}", claim["id"].as_str().unwrap());
        let author = graph.one(&iri, &format!("{SCHEMA}author"));
        let name = author.and_then(|author| graph.one(author, &format!("{SCHEMA}name")));
        assert_eq!(name, claim["speaker"]["name"].as_str());
        assert!(author.is_none_or(|author| graph.one(author, RDF_TYPE).is_none()));
        let first = graph.one(&iri, &format!("{SCHEMA}firstAppearance"));
        let expect = claim["first_seen"]["occurrence"].as_u64().map(|idx| format!("{iri}#{idx}"));
        assert_eq!(first, expect.as_deref());
        assert_eq!(graph.one(&iri, &format!("{PROV}wasGeneratedBy")), Some("urn:kutip:run"));
        for (idx, occurrence) in occurrences(&claim).iter().enumerate() {
            let wording = format!("{iri}#{idx}");
            let article = graph.one(&wording, &format!("{SCHEMA}isPartOf")).unwrap();
            let published = graph.one(article, &format!("{SCHEMA}datePublished"));
            assert_eq!(published, occurrence["published"].as_str());
            let publisher = graph.one(article, &format!("{SCHEMA}publisher"));
            let outlet = publisher.and_then(|p| graph.one(p, &format!("{SCHEMA}name")));
            assert_eq!(outlet, occurrence["outlet"].as_str());
            let source = graph.one(&wording, &format!("{PROV}wasDerivedFrom"));
            let expect = occurrence["copied_from"]["occurrence"].as_u64();
            assert_eq!(source, expect.map(|idx| format!("{iri}#{idx}")).as_deref());
        }
    }
    // The articles have an undated one and one of an unknown outlet, or nothing was tested.
    let articles = graph.of_type(&format!("{SCHEMA}Article"));
    let lack =
        |field: &str| articles.iter().any(|a| graph.one(a, &format!("{SCHEMA}{field}")).is_none());
    assert!(lack("datePublished") && lack("publisher"));
}

/// An element of GraphML: its own attributes and its data.
#[derive(Debug)]
struct Element {
    attributes: BTreeMap<String, String>,
    data: BTreeMap<String, String>,
}

/// The elements of that name.
fn elements(document: &roxmltree::Document, name: &str) -> Vec<Element> {
    let of_name = document.descendants().filter(|node| node.has_tag_name((GRAPHML, name)));
    let element = |node: roxmltree::Node| Element {
        attributes: (node.attributes())
            .map(|a| (a.name().to_owned(), a.value().to_owned()))
            .collect(),
        data: (node.children().filter(|child| child.is_element()))
            .map(|child| {
                let text = child.text().unwrap_or_default();
                (child.attribute("key").unwrap().to_owned(), text.to_owned())
            })
            .collect(),
    };
    of_name.map(element).collect()
}

const GRAPHML: &str = "http://graphml.graphdrawing.org/xmlns";

#[test]
fn a_graph_has_every_claim_and_who_carries_it() {
    let text = written("graphml");
    let document = roxmltree::Document::parse(&text).unwrap();
    let [keys, nodes, edges] = ["key", "node", "edge"].map(|name| elements(&document, name));
    let declared: BTreeSet<&String> = keys.iter().map(|key| &key.attributes["id"]).collect();
    let used = nodes.iter().chain(&edges).flat_map(|element| element.data.keys());
    assert!(used.into_iter().all(|key| declared.contains(key)));
    let by_id: BTreeMap<&str, &Element> =
        nodes.iter().map(|node| (node.attributes["id"].as_str(), node)).collect();
    assert_eq!(by_id.len(), nodes.len(), "ids are unique");
    let label = |id: &str| by_id[id].data["node_label"].clone();
    let of_role = |role: &str| {
        let edges = edges.iter().filter(|edge| edge.data["edge_role"] == role);
        let ends = edges.map(|edge| {
            let end = |name: &str| label(&edge.attributes[name]);
            (end("source"), end("target"), edge.data.get("edge_documents").cloned())
        });
        ends.collect::<BTreeSet<_>>()
    };

    let claims = claims();
    let texts = nodes.iter().filter(|node| node.data["node_type"] == "claim");
    let texts: Vec<&String> = texts.map(|node| &node.data["node_label"]).collect();
    assert_eq!(texts, claims.iter().map(|c| c["text"].as_str().unwrap()).collect::<Vec<_>>());
    let mut carries = BTreeSet::new();
    let mut omits = BTreeSet::new();
    for claim in &claims {
        let mut docs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for occurrence in occurrences(claim) {
            if let Some(outlet) = occurrence["outlet"].as_str() {
                docs.entry(outlet).or_default().insert(occurrence["doc"].as_str().unwrap());
            }
        }
        let text = claim["text"].as_str().unwrap();
        carries.extend(docs.iter().map(|(outlet, docs)| {
            (outlet.to_string(), text.to_owned(), Some(docs.len().to_string()))
        }));
        omits.extend(claim["omitted_by"].as_array().unwrap().iter().map(|o| {
            let n_docs = o["documents"].as_array().unwrap().len();
            (cell(&o["outlet"]), text.to_owned(), Some(n_docs.to_string()))
        }));
    }
    assert_eq!(of_role("carries"), carries);
    assert_eq!(of_role("omits"), omits);
    assert!(!of_role("article_credits").is_empty());
}

/// Others' readers of whole vocabularies, where they are installed: rdflib and networkx, of Python.
#[test]
#[ignore = "needs python3 with rdflib and networkx: cargo test -- --ignored read_in_python"]
fn read_in_python() {
    let folder = Folder::with(&[]);
    for format in ["jsonld", "graphml"] {
        std::fs::write(folder.at(&format!("claims.{format}")), written(format)).unwrap();
    }
    let script = "
import networkx, rdflib
graph = rdflib.Graph().parse('claims.jsonld', format='json-ld')
asked = '''PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX schema: <http://schema.org/>
SELECT ?claim WHERE { ?a oa:hasBody ?claim . ?claim a schema:Claim }'''
drawn = networkx.read_graphml('claims.graphml')
print(len(list(graph.query(asked))), sum(t == 'claim' for _, t in drawn.nodes(data='type')))
";
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let ran = std::process::Command::new(python)
        .current_dir(folder.at(""))
        .args(["-c", script])
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let claims = claims();
    let n_occurrences: usize = claims.iter().map(|claim| occurrences(claim).len()).sum();
    let expect = format!("{n_occurrences} {}\n", claims.len());
    assert_eq!(String::from_utf8(ran.stdout).unwrap(), expect);
}
