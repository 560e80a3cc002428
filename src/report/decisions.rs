//! What is told of a reader's decisions that do nothing?

use super::screen::escape_line;
use crate::decision::{Idle, IdleReason, Kept};
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
    let reason = match &idle.reason {
        IdleReason::NoArticle(passage) => return format!("no article has the passage {passage}"),
        IdleReason::NoEvidence(passage) => {
            return format!(
                "the passage {passage} stands only in site furniture or in the head of an article, \
                 where no claim is looked for"
            );
        }
        IdleReason::OneAlready => "the two are in one claim without it",
        IdleReason::NotShown => {
            "the two are in one article alone, in fewer outlets than --min-outlets, or further apart \
             than --window"
        }
        IdleReason::NothingJoins => "nothing would join the two",
        IdleReason::NothingMatches => "no other wording matches the passage",
        IdleReason::NoClaim => "no claim has the passage",
    };
    reason.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::DecisionKind;

    #[test]
    fn every_idle_decision_has_its_line_and_its_reason() {
        let idle = [
            (DecisionKind::Hide, IdleReason::NoArticle("5d1c".to_owned())),
            (DecisionKind::Hide, IdleReason::NoEvidence("5d1c".to_owned())),
            (DecisionKind::Hide, IdleReason::NoClaim),
            (DecisionKind::Same, IdleReason::OneAlready),
            (DecisionKind::Same, IdleReason::NotShown),
            (DecisionKind::NotSame, IdleReason::NothingJoins),
            (DecisionKind::Split, IdleReason::NothingMatches),
        ];
        let idle = (3..).zip(idle).map(|(line, (kind, reason))| Idle { line, kind, reason });
        let idle = idle.collect();
        let kept = Kept { path: "a\u{1b}.jsonl".to_owned(), idle, ..Kept::default() };
        let mut out = Vec::new();
        tell(&kept, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        a\u{1b}.jsonl:3: hide does nothing: no article has the passage 5d1c
        a\u{1b}.jsonl:4: hide does nothing: the passage 5d1c stands only in site furniture or in the head of an article, where no claim is looked for
        a\u{1b}.jsonl:5: hide does nothing: no claim has the passage
        a\u{1b}.jsonl:6: same does nothing: the two are in one claim without it
        a\u{1b}.jsonl:7: same does nothing: the two are in one article alone, in fewer outlets than --min-outlets, or further apart than --window
        a\u{1b}.jsonl:8: not-same does nothing: nothing would join the two
        a\u{1b}.jsonl:9: split does nothing: no other wording matches the passage
        ");
    }
}
