//! `sourceline network`: who stands how to whom at a date, and what changed since another.

use std::path::Path;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};
use sourceline_model::RelationKind;
use sourceline_pictures::{NetworkEdge, NetworkPanel, network_svg};
use sourceline_situation::{
    Bounds, Centralities, Difference, DifferenceKind, FluentId, Network, Standing, Status, Trust, components,
};

use crate::picture::PictureArgs;
use crate::situation::{Loaded, TrustArgs, day};

/// Flags of `network`.
#[derive(Debug, Clone, Args)]
pub struct NetworkArgs {
    /// The date: 2024-11-27, 2024-11 or 2024 (a month or year stands for its last day)
    #[arg(long, value_name = "DATE")]
    pub at: String,
    /// Show what changed from the date of --at to this one
    #[arg(long, value_name = "DATE")]
    pub diff: Option<String>,
    /// Only relations of this person, body or place
    #[arg(long, value_name = "NAME")]
    pub about: Option<String>,
    /// Keep forces and offices apart from the state that they are part of
    #[arg(long)]
    pub parts: bool,
    /// Add how central everybody is, and the parts that hang together
    #[arg(long)]
    pub centrality: bool,
    /// JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub picture: PictureArgs,
    #[command(flatten)]
    pub trust: TrustArgs,
}

/// Prints the network of the store at `path`.
pub fn run(args: &NetworkArgs, path: &Path, out: &mut dyn std::io::Write) -> Result<()> {
    let loaded = Loaded::from_store(path, args.parts)?;
    let trust = args.trust.trust()?;
    let at = day(&args.at)?;
    if args.picture.wanted() {
        let later = args.diff.as_deref().map(day).transpose()?;
        let dates = [Some(at), later];
        let panels: Vec<NetworkPanel> =
            dates.into_iter().flatten().map(|date| panel(&loaded, args, date, &trust)).collect::<Result<_>>()?;
        args.picture.save(&network_svg("Network", &panels))?;
    }
    match &args.diff {
        Some(later) => difference(&loaded, args, (at, day(later)?), &trust, out),
        None => state(&loaded, args, at, &trust, out),
    }
}

/// The network of a date as it is drawn.
fn panel(loaded: &Loaded, args: &NetworkArgs, at: sourceline_situation::Day, trust: &Trust) -> Result<NetworkPanel> {
    let about = args.about.as_deref().map(|name| loaded.actor(name)).transpose()?;
    let shown = loaded.situation.state(&loaded.input, at, trust);
    let fluents = shown.iter().map(|(id, status)| (loaded.situation.fluent(*id), *status));
    let edges =
        fluents.filter(|(fluent, _)| about.is_none_or(|about| fluent.subject == about || fluent.object == about));
    let edge = |(fluent, status): (sourceline_situation::Fluent, Status)| NetworkEdge {
        from: loaded.name(fluent.subject).to_owned(),
        to: loaded.name(fluent.object).to_owned(),
        kind: fluent.kind.as_str().to_owned(),
        hostile: fluent.kind == RelationKind::Hostile,
        unsure: status != Status::Holds,
    };
    Ok(NetworkPanel { title: at.to_string(), edges: edges.map(edge).collect() })
}

fn state(
    loaded: &Loaded,
    args: &NetworkArgs,
    at: sourceline_situation::Day,
    trust: &Trust,
    out: &mut dyn std::io::Write,
) -> Result<()> {
    let shown = loaded.situation.state(&loaded.input, at, trust);
    let mut network = Network::new(&loaded.situation, &shown);
    if let Some(name) = &args.about {
        network.keep_about(loaded.actor(name)?);
    }
    let ids = network.edges.iter().map(|(id, ..)| *id);
    let standings = loaded.situation.standings(&loaded.input, ids, at, trust);
    if args.json {
        let edges: Vec<Value> = network
            .edges
            .iter()
            .zip(&standings)
            .map(|((_, fluent, _), standing)| edge_json(loaded, *fluent, standing))
            .collect();
        let mut document = json!({"at": at.to_string(), "relations": edges});
        if args.centrality {
            let centrality = network.centrality();
            document["centrality"] = centrality_json(loaded, &centrality);
            document["centrality_pivots"] = json!(centrality.pivots);
            document["components"] = json!(
                components(&network)
                    .iter()
                    .map(|part| part.iter().map(|&a| loaded.name(a)).collect::<Vec<_>>())
                    .collect::<Vec<_>>()
            );
        }
        writeln!(out, "{document}")?;
        return Ok(());
    }
    if network.edges.is_empty() {
        writeln!(out, "Nothing is known of relations on {at}.")?;
    }
    for ((_, fluent, status), standing) in network.edges.iter().zip(&standings) {
        print_edge(loaded, *fluent, *status, standing, out)?;
    }
    if args.centrality {
        let centrality = network.centrality();
        if let Some(pivots) = centrality.pivots {
            writeln!(
                out,
                "betweenness is estimated from the shortest paths of {pivots} of {} actors",
                network.actors.len()
            )?;
        }
        for central in centrality.list.iter().take(20) {
            writeln!(
                out,
                "{:<40} {:>4} relations, betweenness {:.3}",
                loaded.name(central.actor),
                central.degree,
                central.betweenness
            )?;
        }
    }
    Ok(())
}

fn print_edge(
    loaded: &Loaded,
    fluent: sourceline_situation::Fluent,
    status: Status,
    standing: &Standing,
    out: &mut dyn std::io::Write,
) -> Result<()> {
    let mark = match status {
        Status::Contested => " [contested]",
        Status::Presumed => " [presumed: something later says that it had been so]",
        _ => "",
    };
    let span = [("since", standing.since), ("until", standing.until)];
    let span: String = span
        .iter()
        .filter_map(|(word, bounds)| bounds.map(|bounds| format!(", {word} {}", bounds_text(bounds))))
        .collect();
    let ways = ways(loaded, fluent);
    let through = if ways.is_empty() { String::new() } else { format!(" through {}", ways.join(", ")) };
    writeln!(
        out,
        "{} — {} — {}{through}{span}{mark}",
        loaded.name(fluent.subject),
        fluent.kind.as_str(),
        loaded.name(fluent.object)
    )?;
    let show = |claims: &[sourceline_situation::ClaimIndex], sign: &str, out: &mut dyn std::io::Write| -> Result<()> {
        for claim in claims.iter().take(3) {
            writeln!(out, "    {sign} {}", loaded.claim_line(*claim))?;
        }
        if claims.len() > 3 {
            writeln!(out, "    {sign} and {} more", claims.len() - 3)?;
        }
        Ok(())
    };
    show(&standing.claims_for, "+", out)?;
    show(&standing.claims_against, "-", out)
}

/// Names of the places by which a supply is said to go, each once.
fn ways(loaded: &Loaded, fluent: sourceline_situation::Fluent) -> Vec<&str> {
    let mut names: Vec<&str> = loaded.situation.ways(fluent).map(|way| loaded.name(way.place)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn bounds_text(bounds: Bounds) -> String {
    match (bounds.earliest, bounds.latest) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}/{b}"),
        (Some(a), None) => format!("{a} or later"),
        (None, Some(b)) => format!("{b} or before"),
        (None, None) => "an unknown day".to_owned(),
    }
}

fn edge_json(loaded: &Loaded, fluent: sourceline_situation::Fluent, standing: &Standing) -> Value {
    let bounds = |bounds: Option<Bounds>| {
        bounds
            .map(|b| json!({"earliest": b.earliest.map(|d| d.to_string()), "latest": b.latest.map(|d| d.to_string())}))
    };
    let claims = |claims: &[sourceline_situation::ClaimIndex]| {
        claims.iter().map(|&claim| loaded.claim_json(claim)).collect::<Vec<_>>()
    };
    json!({
        "subject": loaded.name(fluent.subject), "kind": fluent.kind.as_str(), "object": loaded.name(fluent.object), "through": ways(loaded, fluent), "status": standing.status.as_str(),
        "since": bounds(standing.since), "until": bounds(standing.until),
        "claims_for": claims(&standing.claims_for), "claims_against": claims(&standing.claims_against),
    })
}

fn centrality_json(loaded: &Loaded, centrality: &Centralities) -> Value {
    json!(
        centrality
            .list
            .iter()
            .map(|c| json!({"name": loaded.name(c.actor), "degree": c.degree, "betweenness": c.betweenness}))
            .collect::<Vec<_>>()
    )
}

fn difference(
    loaded: &Loaded,
    args: &NetworkArgs,
    (from, to): (sourceline_situation::Day, sourceline_situation::Day),
    trust: &Trust,
    out: &mut dyn std::io::Write,
) -> Result<()> {
    let mut found: Vec<Difference> = loaded.situation.difference(&loaded.input, from, to, trust);
    if let Some(name) = &args.about {
        let about = loaded.actor(name)?;
        let part = |id: FluentId| {
            let fluent = loaded.situation.fluent(id);
            fluent.subject == about || fluent.object == about
        };
        found.retain(|difference| part(difference.fluent));
    }
    let standings =
        loaded.situation.standings(&loaded.input, found.iter().map(|difference| difference.fluent), to, trust);
    if args.json {
        let list = found.iter().zip(&standings).map(|(difference, standing)| {
            let mut edge = edge_json(loaded, standing.fluent, standing);
            edge["change"] = json!(word(difference.kind));
            edge["before"] = json!(difference.before.as_str());
            edge["after"] = json!(difference.after.as_str());
            edge
        });
        writeln!(
            out,
            "{}",
            json!({"from": from.to_string(), "to": to.to_string(), "changes": list.collect::<Vec<_>>()})
        )?;
        return Ok(());
    }
    if found.is_empty() {
        writeln!(out, "Nothing is known to have changed between {from} and {to}.")?;
    }
    for kind in
        [DifferenceKind::Began, DifferenceKind::Ended, DifferenceKind::ChangedSides, DifferenceKind::BecameContested]
    {
        let of_kind: Vec<_> = found.iter().zip(&standings).filter(|(difference, _)| difference.kind == kind).collect();
        if !of_kind.is_empty() {
            writeln!(out, "{}:", word(kind))?;
        }
        for (difference, standing) in of_kind {
            print_edge(loaded, standing.fluent, difference.after, standing, out)?;
        }
    }
    Ok(())
}

const fn word(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Began => "began",
        DifferenceKind::Ended => "ended",
        DifferenceKind::ChangedSides => "changed sides",
        DifferenceKind::BecameContested => "became contested",
    }
}
