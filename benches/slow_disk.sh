#!/usr/bin/env bash
# The pace on a disk whose every fsync takes so much longer, beside the same run
# without that: 200 requests at 20 a second, 1,000 at 100 a second.
# Usage: benches/slow_disk.sh [MS]      15 by default; LATENCY=20ms JITTER=0
# Needs cc and Linux.
source "$(dirname "$0")/common.sh"
delay=${1:-15} latency=${LATENCY:-20ms} jitter=${JITTER:-0}
cc -O2 -shared -fPIC -o "$dir/slow_disk.so" "$benches/slow_disk.c" -ldl

# one NAME RATE REQUESTS [VARIABLE=VALUE...]
one() {
    local name=$1 rate=$2 requests=$3 start end
    shift 3
    rm -rf "$dir/state" "$dir/ledger"
    contracts $((requests * 20)) > "$dir/contracts.csv"
    "$program" sandbox --rate "$rate" --latency "$latency" --jitter "$jitter" --ledger "$dir/ledger" > "$dir/sandbox.log" &
    local stand_in=$!
    started=("$stand_in")
    until grep -q http "$dir/sandbox.log"; do sleep 0.1; done
    start=$(date +%s.%N)
    env FLOWBATCH_ENDPOINT="$(grep -o 'http://[0-9.:]*' "$dir/sandbox.log")" \
        FLOWBATCH_STATE_DIR="$dir/state" FLOWBATCH_PACE__REQUESTS_PER_SECOND="$rate" "$@" \
        "$program" run "$dir/contracts.csv" --out "$dir/out" > "$dir/said" 2>&1 || { tail "$dir/said" >&2; exit 1; }
    end=$(date +%s.%N)
    kill "$stand_in"
    wait "$stand_in" || true
    started=()
    grep -o '"arrival_us":[0-9]*,.*"verdict":"[^"]*"' "$dir/ledger" \
        | sed 's/"arrival_us":\([0-9]*\),.*"verdict":"\([^"]*\)"/\1 \2/' | sort -n > "$dir/arrivals"
    python3 - "$dir/state/ledger.db" > "$dir/slots" <<'PYTHON'
import sqlite3, sys
for slot, in sqlite3.connect(sys.argv[1]).execute("select slot_us from attempts where verdict is not null order by 1"):
    print(slot)
PYTHON
    awk -v name="$name" -v rate="$rate" -v n="$requests" -v latency="$latency" -v start="$start" -v end="$end" '
        NR == FNR { slot[FNR] = $1; next }
        { at[FNR] = $1; if ($2 != "accepted") refused++ }
        END {
            NR = FNR
            ms = latency; if (ms ~ /ms$/) { sub(/ms$/, "", ms); ms /= 1000 } else sub(/s$/, "", ms)
            ideal = (n - 1) / rate + ms
            span = (at[NR] - at[1]) / 1e6
            mean = 1000 * span / (NR - 1)
            for (i = 2; i <= NR; i++) {
                gap = (at[i] - at[i - 1]) / 1000
                if (gap > longest) longest = gap
                if (gap > mean + 12) wide++
            }
            # The way there takes its time too.
            way = at[1] - slot[1]
            for (i = 2; i <= NR; i++) if (at[i] - slot[i] < way) way = at[i] - slot[i]
            for (i = 1; i <= NR; i++) if (at[i] - slot[i] - way > 12000) late++
            for (i = 1; i <= NR; i++) { while (at[i] - at[first + 1] >= 1000000) first++; if (i - first > most) most = i - first }
            printf "%3d/s %-9s %8d %10.4f %10.3f %10.2f %10d %10d %8d %9.1f%% %9d\n", rate, name, NR, (end - start) / ideal,
                mean * rate / 1000, longest / mean, wide, late, refused, 100 * (NR - 1) / span / rate, most
        }' "$dir/slots" "$dir/arrivals"
}

line() { printf '%-15s %8s %10s %10s %10s %10s %10s %8s %10s %9s\n' "$@"; }
line '' requests wall/ideal 'mean gap/' 'longest/' 'gaps 12 ms' '12 ms past' refused 'share of' 'most in'
line '' '' '' '(1/rate)' 'mean gap' 'over mean' 'their slot' '' 'the rate' 'a second'
for case in '20 200' '100 1000'; do
    read -r rate requests <<< "$case"
    one plain "$rate" "$requests"
    one "+$delay ms" "$rate" "$requests" LD_PRELOAD="$dir/slow_disk.so" SLOW_DISK_MS="$delay"
done
