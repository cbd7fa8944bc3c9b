"""How long a check of one story takes from nothing, beside the start of pint.

    python tests/benchmarks/cold_start.py [--runs N] [FILE ...]

A fact-checker on deadline waits for the whole process, so the whole process is measured: ``figurecheck check`` on
the copy, and ``python -c "import pint; pint.UnitRegistry()"``, which any tool that converted with pint at check time
would have to start with. The two run in turn, so that a slow minute of the machine slows both. Both have their
byte code and figurecheck its index of the reference tables from a first run that is not counted.
"""

# ruff: noqa: T201
from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHECK = "import sys; from flows.cli import main; sys.argv[0] = 'figurecheck'; main()"
PINT = "import pint; pint.UnitRegistry()"
FLAGS_OR_NONE = (0, 1)


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """The seconds of the processor and of the clock that a command takes."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False)
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in FLAGS_OR_NONE:
        raise SystemExit(done.stderr.decode())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, default=[ROOT / "docs" / "example-inbox"])
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    files = [str(path.resolve()) for path in arguments.files]
    commands = {
        "figurecheck check": [sys.executable, "-c", CHECK, "check", "--date", "2022-09-13", *files],
        "import pint; pint.UnitRegistry()": [sys.executable, "-c", PINT],
    }
    with tempfile.TemporaryDirectory() as byte_code:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = byte_code
        for command in commands.values():
            run(command, environment)
        taken = {name: [] for name in commands}
        for _ in range(arguments.runs):
            for name, command in commands.items():
                taken[name].append(run(command, environment))
    print(f"{arguments.runs} runs of each in turn, seconds: processor (least, median, most), clock (median)")
    for name, runs in taken.items():
        cpu, wall = [each[0] for each in runs], [each[1] for each in runs]
        print(f"{name:34} {min(cpu):.3f} {statistics.median(cpu):.3f} {max(cpu):.3f}   {statistics.median(wall):.3f}")
    pairs = list(zip(*taken.values(), strict=True))
    for position, name in enumerate(("processor", "clock")):
        ratio = statistics.median(ours[position] / pints[position] for ours, pints in pairs)
        print(f"figurecheck / pint, {name}: {ratio:.2f} (median of the pairs)")


if __name__ == "__main__":
    main()
