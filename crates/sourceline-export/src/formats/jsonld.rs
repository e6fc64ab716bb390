//! Claims and their sources as JSON-LD with PROV-O: every claim was quoted from the next hop of its chain and had the last one as its
//! primary source.

use std::io::Write;

use serde_json::{Value, json};

use super::Exporter;
use crate::rows::Words;
use crate::{ExportError, Item};

#[derive(Default)]
pub(super) struct JsonLd {
    nodes: usize,
}

/// The context that every document carries, so that it can be read offline.
fn context() -> Value {
    json!({
        "prov": "http://www.w3.org/ns/prov#", "schema": "https://schema.org/", "dcterms": "http://purl.org/dc/terms/",
        "sl": "https://sourceline.example/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}

impl JsonLd {
    fn node(&mut self, node: &Value, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.nodes == 0 {
            write!(out, "{{\"@context\":{},\"@graph\":[\n{node}", context())?;
        } else {
            write!(out, ",\n{node}")?;
        }
        self.nodes += 1;
        Ok(())
    }
}

fn agent(name: &str) -> String {
    let slug: String =
        name.chars().map(|c| if c.is_alphanumeric() { c.to_lowercase().to_string() } else { "-".to_owned() }).collect();
    format!("urn:sourceline:agent:{}", slug.trim_matches('-'))
}

fn claim_node(item: &Item<'_>, words: &Words, claim: &sourceline_wire::Claim) -> Value {
    let document = &item.reading.document;
    let standing = item.standings.get(&claim.id).cloned().unwrap_or_default();
    let hop = |hop: &sourceline_wire::Hop| json!({"@id": agent(&hop.name), "@type": "prov:Agent", "schema:name": hop.name, "sl:role": hop.role, "sl:anonymous": hop.anonymous});
    // A chain is a list of reports inside reports: each one quoted from the next.
    let inner = claim.chain.iter().skip(1).rev().fold(None::<Value>, |inner, next| {
        let mut report = json!({"@type": "prov:Entity", "prov:wasAttributedTo": hop(next)});
        if let Some(inner) = inner {
            report["prov:wasQuotedFrom"] = inner;
        }
        Some(report)
    });
    let mut node = json!({
        "@id": format!("urn:sha256:{}#{}", document.id, claim.id), "@type": ["prov:Entity", "schema:Claim"], "schema:text": claim.statement,
        "schema:appearance": {"@id": format!("urn:sha256:{}", document.id)}, "sl:evidence": words.words(&claim.evidence), "sl:certainty": claim.certainty, "sl:polarity": claim.polarity,
        "sl:kind": claim.kind, "sl:chainBasis": claim.chain_basis, "sl:origin": standing.origins, "sl:origins": standing.origins.len(), "sl:contradicts": standing.contradicts,
    });
    if !standing.proposition.is_empty() {
        node["sl:proposition"] = json!(standing.proposition);
    }
    if let Some(publisher) = claim.chain.first() {
        node["prov:wasAttributedTo"] = hop(publisher);
    }
    if let Some(inner) = inner {
        node["prov:wasQuotedFrom"] = inner;
    }
    if let Some(last) = claim.chain.last().filter(|_| claim.chain.len() > 1) {
        node["prov:hadPrimarySource"] = json!({"@type": "prov:Entity", "prov:wasAttributedTo": hop(last)});
    }
    node
}

impl Exporter for JsonLd {
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        let document = &item.reading.document;
        let mut article = json!({"@id": format!("urn:sha256:{}", document.id), "@type": ["prov:Entity", "schema:NewsArticle"], "sl:report": item.address()});
        let fields = [
            ("schema:url", &document.url),
            ("schema:headline", &document.title),
            ("schema:inLanguage", &document.language),
            ("schema:datePublished", &document.published),
        ];
        for (key, value) in fields {
            if let Some(value) = value {
                article[key] = json!(value);
            }
        }
        if let Some(outlet) = &document.outlet {
            article["schema:publisher"] = json!({"@id": agent(&outlet.name), "@type": "schema:NewsMediaOrganization", "schema:name": outlet.name});
        }
        self.node(&article, out)?;
        let words = Words::of(item.reading);
        for claim in &item.reading.claims {
            self.node(&claim_node(item, &words, claim), out)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.nodes == 0 {
            write!(out, "{{\"@context\":{},\"@graph\":[", context())?;
        }
        writeln!(out, "\n]}}")?;
        Ok(())
    }
}
