//! How are the measures of [`crate::eval`] shown? As tables to read ([`tables`]), and as a record
//! for each measure ([`records`]); those of duplicates in [`duplicates`],
//! those of passages in [`passages`].

pub mod duplicates;
pub mod passages;
pub mod records;
pub mod tables;

use crate::eval::Trust;
use crate::eval::fact::FactName;
use crate::eval::pairs::Grades;

/// Lists that can be shown beside the measures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lists {
    /// Graded pairs that no confirmed claim joins.
    pub misses: bool,
    /// Found pairs that are not true.
    pub false_pairs: bool,
    /// Traps taken.
    pub traps: bool,
}

fn trust(trust: Trust) -> &'static str {
    match trust {
        Trust::Confirmed => "confirmed",
        Trust::Suggested => "suggested",
        Trust::Either => "confirmed-or-suggested",
    }
}

fn grades(grades: Grades) -> &'static str {
    match grades {
        Grades::Only(grade) => super::labels::grade(grade),
        Grades::ToEdited => "identical-to-edited",
        Grades::All => "all",
    }
}

fn fact(name: FactName) -> &'static str {
    match name {
        FactName::Outlet => "outlet",
        FactName::Published => "published",
        FactName::Author => "author",
        FactName::Title => "title",
        FactName::Speaker => "speaker",
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::eval::{Found, Scope, Truth, evaluate};

    const TRUTH: &str = r#"
{"type":"article","doc":"a.txt","outlet":"Kabar","published":"2022-01-08","author":null,"title":"Judul","agencies":["AFP"]}
{"type":"article","doc":"c.txt","outlet":"Warta"}
{"type":"claim","id":"c1","kind":"quotation","occurrences":[{"key":"a","doc":"a.txt","exact":"satu dua","byte_start":0,"byte_end":8,"speaker":"Menteri"},{"key":"b","doc":"b.txt","exact":"satu dua","byte_start":0,"byte_end":8}],"pairs":[["a","b","identical"]],"sources":{"proven":[],"possible":[["a.txt","b.txt"]],"copied_from":{"b.txt":"a.txt"},"omitted_by":["Warta"]}}
{"type":"claim","id":"c2","kind":"statement","occurrences":[{"key":"a","doc":"a.txt","exact":"enam lima","byte_start":40,"byte_end":49},{"key":"b","doc":"b.txt","exact":"enam\u001b[2J","byte_start":40,"byte_end":48}],"pairs":[["a","b","edited"]]}
{"type":"trap","trap":"names","a":{"doc":"a.txt","exact":"tiga","byte_start":20,"byte_end":24},"b":{"doc":"b.txt","exact":"empat","byte_start":20,"byte_end":25}}
{"type":"furniture","doc":"b.txt","exact":"Masuk\n Bantu","byte_start":60,"byte_end":72}
"#;

    const FOUND: &str = r#"
{"type":"claim","schema_version":1,"id":"f1","status":"confirmed","speaker":{"name":"menteri"},"independent_lines":{"lower":2,"upper":2},"omitted_by":[{"outlet":"Warta"},{"outlet":"Kota"}],"occurrences":[{"doc":"in/a.txt","exact":"satu dua","byte_start":0,"byte_end":8,"grade":"identical","outlet":"Kabar","title":null,"author":"A","published":"2022-01-08T06:31:00","agency":[]},{"doc":"in/b.txt","exact":"satu","byte_start":0,"byte_end":4,"grade":"edited","outlet":null,"title":null,"author":null,"published":null,"agency":[]}]}
{"type":"claim","schema_version":1,"id":"f2","status":"suggested","speaker":null,"occurrences":[{"doc":"in/a.txt","exact":"tiga","byte_start":20,"byte_end":24,"grade":"identical","outlet":"Kabar","title":null,"author":"A","published":"2022-01-08T06:31:00","agency":[]},{"doc":"in/b.txt","exact":"empat","byte_start":20,"byte_end":25,"grade":"reworded","outlet":null,"title":null,"author":null,"published":null,"agency":[]}]}
{"type":"article","schema_version":1,"doc":"in/b.txt","furniture":[{"byte_start":60,"byte_end":67,"exact":"Masuk\n "},{"byte_start":71,"byte_end":74,"exact":"u M"}]}
{"type":"summary"}
"#;

    /// What `write` makes of a comparison with a miss, a false pair and a trap taken.
    pub fn written(write: impl Fn(&crate::eval::Evaluation<'_>, Lists, &mut Vec<u8>)) -> String {
        let truth = Truth::parse(TRUTH, "truth").unwrap();
        let found = Found::parse(FOUND, "found").unwrap();
        let evaluation = evaluate(&truth, &found, Scope::BetweenOutlets).unwrap();
        let mut out = Vec::new();
        write(&evaluation, Lists { misses: true, false_pairs: true, traps: true }, &mut out);
        String::from_utf8(out).unwrap()
    }
}
