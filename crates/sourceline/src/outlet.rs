//! Who the outlet of a document is.

use sourceline_knowledge::{Knowledge, Outlet as Known};
use sourceline_model::{Document, Outlet, OutletBasis};

/// Links the outlet of `document` to the knowledge base: by its name, else by the host of its address, which then also names it.
pub(crate) fn link(document: &mut Document, knowledge: &Knowledge) {
    let by_address = document.url.as_deref().and_then(|url| knowledge.outlet_by_domain(url));
    match &mut document.outlet {
        None => document.outlet = by_address.map(|known| named(knowledge, known)),
        Some(outlet) if outlet.basis == OutletBasis::Domain => {
            if let Some(known) = by_address {
                *outlet = named(knowledge, known);
            }
        }
        Some(outlet) => outlet.kb = knowledge.outlet_by_name(&outlet.name).map(|known| known.key.to_string()),
    }
}

/// A known outlet, found by its address.
fn named(knowledge: &Knowledge, known: &Known) -> Outlet {
    let name = knowledge.get(&known.key).map_or_else(|| known.key.to_string(), |thing| thing.name.to_string());
    Outlet { name, basis: OutletBasis::Domain, kb: Some(known.key.to_string()) }
}
