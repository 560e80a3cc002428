//! Which parts of an article are compared with other articles?
//!
//! A quotation that is speech is a passage of its own, without the words that say who spoke. Words
//! in quotation marks that are part of a sentence's grammar (`"revolusi warna" di Ukraina`) stay in
//! it. A sentence without speech is a statement; of one with speech, the part before it is one if
//! it is long enough to say something, and the part after it is taken for attribution ("kata
//! Blinken kepada wartawan") unless it holds a long clause of its own.

use super::domain::is_domain;
use super::paragraph::{is_blank, is_dash, is_terminal, last_mark};
use super::quotation::{self, Quotation};
use super::sentence::{self, WORD};
use super::tokenize::{Token, is_single};
use super::{Paragraph, Passage, PassageKind};
use crate::span::ByteSpan;
use std::ops::Range;

/// Finds the passages of a text, in text order; they do not overlap.
///
/// `tokens` and `paragraphs` are those of `text`. Boilerplate gives no passages. A dateline
/// ("JAKARTA, KOMPAS.com – ") near the top is left out of the passage, not of its sentence.
pub fn find(text: &str, tokens: &[Token], paragraphs: &[Paragraph]) -> Vec<Passage> {
    let article = Article { text, tokens };
    let mut quotations = quotation::find(text, paragraphs);
    quotations.retain(|quotation| article.units_in(quotation.inner) <= MAX_QUOTATION);
    let mut rest = quotations.as_slice();
    let mut passages = Vec::new();
    let mut n_sentences = 0;
    for (idx, paragraph) in paragraphs.iter().enumerate() {
        let n_here = rest.partition_point(|q| q.paragraph as usize <= idx);
        let (here, after) = rest.split_at(n_here);
        rest = after;
        if paragraph.boilerplate {
            continue;
        }
        let is_near_top = n_sentences < DATELINE_PARAGRAPHS;
        n_sentences += usize::from(last_mark(paragraph.span.of(text)).is_some_and(is_terminal));
        let body = is_near_top.then(|| dateline_end(text, paragraph.span)).flatten();
        for part in parts(&article, paragraph.span, here, body) {
            passages.push(part.passage(&article, idx));
        }
    }
    passages
}

/// A text with its tokens.
struct Article<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl Article<'_> {
    /// The tokens that lie inside `span`.
    fn tokens_in(&self, span: ByteSpan) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.start < span.start);
        let end = self.tokens.partition_point(|token| token.span.end <= span.end);
        start..end.max(start)
    }

    /// Length of `span` in units: see [`units`].
    fn units_in(&self, span: ByteSpan) -> usize {
        self.tokens[self.tokens_in(span)].iter().map(|token| units(token.span.of(self.text))).sum()
    }
}

/// Length in units of one token of text: two for a word, one for a character of Han or kana, where
/// a word has about two.
fn units(token: &str) -> usize {
    if token.starts_with(is_single) { 1 } else { WORD }
}

/// Shortest quotation, and shortest statement that is a whole sentence.
const MIN_PASSAGE: usize = 4 * WORD;

/// Longest quotation: what is longer is a document in quotation marks, and is read as running text.
/// The bound also keeps the time of an alignment in bounds, whatever the text.
const MAX_QUOTATION: usize = 400 * WORD;

/// A quotation that is shorter and part of a sentence's grammar stays in it.
const MIN_PARTIAL: usize = 5 * WORD;

/// Shortest statement before a quotation: "Blinken mengatakan kepada para wartawan" says nothing.
const MIN_BEFORE: usize = 6 * WORD;

/// Shortest statement after a quotation: attributions with office and occasion get long.
const MIN_AFTER: usize = 12 * WORD;

/// A passage before its tokens are counted.
struct Part {
    kind: PassageKind,
    span: ByteSpan,
    sentence: ByteSpan,
}

impl Part {
    fn passage(self, article: &Article, paragraph: usize) -> Passage {
        let tokens = article.tokens_in(self.span);
        Passage {
            kind: self.kind,
            span: self.span,
            sentence: self.sentence,
            tokens: tokens.start as u32..tokens.end as u32,
            paragraph: paragraph as u32,
        }
    }
}

/// The passages of a paragraph; what stands before `body` is left out.
fn parts(
    article: &Article,
    paragraph: ByteSpan,
    quotations: &[Quotation],
    body: Option<usize>,
) -> Vec<Part> {
    let body =
        body.filter(|&body| quotations.first().is_none_or(|q| body <= q.outer.start as usize));
    let start = body.map_or(paragraph.start, |body| body as u32);
    let mut parts = Vec::new();
    let mut rest = quotations;
    for sentence in sentence::split(article.text, paragraph, quotations) {
        // A quotation without a letter (「！」) may have been a sentence of its own, which says nothing
        // and is left out; it is not part of the next one.
        let n_passed = rest.partition_point(|q| q.outer.start < sentence.start);
        let n_here = rest.partition_point(|q| q.outer.start < sentence.end);
        let here = &rest[n_passed..n_here];
        rest = &rest[n_here..];
        if start < sentence.end {
            let body = ByteSpan { start: sentence.start.max(start), end: sentence.end };
            sentence_parts(article, sentence, body, here, &mut parts);
        }
    }
    parts
}

/// The passages of a sentence; `body` is the sentence without a dateline.
fn sentence_parts(
    article: &Article,
    sentence: ByteSpan,
    body: ByteSpan,
    quotations: &[Quotation],
    parts: &mut Vec<Part>,
) {
    let mut at = body.start;
    let mut last_role = None;
    for quotation in quotations {
        let Some(role) = role(article, quotation, body) else { continue };
        let between = ByteSpan { start: at, end: quotation.outer.start };
        parts.extend(statement(article, between, last_role).map(|span| Part {
            kind: PassageKind::Statement,
            span,
            sentence,
        }));
        if MIN_PASSAGE <= article.units_in(quotation.inner) {
            parts.push(Part { kind: PassageKind::Quotation, span: quotation.inner, sentence });
        }
        at = quotation.outer.end;
        last_role = Some(role);
    }
    let end = ByteSpan { start: at, end: body.end };
    let whole = last_role.is_none() && MIN_PASSAGE <= article.units_in(end);
    let span =
        if whole { says_something(article, end) } else { statement(article, end, last_role) };
    parts.extend(span.map(|span| Part { kind: PassageKind::Statement, span, sentence }));
}

/// How a quotation that is cut out of its sentence stands in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Direct speech: set off before it (or first) and after it (or last). Shorter speech than
    /// [`MIN_PASSAGE`] has an attribution all the same.
    Speech,
    /// Part of the sentence's grammar, but long enough to be compared.
    Partial,
}

/// The role of `quotation` in the sentence around it; `None` where it is part of a statement.
fn role(article: &Article, quotation: &Quotation, sentence: ByteSpan) -> Option<Role> {
    let text = article.text;
    let before = ByteSpan { start: sentence.start, end: quotation.outer.start }.of(text);
    let after = ByteSpan { start: quotation.outer.end, end: sentence.end }.of(text);
    let inner = quotation.inner.of(text);
    let introduced = before.chars().rev().find(|&c| !is_blank(c)).is_none_or(sets_off);
    let concluded =
        inner.ends_with(sets_off) || after.chars().find(|&c| !is_blank(c)).is_none_or(sets_off);
    let n_units = article.units_in(quotation.inner);
    if introduced && (concluded && MIN_PASSAGE <= n_units || inner.ends_with(sets_off)) {
        Some(Role::Speech)
    } else {
        (MIN_PARTIAL <= n_units).then_some(Role::Partial)
    }
}

/// Punctuation between speech and the words that introduce or attribute it.
fn sets_off(c: char) -> bool {
    is_terminal(c) || is_dash(c) || matches!(c, ',' | ';' | ':' | '，' | '；' | '：' | '、' | '،')
}

/// The statement in a part of a sentence before its first quotation (`after` is `None`) or after
/// one that has the role `after`.
fn statement(article: &Article, part: ByteSpan, after: Option<Role>) -> Option<ByteSpan> {
    let (part, min) = match after {
        None if introduces_speech(article, part) => (part, MIN_AFTER),
        None => (part, MIN_BEFORE),
        Some(Role::Partial) => (part, MIN_AFTER),
        Some(Role::Speech) => (after_attribution(article, part)?, MIN_AFTER),
    };
    if min <= article.units_in(part) { says_something(article, part) } else { None }
}

/// Whether a colon follows, as after the attribution of the speech to come: قال الوزير للصحفيين:
fn introduces_speech(article: &Article, part: ByteSpan) -> bool {
    part.of(article.text).trim_end_matches(is_blank).ends_with([':', '：'])
}

/// What follows the attribution in the part after speech: from the first clause on that is itself
/// long. The clause that the part starts with is the attribution; shorter ones after it say who the
/// speaker is, and where and when he spoke.
fn after_attribution(article: &Article, part: ByteSpan) -> Option<ByteSpan> {
    let text = part.of(article.text);
    let clause_ends =
        text.char_indices().zip(text.chars().skip(1)).filter_map(|((at, c), next)| {
            let ends = matches!(c, '，' | '；' | '،')
                || matches!(c, ',' | ';' | '–' | '—') && is_blank(next);
            ends.then(|| part.start + (at + c.len_utf8()) as u32)
        });
    let mut ends = clause_ends.chain([part.end]).skip_while(|&end| {
        // A mark that directly follows the quotation ends no clause.
        article.tokens_in(ByteSpan { start: part.start, end }).is_empty()
    });
    let mut start = ends.next()?;
    for end in ends {
        if MIN_AFTER <= article.units_in(ByteSpan { start, end }) {
            return Some(ByteSpan { start, end: part.end });
        }
        start = end;
    }
    None
}

/// From the first to the last word of `part`; `None` where fewer than two words have letters, as in
/// a line with a date.
fn says_something(article: &Article, part: ByteSpan) -> Option<ByteSpan> {
    let words = &article.tokens[article.tokens_in(part)];
    let has_letters = |word: &&Token| word.span.of(article.text).contains(char::is_alphabetic);
    let (first, last) = (words.first()?, words.last()?);
    let enough = 2 <= words.iter().filter(has_letters).take(2).count();
    enough.then_some(ByteSpan { start: first.span.start, end: last.span.end })
}

/// Paragraphs from the top in which a dateline is looked for. Only those that end like a sentence
/// count: headline, byline and any number of menu lines may stand above.
const DATELINE_PARAGRAPHS: usize = 5;

/// Longest dateline, dash included, in characters.
const DATELINE_CHARS: usize = 60;

/// Most words of a dateline: place, date, outlet.
const DATELINE_WORDS: usize = 8;

/// Where the text after a dateline starts: "WASHINGTON DC, KOMPAS.com – ", "JAKARTA (ANTARA) - ".
///
/// A dateline is a few capitalised words and numbers before a dash that sets them off, among them a
/// domain, a first word in capitals, something in brackets at the end, or a comma.
fn dateline_end(text: &str, paragraph: ByteSpan) -> Option<usize> {
    let inside = paragraph.of(text);
    let at_dashes = inside.match_indices(is_dash).map(|(at, _)| at);
    let near = inside.char_indices().nth(DATELINE_CHARS).map_or(inside.len(), |(at, _)| at);
    at_dashes.take_while(|&at| at < near).find_map(|at| {
        let (prefix, rest) = inside.split_at(at);
        if prefix.ends_with(is_dash) {
            return None;
        }
        let rest = rest.trim_start_matches(is_dash);
        let is_spaced = prefix.ends_with(is_blank) || rest.starts_with(is_blank);
        let body = rest.trim_start_matches(is_blank);
        let starts_anew = body.starts_with(|c: char| !c.is_lowercase() && !is_blank(c));
        let is_long = inside[at..].starts_with(['–', '—']) && !body.starts_with(char::is_numeric);
        ((is_spaced || is_long) && starts_anew && is_dateline(prefix))
            .then(|| paragraph.end as usize - body.len())
    })
}

fn is_dateline(prefix: &str) -> bool {
    let prefix = prefix.trim_end_matches(|c| is_blank(c) || is_dash(c));
    let is_between =
        |c: char| is_blank(c) || matches!(c, ',' | '(' | ')' | '[' | ']' | '|' | '/' | ':');
    let words: Vec<&str> = prefix
        .split(is_between)
        .filter(|word| word.contains(char::is_alphanumeric))
        .take(DATELINE_WORDS + 1)
        .collect();
    let capitalised = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let in_capitals = |word: &str| {
        3 <= word.chars().count() && word.chars().all(|c| c.is_uppercase() || c.is_numeric())
    };
    let has_domain = words.iter().any(|word| is_domain(word));
    let stands_out = has_domain
        || words.first().is_some_and(|word| in_capitals(word))
        || prefix.ends_with(')')
        || prefix.contains(',') && 2 <= words.len();
    words.len() <= DATELINE_WORDS
        && stands_out
        && words.iter().all(|word| capitalised(word) || is_domain(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Fields, Source};
    use crate::provenance::{self, speaker};
    use crate::text::{paragraph, tokenize};
    use proptest::prelude::*;

    /// The passages of `text`, quotations with `“` before them.
    fn shown(text: &str) -> Vec<String> {
        let found = find(text, &tokenize::tokenize(text), &paragraph::split(text));
        let mark = |p: &Passage| if p.kind == PassageKind::Quotation { "“" } else { "" };
        found.iter().map(|p| format!("{}{}", mark(p), p.span.of(text))).collect()
    }

    fn check(text: &str, expect: &[&str]) {
        assert_eq!(shown(text), expect, "{text:?}");
    }

    #[test]
    fn a_sentence_is_a_statement_from_its_first_to_its_last_word() {
        check(
            "– Rusia marah sekali hari itu.  Moskwa diam. 7/1/2022, 06:31 WIB.",
            &["Rusia marah sekali hari itu"],
        );
        check(
            "• Apa yang terjadi di sana?!\n2022 adalah tahun yang berat (sekali)",
            &["Apa yang terjadi di sana", "2022 adalah tahun yang berat (sekali"],
        );
        check("俄罗斯星期五向哈萨克斯坦派兵。他走了。", &["俄罗斯星期五向哈萨克斯坦派兵"]);
        check("***\n\n...", &[]);
    }

    #[test]
    fn no_passage_is_too_long_to_align() {
        let text = format!("“{}” kata Blinken.", "Rusia tidak punya pilihan lain. ".repeat(200));
        assert_eq!(shown(&text).len(), 200, "a sentence a passage");
        let longest = |text: &str| shown(text).iter().map(|p| p.len()).max();
        assert!(longest(&"kata ".repeat(100_000)) < Some(1000));
        assert!(longest(&format!("“{}”", "kata ".repeat(100_000))) < Some(1000));
    }

    #[test]
    fn speech_is_cut_out_of_its_sentence() {
        check(
            "“Saya tidak tahu itu,” kata Blinken kepada wartawan di Washington, Jumat.",
            &["“Saya tidak tahu itu,"],
        );
        check(
            "\"Saya tidak tahu. Anda tahu.\" kata Blinken. \"Rusia tidak punya pilihan.\"",
            &["“Saya tidak tahu. Anda tahu.", "“Rusia tidak punya pilihan."],
        );
        check(
            "Kementerian Luar Negeri Rusia meminta AS mundur, \"Kami tidak punya pilihan.\"",
            &["Kementerian Luar Negeri Rusia meminta AS mundur", "“Kami tidak punya pilihan."],
        );
        check("Blinken berkata: “Saya tidak tahu itu", &["“Saya tidak tahu itu"]);
        check(
            "“Saya tidak,” kata Blinken, “tahu soal itu sama sekali.”",
            &["“tahu soal itu sama sekali."],
        );
        // Too short to be compared, and no statement either.
        check("“Tidak,” kata Blinken kepada wartawan di Washington, Jumat (7/1/2022).", &[]);
        check("「俄罗斯必须立即撤出军队」布林肯说。", &["“俄罗斯必须立即撤出军队"]);
    }

    #[test]
    fn quoted_words_stay_in_the_sentence_whose_grammar_they_belong_to() {
        check(
            "Rusia menyebut itu \"sering menyinggung\" dan tidak lucu.",
            &["Rusia menyebut itu \"sering menyinggung\" dan tidak lucu"],
        );
        check(
            "Ia menonton film \"Gone with the Wind\" bersama keluarganya.",
            &["Ia menonton film \"Gone with the Wind\" bersama keluarganya"],
        );
        // Long enough to be compared: the sentence falls into parts.
        check(
            "Ia membandingkannya dengan \"revolusi warna di Ukraina pada 2014\", kata media.",
            &["“revolusi warna di Ukraina pada 2014"],
        );
        let clause = "dan meminta pemerintah menarik semua pasukannya dari Kazakhstan sebelum akhir \
                      bulan ini";
        check(
            &format!("Ia menyebut itu “kesalahan yang sangat besar sekali” {clause}."),
            &["“kesalahan yang sangat besar sekali", clause],
        );
    }

    #[test]
    fn a_long_clause_after_the_attribution_is_a_statement() {
        let clause = "seraya menambahkan bahwa pemerintah Kazakhstan tentunya memiliki kapasitas \
                      untuk menangani semua protes dengan tepat";
        check(
            &format!("“Saya tidak tahu itu,” kata Blinken, {clause}."),
            &["“Saya tidak tahu itu,", clause],
        );
        check(
            "“Saya tidak tahu itu,” kata Menteri Luar Negeri Amerika Serikat Antony Blinken kepada \
             para wartawan di Washington, ibu kota Amerika Serikat, pada hari Jumat pekan lalu.",
            &["“Saya tidak tahu itu,"],
        );
    }

    #[test]
    fn datelines_are_cut_off() {
        let lead = "Menteri Luar Negeri marah";
        for dateline in [
            "WASHINGTON DC, KOMPAS.com – ",
            "JAKARTA (ANTARA) - ",
            "Jakarta (Antara) – ",
            "Intisari-online.com - ",
            "Intisari-Online.com- ",
            "Intisari - Online.com -",
            "SAGARA, Lentera Pagi —",
            "Liputan6.com, Jakarta - ",
            "TEMPO.CO, Jakarta -- ",
            "Jakarta, CNN Indonesia -- ",
            "MOSCOW, Jan 8 (Reuters) - ",
            "LONDON—",
        ] {
            check(&format!("Judul\n{dateline}{lead}."), &[lead]);
        }
        for text in [
            "Kazakhstan memiliki 3,5 juta orang Rusia - Moskwa tahu itu",
            "Kassym-Jomart Tokayev meminta bantuan",
            "Amerika Serikat - Rusia sepakat berunding",
            "NATO – aliansi dari banyak negara",
            "Menurut laporan express.co.uk - China marah",
        ] {
            check(text, &[text]);
        }
        let far =
            format!("{}JAKARTA – {lead}", "Ini paragraf biasa saja.\n".repeat(DATELINE_PARAGRAPHS));
        assert_eq!(shown(&far).last().unwrap(), &format!("JAKARTA – {lead}"));
    }

    #[test]
    fn a_quotation_without_words_is_part_of_no_sentence() {
        check("「！」Ｈ", &[]);
        check("“?!” Rusia marah sekali hari itu.", &["Rusia marah sekali hari itu"]);
        check("“...” Rusia marah, “Kami tidak punya pilihan.”", &["“Kami tidak punya pilihan."]);
    }

    #[test]
    fn boilerplate_gives_no_passages() {
        let text = "“Saya tidak tahu itu.”\n“Anda juga tidak tahu.”";
        let mut paragraphs = paragraph::split(text);
        paragraphs[0].boilerplate = true;
        let found = find(text, &tokenize::tokenize(text), &paragraphs);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].span.of(text), "Anda juga tidak tahu.");
        assert_eq!(found[0].sentence.of(text), "“Anda juga tidak tahu.”");
        assert_eq!((found[0].paragraph, found[0].tokens.clone()), (1, 4..8));
    }

    #[test]
    fn hostile_text_takes_no_time() {
        for unit in
            ["a b c d. ", "“a b c d” ", "\"a b c d, \"", "– ", "A - ", "a, ", "字", "“", ". "]
        {
            shown(&unit.repeat(20_000));
            shown(&format!("“a b c d,” {}", unit.repeat(20_000)));
        }
    }

    /// What marks, line ends, white space and letters of many scripts do to each other.
    const HOSTILE: &str = "([\"'“”‘’«»„「」『』＂]|[.!?…。！？．]|[()\\[\\]（）【】]|[,;:，、：–-]\
        |[aZéßЖжאب字かがกि한]|[0-9０]|[Ｈａ]|[“\"「][.?！][”\"」]|[ \\t\u{a0}\u{3000}\u{200b}\u{feff}]\
        |[\\n\\r\u{c}\u{85}\u{2028}]|    |Oleh |JAKARTA, |[a-z]{4,9} [a-z]{2,7} ){0,24}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2500))]
        #[test]
        fn no_text_breaks_the_way_from_paragraphs_to_provenance(text in HOSTILE) {
            let paragraphs = paragraph::split(&text);
            let spans: Vec<ByteSpan> = paragraphs.iter().map(|p| p.span).collect();
            check_spans(&text, ByteSpan::new(0, text.len()), &spans);

            let passages = find(&text, &tokenize::tokenize(&text), &paragraphs);
            let spans: Vec<ByteSpan> = passages.iter().map(|p| p.span).collect();
            check_spans(&text, ByteSpan::new(0, text.len()), &spans);

            let source = Source { path: "a.txt".to_owned(), line: None, encoding: "UTF-8" };
            let document = Document { source, fields: Fields::default(), text: text.clone() };
            let mut origin = provenance::of(&document, &paragraphs, None);
            provenance::read_credits(&[document], std::slice::from_mut(&mut origin));
            check_spans(&text, ByteSpan::new(0, text.len()), &origin.front_matter);
            for credit in &origin.agencies {
                check_spans(&text, ByteSpan::new(0, text.len()), &[credit.span]);
            }
            for p in passages {
                let paragraph = paragraphs[p.paragraph as usize].span;
                check_spans(&text, paragraph, &[p.sentence]);
                check_spans(&text, p.sentence, &[p.span]);
                let speaker = match p.kind {
                    PassageKind::Quotation => {
                        speaker::of_quotation(&text, p.span, p.sentence, paragraph)
                    }
                    PassageKind::Statement => speaker::of_statement(&text, p.sentence),
                };
                check_spans(&text, paragraph, speaker.map(|s| s.span).as_slice());
            }
        }
    }

    /// Whether `spans` are in order, disjoint, not empty and inside `outer`, and cut no character.
    fn check_spans(text: &str, outer: ByteSpan, spans: &[ByteSpan]) {
        let mut end = outer.start;
        for span in spans {
            assert!(end <= span.start && span.start < span.end, "{text:?}: {spans:?}");
            assert!(
                span.end <= outer.end && text.get(span.range()).is_some(),
                "{text:?}: {span:?}"
            );
            end = span.end;
        }
    }

    proptest! {
        #[test]
        fn passages_are_ordered_disjoint_and_know_their_tokens(
            text in "([a-zA-Z0-9]{1,3}[ ,.]{0,2}|[\"“”'’«».?! \n:-]|字|ก\u{e31}|\\PC){0,80}",
            skip in any::<u8>(),
        ) {
            let tokens = tokenize::tokenize(&text);
            let mut paragraphs = paragraph::split(&text);
            if let Some(p) = paragraphs.get_mut(skip as usize % 8) {
                p.boilerplate = true;
            }
            let mut end = 0;
            for p in find(&text, &tokens, &paragraphs) {
                let inside = |t: &&Token| p.span.contains(t.span);
                let paragraph = &paragraphs[p.paragraph as usize];
                let at = p.tokens.start as usize..p.tokens.end as usize;
                prop_assert!(end <= p.span.start && p.sentence.contains(p.span));
                prop_assert!(paragraph.span.contains(p.sentence) && !paragraph.boilerplate);
                prop_assert_eq!(tokens[at].len(), tokens.iter().filter(inside).count());
                prop_assert!(tokens[p.tokens.start as usize..].iter().take(p.tokens.len()).all(|t| inside(&t)));
                prop_assert!(!p.tokens.is_empty() && !p.span.of(&text).is_empty());
                let cut = |t: &Token| 0 < t.span.overlap(p.span) && !p.span.contains(t.span);
                prop_assert!(!tokens.iter().any(cut), "a token is cut");
                end = p.span.end;
            }
        }
    }
}
