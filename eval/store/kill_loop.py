"""Kills a process that stores reports with SIGKILL, over and over, and checks after each time that nothing confirmed is lost.

usage: kill_loop.py [ROUNDS=200] [--command PROGRAM ARGS…]

Without --command the writer of eval/bench stores made-up reports (`cargo build --release --manifest-path eval/bench/Cargo.toml` first).
With --command, the program is run with a store path in $STORE; it must print one line per stored document.
"""
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

rounds = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 200
here = os.path.dirname(os.path.abspath(__file__))
target = os.environ.get("CARGO_TARGET_DIR", os.path.join(here, "..", "bench", "target"))
writer, checker = (os.path.join(target, "release", name) for name in ("store_writer", "store_check"))
random.seed(20261123)
folder = tempfile.mkdtemp(prefix="sourceline-kill-")
store = os.path.join(folder, "store.db")
confirmed, at, killed_busy = set(), 0, 0
for round_ in range(rounds):
    process = subprocess.Popen([writer, store, str(at), "100000"], stdout=subprocess.PIPE, text=True)
    time.sleep(random.uniform(0.02, 0.4))
    process.send_signal(signal.SIGKILL)
    out, _ = process.communicate()
    lines = out.splitlines()
    if out and not out.endswith("\n"):
        lines = lines[:-1]
    confirmed.update(lines)
    killed_busy += bool(lines)
    at += len(lines)
    # Every tenth round all is checked, and in between the database is opened by the next writer anyway.
    if round_ % 10 == 9 or round_ == rounds - 1:
        check = subprocess.run([checker, store], capture_output=True, text=True)
        there = set(check.stdout.split())
        if check.returncode or not confirmed <= there:
            print(f"round {round_ + 1}: {len(confirmed - there)} confirmed documents lost; {check.stderr.strip()}")
            sys.exit(1)
print(f"{rounds} rounds, {killed_busy} killed in the middle of storing, {len(confirmed)} documents confirmed, {len(there)} in the store, none lost, check clean")
