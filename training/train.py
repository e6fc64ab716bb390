"""Multi-task training, scheduled by the wall clock: python train.py --until 07:58 [--resume]

Writes work/<name>/last.pt every few minutes; work/<name>/control.json (polled every 50 steps) may change the
threads, the mix of corpora and the weights of losses.
"""

import argparse
import datetime
import json
import os
import random
import signal
import time

import numpy as np
import torch

import dataset
import export
from model import Net, losses

MIX = {"polnear": 0.38, "own": 0.0, "more": 0.0, "worldwide": 0.19, "ewt": 0.19, "gum": 0.13, "re3d": 0.012, "crossner": 0.013, "fact": 0.015,
       "alone": 0.05, "ewt-alone": 0.02, "gum-alone": 0.02}
WEIGHTS = {"upos": 1.0, "feats": 0.5, "lemma": 0.5, "sent": 1.5, "arc": 1.0, "lab": 0.7, "ent": 0.3, "ner": 2.0,
           "role": 1.5, "link": 0.2, "fact": 0.3, "vec": 2.0, "sim": 30.0}


def groups(net, lr, head_lr, decay):
    """Parameter groups: encoder with layer-wise decay, heads, no weight decay on vectors."""
    out = []
    def add(params, rate):
        params = [p for p in params if p.requires_grad]
        out.append({"params": [p for p in params if p.dim() > 1], "lr": rate, "base": rate, "weight_decay": 0.01})
        out.append({"params": [p for p in params if p.dim() <= 1], "lr": rate, "base": rate, "weight_decay": 0.0})
    e, n = net.encoder, len(net.encoder.layers)
    add([e.position.weight, *e.ln.parameters()], lr * decay ** n)
    add([e.shape.weight], head_lr)
    for i, layer in enumerate(e.layers):
        add(layer.parameters(), lr * decay ** (n - 1 - i))
    crf = [net.heads.ner_trans, net.heads.ner_start, net.heads.role_trans, net.heads.role_start]
    known = {id(p) for p in crf} | {id(p) for p in net.heads.sentence_vector.parameters()}
    add([p for p in net.heads.parameters() if id(p) not in known], head_lr)
    add(crf, head_lr * 3)
    add(net.heads.sentence_vector.parameters(), lr * 4)
    add(net.branch.layers.parameters(), lr * 2)
    add([net.branch.mix], lr * 20)
    return [g for g in out if g["params"]]


def rate(fraction, warm=0.02, hold=0.5):
    if fraction < warm:
        return max(fraction / warm, 0.02)
    return 1.0 if fraction < hold else max(0.0, (1 - fraction) / (1 - hold))


def rare_again(docs, rare=("Facility", "Misc", "Product"), share=0.35):
    """Documents in which the rarest name types are frequent, to be drawn once more."""
    many = sorted(docs, key=lambda d: -sum(k in rare for _, _, k in d.gold) / d.n)
    return many[:int(share * len(many))]


class Mean:
    """Running mean of the parameters, what is evaluated and exported."""

    def __init__(self, net, saved=None, decay=0.997):
        self.net, self.decay = net, decay
        self.pairs = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
        self.mean = {n: saved[n] if saved else p.detach().clone() for n, p in self.pairs}

    def update(self):
        torch._foreach_lerp_([self.mean[n] for n, _ in self.pairs], [p.detach() for _, p in self.pairs], 1 - self.decay)


def until(text):
    now = datetime.datetime.now()
    h, m = map(int, text.split(":"))
    t = now.replace(hour=h, minute=m, second=0, microsecond=0)
    return (t if t > now else t + datetime.timedelta(days=1)).timestamp()


def save(path, net, opt, state, average):
    mean = {**net.state_dict(), **average.mean}
    moments = {n: opt.state[p] for n, p in net.named_parameters() if p in opt.state}
    torch.save({"net": net.state_dict(), "moments": moments, "state": state, "mean": mean}, path + ".tmp")
    os.replace(path + ".tmp", path)


def begin(config, start, names):
    """The network as the base model has it, or as a weights file has it, less the biases that its export added to name types."""
    net = Net(config)
    net.encoder.load_base()
    if start:
        words = net.encoder.word.weight.data
        net, given = export.load(start)
        assert given["ner"] == config["ner"] and given["lemma_scripts"] == config["lemma_scripts"], "labels differ"
        net.encoder.word.weight.data = words
        export.add_names(net, config, {t: -b for t, b in names.items()})
    return net


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--name", default="main")
    a.add_argument("--until")
    a.add_argument("--seconds", type=float, default=0)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--pieces", type=int, default=1600)
    a.add_argument("--lr", type=float, default=1.5e-4)
    a.add_argument("--head-lr", type=float, default=1e-3)
    a.add_argument("--decay", type=float, default=0.92)
    a.add_argument("--resume", action="store_true")
    a.add_argument("--again", action="store_true", help="resume with a fresh clock and schedule")
    a.add_argument("--start", help="weights file to begin with, instead of the base model")
    a.add_argument("--names", type=json.loads, default={}, help="biases of name types that its export was given")
    a.add_argument("--seed", type=int, default=1)
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    folder = os.path.join(dataset.WORK, args.name)
    os.makedirs(folder, exist_ok=True)
    data = dataset.load()
    with open(os.path.join(folder, "config.json"), "w") as file:
        json.dump(data["config"], file)
    net = begin(data["config"], args.start, args.names)
    net.encoder.word.weight.requires_grad_(False)
    opt = torch.optim.AdamW(groups(net, args.lr, args.head_lr, args.decay), betas=(0.9, 0.98), fused=True)
    state = {"step": 0, "start": time.time(), "pieces": 0, "epochs": {}}
    path = os.path.join(folder, "last.pt")
    if args.resume:
        saved = torch.load(path, weights_only=False)
        net.load_state_dict(saved["net"])
        for n, p in net.named_parameters():
            if n in saved["moments"]:
                opt.state[p] = saved["moments"][n]
        state = saved["state"]
    if args.again:
        state["start"] = time.time()
    average = Mean(net, saved.get("mean") if args.resume and not args.again else None)
    end = until(args.until) if args.until else state["start"] + args.seconds
    data["sets"]["alone"] = [a for k in ("polnear", "worldwide") for a in dataset.alone(data["sets"][k])]
    data["sets"]["ewt-alone"], data["sets"]["gum-alone"] = (dataset.alone(data["sets"][k], True) for k in ("ewt", "gum"))
    data["sets"]["worldwide"] = data["sets"]["worldwide"] + rare_again(data["sets"]["worldwide"])
    data["sets"]["more"] = dataset.more()
    streams = {k: dataset.forever(data["sets"][k], args.pieces, 190, args.seed + state["step"]) for k in MIX if data["sets"].get(k)}
    run(net, opt, average, streams, state, end, folder, path, args)


def run(net, opt, average, streams, state, end, folder, path, args):
    rng = random.Random(args.seed + state["step"])
    mix, weights, mean, last_save, last_log = dict(MIX), dict(WEIGHTS), {}, time.time(), time.time()
    control = os.path.join(folder, "control.json")
    params = [p for p in net.parameters() if p.requires_grad]
    logged, stop = state["pieces"], []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(1))  # save at the next poll and leave
    while True:
        fraction = (time.time() - state["start"]) / (end - state["start"])
        if fraction >= 1:
            break
        factor = rate(fraction)
        for g in opt.param_groups:
            g["lr"] = g["base"] * factor
        name = rng.choices(list(streams), [mix[k] for k in streams])[0]
        epoch, windows = next(streams[name])
        batch = dataset.collate(windows, rng)
        batch["dropout"], batch["word_dropout"] = 0.1, 0.2
        with torch.autocast("cpu", torch.bfloat16):
            parts = losses(net, batch)
        if not parts:
            continue
        loss = sum(weights[k] * v for k, v in parts.items())
        if not bool(torch.isfinite(loss)):
            print("loss not finite, batch skipped", name, {k: float(v.detach()) for k, v in parts.items()}, flush=True)
            opt.zero_grad(set_to_none=True)
            continue
        loss.backward()
        torch.nn.utils.clip_grad_norm_(params, 1.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        average.update()
        state["step"] += 1
        state["pieces"] += batch["pieces"]
        state["epochs"][name] = epoch
        for k, v in parts.items():
            key = name + "." + k
            value = float(v.detach())
            mean[key] = value if key not in mean else 0.97 * mean[key] + 0.03 * value
        if state["step"] % 50 == 0:
            now = time.time()
            print(json.dumps({"step": state["step"], "time": time.strftime("%H:%M:%S"), "frac": round(fraction, 3),
                              "lr": round(factor, 3), "pieces": state["pieces"],
                              "rate": round((state["pieces"] - logged) / (now - last_log)), "epochs": state["epochs"],
                              "loss": {k: round(v, 3) for k, v in sorted(mean.items())}}), flush=True)
            logged, last_log = state["pieces"], now
            if os.path.exists(control):
                with open(control) as file:
                    c = json.load(file)
                torch.set_num_threads(c.get("threads", args.threads))
                mix.update(c.get("mix", {}))
                weights.update(c.get("weights", {}))
            if now - last_save > 240 or stop:
                save(path, net, opt, state, average)
                last_save = now
                if stop:
                    return
    save(path, net, opt, state, average)
    print("done", state["step"], state["pieces"], flush=True)


if __name__ == "__main__":
    main()
