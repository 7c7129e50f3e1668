"""Measures lien, DuckDB and Polars side by side and prints ratios.

    measure.py FOLDER WORK [--runs N] [--lien PROGRAM] [--questions PROGRAM]

The ratios are those of `lien` as a library in one warm process (PROGRAM `lien-questions`); the
column `commands` is the command line: an import into the store, then a cold process a question.
FOLDER holds the workload, WORK takes answers and results. Every round runs each program once, in
turn, so that what else happens on the machine falls on all of them.
"""

import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

import compare

HERE = os.path.dirname(os.path.abspath(__file__))

# The tables in the order of their links.
TABLES = ["residence", "resident", "activity", "attendance", "response"]

# Question, definitions, cuts.
QUESTIONS = [
    ("q01", ["q01-attendances", "q01-participants", "q01-sessions"], []),
    ("q02", ["q02-participants-age"], ["age_band15"]),
    ("q03", ["q03-share-6"], []),
    ("q04", ["q04-retention"], []),
    ("q05", ["q05-gini"], []),
    ("q06", ["q06-blau"], []),
    ("q07", ["q07-pairs", "q07-pairs-3"], []),
    ("q08", ["q08-led", "q08-cost"], ["theme"]),
    ("q09", ["q09-items"], ["item", "wave"]),
    ("q10", ["q10-median"], []),
]


class Failed(Exception):
    """A program ended with an error."""


def run(command):
    """Wall-clock seconds and peak kilobytes of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        text = output.decode(errors="replace")[-2000:]
        raise Failed(f"{' '.join(command)} ended with {process.returncode}\n{text}")
    return seconds, usage.ru_maxrss


def years(folder):
    """The first and the last year of the workload, from its sessions."""
    with open(os.path.join(folder, "activity.csv"), encoding="utf-8") as file:
        dates = [row["date"][:4] for row in csv.DictReader(file)]
    return min(dates), max(dates)


def peer(name, folder, work):
    """One run of a peer: seconds of each step, and of the whole process; peak kilobytes."""
    answers, times = (os.path.join(work, f"{name}.{end}") for end in ("csv", "json"))
    script = os.path.join(HERE, f"questions_{name}.py")
    seconds, peak = run([sys.executable, script, folder, answers, times])
    with open(times, encoding="utf-8") as file:
        steps = json.load(file)["seconds"]
    measures = {step: value for step, value in steps.items() if step[0] == "q" and len(step) == 3}
    measures |= {"read": steps["read"], "questions": steps["questions"]}
    return measures | {"whole": seconds, "peak": peak / 1024}


def warm(program, folder, work):
    """One run of lien's own questions in one process, as the peers are asked theirs."""
    answers, times = (os.path.join(work, f"warm.{end}") for end in ("csv", "json"))
    definitions = os.path.join(HERE, "..", "..", "indicators")
    seconds, peak = run([program, folder, answers, times, "--definitions", definitions])
    with open(times, encoding="utf-8") as file:
        steps = json.load(file)["seconds"]
    measures = {step: value for step, value in steps.items() if step[0] == "q" and len(step) == 3}
    measures |= {"read": steps["read"], "questions": steps["questions"]}
    return measures | {"whole": seconds, "peak": peak / 1024}


def lien(program, folder, work, span):
    """One run of lien: import into a fresh project, then each question in a process of its own.

    Its questions therefore include start and loading, which the peers' do not.
    """
    project, answers = os.path.join(work, "project"), os.path.join(work, "lien")
    for path in (project, answers):
        shutil.rmtree(path, ignore_errors=True)
    os.makedirs(answers)
    run([program, "init", project])
    common = ["--project", project, "--quiet"]
    measures, peaks = {"read": 0.0, "questions": 0.0}, []
    for table in TABLES:
        file = os.path.join(folder, f"{table}.csv")
        seconds, peak = run([program, "import", file, "--table", table, *common])
        measures["read"] += seconds
        peaks.append(peak)
    for question, ids, cuts in QUESTIONS:
        out = os.path.join(answers, f"{question}.csv")
        words = [*ids, "--period", "..".join(span), "--by", ",".join(["year", *cuts])]
        seconds, peak = run([program, "compute", *words, "--format", "csv", "--out", out, *common])
        measures[question] = seconds
        measures["questions"] += seconds
        peaks.append(peak)
    measures["whole"] = measures["read"] + measures["questions"]
    measures["peak"] = max(peaks) / 1024
    return measures


def machine():
    """One line on where this ran."""
    import duckdb
    import polars

    model = "unknown processor"
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next(l.split(":", 1)[1].strip() for l in file if l.startswith("model name"))
    except (OSError, StopIteration):
        pass
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = f"DuckDB {duckdb.__version__}, Polars {polars.__version__}"
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB; {versions}"


def ratio(ours, theirs):
    """How many times better than the better peer, round by round: min, median, max."""
    each = sorted(min(others) / mine for mine, others in zip(ours, zip(*theirs)))
    return each[0], statistics.median(each), each[-1]


def table(results, work):
    """Prints medians and ratios, and writes them as CSV."""
    names = list(results)
    peers = [name for name in names if name not in ("lien", "commands")]
    rows = []
    for measure in ["read", *(q for q, _, _ in QUESTIONS), "questions", "whole", "peak"]:
        values = {name: [run[measure] for run in results[name]] for name in names}
        row = {"measure": measure, "unit": "MiB" if measure == "peak" else "s"}
        row |= {name: statistics.median(values[name]) for name in names}
        if "lien" in values:
            found = ratio(values["lien"], [values[p] for p in peers])
            row |= dict(zip(("ratio_min", "ratio_median", "ratio_max"), found))
        rows.append(row)
    print("".join(f"{head:>12}" for head in ["", *names]), end="")
    print("   times better than the better peer (min to max)" if "lien" in names else "")
    for row in rows:
        print(f"{row['measure']:>12}" + "".join(f"{row[name]:12.3f}" for name in names), end="")
        if "ratio_median" in row:
            low, middle, high = row["ratio_min"], row["ratio_median"], row["ratio_max"]
            print(f"   {middle:8.2f}  ({low:.2f} to {high:.2f})", end="")
        print(f"  [{row['unit']}]")
    path = os.path.join(work, "results.csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    print(f"\n{path}")


def main():
    words = sys.argv[1:]
    options = {"--runs": "5", "--lien": "", "--questions": ""}
    for name in options:
        if name in words:
            i = words.index(name)
            options[name] = words[i + 1]
            del words[i : i + 2]
    if len(words) != 2:
        sys.exit(__doc__)
    folder, work = words
    os.makedirs(work, exist_ok=True)
    span = years(folder)
    programs = {
        "duckdb": lambda: peer("duckdb", folder, work),
        "polars": lambda: peer("polars", folder, work),
    }
    if options["--lien"]:
        programs = {"commands": lambda: lien(options["--lien"], folder, work, span)} | programs
    if options["--questions"]:
        programs = {"lien": lambda: warm(options["--questions"], folder, work)} | programs
    print(machine())
    results = {name: [] for name in programs}
    for i in range(int(options["--runs"])):
        for name, once in programs.items():
            print(f"round {i + 1}: {name}", file=sys.stderr)
            try:
                results[name].append(once())
            except Failed as failure:
                sys.exit(str(failure))
    table(results, work)
    print("\nThe same answers?")
    first = os.path.join(work, "duckdb.csv")
    differ = compare.report(first, os.path.join(work, "polars.csv"), show=20)
    for name, answers in (("lien", "warm.csv"), ("commands", "lien")):
        if name in programs:
            print(f"\n{name} against DuckDB:")
            differ += compare.report(os.path.join(work, answers), first, show=20)
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
