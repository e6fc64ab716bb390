#!/bin/sh
# Chains, groups, origins and contradictions of stories with gold: the whole table and one per story. The scorer is the one of ../shared/examples.
# usage: eval/corroborate/score.sh [STORIES=../shared/examples | eval/corroborate/stories] [SOURCELINE=target/release/sourceline]
set -e
here=$(cd "$(dirname "$0")/../.." && pwd)
examples=${1:-$here/../shared/examples}
program=${2:-$here/target/release/sourceline}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" read --store "$work/store.db" "$examples/reports" > /dev/null 2> "$work/log" || cat "$work/log"
"$program" claims --store "$work/store.db" --json > "$work/claims.jsonl"
"$program" store --store "$work/store.db" check
echo "== all stories"
python3 "$here/../shared/examples/score.py" "$examples" "$work/claims.jsonl"
for family in $(grep -o '"family": "[^"]*"' "$examples/documents.jsonl" | cut -d'"' -f4 | sort -u); do
    echo "== $family"
    python3 "$here/../shared/examples/score.py" "$examples" "$work/claims.jsonl" "$family"
done
