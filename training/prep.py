"""Corpora -> training/work/data.pkl: documents as flat per-word arrays. python prep.py ($SOURCELINE_DATA, default ../../shared/data)"""

import collections
import glob
import json
import os
import pickle
import random
import re
import sys

import numpy as np

import labels as L
import sltok
from conllu import paragraphs, read_conllu
from pieces import pieces, shape

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.environ.get("SOURCELINE_DATA") or os.path.join(HERE, "..", "..", "shared", "data")
WORK = os.path.join(HERE, "work")
IGNORE = -100


class Doc:
    """Words of one document: forms, pieces, shapes, paragraph starts, and label arrays by name."""

    def __init__(self, name):
        self.name, self.forms, self.pieces, self.space = name, [], [], []
        self.par, self.sents, self.labels = [], [], {}

    def add(self, form, space):
        self.forms.append(form)
        self.pieces.append(pieces(form))
        self.space.append(space)
        if space == 3:
            self.par.append(len(self.forms) - 1)

    def finish(self):
        self.shape = np.array([shape(f, s) for f, s in zip(self.forms, self.space)], np.int64)
        self.plen = np.array([len(p) for p in self.pieces], np.int64)
        self.off = np.concatenate([[0], np.cumsum(self.plen)])
        self.flat = np.array([p for ps in self.pieces for p in ps], np.int64)
        self.n = len(self.forms)
        del self.pieces
        return self


def add_paragraph(doc, text, offsets=None):
    """sltok's words of a paragraph into doc; appends (start, end) of each word; returns the first word's index."""
    first = len(doc.forms)
    for start, end, words in sltok.tokenize(text):
        for k, (a, b) in enumerate(words):
            if len(doc.forms) == first:
                space = 3
            elif k or (start and not text[start - 1].isspace()):
                space = 0
            else:
                gap = start
                while gap and text[gap - 1].isspace():
                    gap -= 1
                space = 2 if "\n" in text[gap:start] else 1
            doc.add(text[a:b], space)
            if offsets is not None:
                offsets.append((a, b))
    return first


def entity_types(words):
    """GUM Entity= of one sentence stream: list of (start, end, type) over the document's words."""
    spans, open_ = [], collections.defaultdict(list)
    for i, w in enumerate(words):
        m = re.search(r"(?:^|\|)Entity=([^|]*)", w["misc"])
        if not m:
            continue
        for opening, close, closing in re.findall(r"\(([^()]+)(\)?)|([^()]+)\)", m.group(1)):
            if opening:
                part = opening.split("-")
                if close:
                    spans.append((i, i, part[1]))
                else:
                    open_[part[0]].append((i, part[1]))
            elif open_.get(closing):
                start, kind = open_[closing].pop()
                spans.append((start, i, kind))
    return spans


def ud_docs(path, name, entities, facts=None):
    docs, hits = [], 0
    for number, raw in enumerate(read_conllu(path)):
        doc = Doc(f"{name}-{number}")
        lab = {k: [] for k in ("upos", "feats", "lemma", "rel")}
        sent, head, base, words = [], [], 0, []
        fact = []
        for par in paragraphs(raw):
            first = True
            for s in par["sents"]:
                base = len(doc.forms)
                for t in s["tokens"]:
                    for k, w in enumerate(t["words"]):
                        blank = t["start"] == 0 or par["text"][t["start"] - 1] == " "
                        doc.add(w["form"], 3 if first else (1 if k == 0 and blank else 0))
                        first = False
                        sent.append(int(w is s["words"][0]))
                        head.append(-1 if w["head"] == 0 else base + w["head"] - 1)
                        for key, col in (("upos", "upos"), ("feats", "feats"), ("rel", "deprel")):
                            lab[key].append(w[col])
                        lab["lemma"].append(json.dumps(L.lemma_script(w["form"], w["lemma"]), sort_keys=True)
                                            if w["lemma"] != "_" else None)
                        words.append(w)
                doc.sents.append((base, len(doc.forms)))
                f = [np.nan] * (len(doc.forms) - base)
                key = "".join(doc.forms[base:])
                if facts and key in facts:
                    hits += 1
                    starts, at = {}, 0
                    for i in range(base, len(doc.forms)):
                        starts[at] = i - base
                        at += len(doc.forms[i])
                    for pos, value in facts[key]:
                        if pos in starts:
                            f[starts[pos]] = value
                fact += f
        doc.labels = {"sent": np.array(sent), "head": np.array(head), **lab}
        if facts:
            doc.labels["fact"] = np.array(fact, np.float32)
        if entities:
            ent = np.zeros(len(doc.forms), np.int64)
            for a, b, kind in sorted(entity_types(words), key=lambda x: x[0] - x[1], reverse=True):
                heads = [i for i in range(a, b + 1) if not a <= head[i] <= b]
                if heads and kind in L.ENTITY:
                    ent[heads[0]] = L.ENTITY.index(kind)
            doc.labels["ent"] = ent
        docs.append(doc.finish())
    print(name, len(docs), "docs", sum(d.n for d in docs), "words", hits, "sentences with factuality", flush=True)
    return docs


def fact_lookup(path):
    out = collections.defaultdict(list)
    for line in open(path, encoding="utf-8"):
        item = json.loads(line)
        tokens = item["text"].split(" ")
        starts = np.concatenate([[0], np.cumsum([len(t) for t in tokens])])
        for t in item["targets"]:
            out["".join(tokens)].append((int(starts[t["span1"][0]]), float(t["label"])))
    return dict(out)


def detokenize(tokens):
    """Tokens of a tokenised text -> text and the character span of each token."""
    text, spans, open_quote = "", [], False
    glue = True
    for i, t in enumerate(tokens):
        before = not glue
        glue = False
        low = t.lower()
        if t in list(".,;:!?%)]}\u201d\u2019...") or t in ("''", "...", "\u2026") or low in ("n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "n\u2019t", "\u2019s", "\u2019re", "\u2019ve", "\u2019ll", "\u2019d", "\u2019m"):
            before = False
        if t == "''" or (t == '"' and open_quote):
            before, open_quote = False, False
        elif t in ('"', "``"):
            open_quote, glue = True, True
        elif t in ("(", "[", "{", "\u201c", "\u2018", "$", "\u00a3", "\u20ac", "#"):
            glue = True
        elif t in ("-", "/", "\u2013") and 0 < i < len(tokens) - 1 and tokens[i - 1][-1].isalnum() and tokens[i + 1][0].isalnum():
            before, glue = False, True
        elif t == "'" and i and tokens[i - 1].endswith("s"):
            before = False
        if t in ("''", "``"):
            t = '"'
        if before and text:
            text += " "
        spans.append((len(text), len(text) + len(t)))
        text += t
    return text, spans


def project(offsets, spans):
    """Word index ranges (a, b) [exclusive] of character spans, None when no word overlaps."""
    out = []
    for s, e in spans:
        hit = [i for i, (a, b) in enumerate(offsets) if a < e and b > s]
        out.append((hit[0], hit[-1] + 1) if hit else None)
    return out


def bio_spans(tags):
    spans, start, kind = [], None, None
    for i, t in enumerate(list(tags) + ["O"]):
        if start is not None and (t == "O" or t[0] in "BS" or t[2:] != kind):
            spans.append((start, i, kind))
            start = None
        if t != "O" and start is None:
            start, kind = i, t[2:]
    return spans


def fill(mask, a, b, types):
    for i in range(a, b):
        mask[i] = L.mask(types, "B" if i == a else "I")


def tagged_docs(items, name, o_mask, types_of, keep_gold=True):
    """items: [(doc name, [[(token, tag)...] per paragraph])] -> docs with `ner` masks and gold spans."""
    docs = []
    for doc_name, pars in items:
        doc, masks, gold = Doc(doc_name), [], []
        for par in pars:
            text, spans = detokenize([t for t, _ in par])
            offsets = []
            first = add_paragraph(doc, text, offsets)
            m = [o_mask] * len(offsets)
            mentions = [(spans[a][0], spans[b - 1][1], kind, [t for t, _ in par[a:b]])
                        for a, b, kind in bio_spans([g for _, g in par])]
            for (s, e, kind, toks), r in zip(mentions, project(offsets, [x[:2] for x in mentions])):
                types = types_of(kind, toks)
                if r and types:
                    fill(m, *r, types)
                    gold.append((first + r[0], first + r[1], kind))
            masks += m
        if not doc.forms:
            continue
        doc.labels["ner"] = np.array(masks, np.int64)
        doc.gold = gold
        docs.append(doc.finish())
    print(name, len(docs), "docs", sum(d.n for d in docs), "words", sum(len(d.gold) for d in docs), "mentions", flush=True)
    return docs


def worldwide():
    groups = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(DATA, "en_worldwide/processed_annotated/*.tsv"))):
        pars, par = [], []
        for line in open(path, encoding="utf-8"):
            col = line.rstrip("\n").split("\t")
            if len(col) < 2:
                if par:
                    pars.append(par)
                par = []
                continue
            token = col[0].strip()
            if not token or (token.startswith("http") and not pars and not par):
                continue
            tag = col[1].replace("S-", "B-").replace("E-", "I-")
            par.append((token.replace(" ", ""), tag))
        if par:
            pars.append(par)
        base = os.path.basename(path)
        groups[base.split("_")[0]].append((base, pars))
    rng, train, dev = random.Random(17), [], []
    for country in sorted(groups):
        docs = groups[country]
        rng.shuffle(docs)
        k = max(1, round(len(docs) / 10)) if len(docs) > 4 else 0
        dev += docs[:k]
        train += docs[k:]
    with open(os.path.join(HERE, "heldout_worldwide.txt"), "w") as file:
        file.write("".join(n + "\n" for n in sorted(n for n, _ in dev)))
    o = L.o_mask(["weapon", "vehicle"])
    return (tagged_docs(train, "worldwide", o, L.worldwide_types), tagged_docs(dev, "worldwide-dev", o, L.worldwide_types))


def crossner(part):
    items, par = [], []
    for line in open(os.path.join(DATA, f"crossner/ner_data/politics/{part}.txt"), encoding="utf-8"):
        col = line.rstrip("\n").split("\t")
        if len(col) < 2:
            if par:
                items.append((f"crossner-{part}-{len(items)}", [par]))
            par = []
        else:
            par.append((col[0], col[1]))
    if par:
        items.append((f"crossner-{part}-{len(items)}", [par]))
    return tagged_docs(items, "crossner-" + part, L.o_mask(["weapon", "vehicle", "norp", "facility"]), lambda k, _: L.CROSSNER[k])


def re3d():
    docs = []
    for folder in sorted(glob.glob(os.path.join(DATA, "re3d/*/"))):
        ents = collections.defaultdict(list)
        for line in open(folder + "entities.json", encoding="utf-8-sig"):
            e = json.loads(line)
            ents[e["documentId"]].append((e["begin"], e["end"], e["type"]))
        for line in open(folder + "documents.json", encoding="utf-8-sig"):
            d = json.loads(line)
            doc, masks, at = Doc("re3d-" + d["_id"]), [], 0
            for par in d["text"].split("\n"):
                offsets = []
                if par.strip():
                    add_paragraph(doc, par, offsets)
                    m = [1] * len(offsets)
                    spans = sorted(((s - at, e - at, k) for s, e, k in ents[d["_id"]] if s >= at and e <= at + len(par)),
                                   key=lambda x: x[0] - x[1])
                    for (s, e, kind), r in zip(spans, project(offsets, [x[:2] for x in spans])):
                        if not r or any(m[i] not in ((1, L.ALL) if kind in L.RE3D else (1,)) for i in range(*r)):
                            continue
                        if kind in L.RE3D:
                            fill(m, *r, L.RE3D[kind])
                        elif kind in ("Organisation", "Person"):
                            m[r[0]:r[1]] = [L.ALL] * (r[1] - r[0])
                    masks += m
                at += len(par) + 1
            if doc.forms:
                doc.labels["ner"] = np.array(masks, np.int64)
                docs.append(doc.finish())
    print("re3d", len(docs), sum(d.n for d in docs), flush=True)
    return docs


def attribution_labels(n, spans, events):
    """BIO tags of the three roles and links from {key: (role, words)} and lists of (role, key) that belong together."""
    tags = {r: np.zeros(n, np.int64) for r in ("source", "cue", "content")}
    link = np.full(n, IGNORE, np.int64)
    runs = {}
    for key, (kind, words) in sorted(spans.items(), key=lambda x: -len(x[1][1])):
        role = kind.lower()
        if role not in tags:
            continue
        t = tags[role]
        runs[key] = []
        previous = None
        for w in words:
            if t[w]:
                previous = None
                continue
            if previous is None or w != previous + 1:
                t[w] = 1
                runs[key].append(w)
            else:
                t[w] = 2
            previous = w
    for event in events:
        by = collections.defaultdict(list)
        for role, key in event:
            by[re.sub(r"\d+$", "", role).lower().split("-")[0]].append(key)
        cues = [w for k in by.get("cue", []) for w in runs.get(k, [])]
        for role in ("source", "content"):
            for k in by.get(role, []):
                for w in runs.get(k, []):
                    if link[w] == IGNORE or cues:
                        link[w] = min(cues, key=lambda c: abs(c - w)) if cues else -1
    return {**tags, "link": link}


def polnear(part):
    docs, unmatched = [], 0
    root = os.path.join(DATA, "polnear/data", part)
    for path in sorted(glob.glob(root + "/text/*.txt")):
        base = os.path.basename(path)[:-4]
        anns = sorted(glob.glob(glob.escape(root + "/attributions/" + base) + "_*.ann"))
        anns = [a for a in anns if re.fullmatch(re.escape(base) + r"_[0-9a-f]{4}\.ann", os.path.basename(a))]
        if not anns:
            unmatched += 1
            continue
        text = open(path, encoding="utf-8", newline="").read()
        doc, offsets = Doc(base), []
        for m in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", text):
            if not m.group().strip():
                continue
            local = []
            add_paragraph(doc, m.group(), local)
            offsets += [(a + m.start(), b + m.start()) for a, b in local]
        word_at = {}
        for i, (a, b) in enumerate(offsets):
            for c in range(a, b):
                word_at[c] = i
        spans, events = {}, []
        for line in open(anns[0], encoding="utf-8"):
            col = line.rstrip("\n").split("\t")
            if col[0].startswith("T") and len(col) > 1:
                kind, ranges = col[1].split(" ", 1)
                words = sorted({word_at[c] for r in ranges.split(";") for c in range(*map(int, r.split())) if c in word_at})
                spans[col[0]] = (kind.split("-")[0], words)
            elif col[0].startswith("E") and len(col) > 1:
                events.append([p.split(":") for p in col[1].split(" ") if ":" in p])
        doc.labels = attribution_labels(len(doc.forms), spans, events)
        docs.append(doc.finish())
    print("polnear", part, len(docs), "docs", sum(d.n for d in docs), "words", {r: sum(int((d.labels[r] == 1).sum()) for d in docs)
          for r in ("source", "cue", "content")}, "links", sum(int((d.labels["link"] >= 0).sum()) for d in docs), "unmatched", unmatched, flush=True)
    return docs


ROLES = {"s": "source", "q": "cue", "c": "content"}


def marked(text):
    """Plain text and {(role, number): [(start, end), ...]} of a text with marks like {s1 the minister} {q1 said}."""
    plain, open_, spans, at, length = [], [], collections.defaultdict(list), 0, 0
    while at < len(text):
        mark = re.match(r"\{([sqc])(\d+) ", text[at:at + 12])
        if mark:
            open_.append((ROLES[mark[1]], int(mark[2]), length))
            at += mark.end()
        elif text[at] == "}":
            role, number, start = open_.pop()
            spans[role, number].append((start, length))
            at += 1
        else:
            plain.append(text[at])
            length += 1
            at += 1
    assert not open_, open_
    return "".join(plain), spans


def own():
    """Our own annotated reports (own/*.txt), one document in ten held out."""
    train, dev, rng = [], [], random.Random(17)
    for path in sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "own/*.txt"))):
        for k, part in enumerate(re.split(r"\n=====+\n", open(path, encoding="utf-8").read().strip())):
            text, marks = marked(part)
            doc, offsets = Doc(f"{os.path.basename(path)[:-4]}-{k}"), []
            for m in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", text):
                if m.group().strip():
                    local = []
                    add_paragraph(doc, m.group(), local)
                    offsets += [(a + m.start(), b + m.start()) for a, b in local]
            word_at = {c: i for i, (a, b) in enumerate(offsets) for c in range(a, b)}
            spans = {key: (key[0], sorted({word_at[c] for a, b in places for c in range(a, b) if c in word_at}))
                     for key, places in marks.items()}
            events = [[(key[0], key) for key in spans if key[1] == number] for number in sorted({key[1] for key in spans})]
            doc.labels = attribution_labels(len(doc.forms), spans, events)
            (dev if rng.random() < 0.1 else train).append(doc.finish())
    for name, docs in ("own", train), ("own-dev", dev):
        print(name, len(docs), "docs", sum(d.n for d in docs), "words", {r: sum(int((d.labels[r] == 1).sum()) for d in docs)
              for r in ("source", "cue", "content")}, flush=True)
    return train, dev


def fact_docs(paths, name):
    docs = []
    for path in paths:
        for line in open(os.path.join(DATA, "factuality/glue_data", path), encoding="utf-8"):
            item = json.loads(line)
            doc = Doc(f"{name}-{len(docs)}")
            tokens = item["text"].split(" ")
            text, spans = detokenize(tokens)
            offsets = []
            add_paragraph(doc, text, offsets)
            fact = np.full(len(doc.forms), np.nan, np.float32)
            for t in item["targets"]:
                a, b = t["span1"]
                if b - a <= 2 and a < len(spans):
                    r = project(offsets, [spans[a]])[0]
                    if r:
                        fact[r[0]] = t["label"]
            if doc.forms and not np.isnan(fact).all():
                doc.labels["fact"] = fact
                docs.append(doc.finish())
    print(name, len(docs), sum(d.n for d in docs), flush=True)
    return docs


def encode(train, dev, key, minimum, ignore_unknown=True):
    counts = collections.Counter(v for d in train for v in d.labels[key] if v is not None)
    values = [v for v, c in sorted(counts.items(), key=lambda x: (-x[1], x[0])) if c >= minimum]
    index = {v: i for i, v in enumerate(values)}
    for d in train + dev:
        d.labels[key] = np.array([index.get(v, IGNORE) for v in d.labels[key]], np.int64)
    print(key, len(values), "of", len(counts))
    return values


def main():
    os.makedirs(WORK, exist_ok=True)
    uds = "factuality/glue_data/UDS_IH2/"
    sets = {
        "ewt": ud_docs(os.path.join(DATA, "derived/en_ewt-ud-train.conllu"), "ewt", False, fact_lookup(os.path.join(DATA, uds, "train.jsonl"))),
        "gum": ud_docs(os.path.join(DATA, "derived/en_gum-dep-train.conllu"), "gum", True),
        "ewt-dev": ud_docs(os.path.join(DATA, "ud_ewt/en_ewt-ud-dev.conllu"), "ewt-dev", False, fact_lookup(os.path.join(DATA, uds, "dev.jsonl"))),
        "gum-dev": ud_docs(os.path.join(DATA, "derived/en_gum-dep-dev.conllu"), "gum-dev", True),
    }
    train, dev = sets["ewt"] + sets["gum"], sets["ewt-dev"] + sets["gum-dev"]
    config = {"upos": L.UPOS, "feats": encode(train, dev, "feats", 3), "deprels": encode(train, dev, "rel", 3),
              "lemma_scripts": [json.loads(s) for s in encode(train, dev, "lemma", 2)],
              "ner": L.NER_TAGS, "entity": L.ENTITY}
    for d in train + dev:
        d.labels["upos"] = np.array([L.UPOS.index(u) for u in d.labels["upos"]], np.int64)
    sets["polnear"], sets["polnear-dev"] = polnear("train"), polnear("dev")
    sets["own"], sets["own-dev"] = own()
    sets["worldwide"], sets["worldwide-dev"] = worldwide()
    sets["crossner"], sets["crossner-dev"] = crossner("train"), crossner("dev")
    sets["re3d"] = re3d()
    sets["fact"] = fact_docs(["MEANTIME/train.jsonl", "CB/CB/train.jsonl", "RP/rp/train.jsonl"], "fact")
    sets["fact-dev"] = fact_docs(["MEANTIME/dev.jsonl"], "fact-dev")
    with open(os.path.join(WORK, "data.pkl"), "wb") as file:
        pickle.dump({"sets": sets, "config": config}, file)


if __name__ == "__main__":
    import prep  # so that pickled documents belong to module `prep`, not `__main__`
    prep.main()
