"""Windows and batches over the prepared documents."""

import os
import pickle
import random

import numpy as np
import torch

from pieces import CLS, SEP

WORK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "work")
IGNORE = -100
WORD_LABELS = {"upos": IGNORE, "feats": IGNORE, "lemma": IGNORE, "sent": IGNORE, "rel": IGNORE, "ent": IGNORE}


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if name == "Doc":
            import prep
            return prep.Doc
        return super().find_class(module, name)


def load(with_teacher=True):
    with open(os.path.join(WORK, "data.pkl"), "rb") as file:
        data = Unpickler(file).load()
    if with_teacher:
        t = np.load(os.path.join(WORK, "teacher.npz"))
        for docs in data["sets"].values():
            for d in docs:
                d.vec = []
        for name, (k, a, b), v in zip(t["names"], t["place"], t["vectors"]):
            data["sets"][str(name)][k].vec.append((int(a), int(b), v))
    return data


class Lone:
    """A sentence of `sentences.npz`: a text without labels, with the teacher's vector."""

    def __init__(self, flat, plen, shape, vector):
        self.n, self.labels, self.par = len(plen), {}, [0]
        self.flat, self.plen, self.shape = flat, plen, shape
        self.off = np.concatenate([[0], np.cumsum(plen)])
        self.vec = [(0, self.n, vector)]


def more():
    """The sentences of `sentences.npz`, if there are any."""
    path = os.path.join(WORK, "sentences.npz")
    if not os.path.exists(path):
        return []
    t = np.load(path)
    flat, plen, shape, vectors = (t[k] for k in ("flat", "plen", "shape", "vectors"))
    words = np.concatenate([[0], np.cumsum(t["words"])])
    pieces = np.concatenate([[0], np.cumsum(plen)])[words]
    return [Lone(flat[p:q], plen[a:b], shape[a:b], v)
            for a, b, p, q, v in zip(words, words[1:], pieces, pieces[1:], vectors)]


class Alone:
    """A sentence or paragraph of a document by itself, for the sentence vector and, where asked for, the other labels."""

    def __init__(self, doc, a, b, vector, labels=False):
        self.n, self.labels, self.par = b - a, {}, [0]
        if labels:
            self.labels = {k: v[a:b] for k, v in doc.labels.items()}
            head = self.labels["head"]
            self.labels["head"] = np.where(head < 0, head, np.where((head >= a) & (head < b), head - a, b - a))
        self.flat, self.plen = doc.flat[doc.off[a]:doc.off[b]], doc.plen[a:b]
        self.shape = doc.shape[a:b].copy()
        self.shape[0] = (self.shape[0] - 1) // 4 * 4 + 4
        self.off = doc.off[a:b + 1] - doc.off[a]
        self.vec = [(0, self.n, vector)]


def alone(docs, labels=False):
    return [Alone(d, *v, labels) for d in docs for v in d.vec]


def cut(doc, limit, rng=None):
    """Word ranges of windows of at most `limit` pieces (marks not counted): whole paragraphs while they fit."""
    out, start = [], 0
    ends = doc.par[1:] + [doc.n]
    off = doc.off
    room = rng.randint(min(48, limit), limit) if rng and rng.random() < 0.5 else limit
    for a, b in zip(doc.par, ends):
        if off[b] - off[start] <= room:
            continue
        if a > start:
            out.append((start, a))
            start, room = a, limit
        while off[b] - off[start] > room:
            e = int(np.searchsorted(off, off[start] + room, side="right")) - 1
            out.append((start, max(e, start + 1)))
            start, room = out[-1][1], limit
    if start < doc.n:
        out.append((start, doc.n))
    return out


def epoch_windows(docs, limit, rng):
    out = []
    for d in docs:
        size = limit if rng.random() < 0.7 else rng.randint(40, limit)
        out += [(d, a, b) for a, b in cut(d, size, rng)]
    return out


def batches(docs, pieces, limit, rng):
    """One epoch of batches: windows of like length together, about `pieces` padded pieces a batch."""
    windows = epoch_windows(docs, limit, rng)
    rng.shuffle(windows)
    group = max(1, int(12 * pieces / 100))
    out = []
    for g in range(0, len(windows), group):
        part = sorted(windows[g:g + group], key=lambda w: w[0].off[w[2]] - w[0].off[w[1]])
        batch, longest = [], 0
        for w in reversed(part):
            n = int(w[0].off[w[2]] - w[0].off[w[1]]) + 2
            if batch and (len(batch) + 1) * max(longest, n) > pieces:
                out.append(batch)
                batch, longest = [], 0
            batch.append(w)
            longest = max(longest, n)
        if batch:
            out.append(batch)
    rng.shuffle(out)
    return out


def forever(docs, pieces, limit, seed):
    rng, epoch = random.Random(seed), 0
    while True:
        epoch += 1
        for b in batches(docs, pieces, limit, rng):
            yield epoch, b


def collate(windows, rng=None, vectors=True):
    """Tensors of a batch of windows (doc, first word, end)."""
    lens = [int(d.off[b] - d.off[a]) + 2 for d, a, b in windows]
    n, w, size = max(lens), max(b - a for _, a, b in windows), len(windows)
    ids, shapes = np.zeros((size, n), np.int64), np.zeros((size, n), np.int64)
    mask, word_mask = np.zeros((size, n), bool), np.zeros((size, w), bool)
    rows, owner, inv = [], [], np.ones(size * w, np.float32)
    for r, (d, a, b) in enumerate(windows):
        ids[r, 0], ids[r, lens[r] - 1] = CLS, SEP
        ids[r, 1:lens[r] - 1] = d.flat[d.off[a]:d.off[b]]
        shape = d.shape[a:b]
        if rng and rng.random() < 0.12:
            shape = wrap(shape.copy(), rng)
        plen = d.plen[a:b]
        shapes[r, 1:lens[r] - 1] = np.repeat(shape, plen)
        mask[r, :lens[r]] = True
        word_mask[r, :b - a] = True
        rows.append(r * n + 1 + np.arange(lens[r] - 2))
        owner.append(np.repeat(r * w + np.arange(b - a), plen))
        inv[r * w:r * w + b - a] = 1 / plen
    out = {"ids": ids, "shapes": shapes, "mask": mask, "word_mask": word_mask, "piece_rows": np.concatenate(rows),
           "piece_word": np.concatenate(owner), "word_inv": inv}
    labels(out, windows, size, w)
    out = {k: torch.from_numpy(v) for k, v in out.items()}
    out["pieces"] = sum(lens)
    if vectors:
        spans, vec = [], []
        for r, (d, a, b) in enumerate(windows):
            for s, e, v in getattr(d, "vec", ()):
                if s >= a and e <= b:
                    spans.append((r, s - a, e - a))
                    vec.append(v)
        if vec:
            out["vec"] = torch.from_numpy(np.stack(vec)).float()
            first = [r * n + 1 - int(d.off[a]) for r, (d, a, _) in enumerate(windows)]
            out["vec_rows"], out["vec_mask"] = piece_rows(
                [(first[r] + int(d.off[a + s]), int(d.off[a + e] - d.off[a + s])) for r, s, e in spans for d, a, _ in [windows[r]]])
    return out


def piece_rows(runs):
    """Runs of rows (first, length) as padded rows [S, L] and which of them count."""
    at = torch.arange(max(length for _, length in runs))[None]
    start, length = torch.tensor(runs).T[..., None]
    mask = at < length
    return torch.where(mask, start + at, 0), mask


def wrap(shape, rng):
    """Pretend hard-wrapped lines: every so many words a word with a blank before it starts a line."""
    width, at = rng.randint(8, 16), 0
    for i in range(len(shape)):
        at += 1
        if at >= width and (shape[i] - 1) % 4 == 1 and shape[i] > 0:
            shape[i] += 1
            at = rng.randint(0, 3)
    return shape


def labels(out, windows, size, w):
    have = windows[0][0].labels
    def pad(key, default, dtype=np.int64):
        x = np.full((size, w), default, dtype)
        for r, (d, a, b) in enumerate(windows):
            x[r, :b - a] = d.labels[key][a:b]
        return x
    for key, default in WORD_LABELS.items():
        if key in have:
            out[key] = pad(key, default)
    if "sent" in have:
        out["same"] = np.zeros((size, w, w), bool)
        for r, (d, a, b) in enumerate(windows):
            number = np.cumsum(d.labels["sent"][a:b])
            out["same"][r, :b - a, :b - a] = number[:, None] == number[None, :]
        i = np.arange(w)
        out["same"][:, i, i] = False
        for r, (d, a, b) in enumerate(windows):
            for p in d.par:
                if a <= p < b:
                    out["sent"][r, p - a] = IGNORE
    if "head" in have:
        out["head"] = np.full((size, w), IGNORE, np.int64)
        for r, (d, a, b) in enumerate(windows):
            h = d.labels["head"][a:b]
            out["head"][r, :b - a] = np.where(h < 0, w, np.where((h >= a) & (h < b), h - a, IGNORE))
    if "ner" in have:
        m = pad("ner", 1)
        m[:, 0] |= (m[:, 0] & 0x1555554) >> 1  # a window that starts inside a mention: I counts as B
        out["ner"] = (m[..., None] >> np.arange(25)) & 1 == 1
    if "source" in have:
        out["roles"] = np.stack([pad(k, 0) for k in ("source", "cue", "content")])
        out["cues"] = out["roles"][1] == 1
        out["link"] = np.full((size, w), IGNORE, np.int64)
        for r, (d, a, b) in enumerate(windows):
            t = d.labels["link"][a:b]
            inside = (t >= a) & (t < b)
            out["link"][r, :b - a] = np.where(t == IGNORE, IGNORE, np.where(inside, t - a, w))
    if "fact" in have:
        out["fact"] = pad("fact", np.nan, np.float32)
