"""Reading CoNLL-U into documents, paragraphs with raw text, tokens with offsets, and words."""


def read_conllu(path):
    """Documents: lists of sentences {tokens: [{form, words: [...], space}], newpar, id, meta}."""
    docs, sent, words, tokens = [], {}, [], []
    span_end, new_doc, new_par = 0, True, True
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if tokens:
                if new_doc or not docs:
                    docs.append([])
                    new_par = True
                docs[-1].append({"tokens": tokens, "words": words, "newpar": new_par, **sent})
                new_doc = new_par = False
            sent, words, tokens, span_end = {}, [], [], 0
            continue
        if line.startswith("#"):
            if line.startswith("# newdoc"):
                new_doc = True
            elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
                new_par = True
            elif line.startswith("# sent_id"):
                sent["id"] = line.split("=", 1)[1].strip()
            continue
        col = line.split("\t")
        if "." in col[0]:
            continue
        space = "SpaceAfter=No" not in col[9].split("|")
        if "-" in col[0]:
            span_end = int(col[0].split("-")[1])
            tokens.append({"form": col[1], "words": [], "space": space})
            continue
        word = {"form": col[1], "lemma": col[2], "upos": col[3], "feats": col[5], "head": int(col[6]),
                "deprel": col[7], "misc": col[9], "id": int(col[0])}
        words.append(word)
        if int(col[0]) <= span_end:
            tokens[-1]["words"].append(word)
        else:
            tokens.append({"form": col[1], "words": [word], "space": space})
    return docs


def paragraphs(doc):
    """Paragraphs of a document: {text, tokens with start/end, sents: [first word index...], words with start/end}."""
    out = []
    for sent in doc:
        if sent["newpar"] or not out:
            out.append({"text": "", "tokens": [], "sents": []})
        par = out[-1]
        par["sents"].append(sent)
        for token in sent["tokens"]:
            start = len(par["text"])
            par["text"] += token["form"]
            token["start"], token["end"] = start, len(par["text"])
            at = start
            for word in token["words"]:
                word["start"] = min(at, token["end"])
                at += len(word["form"])
                word["end"] = min(at, token["end"])
            if token["space"]:
                par["text"] += " "
            par["tokens"].append(token)
    return out
