#!/usr/bin/env bash
# Tries what the Dockerfile makes, without a container engine: the static binary in an empty root.
# Usage: contrib/image.sh [BINARY] (root; needs the target x86_64-unknown-linux-musl and musl-gcc where no binary is named).
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${1:-}
if [ -z "$binary" ]; then
    CC_x86_64_unknown_linux_musl=musl-gcc cargo build --release --locked --target x86_64-unknown-linux-musl
    binary=target/x86_64-unknown-linux-musl/release/flowbatch
fi
if ldd "$binary" 2> /dev/null | grep -q '=>'; then
    echo "$binary is not static" >&2
    exit 1
fi
root=$(mktemp -d)
sandbox=
trap '[ -z "$sandbox" ] || kill "$sandbox"; rm -rf "$root"' EXIT
mkdir -p "$root"/{etc/ssl/certs,tmp,state,contracts,dev}
cp "$binary" "$root/flowbatch"
cp samples/contracts.xlsx config.toml "$root/contracts/"
chmod 755 "$root"
chmod 1777 "$root/tmp"
chown -R 10001:10001 "$root/state" "$root/contracts"
# Nothing of the machine but its network: no /proc, no /dev, no locale, no time zones.
inside() {
    env -i FLOWBATCH_STATE_DIR=/state HOME=/state FLOWBATCH_LANG=en "${extra[@]}" \
        "$(command -v chroot)" --userspec=10001:10001 "$root" /flowbatch "$@"
}
extra=(A=b)
inside --version
(cd "$root" && inside run /contracts/contracts.xlsx --sandbox --config /contracts/config.toml)
test -s "$root/contracts/contracts.sandbox.report.xlsx"
# A stand-in in one such root, a run in the same: the two commands of a container.
inside sandbox --port 18787 --lang en > "$root/tmp/sandbox" 2>&1 &
sandbox=$!
for _ in $(seq 50); do grep -q 18787 "$root/tmp/sandbox" && break; sleep 0.1; done
cat "$root/tmp/sandbox"
id=$(grep -o 'TENCENTCLOUD_SECRET_ID=[^ ]*' "$root/tmp/sandbox" | head -1)
key=$(grep -o 'TENCENTCLOUD_SECRET_KEY=[^ ]*' "$root/tmp/sandbox" | head -1)
extra=("$id" "$key" FLOWBATCH_ENDPOINT=http://127.0.0.1:18787 FLOWBATCH_AGENT__APP_ID=a
    FLOWBATCH_AGENT__ORGANIZATION_OPEN_ID=o FLOWBATCH_AGENT__OPERATOR_OPEN_ID=p FLOWBATCH_JUMP_URL=https://example.org/)
inside run /contracts/contracts.xlsx
inside status
test -s "$root/contracts/contracts.report.xlsx"
echo "the image's steps work"
