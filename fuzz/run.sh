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
cp samples/*.xlsx samples/*.csv tests/data/spreadsheets/*.{xlsx,ods} tests/data/cases/*.{xlsx,csv} fuzz/corpus/file/
find tests/data/values -type f -exec cp {} fuzz/corpus/file/ \;
# What other systems call .xls.
cat > fuzz/corpus/file/table.html << 'HTML'
<html><head><meta charset="gbk"><style>.x{mso-number-format:"\@"}</style></head><body><table><thead><tr><th colspan=2>a&nbsp;b</th></tr></thead>
<tr style="display:none"><td rowspan="2" class=x>1<br>2</td><td><s>&#20013;</s><td x:num="3.5">3</table></body></html>
HTML
cat > fuzz/corpus/file/table.xml << 'XML'
<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/><NumberFormat ss:Format="Short Date"/></Style></Styles><Worksheet ss:Name="S"><Table><Column ss:Hidden="1" ss:Span="2"/><Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2" ss:MergeDown="1" ss:StyleID="s1"><Data ss:Type="DateTime">2026-01-31T00:00:00.000</Data></Cell><Cell><Data ss:Type="Number">1.5</Data></Cell></Row></Table></Worksheet></Workbook>
XML
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
# A comment is in none of those books.
for pair in '\x08:<comments><commentList><comment ref="A1"><text><r><t>a&amp;b</t></r></text></comment></commentList></comments>' \
    '\x09:<ThreadedComments><threadedComment ref="B2"><text>c</text></threadedComment></ThreadedComments>'; do
    { printf "${pair%%:*}"; printf %s "${pair#*:}"; } > "fuzz/corpus/part/said-${#pair}"
done
number=0
# The first byte says which part it is: see the target.
for book in samples/*.xlsx tests/data/spreadsheets/*.{xlsx,ods}; do
    python3 -m zipfile -e "$book" "$unpacked/$number"
    for pair in '\x03:xl/workbook.xml' '\x04:xl/sharedStrings.xml' '\x05:xl/styles.xml' \
        '\x06:xl/worksheets/sheet1.xml' \
        '\x07:xl/worksheets/_rels/sheet1.xml.rels' '\x08:xl/comments1.xml' \
        '\x09:xl/threadedComments/threadedComment1.xml' '\x0a:content.xml'; do
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
