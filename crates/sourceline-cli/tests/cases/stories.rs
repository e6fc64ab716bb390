//! Two stories of our own, read by the engine from report to network and routes. Reports, people and events are made up.

use serde_json::Value;

use super::{lines, run, text};

struct Story {
    store: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

fn story(name: &str) -> Story {
    read(&format!("{}/tests/stories/{name}", env!("CARGO_MANIFEST_DIR")))
}

fn read(reports: &str) -> Story {
    let folder = tempfile::tempdir().expect("the temporary folder can be written");
    let store = folder.path().join("s.db");
    let output = run(&["read", "--store", text(&store), reports]);
    assert_eq!(output.status.code(), Some(0), "{}", super::stderr(&output));
    Story { store, _folder: folder }
}

impl Story {
    fn ask(&self, args: &[&str]) -> Value {
        let all: Vec<&str> = args.iter().copied().chain(["--json", "--store", text(&self.store)]).collect();
        lines(&run(&all)).remove(0)
    }

    /// The relations of a network as `Nicaragua present-in Honduras`.
    fn network(&self, at: &str) -> Vec<String> {
        let network = self.ask(&["network", "--at", at]);
        let word = |edge: &Value, key: &str| edge[key].as_str().expect("a word").to_owned();
        let line = |edge: &Value| [word(edge, "subject"), word(edge, "kind"), word(edge, "object")].join(" ");
        network["relations"].as_array().expect("relations").iter().map(line).collect()
    }

    /// The claims that a difference gives for the end of a relation.
    fn ended_by(&self, (from, to): (&str, &str), (kind, object): (&str, &str)) -> String {
        let changes = self.ask(&["network", "--at", from, "--diff", to]);
        let changes = changes["changes"].as_array().expect("changes").clone();
        let found = changes.iter().find(|c| c["kind"] == kind && c["object"] == object && c["change"] == "ended");
        found.unwrap_or_else(|| panic!("{kind} {object} has not ended: {changes:#?}"))["claims_against"].to_string()
    }

    /// Status and countries of the land routes.
    fn routes(&self, from: &str, to: &str, at: &str) -> Vec<(String, String)> {
        let answer = self.ask(&["routes", from, to, "--at", at]);
        let route = |route: &Value| {
            let legs = route["legs"].as_array().expect("legs").iter();
            let path: Vec<&str> = legs.filter_map(|leg| leg["country"].as_str()).collect();
            (route["status"].as_str().expect("a status").to_owned(), path.join("-"))
        };
        answer["land"].as_array().expect("routes").iter().map(route).collect()
    }
}

#[track_caller]
fn check(network: &[String], has: &[&str], has_not: &[&str]) {
    for line in has {
        assert!(network.iter().any(|known| known == line), "{line} is missing: {network:#?}");
    }
    for line in has_not {
        assert!(!network.iter().any(|known| known == line), "{line} should have ended: {network:#?}");
    }
}

#[test]
fn an_overthrown_government_takes_its_ally_s_way_through_with_it() {
    let story = story("isthmus");
    let rested = ["Nicaragua present-in Honduras", "Nicaragua allied Honduras", "Nicaragua supplies Petén Front"];
    check(&story.network("2019-06-01"), &rested, &[]);
    // The fourth report speaks of soldiers and alliance after their end; that begins neither anew.
    check(&story.network("2019-07-15"), &[], &rested);
    let dates = ("2019-06-01", "2019-07-15");
    assert!(story.ended_by(dates, ("present-in", "Honduras")).contains("withdrew from Honduras"));
    assert!(story.ended_by(dates, ("supplies", "Petén Front")).contains("overthrew the government of Honduras"));
    let way = |at| story.routes("Managua", "Guatemala City", at);
    assert_eq!(way("2019-06-01")[0], ("open".to_owned(), "NI-HN-GT".to_owned()));
    assert!(way("2019-07-15").iter().all(|(status, _)| status == "cut"), "{:?}", way("2019-07-15"));
    let answer = story.ask(&["routes", "Managua", "Guatemala City", "--at", "2019-07-15"]);
    assert_eq!((&answer["sea"]["status"], &answer["air"]["status"]), (&"unknown".into(), &"unknown".into()));
    let what_if = story.ask(&[
        "routes",
        "Managua",
        "Guatemala City",
        "--at",
        "2019-07-15",
        "--assume",
        "Nicaragua with Honduras",
    ]);
    assert_eq!(what_if["land"][0]["status"], "open");
    assert!(what_if["land"][0]["legs"][1]["why"].to_string().contains("assumed: "), "{what_if}");
}

#[test]
fn a_break_between_two_states_cuts_the_way_and_leaves_what_nobody_reports_unknown() {
    let story = story("steppe");
    let rested =
        ["Kazakhstan present-in Kyrgyzstan", "Kazakhstan allied Kyrgyzstan", "Kazakhstan supplies Pamir Guard"];
    check(&story.network("2022-08-01"), &rested, &[]);
    check(&story.network("2022-10-01"), &["Kazakhstan hostile Uzbekistan"], &rested);
    let dates = ("2022-08-01", "2022-10-01");
    assert!(story.ended_by(dates, ("present-in", "Kyrgyzstan")).contains("withdrew its soldiers"));
    assert!(story.ended_by(dates, ("supplies", "Pamir Guard")).contains("stopped deliveries"));
    let status = |at: &str, path: &str| {
        let routes = story.routes("Astana", "Tajikistan", at);
        routes.into_iter().find(|(_, countries)| countries == path).map(|(status, _)| status)
    };
    assert_eq!(status("2022-08-01", "KZ-KG-TJ").as_deref(), Some("open"));
    assert_eq!(status("2022-10-01", "KZ-KG-TJ").as_deref(), Some("cut"));
    assert_eq!(status("2022-10-01", "KZ-UZ-TJ").as_deref(), Some("cut"));
    assert_eq!(status("2022-10-01", "KZ-CN-TJ").as_deref(), Some("unknown"));
}

#[test]
fn the_example_stories_tell_of_a_presence_and_a_supply_line_that_ended() {
    let story = read(&format!("{}/../../examples/reports", env!("CARGO_MANIFEST_DIR")));
    let rested = ["Iran present-in Syria", "Iran supplies Lebanon"];
    check(&story.network("2024-11-26"), &rested, &["Iran controls Syria"]);
    // "Iran lost Syria", says a column without a date: that makes nobody its master on any day.
    check(&story.network("2025-01-31"), &[], &[&rested[..], &["Iran controls Syria"]].concat());
    let through_syria = |at| {
        let routes = story.routes("Tehran", "Beirut", at);
        routes.into_iter().filter(|(_, path)| path.contains("SY")).map(|(status, _)| status).collect::<Vec<_>>()
    };
    assert!(through_syria("2024-11-26").iter().any(|status| status == "open"));
    let after = through_syria("2025-01-31");
    assert!(!after.is_empty() && after.iter().all(|status| status == "cut"), "{after:?}");
}

#[test]
fn every_format_carries_the_chain_and_the_way_back_to_the_report() {
    let story = story("isthmus");
    for format in ["plover", "gdelt-mentions", "csv", "hxl", "geojson", "gexf", "graphml", "stix", "jsonld"] {
        let output = run(&["export", format, "--store", text(&story.store)]);
        assert_eq!(output.status.code(), Some(0), "{}", super::stderr(&output));
        let shown = super::stdout(&output);
        assert!(shown.contains("isthmus/1.txt"), "{format} does not name the report");
        assert!(shown.contains("Tegucigalpa Observer"), "{format} does not name the outlet");
        assert!(shown.contains("asserted"), "{format} does not say how sure it is");
    }
    let head = |format| super::stdout(&run(&["export", format, "--store", text(&story.store)])).to_owned();
    for (format, first) in [("csv", "id,"), ("hxl", "Event,"), ("acled", "event_id_cnty,"), ("polecat", "Event ID\t")] {
        assert_eq!(head(format).lines().filter(|line| line.starts_with(first)).count(), 1, "{format} has one header");
    }
    assert!(!head("gdelt-events").contains("GLOBALEVENTID"), "GDELT files have no header");
}

#[test]
fn a_store_without_events_exports_to_whole_and_empty_documents() {
    let folder = tempfile::tempdir().expect("the temporary folder can be written");
    let report = folder.path().join("rain.txt");
    std::fs::write(&report, "Outlet: Harbour Post\nPublished: 2021-01-01\n\nRain.\n")
        .expect("the folder can be written");
    let story = read(text(&report));
    let export = |format| super::stdout(&run(&["export", format, "--store", text(&story.store)])).to_owned();
    let stix: Value = serde_json::from_str(&export("stix")).expect("JSON");
    assert!(stix["type"] == "bundle" && stix.get("objects").is_none(), "STIX has no empty lists: {stix}");
    for format in ["geojson", "timelinejs", "jsonld"] {
        serde_json::from_str::<Value>(&export(format)).unwrap_or_else(|error| panic!("{format}: {error}"));
    }
    assert!(export("plover").is_empty() && export("gdelt-events").is_empty());
    assert_eq!(["csv", "hxl", "acled", "polecat"].map(|format| export(format).lines().count()), [1, 2, 1, 1]);
}

#[test]
fn odd_questions_are_answered_plainly() {
    let story = story("steppe");
    assert_eq!(story.network("1900"), Vec::<String>::new());
    assert!(!story.network("2090").is_empty());
    let back = story.ask(&["network", "--at", "2022-10-01", "--diff", "2022-08-01"]);
    let began =
        back["changes"].as_array().expect("changes").iter().filter(|change| change["change"] == "began").count();
    assert!(began > 0, "a reversed interval is read backwards: {back}");
    let same = run(&["routes", "Astana", "Kazakhstan", "--at", "2022-08-01", "--store", text(&story.store)]);
    assert!(super::stdout(&same).contains("routes inside a country are not drawn"));
    for (args, hint) in [
        (vec!["routes", "Astana", "Nowhereville-on-Sea", "--at", "2022-08-01"], "is called “Nowhereville-on-Sea”"),
        (vec!["network", "--at", "next week"], "is no date"),
        (vec!["timeline", "--from", "soon"], "is no date"),
        (vec!["timeline", "--from", "2022-10", "--to", "2022-08"], "comes after the last one"),
        (vec!["routes", "Astana", "Tajikistan", "--at", "2022", "--assume", "peace"], "can't be assumed"),
    ] {
        let all: Vec<&str> = args.into_iter().chain(["--store", text(&story.store)]).collect();
        let output = run(&all);
        assert_eq!(output.status.code(), Some(1), "{all:?}");
        assert!(super::stderr(&output).contains(hint), "{}", super::stderr(&output));
    }
}
