#!/bin/sh
# Near copies: 20,000 made-up texts, Sourceline beside Python's datasketch in one run (pip install datasketch).
# usage: eval/near_copies/run.sh   [PYTHON=python3] [FEATURES=gaoya to measure gaoya too]
set -e
here=$(dirname "$0")
work=${TMPDIR:-/tmp}/near_copies.jsonl
cargo run --release --quiet --manifest-path "$here/../bench/Cargo.toml" ${FEATURES:+--features $FEATURES} --bin near_copies -- "$work"
"${PYTHON:-python3}" "$here/datasketch_run.py" "$work"
rm -f "$work"
