//! `sourceline chain`: every path from the outlets down to the origins of a proposition, with the words.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use sourceline_pictures::{ChainHop, ChainPath, chain_svg};
use sourceline_store::{Store, StoredClaim, StoredProposition};

use crate::picture::PictureArgs;

/// Which proposition.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ChainArgs {
    /// The number of a proposition, such as p12 (see `sourceline claims`).
    pub proposition: String,
    /// A JSON object with the tree.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub picture: PictureArgs,
}

/// Prints the tree of a proposition.
///
/// # Errors
/// When there is no such proposition, the store cannot be read, or the output not be written.
pub fn run(args: &ChainArgs, store: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let digits = args.proposition.trim_start_matches(['p', 'P']);
    let number: i64 =
        digits.parse().with_context(|| format!("{} is no proposition: write p and its number", args.proposition))?;
    let store = Store::open_read(store)?;
    let Some(proposition) = store.proposition(number)? else { bail!("there is no proposition p{number} in the store") };
    if args.picture.wanted() {
        args.picture.save(&chain_svg(&proposition.view.statement, &paths(&proposition)))?;
    }
    if args.json { json(&proposition, out) } else { people(&proposition, out) }
}

/// The hands of each claim as they are drawn.
fn paths(proposition: &StoredProposition) -> Vec<ChainPath> {
    let path = |claim: &StoredClaim| ChainPath {
        hops: claim
            .claim
            .chain
            .iter()
            .map(|hop| ChainHop { name: hop.party.name.clone(), anonymous: hop.party.anonymous })
            .collect(),
        denies: claim.denies,
    };
    proposition.claims.iter().map(path).collect()
}

/// Chains from the origin outwards: the last hop first, the outlet last.
#[derive(Default)]
struct Node<'p> {
    next: BTreeMap<String, Node<'p>>,
    claims: Vec<&'p StoredClaim>,
}

impl<'p> Node<'p> {
    fn put(&mut self, names: &[String], claim: &'p StoredClaim) {
        match names.split_first() {
            Some((first, rest)) => self.next.entry(first.clone()).or_default().put(rest, claim),
            None => self.claims.push(claim),
        }
    }

    fn print(&self, depth: usize, out: &mut dyn Write) -> std::io::Result<()> {
        let indent = "  ".repeat(depth);
        for claim in &self.claims {
            let date = claim.document.published.as_deref().unwrap_or("undated");
            writeln!(out, "{indent}“{}”  ({date}, {})", claim.claim.evidence, claim.claim.certainty)?;
        }
        for (name, node) in &self.next {
            writeln!(out, "{indent}└ {name}")?;
            node.print(depth + 1, out)?;
        }
        Ok(())
    }
}

/// The hops of a claim from the source to the outlet, those followed in other documents included.
fn path(claim: &StoredClaim) -> Vec<String> {
    let mark = |anonymous: bool| if anonymous { " (anonymous)" } else { "" };
    let own = claim.claim.chain.iter().map(|hop| format!("{}{}", hop.party.name, mark(hop.party.anonymous)));
    let mut names: Vec<String> = own.chain(claim.beyond.iter().cloned()).collect();
    names.reverse();
    names
}

fn people(proposition: &StoredProposition, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "p{}  {}", proposition.number, proposition.view.statement)?;
    for (at, origin) in proposition.view.origins.iter().enumerate() {
        writeln!(out, "origin {}: {}", at + 1, crate::claims::origin_name(origin))?;
        tree(proposition.claims.iter().filter(|claim| claim.origin == Some(at) && !claim.denies), out)?;
    }
    let mut reasons: BTreeMap<&str, Vec<&StoredClaim>> = BTreeMap::new();
    for claim in proposition.claims.iter().filter(|claim| claim.origin.is_none() || claim.denies) {
        reasons.entry(claim.why_not.as_deref().unwrap_or("unknown")).or_default().push(claim);
    }
    for (reason, claims) in reasons {
        writeln!(out, "does not count: {reason}")?;
        tree(claims.into_iter(), out)?;
    }
    for link in &proposition.contradicts {
        writeln!(out, "contradicted by p{} ({})", link.number, link.kind)?;
    }
    Ok(())
}

fn tree<'p>(claims: impl Iterator<Item = &'p StoredClaim>, out: &mut dyn Write) -> std::io::Result<()> {
    let mut root = Node::default();
    for claim in claims {
        root.put(&path(claim), claim);
    }
    root.print(1, out)
}

fn json(proposition: &StoredProposition, out: &mut dyn Write) -> anyhow::Result<()> {
    let claim = |claim: &StoredClaim| {
        serde_json::json!({
            "input": claim.document.input, "outlet": claim.document.outlet.name, "published": claim.document.published,
            "evidence": claim.claim.evidence, "path": path(claim), "beyond": claim.beyond, "certainty": claim.claim.certainty,
            "denies": claim.denies, "why_not": claim.why_not,
        })
    };
    let of = |at: Option<usize>| -> Vec<serde_json::Value> {
        proposition.claims.iter().filter(|c| if c.denies { at.is_none() } else { c.origin == at }).map(claim).collect()
    };
    let origins: Vec<serde_json::Value> = proposition
        .view
        .origins
        .iter()
        .enumerate()
        .map(|(at, origin)| serde_json::json!({"name": crate::claims::origin_name(origin), "basis": origin.basis, "speakers": origin.speakers, "claims": of(Some(at))}))
        .collect();
    let tree = serde_json::json!({
        "id": format!("p{}", proposition.number), "statement": proposition.view.statement, "origins": origins, "uncounted": of(None),
        "contradicts": proposition.contradicts.iter().map(|link| serde_json::json!({"id": format!("p{}", link.number), "kind": link.kind})).collect::<Vec<_>>(),
    });
    serde_json::to_writer(&mut *out, &tree)?;
    writeln!(out)?;
    Ok(())
}
