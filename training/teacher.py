"""Sentence vectors of the original all-MiniLM-L6-v2 for a sample of the training text -> work/teacher.npz:
python teacher.py [checkpoint that finds the sentences of PolNeAR and worldwide]
"""

import os
import random
import sys

import numpy as np
import torch
import torch.nn.functional as F

import dataset
import export
import infer
from model import Encoder
from pieces import CLS, SEP, pieces

WORK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "work")


def text_of(doc, a, b):
    return "".join((" " if doc.space[i] and i > a else "") + doc.forms[i] for i in range(a, b))


def encode(net, texts, batch=2000):
    ids = [[CLS] + pieces(t, 254) + [SEP] for t in texts]
    order, out = sorted(range(len(ids)), key=lambda i: len(ids[i])), np.zeros((len(ids), 384), np.float16)
    at = 0
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        while at < len(order):
            take = max(1, min(batch // len(ids[order[at]]), 128))
            group = order[at:at + take]
            n = max(len(ids[i]) for i in group)
            x = torch.zeros(len(group), n, dtype=torch.long)
            mask = torch.zeros(len(group), n, dtype=torch.bool)
            for r, i in enumerate(group):
                x[r, :len(ids[i])] = torch.tensor(ids[i])
                mask[r, :len(ids[i])] = True
            y = net(x, torch.zeros_like(x), mask).float() * mask[..., None]
            out[group] = F.normalize(y.sum(1), dim=1).numpy()
            at += take
    return out


def found_sentences(data, checkpoint, rng):
    """Sentences of a sample of the documents that come without them, as a checkpoint finds them."""
    net, out = export.from_checkpoint(checkpoint)[0], []
    for name, count in (("polnear", 230), ("worldwide", 270)):
        chosen = sorted(rng.sample(range(len(data[name])), count))
        vectors = infer.vectors(net, [data[name][k] for k in chosen])
        for k, v in zip(chosen, vectors):
            d = data[name][k]
            starts = infer.sentence_starts(net, v, d)
            out += [(name, k, a, b) for a, b in zip(starts, starts[1:] + [d.n]) if 4 <= b - a <= 60]
    return out


def main():
    torch.set_num_threads(1)
    data = dataset.load(False)["sets"]
    rng, items = random.Random(5), []
    for name in ("ewt", "gum", "ewt-dev", "gum-dev"):
        items += [(name, k, a, b) for k, d in enumerate(data[name]) for a, b in d.sents if 4 <= b - a <= 60]
    for name, limit in (("polnear", 7000), ("worldwide", 3000), ("polnear-dev", 400), ("worldwide-dev", 400),
                        ("polnear", 9000), ("worldwide", 6000)):
        pars = []
        for k, d in enumerate(data[name]):
            ends = d.par[1:] + [d.n]
            pars += [(name, k, a, b) for a, b in zip(d.par, ends) if 6 <= b - a <= 70]
        known = set(items)
        pars = [p for p in pars if p not in known]
        items += rng.sample(pars, min(limit, len(pars)))
    if len(sys.argv) > 1:
        known = set(items)
        items += [i for i in found_sentences(data, sys.argv[1], rng) if i not in known]
    path, old = os.path.join(WORK, "teacher.npz"), {}
    if os.path.exists(path):
        t = np.load(path)
        old = {(str(n), *map(int, p)): v for n, p, v in zip(t["names"], t["place"], t["vectors"])}
    new = [i for i in items if i not in old]
    print(len(items), "texts,", len(new), "to encode", flush=True)
    made = encode(Encoder().load_base(), [text_of(data[n][k], a, b) for n, k, a, b in new])
    old.update(zip(new, made))
    items = sorted(old)
    vectors = np.stack([old[i] for i in items])
    tmp = os.path.join(WORK, "teacher.tmp.npz")
    np.savez(tmp, names=np.array([i[0] for i in items]), place=np.array([i[1:] for i in items]), vectors=vectors)
    os.replace(tmp, path)
    print(len(items), "vectors")


if __name__ == "__main__":
    main()
