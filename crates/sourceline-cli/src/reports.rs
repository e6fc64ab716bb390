//! `sourceline reports`: the documents of the store and from what each derives.

use std::io::Write;
use std::path::Path;

use sourceline_store::Store;

/// Which documents.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ReportsArgs {
    /// At most so many, the newest stored first (people: 50; --json: all).
    #[arg(long, value_name = "N")]
    pub limit: Option<u32>,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// Prints the documents.
///
/// # Errors
/// When the store cannot be read or the output not be written.
pub fn run(args: &ReportsArgs, store: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = Store::open_read(store)?;
    for line in store.documents(args.limit.or((!args.json).then_some(50)))? {
        if args.json {
            let derives: Vec<serde_json::Value> = line
                .derives
                .iter()
                .map(|(how, from, share, seen)| serde_json::json!({"how": how, "from": from, "share": share, "seen": seen}))
                .collect();
            let value = serde_json::json!({
                "document": line.id, "number": line.number, "outlet": line.outlet, "published": line.published, "title": line.title,
                "input": line.input, "language": line.language, "claims": line.claims, "readings": line.readings, "derives": derives,
            });
            writeln!(out, "{value}")?;
            continue;
        }
        let date = line.published.as_deref().unwrap_or("undated");
        writeln!(
            out,
            "{:>5}  {date:<10}  {}: {}  ({} claims)",
            line.number,
            line.outlet,
            line.title.as_deref().unwrap_or("(no title)"),
            line.claims
        )?;
        for (how, from, _, seen) in &line.derives {
            writeln!(out, "         {how} of {from} ({seen})")?;
        }
    }
    Ok(())
}
