//! Finds what a name may stand for.

use crate::{Candidate, Hints, Kind, Knowledge, Match, Thing, fold};

/// Shortest consonant skeleton by which a one-word name is found in another transliteration; below it names collide.
const MIN_SKELETON: usize = 3;

/// Nouns that follow an outlet's name without being part of it.
const OUTLET_NOUNS: [&str; 22] = [
    "newspaper",
    "daily",
    "weekly",
    "news agency",
    "agency",
    "news",
    "channel",
    "tv",
    "television",
    "network",
    "radio",
    "magazine",
    "website",
    "site",
    "news site",
    "news website",
    "news channel",
    "tv channel",
    "satellite channel",
    "journal",
    "paper",
    "outlet",
];

impl Knowledge {
    /// Everything that `name` may stand for, best first. Empty when nothing is known by that name.
    ///
    /// The name may be in Latin or Arabic script, in any common transliteration, with or without article, with a title before
    /// it or a kind word after it. It is compared whole; parts of names never match, except surnames of people
    /// ([`Match::Surname`]).
    pub fn find(&self, name: &str, hints: &Hints<'_>) -> Vec<Candidate<'_>> {
        let folded = fold::fold(name);
        let mut found = self.exact(&folded, Match::Exact);
        if found.is_empty() {
            found.extend(self.composed(&folded));
        }
        if found.is_empty() {
            found = self.titled(&folded);
        }
        if found.is_empty() {
            found = self.transliterated(&folded);
        }
        if found.is_empty() {
            found = self.surname(&folded);
        }
        for candidate in &mut found {
            candidate.score = self.score(candidate, hints);
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.key.cmp(&b.key)));
        found.dedup_by(|a, b| a.key == b.key);
        found
    }

    /// The best candidate, if any fits the hinted kind.
    pub fn find_best(&self, name: &str, hints: &Hints<'_>) -> Option<Candidate<'_>> {
        self.find(name, hints).into_iter().find(|candidate| fits(candidate.kind, hints))
    }

    fn exact(&self, folded: &str, how: Match) -> Vec<Candidate<'_>> {
        let indices = self.by_name.get(folded).into_iter().flatten();
        indices.map(|&index| candidate(&self.things[index], how)).collect()
    }

    fn titled(&self, folded: &str) -> Vec<Candidate<'_>> {
        for noun in OUTLET_NOUNS {
            if let Some(stem) = folded.strip_suffix(noun).and_then(|stem| stem.strip_suffix(' ')) {
                let mut found = self.exact(stem, Match::Titled);
                found.retain(|candidate| candidate.kind == Kind::Outlet);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        let mut rest = folded;
        while let Some(stem) = self.without_title(rest) {
            rest = stem;
            let mut found = self.exact(rest, Match::Titled);
            if found.is_empty() {
                found = self.transliterated(rest);
            }
            if found.is_empty() {
                found = self.surname(rest);
            }
            found.retain(|candidate| candidate.kind == Kind::Person);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Takes one title, of up to three words, off the front of a folded name.
    fn without_title<'n>(&self, folded: &'n str) -> Option<&'n str> {
        let ends = folded.match_indices(' ').map(|(at, _)| at).take(3).collect::<Vec<_>>();
        let titled = |end: &usize| self.words.role(&folded[..*end]).is_some_and(|role| role.title);
        let end = ends.iter().rev().copied().find(titled).or_else(|| {
            // "Iranian Foreign Minister X": the demonym goes first.
            ends.first()
                .copied()
                .filter(|&end| self.by_demonym.contains_key(&folded[..end]) || self.is_rank(&folded[..end]))
        })?;
        Some(&folded[end + 1..])
    }

    fn transliterated(&self, folded: &str) -> Vec<Candidate<'_>> {
        let skeleton = fold::skeleton(folded);
        if !skeleton.contains(' ') && skeleton.chars().count() < MIN_SKELETON {
            return Vec::new();
        }
        let near = self.by_skeleton.get(&skeleton).into_iter().flatten();
        near.filter(|(_, known)| fold::same_transliteration(folded, known))
            .map(|&(index, _)| candidate(&self.things[index], Match::Transliterated))
            .collect()
    }

    fn surname(&self, folded: &str) -> Vec<Candidate<'_>> {
        let exact = self.by_surname.get(folded);
        let found = exact.or_else(|| {
            let skeleton = fold::skeleton(folded);
            let long = skeleton.chars().count() >= MIN_SKELETON && !folded.contains(' ');
            self.by_surname.get(&format!("~{skeleton}")).filter(|_| long)
        });
        found.into_iter().flatten().map(|&index| candidate(&self.things[index], Match::Surname)).collect()
    }

    fn score(&self, candidate: &Candidate<'_>, hints: &Hints<'_>) -> f32 {
        let mut score = match candidate.how {
            Match::Exact => 3.0,
            Match::Composed => 2.5,
            Match::Titled => 2.0,
            Match::Transliterated => 1.5,
            Match::Surname => 0.5,
        };
        if hints.kind.is_some() {
            score += if fits(candidate.kind, hints) { 1.0 } else { -2.0 };
        }
        if let Some(country) = candidate.country {
            let total: f32 = hints.countries.iter().map(|(_, weight)| weight).sum();
            let here = hints.countries.iter().find(|(code, _)| *code == country).map_or(0.0, |(_, weight)| *weight);
            score += if total > 0.0 { here / total } else { 0.0 };
        }
        if let (Kind::Person, Some(date)) = (candidate.kind, hints.date) {
            let mut offices = self.offices(&candidate.key).peekable();
            let known = offices.peek().is_some();
            score += if offices.any(|office| office.held_on(date)) {
                0.5
            } else if known {
                -0.1
            } else {
                0.0
            };
        }
        score
    }
}

/// Whether a thing of `kind` can be what the hints say it is.
fn fits(kind: Kind, hints: &Hints<'_>) -> bool {
    use sourceline_model::EntityKind as E;
    let Some(hint) = hints.kind else { return true };
    let entity = kind.entity();
    let body = |kind| matches!(kind, E::Organization | E::Group);
    hint == entity || (body(hint) && body(entity)) || (hint == E::Location && entity == E::Gpe) || hint == E::Other
}

fn candidate(thing: &Thing, how: Match) -> Candidate<'_> {
    Candidate {
        key: thing.key.clone(),
        kind: thing.kind,
        name: thing.name.to_owned(),
        country: thing.country,
        wikidata: thing.wikidata,
        thing: Some(thing),
        how,
        score: 0.0,
    }
}
