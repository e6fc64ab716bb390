use super::*;
use sourceline_model::EntityKind;

fn knowledge() -> &'static Knowledge {
    Knowledge::embedded()
}

fn best(name: &str) -> Option<String> {
    knowledge().find(name, &Hints::default()).first().map(|candidate| candidate.key.clone())
}

#[test]
fn states_by_name_demonym_capital_and_former_name() {
    let k = knowledge();
    assert_eq!(k.state("IR").map(|state| state.name), Some("Iran"));
    assert_eq!(k.demonym("Iranians"), Some("IR"));
    assert_eq!(k.demonym("Burkinabé"), Some("BF"));
    assert_eq!(k.demonym("Turk"), Some("TR"));
    assert_eq!(k.demonym("table"), None);
    assert_eq!(k.capital_metonym("Tehran"), Some("IR"));
    assert_eq!(best("Burma").as_deref(), Some("sl:state/MM"));
    assert_eq!(best("سوريا").as_deref(), Some("sl:state/SY"));
    assert_eq!(best("the U.S.").as_deref(), Some("sl:state/US"));
}

#[test]
fn bodies_are_composed_of_state_and_organ() {
    let k = knowledge();
    for (name, key) in [
        ("Ghanaian army", "sl:GH/army"),
        ("Foreign Ministry of Peru", "sl:PE/foreign-ministry"),
        ("Finland's parliament", "sl:FI/parliament"),
        ("Ministry of Defence of the Netherlands", "sl:NL/defence-ministry"),
        ("IDF", "sl:IL/armed-forces"),
    ] {
        assert_eq!(best(name).as_deref(), Some(key), "{name}");
    }
    assert_eq!(k.body("PT", "navy").map(|body| body.name), Some("Portuguese Navy".to_owned()));
    assert_eq!(k.metonym("the Kremlin"), Some("sl:RU/presidency"));
}

#[test]
fn outlets_by_name_noun_and_domain() {
    let k = knowledge();
    assert_eq!(k.outlet_by_name("Wall Street Journal").map(|outlet| outlet.key.as_str()), Some("sl:wsj"));
    assert_eq!(k.outlet_by_name("Kayhan newspaper").map(|outlet| outlet.key.as_str()), Some("sl:kayhan"));
    assert_eq!(k.outlet_by_domain("https://edition.cnn.com/2020/x").map(|outlet| outlet.key.as_str()), Some("sl:cnn"));
    assert!(k.outlet_by_domain("example.com").is_none());
    assert!(!k.is_outlet("Peru"));
    assert!(k.outlet("sl:xinhua").is_some_and(Outlet::is_state_media));
}

#[test]
fn only_outlets_in_arabic_script_are_respelt() {
    let k = knowledge();
    assert!(k.outlet_by_name("La Ribera").is_none());
    assert_eq!(k.outlet_by_name("Al-Jazira").map(|outlet| outlet.key.as_str()), Some("sl:aljazeera"));
}

#[test]
fn people_by_transliteration_title_and_office() {
    let k = knowledge();
    assert_eq!(best("Muammar al-Qaddafi").as_deref(), best("Moammar Gadhafi").as_deref());
    assert!(best("Muammar Gaddafi").is_some());
    let president = k.leader_at("FR", Some("president"), "2010-05");
    assert_eq!(president.iter().map(|thing| thing.name).collect::<Vec<_>>(), ["Nicolas Sarkozy"]);
    let hints = Hints { kind: Some(EntityKind::Person), ..Hints::default() };
    let found = k.find_best("President Nicolas Sarkozy", &hints).expect("titled name");
    assert_eq!((found.name.as_str(), found.how), ("Nicolas Sarkozy", Match::Titled));
    assert!(k.find("Nicolas", &Hints::default()).is_empty());
}

#[test]
fn parts_lead_to_their_wholes() {
    assert_eq!(knowledge().wholes("sl:IR/quds-force"), ["sl:IR/irgc", "sl:IR/armed-forces"]);
}

#[test]
fn nouns_know_their_class() {
    let k = knowledge();
    assert!(k.is_anonymous_noun("diplomat") && !k.is_anonymous_noun("king"));
    assert!(k.is_title("Gen.") && k.is_title("prime minister") && !k.is_title("table"));
    assert!(k.is_rank("Senior"));
    assert!(k.referents("paper").contains(&Referent::Newspaper));
    assert!(k.referents("militia").contains(&Referent::Group));
}

#[test]
fn tables_are_sound() {
    let k = knowledge();
    let mut keys: Vec<_> = k.things().iter().map(|thing| thing.key.as_str()).collect();
    let all = keys.len();
    keys.sort_unstable();
    let twice: Vec<_> = keys.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    assert!(twice.is_empty(), "keys used twice: {twice:?}");
    assert!(all > 2_500, "{all} things");
    for thing in k.things() {
        if let Some(whole) = &thing.part_of {
            let composed = whole.strip_prefix("sl:").and_then(|key| key.split_once('/'));
            let known = k.get(whole).is_some() || composed.is_some_and(|(iso2, organ)| k.body(iso2, organ).is_some());
            assert!(known, "{} is part of unknown {whole}", thing.key);
        }
        if let Some(country) = thing.country {
            assert!(k.state(country).is_some(), "{}: unknown country {country}", thing.key);
        }
    }
    for (person, office) in &k.offices {
        let of = office.of;
        let known = k.state(of).is_some() || k.get(&format!("sl:{of}")).is_some() || of.contains('/');
        assert!(known, "{}: office of unknown {of}", k.things()[*person].key);
    }
}
