"""Makes one report file of every item of a daily list of world events.

    python3 eval/current_events/reports.py ../shared/data/current_events.jsonl 2024-11-01 2025-01-31 OUT

An item's text is the report, its day the date of publication, the first source in brackets the outlet. Items without a source in brackets are
headings of the list ("Fall of Damascus") or unsourced remarks: they are counted and, with `--all`, written too. The files are named by day and
place in the list (`2024-12-08-07.txt`), so that an item can be found again. Prints the counts.
"""

import json
import pathlib
import re
import sys

SOURCES = re.compile(r"(?:\s*\(([^()]{2,60})\))+\s*$")


def split(text):
    """The text without its bracketed sources, and the first of them."""
    found = SOURCES.search(text)
    if not found:
        return text.strip(), None
    first = re.match(r"\s*\(([^()]{2,60})\)", found.group(0)).group(1)
    return text[: found.start()].strip(), re.sub(r"^(?:via|from)\s+", "", first.strip())


def main(arguments):
    everything = "--all" in arguments
    source, first, last, out = [argument for argument in arguments if argument != "--all"]
    folder = pathlib.Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    days = items = written = 0
    for line in open(source, encoding="utf-8"):
        day = json.loads(line)
        if not first <= day["date"] <= last:
            continue
        days += 1
        for number, item in enumerate(day["items"]):
            items += 1
            text, outlet = split(item["text"])
            if not text or (outlet is None and not everything):
                continue
            written += 1
            head = f"Outlet: {outlet}\n" if outlet else ""
            (folder / f"{day['date']}-{number:02}.txt").write_text(
                f"{head}Published: {day['date']}\n\n{text}\n", encoding="utf-8"
            )
    print(f"{days} days, {items} items, {items - written} without a source, {written} reports written to {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
