#!/usr/bin/env bash
# The report's page in a real browser, its QR codes read by another program than the one that
# drew them. Needs chromium, zbarimg and python3; .ci/run installs what is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."

for needed in chromium zbarimg python3; do
    command -v "$needed" >/dev/null || { echo "$needed is not installed" >&2; exit 1; }
done
cargo build --quiet
program="$PWD/target/debug/flowbatch"
folder="${BROWSER_OUT:-$(mktemp -d)}"
mkdir -p "$folder"
[ -n "${BROWSER_OUT:-}" ] || trap 'rm -rf "$folder"' EXIT

contracts() {
    python3 - "$1" <<'PYTHON'
import sys
print("合同编号,合同名称,模板编号,签署方姓名,签署方手机号,截止日期")
for number in range(int(sys.argv[1])):
    name = "<script>alert(1)</script>" if number == 3 else f"劳动合同{number}"
    mobile = "1380013" if number == 10 else f"138{number:08}"
    print(f"HT-{number:04},{name},yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm,张三丰,{mobile},+30d")
PYTHON
}
contracts 51 >"$folder/small.csv"
contracts 20500 >"$folder/large.csv"
export FLOWBATCH_STATE_DIR="$folder/state" FLOWBATCH_PACE__REQUESTS_PER_SECOND=0
for name in small large; do
    # 4: one contract of each is bad.
    (cd "$folder" && "$program" run --sandbox --skip-invalid --lang zh "$name.csv" >"$name.log" 2>&1) && code=0 || code=$?
    [ "$code" = 4 ] || { cat "$folder/$name.log" >&2; exit 1; }
done
python3 tests/browser/browser.py "$folder/small.sandbox.report.html" "$folder/large.sandbox.report.html" "$folder"
