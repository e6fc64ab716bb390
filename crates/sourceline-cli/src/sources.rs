//! `sourceline sources`: who is quoted; what one of them said, through whom, alone or not, and who contradicts it.

use std::io::Write;
use std::path::Path;

use sourceline_store::{SourceSays, Store};

use crate::claims::known_as;

/// Which source.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct SourcesArgs {
    /// A source; all of them without a name.
    pub name: Vec<String>,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: u32,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// Prints the sources, or what one of them said.
///
/// # Errors
/// When the store cannot be read or the output not be written.
pub fn run(args: &SourcesArgs, store: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = Store::open_read(store)?;
    if args.name.is_empty() {
        return list(&store, args, out);
    }
    let name = args.name.join(" ");
    let mut said = Vec::new();
    for known in known_as(&name) {
        for says in store.source(&known, args.limit)? {
            if !said.iter().any(|other: &SourceSays| other.proposition.number == says.proposition.number) {
                said.push(says);
            }
        }
    }
    if said.is_empty() && !args.json {
        writeln!(out, "Nobody in the store quotes {name}.")?;
    }
    said.iter().try_for_each(|says| if args.json { json(says, out) } else { people(says, out) })
}

fn list(store: &Store, args: &SourcesArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    for line in store.sources(args.limit)? {
        let behind =
            line.reporter.as_ref().map(|reporter| format!(", behind a report of {reporter}")).unwrap_or_default();
        if args.json {
            let value = serde_json::json!({"name": line.name, "key": line.key, "anonymous": line.anonymous, "reporter": line.reporter, "propositions": line.propositions});
            writeln!(out, "{value}")?;
        } else {
            let mark = if line.anonymous { " (anonymous)" } else { "" };
            writeln!(out, "{:>6}  {}{mark}{behind}", line.propositions, line.name)?;
        }
    }
    Ok(())
}

fn people(says: &SourceSays, out: &mut dyn Write) -> anyhow::Result<()> {
    let proposition = &says.proposition;
    writeln!(out, "p{}  {}", proposition.number, proposition.view.statement)?;
    writeln!(out, "    through {}", says.through.join("; "))?;
    for claim in says.claims.iter().take(3) {
        writeln!(out, "    “{}”", proposition.claims[*claim].claim.evidence)?;
    }
    writeln!(out, "    {}", if says.alone { "nobody else stands behind it" } else { "others stand behind it too" })?;
    for link in &proposition.contradicts {
        writeln!(out, "    contradicted by p{} ({})", link.number, link.kind)?;
    }
    Ok(())
}

fn json(says: &SourceSays, out: &mut dyn Write) -> anyhow::Result<()> {
    let proposition = &says.proposition;
    let words: Vec<&str> = says.claims.iter().map(|claim| proposition.claims[*claim].claim.evidence.as_str()).collect();
    let value = serde_json::json!({
        "id": format!("p{}", proposition.number), "statement": proposition.view.statement, "through": says.through, "evidence": words,
        "alone": says.alone, "report": says.report,
        "contradicts": proposition.contradicts.iter().map(|link| format!("p{}", link.number)).collect::<Vec<_>>(),
    });
    writeln!(out, "{value}")?;
    Ok(())
}
