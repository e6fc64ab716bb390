//! Made-up news for the benchmarks: words, stories, reports, readings. Nothing in it is a real text.

pub mod news;

use sourceline_model::{
    Analysis, Basis, Byte, Certainty, ChainBasis, Claim, ClaimKind, Document, Entity, EntityId, EntityKind, Event,
    EventId, Hop, HopRole, Mention, MentionForm, MentionId, Outlet, OutletBasis, PloverType, Polarity, Published,
    Reading, Sentence, Span,
};

/// A small random number generator (SplitMix64), so that every run makes the same texts.
#[derive(Debug, Clone)]
pub struct Rng(pub u64);

impl Rng {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// A number from 0 to 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A rank below `n`, low ranks far more often, as words are.
    pub fn zipf(&mut self, n: usize) -> usize {
        ((n as f64).powf(self.unit()) as usize - 1).min(n - 1)
    }
}

/// The word of a rank: pronounceable, the same in every run.
pub fn word(rank: usize) -> String {
    let onsets = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl"];
    let vowels = ["a", "e", "i", "o", "u"];
    let mut n = rank + 37;
    let mut out = String::new();
    while n > 0 || out.len() < 3 {
        out.push_str(onsets[n % 16]);
        n /= 16;
        out.push_str(vowels[n % 5]);
        n /= 5;
    }
    out
}

/// A name: a word with a capital letter.
pub fn name(rank: usize) -> String {
    let word = word(rank + 40_000);
    word[..1].to_uppercase() + &word[1..]
}

/// Frequent short words between the others, as in any language.
const SMALL: [&str; 12] = ["the", "of", "and", "in", "to", "that", "was", "for", "on", "with", "by", "from"];

/// One report of a made-up story: report `of` of story `story`. Four reports tell a story; they share its names and facts, each in words of its own.
pub fn reading(story: u64, of: u64) -> Reading {
    let mut plot = Rng(story.wrapping_mul(0x1234_5678_9abc_def1) ^ 77);
    let mut own = Rng(story.wrapping_mul(31).wrapping_add(of).wrapping_mul(0xdead_beef_1234_5671));
    let people: Vec<String> = (0..3).map(|_| format!("{} {}", name(plot.below(900)), name(plot.zipf(9_000)))).collect();
    let places: Vec<String> = (0..2).map(|_| name(20_000 + plot.zipf(600))).collect();
    let reporter = format!("{} Post", name(30_000 + plot.below(60)));
    let outlet = format!("{} Daily", name(31_000 + own.below(800)));
    let mut text = String::new();
    let mut reading = Reading::default();
    for (at, who) in people.iter().chain(&places).chain([&reporter]).enumerate() {
        let kind = if at < 3 {
            EntityKind::Person
        } else if at < 5 {
            EntityKind::Gpe
        } else {
            EntityKind::Organization
        };
        reading.entities.push(Entity {
            id: EntityId(at as u32 + 1),
            name: who.clone(),
            kind,
            kb: None,
            wikidata: None,
            country: None,
            place: None,
        });
    }
    for fact in 0..5_usize {
        let core: Vec<String> = (0..9).map(|_| word(plot.zipf(30_000))).collect();
        let axis = plot.next();
        let person = fact % 3;
        let place = 3 + fact % 2;
        let start = text.len();
        text.push_str(&people[person]);
        let mut evidence_end = 0;
        for core in &core {
            let told = if own.unit() < 0.3 { word(own.zipf(30_000)) } else { core.clone() };
            text.push_str(&format!(" {} {told}", SMALL[own.below(12)]));
            evidence_end = text.len();
        }
        text.push_str(&format!(" in {}", places[place - 3]));
        let end = text.len();
        text.push_str(&format!(", {reporter} said. "));
        push_fact(
            &mut reading,
            &text,
            Fact { at: fact, start, end, person, place, axis, evidence_end },
            (&outlet, &reporter),
            &mut own,
        );
    }
    let id = format!("{:016x}{:016x}", Rng(story).next(), Rng(of ^ story.rotate_left(13)).next());
    let day = 1 + story / 7 % 27;
    reading.analysis.document = Document {
        id,
        input: format!("made/{story}-{of}.txt"),
        outlet: Some(Outlet { name: outlet, basis: OutletBasis::Given, kb: None }),
        title: Some(format!("{} in {}", people[0], places[0])),
        language: Some("en".into()),
        published: Some(Published {
            edtf: format!("20{:02}-{:02}-{day:02}", 10 + story / 4_000 % 15, 1 + story / 300 % 12),
            basis: Basis::Given,
        }),
        text,
        ..Document::default()
    };
    reading
}

struct Fact {
    at: usize,
    start: usize,
    end: usize,
    person: usize,
    place: usize,
    axis: u64,
    evidence_end: usize,
}

fn push_fact(reading: &mut Reading, text: &str, fact: Fact, (outlet, reporter): (&str, &str), own: &mut Rng) {
    let span: Span<Byte> = Span::new(fact.start, fact.end);
    let mut axis = Rng(fact.axis);
    let mut vector: Vec<f32> = (0..384).map(|_| (axis.unit() - 0.5 + (own.unit() - 0.5) * 0.8) as f32).collect();
    let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|x| *x /= norm);
    let sentence = Sentence { tokens: Span::new(0, 0), span: Span::new(fact.start, text.len()), paragraph: 0, vector };
    reading.analysis.sentences.push(sentence);
    let (person, place) = (EntityId(fact.person as u32 + 1), EntityId(fact.place as u32 + 1));
    let person_end = fact.start + reading.entities[fact.person].name.len();
    let mention =
        |id: u32, span, kind, entity| Mention { id: MentionId(id), span, kind, form: MentionForm::Name, entity };
    let n = fact.at as u32 * 2 + 1;
    reading.mentions.push(mention(n, Span::new(fact.start, person_end), EntityKind::Person, person));
    reading.mentions.push(mention(n + 1, Span::new(fact.evidence_end + 4, fact.end), EntityKind::Gpe, place));
    let event = EventId(fact.at as u32 + 1);
    reading.events.push(Event {
        id: event,
        trigger: vec![Span::new(fact.start, fact.start + 3)],
        kind: PloverType::ALL[(fact.axis % 16) as usize],
        mode: None,
        contexts: Vec::new(),
        actors: vec![person],
        recipients: Vec::new(),
        places: vec![sourceline_model::PlaceRef { entity: place, role: sourceline_model::PlaceRole::At }],
        time: None,
        time_basis: None,
        certainty: Certainty::Asserted,
        polarity: Polarity::Positive,
    });
    let hop = |role, name: &str, entity| Hop {
        role,
        name: name.into(),
        entity,
        anonymous: false,
        evidence: Vec::new(),
        attribution: None,
    };
    let mut chain = vec![hop(HopRole::Publisher, outlet, None), hop(HopRole::Reporter, reporter, Some(EntityId(6)))];
    if fact.at % 2 == 0 {
        let mut officials = hop(HopRole::Speaker, "senior officials", None);
        officials.anonymous = true;
        chain.push(officials);
    }
    reading.claims.push(Claim {
        id: fact.at as u32 + 1,
        statement: text[fact.start..fact.end].to_string() + ".",
        kind: ClaimKind::Event,
        events: vec![event],
        relations: Vec::new(),
        evidence: vec![span],
        chain,
        chain_basis: ChainBasis::Stated,
        certainty: Certainty::Asserted,
        polarity: Polarity::Positive,
        sentence: fact.at,
    });
}

/// Nothing of an analysis but what corroboration asks for.
pub fn body(reading: &Reading) -> Vec<u8> {
    let Analysis { document, .. } = &reading.analysis;
    format!(
        "{{\"format\":\"sourceline.reading/1\",\"document\":{{\"id\":\"{}\",\"text\":\"{}\"}}}}",
        document.id, document.text
    )
    .into_bytes()
}

/// Processor time of this process so far, in seconds (Linux): what others do on the machine at the same time does not count.
pub fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// Peak memory of this process in MB (Linux).
pub fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap_or(0.0) / 1024.0
}
