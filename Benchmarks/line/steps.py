"""What both engines' scripts share: named steps whose times are on disk as soon as they end, the
queries that `lien sql` wrote, the answers as CSV."""

import csv
import json
import os
import time

QUESTIONS = {
    "q01": ["q01-attendances", "q01-participants", "q01-sessions"],
    "q02": ["q02-participants-age"],
    "q03": ["q03-share-6"],
    "q04": ["q04-retention"],
    "q05": ["q05-gini"],
    "q06": ["q06-blau"],
    "q07": ["q07-pairs", "q07-pairs-3"],
    "q08": ["q08-led", "q08-cost"],
    "q09": ["q09-items"],
    "q10": ["q10-median"],
}


class Run:
    """Times named steps. The file of times is written anew when a step begins and when it ends, so
    that who ends the process knows what it was at."""

    def __init__(self, times):
        self.path = times
        self.times = {}
        self.now = None

    def step(self, name, function):
        self.now = name
        self.write()
        start = time.perf_counter()
        result = function()
        self.times[name] = self.times.get(name, 0) + time.perf_counter() - start
        self.now = None
        self.write()
        return result

    def write(self):
        with open(self.path + ".new", "w", encoding="utf-8") as file:
            json.dump({"seconds": self.times, "now": self.now}, file, indent=1)
        os.replace(self.path + ".new", self.path)


def questions(left_out):
    """The questions in their order, without some (`q07,q10`)."""
    out = set(left_out.split(","))
    return {name: ids for name, ids in QUESTIONS.items() if name not in out}


def query(folder, name):
    with open(os.path.join(folder, f"{name}.sql"), encoding="utf-8") as file:
        return file.read()


def keep(answers, name, header, rows):
    """The answer of one definition, in the form of `lien compute --format csv`."""
    header = list(header)
    if "indicator" not in header:
        value = header.index("value")
        rows = ([name, *row, "N" if row[value] in (None, "") else "V"] for row in rows)
        header = ["indicator", *header, "status"]
    write(answers, name, header, rows)


def write(answers, name, header, rows):
    with open(os.path.join(answers, f"{name}.csv"), "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)

