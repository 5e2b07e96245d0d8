#!/usr/bin/env bash
# Two processes, one account, one quota: refusals and the share of the quota they reach together.
set -euo pipefail
requests=${REQUESTS:-150}
cd "$(dirname "$0")/.."
[ -n "${PROGRAM:-}" ] || cargo build --release --quiet
program=${PROGRAM:-$PWD/target/release/flowbatch}
dir=$(mktemp -d)
trap 'kill $stand_in 2>/dev/null; rm -rf "$dir"' EXIT
for name in a b; do
    awk -v n=$((requests * 20)) -v name=$name 'BEGIN {
        print "contract_id,flow_name,template_id,deadline,approver.name,approver.mobile"
        for (i = 1; i <= n; i++) printf "%s-%06d,contract_%d,yDemoTemplate0000000000000000001,+30d,测试,138%08d\n", name, i, i, i
    }' > "$dir/$name.csv"
done
export TENCENTCLOUD_SECRET_ID=AKIDbench TENCENTCLOUD_SECRET_KEY=bench FLOWBATCH_STATE_DIR="$dir/state"
export FLOWBATCH_PACE__FOLDER="$dir/pace"
export FLOWBATCH_AGENT__APP_ID=a FLOWBATCH_AGENT__ORGANIZATION_OPEN_ID=o FLOWBATCH_AGENT__OPERATOR_OPEN_ID=p
export FLOWBATCH_JUMP_URL=https://www.example.com/
"$program" sandbox --latency 50ms --ledger "$dir/ledger" > "$dir/sandbox.log" &
stand_in=$!
until grep -q http "$dir/sandbox.log"; do sleep 0.1; done
FLOWBATCH_ENDPOINT=$(grep -o 'http://[0-9.:]*' "$dir/sandbox.log")
export FLOWBATCH_ENDPOINT
"$program" run "$dir/a.csv" > /dev/null & first=$!
"$program" run "$dir/b.csv" > /dev/null
wait $first
grep -o '"arrival_us":[0-9]*,.*"verdict":"[^"]*"' "$dir/ledger" \
    | sed 's/"arrival_us":\([0-9]*\),.*"verdict":"\([^"]*\)"/\1 \2/' | sort -n \
    | awk '{ at[NR] = $1; if ($2 != "accepted") refused++ }
        END { printf "%d requests, %d refused, %.1f%% of the quota together\n", NR, refused, 100 * (NR - 1) / ((at[NR] - at[1]) / 1e6) / 20 }'
