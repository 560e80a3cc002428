//! Which spellings are one word?
//!
//! Those that the press of one language uses side by side, so that two outlets may differ in them
//! and say the same: optional vowel signs and stress marks, letters that keyboards stand in for
//! each other (Arabic and Persian yeh and kaf), forms of one letter that are often left out
//! (hamza over alef, the dots of teh marbuta, yo), digits of different scripts, ß and ss. The dotted
//! and the dotless i fold together, because which of them a capital I is depends on the language.

/// Appends the folded lower case of `chars`, which are in NFKC.
pub(super) fn push_folded(chars: impl Iterator<Item = char>, out: &mut String) {
    for c in chars.flat_map(char::to_lowercase) {
        match c {
            _ if is_optional(c) => {}
            '\u{300}' | '\u{301}' if out.ends_with(is_cyrillic) => {}
            '\u{307}' if out.ends_with('i') => {}
            'ß' => out.push_str("ss"),
            _ => out.push(letter(c)),
        }
    }
}

/// Marks that a text may have or lack: soft hyphens, joiners, vowel signs of Arabic and Hebrew,
/// the tatweel that only lengthens a line.
fn is_optional(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{640}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}')
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// The letter or digit that stands for all that are folded with `c`.
fn letter(c: char) -> char {
    match c {
        _ if c < '\u{100}' => c,
        'ı' => 'i',
        'ς' => 'σ',
        'ё' => 'е',
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' | 'ۀ' | 'ە' => 'ه',
        _ => digit(c).unwrap_or(c),
    }
}

/// The first digit of each script whose digits the press uses beside 0 to 9.
const ZEROS: [char; 10] = [
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{e50}', '\u{ed0}',
    '\u{1040}', '\u{17e0}',
];

fn digit(c: char) -> Option<char> {
    let after = |zero: char| u32::from(c).checked_sub(u32::from(zero)).filter(|&value| value < 10);
    ZEROS.iter().find_map(|&zero| char::from_digit(after(zero)?, 10))
}
