#!/usr/bin/env python3
"""Makes the outputs and the pictures of the READMEs anew, by running the commands that stand there.

Usage: python3 docs/outputs.py [PROGRAM]    (default: target/release/flowbatch, which is built)
The commands of each README run one after the other in a folder of their own, against a stand-in of
their own. The pictures need Chromium, LibreOffice and pdftoppm (poppler-utils); where one of them is missing the pictures stay as they are.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
READMES = {"README.zh-CN.md": "zh", "README.md": "en"}
PICTURES = ROOT / "docs/pictures"
BLOCK = re.compile(r"(<!-- output: (.*?) -->\n```text\n).*?(```)", re.S)
# Lines beyond these add nothing for a reader.
MOST_LINES = 40
# Commands that are shown without an account, or before there is one.
WITHOUT_KEYS = ("check", "template", "init")
# What a person's screen shows.
WIDTH, HEIGHT = 1366, 768


def main():
    if len(sys.argv) > 1:
        program = pathlib.Path(sys.argv[1]).resolve()
    else:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
        program = ROOT / "target/release/flowbatch"
    for name, lang in READMES.items():
        with tempfile.TemporaryDirectory() as home:
            walk_through(program, ROOT / name, lang, pathlib.Path(home))


def walk_through(program, readme, lang, home):
    work = home / "work"
    work.mkdir(mode=0o700)
    shutil.copytree(ROOT / "samples", work / "samples")
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "FLOWBATCH_LANG": lang, "TZ": "Asia/Shanghai"}
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
        readme.write_text(BLOCK.sub(lambda block: output(block, program, work, environment, live), readme.read_text()))
        take_pictures(work, lang)
    finally:
        stand_in.terminate()
        stand_in.wait()


def output(block, program, work, environment, live):
    command = block[2].split()
    # The template is empty; what is sent is the sample.
    if command[1] == "run" and command[2] == "contracts.xlsx":
        shutil.copy(work / "samples/contracts.xlsx", work / "contracts.xlsx")
    rehearsal = "--sandbox" in command or command[1] in WITHOUT_KEYS
    ran = subprocess.run(
        [program, *command[1:]],
        cwd=work,
        env=environment if rehearsal else environment | live,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert ran.returncode in ((0, 2) if command[1] == "doctor" else (0, 3)), (command, ran.returncode, ran.stdout)
    text = ran.stdout.replace(str(work.parent), "~")
    lines = [line.rstrip() for line in text.splitlines() if "config.toml" not in line[:20]]
    if len(lines) > MOST_LINES:
        lines = lines[: MOST_LINES - 12] + ["  …"] + lines[-11:]
    return block[1] + "\n".join(lines) + "\n" + block[3]


def take_pictures(work, lang):
    tools = ("chromium", "soffice", "pdftoppm")
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        print(f"no pictures: {', '.join(missing)} not found", file=sys.stderr)
        return
    PICTURES.mkdir(exist_ok=True)
    run = lambda *words: subprocess.run(words, cwd=work, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    page = work / "contracts.report.html"
    window = f"--window-size={WIDTH},{HEIGHT}"
    run("chromium", "--headless", "--no-sandbox", "--hide-scrollbars", window, f"--screenshot={PICTURES}/page.{lang}.png", page.as_uri())
    run("soffice", "--headless", "--convert-to", "pdf", "contracts.report.xlsx")
    # Of the rows' sheet, which a print makes small, the part that a screen shows first.
    for number, name, part in [
        ("1", "first-sheet", ("-r", "110", "-x", "60", "-y", "60", "-W", "1120", "-H", "520")),
        ("2", "rows", ("-r", "440", "-x", "290", "-y", "300", "-W", str(WIDTH), "-H", "420")),
    ]:
        run("pdftoppm", *part, "-f", number, "-l", number, "-png", "-singlefile", "contracts.report.pdf", f"{PICTURES}/{name}.{lang}")


main()
