"""Starts the demo as a newcomer does, waits for the first card on its page and ends it: `make try-demo`.

Not a pytest module: it runs where nothing but requirements.txt is installed, so it needs the standard library alone.
"""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PATIENCE = 60.0  # seconds, on a machine with other work
ROOT = Path(__file__).parent.parent


def main() -> None:
    """Ends with a sentence and exit code 1 when the card does not come or the demo does not end as it should."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    page = f"http://127.0.0.1:{port}/"
    demo = subprocess.Popen([sys.executable, "bot.py", "demo", "--port", str(port)], cwd=ROOT)
    try:
        began = time.monotonic()
        while "Claim" not in _read(page):
            if demo.poll() is not None:
                sys.exit(f"The demo ended by itself, with exit code {demo.returncode}.")
            if time.monotonic() - began > PATIENCE:
                sys.exit(f"No card stood on {page} within {PATIENCE:.0f} seconds.")
            time.sleep(0.1)
        demo.send_signal(signal.SIGINT)
        if demo.wait(PATIENCE) != 0:
            sys.exit(f"Ctrl+C ended the demo with exit code {demo.returncode}.")
    finally:
        demo.kill()
        demo.wait()


def _read(page: str) -> str:
    try:
        with urllib.request.urlopen(page, timeout=5) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


if __name__ == "__main__":
    main()
