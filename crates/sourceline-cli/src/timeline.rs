//! `sourceline timeline`: events in order of time.

use std::path::Path;

use anyhow::Result;
use clap::Args;
use serde_json::json;
use sourceline_model::{Certainty, PloverType, Polarity};
use sourceline_pictures::{TimelineRow, map_svg, timeline_svg};
use sourceline_situation::{TimelineDay, TimelineEntry, TimelineFilter, timeline};

use crate::picture::PictureArgs;
use crate::situation::{Loaded, TrustArgs, day, role};

/// Flags of `timeline`.
#[derive(Debug, Clone, Args)]
pub struct TimelineArgs {
    /// Only events in which this person, body or place takes part
    #[arg(long, value_name = "NAME")]
    pub about: Option<String>,
    /// Only events in this place or country
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// First day
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Only events of this PLOVER type, such as RETREAT; may be given several times
    #[arg(long = "type", value_name = "TYPE")]
    pub kinds: Vec<String>,
    /// One JSON object an event
    #[arg(long)]
    pub json: bool,
    /// Draw places and movements on a map instead of days along an axis
    #[arg(long, requires = "picture")]
    pub map: bool,
    #[command(flatten)]
    pub picture: PictureArgs,
    #[command(flatten)]
    pub trust: TrustArgs,
}

/// Prints the timeline of the store at `path`.
pub fn run(args: &TimelineArgs, path: &Path, out: &mut dyn std::io::Write) -> Result<()> {
    let loaded = Loaded::from_store(path, true)?;
    let filter = TimelineFilter {
        about: args.about.as_deref().map(|name| loaded.actor(name)).transpose()?,
        place: args.place.as_deref().map(|name| loaded.actor(name)).transpose()?,
        from: args.from.as_deref().map(first_day).transpose()?,
        to: args.to.as_deref().map(day).transpose()?,
        kinds: args.kinds.iter().map(|word| kind(word)).collect::<Result<_>>()?,
    };
    if let (Some(from), Some(to)) = (filter.from, filter.to)
        && to < from
    {
        anyhow::bail!("the first day, {from}, comes after the last one, {to}");
    }
    let days = timeline(&loaded.input, &filter, &args.trust.trust()?);
    if args.picture.wanted() {
        let svg = if args.map {
            map_svg("Map", &[crate::map::events(&loaded, &days)])
        } else {
            timeline_svg("Timeline", &picture(&loaded, &days))
        };
        args.picture.save(&svg)?;
    }
    if days.is_empty() && !args.json {
        writeln!(out, "No event is known that fits.")?;
    }
    for day in days {
        if args.json {
            for entry in &day.entries {
                writeln!(out, "{}", entry_json(&loaded, entry))?;
            }
        } else {
            print_day(&loaded, &day, out)?;
        }
    }
    Ok(())
}

/// The dated entries as rows of a picture.
fn picture(loaded: &Loaded, days: &[TimelineDay]) -> Vec<TimelineRow> {
    let entries = days.iter().flat_map(|day| &day.entries);
    let row = |entry: &TimelineEntry| {
        let event = &loaded.input.events[entry.events[0]];
        // Drawn on the day of the report when no words date it.
        let earliest = entry.when.earliest.filter(|_| event.time.is_some());
        let (first, last) = (earliest.or(entry.when.latest)?, entry.when.latest.or(entry.when.earliest)?);
        let statement = &loaded.input.claims[event.claim.0 as usize].statement;
        Some(TimelineRow {
            days: (first.0, last.0),
            date: event.time.clone().unwrap_or_else(|| format!("reported {first}")),
            label: statement.clone(),
            asserted: entry.certainty == Certainty::Asserted && entry.polarity == Polarity::Positive,
            origins: entry.origins,
        })
    };
    entries.filter_map(row).collect()
}

fn first_day(text: &str) -> Result<sourceline_situation::Day> {
    let bounds = sourceline_situation::Bounds::parse(text).and_then(|bounds| bounds.earliest);
    Ok(bounds.ok_or_else(|| sourceline_situation::ParseDayError { given: text.to_owned() })?)
}

fn kind(word: &str) -> Result<PloverType> {
    let known = || PloverType::ALL.map(PloverType::as_str).join(", ");
    PloverType::parse(&word.to_uppercase())
        .ok_or_else(|| anyhow::anyhow!("“{word}” is no event type; choose from {}", known()))
}

fn print_day(loaded: &Loaded, day: &TimelineDay, out: &mut dyn std::io::Write) -> Result<()> {
    writeln!(out, "{}", day.day.map_or("no date".to_owned(), |day| day.to_string()))?;
    for entry in &day.entries {
        writeln!(out, "  {}", sentence(loaded, entry))?;
        let claim = loaded.input.events[entry.events[0]].claim;
        writeln!(out, "      {}", loaded.claim_line(claim))?;
    }
    Ok(())
}

fn sentence(loaded: &Loaded, entry: &TimelineEntry) -> String {
    let event = &loaded.input.events[entry.events[0]];
    let mode = event.mode.as_ref().map_or(String::new(), |mode| format!("/{mode}"));
    let mut parts = vec![format!("{}{mode}", event.kind.as_str()), loaded.names(&event.actors)];
    if !event.recipients.is_empty() {
        parts.push(format!("-> {}", loaded.names(&event.recipients)));
    }
    parts.extend(event.places.iter().map(|(place, kind)| format!("{} {}", role(*kind), loaded.name(*place))));
    match &event.time {
        Some(time) if time.len() != 10 => parts.push(format!("[{time}]")),
        None if event.when.latest.is_some() => parts.push("[no date given; reported that day]".to_owned()),
        _ => {}
    }
    if entry.polarity == Polarity::Negative {
        parts.push("[said not to have happened]".to_owned());
    }
    if entry.certainty != Certainty::Asserted {
        parts.push(format!("[{}]", entry.certainty.as_str()));
    }
    let (told, origins) = (entry.events.len(), entry.origins);
    parts.push(format!(
        "({told} {}, {origins} {})",
        plural(told, "claim", "claims"),
        plural(usize::from(origins), "origin", "origins")
    ));
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn plural(n: usize, one: &'static str, many: &'static str) -> &'static str {
    if n == 1 { one } else { many }
}

fn entry_json(loaded: &Loaded, entry: &TimelineEntry) -> serde_json::Value {
    let event = &loaded.input.events[entry.events[0]];
    let name = |actor: &sourceline_situation::ActorIndex| loaded.name(*actor).to_owned();
    let places = event.places.iter().map(|(place, kind)| json!({"name": loaded.name(*place), "role": role(*kind)}));
    json!({
        "type": event.kind.as_str(), "mode": event.mode, "actors": event.actors.iter().map(name).collect::<Vec<_>>(),
        "recipients": event.recipients.iter().map(name).collect::<Vec<_>>(), "places": places.collect::<Vec<_>>(),
        "time": event.time, "earliest": entry.when.earliest.map(|day| day.to_string()), "latest": entry.when.latest.map(|day| day.to_string()),
        "certainty": entry.certainty.as_str(), "polarity": entry.polarity.as_str(), "origins": entry.origins,
        "claims": entry.events.iter().map(|&at| loaded.claim_json(loaded.input.events[at].claim)).collect::<Vec<_>>(),
    })
}
