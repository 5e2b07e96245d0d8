#!/usr/bin/env bash
# The official examples (tests/data/official/requests.json) go to the stand-in by the official
# SDKs. It must take each, and both SDKs must read the same of its answers. What is asked of
# contracts later goes by the Python SDK (later.py), which must know every field of the answers.
# Needs python3 with venv, node and npm; the SDKs go to $SDKS (/tmp/flowbatch-bench).
# Exit 77: they cannot be had here. PROGRAM: the flowbatch to use (target/debug/flowbatch).
set -euo pipefail
cd "$(dirname "$0")/../.."
sdks=${SDKS:-/tmp/flowbatch-bench} program=${PROGRAM:-target/debug/flowbatch}
requests=tests/data/official/requests.json
dir=$(mktemp -d)
sandbox=
trap '[ -z "$sandbox" ] || kill "$sandbox" 2> /dev/null || true; rm -rf "$dir"' EXIT

missing() { echo "the SDKs cannot be installed here: $1" >&2; exit 77; }
command -v npm > /dev/null || missing npm
[ -x "$sdks/venv/bin/python" ] || python3 -m venv "$sdks/venv" || missing venv
"$sdks/venv/bin/python" -c 'import tencentcloud.essbasic.v20210526' 2> /dev/null \
    || "$sdks/venv/bin/pip" install -q tencentcloud-sdk-python-essbasic || missing pip
# Node has no package of its own for essbasic.
[ -d "$sdks/node/node_modules/tencentcloud-sdk-nodejs" ] \
    || { mkdir -p "$sdks/node" && (cd "$sdks/node" && npm init -y && npm install --no-fund --no-audit tencentcloud-sdk-nodejs) > /dev/null; } || missing tencentcloud-sdk-nodejs

# Starts a stand-in with these flags; its address is in $server.
serve() {
    TENCENTCLOUD_SECRET_ID=AKIDsdk TENCENTCLOUD_SECRET_KEY=sdk FLOWBATCH_STATE_DIR="$dir/state" \
        "$program" sandbox --lang en "$@" > "$dir/said" 2>&1 &
    sandbox=$!
    for _ in $(seq 100); do
        server=$(grep -o '127\.0\.0\.1:[0-9]*' "$dir/said" | head -1) && [ -n "$server" ] && return
        sleep 0.1
    done
    cat "$dir/said" >&2
    exit 1
}

serve --templates tests/sdk/templates.json
"$sdks/venv/bin/python" tests/sdk/later.py "$server"
kill "$sandbox"
wait "$sandbox" || true
serve --ledger "$dir/ledger.jsonl"

"$sdks/venv/bin/python" tests/sdk/send.py "$server" "$requests" > "$dir/python"
NODE_PATH=$sdks/node/node_modules node tests/sdk/send.js "$server" "$requests" > "$dir/node"
python3 - "$dir" "$requests" <<'PYTHON'
import json
import sys

folder, examples = sys.argv[1:]
read = lambda name: [json.loads(line) for line in open(f"{folder}/{name}", encoding="utf-8")]
python, node, ledger, asked = read("python"), read("node"), read("ledger.jsonl"), json.load(open(examples, encoding="utf-8"))
assert python == node, "the SDKs read the same answers differently"
refused = [entry for entry in ledger if entry["verdict"] != "accepted"]
assert not refused, refused
created = [example for example in asked if example["action"] == "CreateFlowsByTemplates"]
answers = [line for line in python if line["action"] == "CreateFlowsByTemplates"]
assert [line["data"] for line in answers] == [
    [flow["CustomerData"] for flow in example["request"]["FlowInfos"]] for example in created
], "CustomerData comes back in order"
assert all(not any(line["messages"]) and line["ids"] == [32] * len(line["ids"]) for line in answers)
flows = sum(len(example["request"]["FlowInfos"]) for example in asked)
print(f"{len(asked)} requests with {flows} contracts by each SDK, {len(ledger)} accepted with what was asked of them")
PYTHON
