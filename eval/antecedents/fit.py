#!/usr/bin/env python3
"""Fits the weights by which pronouns choose what they stand for.

usage: cargo xtask eval antecedents train > train.jsonl; … dev > dev.jsonl; … REPORT… > news.jsonl
       fit.py train.jsonl dev.jsonl [news.jsonl judged.tsv] > data/coreference/antecedents.tsv       (needs numpy and torch)

judged.tsv: `path<TAB>offset<TAB>answer` a line, the answer being a name or noun phrase of the text, `-` for nothing that is named. Prints on
standard error, for several least probabilities, how many pronouns are given an antecedent and how many of these rightly, on GUM dev and, each
fifth of the reports left out in turn, on reports.
"""
import hashlib
import json
import re
import sys

import numpy as np
import torch

CLASSES = {"it": 1, "its": 1, "itself": 1, "they": 2, "them": 2, "their": 2, "theirs": 2, "themselves": 2}
NAMES = ["he, she", "it", "they"]
RIDGE = 1.0
NEWS_WEIGHT = 1.0
STOP = set("the a an this that these those 's of in and".split())


def words(text):
    return {w for w in re.findall(r"\w+", text.lower()) if w not in STOP}


def agrees(answer, mention):
    a, b = words(answer), words(mention)
    # two people are no antecedent of their own
    if " and " in answer and " and " not in mention:
        return False
    return bool(a and b) and (a <= b or b <= a)


def load(path):
    return [item for item in map(json.loads, open(path)) if not item["definite"]]


def cls(item):
    return CLASSES.get(item["words"].lower(), 0)


def judge(items, path):
    answers = {}
    for line in (line for line in open(path) if not line.startswith("#")):
        doc, at, answer = line.rstrip("\n").split("\t")
        answers[doc, int(at)] = answer
    out = []
    for item in items:
        answer = answers.get((item["document"], item["at"]))
        if answer is None or answer == "?":
            continue
        answer = answer.removeprefix("self:").strip()
        for choice in item["antecedents"][:-1]:
            choice["right"] = answer != "-" and any(agrees(answer, mention) for mention in choice["mentions"])
        out.append(item)
    return out


def finish(items):
    """What stands for nothing named is right where no antecedent is."""
    for item in items:
        last = item["antecedents"][-1]
        last["right"] = not any(choice["right"] for choice in item["antecedents"][:-1])
    return items


def tensors(items, index):
    rows, cols, vals, group, right, n = [], [], [], [], [], 0
    for number, item in enumerate(items):
        for choice in item["antecedents"]:
            for name, value, strength in choice["features"]:
                key = (name, value)
                if key in index:
                    rows.append(n), cols.append(index[key]), vals.append(strength)
            group.append(number), right.append(bool(choice["right"]))
            n += 1
    x = torch.sparse_coo_tensor([rows, cols], vals, (n, len(index)), dtype=torch.float64)
    return x.coalesce(), torch.tensor(group), torch.tensor(right)


def fit(items, weights, keys):
    index = {key: number for number, key in enumerate(keys)}
    x, group, right = tensors(items, index)
    weights = torch.tensor(weights, dtype=torch.float64)
    w = torch.zeros(len(keys), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([w], max_iter=300, line_search_fn="strong_wolfe", tolerance_grad=1e-7)

    def loss():
        optimizer.zero_grad()
        scores = torch.sparse.mm(x, w[:, None])[:, 0]
        top = torch.full((len(items),), -1e9, dtype=torch.float64).scatter_reduce(0, group, scores.detach(), "amax")
        e = torch.exp(scores - top[group])
        all_ = torch.zeros(len(items), dtype=torch.float64).index_add(0, group, e)
        good = torch.zeros(len(items), dtype=torch.float64).index_add(0, group, torch.where(right, e, torch.zeros_like(e)))
        value = -(weights * torch.log(good / all_ + 1e-12)).sum() + RIDGE * (w * w).sum() / 2
        value.backward()
        return value

    optimizer.step(loss)
    return dict(zip(keys, w.detach().numpy()))


def probabilities(item, weights):
    s = np.array([sum(weights.get((f[0], f[1]), 0.0) * f[2] for f in c["features"]) for c in item["antecedents"]])
    e = np.exp(s - s.max())
    return e / e.sum()


def table(items, chosen, title):
    for k, name in enumerate(NAMES):
        own = [(i, c) for i, c in zip(items, chosen) if cls(i) == k]
        reachable = sum(not i["antecedents"][-1]["right"] for i, _ in own)
        line = []
        for least in (0, 0.3, 0.4, 0.5, 0.6, 0.7):
            given = [(i, c) for i, (c, p) in own if c < len(i["antecedents"]) - 1 and p >= least]
            good = sum(i["antecedents"][c]["right"] for i, c in given)
            line.append(f"{least}: {good}/{len(given)} {100 * good / max(1, len(given)):.0f}%")
        print(f"{title:12} {name:8} {len(own):5} pronouns, {reachable:5} with an antecedent in reach; {'  '.join(line)}", file=sys.stderr)


def best(item, weights):
    p = probabilities(item, weights)
    at = int(p.argmax())
    return at, p[at]


def now(items, title):
    chosen = [(next((n for n, c in enumerate(i["antecedents"]) if c["chosen"]), len(i["antecedents"]) - 1), 1.0) for i in items]
    table(items, chosen, title)


def fold(item):
    # stories, not reports, are kept apart: the words before the first hyphen of the file's name
    story = re.split(r"[-_.]", item["document"].rsplit("/", 1)[-1])[0]
    return int(hashlib.sha256(story.encode()).hexdigest(), 16) % 5


def main():
    train, dev = finish(load(sys.argv[1])), finish(load(sys.argv[2]))
    news = finish(judge(load(sys.argv[3]), sys.argv[4])) if len(sys.argv) > 3 else []
    weights, kept = [], {}
    for k in range(3):
        own = [i for i in train if cls(i) == k]
        mine = [i for i in news if cls(i) == k]
        counts = {}
        for item in own + mine:
            for choice in item["antecedents"]:
                for f in choice["features"]:
                    counts[f[0], f[1]] = counts.get((f[0], f[1]), 0) + 1
        keys = sorted(key for key, n in counts.items() if n >= 5)
        for number in range(5):
            rest = [i for i in mine if fold(i) != number]
            model = fit(own + rest, [1.0] * len(own) + [NEWS_WEIGHT] * len(rest), keys)
            kept[k, number] = model
        kept[k, "gum"] = fit(own, [1.0] * len(own), keys)
        weights.append(fit(own + mine, [1.0] * len(own) + [NEWS_WEIGHT] * len(mine), keys))
    now(dev, "dev, now")
    table(dev, [best(i, weights[cls(i)]) for i in dev], "dev")
    if news:
        now(news, "news, now")
        table(news, [best(i, kept[cls(i), "gum"]) for i in news], "news by GUM")
        table(news, [best(i, kept[cls(i), fold(i)]) for i in news], "news")
    print("# What speaks for an antecedent of a pronoun: name, value, weights for he and she, it, they. Fitted by eval/antecedents/fit.py.")
    print("# origin: GUM's coreference (CC BY 4.0 annotations, commercial genres) and judgements of our own on our own reports; licence: Apache-2.0 OR MIT")
    for key in sorted({key for model in weights for key in model}):
        print("\t".join([*key, *(f"{model.get(key, 0.0):.3f}" for model in weights)]))


if __name__ == "__main__":
    main()
