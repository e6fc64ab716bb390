//! Every picture is well-formed XML, says what it shows, and can be painted.
//!
//! `SOURCELINE_PICTURES=<folder> cargo test -p sourceline-pictures` also leaves the pictures there to look at.

use sourceline_pictures::{
    ChainHop, ChainPath, MapArea, MapArrow, MapPanel, MapPoint, MapStatus, NetworkEdge, NetworkPanel, TimelineRow,
    chain_svg, map_svg, network_svg, png, timeline_svg,
};

#[track_caller]
fn check(name: &str, svg: &str, words: &[&str]) {
    let mut reader = quick_xml::Reader::from_str(svg);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Text(piece) => text.push_str(&piece.decode().unwrap()),
            quick_xml::events::Event::GeneralRef(_) => text.push('&'),
            _ => {}
        }
    }
    for word in words {
        assert!(text.contains(word), "{name} does not say {word}");
    }
    let bytes = png(svg, 1.0).unwrap();
    assert_eq!(&bytes[1..4], b"PNG");
    if let Ok(folder) = std::env::var("SOURCELINE_PICTURES") {
        std::fs::write(format!("{folder}/{name}.svg"), svg).unwrap();
        std::fs::write(format!("{folder}/{name}.png"), bytes).unwrap();
    }
}

fn row(days: (i32, i32), date: &str, label: &str, asserted: bool) -> TimelineRow {
    TimelineRow { days, date: date.to_owned(), label: label.to_owned(), asserted, origins: 2 }
}

#[test]
fn a_timeline() {
    let rows = [
        row((19_900, 19_900), "2024-06-26", "The marines left Port Carrow", true),
        row((19_905, 19_935), "2024-07", "The league took <the> harbour & its cranes", true),
        row((19_950, 19_950), "2024-08-15", "غادرت القوات الميناء", false),
    ];
    check(
        "timeline",
        &timeline_svg("Port Carrow, 2024", &rows),
        &["Port Carrow, 2024", "2024-07", "2 origins", "cranes"],
    );
}

#[test]
fn a_timeline_of_very_many_events_says_what_it_leaves_out() {
    let rows: Vec<_> = (0..1_000).map(|n| row((n, n), "some day", "something", true)).collect();
    check("timeline-many", &timeline_svg("Much", &rows), &["800 later events are not drawn"]);
    check("timeline-none", &timeline_svg("Nothing", &[]), &["Nothing"]);
}

fn edge(from: &str, to: &str, kind: &str, hostile: bool, unsure: bool) -> NetworkEdge {
    NetworkEdge { from: from.to_owned(), to: to.to_owned(), kind: kind.to_owned(), hostile, unsure }
}

#[test]
fn a_network_before_and_after() {
    let before = vec![
        edge("Velmora", "Port Carrow", "controls", false, false),
        edge("Velmora", "Tarnia", "allied", false, false),
        edge("Coast League", "Velmora", "hostile", true, false),
        edge("Ruvia", "Coast League", "supplies", false, true),
    ];
    let after = vec![
        edge("Coast League", "Port Carrow", "controls", false, false),
        edge("Coast League", "Velmora", "hostile", true, false),
    ];
    let panels = [
        NetworkPanel { title: "2024-06-01".into(), edges: before },
        NetworkPanel { title: "2024-07-01".into(), edges: after },
    ];
    check("network", &network_svg("Port Carrow", &panels), &["2024-06-01", "2024-07-01", "Coast League", "hostile"]);
}

#[test]
fn a_network_of_fifty_thousand_actors_is_cut_sensibly() {
    let edges: Vec<_> =
        (0..50_000).map(|n| edge(&format!("actor {n}"), &format!("actor {}", n % 40), "backs", false, false)).collect();
    let svg = network_svg("Crowd", &[NetworkPanel { title: "now".into(), edges }]);
    check("network-crowd", &svg, &["actor 0", "49940 actors with fewer relations are not drawn"]);
    check("network-none", &network_svg("Nobody", &[]), &[]);
}

#[test]
fn a_chain_joins_what_comes_from_one_source() {
    let hop = |name: &str, anonymous| ChainHop { name: name.to_owned(), anonymous };
    let path = |hops: Vec<ChainHop>, denies| ChainPath { hops, denies };
    let paths = [
        path(vec![hop("Harbour Gazette", false), hop("Meridian Wire", false), hop("port officials", true)], false),
        path(vec![hop("Radio Tarnia", false), hop("Meridian Wire", false), hop("port officials", true)], false),
        path(vec![hop("Velmoran Telegraph", false), hop("the marines' spokesman", false)], true),
    ];
    let svg = chain_svg("The marines left Port Carrow on 18 June 2024.", &paths);
    check("chain", &svg, &["Harbour Gazette", "port officials (anonymous)", "The marines left"]);
    assert_eq!(svg.matches(">Meridian Wire<").count(), 1);
}

#[test]
fn a_map_with_movements() {
    let point = |lat, lon, label: &str| MapPoint { at: (lat, lon), label: label.to_owned() };
    let points =
        [point(-12.97, 40.52, "Pemba"), point(-11.35, 40.35, "Mocímboa da Praia"), point(-6.8, 39.28, "دار السلام")];
    let arrow = |from, to, asserted, status, bow| MapArrow { from, to, asserted, status, bow };
    let arrows = vec![
        arrow((-12.97, 40.52), (-11.35, 40.35), true, None, 0.0),
        arrow((-6.8, 39.28), (-11.35, 40.35), false, Some(MapStatus::Cut), 0.2),
    ];
    let areas = vec![MapArea { country: "TZ".into(), status: MapStatus::Contested }];
    let panel = MapPanel { title: "Movements".into(), points: points.to_vec(), arrows, areas };
    let svg = map_svg("Two maps", &[panel.clone(), MapPanel { title: "After".into(), arrows: Vec::new(), ..panel }]);
    check("map", &svg, &["Pemba", "Movements", "After", "contested"]);
    assert!(svg.contains("contested-land") && svg.contains('\u{2067}'));
    check("map-empty", &map_svg("The world", &[MapPanel::default()]), &["The world"]);
    let odd = vec![point(f64::NAN, 0.0, "nowhere"), point(0.0, 0.0, "null")];
    check("map-odd", &map_svg("Odd", &[MapPanel { points: odd, ..MapPanel::default() }]), &["null"]);
}

#[test]
fn a_network_of_many_small_parts_keeps_names_apart() {
    let mut edges: Vec<_> =
        (0..9).map(|n| edge(&format!("Brigade {n}"), &format!("Valley {n}"), "present-in", false, false)).collect();
    edges.extend(
        ["Aruva", "Belmora", "Castel", "Dunmar", "Estova"].map(|other| edge("Velmora", other, "allied", false, true)),
    );
    edges.push(edge("Dunmar", "Velmora", "hostile", true, false));
    edges.push(edge("القوات البحرية", "ميناء", "controls", false, false));
    let panels = [NetworkPanel { title: "2024-06-01".into(), edges }];
    let svg = network_svg("Parts", &panels);
    check("network-parts", &svg, &["Brigade 8", "Estova", "presumed or contested"]);
    let labels: Vec<(f64, f64, f64)> = svg
        .lines()
        .filter(|line| line.contains("class=\"ink halo\""))
        .map(|line| {
            let number = |key: &str| line.split(key).nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap();
            let letters = line.split('>').nth(1).unwrap().chars().count() as f64 - 6.0;
            (number("x=\""), number("y=\""), letters)
        })
        .collect();
    for (at, a) in labels.iter().enumerate() {
        for b in &labels[at + 1..] {
            assert!(a.0 != b.0 || (a.1 - b.1).abs() > 9.0, "{a:?} lies on {b:?}");
        }
    }
}
