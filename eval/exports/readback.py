#!/usr/bin/env python3
"""Exports the examples in every format and reads each back with a reader that is not ours.

usage: readback.py SOURCELINE EXAMPLES_DIR

Readers: pyarrow (Parquet), networkx (GEXF, GraphML), stix2 (STIX 2.1), rdflib (JSON-LD), Python's csv and json (the rest, against the column counts
and names of the formats' manuals). Prints a line per format and exits 1 when one can't be read back or counts differ.
"""
import csv, json, pathlib, subprocess, sys, tempfile

import networkx, pyarrow.parquet, rdflib, stix2

PLOVER = {"id", "date", "actor", "event"}
TABLES = {"polecat": ("\t", 40), "gdelt-events": ("\t", 61), "gdelt-mentions": ("\t", 16), "acled": (",", 31)}


def export(program, store, folder, name):
    path = folder / name
    subprocess.run([program, "export", name, "--store", store, "-o", path], check=True)
    return path


def rows(path, separator):
    quoting = csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=separator, quoting=quoting))


def main():
    program, reports = sys.argv[1:3]
    results, wrong = {}, []

    def check(name, holds, what):
        results[name] = what
        if not holds:
            wrong.append(name)

    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        store = folder / "store.db"
        subprocess.run([program, "read", "--store", store, reports], check=True, stdout=subprocess.DEVNULL)
        get = lambda name: export(program, store, folder, name)

        events = [json.loads(line) for line in open(get("plover"), encoding="utf-8")]
        check("plover", events and all(PLOVER <= event.keys() for event in events), f"{len(events)} events")
        for table in ("events", "relations", "claims", "documents"):
            read = pyarrow.parquet.read_table(get(f"parquet-{table}"))
            results[f"parquet-{table}"] = f"{read.num_rows} rows, {read.num_columns} columns"
            if table == "events":
                check("parquet-events", read.num_rows == len(events), results["parquet-events"])
            if table == "relations":
                relations = read.num_rows
        for name, reader in (("gexf", lambda p: networkx.read_gexf(p, version="1.3")), ("graphml", networkx.read_graphml)):
            graph = reader(get(name))
            check(name, 0 < graph.number_of_edges() <= relations, f"{graph.number_of_nodes()} actors, {graph.number_of_edges()} relations")
        bundle = stix2.parse(get("stix").read_text(encoding="utf-8"))
        check("stix", any(o.type == "relationship" for o in bundle.objects), f"{len(bundle.objects)} objects")
        graph = rdflib.Graph().parse(get("jsonld"), format="json-ld")
        quoted = len(list(graph.subject_objects(rdflib.URIRef("http://www.w3.org/ns/prov#wasQuotedFrom"))))
        check("jsonld", quoted > 0, f"{len(graph)} triples, {quoted} quotations")
        features = json.load(open(get("geojson"), encoding="utf-8"))["features"]
        valid = lambda f: f["type"] == "Feature" and -180 <= f["geometry"]["coordinates"][0] <= 180 and -90 <= f["geometry"]["coordinates"][1] <= 90
        check("geojson", features and all(map(valid, features)), f"{len(features)} features")
        slides = json.load(open(get("timelinejs"), encoding="utf-8"))["events"]
        check("timelinejs", slides and all("year" in s["start_date"] and s["text"]["headline"] for s in slides), f"{len(slides)} slides")
        for name, (separator, columns) in TABLES.items():
            read = rows(get(name), separator)
            check(name, read and {len(row) for row in read} == {columns}, f"{len(read)} lines of {columns} columns")
        plain, tagged = rows(get("csv"), ","), rows(get("hxl"), ",")
        check("csv", len(plain) == len(events) + 1 and len({len(row) for row in plain}) == 1, f"{len(plain)} lines")
        check("hxl", len(tagged) == len(events) + 2 and all(tag.startswith("#") for tag in tagged[1]), f"{len(tagged)} lines")
    for name, what in results.items():
        print(f"{'WRONG' if name in wrong else 'ok':6}{name:18}{what}")
    print(f"{len(results) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


sys.exit(main())
