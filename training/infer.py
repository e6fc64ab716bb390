"""Inference over documents: windows as the runtime cuts them, word vectors, and the decoders."""

import numpy as np
import torch
import torch.nn.functional as F

import dataset
from model import IGNORE, NEG, ROLES, arc_scores, label_scores, link_scores

WINDOW, OVERLAP = 190, 64


def windows(doc):
    """Inference windows and decoding units of a document.

    Returns windows [(first word, end, first owned word, end of owned)] and units [(first word, end)]; a unit is a window
    of whole paragraphs, or a whole paragraph that had to be cut into overlapping windows."""
    out, units, off = [], [], doc.off
    start = None
    ends = doc.par[1:] + [doc.n]
    for a, b in zip(doc.par, ends):
        if start is not None and off[b] - off[start] <= WINDOW:
            continue
        if start is not None:
            out.append((start, a, start, a))
            units.append((start, a))
            start = None
        if off[b] - off[a] <= WINDOW:
            start = a
            continue
        units.append((a, b))
        at = owned = a
        while True:
            e = min(b, int(np.searchsorted(off, off[at] + WINDOW, side="right")) - 1)
            if e == b:
                out.append((at, e, owned, e))
                break
            following = min(e, max(at + 1, int(np.searchsorted(off, off[e] - OVERLAP, side="left"))))
            cut = following
            while cut < e and off[cut] + off[cut + 1] < off[following] + off[e]:
                cut += 1
            out.append((at, e, owned, cut))
            at, owned = following, cut
    if start is not None:
        out.append((start, doc.n, start, doc.n))
        units.append((start, doc.n))
    return out, units


BF16 = True


def vectors(net, docs, bf16=None):
    """Word vectors [n, 384] of each document."""
    return [v for v, _ in states(net, docs, bf16)]


def states(net, docs, bf16=None, pieces=3000):
    """Word vectors [n, 384] of each document, and what the branch reads of each piece."""
    jobs = [(k, *w) for k, d in enumerate(docs) for w in windows(d)[0]]
    jobs.sort(key=lambda j: docs[j[0]].off[j[2]] - docs[j[0]].off[j[1]])
    out = [(torch.zeros(d.n, 384), torch.zeros(int(d.off[d.n]), 384)) for d in docs]
    at = 0
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=BF16 if bf16 is None else bf16):
        while at < len(jobs):
            group, longest = [], 0
            while at < len(jobs):
                k, a, b = jobs[at][:3]
                n = int(docs[k].off[b] - docs[k].off[a]) + 2
                if group and (len(group) + 1) * max(longest, n) > pieces:
                    break
                longest = max(longest, n)
                group.append(jobs[at])
                at += 1
            bare = [Bare(docs[k], a, b) for k, a, b, _, _ in group]
            batch = dataset.collate([(d, 0, d.n) for d in bare], vectors=False)
            v, layers = net.words(batch)
            mixed = net.branch.mixed(layers)
            for r, (k, a, _, first, last) in enumerate(group):
                out[k][0][first:last] = v[r, first - a:last - a]
                p, q, start = docs[k].off[first], docs[k].off[last], docs[k].off[a] - 1
                out[k][1][p:q] = mixed[r, p - start:q - start]
    return out


class Bare:
    """Words a..b of a document without labels."""

    def __init__(self, doc, a, b):
        self.n, self.labels, self.par = b - a, {}, []
        self.flat, self.shape, self.plen = doc.flat[doc.off[a]:doc.off[b]], doc.shape[a:b], doc.plen[a:b]
        self.off = doc.off[a:b + 1] - doc.off[a]


def viterbi(em, trans, start):
    score, back = start + em[0], []
    for t in range(1, len(em)):
        s = score[:, None] + trans
        best = s.argmax(0)
        back.append(best)
        score = s[best, np.arange(len(best))] + em[t]
    tags = [int(score.argmax())]
    for best in reversed(back):
        tags.append(int(best[tags[-1]]))
    return tags[::-1]


def decode(em, units, trans, start):
    tags = np.zeros(len(em), np.int64)
    for a, b in units:
        tags[a:b] = viterbi(em[a:b], trans, start)
    return tags


def spans(tags, names):
    """(start, end, kind) of BIO tags given as ids with names."""
    out, start, kind = [], None, None
    for i, t in enumerate(list(tags) + [0]):
        n = names[t]
        if start is not None and (n == "O" or n[0] == "B" or n[2:] != kind):
            out.append((start, i, kind))
            start = None
        if n != "O" and start is None:
            start, kind = i, n[2:]
    return out


def tree(scores):
    """Heads of the best single-root tree; scores [n, n + 1], last column ROOT. Result: index, n for ROOT."""
    n = len(scores)
    s = np.full((n + 1, n + 1), NEG * 10)
    s[1:, 1:] = scores[:, :n]
    s[1:, 0] = scores[:, n] - 1e3 * (n > 1)
    np.fill_diagonal(s, NEG * 100)
    heads = edmonds(s)
    return [n if h == 0 else h - 1 for h in heads[1:]]


def edmonds(s):
    """Maximum arborescence rooted at 0; s[d, h]."""
    heads = s.argmax(1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(s), bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    cyc = np.array(cycle)
    m = len(rest)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = s[np.ix_(rest, rest)]
    total = s[cyc, heads[cyc]].sum()
    enter = s[np.ix_(cyc, rest)] - s[cyc, heads[cyc]][:, None]
    small[m, :m] = enter.max(0) + total
    small[:m, m] = s[np.ix_(rest, cyc)].max(1)
    np.fill_diagonal(small, -np.inf)
    sub = edmonds(small)
    out = heads.copy()
    for i, d in enumerate(rest):
        if i:
            out[d] = rest[sub[i]] if sub[i] < m else cyc[s[d, cyc].argmax()]
    outside = rest[sub[m]]
    broken = cyc[(s[cyc, outside] - s[cyc, heads[cyc]]).argmax()]
    out[broken] = outside
    return out


def find_cycle(heads):
    state = [0] * len(heads)
    for i in range(1, len(heads)):
        path, at = [], i
        while at and not state[at]:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if at and state[at] == 1 and at in path:
            return path[path.index(at):]
        for p in path:
            state[p] = 2
    return []


def sentence_starts(net, v, doc):
    p = net.heads.sentence(v)[:, 0] > 0
    p[torch.tensor(doc.par)] = True
    return [int(i) for i in p.nonzero()[:, 0]]


def parse(net, v, starts):
    """Heads (document word index, -1 ROOT) and label ids of sentences that start at `starts`."""
    n = len(v)
    heads, rels = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for a, b in zip(starts, starts[1:] + [n]):
        x = v[None, a:b]
        w = b - a
        same = ~torch.eye(w, dtype=torch.bool)[None]
        h = tree(arc_scores(net.heads, x, same)[0].numpy())
        heads[a:b] = [-1 if k == w else a + k for k in h]
        rows = (torch.zeros(w, dtype=torch.long), torch.arange(w))
        rels[a:b] = label_scores(net.heads, x, rows, torch.tensor(h)).argmax(1).numpy()
    return heads, rels


def roles(net, v, units, bias):
    """BIO tags of source, cue, content, and the cue-first word (or -1) of each source and content span."""
    h, tags = net.heads, {}
    for r, role in enumerate(ROLES):
        em = getattr(h, role)(v).numpy().copy()
        em[:, 1:] += bias.get(role, 0.0)
        tags[role] = decode(em, units, (h.role_trans + h.role_ban)[r].detach().numpy(), h.role_start[r].detach().numpy())
    links = {}
    for a, b in units:
        cues = torch.from_numpy(tags["cue"][a:b] == 1)[None]
        s = link_scores(h, v[None, a:b], cues)[0].argmax(1).numpy()
        for role in ("source", "content"):
            for i in np.flatnonzero(tags[role][a:b] == 1):
                links[(role, a + int(i))] = -1 if s[i] == b - a else a + int(s[i])
    return tags, links


def names(net, v, units, config):
    h = net.heads
    tags = decode(h.ner(v).numpy(), units, (h.ner_trans + h.ner_ban).detach().numpy(), (h.ner_start + h.ner_start_ban).detach().numpy())
    return spans(tags, config["ner"])


def factuality(net, v):
    h = net.heads
    return h.factuality(F.relu(h.factuality_hidden(v)))[:, 0]


def sentence_vector(net, doc, mixed, a, b):
    """Unit vector of the words a..b, from the document's states; more pieces than a window holds are read in runs."""
    runs = mixed[doc.off[a]:doc.off[b]].split(WINDOW)
    inner = sum(net.branch(x, *dataset.piece_rows([(0, len(x))]))[0] * len(x) for x in runs) / sum(map(len, runs))
    return F.normalize(net.heads.sentence_vector(inner), dim=0)


assert IGNORE == dataset.IGNORE
