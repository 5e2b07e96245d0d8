#!/usr/bin/env bash
# What the report of N contracts costs: the workbook alone, and the workbook with the CSV,
# against writing the very cells of that workbook with rust_xlsxwriter alone (report.rs).
# In turns, the middle of each. Aim: at most 2 x its time, within 200 MiB.
# Usage: benches/report.sh [N] [ROUNDS]
# Needs nginx and python3, GNU time, and with a million contracts 3 GB of disk and some minutes.
source "$(dirname "$0")/common.sh"
n=${1:-1000000}
# The baseline is built as the program was.
case "$PROGRAM" in */debug/*) profile=dev ;; *) profile=bench ;; esac
baseline() { (cd "$benches/.." && cargo bench --quiet --profile "$profile" --bench report "$@"); }
baseline --no-run
start_nginx
export FLOWBATCH_ENDPOINT=http://$server FLOWBATCH_PACE__REQUESTS_PER_SECOND=0 FLOWBATCH_STATE_DIR=$dir/state
contracts "$n" > "$dir/contracts.csv"
FLOWBATCH_REPORT__FORMATS=csv "$program" run "$dir/contracts.csv" --out "$dir/out" > "$dir/said" 2>&1 || { cat "$dir/said" >&2; exit 1; }
job=$("$program" status --json 2> /dev/null | python3 -c 'import json, sys; print(json.load(sys.stdin)["jobs"][0]["job"])')

# report NAME FORMATS: where it went before, with nothing there that it could read or replace
report() {
    rm -rf "$dir/out"
    mkdir "$dir/out"
    FLOWBATCH_REPORT__FORMATS=$2 /usr/bin/time -o "$dir/time" -f "$1_s %e
$1_kib %M" "$program" report "$job" > "$dir/said" 2>&1 || { cat "$dir/said" >&2; exit 1; }
    cat "$dir/time" >> "$dir/figures"
}
for _ in $(seq "${2:-3}"); do
    report xlsx xlsx
    baseline -- "$dir/out/contracts.report.xlsx" "$dir/copy.xlsx" >> "$dir/figures"
    report both xlsx,csv
done
value() { median "$1" < "$dir/figures"; }
awk -v n="$n" -v plain="$(value write_s)" -v cells="$(value cells)" -v sheets="$(value sheets)" \
    -v xlsx="$(value xlsx_s)" -v xlsx_kib="$(value xlsx_kib)" -v both="$(value both_s)" -v both_kib="$(value both_kib)" 'BEGIN {
    printf "%d contracts, %d cells on %d sheets; rust_xlsxwriter alone: %.2f s\n", n, cells, sheets, plain
    printf "xlsx:     %.2f s, %.0f MiB; ratio %.2f\n", xlsx, xlsx_kib / 1024, xlsx / plain
    printf "xlsx+csv: %.2f s, %.0f MiB; ratio %.2f\n", both, both_kib / 1024, both / plain
    good = xlsx <= 2 * plain && both <= 2 * plain && both_kib <= 200 * 1024 && xlsx_kib <= 200 * 1024
    printf "the mark (at most 2 x, 200 MiB): %s\n", good ? "met" : "missed"
}'
