#!/usr/bin/env python3
"""Scores source chains and attribution spans of `sourceline read --json`.

usage: chains.py SOURCELINE examples ../shared/examples    found / speaker / chain on the stories there (their own score.py)
       chains.py SOURCELINE own suite/read                 the same on our own stories: NAME.txt beside NAME.gold (evidence TAB hop <- hop)
       chains.py SOURCELINE polnear ../shared/data/polnear/data/dev   exact source / cue / content spans, each unbroken run one span
"""
import glob, json, os, re, subprocess, sys, tempfile, unicodedata


def read(binary, path, *options):
    run = subprocess.run([binary, "read", "--json", "--no-store", *options, path], capture_output=True, text=True, check=True)
    return json.loads(run.stdout.splitlines()[0])


def words(reading, spans):
    return " ".join(reading["document"]["text"][a:b] for a, b in spans)


def examples(binary, folder):
    lines, number = [], 0
    for line in open(os.path.join(folder, "documents.jsonl"), encoding="utf-8"):
        document = json.loads(line)
        options = [] if document.get("header_lines") else ["--outlet", document["outlet"]]
        reading = read(binary, os.path.join(folder, document["file"]), *options)
        for claim in reading["claims"]:
            number += 1
            support = {"input": document["file"], "evidence": words(reading, claim["evidence"]), "chain": claim["chain"]}
            lines.append(json.dumps({"id": f"p{number}", "supports": [support]}))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as out:
        out.write("\n".join(lines))
    score = subprocess.run([sys.executable, os.path.join(folder, "score.py"), folder, out.name], capture_output=True, text=True, check=True)
    print("\n".join(score.stdout.splitlines()[:3]))


def plain(name):
    name = unicodedata.normalize("NFKD", name.lower())
    name = re.sub(r"[^\w\s]", " ", "".join(c for c in name if not unicodedata.combining(c)))
    return set(name.split()) - {"the", "a", "an", "several", "some", "newspaper", "agency", "two", "three"}


def same(a, b):
    """As in ../shared/examples/score.py: three fifths of the longer name's words, or a short name within it."""
    a, b = plain(a), plain(b)
    small, large = sorted((a, b), key=len)
    if not small:
        return a == b
    return len(small & large) / len(large) >= 0.6 or (small <= large and (len(small) >= 2 or len(large) <= 3))


def own(binary, folder):
    count = [0, 0, 0, 0]
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        reading = read(binary, path)
        text = reading["document"]["text"]
        for line in open(path[:-4] + ".gold", encoding="utf-8"):
            evidence, chain = line.rstrip("\n").split("\t")
            start, gold = text.find(evidence), chain.split(" <- ")
            spans = [(claim, claim["evidence"][0][0], claim["evidence"][-1][1]) for claim in reading["claims"]]
            near = [c for c, a, b in spans if min(b, start + len(evidence)) - max(a, start) >= 0.5 * min(b - a, len(evidence))]
            names = [[hop["name"] for hop in claim["chain"]] for claim in near]
            speaker = any(same(chain[-1], gold[-1]) for chain in names)
            whole = any(len(chain) == len(gold) and all(map(same, chain, gold)) for chain in names)
            for at, hit in enumerate([True, bool(near), speaker, whole]):
                count[at] += hit
            if not whole:
                print("wrong", os.path.basename(path), evidence, "|", chain, "|", names, sep="\t")
    print("of {} found {} speaker {} chain {}".format(*count))


def squeeze(text):
    places, at = {}, 0
    for index, char in enumerate(text):
        places[index] = at
        at += not char.isspace()
    places[len(text)] = at
    return places, "".join(text.split())


def polnear(binary, folder):
    total = {role: [0, 0, 0] for role in ("Source", "Cue", "Content")}
    for path in sorted(glob.glob(os.path.join(folder, "text", "*.txt"))):
        annotations = sorted(glob.glob(os.path.join(folder, "attributions", os.path.basename(path)[:-4] + "_*.ann")))
        reading = read(binary, path)
        (gold_at, gold_text), (own_at, own_text) = squeeze(open(path, encoding="utf-8").read()), squeeze(reading["document"]["text"])
        shift = gold_text.find(own_text)
        if shift < 0 or not annotations:
            print("skipped", os.path.basename(path), file=sys.stderr)
            continue
        gold = {role: set() for role in total}
        for line in open(annotations[0], encoding="utf-8"):
            match = re.match(r"T\d+\t(Source|Cue|Content) ([0-9; ]+)\t", line)
            for piece in match.group(2).split(";") if match else []:
                a, b = map(int, piece.split())
                gold[match.group(1)].add((gold_at[a], gold_at[b]))
        for role in total:
            found = {(own_at[a] + shift, own_at[b] + shift) for item in reading["attributions"] for a, b in item[role.lower()]}
            hits = len(found & gold[role])
            total[role] = [x + y for x, y in zip(total[role], (hits, len(found), len(gold[role])))]
    for role, (hits, found, gold) in total.items():
        print(f"{role:8} P {100 * hits / max(found, 1):.1f} R {100 * hits / max(gold, 1):.1f} F {200 * hits / max(found + gold, 1):.1f}  ({hits}/{found}/{gold})")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] not in ("examples", "own", "polnear"):
        sys.exit(__doc__)
    {"examples": examples, "own": own, "polnear": polnear}[sys.argv[2]](sys.argv[1], sys.argv[3])
