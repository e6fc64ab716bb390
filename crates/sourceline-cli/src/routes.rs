//! `sourceline routes`: ways between two places or actors at a date, open or cut, and why.

use std::path::Path;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Value, json};
use sourceline::Knowledge;
use sourceline_pictures::map_svg;
use sourceline_situation::{Assumption, Day, LegStatus, Route, RouteAnswer, RouteMap, RouteQuery};

use crate::picture::PictureArgs;
use crate::situation::{Loaded, TrustArgs, day};

/// Flags of `routes`.
#[derive(Debug, Clone, Args)]
pub struct RoutesArgs {
    /// Where they start: a place or an actor
    pub from: String,
    /// Where they end
    pub to: String,
    /// The date: 2024-11-27, 2024-11 or 2024 (a month or year stands for its last day)
    #[arg(long, value_name = "DATE")]
    pub at: String,
    /// Show the ways at this date as well
    #[arg(long, value_name = "DATE")]
    pub diff: Option<String>,
    /// Who wants to pass; otherwise the state at the start
    #[arg(long = "for", value_name = "ACTOR")]
    pub user: Option<String>,
    /// Assume that this place can't be used, or that this actor is gone; may be given several times
    #[arg(long, value_name = "PLACE|ACTOR")]
    pub without: Vec<String>,
    /// Assume one more thing: "A controls B", "A against B", "A with B"; may be given several times
    #[arg(long, value_name = "SENTENCE")]
    pub assume: Vec<String>,
    /// JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub picture: PictureArgs,
    #[command(flatten)]
    pub trust: TrustArgs,
}

/// Prints the routes.
pub fn run(args: &RoutesArgs, path: &Path, out: &mut dyn std::io::Write) -> Result<()> {
    let mut loaded = Loaded::from_store(path, false)?;
    let trust = args.trust.trust()?;
    let mut assumptions = Vec::new();
    for place in &args.without {
        assumptions.push(Assumption::Without(loaded.actor_or_place(place)?));
    }
    for sentence in &args.assume {
        assumptions.push(assumption(&mut loaded, sentence)?);
    }
    let states = Knowledge::embedded().states();
    let map = RouteMap::new(states.iter().map(|state| (state.iso2, state.neighbours.clone())));
    let (from, to) = (loaded.actor_or_place(&args.from)?, loaded.actor_or_place(&args.to)?);
    let user = args.user.as_deref().map(|name| loaded.actor_or_place(name)).transpose()?;
    let mut panels = Vec::new();
    for date in [Some(&args.at), args.diff.as_ref()].into_iter().flatten() {
        let query = RouteQuery { from, to, user, at: day(date)?, trust: &trust, assumptions: &assumptions };
        let answer = map.routes(&loaded.situation, &loaded.input, &query);
        panels.push(crate::map::routes(&loaded, &query, &answer));
        if args.json {
            writeln!(out, "{}", answer_json(&loaded, query.at, &answer))?;
        } else {
            if args.diff.is_some() {
                writeln!(out, "{}:", query.at)?;
            }
            print(&loaded, &answer, out)?;
        }
    }
    if args.picture.wanted() {
        args.picture.save(&map_svg(&format!("Ways from {} to {}", args.from, args.to), &panels))?;
    }
    Ok(())
}

fn assumption(loaded: &mut Loaded, sentence: &str) -> Result<Assumption> {
    for (word, make) in [
        (" controls ", Assumption::Controls as fn(_, _) -> Assumption),
        (" against ", Assumption::Hostile),
        (" with ", Assumption::Allied),
    ] {
        if let Some((one, other)) = sentence.split_once(word) {
            return Ok(make(loaded.actor_or_place(one.trim())?, loaded.actor_or_place(other.trim())?));
        }
    }
    bail!("“{sentence}” can't be assumed; write “A controls B”, “A against B” or “A with B”")
}

fn country(code: &str) -> String {
    Knowledge::embedded().state(code).map_or(code.to_owned(), |state| state.name.to_string())
}

fn print(loaded: &Loaded, answer: &RouteAnswer, out: &mut dyn std::io::Write) -> Result<()> {
    for note in &answer.notes {
        writeln!(out, "{note}")?;
    }
    if answer.land.is_empty() {
        writeln!(out, "by land: none")?;
    }
    for route in &answer.land {
        print_route("by land", loaded, route, out)?;
    }
    for (word, route) in [("by sea", &answer.sea), ("by air", &answer.air)] {
        match route {
            Some(route) => print_route(word, loaded, route, out)?,
            None => writeln!(out, "{word}: none")?,
        }
    }
    if !answer.critical.is_empty() {
        let names: Vec<String> = answer.critical.iter().map(|code| country(code)).collect();
        writeln!(out, "every way by land that is not cut goes through: {}", names.join(", "))?;
    }
    if !answer.critical_actors.is_empty() {
        writeln!(out, "without {} no way by land is known to be open", alternatives(loaded, &answer.critical_actors))?;
    }
    let left: Vec<&str> = [("sea", &answer.sea), ("air", &answer.air)]
        .into_iter()
        .filter(|(_, route)| route.as_ref().is_some_and(|route| route.status != LegStatus::Cut))
        .map(|(word, _)| word)
        .collect();
    if !answer.land.is_empty() && answer.land.iter().all(|route| route.status == LegStatus::Cut) && !left.is_empty() {
        writeln!(out, "every way by land is cut; what is left: by {}", left.join(", by "))?;
    }
    Ok(())
}

/// "Chad", "Chad or Niger", each of whom is enough.
fn alternatives(loaded: &Loaded, actors: &[sourceline_situation::ActorIndex]) -> String {
    actors.iter().map(|&actor| loaded.name(actor)).collect::<Vec<_>>().join(" or without ")
}

fn print_route(word: &str, loaded: &Loaded, route: &Route, out: &mut dyn std::io::Write) -> Result<()> {
    let path: Vec<String> = route.legs.iter().map(|leg| country(&leg.country)).collect();
    let dark: Vec<String> =
        route.legs.iter().filter(|leg| leg.status == LegStatus::Unknown).map(|leg| country(&leg.country)).collect();
    let dark = if dark.is_empty() { String::new() } else { format!(" (nothing is known of {})", dark.join(", ")) };
    writeln!(out, "{word}: {} — {}{dark}", route.status.as_str(), path.join(" – "))?;
    for leg in route.legs.iter().filter(|leg| !leg.why.is_empty()) {
        writeln!(out, "    {} is {}: {}", country(&leg.country), leg.status.as_str(), leg.why.join("; "))?;
        for claim in leg.claims.iter().take(3) {
            writeln!(out, "        {}", loaded.claim_line(*claim))?;
        }
    }
    Ok(())
}

fn route_json(loaded: &Loaded, route: &Route) -> Value {
    let leg = |leg: &sourceline_situation::Leg| {
        let claims = leg.claims.iter().map(|&claim| loaded.claim_json(claim)).collect::<Vec<_>>();
        json!({"country": leg.country, "name": country(&leg.country), "status": leg.status.as_str(), "why": leg.why, "claims": claims})
    };
    json!({"status": route.status.as_str(), "legs": route.legs.iter().map(leg).collect::<Vec<_>>()})
}

fn answer_json(loaded: &Loaded, at: Day, answer: &RouteAnswer) -> Value {
    json!({
        "at": at.to_string(),
        "land": answer.land.iter().map(|route| route_json(loaded, route)).collect::<Vec<_>>(),
        "sea": answer.sea.as_ref().map(|route| route_json(loaded, route)),
        "air": answer.air.as_ref().map(|route| route_json(loaded, route)),
        "critical": answer.critical, "critical_actors": answer.critical_actors.iter().map(|&actor| loaded.name(actor)).collect::<Vec<_>>(),
        "notes": answer.notes,
    })
}
