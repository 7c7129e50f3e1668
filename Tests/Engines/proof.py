"""The proof that engines compute what `lien` computes: on one project, every query of
`lien sql --all` on its own export, against `lien compute --all --format results`.

    proof.py LIEN PROJECT --period PERIOD [--name NAME] [--engines E,F…] [--share] [--work DIR]
    proof.py --self-check

prints a line an engine: how many indicators are equal, how many different, how many no query can
say; then each that is different, with the first cell that is. Status 1 when one is different.

What equal means. Both sides have the same rows, each once: the same indicator, version, period,
residence and labels of cuts. In each row the texts of TEXTS are the same, a number is there on both sides or
on none, counts are the same, other numbers differ by at most 1e-9·max(1, |a|). Intervals, degrees
of freedom and the reason of a missing value are not compared: one of the sides leaves them to the
reader of the rows.

Spark takes seconds a query, however few the rows. With `--share` it is asked only some
indicators, which use most operators and options of the language, each with all its cuts and
periods; the others are asked everything."""

import argparse
import concurrent.futures
import csv
import glob
import json
import os
import re
import runpy
import subprocess
import sys
import tempfile
import time

import engines

TEXTS = ["unit", "status"]
COUNTS = ["unknown", "persons", "known", "scanned", "smallest", "all", "apart"]
NUMBERS = ["value", "numerator", "denominator", "n_eff", "se", "known_share", "largest"]
LEFT_OUT = ["ci_low", "ci_high", "note", "df", "reason"]
# The longest first: they run beside each other.
ALL = ["spark", "postgresql", "clickhouse", "duckdb"]
CLOSE = 1e-9
# How many queries a share is.
MOST = 14


class Table:
    """Rows of results by indicator: of each its keys, and its cells by their names."""

    def __init__(self, columns):
        self.columns = list(columns)
        known = TEXTS + COUNTS + NUMBERS + LEFT_OUT
        absent = [c for c in known if c not in self.columns]
        assert not absent, f"no column {absent}"
        self.keys = [i for i, c in enumerate(self.columns) if c not in known]
        self.texts = [(self.columns.index(c), c) for c in TEXTS]
        self.numbers = [(self.columns.index(c), c) for c in COUNTS + NUMBERS]
        # The rows: by indicator and version, by key.
        self.rows = {}
        self.twice = {}

    def add(self, row):
        words = [row[i] or "" for i in self.keys]
        # A cut that the indicator does not have is no part of its key.
        cuts = [(self.columns[i], v) for i, v in zip(self.keys[4:], words[4:]) if v != "_na"]
        key = tuple(words[:4] + cuts)
        cells = [row[i] or "" for i, _ in self.texts]
        cells += [None if row[i] is None or row[i] == "" else float(row[i])
                  for i, _ in self.numbers]
        own = self.rows.setdefault(key[:2], {})
        if key in own:
            self.twice.setdefault(key[:2], key)
        own[key] = cells

    def names(self):
        return [c for _, c in self.texts + self.numbers]

    def place(self, key):
        """A row in words: where, and which of its cuts."""
        cuts = [f"{name}={value}" for name, value in key[4:] if value != "_total"]
        return " ".join([key[2], key[3]] + cuts)


def same(name, a, b):
    """Whether a cell says the same on both sides."""
    if a is None or b is None or name in TEXTS or name in COUNTS:
        return a == b
    return abs(a - b) <= CLOSE * max(1, abs(a))


def difference(indicator, wanted, found):
    """The first that differs in the rows of an indicator; None when nothing does."""
    if indicator in found.twice:
        return f"{found.place(found.twice[indicator])}: there twice"
    ours, theirs = wanted.rows.get(indicator, {}), found.rows.get(indicator, {})
    for key, cells in ours.items():
        if key not in theirs:
            return f"{wanted.place(key)}: no such row in the engine"
        for name, a, b in zip(wanted.names(), cells, theirs[key]):
            if not same(name, a, b):
                return f"{wanted.place(key)} {name}: {b}, not {a}"
    for key in theirs:
        if key not in ours:
            return f"{found.place(key)}: a row of the engine only"
    return None


def compared(wanted, found, left, errors, whole=True):
    """The report on an engine, of the indicators that have a query: those equal, and what is
    different. `left` are the ids of those that have none, `errors` what the engine said of files.
    Unless the whole was asked, an indicator without any row was not."""
    different, equal = dict(errors), 0
    for indicator in sorted(set(wanted.rows) | set(found.rows)):
        if indicator not in found.rows and (indicator[0] in left or not whole):
            continue
        what = difference(indicator, wanted, found)
        if what is None:
            equal += 1
        elif indicator[0] not in errors:
            different[" ".join(indicator)] = what
    rows = sum(map(len, found.rows.values()))
    return {"equal": equal, "different": different, "left": len(left), "rows": rows}


def read(path):
    """The results computed on columns."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        table = Table(next(rows))
        for row in rows:
            table.add(row)
    return table


def share(paths):
    """Some queries that together use most operators and options of the language, with few steps: each
    time the one with most new ones a step. Also how many they use, of how many."""
    uses, steps = {}, {}
    for path in paths:
        lines = engines.text(*os.path.split(path)).split("\n")
        formula = " ".join(line for line in lines[1:] if line.startswith("--"))
        uses[path] = set(re.findall(r"\b([a-z_]+)(?:\(|: )", formula))
        steps[path] = 1 + sum(line.startswith("CREATE ") for line in lines)
    all_words = set().union(*uses.values())
    left, out = set(all_words), []
    while left and len(out) < MOST:
        best = max(paths, key=lambda p: (len(uses[p] & left) / steps[p], p))
        left -= uses[best]
        out.append(best)
    return sorted(out), len(all_words) - len(left), len(all_words)


def answers(engine, loaded, driver, paths):
    """The rows of each query, or what went wrong with it."""
    if engine == "spark":
        # The program that a user of Spark runs is itself what is tried.
        program = runpy.run_path(driver)
        sessions = program["sessions"](loaded.session, loaded.frames, os.cpu_count() or 1)
        yield from program["answers"](sessions, paths)
        return
    for path in paths:
        try:
            yield path, loaded.query(engines.text(*os.path.split(path)))
        except Exception as error:
            yield path, error


def ask(engine, work, whole):
    """Asks an engine every query of its folder, on the export beside it, or of a share of them; the
    report."""
    begun = time.time()
    wanted = read(f"{work}/results.csv")
    with open(f"{work}/{engine}/sans-requete.csv", encoding="utf-8") as file:
        left = {row["indicator"] for row in csv.DictReader(file)}
    driver = glob.glob(f"{work}/{engine}/run.*")[0]
    header = re.search(r"indicator,version,[a-z0-9_,]+", engines.text(*os.path.split(driver)))
    found, errors = Table(header[0].split(",")), {}
    with engines.load(engine, f"{work}/export") as loaded:
        loading = time.time() - begun
        paths = sorted(glob.glob(f"{work}/{engine}/requetes/*.sql"))
        used = None
        if not whole:
            paths, *used = share(paths)
        for path, rows in answers(engine, loaded, driver, paths):
            for row in [] if isinstance(rows, Exception) else rows:
                found.add(row)
            if isinstance(rows, Exception) or not rows:
                name = os.path.basename(path).removesuffix(".sql")
                errors[name] = " ".join(str(rows or "no rows").split())[:400]
    report = compared(wanted, found, left, errors, whole)
    report["used"] = used
    report["loading"] = round(loading)
    report["seconds"] = round(time.time() - begun)
    return report


def run(arguments, **options):
    """Runs a program that must not fail; what it printed."""
    done = subprocess.run(arguments, capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr[-2000:]}")
    return done.stdout


def prove(lien, project, work, name, period, asked, part):
    """Proves a project on engines, beside each other, some on a share of the indicators; whether
    nothing differs."""
    environment = dict(os.environ, LIEN_PROJECT=project)
    period = ["--period", period]
    run([lien, "export", f"{work}/export", "--partitioned", "--restricted"], env=environment)
    run([lien, "compute", "--all", "--format", "results", "--restricted", "--out",
         f"{work}/results.csv"] + period, env=environment)
    there = []
    for engine in asked:
        why = engines.missing(engine)
        if why:
            print(f"{name}: {engine}: skipped, {why}", flush=True)
            continue
        there.append(engine)
        run([lien, "sql", "--all", "--restricted", "--dialect", engine, "--out",
             f"{work}/{engine}"] + period, env=environment)
    good = True

    def one(engine):
        # A process each: an engine inside Python takes the whole of it.
        return engine, subprocess.run(
            [sys.executable, os.path.abspath(__file__), "--ask", engine, "--work", work]
            + (["--share"] if engine in part else []),
            stdout=subprocess.PIPE, text=True)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for engine, done in pool.map(one, there):
            report = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None
            if report is None:
                print(f"{name}: {engine}: stopped (status {done.returncode})", flush=True)
                good = False
                continue
            print(f"{name}: {engine}: {report['equal']} equal, {len(report['different'])} different,"
                  f" {report['left']} not expressible"
                  + ("" if not report["used"] else
                     " (a share, of {} of {} operators and options)".format(*report["used"])) +
                  f"; {report['rows']} rows, {report['seconds']} s"
                  f" ({report['loading']} to load)", flush=True)
            for indicator, what in report["different"].items():
                print(f"  {indicator}: {what}", flush=True)
            good = good and not report["different"] and report["equal"] > 0
    return good


def check():
    """The proof's own proof: what is made wrong is told."""
    columns = ["indicator", "version", "period", "residence", "sex"]
    columns += TEXTS + COUNTS + NUMBERS + LEFT_OUT

    def table(*changed, drop=None, more=()):
        out = Table(columns)
        for i, residence in enumerate(["_total", "a"] + list(more)):
            if i == drop:
                continue
            row = dict.fromkeys(columns, "1") | {"indicator": "x", "residence": residence}
            row |= {name: value for at, name, value in changed if at == i}
            out.add([row[c] for c in columns])
        return out

    def told(found):
        return list(compared(table(), found, {"y"}, {})["different"].values())

    assert told(table()) == []
    assert told(table((1, "value", 1 + 1e-10))) == []
    assert told(table((1, "value", 1 + 1e-8))) == ["1 a sex=1 value: 1.00000001, not 1.0"]
    for name in COUNTS + NUMBERS:
        assert told(table((0, name, 2.0))), name
        assert told(table((0, name, None))), name
    for name in TEXTS:
        assert told(table((0, name, "?"))), name
    for name in LEFT_OUT:
        assert not told(table((0, name, "?"))), name
    assert told(table(drop=1)) == ["1 a sex=1: no such row in the engine"]
    assert told(table(more=["b"])) == ["1 b sex=1: a row of the engine only"]
    assert told(table(more=["a"])) == ["1 a sex=1: there twice"]
    assert told(table((1, "version", "2"))), "another version"
    assert told(Table(columns)), "no rows"
    assert compared(table(), Table(columns), {"x"}, {})["different"] == {}, "not expressible"
    assert compared(table(), Table(columns), set(), {}, whole=False)["different"] == {}, "a share"
    assert compared(table(), Table(columns), set(), {"x": "error"})["different"] == {"x": "error"}


def main():
    words = argparse.ArgumentParser(usage=__doc__)
    words.add_argument("lien", nargs="?")
    words.add_argument("project", nargs="?")
    words.add_argument("--name", default="project")
    words.add_argument("--period")
    words.add_argument("--engines", default=",".join(ALL))
    words.add_argument("--work")
    words.add_argument("--ask")
    words.add_argument("--share", action="store_true")
    words.add_argument("--self-check", action="store_true")
    asked = words.parse_args()
    if asked.self_check:
        check()
        return 0
    if asked.ask:
        print(json.dumps(ask(asked.ask, asked.work, not asked.share)))
        return 0
    with tempfile.TemporaryDirectory(prefix="lien-proof-") as place:
        work = os.path.abspath(asked.work or place)
        os.makedirs(work, exist_ok=True)
        wanted = [e for e in ALL + ["sqlite"] if e in asked.engines.split(",")]
        good = prove(asked.lien, asked.project, work, asked.name, asked.period, wanted,
                     ["spark"] if asked.share else [])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
