"""Plants faults one at a time in a copy of the last commit, and says which test finds each: `python -m tests.mutants`.

With `--near` only the tests of the fault's own room are asked, which takes minutes instead of hours; with `--long` the
long ones too. Words choose the faults whose names hold one of them. `--of COMMIT` takes another commit's tests and code.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutants.faults import FAULTS, HOUSE, Fault

ALL_TOGETHER = (
    *("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"),
    "--ignore=tests/mutants",  # it holds that the faults' texts stand there, and would find every one
)
LONG = ("-m", "long or not long")
UNSHRUNK = "--hypothesis-profile=unshrunk"  # that it is found is enough, and the smallest example takes minutes
FIRST = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
LONGEST = 1800  # seconds; a fault that makes tests hang is found as well


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--near", action="store_true")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--of", default="HEAD", metavar="COMMIT")
    return parser.parse_args()


def copied(commit: str, to: Path) -> Path:
    """The commit's tree in that folder."""
    packed = subprocess.run(["git", "archive", commit], cwd=HOUSE, stdout=subprocess.PIPE, check=True)
    to.mkdir()
    subprocess.run(["tar", "x"], cwd=to, input=packed.stdout, check=True)
    return to


def found_by(tree: Path, tests: list[str]) -> str | None:
    """The first test that fails there, or that they do not end; None when all are green."""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-rfE", "--tb=no", UNSHRUNK, *tests]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    with tempfile.TemporaryFile("w+") as said:
        try:
            code = subprocess.run(
                command, cwd=tree, stdout=said, stderr=said, env=environment, timeout=LONGEST, check=False
            ).returncode
        except subprocess.TimeoutExpired:
            return f"(no end within {LONGEST} s)"
        said.seek(0)
        output = said.read()
    if code == 0:
        return None
    first = FIRST.search(output)
    return first[1] if first else f"(pytest ends with {code}: {output.strip().splitlines()[-1:]})"


def tests_for(fault: Fault, chosen: argparse.Namespace) -> list[str]:
    """What pytest is asked to run."""
    there = ["-n", "0", *fault.near.split()] if chosen.near else list(ALL_TOGETHER)
    return [*there, *LONG] if chosen.long else there


def main() -> None:
    chosen = arguments()
    faults = [fault for fault in FAULTS if not chosen.words or any(word in fault.name for word in chosen.words)]
    found = 0
    with tempfile.TemporaryDirectory(prefix="amends-mutants-") as folder:
        for number, fault in enumerate(faults):
            tree = copied(chosen.of, Path(folder) / str(number))
            fault.plant(tree)
            begun = time.monotonic()
            test = found_by(tree, tests_for(fault, chosen))
            found += test is not None
            print(
                f"{fault.name:48} {time.monotonic() - begun:5.0f} s  {test or 'NOT FOUND: ' + fault.breaks}", flush=True
            )
    print(f"{found} of {len(faults)} found")


if __name__ == "__main__":
    main()
