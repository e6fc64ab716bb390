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
# Pairs that the index gives, and of these the pairs whose estimated Jaccard is at least so high.
CUTS = (0.0, 0.1, 0.15, 0.2)
right, found = Counter(), Counter()
signatures = []
for number, made in enumerate(texts):
    words = re.findall(r"\w+", made["text"].lower())
    signature = MinHash(num_perm=128)
    signature.update_batch([f"{a} {b}".encode() for a, b in zip(words, words[1:])])
    for other in lsh.query(signature):
        estimate = signature.jaccard(signatures[other])
        for cut in CUTS:
            if estimate >= cut:
                found[cut] += 1
                right[cut] += texts[other]["family"] == made["family"]
    lsh.insert(number, signature)
    signatures.append(signature)
seconds = time.process_time() - start
pairs = lambda counts: sum(n * (n - 1) // 2 for n in counts.values())
everything = pairs(Counter(made["family"] for made in texts))
print(f"datasketch, threshold {threshold}: {seconds:.2f} s of processor time, {len(texts) / seconds:.0f} documents/s on one core")
for cut in CUTS:
    print(f"  pairs with estimated Jaccard from {cut}: recall {right[cut] / everything:.3f} precision {right[cut] / max(found[cut], 1):.3f}")
