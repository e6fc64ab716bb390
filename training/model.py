"""The network: six post-norm BERT layers, word vectors, heads, losses."""

import os

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from pieces import model_dir

HIDDEN, LAYERS, HEADS, FFN, EPS = 384, 6, 12, 1536, 1e-12
ARC, LAB, LINK, FACT = 192, 64, 96, 128
IGNORE, NEG = -100, -1e4
AMP = torch.bfloat16
BRANCH, BRANCH_FFN = 2, 768
ROLES = ("source", "cue", "content")


class Layer(nn.Module):
    def __init__(self, ffn=FFN):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.up = nn.Linear(HIDDEN, ffn)
        self.down = nn.Linear(ffn, HIDDEN)
        self.ln1 = nn.LayerNorm(HIDDEN, EPS)
        self.ln2 = nn.LayerNorm(HIDDEN, EPS)

    def forward(self, x, mask, dropout=0.0):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        s = (q * (HIDDEN // HEADS) ** -0.5) @ k.transpose(-1, -2)  # on a CPU faster to train than SDPA's flash kernel
        a = torch.softmax(s if mask is None else s + mask, -1, dtype=s.dtype) @ v
        x = self.ln1(x + F.dropout(self.out(a.transpose(1, 2).reshape(b, n, HIDDEN)), dropout, dropout > 0))
        return self.ln2(x + F.dropout(self.down(F.gelu(self.up(x))), dropout, dropout > 0))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.word = nn.Embedding(30522, HIDDEN)
        self.position = nn.Embedding(512, HIDDEN)
        self.shape = nn.Embedding(41, HIDDEN)
        self.ln = nn.LayerNorm(HIDDEN, EPS)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def load_base(self):
        t = load_file(os.path.join(model_dir(), "model.safetensors"))
        t = {k.removeprefix("bert."): v.float() for k, v in t.items()}
        e = "embeddings."
        with torch.no_grad():
            self.word.weight.copy_(t[e + "word_embeddings.weight"])
            self.position.weight.copy_(t[e + "position_embeddings.weight"] + t[e + "token_type_embeddings.weight"][0])
            self.shape.weight.zero_()
            self.ln.weight.copy_(t[e + "LayerNorm.weight"])
            self.ln.bias.copy_(t[e + "LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    getattr(layer.qkv, part).copy_(torch.cat([t[f"{p}attention.self.{n}.{part}"] for n in ("query", "key", "value")]))
                    for mine, theirs in (("out", "attention.output.dense"), ("ln1", "attention.output.LayerNorm"),
                                         ("up", "intermediate.dense"), ("down", "output.dense"), ("ln2", "output.LayerNorm")):
                        getattr(getattr(layer, mine), part).copy_(t[f"{p}{theirs}.{part}"])
        return self

    def states(self, ids, shapes, mask, dropout=0.0):
        """What enters the first layer, and what each layer gives."""
        x = self.word(ids) + self.position.weight[:ids.shape[1]] + self.shape(shapes)
        x = F.dropout(self.ln(x), dropout, dropout > 0)
        m = None if bool(mask.all()) else torch.zeros(mask.shape, dtype=AMP if x.is_cpu and torch.is_autocast_enabled("cpu") else x.dtype).masked_fill(~mask, NEG)[:, None, None, :]
        out = [x]
        for layer in self.layers:
            out.append(layer(out[-1], m, dropout))
        return out

    def forward(self, ids, shapes, mask):
        return self.states(ids, shapes, mask)[-1]


class Branch(nn.Module):
    """Sentence vectors: layers over a weighted sum of the encoder's states that see one sentence only."""

    def __init__(self):
        super().__init__()
        self.mix = nn.Parameter(torch.tensor([0.0, 0.0, 0.0, 0.25, 0.25, 0.25, 0.25]))
        self.layers = nn.ModuleList(Layer(BRANCH_FFN) for _ in range(BRANCH))

    def mixed(self, states):
        return sum(w * s for w, s in zip(self.mix, states))

    def forward(self, x, rows, mask):
        """Mean over its pieces for each sentence; its pieces are `rows` [S, L] of the mixed states, as far as `mask` says."""
        x = x.reshape(-1, HIDDEN)[rows]
        m = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, NEG)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, m)
        return (x.float() * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)


class Heads(nn.Module):
    def __init__(self, config):
        super().__init__()
        def lin(n, bias=True):
            return nn.Linear(HIDDEN, n, bias)
        r = len(config["deprels"])
        self.sentence, self.upos = lin(1), lin(len(config["upos"]))
        self.feats, self.lemma = lin(len(config["feats"])), lin(len(config["lemma_scripts"]))
        self.arc_dep, self.arc_head = lin(ARC), lin(ARC)
        self.arc_u, self.arc_v = nn.Linear(ARC, ARC, False), nn.Linear(ARC, 1, False)
        self.root = nn.Parameter(torch.randn(ARC) * 0.1)
        self.lab_dep, self.lab_head = lin(LAB), lin(LAB)
        self.lab_u = nn.Linear(LAB, r * LAB, False)
        self.lab_vd, self.lab_vh = nn.Linear(LAB, r), nn.Linear(LAB, r, False)
        self.lab_root = nn.Parameter(torch.randn(LAB) * 0.1)
        self.ner = lin(len(config["ner"]))
        self.source, self.cue, self.content = lin(3), lin(3), lin(3)
        self.link_from, self.link_to, self.link_none = lin(LINK), lin(LINK), lin(1)
        self.entity = lin(len(config["entity"]))
        self.factuality_hidden, self.factuality = lin(FACT), nn.Linear(FACT, 1)
        self.sentence_vector = lin(HIDDEN)
        n = len(config["ner"])
        self.ner_trans, self.ner_start = nn.Parameter(torch.zeros(n, n)), nn.Parameter(torch.zeros(n))
        self.role_trans, self.role_start = nn.Parameter(torch.zeros(3, 3, 3)), nn.Parameter(torch.zeros(3, 3))
        ok = torch.ones(n, n)
        start = torch.ones(n)
        for j, t in enumerate(config["ner"]):
            if t.startswith("I-"):
                start[j] = 0
                for i, f in enumerate(config["ner"]):
                    ok[i, j] = float(f[2:] == t[2:] and f != "O")
        role_ok = torch.ones(3, 3)
        role_ok[0, 2] = 0
        self.register_buffer("ner_ban", (1 - ok) * NEG)
        self.register_buffer("ner_start_ban", (1 - start) * NEG)
        self.register_buffer("role_ban", (1 - role_ok) * NEG)
        with torch.no_grad():
            self.sentence_vector.weight.copy_(torch.eye(HIDDEN))
            self.sentence_vector.bias.zero_()
            nn.init.xavier_uniform_(self.arc_u.weight)
            self.lab_u.weight.normal_(0, 0.05)


class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.encoder, self.branch, self.heads = Encoder(), Branch(), Heads(config)

    def words(self, batch, dropout=0.0):
        """Padded word vectors [B, W, 384], fp32, and the states of the pieces."""
        states = self.encoder.states(batch["ids"], batch["shapes"], batch["mask"], dropout)
        flat = states[-1].float().reshape(-1, HIDDEN)[batch["piece_rows"]]
        b, w = batch["word_mask"].shape
        out = torch.zeros(b * w, HIDDEN).index_add_(0, batch["piece_word"], flat) * batch["word_inv"][:, None]
        return out.view(b, w, HIDDEN), states


def crf_partition(em, trans, start, mask):
    """log Z of [G, W, N] emissions with trans [G or 1, N, N]; mask [G, W] (first always true)."""
    alpha = start + em[:, 0]
    emt, mt = em.transpose(0, 1), mask.transpose(0, 1)
    for t in range(1, em.shape[1]):
        step = torch.logsumexp(alpha[:, :, None] + trans, 1) + emt[t]
        alpha = torch.where(mt[t][:, None], step, alpha)
    return torch.logsumexp(alpha, 1)


def ner_loss(h, v, allowed, mask):
    """Partial-label CRF: allowed [B, W, N] bool."""
    em = h.ner(v).float()
    b = em.shape[0]
    both = torch.cat([em, em.masked_fill(~allowed, NEG)])
    z = crf_partition(both, (h.ner_trans + h.ner_ban)[None], h.ner_start + h.ner_start_ban, torch.cat([mask, mask]))
    return (z[:b] - z[b:]).sum() / mask.sum()


def role_loss(h, v, tags, mask):
    """tags [3, B, W]."""
    em = torch.stack([h.source(v), h.cue(v), h.content(v)]).float()
    _, b, w, n = em.shape
    trans, m = h.role_trans + h.role_ban, mask.float()
    z = crf_partition(em.reshape(3 * b, w, n), trans.repeat_interleave(b, 0), h.role_start.repeat_interleave(b, 0), mask.repeat(3, 1))
    gold = (em.gather(3, tags[..., None])[..., 0] * m).sum(2)
    gold = gold + torch.stack([h.role_start[r][tags[r, :, 0]] for r in range(3)])
    pairs = torch.stack([trans[r][tags[r, :, :-1], tags[r, :, 1:]] for r in range(3)])
    gold = gold + (pairs * m[:, 1:]).sum(2)
    return (z.view(3, b) - gold).sum() / mask.sum()


def link_scores(h, v, cues):
    """[B, W, W + 1]: every word against the cue-first words, last column none."""
    s = (h.link_from(v) @ h.link_to(v).transpose(1, 2)).float().masked_fill(~cues[:, None, :], NEG)
    return torch.cat([s, h.link_none(v).float()], 2)


def arc_scores(h, v, same):
    """[B, W, W + 1]: dependants by heads of the same sentence, last column ROOT."""
    d, k = F.relu(h.arc_dep(v)), F.relu(h.arc_head(v))
    b = k.shape[0]
    k = torch.cat([k, h.root.to(k.dtype).expand(b, 1, ARC)], 1)
    s = (d @ h.arc_u(k).transpose(1, 2) + h.arc_v(k).transpose(1, 2)).float()
    ok = torch.cat([same, torch.ones(b, same.shape[1], 1, dtype=torch.bool)], 2)
    return s.masked_fill(~ok, NEG)


def label_scores(h, v, rows, cols):
    """Label scores [M, R] for dependants rows (b, w) with heads cols (w, or W for ROOT)."""
    b, w = rows
    d, k = F.relu(h.lab_dep(v)), F.relu(h.lab_head(v))
    k = torch.cat([k, h.lab_root.to(k.dtype).expand(k.shape[0], 1, LAB)], 1)
    dep, head = d[b, w], k[b, cols]
    t = h.lab_u(head).view(len(b), -1, LAB)
    return ((t @ dep[:, :, None])[..., 0] + h.lab_vd(dep) + h.lab_vh(head)).float()


def ce(logits, gold):
    keep = gold != IGNORE
    if not bool(keep.any()):
        return logits.sum() * 0
    return F.cross_entropy(logits[keep].float(), gold[keep])


def losses(net, batch):
    """Named losses of the labels this batch has."""
    h, out = net.heads, {}
    v, states = net.words(batch, batch["dropout"])
    v = F.dropout(v, batch["word_dropout"])
    mask = batch["word_mask"]
    if "upos" in batch:
        flat, gold = v[mask], {k: batch[k][mask] for k in ("upos", "feats", "lemma", "sent")}
        for k in ("upos", "feats", "lemma"):
            out[k] = ce(getattr(h, k)(flat), gold[k])
        s = h.sentence(flat)[:, 0].float()
        keep = gold["sent"] != IGNORE
        if bool(keep.any()):
            out["sent"] = F.binary_cross_entropy_with_logits(s[keep], gold["sent"][keep].float())
        arcs = arc_scores(h, v, batch["same"])
        gold_head = batch["head"]
        keep = mask & (gold_head != IGNORE)
        if bool(keep.any()):
            out["arc"] = F.cross_entropy(arcs[keep], gold_head[keep])
        keep = keep & (batch["rel"] != IGNORE)
        if bool(keep.any()):
            out["lab"] = F.cross_entropy(label_scores(h, v, keep.nonzero(as_tuple=True), gold_head[keep]), batch["rel"][keep])
    if "ent" in batch:
        out["ent"] = ce(h.entity(v[mask]), batch["ent"][mask])
    if "ner" in batch:
        out["ner"] = ner_loss(h, v, batch["ner"], mask)
    if "roles" in batch:
        out["role"] = role_loss(h, v, batch["roles"], mask)
        keep = mask & (batch["link"] != IGNORE)
        if bool(keep.any()):
            out["link"] = F.cross_entropy(link_scores(h, v, batch["cues"])[keep], batch["link"][keep])
    if "fact" in batch:
        keep = mask & ~batch["fact"].isnan()
        if bool(keep.any()):
            f = h.factuality(F.relu(h.factuality_hidden(v[keep])))[:, 0].float()
            out["fact"] = F.smooth_l1_loss(f, batch["fact"][keep])
    if batch.get("vec") is not None:
        out |= vector_losses(net, states, batch)
    return out


def vector_losses(net, states, batch):
    inner = net.branch(net.branch.mixed(states), batch["vec_rows"], batch["vec_mask"])
    mine, theirs = F.normalize(net.heads.sentence_vector(inner).float(), dim=1), batch["vec"]
    out = {"vec": (1 - (mine * theirs).sum(1)).mean()}
    if len(theirs) > 2:
        off = ~torch.eye(len(theirs), dtype=torch.bool)
        out["sim"] = ((mine @ mine.T - theirs @ theirs.T)[off] ** 2).mean()
    return out
