"""One process with its children, timed, within a limit of time and one of memory.

Beside the seconds of the clock stand those of the processors, which say what the work took where
the machine has other work. The peak is the greatest sum, at one moment, of what each process of the tree had held at most: an
engine that runs beside the Python that starts it (Spark's Java) is counted with it.
"""

import dataclasses
import os
import signal
import subprocess
import tempfile
import time

# Seconds between two looks at a process: short at first, so that a short one is timed well.
INTERVAL = (0.002, 0.1)


@dataclasses.dataclass
class Cost:
    """What a process and its children took: seconds of the clock, of the processors, peak MiB."""

    seconds: float = 0.0
    processor: float = 0.0
    peak: float = 0.0

    def __add__(self, other):
        return Cost(self.seconds + other.seconds, self.processor + other.processor,
                    max(self.peak, other.peak))


class Stopped(Exception):
    """A process that did not come to its end: why, and what it had taken."""

    def __init__(self, why, cost):
        super().__init__(why)
        self.why, self.cost = why, cost


def run(command, seconds, mebibytes, folder=None, progress=None):
    """The cost of a process and its children.

    Ends them after `seconds`, counted anew each time the file `progress` changes, and when they
    hold more than `mebibytes` together.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=folder,
            start_new_session=True, preexec_fn=first_to_go)
        since, changed = start, stamp(progress)
        watched = Watched(process.pid)
        # Who is asked to stop takes along what it started.
        signal.signal(signal.SIGTERM, lambda *_: (end(process), os._exit(143)))
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            now = time.perf_counter()
            if pid:
                break
            watched.look()
            if stamp(progress) != changed:
                changed, since = stamp(progress), now
            why = None
            if now - since > seconds:
                why = f"did not end in {seconds:.0f} s"
            elif watched.held > mebibytes:
                why = f"needed more than {mebibytes / 1024:.0f} GiB"
            if why:
                end(process)
                raise Stopped(why, Cost(now - start, watched.processor, watched.peak))
            time.sleep(min(INTERVAL[1], max(INTERVAL[0], (now - start) / 50)))
        process.returncode = os.waitstatus_to_exitcode(status)
        cost = Cost(
            now - start, max(watched.processor, usage.ru_utime + usage.ru_stime),
            max(watched.peak, usage.ru_maxrss / 1024))
        if process.returncode:
            output.seek(0)
            text = output.read().decode(errors="replace")
            raise Stopped(reason(process.returncode, text), cost)
    return cost


class Watched:
    """The processes of a session: what they hold now, held at most together, and have computed."""

    TICKS = os.sysconf("SC_CLK_TCK")

    def __init__(self, session):
        self.session, self.held, self.peak, self.times = session, 0.0, 0.0, {}

    @property
    def processor(self):
        return sum(self.times.values())

    def look(self):
        held = most = 0
        for entry in os.listdir("/proc"):
            if not entry.isdigit():
                continue
            try:
                with open(f"/proc/{entry}/stat", encoding="utf-8") as file:
                    fields = file.read().rpartition(")")[2].split()
                if int(fields[3]) != self.session:
                    continue
                self.times[entry] = (int(fields[11]) + int(fields[12])) / self.TICKS
                with open(f"/proc/{entry}/status", encoding="utf-8") as file:
                    lines = dict(line.split(":", 1) for line in file)
                held += int(lines["VmRSS"].split()[0])
                most += int(lines["VmHWM"].split()[0])
            except (FileNotFoundError, ProcessLookupError, KeyError, ValueError):
                continue
        self.held, self.peak = held / 1024, max(self.peak, most / 1024)


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


def reason(code, text):
    """In one line, why a process failed."""
    if code < 0:
        return f"was ended by signal {-code}"
    for sign in ("MEMORY_LIMIT_EXCEEDED", "OutOfMemoryError", "No space left"):
        if sign in text:
            return f"out of memory or room ({sign})"
    lines = [line for line in text.splitlines() if line.strip()]
    return f"ended with {code}: {(lines or [''])[-1][:300]}"
