#!/usr/bin/env python3
"""Fits the weights by which definite nouns choose what they stand for.

usage: cargo xtask eval antecedents train > train.jsonl; … dev > dev.jsonl; … REPORT… > news.jsonl
       fit_definites.py train.jsonl dev.jsonl news.jsonl judged_definites.tsv > data/coreference/definites.tsv       (needs numpy, scipy and torch)

judged_definites.tsv: `path<TAB>offset<TAB>words<TAB>answer` a line. Prints on standard error, for several least probabilities, how many nouns
are given an antecedent and how many of these rightly: on GUM dev; on the reports, each fifth of the stories left out in turn; and on the fifth
KEPT that no choice of features looked at.
"""
import json
import re
import sys

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from fit import fold, words

NAMES = ["person", "thing", "several"]
KEPT = 4
RIDGE = 3.0
NEWS_WEIGHT = 2.0
LEAST_COUNT = 4


def load(path):
    return [item for item in map(json.loads, open(path)) if item["definite"]]


def cls(item):
    return 2 if item["plural"] else 0 if item["person"] else 1


def head(phrase):
    """The word that a phrase turns on."""
    part = re.split(r" (?:of|for|in|on|at|from|to|with|who|that|which|by|against|near|about|between|behind)\b|,", phrase)[0]
    found = re.findall(r"\w+", part.lower())
    return found[-1] if found else ""


def agrees(answer, mention):
    """Whether a mention is what the answer says: either holds the other's words, and the head with them."""
    a, b = words(answer), words(mention)
    if " and " in answer and " and " not in mention:
        return False
    if not a or not b:
        return False
    return a <= b and head(answer) in b or b <= a and (head(mention) == head(answer) or mention[:1].isupper() and mention in answer)


def judge(items, path):
    answers, nouns = {}, {}
    for line in (line for line in open(path) if not line.startswith("#")):
        doc, at, noun, answer = line.rstrip("\n").split("\t")
        answers[doc, int(at) + len(noun)] = answer
        nouns.setdefault((doc, noun.lower()), []).append((int(at), answer))
    out = []
    for item in items:
        noun = re.match(r"\w+", item["words"][item["head"] - item["at"] :])
        answer = answers.get((item["document"], item["head"] + (len(noun.group()) if noun else 0)))
        if answer is None or answer == "?":
            continue

        def means(mention):
            # "the vessel" after "the ship", both of which stand for the Aldona
            earlier = nouns.get((item["document"], mention.lower()), [])
            return any(at < item["at"] and known == answer for at, known in earlier)

        for choice in item["antecedents"][:-1]:
            choice["right"] = answer != "-" and any(agrees(answer, m) or means(m) for m in choice["mentions"])
        if answer.startswith("later:") and not any(choice["right"] for choice in item["antecedents"][:-1]):
            continue
        item["answer"] = answer
        out.append(item)
    print(f"{len(answers)} judged, {len(out)} of them read", file=sys.stderr)
    return out


def finish(items):
    """Nothing is right where no antecedent is."""
    for item in items:
        last = item["antecedents"][-1]
        last["right"] = not any(choice["right"] for choice in item["antecedents"][:-1])
    return items


class Matrix:
    """Items as rows of features, twice over: shared by all three classes, and of the class alone."""

    def __init__(self, items, keys):
        index = {key: number for number, key in enumerate(keys)}
        cols, vals, ends, starts, right = [], [], [0], [], []
        for item in items:
            own = (1 + cls(item)) * len(keys)
            starts.append(len(right))
            for choice in item["antecedents"]:
                for name, value, strength in choice["features"]:
                    at = index.get((name, value))
                    if at is not None:
                        cols += (at, own + at)
                        vals += (strength, strength)
                ends.append(len(cols))
                right.append(bool(choice["right"]))
        self.keys, self.starts, self.right = keys, np.array(starts), np.array(right)
        self.sizes = np.diff([*starts, len(right)])
        self.x = csr_matrix((np.array(vals), np.array(cols), np.array(ends)), shape=(len(right), 4 * len(keys)))
        self.turned = self.x.T.tocsr()

    def fit(self, weights):
        """Weights of features, each item counting as much as `weights` says."""
        weights = np.asarray(weights, float)
        spread = np.repeat(weights, self.sizes)

        def loss(w):
            scores = self.x @ w
            top = np.repeat(np.maximum.reduceat(scores, self.starts), self.sizes)
            e = np.exp(scores - top)
            good = np.where(self.right, e, 0.0)
            all_, right = np.add.reduceat(e, self.starts), np.add.reduceat(good, self.starts) + 1e-300
            value = (weights * (np.log(all_) - np.log(right))).sum() + RIDGE * (w * w).sum() / 2
            slope = spread * (e / np.repeat(all_, self.sizes) - good / np.repeat(right, self.sizes))
            return value, self.turned @ slope + RIDGE * w

        w = minimize(loss, np.zeros(self.x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200, "ftol": 1e-7}).x
        table = w.reshape(4, len(self.keys))
        return {key: [table[0, at] + table[1 + k, at] for k in range(3)] for at, key in enumerate(self.keys)}


def probabilities(item, weights):
    k = cls(item)
    s = np.array([sum(weights[f[0], f[1]][k] * f[2] for f in c["features"] if (f[0], f[1]) in weights) for c in item["antecedents"]])
    e = np.exp(s - s.max())
    return e / e.sum()


def best(item, weights):
    p = probabilities(item, weights)
    at = int(p.argmax())
    return at, p[at]


def is_named(choice):
    return any(name == "named" for name, _, _ in choice["features"])


def table(items, chosen, title):
    for k, name in [*enumerate(NAMES), (3, "all"), (4, "to names")]:
        own = [(i, c) for i, c in zip(items, chosen) if k > 2 or cls(i) == k]
        reachable = sum(any(c["right"] and (k < 4 or is_named(c)) for c in i["antecedents"][:-1]) for i, _ in own)
        line = []
        for least in (0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            given = [(i, c) for i, (c, p) in own if c < len(i["antecedents"]) - 1 and p >= least]
            given = [(i, c) for i, c in given if k < 4 or is_named(i["antecedents"][c])]
            good = sum(i["antecedents"][c]["right"] for i, c in given)
            line.append(f"{least}: {good}/{len(given)} {100 * good / max(1, len(given)):.0f}%")
        print(f"{title:12} {name:8} {len(own):5} nouns, {reachable:5} in reach; {'  '.join(line)}", file=sys.stderr)


def now(items, title):
    table(items, [(next(n for n, c in enumerate(i["antecedents"]) if c["chosen"]), 1.0) for i in items], title)


def frequent(items):
    counts = {}
    for item in items:
        for choice in item["antecedents"]:
            for name, value, _ in choice["features"]:
                counts[name, value] = counts.get((name, value), 0) + 1
    return sorted(key for key, n in counts.items() if n >= LEAST_COUNT)


def main():
    train, dev = finish(load(sys.argv[1])), finish(load(sys.argv[2]))
    news = finish(judge(load(sys.argv[3]), sys.argv[4]))
    kept = [item for item in news if fold(item) == KEPT]
    seen = [item for item in news if fold(item) != KEPT]

    matrix = Matrix(train + news, frequent(train + news))

    def model(wanted):
        return matrix.fit([1.0] * len(train) + [NEWS_WEIGHT * wanted(item) for item in news])

    gum = model(lambda item: False)
    parts = {number: model(lambda item: fold(item) not in (number, KEPT)) for number in range(5) if number != KEPT}
    now(dev, "dev, now")
    table(dev, [best(item, gum) for item in dev], "dev by GUM")
    now(seen, "news, now")
    table(seen, [best(item, gum) for item in seen], "news by GUM")
    table(seen, [best(item, parts[fold(item)]) for item in seen], "news")
    if "--kept" in sys.argv:
        without = model(lambda item: fold(item) != KEPT)
        now(kept, "kept, now")
        table(kept, [best(item, without) for item in kept], "kept")
    weights = model(lambda item: "--without-kept" not in sys.argv or fold(item) != KEPT)
    print("# What speaks for an antecedent of a definite noun: name, value, weights for persons, other things, several. Fitted by eval/antecedents/fit_definites.py.")
    print("# origin: GUM's coreference (CC BY 4.0 annotations, commercial genres) and judgements of our own on our own reports; licence: Apache-2.0 OR MIT")
    for key, values in weights.items():
        if any(abs(value) >= 0.0005 for value in values):
            print("\t".join([*key, *(f"{value:.3f}" for value in values)]))


if __name__ == "__main__":
    main()
