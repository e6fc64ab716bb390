use sourceline_knowledge::{Knowledge, gazetteer::Gazetteer};
use sourceline_model::{Analysis, EntityKind, MentionForm, Span};

use crate::places::{Toponymy, resolve};
use crate::{Entities, entities};

/// Reads "form/lemma/UPOS/head/deprel[/feats, Name=… or Hint=…]" words, one sentence a line.
fn analysis(sentences: &[&str]) -> Analysis {
    let mut conllu = String::new();
    for sentence in sentences {
        for (at, word) in sentence.split_whitespace().enumerate() {
            let mut parts = word.split('/');
            let mut part = || parts.next().unwrap_or("_");
            let (form, lemma, upos, head, deprel) = (part(), part(), part(), part(), part());
            let rest: Vec<&str> = parts.collect();
            let is_seen = |part: &&&str| part.starts_with("Name=") || part.starts_with("Hint=");
            let feats = rest.iter().find(|part| !is_seen(part)).unwrap_or(&"_");
            let seen = rest.iter().find(is_seen).unwrap_or(&"_");
            conllu.push_str(&format!("{}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{deprel}\t_\t{seen}\n", at + 1));
        }
        conllu.push('\n');
    }
    Analysis::from_conllu(&conllu).expect("test sentences are well formed")
}

fn read(sentences: &[&str]) -> (Analysis, Entities) {
    let analysis = analysis(sentences);
    let found = entities(&analysis, Knowledge::embedded());
    (analysis, found)
}

/// Texts of all mentions of the entity that the first mention of `text` stands for.
fn cluster<'a>(analysis: &'a Analysis, found: &Entities, text: &str) -> Vec<&'a str> {
    let mention = found.mentions.iter().find(|mention| analysis.text(mention.span) == text);
    let entity = mention.unwrap_or_else(|| panic!("no mention {text}: {:?}", found.mentions)).entity;
    found.mentions_of(entity).map(|mention| analysis.text(mention.span)).collect()
}

#[test]
fn a_president_his_title_and_his_pronoun() {
    let (analysis, found) = read(&[
        "President/President/PROPN/4/nsubj Alassane/Alassane/PROPN/1/flat/Name=B-person Ouattara/Ouattara/PROPN/1/flat/Name=I-person spoke/speak/VERB/0/root",
        "The/the/DET/2/det president/president/NOUN/3/nsubj/Number=Sing left/leave/VERB/0/root his/his/PRON/5/nmod:poss office/office/NOUN/3/obj/Number=Sing",
        "Ouattara/Ouattara/PROPN/2/nsubj/Name=B-person returned/return/VERB/0/root",
    ]);
    assert_eq!(cluster(&analysis, &found, "Ouattara"), ["Alassane Ouattara", "The president", "his", "Ouattara"]);
    let entity = found.entity_at(0).expect("the title is a head of the name");
    assert_eq!((entity.name.as_str(), entity.kb.as_deref()), ("Alassane Ouattara", Some("sl:alassane-ouattara")));
}

#[test]
fn forces_of_a_state_are_not_the_state() {
    let (_, found) = read(&[
        "Kenyan/kenyan/ADJ/2/amod forces/force/NOUN/3/nsubj/Number=Plur left/leave/VERB/0/root Somalia/Somalia/PROPN/3/obj/Name=B-gpe",
        "Kenya/Kenya/PROPN/2/nsubj/Name=B-gpe agreed/agree/VERB/0/root",
    ]);
    let forces = found.entity_at(1).expect("forces");
    assert_eq!((forces.kind, forces.country.as_deref()), (EntityKind::Organization, Some("KE")));
    let kenya = found.entity_at(4).expect("Kenya");
    assert_ne!(forces.id, kenya.id);
    assert_eq!(kenya.kb.as_deref(), Some("sl:state/KE"));
    assert_eq!(kenya.place.as_ref().map(|place| place.feature.as_str()), Some("PCLI"));
}

#[test]
fn acronym_group_and_transliteration() {
    let (analysis, found) = read(&[
        "The/the/DET/3/det Free/Free/PROPN/3/compound/Name=B-group Front/Front/PROPN/7/nsubj/Name=I-group (/(/PUNCT/5/punct FF/FF/PROPN/3/appos/Name=B-group )/)/PUNCT/5/punct attacked/attack/VERB/0/root",
        "FF/FF/PROPN/2/nsubj/Name=B-group denied/deny/VERB/0/root it/it/PRON/2/obj",
        "The/the/DET/2/det group/group/NOUN/3/nsubj/Number=Sing withdrew/withdraw/VERB/0/root",
    ]);
    assert_eq!(cluster(&analysis, &found, "Free Front"), ["Free Front", "FF", "FF", "The group"]);
}

#[test]
fn letters_of_another_language_and_surnames_in_capitals_stand_for_the_full_name() {
    let (analysis, found) = read(&[
        "The/the/DET/3/det Harbour/Harbour/PROPN/3/compound/Name=B-organization Network/Network/PROPN/9/nsubj/Name=I-organization (/(/PUNCT/5/punct RKDH/RKDH/PROPN/3/appos/Name=B-organization )/)/PUNCT/5/punct heard/hear/VERB/0/root Karim/Karim/PROPN/7/obj/Name=B-person Lahlou/Lahlou/PROPN/8/flat/Name=I-person",
        "RKDH/RKDH/PROPN/2/nsubj/Name=B-organization left/leave/VERB/0/root",
        "LAHLOU/LAHLOU/PROPN/2/nsubj/Name=B-organization stayed/stay/VERB/0/root",
    ]);
    assert_eq!(cluster(&analysis, &found, "Harbour Network"), ["Harbour Network", "RKDH", "RKDH"]);
    assert_eq!(cluster(&analysis, &found, "Karim Lahlou"), ["Karim Lahlou", "LAHLOU"]);
}

#[test]
fn the_agency_may_be_a_public_body() {
    let (analysis, found) = read(&[
        "The/the/DET/4/det Federal/Federal/PROPN/4/compound/Name=B-organization Security/Security/PROPN/4/compound/Name=I-organization Service/Service/PROPN/5/nsubj/Name=I-organization left/leave/VERB/0/root",
        "The/the/DET/2/det agency/agency/NOUN/3/nsubj/Number=Sing returned/return/VERB/0/root",
        "The/the/DET/2/det account/account/NOUN/4/nsubj:pass/Number=Sing was/be/AUX/4/aux:pass rejected/reject/VERB/0/root",
    ]);
    assert_eq!(cluster(&analysis, &found, "Federal Security Service"), ["Federal Security Service", "The agency"]);
}

#[test]
fn the_vessel_is_the_tanker_and_the_weather_nothing_before() {
    let (analysis, found) = read(&[
        "A/a/DET/2/det tanker/tanker/NOUN/3/nsubj/Number=Sing sank/sink/VERB/0/root",
        "The/the/DET/2/det vessel/vessel/NOUN/3/nsubj/Number=Sing carried/carry/VERB/0/root grain/grain/NOUN/3/obj/Number=Sing",
        "The/the/DET/2/det weather/weather/NOUN/3/nsubj/Number=Sing calmed/calm/VERB/0/root",
    ]);
    assert_eq!(cluster(&analysis, &found, "A tanker"), ["A tanker", "The vessel"]);
    let vessel = found.mentions.iter().find(|mention| analysis.text(mention.span) == "The vessel").expect("mentioned");
    assert!((0.5..1.0).contains(&found.likelihood(vessel.id)));
}

#[test]
fn the_movement_is_the_group_last_spoken_of_and_no_outlet() {
    let (analysis, found) = read(&[
        "A/a/DET/2/det group/group/NOUN/3/nsubj/Number=Sing/Hint=organization demanded/demand/VERB/0/root money/money/NOUN/3/obj/Number=Sing",
        "Officials/official/NOUN/2/nsubj/Number=Plur told/tell/VERB/0/root the/the/DET/4/det Beacon/Beacon/PROPN/2/obj/Name=B-organization that/that/SCONJ/8/mark the/the/DET/7/det organization/organization/NOUN/8/nsubj/Number=Sing/Hint=organization grew/grow/VERB/2/ccomp",
        "The/the/DET/2/det movement/movement/NOUN/3/nsubj/Number=Sing/Hint=organization vanished/vanish/VERB/0/root",
    ]);
    assert_eq!(cluster(&analysis, &found, "A group"), ["A group", "the organization", "The movement"]);
}

#[test]
fn they_are_people_and_no_ministry() {
    let (analysis, found) = read(&[
        "Rebels/rebel/NOUN/2/nsubj/Number=Plur fled/flee/VERB/0/root",
        "The/the/DET/4/det Kenyan/kenyan/ADJ/4/amod Foreign/Foreign/PROPN/4/compound/Name=B-organization Ministry/Ministry/PROPN/5/nsubj/Name=I-organization protested/protest/VERB/0/root",
        "They/they/PRON/2/nsubj opened/open/VERB/0/root fire/fire/NOUN/2/obj/Number=Sing",
    ]);
    assert_eq!(cluster(&analysis, &found, "Rebels"), ["Rebels", "They"]);
}

#[test]
fn a_capital_that_speaks_is_a_government() {
    let (_, found) = read(&[
        "Nairobi/Nairobi/PROPN/2/nsubj/Name=B-gpe accused/accuse/VERB/0/root rebels/rebel/NOUN/2/obj/Number=Plur",
        "They/they/PRON/2/nsubj reached/reach/VERB/0/root Nairobi/Nairobi/PROPN/2/obj/Name=B-gpe",
    ]);
    assert_eq!(found.entity_at(0).and_then(|entity| entity.kb.as_deref()), Some("sl:KE/government"));
    let city = found.entity_at(5).expect("the city");
    assert_eq!(city.place.as_ref().and_then(|place| place.country.as_deref()), Some("KE"));
    assert_eq!(found.mention_at_head(3).map(|mention| mention.form), Some(MentionForm::Pronoun));
}

#[test]
fn the_paper_is_the_newspaper() {
    let (analysis, found) = read(&[
        "Le/Le/PROPN/2/compound/Name=B-organization Monde/Monde/PROPN/3/nsubj/Name=I-organization reported/report/VERB/0/root clashes/clash/NOUN/3/obj/Number=Plur in/in/ADP/6/case Mali/Mali/PROPN/3/obl/Name=B-gpe",
        "The/the/DET/2/det paper/paper/NOUN/3/nsubj/Number=Sing cited/cite/VERB/0/root officials/official/NOUN/3/obj/Number=Plur",
    ]);
    assert_eq!(cluster(&analysis, &found, "Le Monde"), ["Le Monde", "The paper"]);
}

#[test]
fn places_by_container_and_by_company() {
    let toponymy = Toponymy { gazetteer: Gazetteer::embedded(), knowledge: Knowledge::embedded() };
    let place = |text: &str, names: &[&str], at: usize| {
        let spans: Vec<Span> = names
            .iter()
            .map(|name| {
                let start = text.find(name).expect("name in text");
                Span::new(start, start + name.len())
            })
            .collect();
        resolve(text, &spans, &[], &toponymy)[at].map(|place| (place.country.unwrap_or(""), place.division))
    };
    let paris = place("A fire broke out in Paris, Texas.", &["Paris"], 0);
    assert_eq!(paris.map(|(country, _)| country), Some("US"));
    assert_eq!(place("A fire broke out in Paris.", &["Paris"], 0).map(|(country, _)| country), Some("FR"));
    let tripoli = place("From Tripoli to Sidon and Tyre.", &["Tripoli", "Sidon", "Tyre"], 0);
    assert_eq!(tripoli.map(|(country, _)| country), Some("LB"));
    assert_eq!(place("Nobody knows Qwrtzpsd.", &["Qwrtzpsd"], 0), None);
}

fn names<'a>(analysis: &'a Analysis, found: &Entities) -> Vec<&'a str> {
    let names = found.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    names.map(|mention| analysis.text(mention.span)).collect()
}

#[test]
fn a_town_and_its_state_are_two_names() {
    let (analysis, found) = read(&[
        "He/he/PRON/2/nsubj lives/live/VERB/0/root in/in/ADP/4/case Akron/Akron/PROPN/2/obl/Name=B-gpe ,/,/PUNCT/4/punct/Name=I-gpe Ohio/Ohio/PROPN/4/appos/Name=I-gpe",
    ]);
    assert_eq!(names(&analysis, &found), ["Akron", "Ohio"]);
    let akron = found.entity_at(3).and_then(|entity| entity.place.as_ref()).expect("a place");
    assert_eq!(akron.country.as_deref(), Some("US"));
}

#[test]
fn a_body_of_a_town_names_the_town() {
    let (analysis, found) = read(&[
        "Toledo/Toledo/PROPN/3/compound/Name=B-organization Police/Police/PROPN/3/compound/Name=I-organization Department/Department/PROPN/4/nsubj/Name=I-organization confirmed/confirm/VERB/0/root it/it/PRON/4/obj",
        "It/it/PRON/2/nsubj acted/act/VERB/0/root",
    ]);
    assert_eq!(names(&analysis, &found), ["Toledo Police Department", "Toledo"]);
    assert_eq!(found.entity_at(2).map(|entity| entity.kind), Some(EntityKind::Organization));
    assert!(found.entity_at(0).is_some_and(|entity| entity.place.is_some()));
    assert_eq!(
        found.entity_at(5).map(|entity| entity.id),
        found.entity_at(2).map(|entity| entity.id),
        "the body acted"
    );
}

#[test]
fn a_street_lends_only_its_name() {
    let (analysis, found) = read(&[
        "Toledo/Toledo/PROPN/2/compound/Name=B-facility Street/Street/PROPN/3/nsubj/Name=I-facility closed/close/VERB/0/root",
    ]);
    assert_eq!(names(&analysis, &found), ["Toledo Street"]);
}

#[test]
fn a_man_of_a_town_is_not_called_so() {
    let (_, found) = read(&[
        "A/a/DET/3/det Toledo/Toledo/PROPN/3/compound/Name=B-person man/man/NOUN/4/nsubj fled/flee/VERB/0/root",
    ]);
    assert_eq!(found.entity_at(1).map(|entity| entity.kind), Some(EntityKind::Gpe));
}

#[test]
fn lists_of_counties_are_counties() {
    let toponymy = Toponymy { gazetteer: Gazetteer::embedded(), knowledge: Knowledge::embedded() };
    let text = "Floods closed roads in Becker, Clay and Otter Tail counties in Minnesota.";
    let spans = ["Becker", "Clay", "Otter Tail", "Minnesota"].map(|name| {
        let start = text.find(name).expect("name in text");
        Span::new(start, start + name.len())
    });
    let found = resolve(text, &spans, &[], &toponymy);
    assert!(found[..3].iter().all(|place| place.is_some_and(|place| place.feature.code() == "ADM2")), "{found:?}");
}

#[test]
fn what_was_told_to_somebody_is_about_something_else() {
    let (analysis, found) = read(&[
        "The/the/DET/2/det ramp/ramp/NOUN/3/nsubj/Number=Sing fell/fall/VERB/0/root on/on/ADP/5/case Monday/Monday/PROPN/3/obl",
        "Malek/Malek/PROPN/2/nsubj/Name=B-person told/tell/VERB/0/root Reuters/Reuters/PROPN/2/obj/Name=B-organization \
         that/that/SCONJ/7/mark he/he/PRON/7/nsubj had/have/AUX/7/aux heard/hear/VERB/2/ccomp it/it/PRON/9/nsubj creak/creak/VERB/7/xcomp",
    ]);
    let outlet = cluster(&analysis, &found, "Reuters");
    assert_eq!(outlet, ["Reuters"], "it is not the agency that creaked");
    assert_eq!(cluster(&analysis, &found, "Malek"), ["Malek", "he"]);
}

#[test]
fn a_given_name_tells_who_she_is() {
    let (analysis, found) = read(&[
        "Elena/Elena/PROPN/3/nsubj/Name=B-person Petrova/Petrova/PROPN/1/flat/Name=I-person met/meet/VERB/0/root \
         Ivan/Ivan/PROPN/3/obj/Name=B-person Dimitrov/Dimitrov/PROPN/4/flat/Name=I-person",
        "She/she/PRON/2/nsubj left/leave/VERB/0/root before/before/SCONJ/5/mark he/he/PRON/5/nsubj spoke/speak/VERB/2/advcl",
    ]);
    assert_eq!(cluster(&analysis, &found, "Elena Petrova"), ["Elena Petrova", "She"]);
    assert_eq!(cluster(&analysis, &found, "Ivan Dimitrov"), ["Ivan Dimitrov", "he"]);
}
