//! What is told of a reader's decisions that do nothing?

use super::screen::escape_line;
use crate::decision::{DecisionKind, Idle, Kept};
use std::io::{self, Write};

/// Writes a line for each decision without effect: where it stands, and why.
pub fn tell(kept: &Kept, out: &mut dyn Write) -> io::Result<()> {
    for idle in &kept.idle {
        let (path, kind) = (escape_line(&kept.path), idle.kind.name());
        writeln!(out, "{path}:{}: {kind} does nothing: {}", idle.line, because(idle))?;
    }
    Ok(())
}

/// Why a decision has no effect.
pub(super) fn because(idle: &Idle) -> String {
    match (&idle.gone, idle.kind) {
        (Some(passage), _) => format!("no article has the passage {passage} any more"),
        (None, DecisionKind::Same) => "the two are one already".to_owned(),
        (None, DecisionKind::NotSame) => "nothing would join the two".to_owned(),
        (None, DecisionKind::Split) => "no other wording matches the passage".to_owned(),
        (None, DecisionKind::Hide) => "no claim has the passage".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_idle_decision_has_its_line_and_its_reason() {
        let gone = Idle { line: 3, kind: DecisionKind::Hide, gone: Some("5d1c".to_owned()) };
        let nothing = Idle { line: 5, kind: DecisionKind::NotSame, gone: None };
        let idle = vec![gone, nothing];
        let kept = Kept { path: "a\u{1b}.jsonl".to_owned(), idle, ..Kept::default() };
        let mut out = Vec::new();
        tell(&kept, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        a\u{1b}.jsonl:3: hide does nothing: no article has the passage 5d1c any more
        a\u{1b}.jsonl:5: not-same does nothing: nothing would join the two
        ");
    }
}
