"""One process with its children, timed, within a limit of time and one of memory.

The peak is the greatest sum, at one moment, of what each process of the tree had held at most: an
engine that runs beside the Python that starts it (Spark's Java) is counted with it.
"""

import os
import signal
import subprocess
import tempfile
import time

# Seconds between two looks at a process: short at first, so that a short one is timed well.
INTERVAL = (0.002, 0.1)


class Stopped(Exception):
    """A process that did not come to its end: why, after how long, with how much memory."""

    def __init__(self, why, seconds=0.0, peak=0.0):
        super().__init__(why)
        self.why, self.seconds, self.peak = why, seconds, peak


def run(command, seconds, mebibytes, folder=None, progress=None):
    """Wall-clock seconds and peak MiB of a process and its children.

    Ends them after `seconds`, counted anew each time the file `progress` changes, and when they
    hold more than `mebibytes` together.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=folder,
            start_new_session=True, preexec_fn=first_to_go)
        peak, since, changed = 0.0, start, stamp(progress)
        # Who is asked to stop takes along what it started.
        signal.signal(signal.SIGTERM, lambda *_: (end(process), os._exit(143)))
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            now = time.perf_counter()
            if pid:
                break
            held, most = memory(process.pid)
            peak = max(peak, most)
            if stamp(progress) != changed:
                changed, since = stamp(progress), now
            if now - since > seconds:
                end(process)
                raise Stopped(f"did not end in {seconds:.0f} s", now - start, peak)
            if held > mebibytes:
                end(process)
                raise Stopped(f"needed more than {mebibytes / 1024:.0f} GiB", now - start, peak)
            time.sleep(min(INTERVAL[1], max(INTERVAL[0], (now - start) / 50)))
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = max(peak, usage.ru_maxrss / 1024)
        if process.returncode:
            output.seek(0)
            text = output.read().decode(errors="replace")
            raise Stopped(reason(process.returncode, text), now - start, peak)
    return now - start, peak


def first_to_go():
    """Where memory runs out, this process ends, and no other of the machine."""
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("1000")


def stamp(path):
    try:
        return os.stat(path).st_mtime_ns if path else None
    except FileNotFoundError:
        return None


def end(process):
    """Ends the process and all that it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def memory(session):
    """MiB that the processes of a session hold now, and the sum of what each held at most."""
    held = most = 0
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8") as file:
                if int(file.read().rpartition(")")[2].split()[3]) != session:
                    continue
            with open(f"/proc/{entry}/status", encoding="utf-8") as file:
                lines = dict(line.split(":", 1) for line in file)
            held += int(lines["VmRSS"].split()[0])
            most += int(lines["VmHWM"].split()[0])
        except (FileNotFoundError, ProcessLookupError, KeyError, ValueError):
            continue
    return held / 1024, most / 1024


def reason(code, text):
    """In one line, why a process failed."""
    if code < 0:
        return f"was ended by signal {-code}"
    for sign in ("MEMORY_LIMIT_EXCEEDED", "OutOfMemoryError", "No space left"):
        if sign in text:
            return f"out of memory or room ({sign})"
    lines = [line for line in text.splitlines() if line.strip()]
    return f"ended with {code}: {(lines or [''])[-1][:300]}"
