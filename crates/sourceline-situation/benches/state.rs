//! State at a date and difference between two dates over 10^4, 10^5 and 10^6 relations, and centrality of up to 50,000 actors, on one core:
//! `cargo bench -p sourceline-situation`.

use divan::Bencher;
use sourceline_model::{Certainty, Polarity, RelationKind};
use sourceline_situation::{
    Actor, ActorIndex, Bounds, ClaimIndex, ClaimInfo, Day, EffectTable, Input, Network, Situation, SituationRelation,
    Trust,
};

fn main() {
    divan::main();
}

/// A linear congruential generator (Knuth's MMIX constants): the same relations in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn input(relations: usize) -> Input {
    let mut dice = Dice(7);
    let actors = (relations / 10).max(10) as u64;
    let mut input = Input {
        actors: (0..actors)
            .map(|n| Actor { key: format!("a{n}"), name: format!("Actor {n}"), ..Actor::default() })
            .collect(),
        ..Input::default()
    };
    for n in 0..relations {
        let reported = Day(18_000 + dice.roll(2_000) as i32);
        input.claims.push(ClaimInfo {
            id: format!("c{n}"),
            statement: String::new(),
            outlet: None,
            source: None,
            chain: Vec::new(),
            reported: Some(reported),
            certainty: Certainty::Asserted,
            polarity: Polarity::Positive,
            origins: 1 + dice.roll(3) as u16,
        });
        let day = |ago: u64| Bounds::day(Day(reported.0 - ago as i32));
        input.relations.push(SituationRelation {
            claim: ClaimIndex(n as u32),
            kind: RelationKind::ALL[dice.roll(10) as usize],
            subject: ActorIndex(dice.roll(actors) as u32),
            object: ActorIndex(dice.roll(actors.min(2_000)) as u32),
            via: Vec::new(),
            begin: (dice.roll(3) == 0).then(|| day(30)),
            end: (dice.roll(3) == 0).then(|| day(1)),
            certainty: Certainty::Asserted,
            polarity: if dice.roll(20) == 0 { Polarity::Negative } else { Polarity::Positive },
        });
    }
    input
}

/// Exact up to 4,000 actors, estimated above.
#[divan::bench(args = [1_000, 4_000, 50_000], sample_count = 1)]
fn centrality_of_actors(bencher: Bencher, actors: usize) {
    let input = input(10 * actors);
    let situation = Situation::build(&input, &EffectTable::embedded());
    let network = Network::new(&situation, &situation.state(&input, Day(19_000), &Trust::default()));
    bencher.bench_local(|| network.centrality().list.len());
}

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

#[divan::bench(args = SIZES, sample_count = 10)]
fn state_at_a_date(bencher: Bencher, relations: usize) {
    let input = input(relations);
    let situation = Situation::build(&input, &EffectTable::embedded());
    bencher.bench_local(|| situation.state(&input, Day(19_000), &Trust::default()).len());
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn difference_of_two_dates(bencher: Bencher, relations: usize) {
    let input = input(relations);
    let situation = Situation::build(&input, &EffectTable::embedded());
    bencher.bench_local(|| situation.difference(&input, Day(18_500), Day(19_500), &Trust::default()).len());
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn build(bencher: Bencher, relations: usize) {
    let input = input(relations);
    bencher.bench_local(|| Situation::build(&input, &EffectTable::embedded()).len());
}
