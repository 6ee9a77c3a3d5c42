"""A process of its own that starts a private server, says so in a line of JSON, and stops it when its input ends.

Run as `python holder.py FOLDER`.
"""

import json
import os
import sys
from pathlib import Path

from bot.workshop.database.private import PrivateServer

if __name__ == "__main__":
    with PrivateServer.start(Path(sys.argv[1]), fast="--fast" in sys.argv) as server:
        facts = {"pid": server.pid, "is_ours": server.is_ours, "user_id": os.geteuid(), "socket": str(server.socket)}
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
