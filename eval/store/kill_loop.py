"""Kills a process that stores reports with SIGKILL, over and over, and checks after each time that nothing confirmed is lost.

usage: kill_loop.py [ROUNDS=200]                          a writer of made-up reports, in one growing store, checked every tenth round
                                                          (`cargo build --release --manifest-path eval/bench/Cargo.toml` first)
       kill_loop.py ROUNDS --read SOURCELINE REPORTS      `sourceline read` over a folder of reports, checked every round
"""
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time


def killed(command, longest):
    """Whole lines that a command printed before it was killed after a random time."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    time.sleep(random.uniform(0.02, longest))
    process.send_signal(signal.SIGKILL)
    out, _ = process.communicate()
    return out.split("\n")[:-1]


def lost(round_, missing, message):
    print(f"round {round_ + 1}: {len(missing)} confirmed documents lost {sorted(missing)[:3]}; {message.strip()}")
    sys.exit(1)


def made_up(rounds, store):
    here = os.path.dirname(os.path.abspath(__file__))
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(here, "..", "bench", "target"))
    writer, checker = (os.path.join(target, "release", name) for name in ("store_writer", "store_check"))
    confirmed, at, busy = set(), 0, 0
    for round_ in range(rounds):
        lines = killed([writer, store, str(at), "100000"], 0.4)
        confirmed.update(lines)
        busy += bool(lines)
        at += len(lines)
        # Every tenth round all is checked, and in between the database is opened by the next writer anyway.
        if round_ % 10 == 9 or round_ == rounds - 1:
            check = subprocess.run([checker, store], capture_output=True, text=True)
            there = set(check.stdout.split())
            if check.returncode or not confirmed <= there:
                lost(round_, confirmed - there, check.stderr)
    return busy, len(confirmed), len(there)


def reading(rounds, store, program, reports):
    confirmed, busy, stored, all_confirmed = set(), 0, 0, 0
    for round_ in range(rounds):
        lines = killed([program, "read", "--threads", "1", "--store", store, reports], 1.5)
        found = [re.match(r" *\d+ claims  \S+ +(.*?)(?:  \[[a-z-, ]+\])?$", line) for line in lines]
        confirmed.update(match.group(1) for match in found if match)
        busy += any(found)
        if not os.path.exists(store):
            continue
        check = subprocess.run([program, "store", "--store", store, "check"], capture_output=True, text=True)
        listed = subprocess.run([program, "reports", "--store", store, "--json"], capture_output=True, text=True, check=True)
        rows = [json.loads(line) for line in listed.stdout.splitlines()]
        there = {f"{row['outlet']}: {row['title'] or row['input']}" for row in rows}
        if check.returncode or not confirmed <= there:
            lost(round_, confirmed - there, check.stdout + check.stderr)
        if any(line.strip().endswith(store) for line in lines) or round_ == rounds - 1:
            # All was read before the kill came: begin anew.
            stored, all_confirmed = stored + len(there), all_confirmed + len(confirmed)
            confirmed = set()
            for end in ("", "-wal", "-shm"):
                if os.path.exists(store + end):
                    os.remove(store + end)
    return busy, all_confirmed, stored


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    random.seed(20261123)
    store = os.path.join(tempfile.mkdtemp(prefix="sourceline-kill-"), "store.db")
    if len(sys.argv) == 5 and sys.argv[2] == "--read":
        busy, confirmed, there = reading(rounds, store, *sys.argv[3:])
    elif len(sys.argv) < 3:
        busy, confirmed, there = made_up(rounds, store)
    else:
        sys.exit(__doc__)
    print(f"{rounds} rounds, {busy} killed in the middle of storing, {confirmed} documents confirmed, {there} in the store, none lost, check clean")


main()
