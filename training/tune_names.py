"""Per-type biases of the name tagger: python tune_names.py CHECKPOINT [types...]; tuned on every other held-out document."""

import json
import sys

import numpy as np
import torch

import dataset
import export
import infer
import labels as L
from evaluate import WORLD, f1


def score(em, docs, trans, start, bias, config):
    c, fine = np.zeros(3, int), {}
    for d, e in zip(docs, em):
        tags = infer.decode(e + bias, d.units, trans, start)
        p = set()
        for a, b, k in infer.spans(tags, config["ner"]):
            fine.setdefault(k, [0, 0])
            fine[k][1] += 1
            if k in ("weapon", "vehicle") and not any(ch.isupper() or ch.isdigit() for f in d.forms[a:b] for ch in f):
                continue
            p.add((a, b, WORLD[k]))
            fine[k][0] += (a, b, WORLD[k]) in d.want
        c += (len(p & d.want), len(p), len(d.want))
    return f1(*c), fine


def main():
    torch.set_num_threads(1)
    net, config = export.from_checkpoint(sys.argv[1])
    net.requires_grad_(False)
    docs = dataset.load(False)["sets"]["worldwide-dev"]
    h = net.heads
    trans, start = (h.ner_trans + h.ner_ban).numpy(), (h.ner_start + h.ner_start_ban).numpy()
    em = [h.ner(v).numpy() for v in infer.vectors(net, docs)]
    for d in docs:
        d.units = infer.windows(d)[1]
        d.want = {(a, b, k) for a, b, k in d.gold if k in WORLD.values()}
    tune, rest = (docs[::2], em[::2]), (docs[1::2], em[1::2])
    bias = np.zeros(len(config["ner"]), np.float32)
    print("start", *(round(score(e, d, trans, start, bias, config)[0], 2) for d, e in (tune, rest)))
    print(score(em, docs, trans, start, bias, config)[1])
    best = score(tune[1], tune[0], trans, start, bias, config)[0]
    chosen = {}
    for name in sys.argv[2:] or L.NER:
        at = [i for i, t in enumerate(config["ner"]) if t[2:] == name]
        for step in (-3.0, -1.0, -0.4, 0.4, 0.8):
            trial = bias.copy()
            trial[at] = step
            got = score(tune[1], tune[0], trans, start, trial, config)[0]
            if got > best + 0.05:
                best, chosen[name] = got, step
        if name in chosen:
            bias[at] = chosen[name]
        print(name, chosen.get(name), round(best, 2), flush=True)
    print("end", *(round(score(e, d, trans, start, bias, config)[0], 2) for d, e in (tune, rest)))
    print(json.dumps(chosen))


main()
