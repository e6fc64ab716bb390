//! What the knowledge base holds: things, states, outlets, offices.

use sourceline_model::EntityKind;

/// Kind of a thing in the knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A state.
    State,
    /// A dependent, disputed or unrecognised territory.
    Territory,
    /// The government of a state, or its seat.
    Government,
    /// A ministry.
    Ministry,
    /// Armed forces or a branch of them.
    Forces,
    /// An intelligence or security service.
    Intelligence,
    /// Police and other law enforcement.
    Police,
    /// A parliament or a chamber of one.
    Parliament,
    /// Any other body of a state: a court, a central bank, an embassy.
    Body,
    /// A person.
    Person,
    /// An armed group.
    ArmedGroup,
    /// A political party, front or movement.
    Party,
    /// An organisation of states.
    International,
    /// A non-governmental organisation, think tank or university.
    Ngo,
    /// A company.
    Company,
    /// A news outlet.
    Outlet,
    /// A people, religion or other affiliation.
    Norp,
}

impl Kind {
    /// Reads the word of the tables.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "state" => Self::State,
            "territory" => Self::Territory,
            "government" => Self::Government,
            "ministry" => Self::Ministry,
            "forces" => Self::Forces,
            "intelligence" => Self::Intelligence,
            "police" => Self::Police,
            "parliament" => Self::Parliament,
            "body" => Self::Body,
            "person" => Self::Person,
            "armed" => Self::ArmedGroup,
            "party" => Self::Party,
            "international" => Self::International,
            "ngo" => Self::Ngo,
            "company" => Self::Company,
            "outlet" => Self::Outlet,
            "norp" => Self::Norp,
            _ => return None,
        })
    }

    /// The kind of entity that a thing of this kind is in a reading.
    pub const fn entity(self) -> EntityKind {
        match self {
            Self::State | Self::Territory => EntityKind::Gpe,
            Self::Person => EntityKind::Person,
            Self::ArmedGroup | Self::Party => EntityKind::Group,
            Self::Norp => EntityKind::Norp,
            _ => EntityKind::Organization,
        }
    }

    /// Whether a thing of this kind is a body of a state.
    pub const fn is_state_body(self) -> bool {
        matches!(
            self,
            Self::Government
                | Self::Ministry
                | Self::Forces
                | Self::Intelligence
                | Self::Police
                | Self::Parliament
                | Self::Body
        )
    }
}

/// Something that the knowledge base has an entry for.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// Its key: `sl:hezbollah`, `sl:state/SY`, `sl:SY/army`.
    pub key: String,
    /// Its kind.
    pub kind: Kind,
    /// Its usual English name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2 code of the state it is, belongs to or is based in.
    pub country: Option<&'static str>,
    /// Wikidata id.
    pub wikidata: Option<&'static str>,
    /// Key of what it is a part of (`sl:` included).
    pub part_of: Option<String>,
    /// Other names in Latin script.
    pub aliases: Vec<&'static str>,
    /// Names in Arabic script.
    pub arabic: Vec<&'static str>,
}

/// A state or territory.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// ISO 3166-1 alpha-2 code.
    pub iso2: &'static str,
    /// ISO 3166-1 alpha-3 code.
    pub iso3: &'static str,
    /// Usual English name.
    pub name: &'static str,
    /// Seat of government.
    pub capital: Option<&'static str>,
    /// Adjectives and nouns of nationality, the adjective first.
    pub demonyms: Vec<&'static str>,
    /// Names it had before.
    pub former: Vec<&'static str>,
    /// Codes of the states it borders.
    pub neighbours: Vec<&'static str>,
}

impl State {
    /// Key of the state: `sl:state/SY`.
    pub fn key(&self) -> String {
        format!("sl:state/{}", self.iso2)
    }

    /// Key of its government: `sl:SY/government`.
    pub fn government(&self) -> String {
        format!("sl:{}/government", self.iso2)
    }

    /// Key of its armed forces: `sl:SY/armed-forces`.
    pub fn armed_forces(&self) -> String {
        format!("sl:{}/armed-forces", self.iso2)
    }
}

/// What a news outlet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutletKind {
    /// A news agency that others reprint.
    Agency,
    /// A newspaper.
    Newspaper,
    /// A magazine or journal.
    Magazine,
    /// A television or radio station or network.
    Broadcaster,
    /// A site without a printed or broadcast edition.
    Online,
    /// A site that collects reports of others.
    Aggregator,
    /// An organisation that watches and documents events.
    Monitor,
}

impl OutletKind {
    /// Reads the word of the tables.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "agency" => Self::Agency,
            "newspaper" => Self::Newspaper,
            "magazine" => Self::Magazine,
            "broadcaster" => Self::Broadcaster,
            "online" => Self::Online,
            "aggregator" => Self::Aggregator,
            "monitor" => Self::Monitor,
            _ => return None,
        })
    }
}

/// A news outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlet {
    /// Index of its thing.
    pub(crate) thing: usize,
    /// Key: `sl:wsj`.
    pub key: String,
    /// Usual name.
    pub name: &'static str,
    /// What it is.
    pub kind: OutletKind,
    /// Country it is based in.
    pub country: Option<&'static str>,
    /// ISO 639-1 code of its main language.
    pub language: Option<&'static str>,
    /// Domains, without `www.`.
    pub domains: Vec<&'static str>,
    /// Owner or owning family: `state` for state media, `party` or `group` keys, else a company's name.
    pub owner: Option<&'static str>,
    /// Other names.
    pub aliases: Vec<&'static str>,
}

impl Outlet {
    /// Whether a state or a body of a state owns it.
    pub fn is_state_media(&self) -> bool {
        self.owner.is_some_and(|owner| owner == "state" || owner.starts_with("state:"))
    }
}

/// An office that a person held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office {
    /// What: `president`, `prime-minister`, `foreign-minister`, `leader`, `secretary-general`, …
    pub role: &'static str,
    /// Of what: an ISO code (`SY`) or a key without `sl:` (`hezbollah`).
    pub of: &'static str,
    /// First day known, `2000`, `2000-07` or `2000-07-17`.
    pub begin: Option<&'static str>,
    /// Last day known; `None` while in office as of the table's date, or unknown.
    pub end: Option<&'static str>,
}

impl Office {
    /// Whether the office was held on `date` (EDTF, any precision; compared as far as both are known).
    pub fn held_on(&self, date: &str) -> bool {
        let not_after = |a: &str, b: &str| {
            let n = a.len().min(b.len());
            a.get(..n) <= b.get(..n)
        };
        self.begin.is_none_or(|begin| not_after(begin, date)) && self.end.is_none_or(|end| not_after(date, end))
    }
}

/// How a candidate was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// The name is one of the thing's names.
    Exact,
    /// Made of a demonym or state name and the name of an organ: "Syrian army".
    Composed,
    /// Exact after a title ("President X") or a kind word ("X newspaper") was taken off.
    Titled,
    /// Another transliteration of one of its names.
    Transliterated,
    /// Only the surname.
    Surname,
}

/// Something that a name may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<'k> {
    /// Key, `sl:…`.
    pub key: String,
    /// Its kind.
    pub kind: Kind,
    /// Usual English name.
    pub name: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<&'static str>,
    /// Wikidata id.
    pub wikidata: Option<&'static str>,
    /// The entry itself; `None` for a composed one that has none.
    pub thing: Option<&'k Thing>,
    /// How it was found.
    pub how: Match,
    /// Higher is better; compare only within one list.
    pub score: f32,
}

/// What the context says about a name.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// What the mention seems to be.
    pub kind: Option<EntityKind>,
    /// ISO codes of countries that the document speaks of, with weights.
    pub countries: &'a [(&'a str, f32)],
    /// Date of the document, EDTF; prefers people in office then.
    pub date: Option<&'a str>,
}
