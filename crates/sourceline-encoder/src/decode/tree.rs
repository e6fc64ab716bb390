//! The best dependency tree: Chu-Liu/Edmonds (Edmonds 1967), with exactly one root.
//!
//! In: arc scores of one sentence. Out: the head of each word.

/// Taken from the score of every root arc when the plain choice has not exactly one root: larger than any
/// difference between trees, so the best tree has as few roots as possible, which is one.
const ROOT_PENALTY: f64 = 1e6;

/// The best single-root tree of `words` words. `scores` has a row a word: the score of each word as its head, then ROOT's.
/// `None` in the result is ROOT.
pub(crate) fn tree(words: usize, scores: &[f32]) -> Vec<Option<u32>> {
    let width = words + 1;
    assert_eq!(scores.len(), words * width, "a score a word and head");
    // Node 0 is ROOT, node w + 1 is word w; `matrix[d * width + h]` is the score of h as head of d.
    let mut matrix = vec![f64::NEG_INFINITY; width * width];
    for word in 0..words {
        for head in 0..=words {
            let node = if head == words { 0 } else { head + 1 };
            if node != word + 1 {
                matrix[(word + 1) * width + node] = f64::from(scores[word * width + head]);
            }
        }
    }
    let mut heads = greedy(&matrix, width);
    let roots = heads.iter().skip(1).filter(|&&head| head == 0).count();
    if roots != 1 || find_cycle(&heads).is_some() {
        for node in 1..width {
            matrix[node * width] -= ROOT_PENALTY;
        }
        heads = spanning(&matrix, width);
    }
    heads[1..].iter().map(|&head| (head as u32).checked_sub(1)).collect()
}

/// The best head of each node by itself; ROOT's is itself.
fn greedy(matrix: &[f64], width: usize) -> Vec<usize> {
    let mut heads = vec![0; width];
    for (node, head) in heads.iter_mut().enumerate().skip(1) {
        let row = &matrix[node * width..][..width];
        let mut best = usize::from(node == 1 && width > 2 && row[0] == f64::NEG_INFINITY);
        for (at, score) in row.iter().enumerate() {
            if at != node && *score > row[best] {
                best = at;
            }
        }
        *head = best;
    }
    heads
}

/// A cycle among the nodes, if there is one.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = heads[node];
        }
        if node != 0 && seen[node] == start {
            let mut cycle = vec![node];
            let mut next = heads[node];
            while next != node {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

/// The best spanning tree: cycles of best heads are contracted to one node until there is none, then opened again.
fn spanning(matrix: &[f64], width: usize) -> Vec<usize> {
    let heads = greedy(matrix, width);
    let Some(cycle) = find_cycle(&heads) else { return heads };
    let mut inside = vec![false; width];
    for &node in &cycle {
        inside[node] = true;
    }
    // Outside nodes keep their order; the cycle becomes the last node.
    let outside: Vec<usize> = (0..width).filter(|&node| !inside[node]).collect();
    let merged = outside.len();
    let small = merged + 1;
    let mut contracted = vec![f64::NEG_INFINITY; small * small];
    let mut enter = vec![0; merged];
    let mut leave = vec![0; merged];
    for (a, &node) in outside.iter().enumerate() {
        for (b, &head) in outside.iter().enumerate() {
            contracted[a * small + b] = matrix[node * width + head];
        }
        leave[a] = best_of(&cycle, |inner| matrix[node * width + inner]);
        contracted[a * small + merged] = matrix[node * width + leave[a]];
        let gain = |inner: usize| matrix[inner * width + node] - matrix[inner * width + heads[inner]];
        enter[a] = best_of(&cycle, gain);
        contracted[merged * small + a] = gain(enter[a]);
    }
    let found = spanning(&contracted, small);
    let mut out = heads;
    for (a, &node) in outside.iter().enumerate().skip(1) {
        out[node] = if found[a] == merged { leave[a] } else { outside[found[a]] };
    }
    let from = found[merged];
    out[enter[from]] = outside[from];
    out
}

fn best_of(nodes: &[usize], score: impl Fn(usize) -> f64) -> usize {
    let mut best = nodes[0];
    for &node in nodes {
        if score(node) > score(best) {
            best = node;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(words: usize, scores: &[f32], heads: &[Option<u32>]) -> f64 {
        let column = |head: Option<u32>| head.map_or(words, |head| head as usize);
        heads.iter().enumerate().map(|(word, &head)| f64::from(scores[word * (words + 1) + column(head)])).sum()
    }

    fn is_tree(heads: &[Option<u32>]) -> bool {
        let reaches_root = |mut word: usize| {
            for _ in 0..=heads.len() {
                match heads[word] {
                    None => return true,
                    Some(head) => word = head as usize,
                }
            }
            false
        };
        heads.iter().filter(|head| head.is_none()).count() == 1 && (0..heads.len()).all(reaches_root)
    }

    /// All assignments of heads, the best that is a tree.
    fn exhaustive(words: usize, scores: &[f32]) -> f64 {
        let mut most = f64::MIN;
        for code in 0..(words + 1).pow(words as u32) {
            let head = |word: usize| code / (words + 1).pow(word as u32) % (words + 1);
            let heads: Vec<_> = (0..words).map(|word| (head(word) < words).then_some(head(word) as u32)).collect();
            let loops = heads.iter().enumerate().any(|(word, head)| *head == Some(word as u32));
            if !loops && is_tree(&heads) {
                most = most.max(total(words, scores, &heads));
            }
        }
        most
    }

    #[test]
    fn the_best_tree_is_found() {
        let mut state = 1u32;
        for round in 0..600 {
            let words = 1 + round % 5;
            let scores: Vec<f32> = (0..words * (words + 1))
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 20) as f32 / 256.0
                })
                .collect();
            let heads = tree(words, &scores);
            assert!(is_tree(&heads), "{scores:?} gives {heads:?}");
            assert!((total(words, &scores, &heads) - exhaustive(words, &scores)).abs() < 1e-3, "{scores:?}");
        }
    }

    #[test]
    fn long_sentences_with_equal_scores_end() {
        let heads = tree(300, &vec![0.0; 300 * 301]);
        assert!(is_tree(&heads));
        assert!(tree(0, &[]).is_empty());
    }
}
