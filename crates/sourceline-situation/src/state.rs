//! The state at a date, and what changed between two dates.

use std::collections::{BTreeMap, BTreeSet};

use sourceline_model::RelationKind;

use crate::timeline::is_part;
use crate::{ActorIndex, Bounds, ClaimIndex, Day, Evidence, Fluent, FluentId, Input, Situation, Trust, Turn};

/// How a relation stands at a date, on the word of the claims that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Nothing is known of that date.
    Unknown,
    /// It is said not to hold.
    Denied,
    /// It has ended.
    Ended,
    /// Nothing says that it held by then, but something later says that it ended or had held.
    Presumed,
    /// Claims conflict.
    Contested,
    /// It holds.
    Holds,
}

impl Status {
    /// Whether a network of that date shows it.
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Holds | Self::Presumed | Self::Contested)
    }

    /// A word for people and programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Denied => "denied",
            Self::Ended => "ended",
            Self::Presumed => "presumed",
            Self::Contested => "contested",
            Self::Holds => "holds",
        }
    }
}

/// A relation at a date, with the claims on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Which relation.
    pub fluent: Fluent,
    /// How it stands.
    pub status: Status,
    /// When it began, as far as known.
    pub since: Option<Bounds>,
    /// When it ended or will have ended, as far as known.
    pub until: Option<Bounds>,
    /// Claims that say it holds, began or had held.
    pub claims_for: Vec<ClaimIndex>,
    /// Claims that say it ended or does not hold.
    pub claims_against: Vec<ClaimIndex>,
}

/// What happened to a relation between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// It holds at the second date only.
    Began,
    /// It holds at the first date only.
    Ended,
    /// Another one holds this place or body, or friends became foes (or the reverse).
    ChangedSides,
    /// Claims conflict at the second date only.
    BecameContested,
}

/// A relation that differs between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Difference {
    /// What happened.
    pub kind: DifferenceKind,
    /// Which relation.
    pub fluent: FluentId,
    /// Status at the first date.
    pub before: Status,
    /// Status at the second date.
    pub after: Status,
}

/// Days within which opposite words on a relation speak of the same time: reports on one matter spread over a month in the three example
/// stories.
const SAME_NEWS: i32 = 30;

/// Days before an end for which a relation is presumed to have held when nothing says since when: ten years.
const PRESUMED: i32 = 3_653;

/// Days after an end in which reports still speak of what was as if it were ("Iranian troops in Syria"); later ones make it contested.
const AFTERMATH: i32 = 90;

/// Rivals named for one relation; more say nothing new.
const MAX_RIVALS: usize = 4;

impl Situation {
    /// The relations that a network of `at` shows, in the order of the fluents.
    pub fn state(&self, input: &Input, at: Day, trust: &Trust) -> Vec<(FluentId, Status)> {
        let admitted = Admitted::new(input, trust);
        let statuses = self.iter().map(|(id, _)| (id, admitted.status(self.evidence(id), at)));
        let mut shown: Vec<(FluentId, Status)> = statuses.filter(|(_, status)| status.is_shown()).collect();
        let contested = self.rivals(input, shown.iter().copied());
        for (id, status) in &mut shown {
            if contested.contains_key(id) {
                *status = Status::Contested;
            }
        }
        shown
    }

    /// How one relation stands at `at`, with its claims.
    pub fn standing(&self, input: &Input, id: FluentId, at: Day, trust: &Trust) -> Standing {
        let mut standings = self.standings(input, [id], at, trust);
        standings.pop().expect("one standing for one relation")
    }

    /// How several relations stand at `at`, with their claims.
    pub fn standings(
        &self,
        input: &Input,
        ids: impl IntoIterator<Item = FluentId>,
        at: Day,
        trust: &Trust,
    ) -> Vec<Standing> {
        let admitted = Admitted::new(input, trust);
        let ids: Vec<FluentId> = ids.into_iter().collect();
        let mut standings: Vec<Standing> =
            ids.iter().map(|&id| admitted.standing(self.fluent(id), self.evidence(id), at)).collect();
        let controlled =
            standings.iter().filter(|s| s.fluent.kind == RelationKind::Controls && s.status == Status::Holds);
        let objects: BTreeSet<ActorIndex> = controlled.map(|standing| standing.fluent.object).collect();
        if objects.is_empty() {
            return standings;
        }
        let same = self.controls().filter(|&id| objects.contains(&self.fluent(id).object));
        let rivals = self.rivals(input, same.map(|id| (id, admitted.status(self.evidence(id), at))));
        for (id, standing) in ids.iter().zip(&mut standings) {
            for &rival in rivals.get(id).into_iter().flatten() {
                standing.status = Status::Contested;
                let theirs = admitted.standing(self.fluent(rival), self.evidence(rival), at).claims_for;
                let new: Vec<ClaimIndex> =
                    theirs.into_iter().filter(|claim| !standing.claims_against.contains(claim)).collect();
                standing.claims_against.extend(new);
            }
        }
        standings
    }

    /// All relations of control: they stand together, as fluents are sorted by kind.
    fn controls(&self) -> impl Iterator<Item = FluentId> {
        let from = self.fluents.partition_point(|fluent| fluent.kind < RelationKind::Controls);
        let to = self.fluents.partition_point(|fluent| fluent.kind <= RelationKind::Controls);
        (from..to).map(|at| FluentId(at as u32))
    }

    /// Those of a date's relations that hold and can't all be so, each with some that it conflicts with: one place or body controlled by several who
    /// are no parts of each other.
    fn rivals(
        &self,
        input: &Input,
        statuses: impl Iterator<Item = (FluentId, Status)>,
    ) -> BTreeMap<FluentId, Vec<FluentId>> {
        let holds = |(id, status): (FluentId, Status)| {
            let fluent = self.fluent(id);
            (status == Status::Holds && fluent.kind == RelationKind::Controls).then_some((fluent.object, id))
        };
        let mut holding: Vec<(ActorIndex, FluentId)> = statuses.filter_map(holds).collect();
        holding.sort_unstable();
        let apart = |a: FluentId, b: FluentId| {
            let (a, b) = (self.fluent(a).subject, self.fluent(b).subject);
            !is_part(input, a, b) && !is_part(input, b, a)
        };
        let mut rivals = BTreeMap::new();
        for group in holding.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            for (_, id) in group {
                let others = group.iter().map(|(_, other)| *other).filter(|other| other != id && apart(*id, *other));
                let others: Vec<FluentId> = others.take(MAX_RIVALS).collect();
                if !others.is_empty() {
                    rivals.insert(*id, others);
                }
            }
        }
        rivals
    }

    /// What differs between two dates, in the order of the fluents.
    pub fn difference(&self, input: &Input, from: Day, to: Day, trust: &Trust) -> Vec<Difference> {
        let admitted = Admitted::new(input, trust);
        let mut found: Vec<Difference> = Vec::new();
        let mut controls: Vec<(FluentId, Status, Status)> = Vec::new();
        for (id, _) in self.iter() {
            let rows = self.evidence(id);
            let (before, after) = (admitted.status(rows, from), admitted.status(rows, to));
            if self.fluent(id).kind == RelationKind::Controls {
                controls.push((id, before, after));
            } else if let Some(kind) = difference(before, after) {
                found.push(Difference { kind, fluent: id, before, after });
            }
        }
        let earlier = self.rivals(input, controls.iter().map(|&(id, before, _)| (id, before)));
        let later = self.rivals(input, controls.iter().map(|&(id, _, after)| (id, after)));
        for (id, before, after) in controls {
            let before = if earlier.contains_key(&id) { Status::Contested } else { before };
            let after = if later.contains_key(&id) { Status::Contested } else { after };
            if let Some(kind) = difference(before, after) {
                found.push(Difference { kind, fluent: id, before, after });
            }
        }
        found.sort_unstable_by_key(|difference| difference.fluent);
        self.mark_changed_sides(&mut found);
        found
    }

    /// An end and a beginning of control over the same thing, or of hostility and alliance between the same two, are one change.
    fn mark_changed_sides(&self, found: &mut [Difference]) {
        let key = |difference: &Difference| {
            let fluent = self.fluent(difference.fluent);
            match fluent.kind {
                RelationKind::Controls => Some((0, fluent.object, fluent.object)),
                RelationKind::Leads => Some((1, fluent.object, fluent.object)),
                RelationKind::Allied | RelationKind::Hostile => Some((2, fluent.subject, fluent.object)),
                _ => None,
            }
        };
        let keys = |kind: DifferenceKind| -> std::collections::BTreeSet<_> {
            found.iter().filter(|d| d.kind == kind).filter_map(key).collect()
        };
        let both: std::collections::BTreeSet<_> =
            keys(DifferenceKind::Began).intersection(&keys(DifferenceKind::Ended)).copied().collect();
        for difference in found.iter_mut().filter(|d| d.kind != DifferenceKind::BecameContested) {
            if key(difference).is_some_and(|key| both.contains(&key)) {
                difference.kind = DifferenceKind::ChangedSides;
            }
        }
    }
}

const fn difference(before: Status, after: Status) -> Option<DifferenceKind> {
    match (before, after) {
        (Status::Contested, Status::Contested) => None,
        (_, Status::Contested) => Some(DifferenceKind::BecameContested),
        (Status::Holds | Status::Presumed | Status::Contested, Status::Ended | Status::Denied) => {
            Some(DifferenceKind::Ended)
        }
        (Status::Unknown | Status::Ended | Status::Denied, Status::Holds) => Some(DifferenceKind::Began),
        _ => None,
    }
}

/// The claims that count, worked out once for a question.
struct Admitted<'a> {
    claims: Vec<bool>,
    trust: &'a Trust,
}

impl<'a> Admitted<'a> {
    fn new(input: &Input, trust: &'a Trust) -> Self {
        let claims = input.claims.iter().map(|claim| trust.admits(claim, claim.certainty)).collect();
        Self { claims, trust }
    }

    fn counts(&self, row: &Evidence) -> bool {
        row.certainty <= self.trust.certainty && self.claims[row.claim.0 as usize]
    }

    /// Weighs what is said of a relation up to `at`. A change that is told outright (began, ended) counts for more than a mention of how
    /// things stand, which reports repeat from older ones: a mention alone begins nothing anew that has ended.
    fn status(&self, rows: &[Evidence], at: Day) -> Status {
        let past = &rows[..rows.partition_point(|row| row.latest <= at.0)];
        let counted = || past.iter().rev().filter(|row| !row.is_vague() && self.counts(row));
        let change = counted().find(|row| row.is_change());
        let after = change.map_or(i32::MIN, |change| change.latest);
        let mention = counted().find(|row| !row.is_change() && row.latest >= after);
        match (change, mention) {
            (None, None) => self.presumption(rows, past.len(), at),
            (Some(change), _) => self.after_change(past, change, mention),
            (None, Some(mention)) => self.mentioned(past, mention, false),
        }
    }

    /// What is known of a time before the first dated word on a relation.
    fn presumption(&self, rows: &[Evidence], past: usize, at: Day) -> Status {
        let counted = |row: &&Evidence| !row.is_vague() && self.counts(row);
        let later = rows[past..].iter().filter(counted).find(|row| row.is_change() || row.turn == Turn::DidNotBegin);
        let ends = later.is_some_and(|row| row.turn == Turn::Ends && row.start().saturating_sub(PRESUMED) <= at.0);
        if ends || rows.iter().any(|row| row.is_vague() && self.counts(row)) {
            Status::Presumed
        } else {
            Status::Unknown
        }
    }

    /// What the last change and what is said beside and after it come to.
    fn after_change(&self, past: &[Evidence], last: &Evidence, mention: Option<&Evidence>) -> Status {
        let start = last.start();
        let (mut begins, mut ends, mut disputed) = (false, false, false);
        for row in past.iter().rev().take_while(|row| row.latest >= start.saturating_sub(SAME_NEWS)) {
            if row.is_vague() || !self.counts(row) {
                continue;
            }
            match row.turn {
                Turn::Begins if row.is_change() && row.latest >= start => begins = true,
                Turn::Ends if row.latest >= start => ends = true,
                Turn::DidNotBegin if last.turn == Turn::Begins => disputed = true,
                Turn::DidNotEnd if last.turn == Turn::Ends => disputed = true,
                _ => {}
            }
        }
        if disputed || (begins && ends) {
            return Status::Contested;
        }
        let Some(mention) = mention else { return if ends { Status::Ended } else { Status::Holds } };
        if begins {
            return self.mentioned(past, mention, mention.latest - SAME_NEWS <= last.latest);
        }
        let lasting = |row: &Evidence| row.turn.is_positive() && row.latest > last.latest.saturating_add(AFTERMATH);
        let again = past.iter().rev().take_while(|row| row.latest > last.latest).filter(|row| self.counts(row));
        if again.into_iter().any(lasting) { Status::Contested } else { Status::Ended }
    }

    /// What the last mentions come to; `begun`: something that began just before speaks for it too.
    fn mentioned(&self, past: &[Evidence], last: &Evidence, begun: bool) -> Status {
        let (mut holds, mut not) = (begun, false);
        for row in past.iter().rev().take_while(|row| row.latest >= last.latest.saturating_sub(SAME_NEWS)) {
            if !row.is_vague() && !row.is_change() && self.counts(row) {
                holds |= row.turn.is_positive();
                not |= !row.turn.is_positive();
            }
        }
        match (holds, not) {
            (true, true) => Status::Contested,
            (false, true) => Status::Denied,
            _ => Status::Holds,
        }
    }

    fn standing(&self, fluent: Fluent, rows: &[Evidence], at: Day) -> Standing {
        let status = self.status(rows, at);
        let counted: Vec<&Evidence> = rows.iter().filter(|row| self.counts(row)).collect();
        let since =
            counted.iter().rev().find(|row| row.turn == Turn::Begins && row.start() <= at.0).map(|row| row.bounds());
        let until = counted
            .iter()
            .find(|row| row.turn == Turn::Ends && (status == Status::Ended || row.latest > at.0))
            .map(|row| row.bounds());
        // Changes before mentions, what is dated before what is not, then in order of time.
        let claims = |positive: bool| {
            let mut of_side: Vec<&&Evidence> =
                counted.iter().filter(|row| row.turn.is_positive() == positive).collect();
            of_side.sort_by_key(|row| (!row.is_change(), row.is_vague(), row.latest, row.claim));
            let mut seen = std::collections::BTreeSet::new();
            of_side.iter().map(|row| row.claim).filter(|claim| seen.insert(*claim)).collect()
        };
        Standing { fluent, status, since, until, claims_for: claims(true), claims_against: claims(false) }
    }
}
