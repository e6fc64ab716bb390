"""Counts coded items and draws events to be checked by hand.

    sourceline read --no-store --json OUT > readings.jsonl        (OUT: the folder that reports.py made)
    python3 eval/current_events/sample.py readings.jsonl          counts
    python3 eval/current_events/sample.py readings.jsonl 100 7    draws 100 events with seed 7 and prints them with their sentences
    python3 eval/current_events/sample.py --table eval/current_events/checked.tsv    precision of a checked sample

Columns of checked.tsv: item (day and place in the list), event id, PLOVER type, then y (right), n (wrong) or - (nothing to judge: the sentence
has none and the event gives none) for type, actor, recipient, place, date. A missing actor, recipient or place that the sentence names is wrong.
"""

import json
import random
import sys

COLUMNS = ("type", "actor", "recipient", "place", "date")


def counts(readings):
    events = [event for reading in readings for event in reading["events"]]
    coded = sum(bool(reading["events"]) for reading in readings)
    dated = sum(bool(event["time"]) for event in events)
    print(f"{len(readings)} reports, {coded} with an event ({coded / len(readings):.1%}), {len(events)} events, {dated} of them dated")


def draw(readings, number, seed):
    pool = [(reading, event) for reading in readings for event in reading["events"]]
    pool.sort(key=lambda pair: (pair[0]["document"]["input"], pair[1]["id"]))
    for reading, event in random.Random(seed).sample(pool, number):
        names = {entity["id"]: entity["name"] for entity in reading["entities"]}
        text = reading["document"]["text"]
        at = event["trigger"][0][0]
        begin, end = next(s for s in reading["sentences"] if s[0] <= at < s[1])
        item = reading["document"]["input"].rsplit("/", 1)[-1].removesuffix(".txt")
        show = lambda ids: "; ".join(names[i] for i in ids)
        places = "; ".join(f"{p['role']} {names[p['entity']]}" for p in event["places"])
        words = " ".join(text[a:b] for a, b in event["trigger"])
        print(f"{item}\t{event['id']}\t{event['type']}/{event['mode'] or '-'}\t[{words}] A={show(event['actors'])} R={show(event['recipients'])} "
              f"P={places} T={event['time']} {event['certainty']} {event['polarity']}\n    {text[begin:end]}")


def table(path):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if not line.startswith("#")]
    rows = [row for row in rows[1:] if len(row) == 3 + len(COLUMNS)]
    print(f"{len(rows)} events")
    for at, column in enumerate(COLUMNS, start=3):
        right, wrong = (sum(row[at] == verdict for row in rows) for verdict in "yn")
        print(f"{column:<10} {right / max(right + wrong, 1):6.1%}  ({right}/{right + wrong})")


def main(arguments):
    if arguments[0] == "--table":
        return table(arguments[1])
    readings = [json.loads(line) for line in open(arguments[0], encoding="utf-8")]
    if len(arguments) == 1:
        return counts(readings)
    draw(readings, int(arguments[1]), int(arguments[2]))


if __name__ == "__main__":
    main(sys.argv[1:])
