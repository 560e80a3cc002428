//! Which stretches of a text does the article set apart?
//!
//! Scraped text has a paragraph a line. Two things break lines that are not paragraphs: text that
//! was wrapped at a fixed width (see `layout`), and pages whose markup put a link or a name on a
//! line of its own. A line broken in mid-sentence shows by its ends: no final punctuation, and the
//! next starts lower case.

mod layout;
mod line;

use self::layout::Layout;
use super::Paragraph;
use crate::span::ByteSpan;

/// Splits `text` into paragraphs, in order, none of them boilerplate yet.
///
/// Lines end at CR LF, LF, CR, form feed, vertical tab, U+0085, U+2028 and U+2029. A paragraph of
/// several lines spans the line ends between them.
pub fn split(text: &str) -> Vec<Paragraph> {
    let lines = line::lines(text);
    let layout = Layout::of(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(lines.len());
    // The lines of the paragraph so far.
    let mut start = 0;
    for (idx, line) in lines.iter().enumerate() {
        match paragraphs.last_mut() {
            Some(paragraph) if layout.goes_on(&lines[start..idx], line) => {
                paragraph.span.end = line.span.end;
            }
            _ => {
                paragraphs.push(Paragraph { span: line.span, boilerplate: false });
                start = idx;
            }
        }
    }
    paragraphs
}

/// `span` without white space and invisible characters at its ends; where nothing is left, an
/// empty span at its start.
pub(crate) fn trim(text: &str, span: ByteSpan) -> ByteSpan {
    let inside = span.of(text);
    let tail = inside.trim_start_matches(is_blank);
    let start = if tail.is_empty() { span.start as usize } else { span.end as usize - tail.len() };
    ByteSpan::new(start, start + tail.trim_end_matches(is_blank).len())
}

/// White space (no-break spaces too), controls, and the characters that show nothing: zero-width
/// spaces and joiners, direction marks, the byte-order mark.
///
/// Not the soft hyphen, which belongs to its word.
pub(crate) fn is_blank(c: char) -> bool {
    if c.is_ascii() {
        return c <= ' ' || c == '\u{7f}';
    }
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether a character is a hyphen or a dash.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐'..='―')
}

/// Whether `c` ends sentences: full stop, question and exclamation marks, ellipsis, and their like
/// in other scripts (the common ones with Unicode's Sentence_Terminal property).
pub(crate) fn is_terminal(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽' | '‼'..='⁉') || is_full_stop(c)
}

/// Whether `c` ends a sentence wherever it stands, with or without a space after it.
pub(crate) fn is_full_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '｡' | '！' | '？' | '．' | '︒' // Chinese, Japanese
        | '\u{589}' | '\u{61f}' | '\u{6d4}' | '\u{700}'
            ..='\u{702}' // Armenian, Arabic, Syriac
        | '\u{964}' | '\u{965}' | '\u{f0d}' // Indic, Tibetan
        | '\u{104a}' | '\u{104b}' | '\u{17d4}' | '\u{17d5}' // Burmese, Khmer
        | '\u{1362}' | '\u{1367}' | '\u{1803}' | '\u{a4ff}'
    ) // Ethiopic, Mongolian, Lisu
}

/// The last character of `text` that is neither blank, a closing bracket nor a quotation mark.
pub(crate) fn last_mark(text: &str) -> Option<char> {
    text.trim_end_matches(|c| is_blank(c) || is_closer(c)).chars().next_back()
}

/// Brackets and quotation marks that may stand between a sentence's stop and the space after it.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '"'
            | '\''
            | '”'
            | '“'
            | '’'
            | '»'
            | '›'
            | '」'
            | '』'
            | '＂'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '〞'
            | '〟'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        split(text).iter().map(|p| p.span.of(text)).collect()
    }

    fn check(text: &str, expect: &[&str]) {
        assert_eq!(shown(text), expect, "{text:?}");
    }

    #[test]
    fn a_line_is_a_paragraph_without_its_white_space() {
        check("Satu.\nDua.\r\nTiga.\rEmpat.", &["Satu.", "Dua.", "Tiga.", "Empat."]);
        check("A.\u{2028}B.\u{2029}C.\u{c}D.\u{85}E.", &["A.", "B.", "C.", "D.", "E."]);
        check("\u{feff}\u{a0} Satu. \u{200b}\n \u{3000}\n\n\u{200f}Dua.\t", &["Satu.", "Dua."]);
        check("\n \r\n\u{feff}", &[]);
        check("", &[]);
    }

    #[test]
    fn a_line_broken_in_mid_sentence_is_joined() {
        check(
            "Menteri Luar Negeri Antony Blinken\nmengatakan itu\n, Jumat.\nRusia marah.",
            &["Menteri Luar Negeri Antony Blinken\nmengatakan itu\n, Jumat.", "Rusia marah."],
        );
        check(
            "Rusia menolak hal itu,\r\nkata Moskwa.",
            &["Rusia menolak hal itu,\r\nkata Moskwa."],
        );
        // Blank lines, tags, list marks and brands set apart.
        check("Rusia menolak hal itu\n\nkata Moskwa.", &["Rusia menolak hal itu", "kata Moskwa."]);
        check("Topik\nrusia\nkazakhstan", &["Topik", "rusia", "kazakhstan"]);
        check("Yang dijual hari ini\niPhone baru", &["Yang dijual hari ini", "iPhone baru"]);
        check("Ada beberapa pilihan untuk\na. pergi", &["Ada beberapa pilihan untuk", "a. pergi"]);
        check("Ini adalah daftar lengkapnya:\nsatu", &["Ini adalah daftar lengkapnya:", "satu"]);
        check("Satu kalimat sudah selesai.\nlagi", &["Satu kalimat sudah selesai.", "lagi"]);
    }

    /// `¶` marks the line ends between paragraphs, `/` those inside.
    fn check_wrapped(marked: &str) {
        let text = marked.replace(['¶', '/'], "\n");
        let paragraphs = marked.split('¶').map(|p| p.trim().replace('/', "\n"));
        let expect: Vec<String> = paragraphs.filter(|p| !p.is_empty()).collect();
        assert_eq!(shown(&text), expect, "{marked}");
    }

    #[test]
    fn paragraphs_with_empty_lines_between() {
        check_wrapped(
            "The Kremlin said on Friday that Russia had sent/\
            troops at the request of Kazakhstan. President/\
            Tokayev had asked the Collective Security Treaty/\
            Organization for help against what he called/\
            terrorists.¶¶\
            Washington warned that the troops may be slow/\
            to leave. Blinken said so on Friday.",
        );
        // Mail: a heading, lines of at most 72 columns, a quoted list, a name.
        check_wrapped(
            "Subject: Talks in Geneva¶¶\
            Hello,¶¶\
            the ministers met again on Friday morning, without a result. The next/\
            round is planned for Monday. Washington and Moscow agree on one thing:/\
            the talks will go on, though nobody expects them to end before summer./\
            Kazakhstan takes part as well, as it did when they began in January in/\
            another place.¶¶\
            The following were there:¶\
            - Blinken¶- Lavrov¶- Tokayev¶¶\
            Regards¶Anna",
        );
        // Headline and body, both too short to tell a width.
        check_wrapped("Fed Adds Reserves¶Banks took them at once.");
    }

    #[test]
    fn paragraphs_with_an_indent() {
        // A dateline was cut out of the first line.
        check_wrapped(
            "Texas Commerce Bancshares Inc's Texas/\
            Commerce Bank-Houston said it filed an application with the/\
            Comptroller of the Currency in an effort to create the largest/\
            banking network in Harris County.¶    \
            The bank said the network would link 31 banks having/\
            13.5 billion dlrs in assets and 7.5 billion dlrs in deposits.",
        );
        check_wrapped(
            "Refined copper stocks held by U.S./\
            refineries fell to 109,200 short tons at the end of January/\
            from 145,400 short tons at the end of December.¶  \
            Analysts in London and New/\
            York said so, and they said that more would come in the next/\
            months.",
        );
        // Rows of a table are indented each, and its note is a paragraph.
        check_wrapped(
            "Shr 22 cts vs 14 cts¶    Net 917,000 vs 553,000¶    \
            Sales 16.1 mln vs 13.6 mln¶    \
            NOTE: Prior nine mths net includes gain 250,000 dlrs from/\
            insurance payment, which the company received in the third/\
            quarter.¶ MORE",
        );
        // Columns are no prose.
        check_wrapped(
            "The Bank of England said the rates of today were the lowest/\
            of the year, and gave the following list in/\
            London.¶    \
            It rounds them to four figures, as it has done for many/\
            years.¶\
            DMK.......1.8216¶FFR.......6.0612¶YEN       145.15",
        );
    }

    #[test]
    fn scripts_without_case() {
        check_wrapped(
            "俄罗斯星期五应邀向邻国哈萨克斯坦派出维和部队，总统托/\
            卡耶夫此前请求集体安全条约组织帮助他应对他所称的恐怖/\
            分子。华盛顿警告说，军队一旦进入就很难离开，布林肯星/\
            期五对记者这样说。¶　　\
            莫斯科对此表示愤怒，称这番话十分无礼，并要求美国/\
            国务院道歉。俄罗斯驻美国大使馆星期六就此发表了一份声/\
            明。",
        );
        let titles = "俄罗斯应邀向邻国哈萨克斯坦派出维和部队¶布林肯批评俄罗斯派兵¶\
            莫斯科称华盛顿的话十分无礼并要求道歉¶托卡耶夫感谢盟友¶\
            集体安全条约组织宣布任务结束¶阿拉木图恢复平静";
        check_wrapped(titles);
        check_wrapped(&"俄罗斯星期五应邀向邻国哈萨克斯坦派出维和部队。¶".repeat(6));
    }

    #[test]
    fn lines_of_a_page_stay_apart() {
        let titles = "Kapal AL Italia Tembak Drone di Laut¶Rusia Jatuhkan Rudal Buatan Amerika¶\
            Universitas Columbia Skors Mahasiswa¶Netanyahu Tetap Akan Serang Rafah Ini¶\
            Mengapa Angka Kelahiran Turun Terus¶India Tangguhkan Lisensi Produk Obat";
        check_wrapped(titles);
        check_wrapped(
            "Kapal Angkatan Laut Italia Tembak Drone di Laut¶    \
            Rusia Jatuhkan Rudal Buatan Amerika Serikat di Kyiv¶    \
            Universitas Columbia Skors Mahasiswa yang Berdemo¶\
            Netanyahu Tetap Akan Serang Rafah Bulan Ini Juga¶    \
            Mengapa Angka Kelahiran Turun Terus di Asia Timur¶\
            India Tangguhkan Lisensi Produk Obat Batuk Sirop",
        );
        check_wrapped("Beranda¶  berita¶  olahraga¶Tentang kami¶  redaksi¶kontak");
        // A short page, and a long line among its short ones.
        check_wrapped(
            "Rusia Kirim Pasukan ke Kazakhstan¶Oleh Anna Sari¶Foto: Menteri Antony Blinken di \
            Washington¶Menteri Luar Negeri Antony Blinken mengatakan bahwa sekali pasukan itu masuk \
            ke sebuah negara, kadang sangat sulit membuat mereka pergi dari sana, Jumat.¶Baca juga",
        );
    }
}
