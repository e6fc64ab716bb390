//! What given names tell of men and women.

use std::collections::HashMap;
use std::sync::LazyLock;

use sourceline_knowledge::fold::fold;

use crate::cluster::Cluster;
use crate::draft::Gender;

/// `data/knowledge/given_names.tsv`, names folded.
static NAMES: LazyLock<HashMap<String, Gender>> = LazyLock::new(|| {
    let table = include_str!("../../../data/knowledge/given_names.tsv");
    let rows = table.lines().filter_map(|line| line.split_once('\t'));
    let gendered = rows.filter_map(|(gender, names)| match gender {
        "m" => Some((Gender::Male, names)),
        "f" => Some((Gender::Female, names)),
        _ => None,
    });
    gendered.flat_map(|(gender, names)| names.split(';').map(move |name| (fold(name.trim()), gender))).collect()
});

/// The gender that the first word of a full name nearly always tells; the name is folded.
fn of_name(name: &str) -> Option<Gender> {
    let (first, _) = name.split_once(' ')?;
    NAMES.get(first).copied()
}

/// The gender that the names of a cluster nearly always tell.
pub(crate) fn gender(cluster: &Cluster) -> Option<Gender> {
    cluster.names.iter().find_map(|name| of_name(name))
}

/// Whether "he", "she" and their forms can stand for a person of this name, as far as a given name tells; other words can.
pub fn can_be_called(name: &str, pronoun: &str) -> bool {
    let wanted = match pronoun {
        "he" | "him" | "his" | "himself" => Gender::Male,
        "she" | "her" | "hers" | "herself" => Gender::Female,
        _ => return true,
    };
    of_name(&fold(name)).is_none_or(|told| told == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_tell_surnames_do_not() {
        let of = |name: &str| gender(&Cluster { names: vec![fold(name)], ..Cluster::default() });
        assert_eq!(of("Elena Petrova"), Some(Gender::Female));
        assert_eq!(of("Mohammed Diallo"), Some(Gender::Male));
        assert_eq!(of("Elena"), None);
        assert_eq!(of("Zzyx Petrova"), None);
        assert!(!can_be_called("Elena Petrova", "he"));
        assert!(can_be_called("Elena Petrova", "her"));
        assert!(can_be_called("Petrova", "he"));
    }
}
