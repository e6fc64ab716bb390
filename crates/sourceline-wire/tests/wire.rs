//! The output agrees with the published schemas, and a reading comes back from the wire as it went.

use serde_json::{Value, json};
use sourceline_model as model;
use sourceline_model::*;
use sourceline_wire as wire;

/// The byte span of the first `needle` in the text.
fn at(text: &str, needle: &str) -> Span<Byte> {
    let start = text.find(needle).expect("the test text holds the words");
    Span::new(start, start + needle.len())
}

/// A reading with every list filled, over a text with characters of one to four bytes.
fn full() -> model::Reading {
    let text = "“Troops left Šamāl 𝄞 in 2024,” said two élite officials.\n\nالقوات غادرت Aleppo yesterday.";
    let span = |needle| at(text, needle);
    let chain = vec![
        Hop {
            role: HopRole::Publisher,
            name: "Harbour Post".into(),
            entity: None,
            anonymous: false,
            evidence: vec![],
            attribution: None,
        },
        Hop {
            role: HopRole::Speaker,
            name: "two élite officials".into(),
            entity: Some(EntityId(2)),
            anonymous: true,
            evidence: vec![span("two élite officials")],
            attribution: Some(AttributionId(1)),
        },
    ];
    let anonymous = Anonymous {
        descriptor: "élite officials".into(),
        rank: Some("élite".into()),
        country: None,
        role: Some("official".into()),
        number: Number::N(2),
    };
    let place = Place {
        geonames: Some(170063),
        name: "Aleppo".into(),
        country: Some("SY".into()),
        lat: 36.2,
        lon: 37.16,
        feature: "PPLA".into(),
    };
    let entity = |id, name: &str, kind, place| Entity {
        id: EntityId(id),
        name: name.into(),
        kind,
        kb: None,
        wikidata: None,
        country: None,
        place,
    };
    let sentences =
        [text.find("\n\n").map(|end| Span::new(0, end)), text.find("القوات").map(|start| Span::new(start, text.len()))];
    let document = Document {
        id: "0".repeat(64),
        input: "-".into(),
        outlet: Some(Outlet { name: "Harbour Post".into(), basis: OutletBasis::Given, kb: None }),
        published: Some(Published { edtf: "2025-01".into(), basis: Basis::Metadata }),
        language: Some("en".into()),
        text: text.into(),
        removed: vec![Removed { text: "Sign up".into(), why: "newsletter" }],
        ..Default::default()
    };
    let analysis = Analysis {
        document,
        sentences: sentences
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(paragraph, span)| Sentence { tokens: Span::new(0, 0), span, paragraph, vector: vec![] })
            .collect(),
        paragraphs: sentences.into_iter().flatten().collect(),
        ..Default::default()
    };
    model::Reading {
        analysis,
        mentions: vec![Mention {
            id: MentionId(1),
            span: span("Aleppo"),
            kind: EntityKind::Gpe,
            form: MentionForm::Name,
            entity: EntityId(1),
        }],
        entities: vec![
            entity(1, "Aleppo", EntityKind::Gpe, Some(place)),
            entity(2, "two élite officials", EntityKind::Person, None),
        ],
        times: vec![Timex {
            span: span("2024"),
            kind: TimexKind::Date,
            value: Some("2024".into()),
            basis: TimeBasis::Stated,
        }],
        attributions: vec![Attribution {
            id: AttributionId(1),
            kind: AttributionKind::Direct,
            source: vec![span("two élite officials")],
            source_entity: Some(EntityId(2)),
            anonymous: Some(anonymous),
            cue: vec![span("said")],
            content: vec![span("Troops left Šamāl 𝄞 in 2024")],
            within: None,
        }],
        events: vec![Event {
            id: EventId(1),
            trigger: vec![span("left")],
            kind: PloverType::Retreat,
            mode: Some("withdraw".into()),
            contexts: vec!["military".into()],
            actors: vec![EntityId(2)],
            recipients: vec![],
            places: vec![PlaceRef { entity: EntityId(1), role: PlaceRole::From }],
            time: Some("2024".into()),
            time_basis: Some(TimeBasis::Stated),
            certainty: Certainty::Asserted,
            polarity: Polarity::Positive,
        }],
        relations: vec![Relation {
            id: RelationId(1),
            kind: RelationKind::PresentIn,
            subject: EntityId(2),
            object: EntityId(1),
            goods: None,
            via: vec![EntityId(1)],
            begin: None,
            end: Some("2024".into()),
            certainty: Certainty::Probable,
            polarity: Polarity::Negative,
            evidence: vec![span("غادرت Aleppo")],
        }],
        claims: vec![Claim {
            id: 1,
            statement: "Troops left Šamāl in 2024.".into(),
            kind: ClaimKind::Event,
            events: vec![EventId(1)],
            relations: vec![RelationId(1)],
            evidence: vec![span("Troops left Šamāl 𝄞 in 2024")],
            chain,
            chain_basis: ChainBasis::Stated,
            certainty: Certainty::Asserted,
            polarity: Polarity::Positive,
            sentence: 0,
        }],
        notes: vec![Note::new("undated-document", "The page gives no date.")],
    }
}

fn reader() -> wire::Reader {
    wire::Reader { version: "0.1.0".into(), model: "test".into() }
}

fn to_json(reading: &model::Reading) -> Value {
    serde_json::to_value(wire::Reading::new(reading, reader(), true)).expect("a reading is plain data")
}

/// Fails with every disagreement between `value` and `schema`.
fn validate(schema: &str, value: &Value) -> Result<(), Vec<String>> {
    let schema = serde_json::from_str(schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let errors: Vec<_> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

#[test]
fn output_agrees_with_the_schema() {
    validate(wire::READING_SCHEMA, &to_json(&full())).expect("full reading");
    let empty = model::Reading {
        analysis: Analysis { document: Document { id: "f".repeat(64), ..Default::default() }, ..Default::default() },
        ..Default::default()
    };
    validate(wire::READING_SCHEMA, &to_json(&empty)).expect("empty reading");
}

#[test]
fn schema_refuses_what_is_no_reading() {
    let break_at = |pointer: &str, value: Value| {
        let mut json = to_json(&full());
        *json.pointer_mut(pointer).expect("the pointer names a field") = value;
        validate(wire::READING_SCHEMA, &json).expect_err(pointer);
    };
    break_at("/format", json!("sourceline.reading/2"));
    break_at("/document/id", json!("abc"));
    break_at("/document/published_basis", Value::Null);
    break_at("/claims/0/certainty", json!("sure"));
    break_at("/claims/0/chain/0/role", json!("author"));
    break_at("/events/0/type", json!("ATTACK"));
    break_at("/mentions/0/span", json!([1]));
    break_at("/entities/0/place/lat", json!(91.0));
}

#[test]
fn offsets_count_code_points() {
    let reading = full();
    let text: Vec<char> = reading.analysis.document.text.chars().collect();
    let json = to_json(&reading);
    let words = |pointer: &str| -> String {
        let span = json.pointer(pointer).expect("the pointer names a span");
        let bound = |at: usize| span[at].as_u64().expect("a bound is a number") as usize;
        text[bound(0)..bound(1)].iter().collect()
    };
    assert_eq!(words("/mentions/0/span"), "Aleppo");
    assert_eq!(words("/attributions/0/source/0"), "two élite officials");
    assert_eq!(words("/relations/0/evidence/0"), "غادرت Aleppo");
}

#[test]
fn a_reading_comes_back_as_it_went() {
    let reading = full();
    let line = serde_json::to_string(&wire::Reading::new(&reading, reader(), false)).expect("plain data");
    let read: wire::Reading = serde_json::from_str(&line).expect("own output");
    assert_eq!(read.to_model().expect("own output"), reading);
}

#[test]
fn foreign_input_is_refused_with_its_reason() {
    let mut foreign = wire::Reading::new(&full(), reader(), false);
    foreign.mentions[0].span = [3, 9_999];
    let error = foreign.to_model().expect_err("a span behind the end");
    assert_eq!(error, wire::WireError::Range { what: "mentions", start: 3, end: 9_999 });
    let mut foreign = wire::Reading::new(&full(), reader(), false);
    foreign.format = "other/1".into();
    assert!(matches!(foreign.to_model(), Err(wire::WireError::Format { .. })));
}

#[test]
fn words_keep_their_heads() {
    let text = "Rebels left.\n\nThey won.";
    let token = |word: &str, head, deprel: &str| Token {
        span: at(text, word),
        lemma: word.to_lowercase(),
        upos: Upos::Verb,
        feats: String::new(),
        head,
        deprel: deprel.into(),
        space_after: word != "left" && word != "won",
        surface: None,
        hint: None,
        factuality: 0.0,
    };
    let sentence = |tokens: std::ops::Range<usize>, words: &str, paragraph| Sentence {
        tokens: Span::new(tokens.start, tokens.end),
        span: at(text, words),
        paragraph,
        vector: vec![],
    };
    let analysis = Analysis {
        document: Document { id: "a".repeat(64), text: text.into(), ..Default::default() },
        paragraphs: vec![at(text, "Rebels left."), at(text, "They won.")],
        sentences: vec![sentence(0..2, "Rebels left.", 0), sentence(2..4, "They won.", 1)],
        tokens: vec![
            token("Rebels", Some(1), "nsubj"),
            token("left", None, "root"),
            token("They", Some(3), "nsubj"),
            token("won", None, "root"),
        ],
        ..Default::default()
    };
    let reading = model::Reading { analysis, ..Default::default() };
    let wire = wire::Reading::new(&reading, reader(), true);
    let heads: Vec<_> = wire.tokens.iter().flatten().map(|token| token.head).collect();
    assert_eq!(heads, [2, 0, 2, 0]);
    assert_eq!(wire.to_model().expect("own output").analysis, reading.analysis);
    let analysis = wire::Analysis::new(&reading.analysis, reader());
    validate(wire::ANALYSIS_SCHEMA, &serde_json::to_value(analysis).expect("plain data")).expect("analysis");
}

#[test]
fn a_proposition_agrees_with_its_schema() {
    let support = wire::Support {
        document: "1".repeat(64),
        evidence: "Troops left".into(),
        chain: wire::Reading::new(&full(), reader(), false).claims[0].chain.clone(),
        certainty: "asserted".into(),
        polarity: "positive".into(),
        ..Default::default()
    };
    let proposition = wire::Proposition {
        id: "p1".into(),
        statement: "Troops left.".into(),
        kind: "event".into(),
        event_type: Some("RETREAT".into()),
        supports: vec![support],
        origins: vec![wire::Origin { name: "two officials".into(), anonymous: true, outlet: None, supports: 1 }],
        ..Default::default()
    };
    let mut json = serde_json::to_value(proposition).expect("plain data");
    validate(wire::PROPOSITION_SCHEMA, &json).expect("proposition");
    json["n_origins"] = json!("one");
    validate(wire::PROPOSITION_SCHEMA, &json).expect_err("a word is no count");
}
