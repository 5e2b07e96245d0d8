#!/usr/bin/env bash
# Time and memory of checking a CSV of N contracts. Usage: benches/rows.sh [N]
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
awk -v n="${1:-1000000}" 'BEGIN {
    print "contract_id,flow_name,template_id,deadline,approver.name,approver.mobile"
    for (i = 1; i <= n; i++) printf "P-%07d,contract_%d,yDemoTemplate0000000000000000001,+30d,测试,138%08d\n", i, i, i
}' > "$dir/contracts.csv"
FLOWBATCH_STATE_DIR="$dir/state" /usr/bin/time -f '%e s, %M KiB' target/release/flowbatch check "$dir/contracts.csv" --lang en
