//! How features name relations, kinds and hints.

use sourceline_model::{EntityHint, EntityKind};

/// Relations as features know them.
pub(crate) fn role(relation: &str) -> &'static str {
    match relation {
        "nsubj" => "nsubj",
        "nsubj:pass" => "nsubj:pass",
        "obj" | "iobj" => "obj",
        "nmod:poss" => "poss",
        "obl:agent" => "agent",
        _ => match relation.split(':').next().unwrap_or("") {
            "nsubj" => "nsubj",
            "obl" => "obl",
            "nmod" => "nmod",
            "compound" | "amod" | "flat" => "inside",
            "appos" => "appos",
            "conj" => "conj",
            "root" => "root",
            _ => "other",
        },
    }
}

/// Kinds of things as features know them.
pub(crate) fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Group => "group",
        EntityKind::Gpe => "gpe",
        EntityKind::Location => "location",
        EntityKind::Facility => "facility",
        EntityKind::Weapon => "weapon",
        EntityKind::Vehicle => "vehicle",
        EntityKind::Event => "event",
        EntityKind::Product => "product",
        EntityKind::Norp => "norp",
        EntityKind::Other => "other",
    }
}

/// What the encoder takes a word for, as features know it.
pub(crate) fn hint_name(hint: Option<EntityHint>) -> &'static str {
    match hint {
        None => "none",
        Some(EntityHint::Person) => "person",
        Some(EntityHint::Organization) => "organization",
        Some(EntityHint::Place) => "place",
        Some(EntityHint::Event) => "event",
        Some(EntityHint::Object) => "object",
        Some(EntityHint::Abstract) => "abstract",
        Some(EntityHint::Time) => "time",
        Some(EntityHint::Substance) => "substance",
        Some(EntityHint::Animal) => "animal",
        Some(EntityHint::Plant) => "plant",
    }
}
