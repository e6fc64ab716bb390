"""Figures on the dev sets.

python evaluate.py work/main/last.pt|english.safetensors [--parts ewt,raw,gum,polnear,own,worldwide,crossner,fact,vec] [--sample N]
    [--tune] [--arithmetic bf16|fp32|int8] [--names JSON]

What int8 costs: a checkpoint in fp32, with the biases of names that its export was given, against the file in int8. There every
linear layer gets its input rows as bytes with a scale and a zero point a row, as in the runtime.
"""

import argparse
import json
import os
import random
import time

import numpy as np
import torch

import dataset
import export
import infer
import labels as L
from model import ROLES, NEG
from prep import DATA, Doc, add_paragraph
from conllu import paragraphs, read_conllu


def f1(same, got, gold):
    return 200 * same / max(1, got + gold)


def ud(net, docs, config):
    """Gold tokens and sentences: UPOS, feats, lemma script, UAS, LAS (full and universal part), entity head F1."""
    c = dict.fromkeys(("n", "upos", "feats", "lemma", "uas", "las", "las_uni"), 0)
    rel = config["deprels"]
    uni = np.array([rel.index(r.split(":")[0]) if r.split(":")[0] in rel else i for i, r in enumerate(rel)])
    ent = [0, 0, 0]
    for d, v in zip(docs, infer.vectors(net, docs)):
        starts = [a for a, _ in d.sents]
        heads, rels = infer.parse(net, v, starts)
        g = d.labels
        c["n"] += d.n
        for k in ("upos", "feats", "lemma"):
            c[k] += int((getattr(net.heads, k)(v).argmax(1).numpy() == g[k]).sum())
        ok = heads == g["head"]
        c["uas"] += int(ok.sum())
        c["las"] += int((ok & (rels == g["rel"])).sum())
        c["las_uni"] += int((ok & (uni[rels] == uni[np.maximum(g["rel"], 0)])).sum())
        if "ent" in g:
            e = net.heads.entity(v).argmax(1).numpy()
            ent[0] += int(((e == g["ent"]) & (e > 0)).sum())
            ent[1] += int((e > 0).sum())
            ent[2] += int((g["ent"] > 0).sum())
    out = {k: round(100 * c[k] / c["n"], 2) for k in c if k != "n"}
    if ent[2]:
        out["entity_f1"] = round(f1(*ent), 2)
    return out


def raw(net, config, path, sample=0):
    """Raw text: tokens, words, sentences, UPOS, UAS, LAS F1 by character spans (as the CoNLL 2018 scorer aligns)."""
    gold_docs = read_conllu(path)
    if sample:
        gold_docs = random.Random(3).sample(gold_docs, min(sample, len(gold_docs)))
    docs, texts = [], []
    for k, g in enumerate(gold_docs):
        doc, offs = Doc(str(k)), []
        pars = paragraphs(g)
        for p, par in enumerate(pars):
            local = []
            add_paragraph(doc, par["text"], local)
            offs += [(p, a, b) for a, b in local]
        doc.offs, doc.pars = offs, pars
        docs.append(doc.finish())
    n = dict.fromkeys(("words", "got", "gold", "upos", "uas", "las", "sents", "sents_got", "sents_gold", "lemma", "feats"), 0)
    for d, v in zip(docs, infer.vectors(net, docs)):
        starts = infer.sentence_starts(net, v, d)
        heads, rels = infer.parse(net, v, starts)
        upos = net.heads.upos(v).argmax(1).numpy()
        feats = net.heads.feats(v).argmax(1).numpy()
        lemma = net.heads.lemma(v).argmax(1).numpy()
        index, gold, sents, base = {}, [], set(), 0
        for p, par in enumerate(d.pars):
            for s in par["sents"]:
                ws = s["words"]
                sents.add((p, ws[0]["start"], ws[-1]["end"]))
                for w in ws:
                    gold.append((p, w, base))
                    index[(p, w["start"], w["end"])] = len(gold) - 1
                base = len(gold)
        match = [index.get(o) for o in d.offs]
        n["got"] += d.n
        n["gold"] += len(gold)
        ends = starts[1:] + [d.n]
        mine = {(d.offs[a][0], d.offs[a][1], d.offs[b - 1][2]) for a, b in zip(starts, ends)}
        n["sents"] += len(mine & sents)
        n["sents_got"] += len(mine)
        n["sents_gold"] += len(sents)
        for i, m in enumerate(match):
            if m is None:
                continue
            _, w, first = gold[m]
            n["words"] += 1
            n["upos"] += config["upos"][upos[i]] == w["upos"]
            n["feats"] += config["feats"][feats[i]] == w["feats"]
            n["lemma"] += w["lemma"] == "_" or L.apply_script(config["lemma_scripts"][lemma[i]], d.forms[i]) == w["lemma"]
            head = -1 if w["head"] == 0 else first + w["head"] - 1
            ok = (heads[i] == -1 and head == -1) or (heads[i] >= 0 and match[heads[i]] == head)
            n["uas"] += ok
            n["las"] += ok and config["deprels"][rels[i]].split(":")[0] == w["deprel"].split(":")[0]
    out = {k: round(f1(n[k], n["got"], n["gold"]), 2) for k in ("words", "upos", "feats", "lemma", "uas", "las")}
    return {"sents": round(f1(n["sents"], n["sents_got"], n["sents_gold"]), 2), **out}


def polnear(net, docs, bias, tune=False):
    c = {r: np.zeros(3, int) for r in ROLES}
    split = {r: np.zeros(3, int) for r in ROLES}
    token = {r: np.zeros(3, int) for r in ROLES}
    link = [0, 0]
    cache = [(d, v, infer.windows(d)[1], infer.sentence_starts(net, v, d)) for d, v in zip(docs, infer.vectors(net, docs))]
    names = ["O", "B-x", "I-x"]
    for d, v, units, starts in cache:
        tags, links = infer.roles(net, v, units, bias)
        for r in ROLES:
            g, p = set(infer.spans(d.labels[r], names)), set(infer.spans(tags[r], names))
            c[r] += (len(g & p), len(p), len(g))
            gs, ps = cut_at(g, starts), cut_at(p, starts)
            split[r] += (len(gs & ps), len(ps), len(gs))
            a, b = d.labels[r] > 0, tags[r] > 0
            token[r] += (int((a & b).sum()), int(b.sum()), int(a.sum()))
        for (role, i), j in links.items():
            if d.labels[role][i] == 1 and d.labels["link"][i] != -100:
                link[0] += int(d.labels["link"][i] == j)
                link[1] += 1
    out = {r: {"span": round(f1(*c[r]), 2), "in_sentence": round(f1(*split[r]), 2), "token": round(f1(*token[r]), 2),
               "p": round(100 * c[r][0] / max(1, c[r][1]), 1), "r": round(100 * c[r][0] / max(1, c[r][2]), 1)} for r in ROLES}
    out["link_accuracy"] = round(100 * link[0] / max(1, link[1]), 2)
    if tune:
        out["tuned"] = tune_bias(net, cache)
    return out


def cut_at(spans, starts):
    out = set()
    for a, b, k in spans:
        inner = [s for s in starts if a < s < b]
        for x, y in zip([a] + inner, inner + [b]):
            out.add((x, y, k))
    return out


def tune_bias(net, cache):
    names, best = ["O", "B-x", "I-x"], {}
    h = net.heads
    for r, role in enumerate(ROLES):
        scores = {}
        em0 = [getattr(h, role)(v).detach().numpy() for _, v, _, _ in cache]
        for bias in (-0.6, -0.45, -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.45):
            c = np.zeros(3, int)
            for (d, v, units, starts), e in zip(cache, em0):
                em = e.copy()
                em[:, 1:] += bias
                t = infer.decode(em, units, (h.role_trans + h.role_ban)[r].detach().numpy(), h.role_start[r].detach().numpy())
                g = cut_at(infer.spans(d.labels[role], names), starts)
                p = cut_at(infer.spans(t, names), starts)
                c += (len(g & p), len(p), len(g))
            scores[bias] = round(f1(*c), 2)
        best[role] = scores
    return best


WORLD = {"person": "Person", "organization": "Organization", "group": "Organization", "gpe": "Location",
         "location": "Location", "facility": "Facility", "norp": "NORP", "event": "Misc", "other": "Misc",
         "product": "Product", "weapon": "Product", "vehicle": "Product"}
POLITICS = {"politician": "person", "person": "person", "politicalparty": "organization", "organisation": "organization",
            "country": "location", "location": "location", "election": "event", "event": "event", "misc": "misc"}
POLITICS_MINE = {"person": "person", "organization": "organization", "group": "organization", "gpe": "location",
                 "location": "location", "facility": "location", "event": "event"}


def ner(net, docs, config, gold_map, mine_map, name_like=True):
    c, per = np.zeros(3, int), {}
    fine = np.zeros(3, int)
    for d, v in zip(docs, infer.vectors(net, docs)):
        got = infer.names(net, v, infer.windows(d)[1], config)
        p = set()
        for a, b, k in got:
            if k in ("weapon", "vehicle") and not any(ch.isupper() or ch.isdigit() for f in d.forms[a:b] for ch in f):
                continue
            p.add((a, b, mine_map(k)))
        g = {(a, b, gold_map(k)) for a, b, k in d.gold if gold_map(k)}
        c += (len(g & p), len(p), len(g))
        fine += (len({x[:2] for x in g} & {x[:2] for x in p}), len(p), len(g))
        for t in {x[2] for x in g | p}:
            per.setdefault(t, np.zeros(3, int))
            per[t] += (len({x for x in g & p if x[2] == t}), len({x for x in p if x[2] == t}), len({x for x in g if x[2] == t}))
    return {"f1": round(f1(*c), 2), "span_only": round(f1(*fine), 2), **{t: round(f1(*x), 1) for t, x in sorted(per.items())}}


def fact(net, docs):
    p, g = [], []
    for d, v in zip(docs, infer.vectors(net, docs)):
        keep = ~np.isnan(d.labels["fact"])
        if keep.any():
            p += infer.factuality(net, v[torch.from_numpy(keep)]).detach().tolist()
            g += d.labels["fact"][keep].tolist()
    p, g = np.array(p), np.array(g)
    return {"mae": round(float(np.abs(p - g).mean()), 3), "r": round(float(np.corrcoef(p, g)[0, 1]), 3), "n": len(g)}


def rank(x):
    r = np.empty(len(x))
    r[np.argsort(x, kind="stable")] = np.arange(len(x))
    return r


def similarity(net, sets):
    """Spearman of our cosines against the teacher's, over all pairs of up to 1,500 sentences of each dev set."""
    out = {}
    for name in ("ewt-dev", "gum-dev", "polnear-dev", "worldwide-dev"):
        mine, theirs = [], []
        docs = [d for d in sets[name] if d.vec]
        for d, (_, x) in zip(docs, infer.states(net, docs)):
            for a, b, t in d.vec:
                mine.append(infer.sentence_vector(net, d, x, a, b).detach().numpy())
                theirs.append(t.astype(np.float32))
        if len(mine) > 1500:
            keep = random.Random(1).sample(range(len(mine)), 1500)
            mine, theirs = [mine[i] for i in keep], [theirs[i] for i in keep]
        one = dataset.alone(docs)
        if len(one) > 1500:
            one = random.Random(1).sample(one, 1500)
        a = np.stack([infer.sentence_vector(net, d, x, 0, d.n).detach().numpy() for d, (_, x) in zip(one, infer.states(net, one))])
        b = np.stack([d.vec[0][2].astype(np.float32) for d in one])
        m, t = np.stack(mine), np.stack(theirs)
        out[name] = {"in_text": agreement(m, t), "alone": agreement(a, b)}
    return out


def agreement(m, t):
    i = np.triu_indices(len(m), 1)
    return {"spearman": round(float(np.corrcoef(rank((m @ m.T)[i]), rank((t @ t.T)[i]))[0, 1]), 4),
            "cosine": round(float((m * t).sum(1).mean()), 4)}


def int8_rows(_layer, inputs):
    """The input of a linear layer, rounded to bytes with a scale and a zero point a row."""
    (x,) = inputs
    scale = (x.amax(-1, keepdim=True).clamp_min(0) - x.amin(-1, keepdim=True).clamp_max(0)).clamp_min(1e-30) / 254
    return (x / scale).round() * scale


def main():
    a = argparse.ArgumentParser()
    a.add_argument("weights")
    a.add_argument("--parts", default="ewt,raw,gum,polnear,own,worldwide,crossner,fact,vec")
    a.add_argument("--sample", type=int, default=0)
    a.add_argument("--tune", action="store_true")
    a.add_argument("--arithmetic", choices=("bf16", "fp32", "int8"), default="bf16")
    a.add_argument("--names", type=json.loads, default={}, help="biases of name types, for a checkpoint")
    args = a.parse_args()
    torch.set_num_threads(1)
    if args.weights.endswith(".pt"):
        net, config = export.from_checkpoint(args.weights, args.names)
    else:
        net, config = export.load(args.weights)
    net.requires_grad_(False)
    infer.BF16 = args.arithmetic == "bf16"
    if args.arithmetic == "int8":
        for module in net.modules():
            if isinstance(module, torch.nn.Linear):
                module.register_forward_pre_hook(int8_rows)
    sets = dataset.load()["sets"]
    if args.sample:
        rng = random.Random(9)
        sets = {k: (rng.sample(v, min(len(v), args.sample)) if k.endswith("-dev") else v) for k, v in sets.items()}
    bias = config.get("bias", {})
    todo = {
        "ewt": lambda: ud(net, sets["ewt-dev"], config),
        "raw": lambda: raw(net, config, os.path.join(DATA, "ud_ewt/en_ewt-ud-dev.conllu"), args.sample),
        "gum": lambda: ud(net, sets["gum-dev"], config),
        "polnear": lambda: polnear(net, sets["polnear-dev"], bias, args.tune),
        "own": lambda: polnear(net, sets["own-dev"], bias),
        "worldwide": lambda: ner(net, sets["worldwide-dev"], config, lambda k: k if k in WORLD.values() else None, WORLD.get),
        "crossner": lambda: ner(net, sets["crossner-dev"], config, POLITICS.get, lambda k: POLITICS_MINE.get(k, "misc")),
        "fact": lambda: {"uds": fact(net, sets["ewt-dev"]), "meantime": fact(net, sets["fact-dev"])},
        "vec": lambda: similarity(net, sets),
    }
    for part in args.parts.split(","):
        t = time.time()
        print(part, json.dumps(todo[part]()), f"{time.time() - t:.0f}s", flush=True)


assert NEG < 0
if __name__ == "__main__":
    main()
