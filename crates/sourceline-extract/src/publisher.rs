//! The first hop of every chain: the outlet of the document.
//!
//! In: a `Document`. Out: a `Hop`.

use sourceline_model::{Document, Hop, HopRole};

/// The first hop: the outlet, else the host of the address, else the bare name of the file that was given.
pub fn publisher(document: &Document) -> Hop {
    let name = document
        .outlet
        .as_ref()
        .map(|outlet| outlet.name.clone())
        .or_else(|| document.url.as_deref().and_then(host))
        .or_else(|| host(&document.input))
        .unwrap_or_else(|| file_name(&document.input));
    Hop { role: HopRole::Publisher, name, entity: None, anonymous: false, evidence: Vec::new(), attribution: None }
}

/// The host of an address, without "www.", account and port.
fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim_start_matches("www.");
    (!host.is_empty()).then(|| host.to_owned())
}

/// The last part of a path, of either style; the whole where it has none.
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path).to_owned()
}
