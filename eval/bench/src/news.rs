//! Made-up news texts with the word statistics of real ones: a grammar, a large vocabulary, topics, casts, stock phrases.
//!
//! What matters for finding copies is how much two texts share that have nothing to do with each other, so `near_copies` prints it. In 840
//! reports on one election campaign (PolNeAR) two texts have 0.4 % of their pairs of content words in common on average, one pair of texts in
//! a hundred has 1.5 % and one in a thousand 2.6 %; here it is 0.3, 1.5 and 2.3 %.

use crate::{Rng, name, word};

/// Topics that texts are about; texts of one topic share words, names and phrases.
const TOPICS: u64 = 40;
const NOUNS: usize = 9_000;
const VERBS: usize = 2_500;
const ADJECTIVES: usize = 3_500;
const PREPOSITIONS: [&str; 10] = ["in", "on", "for", "with", "from", "over", "after", "against", "under", "near"];
const SPEECH: [&str; 6] = ["said", "told reporters", "added", "according to", "wrote", "warned"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A word of a class by rank. Classes have words of their own.
fn noun(rank: usize) -> String {
    word(rank + 200)
}

fn verb(rank: usize) -> String {
    word(rank + 12_000) + "ed"
}

fn adjective(rank: usize) -> String {
    word(rank + 16_000) + "al"
}

/// A rank below `n` after Zipf and Mandelbrot: the first ranks are frequent, none as frequent as a function word.
fn rank(rng: &mut Rng, n: usize) -> usize {
    let shift = 10.0_f64;
    let top = (n as f64 + shift) / shift;
    ((shift * top.powf(rng.unit()) - shift) as usize).min(n - 1)
}

fn person(rng: &mut Rng) -> String {
    format!("{} {}", name(rank(rng, 800)), name(1_000 + rank(rng, 9_000)))
}

/// What texts on one thing have in common.
struct Topic {
    nouns: Vec<usize>,
    verbs: Vec<usize>,
    adjectives: Vec<usize>,
    names: Vec<String>,
    phrases: Vec<String>,
}

impl Topic {
    fn new(number: u64) -> Self {
        let mut rng = Rng(number.wrapping_mul(0x51_7cc1_b727_220a) ^ 3);
        let mut pick = |n, of| (0..n).map(|_| rank(&mut rng, of)).collect::<Vec<_>>();
        let (nouns, verbs, adjectives) = (pick(160, NOUNS), pick(50, VERBS), pick(60, ADJECTIVES));
        let mut names: Vec<String> = (0..6).map(|_| person(&mut rng)).collect();
        names.extend((0..6).map(|_| name(12_000 + rank(&mut rng, 5_000))));
        names.extend(
            (0..4).map(|_| format!("{} {}", name(18_000 + rank(&mut rng, 900)), name(20_000 + rank(&mut rng, 40)))),
        );
        let phrases =
            (0..25).map(|_| format!("{} {}", adjective(adjectives[rng.below(60)]), noun(nouns[rng.below(160)])));
        let phrases = phrases.collect();
        Self { nouns, verbs, adjectives, names, phrases }
    }
}

/// Words that any text may have together: "declined to comment on the matter".
fn stock_phrase(number: usize) -> String {
    let mut rng = Rng(number as u64 ^ 0x5707);
    format!(
        "{} to {} the {} of the {}",
        verb(rank(&mut rng, VERBS)),
        word(rank(&mut rng, 3_000) + 30_000),
        noun(rank(&mut rng, NOUNS)),
        noun(rank(&mut rng, NOUNS))
    )
}

/// One writer at one text.
struct Writer<'r> {
    rng: &'r mut Rng,
    topic: Topic,
    cast: Vec<String>,
}

impl Writer<'_> {
    fn noun(&mut self) -> String {
        if self.rng.unit() < 0.6 {
            let at = rank(self.rng, 160);
            return noun(self.topic.nouns[at]);
        }
        noun(rank(self.rng, NOUNS))
    }

    fn verb(&mut self) -> String {
        if self.rng.unit() < 0.4 {
            let at = rank(self.rng, 50);
            return verb(self.topic.verbs[at]);
        }
        verb(rank(self.rng, VERBS))
    }

    fn adjective(&mut self) -> String {
        if self.rng.unit() < 0.4 {
            let at = rank(self.rng, 60);
            return adjective(self.topic.adjectives[at]);
        }
        adjective(rank(self.rng, ADJECTIVES))
    }

    fn name(&mut self) -> String {
        if self.rng.unit() < 0.38 {
            let at = self.rng.below(self.topic.names.len());
            return self.topic.names[at].clone();
        }
        let at = self.rng.below(self.cast.len());
        self.cast[at].clone()
    }

    fn phrase(&mut self) -> String {
        match self.rng.below(10) {
            0..=2 => self.name(),
            3 if self.rng.unit() < 0.6 => format!("the {}", self.topic.phrases[self.rng.below(25)]),
            3..=5 => format!("a {} {}", self.adjective(), self.noun()),
            6 => format!("the {} of {}", self.noun(), self.noun()),
            7 => format!("{} {}", self.adjective(), self.noun()),
            _ => format!("the {}", self.noun()),
        }
    }

    fn sentence(&mut self) -> String {
        let mut text = format!("{} {} {}", self.phrase(), self.verb(), self.phrase());
        for _ in 0..self.rng.below(4) {
            let preposition = PREPOSITIONS[self.rng.below(10)];
            text.push_str(&format!(" {preposition} {}", self.phrase()));
        }
        match self.rng.below(10) {
            0..=1 => text.push_str(&format!(
                ", {} {} on {}",
                self.name(),
                SPEECH[self.rng.below(6)],
                DAYS[self.rng.below(7)]
            )),
            2..=3 => text.push_str(&format!(" and {} {}", self.verb(), self.phrase())),
            4 => text.push_str(&format!(", who {}", stock_phrase(rank(self.rng, 1_500)))),
            5 => text.push_str(&format!(" on {}", DAYS[self.rng.below(7)])),
            _ => {}
        }
        text[..1].to_uppercase() + &text[1..] + "."
    }
}

/// An original of about 150 to 1,700 words in paragraphs, half of them below 500.
pub fn original(rng: &mut Rng) -> Vec<String> {
    let topic = Topic::new(rng.next() % TOPICS);
    let cast = (0..5).map(|_| person(rng)).collect();
    let length = 11.0 * 12.0_f64.powf(0.5 * (rng.unit() + rng.unit()));
    let mut writer = Writer { rng, topic, cast };
    let mut left = length as usize;
    let mut paragraphs = Vec::new();
    while left > 0 {
        let n = (1 + writer.rng.below(3)).min(left);
        paragraphs.push((0..n).map(|_| writer.sentence()).collect::<Vec<_>>().join(" "));
        left -= n;
    }
    paragraphs
}

/// What an outlet puts under each of its pages.
pub fn furniture(outlet: u64) -> String {
    let mut rng = Rng(outlet ^ 0xf0_0f);
    let cast = vec![name(25_000 + outlet as usize)];
    let sentences = 2 + rng.below(4);
    let mut writer = Writer { rng: &mut rng, topic: Topic::new(TOPICS + outlet), cast };
    (0..sentences).map(|_| writer.sentence()).collect::<Vec<_>>().join(" ")
}

/// Replaces 5 to 30 % of the words, and perhaps shuffles paragraphs, cuts some, and adds an outlet's furniture.
pub fn edit(rng: &mut Rng, original: &[String]) -> String {
    let share = 0.05 + 0.25 * rng.unit();
    let mut paragraphs: Vec<String> = original.to_vec();
    if rng.unit() < 0.3 {
        for at in (1..paragraphs.len()).rev() {
            paragraphs.swap(at, rng.below(at + 1));
        }
    }
    if rng.unit() < 0.3 {
        let keep = (paragraphs.len() * (5 + rng.below(4)) / 10).max(2);
        paragraphs.truncate(keep);
    }
    for paragraph in &mut paragraphs {
        let words = paragraph.split(' ').map(|old| if rng.unit() < share { other_word(rng) } else { old.to_string() });
        *paragraph = words.collect::<Vec<_>>().join(" ");
    }
    paragraphs.join("\n\n")
}

fn other_word(rng: &mut Rng) -> String {
    match rng.below(3) {
        0 => noun(rank(rng, NOUNS)),
        1 => verb(rank(rng, VERBS)),
        _ => adjective(rank(rng, ADJECTIVES)),
    }
}
