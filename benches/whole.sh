#!/usr/bin/env bash
# Whole runs, from the file to the reports. 100,000 contracts without a pace, beside what the
# official Python SDK needs for sending alone (5,000 requests on the same nginx), in turns; and
# 4,000 contracts from a workbook at 20 requests/s and 300 ms, beside the least that takes.
# Usage: benches/whole.sh      ROUNDS=5 for more turns (3)
# Needs nginx, python3 with venv; the SDK and openpyxl go to $SDKS (/tmp/flowbatch-bench).
source "$(dirname "$0")/common.sh"
rounds=${ROUNDS:-3} sdks=${SDKS:-/tmp/flowbatch-bench}
[ -x "$sdks/venv/bin/python" ] || python3 -m venv "$sdks/venv"
"$sdks/venv/bin/python" -c 'import openpyxl, tencentcloud.essbasic.v20210526' 2> /dev/null \
    || "$sdks/venv/bin/pip" install -q tencentcloud-sdk-python-essbasic openpyxl

# seconds COMMAND...: what it took, its output in $dir/said
seconds() {
    /usr/bin/time -o "$dir/time" -f %e "$@" > "$dir/said" 2>&1 || { tail "$dir/said" >&2; exit 1; }
    tail -1 "$dir/time"
}
# run FILE: with nothing known of it, and no reports there
run() {
    rm -rf "$dir/state" "$dir/out"
    FLOWBATCH_STATE_DIR=$dir/state seconds "$program" run "$1" --out "$dir/out"
}

start_nginx
contracts 100000 > "$dir/contracts.csv"
for _ in $(seq "$rounds"); do
    whole=$(FLOWBATCH_ENDPOINT=http://$server FLOWBATCH_PACE__REQUESTS_PER_SECOND=0 run "$dir/contracts.csv")
    rate=$("$sdks/venv/bin/python" "$benches/sdk.py" "$server" 5000 64)
    echo "whole $whole sdk $(divide 5000 "$rate") times $(divide "$(divide 5000 "$rate" %.4f)" "$whole")"
done | tee "$dir/rounds"
echo "without a pace, 100,000 contracts: the SDK's sending / the whole run, median: $(grep -o 'times .*' "$dir/rounds" | median times)"

"$sdks/venv/bin/python" - "$dir/contracts.xlsx" << 'PYTHON'
import sys
import openpyxl
book = openpyxl.Workbook()
sheet = book.active
sheet.append("contract_id flow_name template_id deadline approver.name approver.mobile".split())
for i in range(1, 4001):
    sheet.append([f"P-{i:06}", f"劳动合同_{i}", "yDemoTemplate0000000000000000001", "+30d", "测试", f"138{i:08}"])
book.save(sys.argv[1])
PYTHON
"$program" sandbox --latency 300ms > "$dir/sandbox" &
started+=($!)
until grep -q http "$dir/sandbox"; do sleep 0.1; done
for _ in $(seq "$rounds"); do
    echo "paced $(FLOWBATCH_ENDPOINT=$(grep -o 'http://[0-9.:]*' "$dir/sandbox") run "$dir/contracts.xlsx")"
    # What the stand-in has counted in the last second counts for the next run as well.
    sleep 2
done > "$dir/paced"
echo "4,000 contracts at 300 ms: $(divide "$(median paced < "$dir/paced")" 10.25 %.3f) of (199/20 + 0.3) s"
