"""More sentences with the teacher's vectors, of texts without labels -> work/sentences.npz:
python sentences.py

News (current events, LGL), tweets, wars, and of EWT and GUM pairs of sentences that follow each other and pieces of sentences.
"""

import glob
import json
import os
import random
import re

import numpy as np
import torch

import dataset
import teacher
from model import Encoder
from prep import DATA, Doc, add_paragraph

NEWS, LOCAL = 12000, 6000


def pairs_and_parts(docs, rng):
    for d in docs:
        for (a, b), (_, c) in zip(d.sents, d.sents[1:]):
            if c - a <= 60 and rng.random() < 0.6:
                yield teacher.text_of(d, a, c)
        for a, b in d.sents:
            if b - a >= 9:
                size = rng.randint(4, max(4, int(0.8 * (b - a))))
                start = rng.choice([a, b - size, rng.randint(a, b - size)])
                yield teacher.text_of(d, start, start + size)


def events():
    with open(os.path.join(DATA, "current_events.jsonl"), encoding="utf-8") as file:
        for line in file:
            yield from (item["text"] for item in json.loads(line)["items"])


def split(text):
    """Sentences by their marks, which is good enough here."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z\"\u201c])|\n\s*\n", text)


def local():
    with open(os.path.join(DATA, "lgl/lgl.xml"), encoding="utf-8") as file:
        for text in re.findall(r"<text>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</text>", file.read(), re.DOTALL):
            yield from split(text)


def timeml(folder):
    for path in sorted(glob.glob(os.path.join(DATA, "syntime/syntime/resources", folder, "trainingset/tml/*.tml"))):
        with open(path, encoding="utf-8", errors="replace") as file:
            for text in re.findall(r"<TEXT>(.*?)</TEXT>", file.read(), re.DOTALL):
                yield from split(re.sub(r"<[^>]*>", "", text))


def collect(sets, rng):
    """Texts of 4 to 60 words, none twice and none of the dev sets."""
    known = {teacher.text_of(d, a, b) for name in ("ewt-dev", "gum-dev") for d in sets[name] for a, b in d.sents}
    out = []
    sources = [("ewt", list(pairs_and_parts(sets["ewt"], rng))), ("gum", list(pairs_and_parts(sets["gum"], rng))),
               ("events", rng.sample(list(events()), NEWS)), ("tweets", list(timeml("tweets"))), ("wars", list(timeml("wikiwars"))),
               ("certainty", [teacher.text_of(d, 0, d.n) for d in sets["fact"]])]
    found = list(local())
    sources.append(("local", rng.sample(found, min(LOCAL, len(found)))))
    for name, texts in sources:
        before = len(out)
        for text in texts:
            text = " ".join(text.split())
            if text not in known and 4 <= text.count(" ") + 1 <= 60:
                known.add(text)
                out.append(text)
        print(name, len(out) - before, flush=True)
    return out


def main():
    torch.set_num_threads(1)
    texts = collect(dataset.load(False)["sets"], random.Random(23))
    docs = []
    for text in texts:
        doc = Doc("")
        add_paragraph(doc, text)
        docs.append(doc.finish())
    vectors = teacher.encode(Encoder().load_base(), texts)
    keep = [k for k, d in enumerate(docs) if d.n and d.off[-1] <= 188]
    parts = {key: [getattr(docs[k], key) for k in keep] for key in ("flat", "plen", "shape")}
    np.savez(os.path.join(dataset.WORK, "sentences.npz"), words=np.array([docs[k].n for k in keep]),
             vectors=vectors[keep], **{k: np.concatenate(v) for k, v in parts.items()})
    print(len(keep), "sentences")


if __name__ == "__main__":
    main()
