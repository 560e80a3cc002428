//! Which language is a text in?
//!
//! Asked of `whatlang`, by letters and trigrams. Asked of a whole text it answers for the strangest
//! part (two verses of transliterated Arabic made an Indonesian article Welsh), so each stretch of the
//! text has one vote. To compare one with all languages takes 50 microseconds, so that two are asked
//! first, far from each other, and the others only where these do not agree. It knows no Malay, and
//! takes it for Indonesian.

use super::paragraph::is_blank;
use super::tokenize::is_unspaced;

/// The ISO 639-1 code of `text`'s language; `None` where the text is too short, mixed or in no
/// language that is known, so that the answer could not be relied on.
///
/// Only the first 20,000 bytes are read. Web and mail addresses do not count.
pub fn detect(text: &str) -> Option<&'static str> {
    let text = beginning(text);
    of_sample(text).or_else(|| of_votes(text))
}

/// The language of two stretches, a third and two thirds into the text, where they agree.
fn of_sample(text: &str) -> Option<&'static str> {
    const LONG: usize = 4 * STRETCH;
    if text.len() < LONG {
        return None;
    }
    let of_third = |third: usize| {
        let rest = &text[floor(text, text.len() * third / 3)..];
        // The first word may be cut.
        let cut = rest.find(is_blank).unwrap_or(rest.len());
        let stretch = &rest[cut..floor(rest, rest.len().min(cut + STRETCH)).max(cut)];
        vote(&stretches(stretch)[0])
    };
    let language = of_third(1)?;
    (of_third(2) == Some(language)).then_some(language)
}

/// The language of more than half of the stretches.
fn of_votes(text: &str) -> Option<&'static str> {
    let stretches = stretches(text);
    let (mut votes, mut most): (Vec<&'static str>, usize) = (Vec::new(), 0);
    for (stretch, n_left) in stretches.iter().zip((0..stretches.len()).rev()) {
        let Some(code) = vote(stretch) else { continue };
        votes.push(code);
        let n = votes.iter().filter(|vote| **vote == code).count();
        most = most.max(n);
        // The stretches that are left cannot outvote it.
        if n == most && votes.len() + n_left < 2 * n {
            return Some(code);
        }
    }
    let is_most =
        |code: &&&str| votes.len() < 2 * votes.iter().filter(|vote| *vote == *code).count();
    votes.iter().find(is_most).copied()
}

/// The words of a text in stretches, addresses left out.
fn stretches(text: &str) -> Vec<String> {
    let mut stretches = vec![String::new()];
    for word in text.split(is_blank).filter(|word| !is_address(word)) {
        match stretches.last_mut() {
            Some(last) if last.len() < STRETCH => {
                last.push_str(word);
                last.push(' ');
            }
            _ => stretches.push(format!("{word} ")),
        }
    }
    stretches
}

/// The language of a stretch of text, where it can be relied on.
fn vote(stretch: &str) -> Option<&'static str> {
    let n_letters: usize = stretch.chars().map(weight).sum();
    let info = whatlang::detect(stretch).filter(|info| info.is_reliable())?;
    code(info).filter(|_| MIN_LETTERS <= n_letters)
}

fn code(info: whatlang::Info) -> Option<&'static str> {
    CODES.iter().find(|(long, _)| *long == info.lang().code()).map(|code| code.1)
}

/// Length in bytes of a stretch that has one vote: a paragraph.
const STRETCH: usize = 400;

/// Bytes that are enough to tell the language, headlines and links at the top included.
const READ: usize = 20_000;

/// Fewer letters could be a name; a character of an unspaced script counts as three.
const MIN_LETTERS: usize = 12;

fn weight(c: char) -> usize {
    if is_unspaced(c) { 3 } else { usize::from(c.is_alphabetic()) }
}

fn beginning(text: &str) -> &str {
    &text[..floor(text, READ.min(text.len()))]
}

/// The last boundary of characters up to `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0)
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.starts_with("www.")
}

/// ISO 639-3 and 639-1 codes of the languages that `whatlang` knows.
#[rustfmt::skip]
const CODES: &[(&str, &str)] = &[
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("aze", "az"), ("bel", "be"),
    ("ben", "bn"), ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cmn", "zh"), ("cym", "cy"),
    ("dan", "da"), ("deu", "de"), ("ell", "el"), ("eng", "en"), ("epo", "eo"), ("est", "et"),
    ("fin", "fi"), ("fra", "fr"), ("guj", "gu"), ("heb", "he"), ("hin", "hi"), ("hrv", "hr"),
    ("hun", "hu"), ("hye", "hy"), ("ind", "id"), ("ita", "it"), ("jav", "jv"), ("jpn", "ja"),
    ("kan", "kn"), ("kat", "ka"), ("khm", "km"), ("kor", "ko"), ("lat", "la"), ("lav", "lv"),
    ("lit", "lt"), ("mal", "ml"), ("mar", "mr"), ("mkd", "mk"), ("mya", "my"), ("nep", "ne"),
    ("nld", "nl"), ("nob", "nb"), ("ori", "or"), ("pan", "pa"), ("pes", "fa"), ("pol", "pl"),
    ("por", "pt"), ("ron", "ro"), ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"),
    ("sna", "sn"), ("spa", "es"), ("srp", "sr"), ("swe", "sv"), ("tam", "ta"), ("tel", "te"),
    ("tgl", "tl"), ("tha", "th"), ("tuk", "tk"), ("tur", "tr"), ("ukr", "uk"), ("urd", "ur"),
    ("uzb", "uz"), ("vie", "vi"), ("yid", "yi"), ("zul", "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_doubts() {
        for (text, expect) in [
            (
                "Menteri Luar Negeri Antony Blinken memperingatkan bahwa pengaruh Rusia di Kazakhstan \
              akan semakin kuat setelah tentara asing tiba di sana.",
                Some("id"),
            ),
            (
                "Menteri Luar Negeri Antony Blinken memperingatkan bahwa pengaruh Rusia di \
                 Kazakhstan akan semakin kuat https://www.example.com/the-way-that-the-others-went",
                Some("id"),
            ),
            (
                "The Kremlin said on Friday that Russia had sent troops at the request of Kazakhstan.",
                Some("en"),
            ),
            (
                "Presidhèn Kazakhstan nyuwun pambiyantu marang Rusia supaya bisa nyegah kerusuhan \
              kang dumadi ing kutha Almaty.",
                Some("jv"),
            ),
            ("俄罗斯星期五向哈萨克斯坦派兵。", Some("zh")),
            ("ロシアは金曜日にカザフスタンに軍隊を派遣した。", Some("ja")),
            ("ประเทศไทยมีประชากรจำนวนมาก", Some("th")),
            ("Blinken", None),
            ("ไทย", None),
            ("7/1/2022, 06:31", None),
            ("", None),
        ] {
            assert_eq!(detect(text), expect, "{text}");
        }
    }

    #[test]
    fn most_of_the_text_decides() {
        let id =
            "Menteri Luar Negeri Antony Blinken memperingatkan bahwa pengaruh Rusia akan kuat. ";
        let en = "The Kremlin said on Friday that Russia had sent troops at their request. ";
        assert_eq!(detect(&(id.repeat(30) + &en.repeat(10))), Some("id"));
        assert_eq!(detect(&(id.repeat(10) + &en.repeat(30))), Some("en"));
        assert_eq!(
            detect(&(id.repeat(20) + &"Ya ayyuhal-lazina amanu iza tadayantum ".repeat(15))),
            Some("id")
        );
    }

    #[test]
    fn only_the_beginning_is_read() {
        assert_eq!(detect(&"é".repeat(READ)), detect(&"é".repeat(READ / 2)));
        assert_eq!(beginning(&"a字".repeat(READ)).len(), READ);
        assert_eq!(beginning(&"字".repeat(READ)).len(), READ - READ % 3);
    }

    #[test]
    fn every_language_has_its_code() {
        for lang in whatlang::Lang::all() {
            assert!(CODES.iter().any(|(long, _)| *long == lang.code()), "{}", lang.code());
        }
        assert!(CODES.is_sorted());
    }
}
