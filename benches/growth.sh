#!/usr/bin/env bash
# What a contract costs as a job grows, pace off, each phase by itself: with ten times
# as many contracts a ratio stays near 1 if nothing grows. Then, how long the import
# holds up another process that commits to the same ledger.
# Usage: benches/growth.sh [N...]       contracts (10000 100000 1000000)
# Needs nginx, python3 and 3 GB of disk. With a million contracts: some minutes.
source "$(dirname "$0")/common.sh"
sizes=("$@")
[ $# -gt 0 ] || sizes=(10000 100000 1000000)
start_nginx
export FLOWBATCH_ENDPOINT=http://$server FLOWBATCH_PACE__REQUESTS_PER_SECOND=0 FLOWBATCH_STATE_DIR=$dir/state

for n in "${sizes[@]}"; do contracts "$n" > "$dir/$n.csv"; done
# In turns, the long runs in the middle, short ones more often: a machine that is slower
# for a while is so for all of them.
for turn in 1 2 3 4 5; do
    for n in "${sizes[@]}"; do
        aside=$((turn < 3 ? 3 - turn : turn - 3))
        [ "$aside" -le $((n < 50000 ? 2 : n < 500000 ? 1 : 0)) ] || continue
        rm -rf "$FLOWBATCH_STATE_DIR" "$dir/out"
        "$program" status > /dev/null
        python3 "$benches/phases.py" "$dir/log" "$program" -vv run "$dir/$n.csv" --out "$dir/out" > "$dir/round"
        python3 "$benches/sent.py" "$FLOWBATCH_STATE_DIR" >> "$dir/round"
        awk -v n="$n" '
            { v[$1] = $2 }
            END {
                chunks = v["requests"]
                print "import:_wall_a_contract", v["import_s"] / n
                print "import:_CPU_a_contract", v["import_cpu_s"] / n
                print "ledger:_wall_a_contract", v["ledger_s"] / n
                print "ledger:_CPU_a_contract", v["ledger_cpu_s"] / n
                print "job_written_to_first_request", (v["first_us"] - v["ledger_at_us"]) / 1e6
                print "job_created_to_first_request", v["created_to_first_us"] / 1e6
                print "sending:_wall_a_request", v["sending_s"] / chunks
                print "sending:_CPU_a_request", v["sending_cpu_s"] / chunks
                print "report:_wall_a_contract", v["report_s"] / n
                print "report:_CPU_a_contract", v["report_cpu_s"] / n
                print "afterwards:_wall_a_contract", v["end_s"] / n
                print "peak_memory", v["run_peak_kib"] / 1024
                print "peak_memory:_import", v["import_peak_kib"] / 1024
                print "peak_memory:_ledger", v["ledger_peak_kib"] / 1024
                print "peak_memory:_sending", v["sending_peak_kib"] / 1024
                print "peak_memory:_report", v["report_peak_kib"] / 1024
                print "ledger_bytes_a_contract", v["ledger_bytes"] / n
                print "job_file_bytes_a_contract", v["job_bytes"] / n
                print "share_of_the_run:_import", v["import_s"] / v["run_s"]
                print "share_of_the_run:_ledger", (v["compare_s"] + v["ledger_s"]) / v["run_s"]
                print "share_of_the_run:_sending", v["sending_s"] / v["run_s"]
                print "share_of_the_run:_report", v["report_s"] / v["run_s"]
            }' "$dir/round" >> "$dir/figures-$n"
        echo "$n contracts done" >&2
    done
done

# A number of its own only for reading the ratios: seconds, MiB or bytes.
printf '%-32s %14s' '' "${sizes[0]}"
for n in "${sizes[@]:1}"; do printf ' %9s / %s' "$n" "${sizes[0]}"; done
echo
for name in $(awk '!seen[$1]++ { print $1 }' "$dir/figures-${sizes[0]}"); do
    base=$(median "$name" < "$dir/figures-${sizes[0]}")
    printf '%-32s %14.6g' "${name//_/ }" "$base"
    for n in "${sizes[@]:1}"; do printf ' %15.2f' "$(divide "$(median "$name" < "$dir/figures-$n")" "$base")"; done
    echo
done

# The same import once more, with another process on the ledger, and one that does the
# same to a ledger of its own: what holds up both is the disk or the processor.
rm -rf "$FLOWBATCH_STATE_DIR"
"$program" status > /dev/null
FLOWBATCH_STATE_DIR=$dir/own "$program" status > /dev/null
loops=()
for state in state own; do
    python3 "$benches/commits.py" "$dir/$state/ledger.db" "$dir/commits-$state" &
    loops+=($!)
done
started+=("${loops[@]}")
sleep 5
begin=$(date +%s%6N)
n=${sizes[-1]}
python3 "$benches/phases.py" --until 'written down' "$dir/log" "$program" -vv run "$dir/$n.csv" --out "$dir/out" > "$dir/beside"
kill "${loops[@]}"
wait "${loops[@]}" || true
started=("${started[0]}")
echo
echo "Another process that commits every 5 ms, while $n contracts are imported:"
awk -v begin="$begin" '
    FNR == 1 { file++ }
    file < 3 { at[file, ++count[file]] = $1; took[file, count[file]] = $2; next }
    { v[$1] = $2 }
    function look(file, from, to,    i) {
        many = sum = most = over = 0
        for (i = 1; i <= count[file]; i++) {
            if (at[file, i] < from || at[file, i] >= to) continue
            many++; sum += took[file, i]
            if (took[file, i] > most) most = took[file, i]
            if (took[file, i] > 50000) over++
        }
    }
    function tell(name, from, to) {
        look(2, from, to)
        own = most; own_mean = many ? sum / many : 0; own_over = over; own_many = many
        look(1, from, to)
        if (!many || !own) { printf "  %-28s no commit\n", name; return }
        printf "  %-28s %8.1f ms %8.1f ms %8.2f %8.2f   %d of %d, %d of %d\n", name, most / 1000, own / 1000,
            most / own, sum / many / own_mean, over, many, own_over, own_many
    }
    END {
        printf "  %-28s %11s %11s %8s %8s   %s\n", "", "longest on", "on its own", "ratio", "means", "beyond 50 ms, each"
        tell("before", 0, begin)
        tell("while the file is read", begin, v["compare_at_us"])
        tell("while the ledger is written", v["compare_at_us"], v["ledger_at_us"])
    }' "$dir/commits-state" "$dir/commits-own" "$dir/beside"
alone=$(divide "$(median ledger:_wall_a_contract < "$dir/figures-$n")" 1 %.9f)
beside=$(awk -v n="$n" '$1 == "ledger_s" { print $2 / n }' "$dir/beside")
echo "  writing the ledger: $(divide 1 "$alone" %.0f) contracts/s; with the two processes beside it $(divide "$alone" "$beside") of that"
