"""What both peers share: clocks, peak memory, the tidy CSV of answers."""

import csv
import json
import resource
import sys
import time

STARTED = time.perf_counter()


class Run:
    """Times named steps and writes answers and times out."""

    def __init__(self, peer):
        self.peer = peer
        self.times = {}
        self.rows = []

    def step(self, name, function):
        """Runs a step and keeps its time; a step of questions returns {question: rows}."""
        start = time.perf_counter()
        result = function()
        self.times[name] = time.perf_counter() - start
        return result

    def answer(self, question, rows):
        """Keeps rows of (year, residence, cuts…, value)."""
        for year, residence, *cuts, value in rows:
            cuts = ["_unknown" if cut is None else str(cut) for cut in cuts]
            cuts += [""] * (2 - len(cuts))
            self.rows.append(
                (question, str(year), residence, *cuts, "" if value is None else repr(float(value)))
            )

    def finish(self, answers, times):
        """Writes the answers as CSV, and the times."""
        start = time.perf_counter()
        with open(answers, "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["question", "period", "residence", "cut1", "cut2", "value"])
            out.writerows(sorted(self.rows))
        self.times["write"] = time.perf_counter() - start
        self.times["questions"] = sum(
            seconds for step, seconds in self.times.items() if step[0] == "q" or step == "prepare"
        )
        self.report(times)

    def report(self, times):
        """Writes the times (seconds) and the peak memory (kilobytes) as JSON."""
        self.times["inside"] = time.perf_counter() - STARTED
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        report = {"peer": self.peer, "seconds": self.times, "peak_kb": peak}
        with open(times, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)


def arguments():
    """FOLDER ANSWERS.csv TIMES.json"""
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} FOLDER ANSWERS.csv TIMES.json")
    return sys.argv[1:]
