#!/usr/bin/env bash
# Checking a CSV of N contracts against what Python's csv module needs to go through the
# same file: both in turns, the middle of each. Usage: benches/rows.sh [N] [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${PROGRAM:-}" ] || cargo build --release --quiet
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
awk -v n="${1:-1000000}" 'BEGIN {
    print "contract_id,flow_name,template_id,deadline,approver.name,approver.mobile"
    for (i = 1; i <= n; i++) printf "P-%07d,contract_%d,yDemoTemplate0000000000000000001,+30d,测试,138%08d\n", i, i, i
}' > "$dir/contracts.csv"
for round in $(seq "${2:-3}"); do
    python3 - "$dir/contracts.csv" >> "$dir/python" <<'PYTHON'
import csv, sys, time
begin = time.monotonic()
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.reader(file):
        pass
print(time.monotonic() - begin)
PYTHON
    FLOWBATCH_STATE_DIR="$dir/state" /usr/bin/time -a -o "$dir/flowbatch" -f '%e %M' \
        "${PROGRAM:-target/release/flowbatch}" check "$dir/contracts.csv" --lang en > /dev/null 2>> "$dir/said" || true
done
middle() { sort -g "$1" | awk '{ v[NR] = $1; m[NR] = $2 } END { print v[int((NR + 1) / 2)], m[int((NR + 1) / 2)] }'; }
read -r python _ < <(middle "$dir/python")
read -r seconds kib < <(middle "$dir/flowbatch")
awk -v s="$seconds" -v p="$python" -v k="$kib" 'BEGIN {
    printf "check: %.2f s, %.0f MiB; csv module: %.2f s; ratio %.1f\n", s, k / 1024, p, s / p
}'
