#!/usr/bin/env python3
"""Fits the weights of the grouping model, leaving one story out in turn.

usage: cargo xtask eval pairs > pairs.jsonl; fit.py pairs.jsonl [GOLD_FOLDER ...]     (needs numpy and scikit-learn)

Prints, for each threshold, F1, precision and recall of the groups that weights fitted to the other stories make of all claims of a set
(stories are grouped together, as a store does), how many of these groups mix stories, and the weights fitted to all stories. Claims are
put together by average linkage as in `group.rs`; a denial never joins what is none. Gold folders are ../shared/examples and eval/corroborate/stories.
"""
import json
import os
import sys
from collections import defaultdict

import numpy as np
from sklearn.linear_model import LogisticRegression

NAMES = ["sentence vectors", "shared words", "same source", "same report", "same number", "other number", "same event type",
         "other event type", "other time", "same quotation", "one is denied or negated", "one document", "shared names",
         "forecast and report", "few words"]
FITTED = [0, 1, 2, 4, 5, 6, 7, 10, 12, 13, 14]
PRIORS = {8: -1.5, 9: 1.5, 11: -4.0}
THRESHOLDS = (-3.0, -2.75, -2.5, -2.25, -2.0, -1.75, -1.5)


def flat(text):
    return " ".join(text.split())


def overlap(a, b, text):
    a, b = flat(a), flat(b)
    if a in b or b in a:
        return True
    i, j = text.find(a), text.find(b)
    return i >= 0 and j >= 0 and min(i + len(a), j + len(b)) - max(i, j) >= 0.5 * min(len(a), len(b))


def miscounts(a, b):
    other = False
    for value, unit in (q.split(" ", 1) for q in a["quantities"]):
        for value2, unit2 in (q.split(" ", 1) for q in b["quantities"]):
            if unit == unit2:
                if value == value2:
                    return False
                other = True
    return other


class Set:
    """The claims of a set of stories with their pairs and gold."""

    def __init__(self, claims, pairs, gold, texts):
        n = len(claims)
        self.claims, self.x, self.one = claims, np.zeros((n, n, len(NAMES))), np.zeros((n, n), bool)
        for pair in pairs:
            i, j = pair["pair"]
            self.x[i, j] = self.x[j, i] = [pair["features"].get(name, 0.0) for name in NAMES]
            self.one[i, j] = self.one[j, i] = pair["one"]
        self.story = np.array([c["story"] for c in claims])
        document = np.array([c["document"] for c in claims])
        denial = np.array([c["denial"] for c in claims])
        self.same_document = document[:, None] == document[None, :]
        self.never = denial[:, None] != denial[None, :]
        for i in range(n):
            for j in range(i):
                if miscounts(claims[i], claims[j]):
                    self.never[i, j] = self.never[j, i] = True
        self.labelled = np.array([bool(c["gold"]) for c in claims])
        self.supports = {}
        for g in gold:
            if g["family"] in self.story:
                fits = lambda c, s: g["id"] in c["gold"] and os.path.basename(c["input"]) == texts[s["doc"]][0] \
                    and overlap(s["evidence"], c["evidence"], texts[s["doc"]][1])
                self.supports[g["id"]] = [{i for i, c in enumerate(claims) if fits(c, s)} for s in g["support"]]

    def group(self, weights, base, threshold):
        scores = self.x @ weights + base
        scores[self.never] = -1e4
        np.fill_diagonal(scores, -1e9)
        size, groups = np.ones(len(scores)), [[i] for i in range(len(scores))]
        while True:
            i, j = sorted(divmod(int(scores.argmax()), len(scores)))
            if scores[i, j] < threshold:
                return [g for g in groups if g]
            apart = (scores[i] <= -1e4) | (scores[j] <= -1e4)
            row = np.where(apart, -1e4, (size[i] * scores[i] + size[j] * scores[j]) / (size[i] + size[j]))
            scores[i], scores[:, i], scores[i, i] = row, row, -1e9
            scores[j], scores[:, j] = -1e9, -1e9
            size[i] += size[j]
            groups[i] += groups[j]
            groups[j] = []

    def score(self, story, groups):
        """(right, wrong, together, apart, mixed groups) as score.py counts them."""
        of = {i: k for k, group in enumerate(groups) for i in group}
        hits = {g: [{of[i] for i in s} for s in supports] for g, supports in self.supports.items() if g.split("-")[0] == story}
        votes = sorted((-sum(p in h for h in hs), g, p) for g, hs in hits.items() for p in set().union(*hs))
        best, taken = {}, set()
        for _, g, p in votes:
            if g not in best and p not in taken:
                best[g] = p
                taken.add(p)
        two = {g: hs for g, hs in hits.items() if sum(map(bool, hs)) >= 2}
        together = sum(sum(best.get(g) in h for h in hs) for g, hs in two.items())
        apart = sum(sum(map(bool, hs)) for hs in two.values())
        inside = [(g, self.claims[i]) for g, p in best.items() for i in groups[p] if self.claims[i]["gold"]]
        right = sum(g in c["gold"] for g, c in inside)
        mixed = sum(any(self.story[i] != story for i in groups[p]) for p in best.values())
        return np.array([right, len(inside) - right, together, apart, mixed])


def fit(sets, stories):
    xs, ys = [], []
    for s in sets:
        inside = np.isin(s.story, stories)
        keep = inside[:, None] & inside[None, :] & ~s.same_document & ~s.never & (s.labelled[:, None] | s.labelled[None, :])
        keep &= np.tri(len(inside), k=-1, dtype=bool)
        xs.append(s.x[keep])
        ys.append(s.one[keep])
    model = LogisticRegression(C=1.0, max_iter=3000).fit(np.vstack(xs)[:, FITTED], np.concatenate(ys))
    weights = np.zeros(len(NAMES))
    weights[FITTED] = model.coef_[0]
    for at, prior in PRIORS.items():
        weights[at] = prior
    return weights, model.intercept_[0]


def main():
    folders = sys.argv[2:] or ["../shared/examples", "eval/corroborate/stories"]
    gold, texts = [], {}
    for folder in folders:
        gold += [json.loads(line) for line in open(f"{folder}/gold.jsonl", encoding="utf-8")]
        for line in open(f"{folder}/documents.jsonl", encoding="utf-8"):
            d = json.loads(line)
            lines = open(f"{folder}/{d['file']}", encoding="utf-8").read().split("\n")
            texts[d["id"]] = os.path.basename(d["file"]), flat("\n".join(lines[d.get("header_lines") or 0:]))
    claims, pairs = defaultdict(list), defaultdict(list)
    for line in open(sys.argv[1], encoding="utf-8"):
        d = json.loads(line)
        (claims if "claim" in d else pairs)[d["set"]].append(d)
    sets = [Set(claims[name], pairs[name], gold, texts) for name in claims]
    stories = sorted({str(story) for s in sets for story in s.story})
    totals = {t: np.zeros(5) for t in THRESHOLDS}
    for s in sets:
        for story in sorted(set(s.story)):
            weights, base = fit(sets, [other for other in stories if other != story])
            for t in THRESHOLDS:
                totals[t] += s.score(story, s.group(weights, base, t))
    print("left out in turn:", ", ".join(stories))
    for t, (right, wrong, together, apart, mixed) in totals.items():
        p, r = right / max(1, right + wrong), together / max(1, apart)
        print(f"{t:6.2f}  F {200 * p * r / max(1e-9, p + r):.1f}  P {100 * p:.1f}  R {100 * r:.1f}  groups that mix stories {mixed:.0f}")
    weights, base = fit(sets, stories)
    print("all stories:", {name: round(float(w), 2) for name, w in zip(NAMES, weights)}, "start", round(float(base), 2))


if __name__ == "__main__":
    main()
