#!/usr/bin/env python3
"""Exports the examples in every format, reads each back with a reader that is not ours, and compares what comes out with the readings themselves.

usage: readback.py SOURCELINE REPORTS_DIR

Readers: pyarrow (Parquet), networkx (GEXF, GraphML), stix2 (STIX 2.1), rdflib (JSON-LD), hxl (HXL), geojson (GeoJSON), pandas (CSV and tab-separated
tables), Python's json. What is expected comes from `read --json` and `claims --json`, not from another export: ids, dates, certainty, origins, chains, places and
the way back to the report. Prints a line per format and exits 1 when one can't be read back or anything differs.
"""
import datetime, io, json, pathlib, subprocess, sys, tempfile

import geojson, hxl, networkx, pandas, pyarrow.parquet, rdflib, stix2

POLECAT = """Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW, Primary Actor Sector, Actor Sectors,
Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name, Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title,
Recipient Name Raw, Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename, Feature Type, Source,
Publication Date, Story People, Story Organizations, Story Locations, Language, Version""".replace("\n", " ").split(", ")
POLECAT = [name.strip() for name in POLECAT]
ACLED = """event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,
civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp""".replace("\n", "").split(",")
ACLED_TYPES = {"Battles", "Violence against civilians", "Protests", "Riots", "Strategic developments", "Explosions/Remote violence"}
PLOVER_TYPES = set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split())
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
SCHEMA = rdflib.Namespace("https://schema.org/")
SL = rdflib.Namespace("https://sourceline.example/ns#")
UNSURE = {"possible", "planned", "predicted", "hypothetical"}


class Expected:
    """What the exports must hold, from the readings and the propositions."""

    def __init__(self, readings, propositions):
        self.readings = readings
        self.events, self.relations, self.claims, self.hops = {}, {}, {}, 0
        for reading in readings:
            document, short = reading["document"], reading["document"]["id"][:16]
            claim_of = {}
            for claim in reading["claims"]:
                self.claims[f"{short}:{claim['id']}"] = (claim, document)
                self.hops += len(claim["chain"])
                for id in claim["events"] + claim["relations"]:
                    claim_of.setdefault(id, claim)
            for event in reading["events"]:
                self.events[f"{short}:{event['id']}"] = (event, claim_of.get(event["id"]), reading)
            for relation in reading["relations"]:
                self.relations[f"{short}:{relation['id']}"] = (relation, claim_of.get(relation["id"]), reading)
        self.origins = {proposition["id"]: [origin["name"] for origin in proposition["origins"]] for proposition in propositions}
        self.contradicts = {proposition["id"]: set(proposition["contradicts"]) for proposition in propositions}

    @staticmethod
    def is_fact(event):
        return event["polarity"] == "positive" and event["certainty"] not in UNSURE

    @staticmethod
    def chain(claim):
        return [hop["name"] for hop in claim["chain"]] if claim else []

    @staticmethod
    def names(reading, ids):
        names = {entity["id"]: entity["name"] for entity in reading["entities"]}
        return [names[id] for id in ids]

    @staticmethod
    def address(document):
        return document["url"] or document["input"]


def is_day(text):
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def same_days(edtf, first):
    """Whether a first day agrees with an EDTF value as far as both are plain dates."""
    begin = (edtf or "").split("/")[0]
    return not begin or begin.startswith("..") or not first or first.startswith(begin[:10].rstrip("~?%")[:7]) or "X" in begin or "-2" in begin[4:7]


class Check:
    def __init__(self, expected, folder):
        self.expected, self.folder, self.wrong = expected, folder, []

    def that(self, holds, what):
        if not holds:
            self.wrong.append(what)

    def standing(self, proposition, origins, where):
        """Origins are those of the proposition that the store shows by itself."""
        if proposition:
            self.that(origins == self.expected.origins.get(proposition), f"{where}: origins {origins}")
        else:
            self.that(not origins, f"{where}: origins without a proposition")

    def plover(self, path):
        rows = {row["id"]: row for row in map(json.loads, open(path, encoding="utf-8"))}
        self.that(rows.keys() == self.expected.events.keys(), "ids differ")
        for id, row in rows.items():
            event, claim, reading = self.expected.events[id]
            ours = row["sourceline"]
            self.that(row["event"] == [event["type"]] and event["type"] in PLOVER_TYPES, f"{id}: type")
            self.that(row["quad_code"] in (1, 2, 3, 4), f"{id}: quad code")
            self.that((ours["certainty"], ours["polarity"], ours["edtf"]) == (event["certainty"], event["polarity"], event["time"]), f"{id}: certainty or time")
            self.that(ours["chain"] == self.expected.chain(claim), f"{id}: chain")
            self.that(row["link"] == self.expected.address(reading["document"]), f"{id}: link")
            self.that([party["identifier_text"] for party in row["actor"]] == self.expected.names(reading, event["actors"]), f"{id}: actors")
            self.that(row["date"] is None or is_day(row["date"]), f"{id}: date {row['date']}")
            self.that(same_days(event["time"], row["date"]), f"{id}: {event['time']} became {row['date']}")
            start, end = row["text_info"]["start"], row["text_info"]["end"]
            self.that(reading["document"]["text"][start:end].split() and start == min(a for a, _ in event["trigger"]), f"{id}: offsets")
            if not self.expected.is_fact(event):
                self.that({"negation", "future", "hypothetical"} & set(row["mode"]), f"{id}: no auxiliary mode")
            self.standing(ours["proposition"], ours["origins"], id)
        return f"{len(rows)} events"

    def polecat(self, path):
        table = pandas.read_csv(path, sep="\t", quoting=3, dtype=str, keep_default_na=False)
        self.that(list(table.columns) == POLECAT, "columns differ")
        facts = {id for id, (event, *_) in self.expected.events.items() if self.expected.is_fact(event)}
        self.that(set(table["Event ID"]) == facts and len(table) == len(facts), "ids differ from what is put as a fact")
        for row in table.to_dict("records"):
            event, _, reading = self.expected.events[row["Event ID"]]
            document = reading["document"]
            self.that(row["Event Type"] == event["type"] and row["Event Mode"] == (event["mode"] or ""), f"{row['Event ID']}: type")
            self.that(row["Source"] == (document["outlet"] or {}).get("name", ""), f"{row['Event ID']}: source")
            self.that(row["Event Date"] == "" or is_day(row["Event Date"]), f"{row['Event ID']}: date")
            self.that(row["Latitude"] == "" or abs(float(row["Latitude"])) <= 90, f"{row['Event ID']}: latitude")
            self.that(row["Actor Name"] == ";".join(self.expected.names(reading, event["actors"])).replace("\n", " "), f"{row['Event ID']}: actors")
        return f"{len(table)} lines of {len(table.columns)} columns"

    def gdelt_events(self, path):
        table = pandas.read_csv(path, sep="\t", header=None, quoting=3, dtype=str, keep_default_na=False)
        self.that(table.shape[1] == 61, f"{table.shape[1]} columns")
        self.that(table[0].is_unique and table[0].str.fullmatch(r"\d+").all(), "event ids are not numbers of their own")
        self.gdelt = set(table[0])
        facts = sum(self.expected.is_fact(event) for event, *_ in self.expected.events.values())
        self.that(0 < len(table) <= facts, "more events than facts")
        for row in table.to_dict("records"):
            self.that(row[1] == "" or (len(row[1]) == 8 and row[1].startswith(row[3]) and row[2] == row[1][:6]), f"{row[0]}: date {row[1]}")
            self.that(row[28] in {f"{n:02}" for n in range(1, 21)} and row[28] == row[26][:2] and row[29] in "1234", f"{row[0]}: codes")
            self.that(int(row[31]) >= int(row[33]) >= int(row[32]) >= 1, f"{row[0]}: mentions {row[31]}, articles {row[33]}, sources {row[32]}")
            self.that(row[60] != "" and (row[59] == "" or len(row[59]) == 14), f"{row[0]}: address or date of addition")
        return f"{len(table)} lines of {table.shape[1]} columns"

    def gdelt_mentions(self, path):
        table = pandas.read_csv(path, sep="\t", header=None, quoting=3, dtype=str, keep_default_na=False)
        self.that(table.shape == (len(self.expected.events), 16), f"shape {table.shape}")
        self.that(self.gdelt <= set(table[0]), "events without a mention")
        seen = sorted((json.loads(extras)["certainty"], json.loads(extras)["polarity"]) for extras in table[15])
        self.that(seen == sorted((event["certainty"], event["polarity"]) for event, *_ in self.expected.events.values()), "certainties differ")
        for row in table.to_dict("records"):
            self.that(all(row[at] == "" or len(row[at]) == 14 for at in (1, 2)) and int(row[11]) in range(10, 101), f"{row[0]}: times or confidence")
            extras = json.loads(row[15])
            self.standing(extras["proposition"], extras["origins"], row[0])
            self.that(extras["chain"] == [] or extras["chain"][0] == row[4] or row[4] == "", f"{row[0]}: the chain begins elsewhere than with the outlet")
        return f"{len(table)} lines of {table.shape[1]} columns"

    def acled(self, path):
        table = pandas.read_csv(path, dtype=str, keep_default_na=False)
        self.that(list(table.columns) == ACLED, "columns differ")
        for row in table.to_dict("records"):
            id = row["event_id_cnty"][row["event_id_cnty"].index(":") - 16 :]
            event, claim, reading = self.expected.events[id]
            self.that(self.expected.is_fact(event) and is_day(row["event_date"]) and row["year"] == row["event_date"][:4], f"{id}: not a dated fact")
            self.that(row["event_type"] in ACLED_TYPES and row["time_precision"] in "123" and row["geo_precision"] in ("", "1", "2", "3"), f"{id}: codes")
            self.that((row["geo_precision"] == "") == (row["location"] == row["country"] == row["latitude"] == ""), f"{id}: precision of no place")
            self.that(row["source"] == "; ".join(self.expected.chain(claim)), f"{id}: source")
            self.that(f"certainty={event['certainty']}" in row["tags"] and f"report={self.expected.address(reading['document'])}" in row["tags"], f"{id}: tags")
        self.that(len(table) > 0, "no events")
        return f"{len(table)} lines of {len(table.columns)} columns"

    def events_table(self, rows):
        self.that({row["id"] for row in rows} == self.expected.events.keys() and len(rows) == len(self.expected.events), "ids differ")
        for row in rows:
            event, claim, reading = self.expected.events[row["id"]]
            text = lambda value: value or ""
            self.that((row["type"], row["certainty"], row["polarity"], text(row["edtf"])) == (event["type"], event["certainty"], event["polarity"], text(event["time"])), f"{row['id']}: type, certainty or time")
            self.that(text(row["actors"]) == "; ".join(self.expected.names(reading, event["actors"])), f"{row['id']}: actors")
            self.that(text(row["recipients"]) == "; ".join(self.expected.names(reading, event["recipients"])), f"{row['id']}: recipients")
            self.that(text(row["chain"]) == " <- ".join(self.expected.chain(claim)), f"{row['id']}: chain")
            self.that(text(row["statement"]) == (claim["statement"] if claim else ""), f"{row['id']}: statement")
            proposition, origins = text(row["proposition"]), text(row["origins"])
            self.that(origins == "; ".join(self.expected.origins.get(proposition, [])) and int(row["n_origins"]) == len(self.expected.origins.get(proposition, [])), f"{row['id']}: origins")
            self.that(set(filter(None, text(row["contradicts"]).split("; "))) == self.expected.contradicts.get(proposition, set()), f"{row['id']}: contradictions")

    def csv(self, path):
        rows = pandas.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")
        for row in rows:
            # A leading apostrophe keeps spreadsheets from running text as a formula.
            for key, value in row.items():
                row[key] = value[1:] if value[:1] == "'" and value[1:2] in "=@+-" else value
        self.events_table(rows)
        for row in rows:
            self.that(row["report"] == self.expected.address(self.expected.events[row["id"]][2]["document"]), f"{row['id']}: report")
        return f"{len(rows)} rows"

    def hxl(self, path):
        data = hxl.data(str(path), hxl.InputOptions(allow_local=True))
        rows = [dict(zip(data.display_tags, row.values)) for row in data]
        self.that(len(rows) == len(self.expected.events), f"{len(rows)} rows")
        for row in rows:
            event, claim, reading = self.expected.events[row["#event+code"]]
            self.that((row["#event+type"], row["#meta+certainty"], row["#meta+polarity"]) == (event["type"], event["certainty"], event["polarity"]), f"{row['#event+code']}: type or certainty")
            self.that(row["#meta+source"].lstrip("'") == " <- ".join(self.expected.chain(claim)), f"{row['#event+code']}: sources")
            self.that(row["#meta+url"] == self.expected.address(reading["document"]), f"{row['#event+code']}: report")
            self.that(int(row["#meta+origins+num"]) == len([name for name in row["#meta+origins"].split("; ") if name]), f"{row['#event+code']}: origins")
        return f"{len(rows)} rows under {len(data.columns)} tags"

    def geojson(self, path):
        features = geojson.load(open(path, encoding="utf-8"))
        self.that(features.is_valid, str(features.errors()))
        placed = sum(1 for event, _, reading in self.expected.events.values() for place in event["places"]
                     if next(entity for entity in reading["entities"] if entity["id"] == place["entity"]).get("place"))
        events = [feature for feature in features["features"] if feature["properties"]["what"] == "event"]
        self.that(len(events) == placed, f"{len(events)} events with coordinates for {placed}")
        for feature in features["features"]:
            known = self.expected.events if feature["properties"]["what"] == "event" else self.expected.relations
            thing, claim, reading = known[":".join(feature["id"].split(":")[:2])]
            properties = feature["properties"]
            self.that((properties["certainty"], properties["chain"]) == (thing["certainty"], self.expected.chain(claim)), f"{feature['id']}: certainty or chain")
            self.that(properties["report"] == self.expected.address(reading["document"]), f"{feature['id']}: report")
            self.standing(properties["proposition"], properties["origins"], feature["id"])
            spots = {(entity["place"]["lon"], entity["place"]["lat"]) for entity in reading["entities"] if entity.get("place")}
            near = lambda spot: any(abs(spot[0] - lon) < 1e-5 and abs(spot[1] - lat) < 1e-5 for lon, lat in spots)
            self.that(near(feature["geometry"]["coordinates"]), f"{feature['id']}: coordinates of no place")
        return f"{len(features['features'])} features"

    def graph(self, graph, read):
        edges = [data for _, _, data in graph.edges(data=True)]
        ends = lambda relation, reading: all(self.expected.names(reading, [relation["subject"], relation["object"]]))
        whole = [(relation, claim, reading) for relation, claim, reading in self.expected.relations.values() if ends(relation, reading)]
        self.that(len(edges) == len(whole), f"{len(edges)} edges for {len(whole)} relations")
        count = lambda values: sorted(map(str, values))
        self.that(count(read(edge, "certainty") for edge in edges) == count(relation["certainty"] for relation, *_ in whole), "certainties differ")
        self.that(count(read(edge, "chain") for edge in edges) == count(" <- ".join(self.expected.chain(claim)) or None for _, claim, _ in whole), "chains differ")
        self.that(count(read(edge, "report") for edge in edges) == count(self.expected.address(reading["document"]) for *_, reading in whole), "reports differ")
        # `../..` and other open sides have no day to stand for them.
        begun = sum(bool((relation["begin"] or "").split("/")[0].strip(".")) for relation, *_ in whole)
        ended = sum(bool((relation["end"] or "").split("/")[-1].strip(".")) for relation, *_ in whole)
        starts, ends = [sum(bool(edge.get(side)) for edge in edges) for side in ("start", "end")]
        self.that((starts, ends) == (begun, ended), f"{starts} starts for {begun}, {ends} ends for {ended}")
        self.that(all(is_day(edge[side]) for edge in edges for side in ("start", "end") if edge.get(side)), "a start or end is no day")
        self.that(all(data.get("label") for _, data in graph.nodes(data=True)), "a node has no name")
        return f"{graph.number_of_nodes()} actors, {len(edges)} relations, {starts} with a start, {ends} with an end"

    def gexf(self, path):
        graph = networkx.read_gexf(path, version="1.3")
        spells = sum(bool(data.get("spells")) for _, _, data in graph.edges(data=True))
        timed = sum(bool(data.get("start") or data.get("end")) for _, _, data in graph.edges(data=True))
        self.that(spells == timed, f"{spells} spells for {timed} edges with days")
        return self.graph(graph, lambda edge, key: edge.get(key) or None)

    def graphml(self, path):
        return self.graph(networkx.read_graphml(path), lambda edge, key: edge.get(key) or None)

    def stix(self, path):
        bundle = stix2.parse(path.read_text(encoding="utf-8"))
        of = lambda kind: [thing for thing in bundle.objects if thing.type == kind]
        ids = {thing.id for thing in bundle.objects}
        self.that(len(ids) == len(bundle.objects), "ids stand twice")
        for thing in bundle.objects:
            refs = [thing.get("source_ref"), thing.get("target_ref"), *thing.get("object_refs", [])]
            self.that({ref for ref in refs if ref} <= ids, f"{thing.id} refers to nothing")
        self.that(len(of("incident")) == len(self.expected.events), f"{len(of('incident'))} incidents for {len(self.expected.events)} events")
        told = [thing for thing in bundle.objects if thing.type == "incident" or thing.get("labels") and thing.type == "relationship"]
        self.that(len(told) == len(self.expected.events) + len(self.expected.relations), f"{len(told)} events and relations")
        opposed = 0
        for thing in told:
            id = thing.external_references[0].external_id
            known, claim, reading = {**self.expected.events, **self.expected.relations}[id]
            self.that(f"certainty:{known['certainty']}" in thing.labels and f"polarity:{known['polarity']}" in thing.labels, f"{id}: certainty")
            self.that(self.expected.address(reading["document"]) in thing.external_references[0].description, f"{id}: report")
            self.that((thing.get("confidence") is not None) == (known["certainty"] in ("probable", "possible")), f"{id}: confidence")
            proposition = next((label.split(":")[1] for label in thing.labels if label.startswith("proposition:")), "")
            self.that(f"origins:{len(self.expected.origins.get(proposition, []))}" in thing.labels, f"{id}: origins")
            opposed += bool(self.expected.contradicts.get(proposition))
        self.that(len(of("opinion")) == opposed, f"{len(of('opinion'))} opinions for {opposed} contradicted")
        named = {reading["document"]["id"] for *_, reading in [*self.expected.events.values(), *self.expected.relations.values()]}
        self.that({report.external_references[0].external_id for report in of("report")} == named, "reports differ")
        return f"{len(bundle.objects)} objects, {len(of('opinion'))} opinions"

    def jsonld(self, path):
        graph = rdflib.Graph().parse(path, format="json-ld")
        claims = set(graph.subjects(rdflib.RDF.type, SCHEMA.Claim))
        self.that({str(claim) for claim in claims} == {f"urn:sha256:{document['id']}#{claim['id']}" for claim, document in self.expected.claims.values()}, "claims differ")
        for claim, document in self.expected.claims.values():
            node = rdflib.URIRef(f"urn:sha256:{document['id']}#{claim['id']}")
            names = []
            at = node
            while at is not None:
                agent = graph.value(at, PROV.wasAttributedTo)
                names.append(str(graph.value(agent, SCHEMA.name)) if agent is not None else None)
                at = graph.value(at, PROV.wasQuotedFrom)
            chain = self.expected.chain(claim)
            # Names that differ in case or marks only are one agent, which then has several names.
            plain = lambda name: "".join(c for c in str(name).lower() if c.isalnum())
            self.that([plain(name) for name in names if name] == [plain(name) for name in chain], f"{node}: hops {names} for {chain}")
            source = graph.value(node, PROV.hadPrimarySource)
            self.that((source is not None) == (len(chain) > 1), f"{node}: primary source")
            self.that(str(graph.value(node, SL.certainty)) == claim["certainty"] and str(graph.value(node, SCHEMA.text)) == claim["statement"], f"{node}: certainty or text")
            self.that(graph.value(node, SL.origins) is not None, f"{node}: origins")
            self.that(graph.value(graph.value(node, SCHEMA.appearance), SL.report) is not None, f"{node}: report")
        return f"{len(graph)} triples, {len(list(graph.subject_objects(PROV.wasQuotedFrom)))} quotations, {len(list(graph.subject_objects(PROV.hadPrimarySource)))} primary sources"

    def timelinejs(self, path):
        slides = json.load(open(path, encoding="utf-8"))["events"]
        for slide in slides:
            event, claim, reading = self.expected.events[slide["unique_id"]]
            date = slide["start_date"]
            self.that(self.expected.is_fact(event) and slide["display_date"] == event["time"] and slide["text"]["headline"], f"{slide['unique_id']}: no dated fact")
            self.that(1 <= date.get("month", 1) <= 12 and 1 <= date.get("day", 1) <= 31 and isinstance(date["year"], int), f"{slide['unique_id']}: date")
            self.that(slide["sourceline"]["certainty"] == event["certainty"] and slide["sourceline"]["report"] == self.expected.address(reading["document"]), f"{slide['unique_id']}: certainty or report")
            self.that("independent origin" in slide["text"]["text"], f"{slide['unique_id']}: origins are not shown")
        self.that(len(slides) > 0, "no slides")
        return f"{len(slides)} slides"

    def parquet(self, name, path):
        table = pyarrow.parquet.read_table(path)
        rows = table.to_pylist()
        expected = self.expected
        if name == "events":
            self.events_table(rows)
            self.that(all(row["url"] == expected.address(expected.events[row["id"]][2]["document"]) for row in rows), "reports differ")
        elif name == "relations":
            self.that({row["id"] for row in rows} == expected.relations.keys(), "ids differ")
            for row in rows:
                relation, claim, reading = expected.relations[row["id"]]
                self.that((row["kind"], row["certainty"], row["polarity"]) == (relation["kind"], relation["certainty"], relation["polarity"]), f"{row['id']}: kind or certainty")
                self.that([row["subject"], row["object"]] == expected.names(reading, [relation["subject"], relation["object"]]), f"{row['id']}: ends")
                self.that(row["url"] == expected.address(reading["document"]) and (row["chain"] or "") == " <- ".join(expected.chain(claim)), f"{row['id']}: report or chain")
                self.that(row["n_origins"] == len(expected.origins.get(row["proposition"], [])), f"{row['id']}: origins")
        elif name == "claims":
            self.that({row["id"] for row in rows} == expected.claims.keys(), "ids differ")
            for row in rows:
                claim, document = expected.claims[row["id"]]
                self.that((row["statement"], row["certainty"], row["polarity"], row["chain_basis"]) == (claim["statement"], claim["certainty"], claim["polarity"], claim["chain_basis"]), f"{row['id']}: statement or certainty")
                self.that(row["evidence"] and row["url"] == expected.address(document) and row["n_origins"] == len(expected.origins.get(row["proposition"], [])), f"{row['id']}: evidence, report or origins")
        elif name == "documents":
            self.that({row["id"]: row["text"] for row in rows} == {reading["document"]["id"]: reading["document"]["text"] for reading in expected.readings}, "texts differ")
        elif name == "entities":
            self.that(len(rows) == sum(len(reading["entities"]) for reading in expected.readings), "counts differ")
            self.that(sum(row["n_mentions"] for row in rows) == sum(len(reading["mentions"]) for reading in expected.readings), "mentions differ")
            self.that(all(abs(row["latitude"]) <= 90 and abs(row["longitude"]) <= 180 for row in rows if row["place"]), "coordinates")
        elif name == "chains":
            self.that(len(rows) == expected.hops, f"{len(rows)} hops for {expected.hops}")
            chains = {}
            for row in sorted(rows, key=lambda row: row["position"]):
                chains.setdefault(row["claim"], []).append((row["role"], row["name"], bool(row["anonymous"])))
            wanted = {id: [(hop["role"], hop["name"], hop["anonymous"]) for hop in claim["chain"]] for id, (claim, _) in expected.claims.items() if claim["chain"]}
            self.that(chains == wanted, "chains differ")
        return f"{table.num_rows} rows, {table.num_columns} columns"


def main():
    program, reports = sys.argv[1:3]
    run = lambda *arguments: subprocess.run([program, *map(str, arguments)], check=True, stdout=subprocess.PIPE).stdout
    failed = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        store = folder / "store.db"
        run("read", "--store", store, reports)
        readings = {}
        for line in io.BytesIO(run("read", "--no-store", "--json", reports)):
            reading = json.loads(line)
            # The store keeps a text once, under the first name that it came by.
            readings.setdefault(reading["document"]["id"], reading)
        readings = list(readings.values())
        propositions = [json.loads(line) for line in io.BytesIO(run("claims", "--store", store, "--json"))]
        expected = Expected(readings, propositions)
        formats = ["plover", "polecat", "gdelt-events", "gdelt-mentions", "acled", "csv", "hxl", "geojson", "gexf", "graphml", "stix", "jsonld", "timelinejs"]
        formats += [f"parquet-{table}" for table in ("events", "relations", "claims", "documents", "entities", "chains")]
        check = Check(expected, folder)
        for name in formats:
            path = folder / name
            check.wrong = []
            try:
                run("export", name, "--store", store, "-o", path)
                what = check.parquet(name.split("-")[1], path) if name.startswith("parquet") else getattr(check, name.replace("-", "_"))(path)
            except Exception as error:
                what = f"{type(error).__name__}: {error}"
                check.wrong.append(what)
            print(f"{'WRONG' if check.wrong else 'ok':6}{name:18}{what}")
            for wrong in check.wrong[:5]:
                print(f"        {wrong}")
            failed += bool(check.wrong)
    print(f"{len(formats) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
