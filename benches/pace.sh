#!/usr/bin/env bash
# The pace of a run of 500 requests, measured in the stand-in's ledger.
# Usage: benches/pace.sh [LATENCY [JITTER]]     e.g. benches/pace.sh 300ms, benches/pace.sh 20ms 30ms
set -euo pipefail
latency=${1:-20ms} jitter=${2:-0} requests=${REQUESTS:-500}
cd "$(dirname "$0")/.."
[ -n "${PROGRAM:-}" ] || cargo build --release --quiet
program=${PROGRAM:-$PWD/target/release/flowbatch}
dir=$(mktemp -d)
trap 'kill $stand_in 2>/dev/null; rm -rf "$dir"' EXIT

awk -v n=$((requests * 20)) 'BEGIN {
    print "contract_id,flow_name,template_id,deadline,approver.name,approver.mobile"
    for (i = 1; i <= n; i++) printf "P-%06d,contract_%d,yDemoTemplate0000000000000000001,+30d,测试,138%08d\n", i, i, i
}' > "$dir/contracts.csv"

export TENCENTCLOUD_SECRET_ID=AKIDbench TENCENTCLOUD_SECRET_KEY=bench FLOWBATCH_STATE_DIR="$dir/state"
export FLOWBATCH_PACE__FOLDER="$dir/pace"
export FLOWBATCH_AGENT__APP_ID=a FLOWBATCH_AGENT__ORGANIZATION_OPEN_ID=o FLOWBATCH_AGENT__OPERATOR_OPEN_ID=p
export FLOWBATCH_JUMP_URL=https://www.example.com/
"$program" sandbox --latency "$latency" --jitter "$jitter" --ledger "$dir/ledger" > "$dir/sandbox.log" &
stand_in=$!
until grep -q http "$dir/sandbox.log"; do sleep 0.1; done
FLOWBATCH_ENDPOINT=$(grep -o 'http://[0-9.:]*' "$dir/sandbox.log")
export FLOWBATCH_ENDPOINT

start=$(date +%s.%N)
"$program" run "$dir/contracts.csv" --lang en > "$dir/run.log"
end=$(date +%s.%N)

grep -o '"arrival_us":[0-9]*,.*"verdict":"[^"]*"' "$dir/ledger" \
    | sed 's/"arrival_us":\([0-9]*\),.*"verdict":"\([^"]*\)"/\1 \2/' | sort -n > "$dir/arrivals"
awk -v wall="$(awk -v a="$start" -v b="$end" 'BEGIN { print b - a }')" -v n="$requests" -v latency="$latency" '
    { at[NR] = $1; if ($2 != "accepted") refused[$2]++ }
    END {
        for (i = 1; i <= NR; i++) { while (at[i] - at[first + 1] >= 1000000) first++; if (i - first > most) most = i - first }
        ms = latency; if (ms ~ /ms$/) { sub(/ms$/, "", ms); ms /= 1000 } else sub(/s$/, "", ms)
        ideal = (n - 1) / 20 + ms
        printf "requests %d, most in any sliding second %d, wall %.2f s, ideal %.2f s, ratio %.4f\n", NR, most, wall, ideal, wall / ideal
        printf "from first to last arrival %.2f s: %.1f%% of the quota\n", (at[NR] - at[1]) / 1e6, 100 * (NR - 1) / ((at[NR] - at[1]) / 1e6) / 20
        for (code in refused) printf "%s: %d\n", code, refused[code]
    }' "$dir/arrivals"
