//! Mentions and the entities behind them.

use crate::{Byte, Span};

/// Number of a mention in its reading; printed as `m1`, `m2`, …
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub u32);

/// Number of an entity in its reading; printed as `e1`, `e2`, …
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// An organisation of any kind that is not an armed or political group.
    Organization,
    /// An armed or political group.
    Group,
    /// A state, province, city: a place with a government.
    Gpe,
    /// A place without a government.
    Location,
    /// Something built: an airport, a base, a bridge.
    Facility,
    /// A weapon.
    Weapon,
    /// A vehicle, ship or aircraft.
    Vehicle,
    /// A named event.
    Event,
    /// A product, work or law.
    Product,
    /// A nationality, religious or political affiliation.
    Norp,
    /// Anything else.
    Other,
}

impl EntityKind {
    /// All kinds, in the order of the format's list.
    pub const ALL: [Self; 12] = [
        Self::Person,
        Self::Organization,
        Self::Group,
        Self::Gpe,
        Self::Location,
        Self::Facility,
        Self::Weapon,
        Self::Vehicle,
        Self::Event,
        Self::Product,
        Self::Norp,
        Self::Other,
    ];

    /// The word of the reading format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Group => "group",
            Self::Gpe => "gpe",
            Self::Location => "location",
            Self::Facility => "facility",
            Self::Weapon => "weapon",
            Self::Vehicle => "vehicle",
            Self::Event => "event",
            Self::Product => "product",
            Self::Norp => "norp",
            Self::Other => "other",
        }
    }

    /// Reads the word of the reading format.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Form of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    /// A proper name.
    Name,
    /// A common noun phrase: "the group".
    Nominal,
    /// A pronoun.
    Pronoun,
}

/// A stretch of text that stands for an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its number.
    pub id: MentionId,
    /// Its words.
    pub span: Span<Byte>,
    /// What it stands for.
    pub kind: EntityKind,
    /// Its form.
    pub form: MentionForm,
    /// The entity it stands for.
    pub entity: EntityId,
}

/// A place of the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Name.
    pub name: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames feature code: `PCLI`, `ADM1`, `PPL`, …
    pub feature: String,
}

/// Someone or something that a document speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Its number.
    pub id: EntityId,
    /// Its best name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Key in the knowledge base: `sl:wsj`, `sl:state/SY`.
    pub kb: Option<String>,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// ISO 3166-1 alpha-2 code of the state it is, belongs to or lies in.
    pub country: Option<String>,
    /// Where it is, for places.
    pub place: Option<Place>,
}
