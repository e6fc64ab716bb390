"""The branch of sentence vectors alone, on a checkpoint's other parameters as they are:
python branch.py --name two --out out [--until 19:55 | --seconds 900]

Reads work/<name>/last.pt (the running mean), writes work/<out>/last.pt. Nothing but the branch and the head that reads it changes, so no
other figure does; there is no dropout, and the encoder needs no backward pass.
"""

import argparse
import json
import os
import random
import shutil
import time

import torch

import dataset
import export
from model import vector_losses
from train import rate, until

MIX = {"ewt": 0.2, "gum": 0.15, "polnear": 0.1, "worldwide": 0.09,
       "ewt-alone": 0.08, "gum-alone": 0.06, "polnear-alone": 0.04, "worldwide-alone": 0.03, "more": 0.25}


def useful(windows):
    """Windows that hold a whole sentence with the teacher's vector."""
    return [w for w in windows if any(s >= w[1] and e <= w[2] for s, e, _ in w[0].vec)]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--name", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--until")
    a.add_argument("--seconds", type=float, default=900)
    a.add_argument("--lr", type=float, default=3e-4)
    a.add_argument("--head-lr", type=float, default=1e-3)
    a.add_argument("--pair", type=float, default=40.0, help="weight of the loss on pairs")
    a.add_argument("--pieces", type=int, default=2400)
    a.add_argument("--seed", type=int, default=1)
    args = a.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    source, target = (os.path.join(dataset.WORK, n) for n in (args.name, args.out))
    os.makedirs(target, exist_ok=True)
    shutil.copy(os.path.join(source, "config.json"), target)
    net, _ = export.from_checkpoint(os.path.join(source, "last.pt"))
    net.requires_grad_(False)
    head = [*net.heads.sentence_vector.parameters(), net.branch.mix]
    params = [*net.branch.layers.parameters(), *head]
    for p in params:
        p.requires_grad_(True)
    opt = torch.optim.AdamW([{"params": list(net.branch.layers.parameters()), "base": args.lr},
                             {"params": head, "base": args.head_lr}], betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    sets = dataset.load()["sets"]
    sets = {k: [d for d in sets[k] if d.vec] for k in ("ewt", "gum", "polnear", "worldwide")}
    sets |= {k + "-alone": dataset.alone(docs) for k, docs in sets.items()}
    sets["more"] = dataset.more()
    run(net, opt, params, sets, until(args.until) if args.until else time.time() + args.seconds, args)
    torch.save({"net": net.state_dict()}, os.path.join(target, "last.pt"))


def run(net, opt, params, sets, end, args):
    rng, start, mean, steps, pieces = random.Random(args.seed), time.time(), {}, 0, 0
    streams = {k: dataset.forever(v, args.pieces, 190, args.seed) for k, v in sets.items() if v}
    while time.time() < end:
        factor = rate((time.time() - start) / (end - start), 0.03, 0.4)
        for g in opt.param_groups:
            g["lr"] = g["base"] * factor
        name = rng.choices(list(streams), [MIX[k] for k in streams])[0]
        windows = useful(next(streams[name])[1])
        batch = dataset.collate(windows, rng) if windows else {}
        if len(batch.get("vec", ())) < 3:
            continue
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                states = net.encoder.states(batch["ids"], batch["shapes"], batch["mask"])
            parts = vector_losses(net, states, batch)
        (parts["vec"] + args.pair * parts["sim"]).backward()
        torch.nn.utils.clip_grad_norm_(params, 1.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        steps, pieces = steps + 1, pieces + batch["pieces"]
        for k, v in parts.items():
            key = f"{name}.{k}"
            mean[key] = float(v.detach()) if key not in mean else 0.95 * mean[key] + 0.05 * float(v.detach())
        if steps % 50 == 0:
            print(json.dumps({"step": steps, "time": time.strftime("%H:%M:%S"), "lr": round(factor, 3), "pieces": pieces,
                              "loss": {k: round(v, 4) for k, v in sorted(mean.items())}}), flush=True)


if __name__ == "__main__":
    main()
