#!/usr/bin/env bash
# Every file below DIR through `flowbatch check`: no panic, no abort, no hang
# (20 s), at most 1 GiB, always a message.
# Usage: benches/corpus.sh DIR [NAME...]    only files whose path has one of the NAMEs
# PROGRAM=target/debug/flowbatch uses that program instead of a release build.
# If DIR has a manifest.tsv (path, bytes, kind, readable-by), files that other
# readers read and this one calls broken are listed at the end.
# Of the corpus this was written for (310 files) these stay refused although
# another reader reads them, for these reasons:
#   Excel 2.0 to 4.0 (*_ifxe, *_biff3, biff4_*, CRLFX5_4): a format of before 1993
#   UTF-32 text, a zipped CSV: no spreadsheet program writes them
#   3.csv (duckdb): NUL bytes in the text are a file that was cut off
#   zipbomb-*, poc-shared-strings: one cell of more than 1 MiB, where Excel allows 32,767 characters
#   sample-beta.xlsx: the XML of a beta of Office 2007
#   Test_git_issue682.xlsb, BlankSheetTypes.xlsb: parts that calamine cannot read
# Exit code: 0 nothing found, 1 something is wrong. Needs GNU time.
set -uo pipefail
dir=${1:?usage: benches/corpus.sh DIR [NAME...]}
shift
if [ -z "${PROGRAM:-}" ]; then
    (cd "$(dirname "$0")/.." && cargo build --release --quiet) || exit 1
    PROGRAM=$(cd "$(dirname "$0")/.." && pwd)/${CARGO_TARGET_DIR:-target}/release/flowbatch
    [ -x "$PROGRAM" ] || PROGRAM=$CARGO_TARGET_DIR/release/flowbatch
fi
gnu_time=$(type -P time) || { echo 'GNU time is needed' >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export FLOWBATCH_STATE_DIR=$scratch/state

wrong=0 files=0 refused=0
printf '%-7s %6s %6s  %-60s %s\n' verdict s MiB file message
while IFS= read -r file; do
    name=${file#"$dir"/}
    if [ $# -gt 0 ]; then
        wanted=
        for part in "$@"; do [[ $name == *"$part"* ]] && wanted=1; done
        [ -n "$wanted" ] || continue
    fi
    files=$((files + 1))
    "$gnu_time" -q -o "$scratch/time" -f '%e %M' \
        timeout -k 2 20 "$PROGRAM" check "$file" --lang en --out "$scratch/out" \
        > "$scratch/said" 2>&1 < /dev/null
    code=$?
    read -r seconds kilobytes < <(tail -1 "$scratch/time")
    verdict=ok
    case $code in
        0 | 3) ;;
        124 | 137) verdict=HANG ;;
        *) verdict=EXIT$code ;;
    esac
    [ "${kilobytes:-0}" -le 1048576 ] || verdict=MEMORY
    [ -s "$scratch/said" ] || verdict=SILENT
    grep -aq 'panicked at' "$scratch/said" && verdict=PANIC
    [ $verdict = ok ] || wrong=$((wrong + 1))
    message=$(tr '\n' ' ' < "$scratch/said" | sed "s|$dir/||g" | cut -c1-200)
    printf '%-7s %6s %6s  %-60s %s\n' "$verdict" "$seconds" "$((kilobytes / 1024))" "$name" "$message"
    if grep -aqE 'damaged|encrypted|not a spreadsheet|too large|NUL bytes|encoding|never closes|web page' "$scratch/said"; then
        refused=$((refused + 1))
        printf '%s\t%s\n' "$name" "$message" >> "$scratch/refused"
    fi
    rm -rf "$scratch/out"
done < <(find "$dir" -type f ! -name manifest.tsv ! -name SOURCES.md | LC_ALL=C sort)

if [ -f "$dir/manifest.tsv" ] && [ -f "$scratch/refused" ]; then
    echo
    echo 'Refused here, but another reader reads it:'
    awk -F'\t' 'NR == FNR { if ($4 != "" && $4 != "-") by[$1] = $4 "  [" $3 "]"; next }
        $1 in by { printf "  %-60s %s\n      %s\n", $1, by[$1], $2 }' "$dir/manifest.tsv" "$scratch/refused"
fi
echo
echo "$files files, $refused refused as unreadable, $wrong wrong"
[ "$wrong" -eq 0 ]
