//! A reading as records.
//!
//! In: a [`Reading`]. Out: [`Records`]. Looks at titles next to names for whom a speaker speaks for, and at cues for denials.

use std::collections::{BTreeMap, BTreeSet};

use sourceline_model::{
    AttributionId, Byte, Claim, ClaimKind, Entity, EntityId, EntityKind, Hop, HopRole, Mention, MentionForm, Polarity,
    Reading, RelationKind, Span, TimeBasis,
};

use crate::days::first_day;
use crate::denial::{Words, is_denial};
use crate::party::is_description;
use crate::record::{ClaimKey, ClaimRecord, DocumentRecord, HopRecord, Party, Records, Signature};
use crate::{Sketch, words};

/// Length of a unit vector in a record.
pub(crate) const VECTOR_SCALE: f32 = 127.0 * 4.0;

/// Words beside a name that make its bearer an official of a state.
const OFFICIAL: &str = " minister ministry president spokesman spokeswoman spokesperson ambassador envoy government official \
officials secretary chancellor premier general army military navy police treasury pentagon parliament lawmaker mp senator \
governor mayor commander department embassy diplomat diplomats mission administration state congress intelligence cabinet ";
/// Words between a person and the organisation for which that person speaks.
const HEADS: &str = " heads head leads leader leads director directs chief runs president chairman chairwoman chair founder spokesman \
spokeswoman spokesperson secretary-general secretary analyst researcher fellow editor ";

/// Makes the records of a reading; `number` is the document's number in the store.
pub fn records(reading: &Reading, number: u64) -> Records {
    let view = View::new(reading);
    let document = view.document(number);
    let claims = reading.claims.iter().map(|claim| view.claim(claim, number)).collect();
    Records { document, claims }
}

struct View<'r> {
    reading: &'r Reading,
    entities: BTreeMap<EntityId, &'r Entity>,
    bodies: BTreeMap<EntityId, (Option<String>, Option<String>, bool)>,
}

impl<'r> View<'r> {
    fn new(reading: &'r Reading) -> Self {
        let entities = reading.entities.iter().map(|entity| (entity.id, entity)).collect();
        let mut view = Self { reading, entities, bodies: BTreeMap::new() };
        view.bodies = reading.entities.iter().map(|entity| (entity.id, view.body_of(entity))).collect();
        view
    }

    fn document(&self, number: u64) -> DocumentRecord {
        let document = &self.reading.analysis.document;
        let outlet = self.publisher();
        let published = document.published.as_ref().map(|published| published.edtf.clone());
        DocumentRecord {
            number,
            id: document.id.clone(),
            input: document.input.clone(),
            own_reporting: own_reporting(&document.text, &outlet.name),
            credits: self.credits(),
            outlet,
            title: document.title.clone(),
            day: published.as_deref().and_then(first_day),
            published,
            language: document.language.clone().unwrap_or_default(),
            words: document.text.split_whitespace().count() as u32,
            sketch: Sketch::new(&document.text),
        }
    }

    fn publisher(&self) -> Party {
        if let Some(outlet) = &self.reading.analysis.document.outlet {
            let key = outlet.kb.clone().unwrap_or_else(|| words::name_key(&outlet.name));
            return Party { name: outlet.name.clone(), key, ..Party::default() };
        }
        let first = self.reading.claims.first().and_then(|claim| claim.chain.first());
        first.map_or_else(Party::default, |hop| self.party(hop))
    }

    /// Agencies whose hop stands in most chains without the sentence naming them: the text is theirs.
    fn credits(&self) -> Vec<(Party, String)> {
        let mut out: Vec<(Party, String)> = Vec::new();
        for hop in self.reading.claims.iter().filter_map(|claim| claim.chain.get(1)) {
            let Some(span) =
                hop.evidence.first().filter(|span| hop.role == HopRole::Reporter && self.is_credit(**span))
            else {
                continue;
            };
            let party = self.party(hop);
            if !out.iter().any(|(known, _)| known.key == party.key) {
                out.push((party, self.reading.analysis.text(*span).to_string()));
            }
        }
        out
    }

    /// Whether a span stands in brackets or behind "with" in a dateline or credit line.
    fn is_credit(&self, span: Span<Byte>) -> bool {
        let text = &self.reading.analysis.document.text;
        let before = text.get(..span.start).unwrap_or("").trim_end();
        let after = text.get(span.end..).unwrap_or("").trim_start();
        before.ends_with('(') && after.starts_with(')')
    }

    fn claim(&self, claim: &Claim, number: u64) -> ClaimRecord {
        let analysis = &self.reading.analysis;
        let evidence = claim.evidence.iter().map(|span| analysis.text(*span)).collect::<Vec<_>>().join(" … ");
        let sentence = analysis.sentences.get(claim.sentence);
        let around = sentence.map_or(evidence.as_str(), |sentence| analysis.text(sentence.span));
        let says = if claim.statement.is_empty() { evidence.clone() } else { claim.statement.clone() };
        // The statement has names for pronouns, the evidence the document's own words; what either says counts.
        let both = format!("{} {evidence}", content_of(&says, &evidence));
        let chain = self.chain(claim);
        ClaimRecord {
            key: ClaimKey { document: number, number: claim.id },
            statement: says,
            kind: kind_word(claim.kind).to_string(),
            sentence: claim.sentence as u32,
            language: analysis.document.language.clone().unwrap_or_default(),
            signature: self.signature(claim),
            certainty: claim.certainty.as_str().to_string(),
            negative: claim.polarity == Polarity::Negative || has_none(&evidence),
            denial: self.is_denial(claim),
            words: words::claim_words(&both, &chain),
            around: words::claim_words(&format!("{around} {both}"), &chain),
            chain,
            entities: self.named(&claim.evidence, entity_key),
            names: self.named(&claim.evidence, |entity| words::name_key(&entity.name)),
            numbers: words::numbers(&evidence),
            quantities: words::quantities(&evidence),
            quotes: words::quotes(around),
            vector: sentence.map_or_else(Vec::new, |sentence| quantise(&sentence.vector)),
            evidence,
        }
    }

    fn signature(&self, claim: &Claim) -> Signature {
        let (mut out, mut stated) = (Signature::default(), None);
        for event in claim.events.iter().filter_map(|id| self.reading.events.iter().find(|event| event.id == *id)) {
            push(&mut out.types, event.kind.as_str().to_string());
            out.mode = out.mode.take().or_else(|| event.mode.clone());
            // A time that the words give goes before one that was inferred.
            let given = event.time.clone().filter(|_| event.time_basis != Some(TimeBasis::Inferred));
            stated = stated.or(given);
            out.time = out.time.take().or_else(|| event.time.clone());
            event.actors.iter().for_each(|id| push(&mut out.actors, self.keyed(*id)));
            event.recipients.iter().for_each(|id| push(&mut out.recipients, self.keyed(*id)));
            event.places.iter().for_each(|place| push(&mut out.places, self.keyed(place.entity)));
        }
        for relation in claim.relations.iter().filter_map(|id| self.reading.relations.iter().find(|r| r.id == *id)) {
            push(&mut out.types, format!("rel:{}", relation.kind.as_str()));
            push(&mut out.actors, self.keyed(relation.subject));
            push(&mut out.recipients, self.keyed(relation.object));
            relation.via.iter().for_each(|id| push(&mut out.places, self.keyed(*id)));
            out.goods = out.goods.take().or_else(|| relation.goods.clone());
        }
        out.time = stated.or(out.time);
        out
    }

    fn keyed(&self, id: EntityId) -> (String, String) {
        self.entities.get(&id).map_or_else(Default::default, |entity| (entity_key(entity), entity.name.clone()))
    }

    fn chain(&self, claim: &Claim) -> Vec<HopRecord> {
        let sentence = self.reading.analysis.sentences.get(claim.sentence).map(|sentence| sentence.span);
        let stated = |hop: &Hop| {
            sentence.is_some_and(|s| hop.evidence.iter().any(|span| s.overlaps(span) && !self.is_credit(*span)))
        };
        let record = |(at, hop): (usize, &Hop)| HopRecord {
            role: hop.role.as_str().to_string(),
            party: if at == 0 { self.publisher_or(hop) } else { self.party(hop) },
            stated: stated(hop),
        };
        claim.chain.iter().enumerate().map(record).collect()
    }

    fn publisher_or(&self, hop: &Hop) -> Party {
        if self.reading.analysis.document.outlet.is_some() { self.publisher() } else { self.party(hop) }
    }

    fn party(&self, hop: &Hop) -> Party {
        let entity = hop.entity.and_then(|id| self.entities.get(&id).copied());
        let described = hop.attribution.and_then(|id| self.anonymous(id));
        let person_or_linked =
            entity.is_some_and(|e| e.kb.is_some() || e.kind == EntityKind::Person && is_title_case(&hop.name));
        let anonymous = hop.anonymous || !person_or_linked && is_description(&hop.name);
        let named = entity.filter(|_| !anonymous);
        // The hop's own words name it unless it is linked to an entry; a state is a source only where it speaks itself.
        let linked =
            named.filter(|e| e.kind != EntityKind::Gpe || hop.role == HopRole::Speaker).and_then(|e| e.kb.clone());
        let person = named.filter(|e| e.kind == EntityKind::Person && hop.role == HopRole::Speaker).map(entity_key);
        let key = linked.or(person).unwrap_or_else(|| words::name_key(&hop.name));
        let (body, country, official) = entity.and_then(|e| self.bodies.get(&e.id).cloned()).unwrap_or_default();
        let (spoken_of, state) = self.office_of(hop);
        let role_is_official = has_word(OFFICIAL, &hop.name) || spoken_of;
        let country = country.or(state);
        let country = country.or_else(|| described.and_then(|a| a.country.clone()));
        // A state that speaks is its government.
        let speaks = matches!(entity.map(|e| e.kind), Some(EntityKind::Gpe)) && hop.role == HopRole::Speaker;
        Party {
            name: hop.name.clone(),
            key: if speaks && !anonymous { state_key(country.as_deref(), &key) } else { key },
            anonymous,
            country,
            body,
            official: official || role_is_official || speaks,
        }
    }

    /// Whether the words with which a claim's own sentence speaks of a person are those of an office, and the state in them: a minister is one
    /// also where the name stands elsewhere.
    fn office_of(&self, hop: &Hop) -> (bool, Option<String>) {
        if hop.role != HopRole::Speaker {
            return (false, None);
        }
        let spans = hop.attribution.and_then(|id| self.reading.attributions.iter().find(|a| a.id == id));
        let source = spans.map(|attribution| attribution.source.as_slice()).unwrap_or_default();
        let office = |span: &&Span<Byte>| has_word(OFFICIAL, self.reading.analysis.text(**span));
        let Some(span) = hop.evidence.iter().chain(source).find(office) else { return (false, None) };
        (true, self.country_within(*span).or_else(|| self.state_before(*span)))
    }

    fn anonymous(&self, id: AttributionId) -> Option<&sourceline_model::Anonymous> {
        self.reading.attributions.iter().find(|attribution| attribution.id == id)?.anonymous.as_ref()
    }

    /// For what an entity speaks: (organisation, country, whether it is an official of the country).
    fn body_of(&self, entity: &Entity) -> (Option<String>, Option<String>, bool) {
        let text = &self.reading.analysis.document.text;
        let mut country = entity.country.clone();
        let (mut official, mut body) = (has_word(OFFICIAL, &entity.name), None);
        if matches!(entity.kind, EntityKind::Gpe) {
            official = true;
        }
        if entity.kind != EntityKind::Person {
            return (body, country, official);
        }
        body = self.related_body(entity.id);
        for mention in self
            .reading
            .mentions
            .iter()
            .filter(|mention| mention.entity == entity.id && mention.form != MentionForm::Pronoun)
        {
            let beside = Beside::of(text, mention.span);
            official |= has_word(OFFICIAL, &beside.title)
                || mention.form == MentionForm::Nominal && has_word(OFFICIAL, self.reading.analysis.text(mention.span));
            if body.is_none() {
                body = self.headed_body(mention, &beside);
            }
            if country.is_none() && official {
                country = self
                    .country_within(beside.around)
                    .or_else(|| self.country_within(mention.span))
                    .or_else(|| self.state_before(mention.span));
            }
        }
        let state_body = body.as_deref().is_some_and(|key| key.starts_with("sl:state/"));
        (body.filter(|_| !state_body), country, official)
    }

    fn related_body(&self, person: EntityId) -> Option<String> {
        let relation = self.reading.relations.iter().find(|relation| {
            relation.subject == person
                && matches!(relation.kind, RelationKind::Leads | RelationKind::MemberOf | RelationKind::PartOf)
        })?;
        let object = self.entities.get(&relation.object)?;
        matches!(object.kind, EntityKind::Organization | EntityKind::Group).then(|| entity_key(object))
    }

    /// The organisation behind "who heads research at", "director of" right after a name, or in front of it.
    fn headed_body(&self, mention: &Mention, beside: &Beside) -> Option<String> {
        if mention.form != MentionForm::Name || !has_word(HEADS, &beside.title) {
            return None;
        }
        let near = self.reading.mentions.iter().find(|other| {
            other.form == MentionForm::Name
                && beside.around.covers(&other.span)
                && !other.span.overlaps(&mention.span)
                && matches!(other.kind, EntityKind::Organization | EntityKind::Group)
        })?;
        self.entities.get(&near.entity).map(|entity| entity_key(entity))
    }

    fn country_within(&self, span: Span<Byte>) -> Option<String> {
        let inside = |mention: &&Mention| {
            span.covers(&mention.span) && matches!(mention.kind, EntityKind::Gpe | EntityKind::Norp)
        };
        self.reading
            .mentions
            .iter()
            .filter(inside)
            .find_map(|mention| self.entities.get(&mention.entity)?.country.clone())
    }

    /// The state whose government or office is spoken of last before an official without a country, in the same sentence or the one before.
    fn state_before(&self, span: Span<Byte>) -> Option<String> {
        let analysis = &self.reading.analysis;
        let at = analysis.sentences.iter().position(|sentence| sentence.span.covers(&span))?;
        let start = analysis.sentences[at.saturating_sub(1)].span.start;
        let states = self.reading.mentions.iter().filter(|mention| {
            mention.span.start >= start
                && mention.span.end <= span.start
                && matches!(mention.kind, EntityKind::Gpe | EntityKind::Norp)
                && is_office(&analysis.document.text, mention.span)
        });
        states.max_by_key(|mention| mention.span.start).and_then(|m| self.entities.get(&m.entity)?.country.clone())
    }

    fn named(&self, evidence: &[Span<Byte>], key: impl Fn(&Entity) -> String) -> Vec<String> {
        let inside = |mention: &&Mention| evidence.iter().any(|span| span.covers(&mention.span));
        let keys: BTreeSet<String> = self
            .reading
            .mentions
            .iter()
            .filter(inside)
            .filter_map(|mention| self.entities.get(&mention.entity))
            .filter(|entity| entity.kb.is_some() || entity.kind != EntityKind::Other)
            .map(|entity| key(entity))
            .collect();
        keys.into_iter().collect()
    }

    /// Whether the claim's speaker contradicts what others say.
    fn is_denial(&self, claim: &Claim) -> bool {
        let analysis = &self.reading.analysis;
        let cue = claim
            .chain
            .iter()
            .rev()
            .find_map(|hop| hop.attribution)
            .and_then(|id| self.reading.attributions.iter().find(|a| a.id == id));
        let cue_text = cue
            .map(|a| a.cue.iter().map(|span| analysis.text(*span)).collect::<Vec<_>>().join(" "))
            .unwrap_or_default();
        let evidence = claim.evidence.iter().map(|span| analysis.text(*span)).collect::<Vec<_>>().join(" ");
        let sentence = analysis.sentences.get(claim.sentence).map_or("", |sentence| analysis.text(sentence.span));
        let negative = claim.polarity == Polarity::Negative;
        is_denial(&Words { cue: &cue_text, evidence: &evidence, sentence, negative, attributed: claim.chain.len() > 1 })
    }
}

/// Whether a state's name stands with an office: "Norland's port minister", "the government of Norland".
fn is_office(text: &str, span: Span<Byte>) -> bool {
    let after: Vec<&str> = text
        .get(span.end..)
        .unwrap_or("")
        .split([',', '.', ';', '\n'])
        .next()
        .unwrap_or("")
        .split_whitespace()
        .take(4)
        .collect();
    let before: Vec<&str> = text.get(..span.start).unwrap_or("").split_whitespace().rev().take(3).collect();
    let of = before.iter().position(|word| *word == "of").filter(|at| *at < 2);
    after.iter().any(|word| has_word(OFFICIAL, word))
        || of.is_some_and(|at| before.get(at + 1).is_some_and(|word| has_word(OFFICIAL, word)))
}

/// Whether words say that there is none ("has no such ships", "there is no proof").
fn has_none(text: &str) -> bool {
    let folded = words::fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let having = [
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "possesses",
        "possess",
        "possessed",
        "holds",
        "hold",
        "held",
    ];
    words.windows(2).any(|pair| having.contains(&pair[0]) && pair[1] == "no")
        && !words.windows(2).any(|pair| pair == ["no", "longer"] || pair == ["no", "doubt"])
}

/// Whether all words of a name but the small ones begin with a capital.
fn is_title_case(name: &str) -> bool {
    name.split_whitespace().all(|word| word.len() <= 3 || !word.starts_with(char::is_lowercase))
}

/// What stands right beside a name.
struct Beside {
    title: String,
    around: Span<Byte>,
}

impl Beside {
    /// The words before the name in its phrase and the apposition after it.
    fn of(text: &str, span: Span<Byte>) -> Self {
        let before = text.get(..span.start).unwrap_or("");
        let start = before
            .rfind(['.', ',', ';', '\n', '"', '“', '—'])
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let after = text.get(span.end..).unwrap_or("");
        let mut end = span.end;
        if let Some(rest) = after.strip_prefix(',') {
            let stop = rest.find(['.', ',', ';', '\n', '"', '”']).unwrap_or(rest.len());
            end = span.end + 1 + stop;
        }
        let title = format!("{} {}", &before[start..], text.get(span.end..end).unwrap_or(""));
        Self { title, around: Span::new(start, end) }
    }
}

/// "told the Levant Daily", "in an interview with our reporter": the outlet did work of its own.
fn own_reporting(text: &str, outlet: &str) -> bool {
    let text = words::fold(text);
    let outlet = words::fold(outlet);
    let outlet = outlet.strip_prefix("the ").unwrap_or(&outlet);
    if outlet.is_empty() {
        return false;
    }
    let to = [
        "told",
        "interview with",
        "interviewed by",
        "speaking to",
        "spoke to",
        "reviewed by",
        "seen by",
        "obtained by",
        "shared with",
    ];
    let by = ["investigation by", "correspondent of", "reporter of", "reporters of"];
    let named = to
        .iter()
        .chain(&by)
        .any(|cue| text.contains(&format!("{cue} {outlet}")) || text.contains(&format!("{cue} the {outlet}")));
    named
        || ["told this newspaper", "told our reporter", "told our correspondent", "our reporters"]
            .iter()
            .any(|cue| text.contains(cue))
}

fn has_word(list: &str, text: &str) -> bool {
    words::fold(text)
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|word| !word.is_empty() && list.contains(&format!(" {word} ")))
}

/// A statement without the words of attribution that stand in front of its content.
fn content_of<'s>(statement: &'s str, evidence: &str) -> &'s str {
    let longer = statement.chars().count() > 3 * evidence.chars().count().max(20);
    if longer { "" } else { statement }
}

fn kind_word(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Event => "event",
        ClaimKind::State => "state",
        ClaimKind::Forecast => "forecast",
        ClaimKind::Opinion => "opinion",
    }
}

fn entity_key(entity: &Entity) -> String {
    entity.kb.clone().unwrap_or_else(|| words::name_key(&entity.name))
}

fn state_key(country: Option<&str>, key: &str) -> String {
    country.map_or_else(|| key.to_string(), |code| format!("sl:{code}/government"))
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Scales a unit vector to a byte a number; four times finer than the largest number needs, for in 384 dimensions none comes near 1.
fn quantise(vector: &[f32]) -> Vec<i8> {
    vector.iter().map(|x| (x * VECTOR_SCALE).round().clamp(-127.0, 127.0) as i8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_say_there_is_none() {
        assert!(has_none("The navy has no such ships"));
        assert!(has_none("there is no proof"));
        assert!(!has_none("the line is no longer open"));
        assert!(!has_none("the navy has ships"));
    }

    #[test]
    fn a_state_stands_with_its_office() {
        for (text, name) in
            [("the government of Norland said", "Norland"), ("Norland's port minister spoke", "Norland")]
        {
            let start = text.find(name).unwrap();
            assert!(is_office(text, Span::new(start, start + name.len())), "{text}");
        }
        assert!(!is_office("the snow in Norland fell", Span::new(12, 19)));
    }
}
