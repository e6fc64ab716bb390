"""Fits the sentence-vector head anew on frozen word vectors: python refit.py work/main/last.pt work/main/final.pt [sentences]

In the joint run the head follows the encoder; a ridge regression at the end, refined on pairwise cosines, is worth
some points of rank agreement. Chosen on training sentences that are kept out of the fit.
"""

import random
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

import dataset
import export


def means(net, docs):
    """Mean word vector of each (one-window) document."""
    order = sorted(range(len(docs)), key=lambda i: docs[i].off[-1])
    out = torch.zeros(len(docs), 384)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        at = 0
        while at < len(order):
            part = order[at:at + max(1, 3000 // (int(docs[order[min(at + 40, len(order) - 1)]].off[-1]) + 2))]
            batch = dataset.collate([(docs[i], 0, docs[i].n) for i in part], vectors=False)
            v = net.words(batch) * batch["word_mask"][..., None]
            out[part] = v.sum(1) / batch["word_mask"].sum(1)[:, None]
            at += len(part)
    return out, torch.tensor(np.stack([d.vec[0][2] for d in docs])).float()


def agreement(mine, theirs):
    mine, theirs = F.normalize(mine, dim=1).numpy(), theirs.numpy()
    i = np.triu_indices(len(mine), 1)
    rank = lambda x: np.argsort(np.argsort(x))  # noqa: E731
    return float(np.corrcoef(rank((mine @ mine.T)[i]), rank((theirs @ theirs.T)[i]))[0, 1])


def ridge(x, y, lam):
    a = torch.cat([x, torch.ones(len(x), 1)], 1)
    scale = a.std(0).clamp_min(1e-3)
    scale[-1] = 1
    a = a / scale
    w = torch.linalg.solve(a.T @ a + lam * torch.eye(a.shape[1]), a.T @ y) / scale[:, None]
    return w[:-1].T.contiguous(), w[-1].clone()


def refine(w, b, x, y, held, steps=500):
    """Adam on pairwise cosines; keeps the best on the held-out part."""
    w, b = w.clone().requires_grad_(True), b.clone().requires_grad_(True)
    opt = torch.optim.Adam([w, b], 1e-3 * float(w.detach().abs().mean()) * 4)
    best, keep = agreement((held[0] @ w.T + b).detach(), held[1]), (w.detach().clone(), b.detach().clone())
    for step in range(steps):
        pick = torch.randint(0, len(x), (384,))
        m = F.normalize(x[pick] @ w.T + b, dim=1)
        t = y[pick]
        loss = ((m @ m.T - t @ t.T) ** 2).mean() * 60 + (1 - (m * t).sum(1)).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        if step % 50 == 49:
            now = agreement((held[0] @ w.T + b).detach(), held[1])
            if now > best:
                best, keep = now, (w.detach().clone(), b.detach().clone())
    return best, keep


def main():
    torch.set_num_threads(1)
    torch.manual_seed(3)
    source, target = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 12000
    net, _ = export.from_checkpoint(source)
    net.requires_grad_(False)
    sets = dataset.load()["sets"]
    docs = [a for k in ("ewt", "gum", "polnear", "worldwide") for a in dataset.alone(sets[k])]
    docs = random.Random(11).sample(docs, min(count, len(docs)))
    x, y = means(net, docs)
    cut = len(x) - 800
    held, x, y = (x[cut:], y[cut:]), x[:cut], y[:cut]
    h = net.heads.sentence_vector
    print("before", round(agreement(h(held[0]), held[1]), 4), time.strftime("%H:%M:%S"), flush=True)
    best = None
    for lam in (10, 40, 150):
        w, b = ridge(x, y, lam)
        got = agreement(held[0] @ w.T + b, held[1])
        best = max(best, (got, lam)) if best else (got, lam)
    w, b = ridge(x, y, best[1])
    score, (w, b) = refine(w, b, x, y, held, 1200)
    print("ridge", best, "refined", round(score, 4), time.strftime("%H:%M:%S"), flush=True)
    for name in ("ewt-dev", "gum-dev", "worldwide-dev"):
        dx, dy = means(net, random.Random(1).sample(dataset.alone(sets[name]), 400))
        print(name, round(agreement(h(dx), dy), 4), "->", round(agreement(dx @ w.T + b, dy), 4), flush=True)
    graft(source, w, b, target)


def graft(source, w, b, target):
    """The checkpoint with another sentence-vector head."""
    saved = torch.load(source, weights_only=False)
    saved["net"]["heads.sentence_vector.weight"], saved["net"]["heads.sentence_vector.bias"] = w, b
    torch.save({"net": saved["net"], "head": (w, b)}, target)


if __name__ == "__main__":
    main()
