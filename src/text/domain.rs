//! Is this a web domain, and which part of it names the site?
//!
//! Suffixes are those of the Public Suffix List. A domain read in running text needs a suffix
//! that the list knows, so that "sana.Dia" is none; a URL's host does not.

use crate::span::ByteSpan;

/// RFC 2606 reserves it for documentation; the Public Suffix List does not hold it.
const RESERVED: &str = "example";

/// The part of a host that its owner registered: "detik.com" of "news.detik.com".
pub(crate) fn registrable(host: &str) -> Option<String> {
    let host = host.trim_end_matches('.').to_lowercase();
    let domain = psl::domain(host.as_bytes())?;
    std::str::from_utf8(domain.as_bytes()).ok().map(str::to_owned)
}

/// Whether `run` is a domain with a known suffix and a letter in the name before it.
pub(crate) fn is_domain(run: &str) -> bool {
    suffix_start(run).is_some_and(|at| {
        let (labels, suffix) = (&run[..at], &run[at + 1..]);
        // "juragan.Be" is the end of a sentence, and the start of another that is glued to it.
        let is_sentence = suffix.starts_with(|c: char| c.is_ascii_uppercase())
            && !labels.contains(|c: char| c.is_ascii_uppercase());
        !is_sentence
            && labels.contains(|c: char| c.is_ascii_alphabetic())
            && run.split('.').all(|label| !label.is_empty() && !label.starts_with('-'))
    })
}

/// Where the public suffix of a domain starts, behind its dot's position; at least a label stands
/// before it.
fn suffix_start(run: &str) -> Option<usize> {
    let lower = run.to_ascii_lowercase();
    let suffix = psl::suffix(lower.as_bytes())?;
    let known = suffix.is_known() || suffix == RESERVED;
    let at = run.len().checked_sub(suffix.as_bytes().len() + 1)?;
    (known && 0 < at).then_some(at)
}

/// A name without its web suffix and "www.": "Kompas" of "Kompas.com"; other names unchanged.
pub(crate) fn without_suffix(name: &str) -> &str {
    let name = name.strip_prefix("www.").unwrap_or(name);
    if !is_domain(name) {
        return name;
    }
    let labels = suffix_start(name).map_or(name, |at| &name[..at]);
    labels.rsplit('.').next().unwrap_or(labels)
}

/// The domains in a short stretch of text, in order.
pub(crate) fn find(text: &str) -> impl Iterator<Item = ByteSpan> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at + text[at..].find(is_domain_char)?;
            let run = run_at(text, start);
            at = run.end as usize;
            if is_domain(run.of(text)) {
                return Some(run);
            }
            at = at.max(start + 1);
        }
        None
    })
}

/// The domain that starts at `start`, even where the words before and after are glued to it, as
/// scraped links leave them: "express.co.uk" in "dariexpress.co.ukpada" where `is_glue("dari")`.
pub(crate) fn glued_at(
    text: &str,
    start: usize,
    is_glue: impl Fn(&str) -> bool,
) -> Option<ByteSpan> {
    let run = run_at(text, start);
    let word = run.of(text);
    let from = start + glue_len(&word[..word.find('.')?], is_glue);
    let least_end = from + text[from..run.end as usize].find('.')? + 3;
    let end = (least_end..=run.end as usize).rev().find(|&end| {
        text.is_char_boundary(end)
            && is_domain(&text[from..end])
            && text[end..run.end as usize].bytes().all(|b| b.is_ascii_lowercase())
    })?;
    Some(ByteSpan::new(from, end))
}

/// Length of the preposition that is glued in front of a name: of "dari" in "daridetikNews". Of
/// four letters and more: shorter ones start names of their own ("inews", "bylinetimes").
pub(crate) fn glue_len(word: &str, is_glue: impl Fn(&str) -> bool) -> usize {
    let fits = |&n: &usize| word.is_char_boundary(n) && is_glue(&word[..n]);
    (4..word.len().min(8)).rev().find(fits).unwrap_or(0)
}

/// Characters of a host name at most (RFC 1035): a bound for runs of any length.
const MAX_LEN: usize = 253;

fn is_domain_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// The run of letters, digits, dots and hyphens at `start`, without dots and hyphens at its end.
fn run_at(text: &str, start: usize) -> ByteSpan {
    let rest = &text.as_bytes()[start..];
    let in_run = |b: &u8| b.is_ascii_alphanumeric() || *b == b'.' || *b == b'-';
    let len = rest.iter().take(MAX_LEN + 1).take_while(|b| in_run(b)).count();
    let trimmed = text[start..start + len].trim_end_matches(['.', '-']);
    let len = if MAX_LEN < trimmed.len() { 0 } else { trimmed.len() };
    ByteSpan::new(start, start + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_in_text() {
        for (text, expect) in [
            ("Kompas.com - 08/01/2022", vec!["Kompas.com"]),
            ("Intisari-Online.com- Sudah", vec!["Intisari-Online.com"]),
            ("REPUBLIKA.CO.ID, JAKARTA", vec!["REPUBLIKA.CO.ID"]),
            ("lentera-pagi.example dan TEMPO.CO", vec!["lentera-pagi.example", "TEMPO.CO"]),
            ("di sana.Dia pergi. 3.000 D.C. 06.31 1.id", vec![]),
            ("co.id .com -.com a..com", vec![]),
        ] {
            let found: Vec<&str> = find(text).map(|s| s.of(text)).collect();
            assert_eq!(found, expect, "{text:?}");
        }
    }

    #[test]
    fn a_glued_domain_is_cut_out() {
        for (text, expect) in [
            ("dariexpress.co.ukpada Kamis", Some("express.co.uk")),
            ("express.co.uk, Kamis", Some("express.co.uk")),
            ("darikompas.comdan", Some("kompas.com")),
            ("sana.Dia", None),
            ("dari", None),
        ] {
            let found = glued_at(text, 0, |w| w == "dari").map(|s| s.of(text));
            assert_eq!(found, expect, "{text:?}");
        }
    }

    #[test]
    fn the_name_in_a_domain() {
        for (name, expect) in [
            ("Kompas.com", "Kompas"),
            ("www.republika.co.id", "republika"),
            ("news.detik.com", "detik"),
            ("Lentera Pagi", "Lentera Pagi"),
            ("com", "com"),
        ] {
            assert_eq!(without_suffix(name), expect);
        }
        assert_eq!(registrable("news.detik.com").as_deref(), Some("detik.com"));
        assert_eq!(registrable("m.republika.co.id.").as_deref(), Some("republika.co.id"));
    }
}
