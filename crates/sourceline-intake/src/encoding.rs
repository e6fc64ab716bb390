//! Bytes to text: byte-order marks, declared encodings, and what the bytes themselves say when the declaration is wrong.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use sourceline_model::Note;

/// Bytes in which a page's declaration is looked for (the HTML standard's 1024, and some for pages that begin with comments).
const DECLARATION: usize = 4096;

/// A text and what should be known of its decoding.
pub(crate) struct Decoded {
    pub text: String,
    pub notes: Vec<Note>,
}

/// Decodes `bytes`; `declared` is the server's word, a page's own is looked for when `html` is set.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>, html: bool) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[length..], Vec::new());
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(encoding, bytes, Vec::new());
    }
    let by_page = if html { declaration(bytes) } else { None };
    let declared = declared.or(by_page.as_deref()).and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Ok(text) = std::str::from_utf8(bytes) {
        let wrong =
            declared.filter(|&encoding| encoding != UTF_8 && encoding.is_ascii_compatible() && !text.is_ascii());
        let notes = wrong.map(|encoding| wrong_note(encoding, UTF_8)).into_iter().collect();
        return Decoded { text: text.to_owned(), notes };
    }
    let guess = guess(bytes);
    match declared {
        Some(encoding) if encoding != UTF_8 && fits(encoding, bytes, guess) => decode_as(encoding, bytes, Vec::new()),
        _ if is_damaged_utf8(bytes) => decode_as(UTF_8, bytes, Vec::new()),
        Some(encoding) if encoding != guess => decode_as(guess, bytes, vec![wrong_note(encoding, guess)]),
        _ => decode_as(guess, bytes, Vec::new()),
    }
}

/// Whether bytes without a mark are UTF-16, or have the mark.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    let marked = Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8);
    marked || utf16_without_mark(bytes).is_some()
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], mut notes: Vec<Note>) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged {
        let count = text.matches('\u{fffd}').count();
        let message = format!("{count} damaged characters of the {} text were replaced by \u{fffd}.", encoding.name());
        notes.push(Note::new("invalid-utf8", message));
    }
    Decoded { text: text.into_owned(), notes }
}

fn wrong_note(declared: &'static Encoding, used: &'static Encoding) -> Note {
    let message = format!("The declared encoding {} is wrong; the text was read as {}.", declared.name(), used.name());
    Note::new("wrong-encoding", message)
}

/// What the bytes look like.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether a declared encoding may be believed. Western ones decode anything, so their letters must look Western.
fn fits(encoding: &'static Encoding, bytes: &[u8], guess: &'static Encoding) -> bool {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged {
        return false;
    }
    if encoding == guess || encoding != WINDOWS_1252 {
        return true;
    }
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let accented = text.chars().filter(|letter| letter.is_alphabetic() && !letter.is_ascii()).count();
    // German, French and Icelandic texts stay below a fifth; Cyrillic or Arabic bytes read as Western are nearly all accented.
    accented * 10 < letters * 3
}

/// Whether `bytes` are UTF-8 with a few damaged places, rather than another encoding.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    whole > 2 * damaged || (whole == 0 && never_in_text(bytes))
}

/// Whether the odd bytes of an otherwise ASCII text are mostly ones that hardly occur in any encoding of words.
fn never_in_text(bytes: &[u8]) -> bool {
    let odd = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let never = bytes.iter().filter(|byte| matches!(byte, 0xfe | 0xff | 0xc0 | 0xc1)).count();
    never * 2 >= odd
}

/// UTF-16 without a mark: nearly every other byte of a text in a Western script is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count() * 10;
    let pairs = head.len() / 2;
    match (zeros(0) > 4 * pairs, zeros(1) > 4 * pairs) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding a page declares: `<meta charset=…>`, `<meta … content="…; charset=…">`, `<?xml … encoding="…"?>`.
fn declaration(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_lowercase();
    let label = |after: &str| {
        let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(value.len());
        (end > 0).then(|| value[..end].to_owned())
    };
    let meta = head.match_indices("<meta").find_map(|(at, _)| {
        let tag = head[at..].split('>').next()?;
        label(tag.split_once("charset")?.1)
    });
    meta.or_else(|| label(head.strip_prefix("<?xml")?.split("?>").next()?.split_once("encoding")?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(decoded: &Decoded) -> Vec<&'static str> {
        decoded.notes.iter().map(|note| note.code).collect()
    }

    #[test]
    fn cyrillic_declared_as_western_is_seen_through() {
        let text = "Войска покинули город на рассвете, сообщили двое жителей. Министерство это отрицает.";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(text);
        let decoded = decode(&bytes, Some("iso-8859-1"), false);
        assert_eq!(decoded.text, text);
        assert_eq!(codes(&decoded), ["wrong-encoding"]);
        let declared = decode(&bytes, Some("windows-1251"), false);
        assert_eq!((declared.text.as_str(), codes(&declared)), (text, vec![]));
    }

    #[test]
    fn western_text_declared_as_utf8_is_seen_through() {
        let page =
            b"<html><head><meta charset=\"utf-8\"></head><p>Le pr\xe9fet a \xe9t\xe9 relev\xe9 de ses fonctions.</p>";
        let decoded = decode(page, None, true);
        assert!(decoded.text.contains("Le préfet a été relevé"), "{}", decoded.text);
        assert_eq!(codes(&decoded), ["wrong-encoding"]);
    }

    #[test]
    fn damaged_utf8_is_replaced_and_noted() {
        let decoded = decode(
            "“Nous avons été là”, dit-il.\u{2014}".as_bytes().split_last().map_or(&[], |(_, rest)| rest),
            None,
            false,
        );
        assert!(decoded.text.starts_with("“Nous avons été là”"));
        assert!(decoded.text.ends_with('\u{fffd}'));
        assert_eq!(codes(&decoded), ["invalid-utf8"]);
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let little: Vec<u8> = "Troops left.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&little, None, false).text, "Troops left.");
        let marked: Vec<u8> =
            [0xfe, 0xff].into_iter().chain("Troops left.".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(decode(&marked, None, false).text, "Troops left.");
    }

    #[test]
    fn declarations_are_found_in_their_three_places() {
        assert_eq!(declaration(b"<meta charset='KOI8-R'>").as_deref(), Some("koi8-r"));
        let long = b"<META http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1256\">";
        assert_eq!(declaration(long).as_deref(), Some("windows-1256"));
        assert_eq!(
            declaration(b"<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><html>").as_deref(),
            Some("iso-8859-2")
        );
        assert_eq!(declaration(b"<p>charset=utf-8</p>"), None);
    }
}
