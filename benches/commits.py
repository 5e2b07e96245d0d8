"""A second process on the ledger: commits.py LEDGER OUT -> until it is ended, a commit
every 5 ms, each written to OUT: when it was wanted (Unix time, us), how long it took (us).
"""

import os
import signal
import sqlite3
import sys
import time

db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
db.execute("pragma journal_mode=wal")
db.execute("pragma synchronous=full")
# As flowbatch itself has it: its own thread writes the log back.
db.execute("pragma wal_autocheckpoint=0")
ended = []
signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
mark = f"bench-{os.getpid()}-"


def patiently(sql, values=()):
    # SQLite's own waits grow to 100 ms; flowbatch's are of 1 ms.
    while True:
        try:
            return db.execute(sql, values)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.001)


with open(sys.argv[2], "w") as out:
    while not ended:
        wanted, start = time.time(), time.monotonic()
        patiently("begin immediate")
        db.execute("insert into written (path, digest) values (?, ?)", (mark + os.urandom(16).hex(), os.urandom(32)))
        patiently("commit")
        out.write(f"{wanted * 1e6:.0f} {(time.monotonic() - start) * 1e6:.0f}\n")
        time.sleep(0.005)
patiently("delete from written where path glob ?", (mark + "*",))
