//! `sourceline export`: the store in an exchange format.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use clap::Args;
use sourceline_export::{ClaimStanding, Format, Item, exporter};
use sourceline_store::Store;
use sourceline_wire::Reading;

/// Flags of `export`.
#[derive(Debug, Clone, Args)]
pub struct ExportArgs {
    /// plover, polecat, gdelt-events, gdelt-mentions, acled, csv, hxl, geojson, gexf, graphml, stix, jsonld, timelinejs, parquet-events,
    /// parquet-relations, parquet-claims or parquet-documents
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

fn write(format: Format, path: &Path, out: &mut dyn std::io::Write) -> Result<()> {
    let store = Store::open_read(path)?;
    let mut exporter = exporter(format);
    let memberships = store.memberships()?;
    let mut known: BTreeMap<i64, ClaimStanding> = BTreeMap::new();
    store.each_reading(|number, body| -> Result<()> {
        let reading: Reading = serde_json::from_slice(&body)
            .with_context(|| format!("document {number} of the store holds no reading"))?;
        let mut standings = BTreeMap::new();
        for claim in &reading.claims {
            let own = claim.id.trim_start_matches('c').parse().unwrap_or(0);
            if let Some(membership) = memberships.get(&(number, own)) {
                let standing = match known.get(&membership.proposition) {
                    Some(standing) => standing.clone(),
                    None => {
                        let standing = standing(&store, membership.proposition)?;
                        known.insert(membership.proposition, standing.clone());
                        standing
                    }
                };
                standings.insert(claim.id.clone(), standing);
            }
        }
        exporter.item(&Item { reading: &reading, standings: &standings }, out)?;
        Ok(())
    })?;
    exporter.finish(out)?;
    Ok(())
}

fn standing(store: &Store, proposition: i64) -> Result<ClaimStanding> {
    let Some(found) = store.proposition(proposition)? else { return Ok(ClaimStanding::default()) };
    Ok(ClaimStanding {
        proposition: format!("p{proposition}"),
        origins: found.view.origins.iter().map(|origin| origin.name.clone()).collect(),
        contradicts: found.contradicts.iter().map(|link| format!("p{}", link.number)).collect(),
    })
}
