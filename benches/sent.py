"""Figures of a finished job's ledger: sent.py STATE_DIR -> lines of NAME VALUE."""

import os
import sqlite3
import sys

folder = sys.argv[1]
db = sqlite3.connect(f"file:{folder}/ledger.db?mode=ro", uri=True)
requests, first, last = db.execute("select count(*), min(intended_us), max(ended_us) from attempts").fetchone()
accepted = db.execute("select count(*) from attempts where verdict = 'accepted'").fetchone()[0]
created, contracts = db.execute("select created_us, contracts from jobs").fetchone()
if accepted * 20 < contracts:
    sys.exit(f"{accepted} of {requests} requests were accepted")
files = {name: os.path.getsize(f"{folder}/ledger.db{name}") for name in ("", "-wal") if os.path.exists(f"{folder}/ledger.db{name}")}
jobs = [entry.stat().st_size for entry in os.scandir(f"{folder}/jobs") if ".db" in entry.name]
print("requests", requests)
print("rate", requests / (last - first) * 1e6)
print("created_to_first_us", first - created)
print("first_us", first)
print("ledger_bytes", sum(files.values()))
print("job_bytes", sum(jobs))
