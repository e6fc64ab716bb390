//! What kind of file some bytes are.

use crate::{IntakeError, Loaded};

/// Bytes looked at.
const HEAD: usize = 4096;

/// Most control characters in a text, as a share of its first bytes; real texts have next to none, binary data about a tenth.
const MAX_CONTROL_SHARE: f64 = 0.02;

/// Formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A web page.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

/// First bytes of formats that are not read.
const MAGIC: [(&[u8], &str); 14] = [
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a sound, film or picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"ID3", "a sound"),
    (b"{\\rtf", "an RTF document"),
];

/// Says how `loaded` is to be read.
///
/// # Errors
/// When it is no text. A PDF is recognised whatever it is called.
pub(crate) fn sniff(loaded: &Loaded) -> Result<Kind, IntakeError> {
    let bytes = loaded.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&loaded.bytes);
    let head = &bytes[..bytes.len().min(HEAD)];
    let refuse = |what| Err(IntakeError::NotText { input: loaded.input.clone(), what });
    if is_pdf(head) {
        return refuse("a PDF file");
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return refuse(what);
    }
    if !crate::encoding::is_utf16(bytes) && is_binary(head) {
        return refuse("binary data");
    }
    Ok(kind_of_text(loaded, head))
}

/// A PDF begins with `%PDF-` and its version, sometimes after some foreign bytes; a text that only speaks of it is clean UTF-8.
fn is_pdf(head: &[u8]) -> bool {
    if head.trim_ascii_start().starts_with(b"%PDF-") {
        return true;
    }
    let early = &head[..head.len().min(1024)];
    let marked = early.windows(6).any(|window| window.starts_with(b"%PDF-") && window[5].is_ascii_digit());
    marked && (std::str::from_utf8(early).is_err() || is_binary(head))
}

fn is_binary(head: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(**byte, 0..=8 | 14..=26 | 28..=31 | 127);
    let count = head.iter().filter(control).count();
    count > 3 && (head.contains(&0) || count as f64 > MAX_CONTROL_SHARE * head.len() as f64)
}

fn kind_of_text(loaded: &Loaded, head: &[u8]) -> Kind {
    let text = String::from_utf8_lossy(head).replace('\0', "").to_lowercase();
    let ending = loaded.input.rsplit('.').next().unwrap_or("").to_lowercase();
    if looks_like_html(&text) {
        return Kind::Html;
    }
    match loaded.media_type.as_deref() {
        Some("text/html" | "application/xhtml+xml") => return Kind::Html,
        Some("text/markdown") => return Kind::Markdown,
        _ => {}
    }
    match ending.as_str() {
        "html" | "htm" | "xhtml" => Kind::Html,
        "md" | "markdown" => Kind::Markdown,
        _ if text.starts_with("---\n") && text[4..].contains("\n---") => Kind::Markdown,
        _ => Kind::Text,
    }
}

/// Whether a text opens as a page does, comments and an XML declaration aside.
fn looks_like_html(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let skipped = if rest.starts_with("<!--") {
            rest.split_once("-->").map(|(_, after)| after)
        } else if rest.starts_with("<?xml") {
            rest.split_once("?>").map(|(_, after)| after)
        } else {
            None
        };
        match skipped {
            Some(after) => rest = after.trim_start(),
            None => break,
        }
    }
    const OPENINGS: [&str; 12] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<div",
        "<p>",
        "<p ",
        "<article",
        "<main",
        "<meta",
        "<title",
        "<table",
    ];
    OPENINGS.iter().any(|opening| rest.starts_with(opening))
}
