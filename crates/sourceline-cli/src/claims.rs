//! `sourceline claims`: what the store holds, one proposition after the other, with who is really behind it.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use console::style;
use sourceline_knowledge::{Hints, Knowledge};
use sourceline_store::{Filter, Store, StoredClaim, StoredProposition};
use sourceline_wire as wire;

/// Propositions shown to people when no number is asked for.
const SHOWN: u32 = 20;

/// What to show.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ClaimsArgs {
    /// Words that the claim must hold; "quoted words" as a phrase.
    pub text: Vec<String>,
    /// About this person, body, group or place.
    #[arg(long, value_name = "ENTITY")]
    pub about: Option<String>,
    /// Said or passed on by this source.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Happening at this place.
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Published on or after this date (2025, 2025-01 or 2025-01-08).
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Published on or before this date.
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// With at least so many independent origins.
    #[arg(long, value_name = "N")]
    pub min_origins: Option<u32>,
    /// Only what others contradict.
    #[arg(long)]
    pub contradicted: bool,
    /// At most so many (people: 20; --json: all).
    #[arg(long, value_name = "N")]
    pub limit: Option<u32>,
    /// Say why claims were put together or kept apart.
    #[arg(long)]
    pub explain: bool,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// Prints the propositions that the arguments ask for.
///
/// # Errors
/// When the store cannot be read, a date not be understood, or the output not be written.
pub fn run(args: &ClaimsArgs, store: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = Store::open_read(store)?;
    let numbers = store.select(&filter(args)?)?;
    if numbers.is_empty() && !args.json {
        writeln!(out, "No claim in the store fits.")?;
    }
    let first = numbers.first().copied();
    for number in numbers {
        let Some(proposition) = store.proposition(number)? else { continue };
        if args.json {
            serde_json::to_writer(&mut *out, &to_wire(&proposition))?;
            writeln!(out)?;
        } else {
            print(&proposition, out)?;
            if args.explain {
                explain(&store, &proposition, out)?;
            }
            writeln!(out)?;
        }
    }
    if let Some(first) = first.filter(|_| !args.json) {
        writeln!(
            out,
            "{}",
            style(format!("sourceline chain p{first} shows every path down to the origins, with the words")).dim()
        )?;
    }
    Ok(())
}

fn filter(args: &ClaimsArgs) -> anyhow::Result<Filter> {
    let names = |name: &Option<String>| name.as_deref().map(known_as).unwrap_or_default();
    let day = |date: &Option<String>, last: bool| -> anyhow::Result<Option<i32>> {
        let Some(date) = date else { return Ok(None) };
        let range = sourceline_corroborate::day_range(date)
            .with_context(|| format!("cannot read the date {date}: write 2025, 2025-01 or 2025-01-08"))?;
        Ok(if last { range.to } else { range.from })
    };
    Ok(Filter {
        about: names(&args.about),
        source: names(&args.source),
        place: names(&args.place),
        from: day(&args.from, false)?,
        to: day(&args.to, true)?,
        min_origins: args.min_origins,
        contradicted: args.contradicted,
        text: (!args.text.is_empty()).then(|| args.text.join(" ")),
        limit: args.limit.or((!args.json).then_some(SHOWN)),
    })
}

/// A name as given and the key of what it stands for.
pub fn known_as(name: &str) -> Vec<String> {
    let found = Knowledge::embedded().find_best(name, &Hints::default()).map(|found| found.key);
    std::iter::once(name.to_string()).chain(found).collect()
}

/// A proposition as it goes over the wire.
pub fn to_wire(proposition: &StoredProposition) -> wire::Proposition {
    let view = &proposition.view;
    let names = |pairs: &[(String, String)]| pairs.iter().map(|(_, name)| name.clone()).collect();
    wire::Proposition {
        id: format!("p{}", proposition.number),
        statement: view.statement.clone(),
        kind: view.kind.clone(),
        event_type: view.event_type.clone(),
        mode: view.mode.clone(),
        actors: names(&view.actors),
        places: names(&view.places),
        time: view.time.clone(),
        supports: proposition.claims.iter().map(support).collect(),
        origins: view.origins.iter().map(origin).collect(),
        n_reports: view.n_reports,
        n_outlets: view.n_outlets,
        n_origins: view.origins.len(),
        contradicts: proposition.contradicts.iter().map(|link| format!("p{}", link.number)).collect(),
    }
}

fn support(stored: &StoredClaim) -> wire::Support {
    let hop = |hop: &sourceline_corroborate::HopRecord| wire::Hop {
        role: hop.role.clone(),
        name: hop.party.name.clone(),
        entity: None,
        anonymous: hop.party.anonymous,
        evidence: Vec::new(),
        attribution: None,
    };
    let claim = &stored.claim;
    wire::Support {
        document: stored.document.id.clone(),
        input: stored.document.input.clone(),
        outlet: Some(stored.document.outlet.name.clone()).filter(|name| !name.is_empty()),
        published: stored.document.published.clone(),
        evidence: claim.evidence.clone(),
        chain: claim.chain.iter().map(hop).collect(),
        certainty: claim.certainty.clone(),
        polarity: if claim.negative || stored.denies { "negative" } else { "positive" }.to_string(),
    }
}

fn origin(origin: &sourceline_corroborate::Origin) -> wire::Origin {
    wire::Origin {
        name: origin_name(origin),
        anonymous: origin.anonymous,
        outlet: origin.outlet.clone(),
        supports: origin.supports.len(),
    }
}

/// The name of an origin; a state by its name and not by its code.
pub fn origin_name(origin: &sourceline_corroborate::Origin) -> String {
    let knowledge = Knowledge::embedded();
    let code = origin.key.strip_prefix("sl:").and_then(|rest| rest.strip_suffix("/government"));
    let state = code.and_then(|code| knowledge.state(code)).map(|state| format!("government of {}", state.name));
    state.filter(|_| origin.name.starts_with("government of ")).unwrap_or_else(|| origin.name.clone())
}

/// Prints a proposition for people.
///
/// # Errors
/// When the output cannot be written.
pub fn print(proposition: &StoredProposition, out: &mut dyn Write) -> std::io::Result<()> {
    let view = &proposition.view;
    writeln!(out, "p{}  {}", proposition.number, style(&view.statement).bold())?;
    let count = |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    let origins = match view.origins.len() {
        0 => "no origin that counts".to_string(),
        n => count(n, "independent origin", "independent origins"),
    };
    writeln!(
        out,
        "    carried by {} in {}; {}{}",
        count(view.n_outlets, "outlet", "outlets"),
        count(view.n_reports, "report", "reports"),
        style(origins).bold(),
        names(view)
    )?;
    for line in hands(proposition) {
        writeln!(out, "      {line}")?;
    }
    if proposition.n_claims > proposition.claims.len() {
        writeln!(out, "    … and {} more claims", proposition.n_claims - proposition.claims.len())?;
    }
    for link in &proposition.contradicts {
        writeln!(out, "    contradicted by p{} ({})", link.number, link.kind)?;
    }
    Ok(())
}

/// Through whose hands each report has it, the same hands of one report once.
fn hands(proposition: &StoredProposition) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for stored in &proposition.claims {
        let hops: Vec<&str> = stored.claim.chain.iter().skip(1).map(|hop| hop.party.name.as_str()).collect();
        let mark = if stored.denies { "denied: " } else { "" };
        let date = stored.document.published.as_deref().unwrap_or("undated");
        let from = if hops.is_empty() { ", in its own voice".to_string() } else { format!(" < {}", hops.join(" < ")) };
        let line = format!("{date:<10}  {mark}{}{from}", stored.document.outlet.name);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn names(view: &sourceline_corroborate::Proposition) -> String {
    let names: Vec<String> = view
        .origins
        .iter()
        .map(|origin| match (&origin.basis, origin.speakers.is_empty()) {
            (sourceline_corroborate::OriginBasis::Reporter, false) => {
                format!("{} ({})", origin.name, origin.speakers.join("; "))
            }
            _ => origin_name(origin),
        })
        .collect();
    if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) }
}

fn explain(store: &Store, proposition: &StoredProposition, out: &mut dyn Write) -> anyhow::Result<()> {
    let own: Vec<&StoredClaim> = proposition.claims.iter().filter(|claim| !claim.denies).collect();
    for (at, other, together, why) in store.explain(proposition)? {
        let verb = if together { "stands with" } else { "was kept apart from" };
        writeln!(out, "    [{}] {}\n      {verb}: {other}", own[at].document.outlet.name, own[at].claim.evidence)?;
        let features: Vec<String> = why
            .features
            .iter()
            .filter(|f| f.adds != 0.0)
            .map(|f| format!("{} {:.2} ({:+.1})", f.name, f.value, f.adds))
            .collect();
        let threshold = sourceline_corroborate::GROUP_THRESHOLD;
        writeln!(
            out,
            "      score {:.1}, threshold {threshold:.1}: start {:+.1}, {}",
            why.score,
            why.base,
            features.join(", ")
        )?;
    }
    Ok(())
}
