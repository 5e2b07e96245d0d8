# What engine.sh, growth.sh and slow_disk.sh share; to be sourced.
# PROGRAM=target/debug/flowbatch uses that program instead of a release build.
set -euo pipefail
benches=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ -z "${PROGRAM:-}" ]; then
    (cd "$benches/.." && cargo build --release --quiet)
    PROGRAM=${CARGO_TARGET_DIR:-$benches/../target}/release/flowbatch
fi
dir=$(mktemp -d)
started=()
clean_up() {
    for one in "${started[@]}"; do kill "$one" 2> /dev/null || true; done
    wait
    rm -rf "$dir"
}
trap clean_up EXIT
# Whoever builds meanwhile does not change what is measured.
cp "$PROGRAM" "$dir/flowbatch"
program=$dir/flowbatch

export TENCENTCLOUD_SECRET_ID=AKIDbench TENCENTCLOUD_SECRET_KEY=bench FLOWBATCH_PACE__FOLDER="$dir/pace"
export FLOWBATCH_AGENT__APP_ID=a FLOWBATCH_AGENT__ORGANIZATION_OPEN_ID=o FLOWBATCH_AGENT__OPERATOR_OPEN_ID=p
export FLOWBATCH_JUMP_URL=https://www.example.com/ FLOWBATCH_LANG=en
unset http_proxy HTTP_PROXY

# contracts N > FILE
contracts() {
    awk -v n="$1" 'BEGIN {
        print "contract_id,flow_name,template_id,deadline,approver.name,approver.mobile"
        for (i = 1; i <= n; i++) printf "P-%07d,劳动合同_%d,yDemoTemplate0000000000000000001,2099-12-31,测试,138%08d\n", i, i, i
    }'
}

# A server that accepts everything and has no work with it; its address in $server.
# Each answer has a link of its own: flowbatch counts an answer once.
start_nginx() {
    type nginx > /dev/null 2>&1 || { echo 'nginx is needed: apt-get install nginx-light' >&2; exit 1; }
    mkdir -p "$dir/nginx"
    server=127.0.0.1:$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat > "$dir/nginx/nginx.conf" <<CONF
worker_processes 1;
daemon off;
pid $dir/nginx/pid;
error_log $dir/nginx/errors;
events { worker_connections 4096; }
http {
    access_log off;
    keepalive_requests 1000000000;
    client_body_buffer_size 256k;
    client_max_body_size 20m;
    client_body_temp_path $dir/nginx/a;
    proxy_temp_path $dir/nginx/b;
    fastcgi_temp_path $dir/nginx/c;
    uwsgi_temp_path $dir/nginx/d;
    scgi_temp_path $dir/nginx/e;
    server {
        listen $server backlog=4096;
        location / {
            default_type application/json;
            return 200 '{"Response":{"ConfirmUrl":"https://pages.example/\$request_id","RequestId":"\$request_id"}}';
        }
    }
}
CONF
    nginx -p "$dir/nginx" -c "$dir/nginx/nginx.conf" 2> /dev/null &
    started+=($!)
    until (exec 3<> "/dev/tcp/${server/://}") 2> /dev/null; do sleep 0.05; done
}

# NAME VALUE lines on stdin -> the median of NAME
median() {
    awk -v name="$1" '$1 == name { print $2 }' | sort -g | awk '{ at[NR] = $1 } END { print (at[int((NR + 1) / 2)] + at[int((NR + 2) / 2)]) / 2 }'
}

divide() { awk -v a="$1" -v b="$2" -v form="${3:-%.2f}" 'BEGIN { printf form, a / b }'; }
