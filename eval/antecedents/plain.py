#!/usr/bin/env python3
"""Writes the reports of training/own without their marks, one a file. usage: plain.py FOLDER"""
import glob
import os
import re
import sys

MARK = re.compile(r"\{[sqc]\d+ ([^{}]*)\}")


def plain(text):
    while MARK.search(text):
        text = MARK.sub(r"\1", text)
    return text


os.makedirs(sys.argv[1], exist_ok=True)
for path in sorted(glob.glob("training/own/*.txt")):
    name = os.path.basename(path).removesuffix(".txt")
    for number, report in enumerate(re.split(r"\n=+\n", plain(open(path).read())), 1):
        if report.strip():
            with open(f"{sys.argv[1]}/{name}-{number}.txt", "w") as out:
                out.write(report.strip() + "\n")
