//! The invariants of the crate docs that a reader of the source can check.

use std::fs;
use std::path::{Path, PathBuf};

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The modules of `lib.rs` in their order.
fn modules() -> Vec<String> {
    let lib = fs::read_to_string(src().join("lib.rs")).unwrap();
    let name = |line: &str| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned());
    lib.lines().filter_map(name).collect()
}

/// Every source file with the module it belongs to and its code without comments and tests.
fn sources() -> Vec<(String, PathBuf, String)> {
    let mut files = Vec::new();
    collect(&src(), &mut files);
    files
        .into_iter()
        .filter(|path| !["lib.rs", "main.rs", "tests.rs"].iter().any(|name| path.ends_with(name)))
        .map(|path| {
            let inside = path.strip_prefix(src()).unwrap();
            let module = inside.iter().next().unwrap().to_string_lossy().replace(".rs", "");
            let code = fs::read_to_string(&path).unwrap();
            let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            let is_code = |line: &&str| !line.trim_start().starts_with("//");
            let code = code.lines().filter(is_code).collect::<Vec<_>>().join("\n");
            (module, path, code)
        })
        .collect()
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn every_module_uses_only_earlier_ones() {
    let modules = modules();
    assert!(modules.len() > 10, "lib.rs lists its modules one a line");
    for (module, path, code) in sources() {
        let own =
            modules.iter().position(|m| *m == module).expect("every file belongs to a module");
        for used in code.split("crate::").skip(1) {
            let used: String =
                used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let used_at = modules.iter().position(|m| *m == used);
            assert!(
                used_at.is_some_and(|at| at <= own),
                "{}: {module} uses {used}, which is not before it",
                path.display()
            );
        }
    }
}

/// Checks that `needle` stands only in the given modules.
fn only_in(needle: &str, allowed: &[&str]) {
    for (module, path, code) in sources() {
        assert!(
            allowed.contains(&module.as_str()) || !code.contains(needle),
            "{}: `{needle}` belongs to {allowed:?} alone",
            path.display()
        );
    }
}

#[test]
fn input_and_output_have_their_places() {
    // How a system's error is told, what memory is not to hold, and what a later run reads.
    let own = ["error", "spill", "codec", "ingest", "report", "cli"];
    for needle in ["std::fs", "File::open", "std::env"] {
        only_in(needle, &own);
    }
    // Sketches are written and read by way of the codec.
    only_in("std::io", &[&own[..], &["duplicates"]].concat());
    only_in("println!", &["cli"]);
}

#[test]
fn output_formats_live_in_reports() {
    // `Deserialize` reads records; only what is written out belongs to the reports.
    only_in("Serialize", &["report", "cli"]);
}

#[test]
fn only_the_pipeline_times_stages() {
    only_in("Instant", &["pipeline", "cli"]);
}

#[test]
fn unsafe_is_in_vector_code_only() {
    for (module, path, code) in sources() {
        let is_vector_code = path.ends_with("text/runs.rs") || path.ends_with("minhash/kernel.rs");
        assert!(is_vector_code || !code.contains("unsafe "), "{module}: {}", path.display());
    }
}

#[test]
fn nothing_decides_by_an_unstable_hash() {
    for needle in ["DefaultHasher", "RandomState", "BuildHasher"] {
        only_in(needle, &[]);
    }
}
