"""Label inventories and the mapping of each corpus onto them (reasons in README.md)."""

NER = ["person", "organization", "group", "gpe", "location", "facility", "weapon", "vehicle", "event", "product",
       "norp", "other"]
NER_TAGS = ["O"] + [f"{p}-{t}" for t in NER for p in "BI"]
ALL = (1 << len(NER_TAGS)) - 1
ENTITY = ["none", "person", "organization", "place", "event", "object", "abstract", "time", "substance", "animal",
          "plant"]
UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
        "SYM", "VERB", "X"]

LOCATION_WORDS = set("""river lake sea ocean mount mountain mountains desert valley bay gulf strait island islands peninsula
coast africa asia europe america oceania atlantic pacific mediterranean caribbean arctic antarctic antarctica continent
east west north south northern southern eastern western central region basin delta forest creek beach cape highlands
plateau reef canal border hills hill peak volcano park amazon andes alps himalayas sahara nile horn waters""".split())
GROUP_WORDS = set("""party parties movement front brigade brigades militia militias rebels guerrilla guerrillas jihad hamas
hezbollah hizbullah taliban isis isil daesh houthi houthis al-qaeda al-shabaab shabaab mujahideen liberation democrats
republicans labour conservatives tories likud coalition alliance insurgents caliphate maoist maoists""".split())
ORGANIZATION_WORDS = set("""ministry university company bank agency council court committee inc ltd limited group association
institute department commission police times news club fc corporation corp authority government parliament assembly
senate office bureau centre center school college hospital airlines airways board foundation federation fund union
service services court tribunal club team post press television radio daily church army navy force""".split())


def tag(prefix, name):
    return NER_TAGS.index(f"{prefix}-{name}")


def mask(names, prefix):
    m = 0
    for n in names:
        m |= 1 << tag(prefix, n)
    return m


def o_mask(unmarked):
    """Allowed tags of a word outside every mention, in a corpus that does not mark the types `unmarked`."""
    return 1 | mask(unmarked, "B") | mask(unmarked, "I")


def worldwide_types(label, words):
    low = [w.lower() for w in words]
    if label == "Person":
        return ["person"]
    if label == "Location":
        return ["location"] if any(w in LOCATION_WORDS for w in low) else ["gpe"]
    if label == "Organization":
        if any(w in GROUP_WORDS for w in low):
            return ["group"]
        if any(w in ORGANIZATION_WORDS for w in low):
            return ["organization"]
        return ["organization", "group"] if len(words) == 1 and words[0].isupper() else ["organization"]
    return {"Facility": ["facility"], "NORP": ["norp"], "Product": ["product", "weapon", "vehicle"],
            "Misc": ["event", "other"]}.get(label)


CROSSNER = {"politician": ["person"], "person": ["person"], "politicalparty": ["group"],
            "organisation": ["organization"], "country": ["gpe"], "location": ["gpe", "location", "facility"],
            "election": ["event"], "event": ["event"], "misc": ["other", "norp", "product"]}
RE3D = {"Location": ["gpe", "location", "facility"], "Weapon": ["weapon"], "MilitaryPlatform": ["vehicle", "weapon"],
        "Vehicle": ["vehicle"], "Nationality": ["norp"]}


def lemma_script(form, lemma):
    """The edit script that makes the lemma of the form."""
    best = None
    for case in ("lower", "keep"):
        f = form.lower() if case == "lower" else form
        c = 0
        while c < len(f) and c < len(lemma) and f[c] == lemma[c]:
            c += 1
        cost = len(f) - c + len(lemma) - c
        if best is None or cost < best[0]:
            best = (cost, case, c, f)
    cost, case, c, f = best
    if c < max(1, len(f) // 2):
        return {"case": "lower", "cut_start": 0, "cut_end": 0, "prefix": "", "suffix": "", "whole": lemma}
    return {"case": case, "cut_start": 0, "cut_end": len(f) - c, "prefix": "", "suffix": lemma[c:], "whole": None}


def apply_script(script, form):
    if script["whole"] is not None:
        return script["whole"]
    f = form.lower() if script["case"] == "lower" else form
    a, b = script["cut_start"], script["cut_end"]
    if a + b > len(f) or (a + b == len(f) and not script["prefix"] + script["suffix"]):
        return form
    return script["prefix"] + f[a:len(f) - b] + script["suffix"]
