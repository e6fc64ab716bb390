//! When events happen and relations hold, in short texts of our own given as trees: no weights.
//!
//! Words are written `form/lemma/UPOS/head/relation/flags`, heads counting from 1. Flags: `P` past, `R` present (both finite), `g` a state or town,
//! `o` an organisation.

use sourceline_coding::Rules;
use sourceline_extract::{Lexicon, Resources, read};
use sourceline_knowledge::Knowledge;
use sourceline_model::{Analysis, Basis, Event, Outlet, OutletBasis, Published, Reading, Relation, RelationKind};

fn reading(rows: &str, published: Option<&str>, prepare: impl Fn(&mut Analysis)) -> Reading {
    let mut conllu = String::from("# newpar\n");
    for (at, row) in rows.split_whitespace().enumerate() {
        let part: Vec<&str> = row.split('/').collect();
        let flags = part.get(5).copied().unwrap_or("");
        let feats = match flags {
            "P" => "Tense=Past|VerbForm=Fin",
            "R" => "Tense=Pres|VerbForm=Fin",
            _ => "_",
        };
        let misc = match flags {
            "g" => "Name=B-gpe",
            "o" => "Name=B-organization",
            _ => "_",
        };
        let [form, lemma, upos, head, relation] = part[..5] else { panic!("{row}") };
        conllu += &format!("{}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{relation}\t_\t{misc}\n", at + 1);
    }
    conllu.push('\n');
    let mut analysis = Analysis::from_conllu(&conllu).unwrap();
    analysis.document.language = Some("en".to_owned());
    analysis.document.published = published.map(|day| Published { edtf: day.to_owned(), basis: Basis::Given });
    prepare(&mut analysis);
    let (lexicon, rules) = (Lexicon::builtin(), Rules::builtin());
    read(analysis, &Resources { knowledge: Knowledge::embedded(), rules: &rules, lexicon: &lexicon })
}

/// A Tuesday.
const PUBLISHED: Option<&str> = Some("2024-06-04");

fn event<'r>(reading: &'r Reading, word: &str) -> &'r Event {
    let has = |event: &&Event| event.trigger.iter().any(|span| reading.analysis.text(*span) == word);
    reading.events.iter().find(has).unwrap_or_else(|| panic!("no event {word:?} in {:?}", reading.events))
}

#[track_caller]
fn event_time(rows: &str, published: Option<&str>, word: &str, want: Option<&str>) {
    let reading = reading(rows, published, |_| ());
    let event = event(&reading, word);
    assert_eq!(event.time.as_deref(), want);
    assert_eq!(event.time_basis.is_some(), want.is_some());
}

fn relation(reading: &Reading, kind: RelationKind) -> &Relation {
    let found = reading.relations.iter().find(|relation| relation.kind == kind);
    found.unwrap_or_else(|| panic!("no {kind:?} in {:?}", reading.relations))
}

#[track_caller]
fn holds(rows: &str, published: Option<&str>, kind: RelationKind, begin: Option<&str>, end: Option<&str>) {
    let reading = reading(rows, published, |_| ());
    let relation = relation(&reading, kind);
    assert_eq!((relation.begin.as_deref(), relation.end.as_deref()), (begin, end));
}

const MAY_LEAVE: &str = "Kenyan/Kenyan/ADJ/2/amod troops/troop/NOUN/4/nsubj may/may/AUX/4/aux leave/leave/VERB/0/root Somalia/Somalia/PROPN/4/obj/g on/on/ADP/7/case Friday/Friday/PROPN/4/obl ././PUNCT/4/punct";

#[test]
fn what_may_happen_on_a_weekday_lies_ahead() {
    event_time(MAY_LEAVE, PUBLISHED, "leave", Some("2024-06-07"));
}

#[test]
fn without_publication_relative_days_stay_open() {
    event_time(MAY_LEAVE, None, "leave", None);
    let left = "Troops/troop/NOUN/2/nsubj left/leave/VERB/0/root/P Somalia/Somalia/PROPN/2/obj/g ././PUNCT/2/punct";
    event_time(left, None, "left", None);
    event_time(left, PUBLISHED, "left", Some("../2024-06-04"));
}

#[test]
fn the_present_tense_tells_of_no_day() {
    let rows = "Rebels/rebel/NOUN/2/nsubj attack/attack/VERB/0/root/R Somalia/Somalia/PROPN/2/obj/g ././PUNCT/2/punct";
    event_time(rows, PUBLISHED, "attack", None);
    let denied = "Troops/troop/NOUN/4/nsubj did/do/AUX/4/aux/P not/not/PART/4/advmod leave/leave/VERB/0/root Somalia/Somalia/PROPN/4/obj/g ././PUNCT/4/punct";
    event_time(denied, PUBLISHED, "leave", None);
}

#[test]
fn an_event_has_its_own_date_and_not_the_nearest() {
    let rows = "Officials/official/NOUN/2/nsubj said/say/VERB/0/root/P Monday/Monday/PROPN/2/obl that/that/SCONJ/6/mark troops/troop/NOUN/6/nsubj left/leave/VERB/2/ccomp/P Somalia/Somalia/PROPN/6/obj/g in/in/ADP/10/case early/early/ADJ/10/amod 2023/2023/NUM/6/obl ././PUNCT/2/punct";
    let reading = reading(rows, PUBLISHED, |_| ());
    assert!(event(&reading, "left").time.as_deref().is_some_and(|time| time.starts_with("2023")));
}

#[test]
fn what_follows_a_named_upheaval_is_not_dated_by_its_season() {
    let rows = "Troops/troop/NOUN/2/nsubj left/leave/VERB/0/root/P Libya/Libya/PROPN/2/obj/g following/follow/VERB/8/case the/the/DET/8/det Arab/Arab/PROPN/7/compound Spring/Spring/PROPN/8/compound uprisings/uprising/NOUN/2/obl in/in/ADP/10/case 2011/2011/NUM/8/nmod ././PUNCT/2/punct";
    event_time(rows, PUBLISHED, "left", Some("2011/2024-06-04"));
    event_time(rows, None, "left", Some("2011/.."));
}

const SERVED: &str = "Mali/Mali/PROPN/2/nsubj/g served/serve/VERB/0/root/P as/as/ADP/6/case Chad/Chad/PROPN/6/nmod:poss/g 's/'s/PART/4/case ally/ally/NOUN/2/obl ././PUNCT/2/punct";

#[test]
fn a_past_state_ended_by_publication() {
    holds(SERVED, PUBLISHED, RelationKind::Allied, None, Some("../2024-06-04"));
    holds(SERVED, None, RelationKind::Allied, None, None);
    let stationed = "Soldiers/soldier/NOUN/5/nsubj:pass of/of/ADP/3/case Chad/Chad/PROPN/1/nmod/g were/be/AUX/5/aux:pass/P stationed/station/VERB/0/root in/in/ADP/7/case Mali/Mali/PROPN/5/obl/g ././PUNCT/5/punct";
    holds(stationed, PUBLISHED, RelationKind::PresentIn, None, Some("../2024-06-04"));
}

#[test]
fn a_present_state_stays_open() {
    let rows = "Mali/Mali/PROPN/5/nsubj/g is/be/AUX/5/cop/R Chad/Chad/PROPN/5/nmod:poss/g 's/'s/PART/3/case ally/ally/NOUN/0/root ././PUNCT/5/punct";
    holds(rows, PUBLISHED, RelationKind::Allied, None, None);
    let perfect = "Chad/Chad/PROPN/3/nsubj/g has/have/AUX/3/aux/R backed/back/VERB/0/root Mali/Mali/PROPN/3/obj/g since/since/ADP/6/case 2011/2011/NUM/3/obl ././PUNCT/3/punct";
    holds(perfect, PUBLISHED, RelationKind::Backs, Some("2011"), None);
    holds(perfect, None, RelationKind::Backs, Some("2011"), None);
}

#[test]
fn what_goes_on_or_is_only_reported_as_past_stays_open() {
    let still = "Chad/Chad/PROPN/3/nsubj/g still/still/ADV/3/advmod backed/back/VERB/0/root/P Mali/Mali/PROPN/3/obj/g ././PUNCT/3/punct";
    holds(still, PUBLISHED, RelationKind::Backs, None, None);
    let said = "Officials/official/NOUN/2/nsubj said/say/VERB/0/root/P that/that/SCONJ/5/mark Chad/Chad/PROPN/5/nsubj/g backed/back/VERB/2/ccomp/P Mali/Mali/PROPN/5/obj/g ././PUNCT/2/punct";
    holds(said, PUBLISHED, RelationKind::Backs, None, None);
}

#[test]
fn stated_dates_are_bounds() {
    let until = "Chad/Chad/PROPN/2/nsubj/g backed/back/VERB/0/root/P Mali/Mali/PROPN/2/obj/g from/from/ADP/5/case 2011/2011/NUM/2/obl until/until/ADP/7/case December/December/PROPN/2/obl 2024/2024/NUM/7/nummod ././PUNCT/2/punct";
    holds(until, Some("2025-01-07"), RelationKind::Backs, Some("2011"), Some("2024-12"));
    holds(until, None, RelationKind::Backs, Some("2011"), Some("2024-12"));
    let between = "Chad/Chad/PROPN/2/nsubj/g backed/back/VERB/0/root/P Mali/Mali/PROPN/2/obj/g between/between/ADP/5/case 2011/2011/NUM/2/obl and/and/CCONJ/7/cc 2014/2014/NUM/5/conj ././PUNCT/2/punct";
    holds(between, PUBLISHED, RelationKind::Backs, Some("2011"), Some("2014"));
    let during = "Chad/Chad/PROPN/2/nsubj/g backed/back/VERB/0/root/P Mali/Mali/PROPN/2/obj/g in/in/ADP/5/case 2013/2013/NUM/2/obl ././PUNCT/2/punct";
    holds(during, PUBLISHED, RelationKind::Backs, Some("../2013"), Some("2013/2024-06-04"));
    holds(during, None, RelationKind::Backs, Some("../2013"), Some("2013/.."));
}

#[test]
fn what_accompanies_a_bygone_state_is_over_too() {
    let rows = "At/at/ADP/3/case its/its/PRON/3/nmod:poss peak/peak/NOUN/5/obl it/it/PRON/5/nsubj grew/grow/VERB/0/root/P with/with/SCONJ/8/mark Chad/Chad/PROPN/8/nsubj/g supplying/supply/VERB/5/advcl Mali/Mali/PROPN/8/obj/g with/with/ADP/11/case weapons/weapon/NOUN/8/obl ././PUNCT/5/punct";
    holds(rows, PUBLISHED, RelationKind::Supplies, None, Some("../2024-06-04"));
    let bare = rows.replace("peak/peak", "port/port");
    holds(&bare, PUBLISHED, RelationKind::Supplies, None, None);
}

#[test]
fn a_presence_that_ended_after_a_date_has_its_end_there() {
    let rows = "Chadian/Chadian/ADJ/2/amod troops/troop/NOUN/3/nsubj left/leave/VERB/0/root/P Mali/Mali/PROPN/3/obj/g after/after/ADP/7/case the/the/DET/7/det vote/vote/NOUN/3/obl of/of/ADP/9/case 2023/2023/NUM/7/nmod ././PUNCT/3/punct";
    holds(rows, PUBLISHED, RelationKind::PresentIn, None, Some("2023/2024-06-04"));
    holds(rows, None, RelationKind::PresentIn, None, Some("2023/.."));
}

#[test]
fn a_former_ally_is_one_no_more() {
    let rows = "Mali/Mali/PROPN/8/nsubj/g ,/,/PUNCT/5/punct a/a/DET/5/det former/former/ADJ/5/amod ally/ally/NOUN/1/appos of/of/ADP/7/case Chad/Chad/PROPN/5/nmod/g protested/protest/VERB/0/root/P on/on/ADP/10/case Monday/Monday/PROPN/8/obl ././PUNCT/8/punct";
    holds(rows, PUBLISHED, RelationKind::Allied, None, Some("../2024-06-04"));
    holds(rows, None, RelationKind::Allied, None, Some("../.."));
}

#[test]
fn the_publisher_is_the_outlet_or_the_host_or_the_file_name() {
    let publisher = |input: &str, url: Option<&str>, outlet: Option<&str>| {
        let reading = reading(SERVED, PUBLISHED, |analysis| {
            analysis.document.input = input.to_owned();
            analysis.document.url = url.map(str::to_owned);
            let named = |name: &str| Outlet { name: name.to_owned(), basis: OutletBasis::Given, kb: None };
            analysis.document.outlet = outlet.map(named);
        });
        reading.claims[0].chain[0].name.clone()
    };
    assert_eq!(publisher("/home/ada/notes/report 7.txt", None, None), "report 7.txt");
    assert_eq!(publisher("C:\\notes\\report.txt", None, None), "report.txt");
    assert_eq!(publisher("-", None, None), "-");
    assert_eq!(publisher("https://www.news.example:8080/a/b.html", None, None), "news.example");
    assert_eq!(publisher("a/b.html", Some("https://news.example/b"), None), "news.example");
    assert_eq!(publisher("a/b.html", Some("https://news.example/b"), Some("Test Post")), "Test Post");
}

#[track_caller]
fn states(rows: &str, want: &str) {
    let reading = reading(rows, PUBLISHED, |_| ());
    let statements: Vec<&str> = reading.claims.iter().map(|claim| claim.statement.as_str()).collect();
    assert_eq!(statements, [want]);
}

#[test]
fn statements_date_what_stands_before_its_noun_without_a_preposition() {
    states(
        "The/the/DET/3/det March/March/PROPN/3/compound attack/attack/NOUN/4/nsubj killed/kill/VERB/0/root/P soldiers/soldier/NOUN/4/obj ././PUNCT/4/punct",
        "The March 2024 attack killed soldiers.",
    );
    states(
        "The/the/DET/3/det spring/spring/NOUN/3/compound attack/attack/NOUN/4/nsubj killed/kill/VERB/0/root/P soldiers/soldier/NOUN/4/obj ././PUNCT/4/punct",
        "The spring attack killed soldiers.",
    );
}

#[test]
fn statements_keep_the_share_of_the_year() {
    states(
        "Soldiers/soldier/NOUN/2/nsubj left/leave/VERB/0/root/P Kismayo/Kismayo/PROPN/2/obj/g last/last/ADJ/5/amod autumn/autumn/NOUN/2/obl ././PUNCT/2/punct",
        "Soldiers left Kismayo in the autumn of 2023.",
    );
    states(
        "Soldiers/soldier/NOUN/2/nsubj left/leave/VERB/0/root/P Kismayo/Kismayo/PROPN/2/obj/g in/in/ADP/6/case early/early/ADJ/6/amod May/May/PROPN/2/obl ././PUNCT/2/punct",
        "Soldiers left Kismayo in early May 2024.",
    );
}
