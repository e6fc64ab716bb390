//! Files, pages, addresses and standard input to clean documents.
//!
//! In: an [`Input`] and what the user [`Given`]. Out: a [`Document`]: cleaned UTF-8 text in paragraphs, with title, byline, outlet, date,
//! language and address as far as they are known, each with its basis, and what was taken out. Unknown stays unknown.
//! [`load`] is the only function that touches files or the network. Main text of pages: `dom_smoothie` (chosen over `trafilatura`
//! on the pages under `tests/pages`: same text, paragraphs kept, ten to thirty times as fast).
//! Not here: sentences, words, anything read in the text itself beyond header lines and a date line.

mod dates;
mod encoding;
mod error;
mod fetch;
mod furniture;
mod html;
mod inputs;
mod kind;
mod language;
mod markdown;
mod text;

use sha2::{Digest, Sha256};
use sourceline_model::{Basis, Document, Note, Outlet, OutletBasis, Published};

pub use dates::{date_in_path, edtf};
pub use error::IntakeError;
pub use fetch::{Limits, Loaded, load};
pub use furniture::furniture;
pub use inputs::{Input, expand};
pub use language::language;

use kind::Kind;

/// What the user says about a document; it wins over what the document says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Publication date, EDTF.
    pub published: Option<String>,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
}

/// What one format's reader finds, before the user's word and the rules for all formats are applied.
#[derive(Debug, Default)]
struct Found {
    title: Option<String>,
    byline: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    language: Option<String>,
    published: Option<Published>,
    /// The document says that its date is unknown: nothing is inferred.
    date_unknown: bool,
    /// The page says that it is not free to read.
    not_free: bool,
    paragraphs: Vec<String>,
    removed: Vec<sourceline_model::Removed>,
    notes: Vec<Note>,
}

/// Reads a document to be understood: header lines and furniture are taken out, and the text is set in paragraphs.
///
/// # Errors
/// When the bytes are no text: a PDF file, a picture, an archive, binary data.
pub fn read(loaded: &Loaded, given: &Given) -> Result<Document, IntakeError> {
    let kind = kind::sniff(loaded)?;
    let decoded = encoding::decode(&loaded.bytes, loaded.charset.as_deref(), kind == Kind::Html);
    let mut found = match kind {
        Kind::Html => html::read(&decoded.text, loaded.url.as_deref()),
        Kind::Markdown => markdown::read(&decoded.text),
        Kind::Text => text::read(&decoded.text),
    };
    found.notes.splice(0..0, decoded.notes);
    let (paragraphs, removed) = furniture(std::mem::take(&mut found.paragraphs));
    found.paragraphs = paragraphs;
    found.removed.extend(removed);
    Ok(finish(found, loaded, given))
}

/// Reads a text to be analysed as it stands: only decoded, nothing taken out. Pages are read as by [`read`].
///
/// # Errors
/// As [`read`].
pub fn plain(loaded: &Loaded, given: &Given) -> Result<Document, IntakeError> {
    if kind::sniff(loaded)? == Kind::Html {
        return read(loaded, given);
    }
    let decoded = encoding::decode(&loaded.bytes, loaded.charset.as_deref(), false);
    let text = decoded.text.trim_start_matches('\u{feff}').to_owned();
    Ok(Document {
        id: id(&text),
        input: loaded.input.clone(),
        language: given.language.clone().or_else(|| language(&text)),
        text,
        notes: decoded.notes,
        ..Default::default()
    })
}

/// Hex SHA-256 of a cleaned text: the id of its document.
pub fn id(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Puts together what was found and what was given.
fn finish(found: Found, loaded: &Loaded, given: &Given) -> Document {
    let text = found.paragraphs.join("\n\n");
    let url = given.url.clone().or(found.url).or_else(|| loaded.url.clone());
    let outlet = outlet(given, found.outlet, url.as_deref());
    let published = given
        .published
        .as_ref()
        .map(|edtf| Published { edtf: edtf.clone(), basis: Basis::Given })
        .or(found.published)
        .or_else(|| date_in_path(url.as_deref()?).filter(|_| !found.date_unknown));
    let declared = given.language.clone().or(found.language);
    let mut notes = found.notes;
    if text.is_empty() {
        notes.push(Note::new("no-text", "Nothing to read was found in the input."));
    }
    if is_stub(&found.removed, found.not_free, &text) {
        let message = "The page shows only the beginning of the report; the rest is for subscribers.";
        notes.push(Note::new("paywall", message));
    }
    if published.is_none() && !text.is_empty() {
        notes.push(Note::new("undated-document", "The document gives no publication date; relative times stay open."));
    }
    Document {
        id: id(&text),
        input: loaded.input.clone(),
        url,
        outlet,
        title: found.title,
        byline: found.byline,
        language: given.language.clone().or_else(|| language(&text)).or(declared),
        published,
        text,
        removed: found.removed,
        notes,
    }
}

/// Most words of a page that breaks off at a subscription wall.
const STUB_WORDS: usize = 250;

/// Whether a text breaks off at a subscription wall: it is short, and the page says so or asks to subscribe.
fn is_stub(removed: &[sourceline_model::Removed], not_free: bool, text: &str) -> bool {
    let asked = removed.iter().any(|removed| removed.why == "paywall" && removed.text.contains(' '));
    (asked || not_free) && text.split_whitespace().nth(STUB_WORDS).is_none()
}

/// The outlet by the user's word, the document's, or the host of its address.
fn outlet(given: &Given, found: Option<String>, url: Option<&str>) -> Option<Outlet> {
    let named = |name: String, basis| Outlet { name, basis, kb: None };
    let by_user = given.outlet.clone().map(|name| named(name, OutletBasis::Given));
    let by_document = || found.map(|name| named(name, OutletBasis::Metadata));
    let by_host = || host(url?).map(|host| named(host, OutletBasis::Domain));
    by_user.or_else(by_document).or_else(by_host)
}

/// Host of a web address without `www.`, in lower case.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.') && !host.is_empty()).then(|| host.to_owned())
}
