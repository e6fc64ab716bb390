"""Token and word F1 of sltok on a CoNLL-U file's raw text: python tokeval.py file.conllu [errors]"""
import collections
import sys

import sltok
from conllu import read_conllu, paragraphs


def main():
    gold = got = same = 0
    wg = wt = ws = 0
    errors = collections.Counter()
    for doc in read_conllu(sys.argv[1]):
        for par in paragraphs(doc):
            text = par["text"]
            g = {(t["start"], t["end"]) for t in par["tokens"]}
            gw = {(t["start"], t["end"], i) for t in par["tokens"] for i in range(len(t["words"]))}
            gw = set()
            for t in par["tokens"]:
                gw |= {(t["start"], t["end"], w["form"]) for w in t["words"]}
            tw = set()
            toks = sltok.tokenize(text)
            p = {(a, b) for a, b, _ in toks}
            for a, b, ws_ in toks:
                tw |= {(a, b, text[x:y]) for x, y in ws_}
            gold += len(g); got += len(p); same += len(g & p)
            wg += len(gw); wt += len(tw); ws += len(gw & tw)
            for t in par["tokens"]:
                key = (t["start"], t["end"])
                mine = [x for x in toks if x[0] < t["end"] and x[1] > t["start"]]
                mw = [text[x:y] for m in mine for x, y in m[2]]
                if mw != [w["form"] for w in t["words"]]:
                    errors["|".join(w["form"] for w in t["words"]) + "  =>  " + "|".join(mw)] += 1
    print("tokens F1 %.2f  words F1 %.2f" % (200 * same / (gold + got), 200 * ws / (wg + wt)), gold, got)
    if len(sys.argv) > 2:
        for k, v in errors.most_common(int(sys.argv[2])):
            print(v, k)


main()
