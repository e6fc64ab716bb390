//! `sourceline export`: the store in an exchange format.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use clap::Args;
use sourceline_export::{Carried, ClaimStanding, Format, Item, exporter};
use sourceline_store::Store;
use sourceline_wire::Reading;

/// Flags of `export`.
#[derive(Debug, Clone, Args)]
pub struct ExportArgs {
    /// plover, polecat, gdelt-events, gdelt-mentions, acled, csv, hxl, geojson, gexf, graphml, stix, jsonld, timelinejs, parquet-events,
    /// parquet-relations, parquet-claims, parquet-documents, parquet-entities or parquet-chains
    pub format: String,
    /// File to write; standard output when absent
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<std::path::PathBuf>,
}

/// Writes the store at `path`.
pub fn run(args: &ExportArgs, path: &Path, out: &mut dyn std::io::Write) -> Result<()> {
    let format = Format::parse(&args.format)?;
    match &args.output {
        None => write(format, path, out),
        Some(file) => {
            // Written beside and renamed, so that a broken-off export leaves no half file.
            let beside = file.with_extension("part");
            let handle = std::fs::File::create(&beside).with_context(|| format!("can't write {}", beside.display()))?;
            let mut buffered = std::io::BufWriter::new(handle);
            write(format, path, &mut buffered)?;
            std::io::Write::flush(&mut buffered)?;
            std::fs::rename(&beside, file).with_context(|| format!("can't write {}", file.display()))
        }
    }
}

/// Propositions kept at hand while documents are written one after another; the map is emptied when it has as many, so that memory stays bounded.
const KEPT: usize = 20_000;

fn write(format: Format, path: &Path, out: &mut dyn std::io::Write) -> Result<()> {
    let store = Store::open_read(path)?;
    let mut exporter = exporter(format);
    let mut known: BTreeMap<i64, ClaimStanding> = BTreeMap::new();
    if exporter.needs_survey() {
        each(&store, |reading, _| {
            exporter.survey(&Item { reading, standings: &BTreeMap::new() });
            Ok(())
        })?;
    }
    each(&store, |reading, number| {
        let standings = standings(&store, number, &mut known)?;
        Ok(exporter.item(&Item { reading, standings: &standings }, out)?)
    })?;
    exporter.finish(out)?;
    Ok(())
}

/// Every document's reading with the document's number.
fn each(store: &Store, mut take: impl FnMut(&Reading, u64) -> Result<()>) -> Result<()> {
    store.each_reading(|number, body| -> Result<()> {
        let reading: Reading = serde_json::from_slice(&body)
            .with_context(|| format!("document {number} of the store holds no reading"))?;
        take(&reading, number)
    })
}

/// What the store knows of a document's claims.
fn standings(
    store: &Store,
    document: u64,
    known: &mut BTreeMap<i64, ClaimStanding>,
) -> Result<BTreeMap<String, ClaimStanding>> {
    let mut standings = BTreeMap::new();
    for (claim, membership) in store.memberships_of(document)? {
        let number = membership.proposition;
        if !known.contains_key(&number) {
            if known.len() >= KEPT {
                known.clear();
            }
            known.insert(number, standing(store, number)?);
        }
        standings.insert(format!("c{claim}"), known[&number].clone());
    }
    Ok(standings)
}

fn standing(store: &Store, proposition: i64) -> Result<ClaimStanding> {
    let Some(found) = store.proposition(proposition)? else { return Ok(ClaimStanding::default()) };
    Ok(ClaimStanding {
        proposition: format!("p{proposition}"),
        origins: found.view.origins.iter().map(crate::claims::origin_name).collect(),
        contradicts: found.contradicts.iter().map(|link| format!("p{}", link.number)).collect(),
        carried: Carried { claims: found.n_claims, reports: found.view.n_reports, outlets: found.view.n_outlets },
    })
}
