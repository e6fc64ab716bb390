//! Common nouns: roles and titles of people, nouns that stand for organisations and reports.

use std::collections::HashMap;

use crate::table::{items, rows};

/// Class of a role noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleClass {
    /// A head of state or government, a monarch.
    Head,
    /// A minister, governor, mayor, legislator or other office holder.
    Politician,
    /// "official", "adviser", "bureaucrat".
    Official,
    /// "diplomat", "ambassador", "envoy".
    Diplomat,
    /// "spokesman".
    Spokesperson,
    /// Military ranks and posts.
    Military,
    /// "fighter", "rebel", "militant".
    Fighter,
    /// Police and judges, lawyers, prosecutors.
    Law,
    /// "analyst", "expert", "researcher".
    Expert,
    /// "journalist", "correspondent".
    Journalist,
    /// "sheikh", "cleric", "bishop".
    Religious,
    /// "activist", "aid worker", "volunteer".
    Activist,
    /// "witness", "resident", "survivor".
    Witness,
    /// "doctor", "farmer" and other occupations.
    Occupation,
    /// "source".
    Source,
    /// "Mr", "Dr".
    Honorific,
    /// "mother", "son".
    Kin,
    /// "man", "people".
    Person,
}

impl RoleClass {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "head" => Self::Head,
            "politician" => Self::Politician,
            "official" => Self::Official,
            "diplomat" => Self::Diplomat,
            "spokesperson" => Self::Spokesperson,
            "military" => Self::Military,
            "fighter" => Self::Fighter,
            "law" => Self::Law,
            "expert" => Self::Expert,
            "journalist" => Self::Journalist,
            "religious" => Self::Religious,
            "activist" => Self::Activist,
            "witness" => Self::Witness,
            "occupation" => Self::Occupation,
            "source" => Self::Source,
            "honorific" => Self::Honorific,
            "kin" => Self::Kin,
            "person" => Self::Person,
            _ => return None,
        })
    }
}

/// A noun for what a person is or does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// The noun, singular, lower case: `spokeswoman`, `prime minister`.
    pub word: &'static str,
    /// Its class.
    pub class: RoleClass,
    /// Whether an unnamed person of this role is commonly quoted as a source.
    pub anonymous: bool,
    /// Whether it stands before names as a title.
    pub title: bool,
    /// `m`, `f`, or empty.
    pub gender: &'static str,
}

/// What a common noun that stands for something other than a person may refer back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Referent {
    /// "report", "article", "story": something published.
    Report,
    /// "newspaper", "daily", "paper".
    Newspaper,
    /// "agency", "wire".
    Agency,
    /// "broadcaster", "channel".
    Broadcaster,
    /// "outlet", "website", "media".
    Outlet,
    /// "country", "nation", "kingdom".
    State,
    /// "city", "town", "village".
    Settlement,
    /// "province", "region", "governorate".
    Division,
    /// "group", "militia", "movement".
    Group,
    /// "party".
    Party,
    /// "army", "forces", "troops".
    Forces,
    /// "government", "regime", "administration".
    Government,
    /// "ministry", "department", "parliament", "court" and other state bodies.
    Body,
    /// "organization", "alliance", "union".
    Organization,
    /// "company", "firm".
    Company,
    /// "airport", "base", "camp", "bridge".
    Facility,
    /// "river", "mountain", "sea", "road".
    Location,
    /// "war", "offensive".
    Event,
    /// "missile", "rifle".
    Weapon,
    /// "ship", "aircraft", "truck".
    Vehicle,
}

impl Referent {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "report" => Self::Report,
            "newspaper" => Self::Newspaper,
            "agency" => Self::Agency,
            "broadcaster" => Self::Broadcaster,
            "outlet" => Self::Outlet,
            "state" => Self::State,
            "settlement" => Self::Settlement,
            "division" => Self::Division,
            "group" => Self::Group,
            "party" => Self::Party,
            "forces" => Self::Forces,
            "government" => Self::Government,
            "body" => Self::Body,
            "organization" => Self::Organization,
            "company" => Self::Company,
            "facility" => Self::Facility,
            "location" => Self::Location,
            "event" => Self::Event,
            "weapon" => Self::Weapon,
            "vehicle" => Self::Vehicle,
            _ => return None,
        })
    }
}

#[derive(Debug, Default)]
pub(crate) struct Words {
    roles: HashMap<&'static str, Role>,
    nominals: HashMap<&'static str, Vec<Referent>>,
    ranks: Vec<&'static str>,
}

impl Words {
    pub(crate) fn load(roles: &'static str, nominals: &'static str) -> Self {
        let mut words = Self::default();
        for row in rows(roles) {
            let [class, flags, list] = row.columns();
            if class == "rank" {
                words.ranks.extend(items(list));
                continue;
            }
            let Some(class) = RoleClass::parse(class) else { continue };
            let gender = if flags.contains('m') {
                "m"
            } else if flags.contains('f') {
                "f"
            } else {
                ""
            };
            for word in items(list) {
                let role = Role { word, class, anonymous: flags.contains('a'), title: flags.contains('t'), gender };
                words.roles.insert(word, role);
            }
        }
        for row in rows(nominals) {
            let [referent, list] = row.columns();
            let Some(referent) = Referent::parse(referent) else { continue };
            for word in items(list) {
                words.nominals.entry(word).or_default().push(referent);
            }
        }
        words
    }

    pub(crate) fn role(&self, lemma: &str) -> Option<Role> {
        self.roles.get(lemma).copied()
    }

    pub(crate) fn referents(&self, lemma: &str) -> &[Referent] {
        self.nominals.get(lemma).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn is_rank(&self, word: &str) -> bool {
        self.ranks.contains(&word)
    }

    pub(crate) fn roles(&self) -> impl Iterator<Item = &Role> {
        self.roles.values()
    }
}
