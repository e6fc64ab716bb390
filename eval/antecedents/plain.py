#!/usr/bin/env python3
"""Writes the reports of training/own without their marks, one a file. usage, from the root: plain.py FOLDER"""
import glob
import os
import re
import sys

sys.path.insert(0, "training")
from prep import marked  # noqa: E402

os.makedirs(sys.argv[1], exist_ok=True)
for path in sorted(glob.glob("training/own/*.txt")):
    name = os.path.basename(path).removesuffix(".txt")
    for number, report in enumerate(re.split(r"\n=+\n", open(path).read()), 1):
        if report.strip():
            with open(f"{sys.argv[1]}/{name}-{number}.txt", "w") as out:
                out.write(marked(report)[0].strip() + "\n")
