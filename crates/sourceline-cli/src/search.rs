//! `sourceline search`: claims and reports that hold all the words.

use std::io::Write;
use std::path::Path;

use sourceline_store::Store;

/// What to look for.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct SearchArgs {
    /// Words, English or Arabic; "quoted words" as a phrase.
    #[arg(required = true)]
    pub text: Vec<String>,
    /// At most so many claims and as many reports.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u32,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// Prints what is found, claims first.
///
/// # Errors
/// When the store cannot be read or the output not be written.
pub fn run(args: &SearchArgs, store: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = Store::open_read(store)?;
    let hits = store.search(&args.text.join(" "), args.limit)?;
    if hits.is_empty() && !args.json {
        writeln!(out, "Nothing in the store holds these words.")?;
    }
    for hit in hits {
        let (proposition, statement) = hit.claim.clone().unzip();
        let proposition = proposition.map(|number| format!("p{number}"));
        if args.json {
            let value = serde_json::json!({
                "document": hit.document, "outlet": hit.outlet, "published": hit.published, "title": hit.title, "input": hit.input,
                "proposition": proposition, "statement": statement,
            });
            writeln!(out, "{value}")?;
            continue;
        }
        let date = hit.published.as_deref().unwrap_or("undated");
        match (proposition, statement) {
            (Some(number), Some(statement)) => writeln!(out, "{number:>6}  {statement}  ({}, {date})", hit.outlet)?,
            _ => writeln!(
                out,
                "report  {}  ({}, {date}; {})",
                hit.title.as_deref().unwrap_or("(no title)"),
                hit.outlet,
                hit.input
            )?,
        }
    }
    Ok(())
}
