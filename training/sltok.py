"""Rule tokeniser: the raw text of one paragraph -> UD tokens and syntactic words with character offsets.

One left-to-right scan, ordered rules, no regular expressions; the Rust runtime ports it rule by rule.
Offsets count characters (code points). Lists: data/tokenizer/*.txt.
"""

import os

LISTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "tokenizer")


def read_list(name):
    with open(os.path.join(LISTS, name + ".txt"), encoding="utf-8") as file:
        return [line.strip() for line in file if line.strip() and not line.startswith("# ")]


ABBREVIATIONS = set(read_list("abbreviations"))
BEFORE_NUMBER = set(read_list("abbreviations_before_number"))
SPLITS = {"".join(line.split()): [len(part) for part in line.split()] for line in read_list("splits")}
PREFIXES = set(read_list("prefixes"))
UNITS = set(read_list("units"))
DOTTED = sorted(a + "." for a in ABBREVIATIONS if "." in a)
EMOTICONS = sorted(read_list("emoticons"), key=lambda e: (-len(e), e))
APOSTROPHE_WORDS = set(read_list("apostrophe_words"))
DOMAINS = set(read_list("domains"))

APOSTROPHES = "'\u2019"
URL_STARTS = ("http://", "https://", "ftp://", "www.", "mailto:")
URL_TRIM = ".,;:!?)]}'\"\u2019\u201d*"
MARKS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05BD), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670),
    (0x0900, 0x0903), (0x093A, 0x094F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x200C, 0x200D), (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0x1F3FB, 0x1F3FF),
)
RUNS = "-=*_~+#<>`$/|\\^\u2019\u2018'"


def is_mark(c):
    code = ord(c)
    return code >= 0x0300 and any(lo <= code <= hi for lo, hi in MARKS)


def is_digit(c):
    return "0" <= c <= "9"


def is_letter(c):
    return c.isalpha()


def is_word(c):
    """Letters, digits and marks: what a word is made of."""
    return c.isalnum() or is_mark(c)


def starts_ci(text, i, end, what):
    return i + len(what) <= end and text[i:i + len(what)].lower() == what


def url_end(text, i, end):
    """End of a URL that starts at i, or i."""
    if not any(starts_ci(text, i, end, s) for s in URL_STARTS):
        return i
    j = i
    while j < end and text[j] not in "<>\"\u201d":
        j += 1
    while j > i and text[j - 1] in URL_TRIM:
        if text[j - 1] == ")" and "(" in text[i:j]:
            break
        j -= 1
    return j if j - i > 5 else i


def email_end(text, i, end):
    """End of an e-mail address or an @name or #tag that starts at i, or i."""
    if text[i] in "@#":
        j = i + 1
        if j < end and (is_letter(text[j]) or (text[i] == "@" and is_word(text[j]))):
            while j < end and (is_word(text[j]) or text[j] == "_"):
                j += 1
            return j
        return i
    j = i
    while j < end and (is_word(text[j]) or text[j] in "._%+-"):
        j += 1
    if j == i or j >= end or text[j] != "@":
        return i
    k = j + 1
    dot = False
    while k < end and (is_word(text[k]) or text[k] in ".-_"):
        dot = dot or text[k] == "."
        k += 1
    while k > j + 1 and text[k - 1] in ".-_":
        k -= 1
    return k if dot and k > j + 2 else i


def domain_end(text, i, end):
    """End of a host or file name (letters, digits, points, hyphens, then maybe a path) that starts at i, or i."""
    j = i
    last_dot = -1
    while j < end and (is_word(text[j]) or text[j] in "._-"):
        if text[j] == ".":
            if j + 1 < end and is_word(text[j + 1]) and j > i and text[j - 1] != ".":
                last_dot = j
            else:
                break
        j += 1
    if last_dot < 0 or last_dot - i < 2:
        return i
    k = last_dot + 1
    while k < end and is_word(text[k]):
        k += 1
    if text[last_dot + 1:k].lower() not in DOMAINS or not any(is_letter(c) for c in text[i:last_dot]):
        return i
    if k < end and text[k] == "/":
        while k < end and text[k] not in "<>\"\u201d":
            k += 1
        while k > i and text[k - 1] in URL_TRIM:
            k -= 1
    return k


def number_end(text, i, end):
    """End of a number that starts at i: digits with , . : / between digits; telephone groups with hyphens."""
    j = i
    while j < end and is_digit(text[j]):
        j += 1
    if phone_end(text, i, end) > j:
        return phone_end(text, i, end)
    while j + 1 < end and text[j] in ",.:/" and is_digit(text[j + 1]):
        if text[j] == "," and not thousands(text, j + 1, end):
            break
        j += 1
        while j < end and is_digit(text[j]):
            j += 1
    return j


def thousands(text, i, end):
    """Whether exactly three digits stand at i."""
    return i + 3 <= end and all(is_digit(c) for c in text[i:i + 3]) and not (i + 3 < end and is_digit(text[i + 3]))


def phone_end(text, i, end):
    """End of 3-3-4 or 3-4 digit groups joined by hyphens, or i."""
    groups = []
    j = i
    while True:
        k = j
        while k < end and is_digit(text[k]):
            k += 1
        if k == j:
            return i
        groups.append(k - j)
        if k + 1 < end and text[k] == "-" and is_digit(text[k + 1]):
            j = k + 1
            continue
        return k if groups in ([3, 3, 4], [3, 4], [1, 3, 3, 4]) else i


def acronym_end(text, i, end):
    """End of single letters each followed by a point (U.S., a.m), at least two letters, or i."""
    j = i
    letters = 0
    while j < end and is_letter(text[j]):
        if j + 1 < end and text[j + 1] == "." and not (j + 2 < end and text[j + 2] == "."):
            letters += 1
            j += 2
            continue
        if j + 1 >= end or not is_word(text[j + 1]):
            letters += 1
            j += 1
        break
    return j if letters >= 2 else i


def word_end(text, i, end):
    """End of a plain word: letters, digits, marks; inside apostrophes, underscores, & of capitals, kept hyphens."""
    j = i
    while j < end:
        c = text[j]
        if is_word(c):
            j += 1
            continue
        if j == i or j + 1 >= end:
            break
        before, after = text[j - 1], text[j + 1]
        if c in APOSTROPHES and is_word(before) and is_letter(after):
            j += 1
        elif c == "_" and is_word(after):
            j += 1
        elif c == "&" and before.isupper() and after.isupper() and j - i <= 4:
            j += 1
        elif c == "-" and is_word(after) and text[i:j].lower() in PREFIXES:
            j += 1
        else:
            break
    return j


def next_is_digit(text, i):
    """Whether the next thing after blanks is a digit (or a number sign before one)."""
    while i < len(text) and text[i].isspace():
        i += 1
    return i < len(text) and is_digit(text[i])


def takes_point(text, i, j, end):
    """Whether the point at j belongs to the word [i, j)."""
    if j >= end or text[j] != "." or (j + 1 < end and (text[j + 1] == "." or is_word(text[j + 1]))):
        return False
    word = text[i:j]
    lower = word.lower()
    title = lower[:1].upper() + lower[1:]
    upper = word == word.upper() or word == title
    if lower in ABBREVIATIONS or (upper and title in ABBREVIATIONS):
        return True
    if (lower in BEFORE_NUMBER or (upper and title in BEFORE_NUMBER)) and next_is_digit(text, j + 1):
        return True
    return j - i == 1 and word.isupper() and word != "I" and has_more(text, j + 1)


def has_more(text, i):
    while i < len(text) and text[i].isspace():
        i += 1
    return i < len(text)


def cut_clitics(text, i, j):
    """Cut points (ends of words) of the token [i, j): contractions and fixed spellings."""
    lower = text[i:j].lower().replace("\u2019", "'")
    if lower in SPLITS and not (j - i == 2 and text[i:j].isupper()):
        ends, at = [], i
        for length in SPLITS[lower]:
            at += length
            ends.append(at)
        return ends
    ends = [j]
    while True:
        n = ends[0] - i
        head = lower[:n]
        if n > 3 and head.endswith("n't"):
            ends.insert(0, i + n - 3)
        elif n > 3 and head[-3:] in ("'re", "'ve", "'ll"):
            ends.insert(0, i + n - 3)
        elif n > 2 and head[-2:] in ("'s", "'m", "'d") and not all(is_digit(c) for c in head[:-2]):
            ends.insert(0, i + n - 2)
        else:
            return ends


class Scanner:
    def __init__(self, text):
        self.text = text
        self.tokens = []
        self.open_single = False

    def emit(self, i, j, ends=None):
        """A token [i, j) whose words end at `ends` (the last is j)."""
        words, at = [], i
        for e in ends or [j]:
            words.append((at, e))
            at = e
        self.tokens.append((i, j, words))
        return j

    def run(self):
        text, n, i = self.text, len(self.text), 0
        while i < n:
            if text[i].isspace():
                i += 1
                continue
            end = i
            while end < n and not text[end].isspace():
                end += 1
            start = i
            while i < end:
                i = self.step(i, end, start)
        return self.tokens

    def step(self, i, end, start):
        """Emit the token that starts at i of the chunk [start, end); returns where it ends."""
        text = self.text
        c = text[i]
        for find in (url_end, email_end):
            j = find(text, i, end)
            if j > i:
                return self.emit(i, j)
        for face in EMOTICONS:
            j = i + len(face)
            if text.startswith(face, i) and j <= end and (j == end or not is_word(text[j])) \
                    and not (is_word(face[0]) and i > start):
                if face[0] != ":" or i == start or not is_digit(text[i - 1]):
                    return self.emit(i, j)
        if is_digit(c) or (c == "." and i + 1 < end and is_digit(text[i + 1]) and (i == start or not is_word(text[i - 1]))):
            return self.number(i, end)
        if is_word(c):
            return self.word(i, end)
        return self.symbol(c, i, end, start)

    def number(self, i, end):
        text = self.text
        j = number_end(text, i + 1 if text[i] == "." else i, end)
        if j >= end or not (is_word(text[j]) or text[j] in APOSTROPHES):
            return self.emit(i, j)
        k = j
        while k < end and is_word(text[k]):
            k += 1
        if text[j:k].lower() in UNITS and any(is_digit(c) for c in text[i:j]):
            return self.emit(i, j)
        if (text[j:j + 3] in ("a.m", "p.m")) or text[j:j + 3] in ("A.M", "P.M"):
            return self.emit(i, j)
        k = word_end(text, i, end) if word_end(text, i, end) > j else j
        if k > j and not any(c in ",.:/" for c in text[i:j]):
            return self.emit(i, k, cut_clitics(text, i, k))
        return self.emit(i, max(k, j))

    def word(self, i, end):
        text = self.text
        for short in DOTTED:
            if starts_ci(text, i, end, short):
                return self.emit(i, i + len(short))
        for find in (acronym_end, domain_end):
            j = find(text, i, end)
            if j > i:
                if j < end and text[j] in APOSTROPHES and text[j + 1:j + 2].lower() == "s" \
                        and (j + 2 >= end or not is_word(text[j + 2])):
                    return self.emit(i, j + 2, [j, j + 2])
                return self.emit(i, j)
        j = word_end(text, i, end)
        if takes_point(text, i, j, end):
            return self.emit(i, j + 1)
        lower = text[i:j].lower()
        if lower == "w" and j < end and text[j] == "/":
            return self.emit(i, j + 2 if text[j + 1:j + 2].lower() == "o" and (j + 2 >= end or not is_word(text[j + 2])) else j + 1)
        if j < end and text[j] == "$" and j - i <= 3 and text[i:j].isupper():
            return self.emit(i, j + 1)
        if j < end and text[j] in APOSTROPHES and lower[-1] == "s" and j - i > 2 and not self.open_single \
                and (j + 1 >= end or not (is_word(text[j + 1]) or text[j + 1] in APOSTROPHES)):
            return self.emit(i, j + 1, [j, j + 1])
        return self.emit(i, j, cut_clitics(text, i, j))

    def symbol(self, c, i, end, start):
        text = self.text
        if c in APOSTROPHES and i + 1 < end and is_word(text[i + 1]):
            j = i + 1
            while j < end and is_word(text[j]):
                j += 1
            name = text[i + 1:j].lower()
            short = name[:-1] if name.endswith("s") else name
            if name in APOSTROPHE_WORDS or (len(short) == 2 and is_digit(short[0]) and is_digit(short[1])):
                return self.emit(i, j)
        j = i
        if c == ".":
            while j < end and text[j] == ".":
                j += 1
        elif c in "!?":
            while j < end and text[j] in "!?":
                j += 1
        elif c in RUNS:
            while j < end and text[j] == c:
                j += 1
        j = max(j, i + 1)
        while j < end and is_mark(text[j]):
            j += 2 if ord(text[j]) == 0x200D and j + 1 < end else 1
        if j - i == 1 and c in "'\u2018\u2019":
            self.open_single = c != "\u2019" and (c == "\u2018" or (i == start and i + 1 < end))
        return self.emit(i, j)


def tokenize(text):
    """[(start, end, [(start, end) of each syntactic word])] of one paragraph."""
    return Scanner(text).run()
