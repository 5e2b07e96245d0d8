#!/usr/bin/env python3
"""Makes the outputs in README.zh-CN.md anew, by running the commands that stand above them.

Usage: python3 docs/outputs.py [PROGRAM]    (default: target/release/flowbatch, which is built)
The commands run one after the other in a folder of their own, against a stand-in of their own.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
README = ROOT / "README.zh-CN.md"
BLOCK = re.compile(r"(<!-- output: (.*?) -->\n```text\n).*?(```)", re.S)
# Lines beyond these add nothing for a reader.
MOST_LINES = 40


def main():
    if len(sys.argv) > 1:
        program = pathlib.Path(sys.argv[1]).resolve()
    else:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
        program = ROOT / "target/release/flowbatch"
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        work = home / "work"
        work.mkdir(mode=0o700)
        shutil.copytree(ROOT / "samples", work / "samples")
        shutil.copy(ROOT / "config.toml", work)
        environment = {"PATH": os.environ["PATH"], "HOME": name, "FLOWBATCH_LANG": "zh", "TZ": "Asia/Shanghai"}
        stand_in = subprocess.Popen(
            [program, "sandbox", "--lang", "en"], env=environment, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            told = stand_in.stdout.readline() + stand_in.stdout.readline()
            live = dict(re.findall(r"((?:FLOWBATCH|TENCENTCLOUD)_\w+)=(\S+)", told))
            live |= {
                "FLOWBATCH_AGENT__APP_ID": "yDwApp0000000000000000000000001",
                "FLOWBATCH_AGENT__ORGANIZATION_OPEN_ID": "sandbox-organization",
                "FLOWBATCH_AGENT__OPERATOR_OPEN_ID": "renshi-01",
                "FLOWBATCH_JUMP_URL": "https://hr.example.com/done",
            }
            text = BLOCK.sub(lambda block: output(block, program, work, environment, live), README.read_text())
        finally:
            stand_in.terminate()
            stand_in.wait()
    README.write_text(text)


def output(block, program, work, environment, live):
    command = block[2].split()
    # The template is empty; what is sent is the sample.
    if command[1] == "run" and command[2] == "contracts.xlsx":
        shutil.copy(work / "samples/contracts.xlsx", work / "contracts.xlsx")
    rehearsal = "--sandbox" in command or command[1] in ("check", "template")
    ran = subprocess.run(
        [program, *command[1:]],
        cwd=work,
        env=environment if rehearsal else environment | live,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert ran.returncode in (0, 3), (command, ran.returncode, ran.stdout)
    lines = [line for line in ran.stdout.replace(str(work.parent), "~").splitlines() if "config.toml" not in line[:20]]
    if len(lines) > MOST_LINES:
        lines = lines[: MOST_LINES - 12] + ["  …"] + lines[-11:]
    return block[1] + "\n".join(lines) + "\n" + block[3]


main()
