#!/usr/bin/env bash
# Fuzzes the readers: any bytes as a file, any bytes as one part of a workbook.
# Usage: fuzz/run.sh [SECONDS] (for both together; default 600). Needs cargo-fuzz (cargo install cargo-fuzz).
# Exit code: 0 nothing found.
set -euo pipefail
cd "$(dirname "$0")/.."
each=$((${1:-600} / 2))
# The coverage that the fuzzer lives on is a switch of nightly compilers; this opens it on a stable one.
export RUSTC_BOOTSTRAP=1
cargo fuzz build --sanitizer none
mkdir -p fuzz/corpus/file fuzz/corpus/part
cp samples/*.xlsx samples/*.csv tests/data/spreadsheets/*.{xlsx,ods} fuzz/corpus/file/
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
number=0
# The first byte says which part it is: see the target.
for book in samples/*.xlsx tests/data/spreadsheets/*.{xlsx,ods}; do
    python3 -m zipfile -e "$book" "$unpacked/$number"
    for pair in '\x03:xl/workbook.xml' '\x04:xl/sharedStrings.xml' '\x05:xl/styles.xml' \
        '\x06:xl/worksheets/sheet1.xml' '\x07:content.xml'; do
        part=$unpacked/$number/${pair#*:}
        if [ -f "$part" ]; then
            { printf "${pair%%:*}"; cat "$part"; } > "fuzz/corpus/part/$number-$(basename "$part")"
        fi
    done
    number=$((number + 1))
done
for target in file part; do
    cargo fuzz run --sanitizer none "$target" -- -max_total_time="$each" -timeout=20 -rss_limit_mb=1024 \
        -max_len=65536 -print_final_stats=1
done
