#!/usr/bin/env python3
"""Makes a large store out of a small one, to measure what exports need: every document, claim and proposition again and again under new numbers, ids and names.

usage: enlarge.py SMALL.db LARGE.db COPIES      (needs the package zstandard)

    for f in plover gexf stix parquet-events; do /usr/bin/time -f "%M KB %e s" sourceline export $f --store LARGE.db -o out; done

What is only needed to add documents (text index, word counts, samples) is not copied: such a store is for reading.
"""
import hashlib, json, shutil, sqlite3, sys

import zstandard

STEP = 1 << 24  # far above the numbers of a small store


def copy(body, number):
    reading = json.loads(zstandard.decompress(body, max_output_size=1 << 26))
    document = reading["document"]
    document["id"] = hashlib.sha256(f"{document['id']}/{number}".encode()).hexdigest()
    document["input"] = f"{number}/{document['input']}"
    for entity in reading["entities"]:
        if not entity.get("kb"):
            entity["name"] += f" {number}"
    return document["id"], document["input"], zstandard.compress(json.dumps(reading, ensure_ascii=False, separators=(",", ":")).encode())


def main():
    small, large, copies = sys.argv[1], sys.argv[2], int(sys.argv[3])
    shutil.copyfile(small, large)
    db = sqlite3.connect(large)
    db.execute("PRAGMA journal_mode = OFF")
    documents = db.execute("SELECT * FROM document").fetchall()
    readings = {row[1]: row for row in db.execute("SELECT number, document, reader, model, record, body FROM reading").fetchall()}
    claims = db.execute("SELECT number, document, record FROM claim").fetchall()
    propositions = db.execute("SELECT * FROM proposition").fetchall()
    members = db.execute("SELECT claim, proposition, chain FROM member").fetchall()
    for number in range(1, copies):
        of, claim_step = number * STEP, number * STEP * 65536
        for document in documents:
            row = readings[document[0]]
            id, input, body = copy(row[5], number)
            db.execute(f"INSERT INTO document VALUES ({','.join('?' * len(document))})", (document[0] + of, id, *document[2:4], input, *document[5:]))
            db.execute("INSERT INTO reading VALUES (?,?,?,?,?,?)", (row[0] + of, row[1] + of, *row[2:5], body))
        db.executemany("INSERT INTO claim VALUES (?,?,?)", [(c + claim_step, d + of, record) for c, d, record in claims])
        db.executemany(f"INSERT INTO proposition VALUES ({','.join('?' * len(propositions[0]))})", [(p[0] + of, *p[1:]) for p in propositions])
        db.executemany("INSERT INTO member VALUES (?,?,?)", [(c + claim_step, p + of, chain) for c, p, chain in members])
    db.commit()
    print(f"{len(documents) * copies} documents, {len(claims) * copies} claims, {len(propositions) * copies} propositions")


main()
