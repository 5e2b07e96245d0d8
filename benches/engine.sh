#!/usr/bin/env bash
# Requests a second with the pace off, beside the official SDKs on the same server
# (nginx), in turns; medians. An SDK keeps no journal, and its requests are made
# beforehand; flowbatch makes each durable, reads it from disk, and writes its answer down.
# Usage: benches/engine.sh      ROUNDS=5 for more turns (3)
# Needs nginx, python3 with venv, node and npm; the SDKs go to $SDKS (/tmp/flowbatch-bench).
source "$(dirname "$0")/common.sh"
rounds=${ROUNDS:-3} small=${SMALL:-12000} large=${LARGE:-120000} sdks=${SDKS:-/tmp/flowbatch-bench}

[ -x "$sdks/venv/bin/python" ] || python3 -m venv "$sdks/venv"
"$sdks/venv/bin/python" -c 'import tencentcloud.essbasic.v20210526' 2> /dev/null \
    || "$sdks/venv/bin/pip" install -q tencentcloud-sdk-python-essbasic
# Node has no package of its own for essbasic.
[ -d "$sdks/node/node_modules/tencentcloud-sdk-nodejs" ] \
    || { mkdir -p "$sdks/node" && (cd "$sdks/node" && npm init -y && npm install --no-fund --no-audit tencentcloud-sdk-nodejs) > /dev/null; }

start_nginx
export FLOWBATCH_ENDPOINT=http://$server FLOWBATCH_PACE__REQUESTS_PER_SECOND=0
contracts "$small" > "$dir/small.csv"
contracts "$large" > "$dir/large.csv"

flowbatch() {
    export FLOWBATCH_STATE_DIR=$dir/state-$1
    rm -rf "$FLOWBATCH_STATE_DIR" "$dir/out"
    "$program" run "$dir/$1.csv" --out "$dir/out" > "$dir/said" 2>&1 || { tail "$dir/said" >&2; exit 1; }
    python3 "$benches/sent.py" "$FLOWBATCH_STATE_DIR" | sed "s/^/$1_/"
}
python_sdk() {
    local rate
    rate=$("$sdks/venv/bin/python" "$benches/sdk.py" "$server" 2000 64)
    echo "python $rate"
}
node_sdk() {
    local rate
    rate=$(NODE_PATH=$sdks/node/node_modules node "$benches/sdk.js" "$server" 6000 64 "$1")
    echo "node_$1 $rate"
}

for round in $(seq "$rounds"); do
    { flowbatch small; python_sdk; flowbatch large; node_sdk default; flowbatch small; node_sdk keep-alive; } > "$dir/round"
    cat "$dir/round" >> "$dir/figures"
    ours=$(median large_rate < "$dir/round")
    for other in small_rate python node_default node_keep-alive; do
        echo "large/$other $(divide "$ours" "$(median $other < "$dir/round")" %.3f)"
    done >> "$dir/ratios"
    echo "round $round of $rounds: $(awk '$1 ~ /rate$|^python|^node/ { printf "%s %.0f/s  ", $1, $2 }' "$dir/round")" >&2
done

# The median of the rounds' ratios, and their range.
ratio() {
    echo "$(median "large/$1" < "$dir/ratios" | awk '{ printf "%.2f", $1 }')" \
        "($(awk -v name="large/$1" '$1 == name { print $2 }' "$dir/ratios" | sort -g | awk 'NR == 1 { low = $1 } END { printf "%.2f to %.2f", low, $1 }'))"
}
echo "flowbatch, $large contracts / $small contracts: $(ratio small_rate)"
echo "flowbatch / Python SDK, 64 threads, a client and a connection each: $(ratio python)"
echo "flowbatch / Node SDK, 64 in flight, as it comes: $(ratio node_default)"
echo "flowbatch / Node SDK, 64 in flight, with an agent that keeps connections: $(ratio node_keep-alive)"
of() { median "$1" < "$dir/figures"; }
for size in small large; do
    echo "bytes a contract at ${!size}: ledger $(divide "$(of ${size}_ledger_bytes)" "${!size}" %.0f), the job's file $(divide "$(of ${size}_job_bytes)" "${!size}" %.0f)"
done
