"""One process, timed: wall-clock seconds and peak memory.

The peak that Linux tells of a process is not below what its parent held when it began: who calls
this must stay small, and imports neither DuckDB nor Polars.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


class Failed(Exception):
    """A program ended with an error."""


def run(command, folder=None):
    """Wall-clock seconds and peak kilobytes of one process."""
    # To a file, not a pipe: nothing here takes part while the process runs.
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            text = output.read().decode(errors="replace")[-2000:]
            raise Failed(f"{' '.join(command)} ended with {process.returncode}\n{text}")
    return seconds, usage.ru_maxrss


def script(name, *arguments):
    """One run of a script of this folder, whose last argument is its file of times."""
    seconds, peak = run([sys.executable, os.path.join(HERE, f"{name}.py"), *arguments])
    with open(arguments[-1], encoding="utf-8") as file:
        return seconds, peak, json.load(file)["seconds"]
