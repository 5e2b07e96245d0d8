"""Runs a program with its log on stderr, and takes its figures at each line of the log.

phases.py [--until LINE] LOG COMMAND... -> lines of NAME VALUE for each phase that ends
with a line of the log: PHASE_s, PHASE_cpu_s, PHASE_peak_kib, and PHASE_at_us, its end by
the wall clock. What comes after the last line is `end`. --until: the program is killed
once that line was seen. Needs Linux.
"""

import os
import re
import signal
import subprocess
import sys
import time

PHASES = {
    "imported": "import",
    "compared with what was sent before": "compare",
    "written down": "ledger",
    "nothing left to send, or stopped": "sending",
    "reported": "report",
}

arguments = sys.argv[1:]
until = None
if arguments[0] == "--until":
    until, arguments = arguments[1], arguments[2:]
said, command = open(arguments[0], "w"), arguments[1:]


def peak():
    """The most memory since the last call, in KiB."""
    with open(f"/proc/{child.pid}/status") as status:
        found = re.search(r"VmHWM:\s+(\d+)", status.read())
    with open(f"/proc/{child.pid}/clear_refs", "w") as refs:
        refs.write("5")
    return int(found[1])


def tell(phase, at, cpu, kib):
    print(f"{phase}_s {at - last[0]:.6f}\n{phase}_cpu_s {cpu - last[1]:.6f}\n{phase}_peak_kib {kib}\n{phase}_at_us {at * 1e6:.0f}")
    peaks.append(kib)
    last[:] = at, cpu


last, peaks = [time.time(), 0.0], []
begin = last[0]
child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
# The kernel's CPU clock of another process: see clock_getcpuclockid(3).
clock = (~child.pid << 3) | 2
for line in child.stderr:
    at, cpu = time.time(), time.clock_gettime(clock)
    said.write(line)
    phase = next((phase for text, phase in PHASES.items() if line.rstrip().endswith("DEBUG " + text)), None)
    if phase:
        tell(phase, at, cpu, peak())
        if until and line.rstrip().endswith(until):
            child.send_signal(signal.SIGKILL)
_, status, usage = os.wait4(child.pid, 0)
code = os.waitstatus_to_exitcode(status)
tell("end", time.time(), usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
print(f"run_s {time.time() - begin:.6f}\nrun_peak_kib {max(peaks)}")
if code != (-signal.SIGKILL if until else 0):
    sys.exit(f"exit code {code}, see what it said:\n" + "".join(open(arguments[0]).readlines()[-20:]))
