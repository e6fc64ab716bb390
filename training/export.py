"""Checkpoint -> weights file `sourceline.weights/2` (docs/WEIGHTS.md):
python export.py work/main/last.pt out/english.safetensors [role biases as JSON] [name-type biases as JSON]

Also the way back: `load(path)` gives the network with the de-quantised weights, and the config.
"""

import json
import os
import sys

import numpy as np
import torch
from safetensors import safe_open
from safetensors.numpy import save_file

from model import ARC, BRANCH, BRANCH_FFN, LAB, LINK, ROLES, Net
from pieces import model_dir

LINEAR = ["sentence", "upos", "feats", "lemma", "arc_dep", "arc_head", "arc_u", "arc_v", "lab_dep", "lab_head", "lab_u",
          "lab_vd", "lab_vh", "ner", "source", "cue", "content", "link_from", "link_to", "link_none", "entity",
          "factuality_hidden", "factuality", "sentence_vector"]


def quantize(w):
    """Symmetric int8 by row: (q, scale)."""
    scale = np.maximum(np.abs(w).max(1), 1e-12).astype(np.float32) / 127
    return np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8), scale


def layers(net):
    """(tensor prefix, transformer layer)."""
    yield from ((f"layer.{i}", layer) for i, layer in enumerate(net.encoder.layers))
    yield from ((f"branch.{i}", layer) for i, layer in enumerate(net.branch.layers))


def modules(net):
    """(tensor prefix, linear module) of every quantised layer."""
    for prefix, layer in layers(net):
        for name in ("qkv", "out", "up", "down"):
            yield f"{prefix}.{name}", getattr(layer, name)
    for name in LINEAR:
        yield f"head.{name}", getattr(net.heads, name)


def norms(net):
    yield "embeddings.ln", net.encoder.ln
    for prefix, layer in layers(net):
        yield f"{prefix}.ln1", layer.ln1
        yield f"{prefix}.ln2", layer.ln2


def tensors(net):
    def plain(t):
        return np.ascontiguousarray(t.detach().float().numpy())
    out = {}
    for name, m in modules(net):
        out[name + ".q"], out[name + ".scale"] = quantize(plain(m.weight))
        if m.bias is not None:
            out[name + ".bias"] = plain(m.bias)
    for name, m in norms(net):
        out[name + ".weight"], out[name + ".bias"] = plain(m.weight), plain(m.bias)
    e, h = net.encoder, net.heads
    out["embeddings.word.q"], out["embeddings.word.scale"] = quantize(plain(e.word.weight))
    out["embeddings.position"], out["embeddings.shape"] = plain(e.position.weight), plain(e.shape.weight)
    out["branch.mix"] = plain(net.branch.mix)
    out["head.root"], out["head.lab_root"] = plain(h.root), plain(h.lab_root)
    out["crf.ner.trans"], out["crf.ner.start"] = plain(h.ner_trans + h.ner_ban), plain(h.ner_start + h.ner_start_ban)
    for r, role in enumerate(ROLES):
        out[f"crf.{role}.trans"], out[f"crf.{role}.start"] = plain((h.role_trans + h.role_ban)[r]), plain(h.role_start[r])
    with open(os.path.join(model_dir(), "vocab.txt"), "rb") as file:
        out["vocab"] = np.frombuffer(file.read(), np.uint8)
    return out


def write(net, labels, path, bias, name):
    config = {"name": name, "hidden": 384, "layers": 6, "branch_layers": BRANCH, "branch_ffn": BRANCH_FFN, "heads": 12, "ffn": 1536, "layer_norm_eps": 1e-12,
              "window_pieces": 192, "overlap_pieces": 64, "arc": ARC, "lab": LAB, "link": LINK, **labels, "bias": bias}
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    save_file(tensors(net), path + ".tmp", {"format": "sourceline.weights/2", "config": json.dumps(config, sort_keys=True)})
    os.replace(path + ".tmp", path)


def load(path):
    """(network with de-quantised weights, config)."""
    with safe_open(path, "np") as file:
        meta = file.metadata()
        t = {k: file.get_tensor(k) for k in file.keys()}
    assert meta["format"] == "sourceline.weights/2", meta["format"]
    config = json.loads(meta["config"])
    net = Net(config)
    def put(p, a):
        p.data.copy_(torch.from_numpy(np.array(a)))
    def whole(name):
        return t[name + ".q"].astype(np.float32) * t[name + ".scale"][:, None]
    for name, m in modules(net):
        put(m.weight, whole(name))
        if m.bias is not None:
            put(m.bias, t[name + ".bias"])
    for name, m in norms(net):
        put(m.weight, t[name + ".weight"])
        put(m.bias, t[name + ".bias"])
    e, h = net.encoder, net.heads
    put(e.word.weight, whole("embeddings.word"))
    put(e.position.weight, t["embeddings.position"])
    put(e.shape.weight, t["embeddings.shape"])
    put(net.branch.mix, t["branch.mix"])
    put(h.root, t["head.root"])
    put(h.lab_root, t["head.lab_root"])
    put(h.ner_trans, t["crf.ner.trans"] - h.ner_ban.numpy())
    put(h.ner_start, t["crf.ner.start"] - h.ner_start_ban.numpy())
    for r, role in enumerate(ROLES):
        put(h.role_trans[r], t[f"crf.{role}.trans"] - h.role_ban.numpy())
        put(h.role_start[r], t[f"crf.{role}.start"])
    return net.eval(), config


def from_checkpoint(path, names=None):
    """(network with `names` added to the biases of name types, labels of the heads)."""
    with open(os.path.join(os.path.dirname(os.path.abspath(path)), "config.json")) as file:
        labels = json.load(file)
    net = Net(labels)
    saved = torch.load(path, weights_only=False)
    net.load_state_dict(saved.get("mean", saved["net"]))  # the running mean of the parameters where there is one
    add_names(net, labels, names or {})
    return net.eval(), labels


def add_names(net, labels, names):
    """Adds to the biases of name types."""
    with torch.no_grad():
        for i, t in enumerate(labels["ner"]):
            net.heads.ner.bias[i] += names.get(t[2:], 0.0)


def main():
    source, target = sys.argv[1], sys.argv[2]
    bias = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {r: 0.0 for r in ROLES}
    names = json.loads(sys.argv[4]) if len(sys.argv) > 4 else {}
    net, labels = from_checkpoint(source, names)
    write(net, labels, target, bias, "english-2")
    print(target, os.path.getsize(target))


if __name__ == "__main__":
    main()
