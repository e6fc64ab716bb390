"""Reference analysis from the exported weights: python predict.py english.safetensors [--json] [--check] < text

Slow and plain; the runtime is held to it. --check prints the vectors and decisions that data/weights/check.json keeps
for the texts in check_texts.txt.
"""

import argparse
import json
import os
import sys

import numpy as np
import torch

import dataset
import export
import infer
import labels as L
from pieces import CLS, SEP
from prep import Doc, add_paragraph


def blocks(text):
    """(offset, text) of the paragraphs: runs of lines that are not blank."""
    out, start, at = [], None, 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            start = at if start is None else start
        elif start is not None:
            out.append((start, text[start:at].rstrip()))
            start = None
        at += len(line)
    if start is not None:
        out.append((start, text[start:].rstrip()))
    return out


def document(text):
    doc, offsets, tokens = Doc("text"), [], []
    for base, par in blocks(text):
        local = []
        add_paragraph(doc, par, local)
        offsets += [(a + base, b + base) for a, b in local]
    doc.offsets = offsets
    del tokens
    return doc.finish()


def analyze(net, config, text):
    doc = document(text)
    if not doc.n:
        return doc, None, {"words": [], "sentences": []}
    v, mixed = infer.states(net, [doc], bf16=False)[0]
    h = net.heads
    starts = infer.sentence_starts(net, v, doc)
    heads, rels = infer.parse(net, v, starts)
    units = infer.windows(doc)[1]
    tags, links = infer.roles(net, v, units, config["bias"])
    pick = {k: getattr(h, k)(v).argmax(1).tolist() for k in ("upos", "feats", "lemma", "entity")}
    fact = infer.factuality(net, v).tolist()
    words = []
    for i, form in enumerate(doc.forms):
        words.append({"form": form, "start": doc.offsets[i][0], "end": doc.offsets[i][1], "shape": int(doc.shape[i]),
                      "pieces": doc.flat[doc.off[i]:doc.off[i + 1]].tolist(), "upos": config["upos"][pick["upos"][i]],
                      "feats": config["feats"][pick["feats"][i]],
                      "lemma": L.apply_script(config["lemma_scripts"][pick["lemma"][i]], form), "head": int(heads[i]),
                      "deprel": config["deprels"][rels[i]], "entity": config["entity"][pick["entity"][i]],
                      "factuality": round(fact[i], 3), **{r: "OBI"[tags[r][i]] for r in tags}})
    ends = starts[1:] + [doc.n]
    out = {"words": words, "paragraphs": doc.par, "sentences": [
               {"start": a, "end": b, "vector": [round(x, 4) for x in infer.sentence_vector(net, doc, mixed, a, b)[:8].tolist()]}
               for a, b in zip(starts, ends)],
           "names": [{"start": a, "end": b, "type": k} for a, b, k in infer.names(net, v, units, config)],
           "links": [{"role": r, "from": i, "cue": j} for (r, i), j in sorted(links.items(), key=lambda x: (x[0][1], x[0][0]))]}
    return doc, v, out


def conllu(text, out):
    lines = []
    for s in out["sentences"]:
        a, b = s["start"], s["end"]
        w = out["words"]
        lines.append("# text = " + " ".join(text[w[a]["start"]:w[b - 1]["end"]].split()))
        for i in range(a, b):
            head = 0 if w[i]["head"] < 0 else w[i]["head"] - a + 1
            lines.append("\t".join([str(i - a + 1), w[i]["form"], w[i]["lemma"], w[i]["upos"], "_", w[i]["feats"], str(head),
                                    w[i]["deprel"], "_", "_"]))
        lines.append("")
    return "\n".join(lines)


def check(net, config, texts, weights):
    import hashlib
    cases = []
    for text in texts:
        doc, v, out = analyze(net, config, text)
        rows = []
        for i in sorted({0, doc.n // 3, doc.n // 2, doc.n - 1}):
            rows.append({"word": i, "vector": [round(x, 5) for x in v[i, :8].tolist()], "norm": round(float(v[i].norm()), 4)})
        a, b = infer.windows(doc)[0][0][:2]
        bare = infer.Bare(doc, a, b)
        batch = dataset.collate([(bare, 0, bare.n)], vectors=False)
        with torch.no_grad():
            last = net.encoder(batch["ids"], batch["shapes"], batch["mask"])[0]
        assert batch["ids"][0, 0] == CLS and batch["ids"][0, -1] == SEP
        cases.append({"text": text, **out, "vectors": rows, "windows": [list(map(int, w)) for w in infer.windows(doc)[0]],
                      "cls": [round(x, 5) for x in last[0, :8].tolist()]})
    digest = hashlib.sha256(open(weights, "rb").read()).hexdigest()
    return {"format": "sourceline.check/1", "weights_sha256": digest, "cases": cases}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("weights")
    a.add_argument("--json", action="store_true")
    a.add_argument("--check", action="store_true")
    args = a.parse_args()
    net, config = export.load(args.weights)
    net.requires_grad_(False)
    if args.check:
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "check_texts.txt"), encoding="utf-8") as file:
            texts = [t.strip("\n") for t in file.read().split("\n====\n")]
        json.dump(check(net, config, texts, args.weights), sys.stdout, ensure_ascii=False, indent=1)
        return
    text = sys.stdin.read()
    out = analyze(net, config, text)[2]
    print(json.dumps(out, ensure_ascii=False) if args.json else conllu(text, out))


assert np is not None
if __name__ == "__main__":
    main()
