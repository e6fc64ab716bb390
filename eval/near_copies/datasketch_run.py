"""datasketch's MinHash LSH on the texts of near_copies, one core, with its own defaults (128 permutations).

usage: datasketch_run.py TEXTS.jsonl [threshold=0.15]   the best of 0.1, 0.15, 0.2 and 0.3 on these texts
"""
import json
import re
import sys
import time
from collections import Counter

from datasketch import MinHash, MinHashLSH

texts = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
threshold = float(sys.argv[2]) if len(sys.argv) > 2 else 0.15
start = time.process_time()
lsh = MinHashLSH(threshold=threshold, num_perm=128)
parent = list(range(len(texts)))


def root(at):
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


right = found = 0
for number, made in enumerate(texts):
    words = re.findall(r"\w+", made["text"].lower())
    signature = MinHash(num_perm=128)
    signature.update_batch([f"{a} {b}".encode() for a, b in zip(words, words[1:])])
    for other in lsh.query(signature):
        found += 1
        right += texts[other]["family"] == made["family"]
        a, b = root(other), root(number)
        parent[max(a, b)] = min(a, b)
    lsh.insert(number, signature)
seconds = time.process_time() - start
pairs = lambda counts: sum(n * (n - 1) // 2 for n in counts.values())
everything = pairs(Counter(made["family"] for made in texts))
print(f"datasketch, threshold {threshold}: {seconds:.2f} s of processor time, {len(texts) / seconds:.0f} documents/s on one core")
print(f"  pairs compared directly: recall {right / everything:.3f} precision {right / max(found, 1):.3f}")
groups = Counter(root(at) for at in range(len(texts)))
cells = Counter((root(at), made["family"]) for at, made in enumerate(texts))
print(f"  same original, through any copy: recall {pairs(cells) / everything:.3f} precision {pairs(cells) / max(pairs(groups), 1):.3f}")
