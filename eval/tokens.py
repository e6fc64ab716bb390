"""Holds the runtime's tokeniser to training/sltok.py over raw corpora: python eval/tokens.py (from the repository root)"""

import glob
import os
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
sys.path.insert(0, os.path.join(ROOT, "training"))
import conllu
import sltok

DATA = os.environ.get("SOURCELINE_DATA", os.path.join(ROOT, "../shared/data"))
TARGET = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))


def paragraphs():
    for name in ("derived/en_ewt-ud-train", "ud_ewt/en_ewt-ud-dev", "derived/en_gum-dep-train", "derived/en_gum-dep-dev"):
        for doc in conllu.read_conllu(os.path.join(DATA, name + ".conllu")):
            for par in conllu.paragraphs(doc):
                yield name, par["text"]
    for part in ("train", "dev"):
        for path in sorted(glob.glob(os.path.join(DATA, "polnear/data", part, "text/*.txt"))):
            for par in open(path, encoding="utf-8").read().split("\n\n"):
                yield "polnear-" + part, par


def main():
    pars = [(n, p.replace("\0", "")) for n, p in paragraphs()]
    out = subprocess.run([os.path.join(TARGET, "release/sourceline-eval"), "tokens"], input="\0".join(p for _, p in pars).encode(),
                         capture_output=True, check=True).stdout.decode().split("\n")
    same, total, tokens = 0, 0, 0
    for (name, par), line in zip(pars, out):
        mine = [(int(t.split(":")[0]), [int(e) for e in t.split(":")[1].split(",")]) for t in line.split()]
        theirs = [(a, [e for _, e in words]) for a, _, words in sltok.tokenize(par)]
        total += 1
        tokens += len(theirs)
        same += mine == theirs
        if mine != theirs and total - same <= 20:
            bad = next((x for x in zip(mine, theirs) if x[0] != x[1]), None)
            print(name, bad, repr(par[max(0, bad[1][0] - 20):bad[1][0] + 40]) if bad else "length")
    print(f"{same} of {total} paragraphs the same, {tokens} tokens")
    sys.exit(same != total)


main()
