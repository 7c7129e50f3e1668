"""Measures lien, DuckDB and Polars side by side and prints ratios.

    measure.py FOLDER WORK [--scale N] [--runs N] [--only ROWS]
               [--lien PROGRAM] [--questions PROGRAM]

FOLDER holds the workload, WORK takes answers and results. Every round runs each program once, in
turn, so that what else happens on the machine falls on all of them. ROWS are names of the rows of
`targets.py`, separated by commas; what shares a process with them is measured as well.
"""

import argparse
import csv
import os
import shutil
import sys

import compare
import machine
import questions
import startup
import store
import targets
from process import Failed
from results import Results

FROM_QUESTIONS = {"read", "questions", "whole", "peak", *questions.QUESTIONS}
FROM_CATALOGUE = {"catalogue", "draws", "catalogue-asked", "catalogue-values"}
FROM_STORE = {"import", "bytes", "provenance", "compute", "compute-inside", "dashboard"}
FROM_START = {"version", "small"}
FROM_CORES = {"cores-read", "cores-questions"}


def years(folder):
    """The first and the last year of the workload, from its sessions."""
    with open(os.path.join(folder, "activity.csv"), encoding="utf-8") as file:
        found = {row["date"][:4] for row in csv.DictReader(file)}
    return min(found), max(found)


def ask(options, results):
    """Reading and questions, in one process each."""
    each = {}
    if options.questions:
        each["lien"] = questions.lien(options.questions, options.folder, options.work)
    for name in ("duckdb", "polars"):
        each[name] = questions.peer(name, options.folder, options.work)
    for measure in next(iter(each.values())):
        results.add(measure, **{name: values[measure] for name, values in each.items()})
    return each["polars"]["whole"]


def catalogue(options, results, polars):
    """The whole catalogue in one process, beside what Polars took in the same round."""
    if polars is None:
        polars = questions.peer("polars", options.folder, options.work)["whole"]
    for measure, draws in (("catalogue", False), ("draws", True)):
        seconds, asked, answered = questions.catalogue(
            options.questions, options.folder, options.work, draws)
        results.add(measure, lien=seconds, polars=polars)
    results.add("catalogue-asked", lien=asked)
    results.add("catalogue-values", lien=answered)


def keep(options, results, kept, polars):
    """The store: import, size, one cold question, the dashboard."""
    ours = kept.bring_in()
    seconds, size = store.duckdb_import(options.folder, options.work)
    results.add("import", **{"lien": ours["import"], "duckdb": seconds})
    written = store.parquet(options.folder, options.work)
    results.add("bytes", **{"lien": ours["bytes"], "polars": written})
    results.add("provenance", lien=ours["provenance"])
    mine = kept.one_question()
    whole, inside = store.duckdb_question(options.work)
    results.add("compute", lien=mine, duckdb=whole)
    results.add("compute-inside", lien=mine, duckdb=inside)
    # On more than eight residences the report has more pages to make than the questions have.
    if options.scale == 1:
        report = os.path.join(options.work, "dashboard")
        if polars is None:
            polars = questions.peer("polars", options.folder, options.work)["whole"]
        results.add("dashboard", lien=kept.dashboard(report), polars=polars)


def cores(options, results):
    """lien on one core and on two, the best of five."""
    best = {}
    for name, list_of_cores in (("one", "0"), ("lien", "0,1")):
        before = ["taskset", "-c", list_of_cores]
        runs = [
            questions.lien(options.questions, options.folder, options.work, before)
            for _ in range(5)
        ]
        best[name] = {m: min(run[m] for run in runs) for m in ("read", "questions")}
    for measure in ("read", "questions"):
        results.add(f"cores-{measure}", **{name: each[measure] for name, each in best.items()})


def same_answers(options, asked, kept):
    """How many answers differ, of all programs that were run."""
    path = lambda name: os.path.join(options.work, name)
    pairs = []
    if asked:
        pairs.append(("Polars and DuckDB", path("duckdb.csv"), path("polars.csv")))
        if options.questions:
            pairs.append(("lien and DuckDB", path("lien.csv"), path("duckdb.csv")))
    if kept:
        pairs.append(
            ("one question: lien’s store and DuckDB’s file",
             os.path.join(kept.answers, "0.csv"), path("one.csv")))
    differ = 0
    for title, first, second in pairs:
        print(f"\nThe same answers? {title}")
        differ += compare.report(first, second, show=20)
    if kept and asked:
        print("\nThe same answers? lien’s store, a cold process a question, and DuckDB")
        seconds = kept.all_questions()
        print("seconds:", " ".join(f"{each:.3f}" for each in seconds))
        differ += compare.report(kept.answers, path("duckdb.csv"), show=20)
    return differ


def measure(options, results):
    wanted = lambda names: not options.only or options.only & names
    asks = bool(wanted(FROM_QUESTIONS))
    kept = None
    if options.lien and wanted(FROM_STORE):
        kept = store.Store(options.lien, options.folder, options.work, years(options.folder))
    small = None
    if options.lien and wanted(FROM_START):
        small = startup.Small(options.lien, options.work)
    for i in range(options.runs):
        print(f"round {i + 1} of {options.runs}", file=sys.stderr)
        polars = ask(options, results) if asks else None
        # The target is of scale 1.
        if options.questions and options.scale == 1 and wanted(FROM_CATALOGUE):
            catalogue(options, results, polars)
        if kept:
            keep(options, results, kept, polars)
        if small:
            results.add("version", **startup.version(options.lien))
            results.add("small", **small.ask())
    if options.questions and wanted(FROM_CORES) and shutil.which("taskset"):
        cores(options, results)
    return asks, kept


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("work")
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--lien")
    parser.add_argument("--questions")
    options = parser.parse_args()
    options.only = {name for name in options.only.split(",") if name}
    unknown = options.only - {row.measure for row in targets.ROWS}
    if unknown:
        names = ", ".join(row.measure for row in targets.ROWS)
        sys.exit(f"no such row: {', '.join(sorted(unknown))}\nrows: {names}")
    return options


def main():
    options = arguments()
    os.makedirs(options.work, exist_ok=True)
    results = Results(options.scale)
    print(machine.line())
    try:
        asks, kept = measure(options, results)
        results.show()
        print(f"\n{results.write(options.work)}")
        sys.exit(1 if same_answers(options, asks, kept) else 0)
    except Failed as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
