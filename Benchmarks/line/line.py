"""Where the line is: lien, ClickHouse and Spark on one machine, at growing sizes.

    line.py WORK LIEN QUESTIONS SCALES [--only SCALE,ENGINE[,STEP]] [--again] [--limit SECONDS]
            [--memory GIB]

WORK/scale-N/data holds the workload of each scale. At each, one after the other: lien imports the
files, answers the ten questions from its store, and exports in parts; each engine loads that export
with the load file that lien wrote, and answers the ten questions in the SQL that lien wrote, then as
an analyst writes them. Answers are compared with lien's. What is known already (WORK/line.csv)
is not measured again, without --again: the command can be stopped and goes on.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "peers"))

import store  # noqa: E402
import steps  # noqa: E402
import tree  # noqa: E402

DEFINITIONS = os.path.join(HERE, "..", "..", "indicators")
ENGINES = ["lien", "clickhouse", "spark"]
STEPS = {
    "lien": ["import", "compute", "inside", "export", "catalogue"],
    "clickhouse": ["load", "ask", "hand"],
    "spark": ["load", "ask", "hand"],
}
FIELDS = [
    "scale", "attendances", "engine", "step", "outcome", "seconds", "processor", "questions",
    "peak_mib", "bytes", "values", "differ", "each",
]
TABLES = ["residence", "resident", "activity", "attendance", "response"]


class Size:
    """One scale: its files, and what is known of it."""

    def __init__(self, options, scale):
        self.options, self.scale = options, scale
        self.work = os.path.join(os.path.abspath(options.work), f"scale-{scale}")
        self.data = os.path.join(self.work, "data")
        self.place = os.path.join(self.work, "line")
        self.project, self.parts = self.path("project"), self.path("export")
        os.makedirs(self.place, exist_ok=True)
        self._attendances = None

    def path(self, *names):
        return os.path.join(self.place, *names)

    @property
    def attendances(self):
        if self._attendances is None:
            with open(os.path.join(self.data, "attendance.csv"), "rb") as file:
                count = sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))
            self._attendances = count - 1
        return self._attendances

    def run(self, command, progress=None):
        print(f"  {' '.join(command)[:150]}", file=sys.stderr)
        options = self.options
        return tree.run(command, options.limit, options.memory * 1024, progress=progress)

    def lien(self, *words):
        return self.run([self.options.lien, *words, "--project", self.project, "--quiet"])

    # lien

    def lien_import(self):
        store.new_project(self.options.lien, self.project)
        # The questions and nothing else: no report asks for more.
        shutil.rmtree(os.path.join(self.project, "reports"), ignore_errors=True)
        os.sync()
        cost = self.lien(
            "import", *(os.path.join(self.data, f"{table}.csv") for table in TABLES))
        kept = store.size(self.project, "lien.sqlite")
        kept += store.size(self.project, os.path.join("private", "identites.sqlite"))
        return {**told(cost), "bytes": round(kept * 1e6)}

    def lien_compute(self):
        """The ten questions from the store, a cold process each."""
        answers = fresh(self.path("answers-lien"))
        each, total = {}, tree.Cost()
        for name, (ids, cuts) in zip(steps.QUESTIONS, store.QUESTIONS):
            out = os.path.join(answers, f"{name}.csv")
            cost = self.lien(
                "compute", *ids, "--period", self.period, "--by", ",".join(["year", *cuts]),
                "--format", "csv", "--out", out, "--force")
            each[name], total = cost.seconds, total + cost
        return {**told(total), "questions": total.seconds, "each": each}

    def lien_inside(self):
        """The files read and the ten questions, in one process without a store."""
        answers, times = self.path("inside.csv"), self.path("inside.json")
        cost = self.run(
            [self.options.questions, self.data, answers, times, "--definitions", DEFINITIONS])
        with open(times, encoding="utf-8") as file:
            times = json.load(file)["seconds"]
        each = {name: times[name] for name in ("read", "prepare", *steps.QUESTIONS)}
        return {
            **told(cost), "questions": times["questions"], "each": each, "compared": answers}

    def lien_catalogue(self):
        """The files read and every definition by residence and year, in one process."""
        cost = self.run([
            self.options.questions, self.data, self.path("catalogue.csv"),
            self.path("catalogue.json"), "--definitions", DEFINITIONS, "--catalogue", "all",
            "--without-draws"])
        with open(self.path("catalogue.json"), encoding="utf-8") as file:
            times = json.load(file)["seconds"]
        return {**told(cost), "questions": times["questions"], "each": {"read": times["read"]}}

    def lien_export(self):
        shutil.rmtree(self.parts, ignore_errors=True)
        cost = self.lien("export", self.parts, "--partitioned")
        return {**told(cost), "bytes": size_of(self.parts)}

    # Engines

    def engine(self, engine, step):
        kept, times = self.path(engine), self.path(f"{engine}-{step}.json")
        if step == "load":
            shutil.rmtree(kept, ignore_errors=True)
        script = os.path.join(HERE, f"engine_{engine}.py")
        # Two thirds of what the process may hold: the rest is the engine's own.
        memory = str(int(self.options.memory * 1024 * 2 / 3))
        begin = [sys.executable, script, step, times, kept, memory]
        if step == "load":
            return {**told(self.run([*begin, self.parts])), "bytes": size_of(kept)}
        answers = fresh(self.path(f"answers-{engine}-{step}"))
        after = self.queries(engine) if step == "ask" else []
        total, each, without, failed = tree.Cost(), {}, [], []
        # A question that does not end is left out, and the process begun anew with the next.
        while len(without) < len(steps.QUESTIONS):
            stopped = None
            try:
                total += self.run([*begin, answers, ",".join(without), *after], times)
            except tree.Stopped as end:
                stopped, total = end, total + end.cost
            with open(times, encoding="utf-8") as file:
                known = json.load(file)
            for name, value in known["seconds"].items():
                each[name] = each.get(name, 0) + value
            if not stopped:
                break
            if known["now"] not in steps.QUESTIONS:
                raise tree.Stopped(f"{known['now']} {stopped.why}", total)
            failed.append(f"{known['now']} {stopped.why}")
            asked = list(steps.QUESTIONS)
            without = asked[: asked.index(known["now"]) + 1]
        questions = sum(v for n, v in each.items() if n == "prepare" or n in steps.QUESTIONS)
        return {**told(total), "questions": questions, "each": each, "bytes": size_of(kept),
                "compared": answers, "outcome": "; ".join(failed) or "done"}

    def queries(self, engine):
        """The SQL of the ten questions in an engine's dialect, as `lien sql --all` writes it."""
        folder = self.path(f"sql-{engine}")
        shutil.rmtree(folder, ignore_errors=True)
        words = ["sql", "--dialect", engine, "--period", self.period, "--force"]
        self.lien(*words, "--all", "--by", "year", "--out", folder)
        queries = os.path.join(folder, "requetes")
        for name in os.listdir(queries):
            if not name.startswith("q"):
                os.remove(os.path.join(queries, name))
        # Two cuts at once are asked for by name.
        self.lien(*words, "q09-items", "--by", "year,item,wave", "--out", queries)
        return [queries, *([os.path.join(folder, "run.py")] if engine == "spark" else [])]

    @property
    def period(self):
        with open(os.path.join(self.data, "activity.csv"), encoding="utf-8") as file:
            next(file)
            dates = {line.split(",", 3)[2][:4] for line, _ in zip(file, range(100_000))}
        return "..".join((min(dates), max(dates)))

    def measure(self, engine, step):
        if engine == "lien":
            out = getattr(self, f"lien_{step}")()
        else:
            out = self.engine(engine, step)
        compared = out.pop("compared", None)
        if compared:
            out["values"], out["differ"] = same(self.path("answers-lien"), compared)
        return out


def told(cost):
    return {"seconds": cost.seconds, "processor": cost.processor, "peak_mib": cost.peak}


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def size_of(folder):
    """Bytes that all files below a folder take on disk, but for an engine's scratch."""
    total = 0
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "scratch"]
        for name in files:
            total += os.lstat(os.path.join(place, name)).st_blocks * 512
    return total


def same(ours, theirs):
    """How many values are in both, and how many differ: told by another process, since the peak of
    a process is not below what its parent held."""
    done = subprocess.run(
        [sys.executable, os.path.join(HERE, "same.py"), ours, theirs], check=True,
        capture_output=True, text=True)
    print(done.stderr, end="", file=sys.stderr)
    return json.loads(done.stdout)


class Known:
    """WORK/line.csv: a row a scale, engine and step."""

    def __init__(self, work):
        self.path = os.path.join(work, "line.csv")
        self.read()

    def read(self):
        self.rows = {}
        if os.path.exists(self.path):
            with open(self.path, newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    self.rows[int(row["scale"]), row["engine"], row["step"]] = row

    def add(self, size, engine, step, values):
        values = {"outcome": "done", **values}
        values["each"] = "; ".join(f"{n} {v:.3g}" for n, v in values.get("each", {}).items())
        row = {"scale": size.scale, "attendances": size.attendances, "engine": engine, "step": step}
        for name, value in values.items():
            row[name] = f"{value:.4g}" if isinstance(value, float) else value
        # Another run may have written in the meantime.
        self.read()
        self.rows[size.scale, engine, step] = row
        order = lambda key: (key[0], ENGINES.index(key[1]), STEPS[key[1]].index(key[2]))
        with open(self.path, "w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, FIELDS, lineterminator="\n")
            out.writeheader()
            out.writerows(self.rows[key] for key in sorted(self.rows, key=order))
        return row


def wanted(options, scale, engine, step):
    if not options.only:
        return True
    parts = options.only.split(",")
    return all(part == "" or part == str(value)
               for part, value in zip(parts, (scale, engine, step)))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work")
    parser.add_argument("lien")
    parser.add_argument("questions")
    parser.add_argument("scales", type=lambda text: [int(n) for n in text.split(",")])
    parser.add_argument("--only", default="")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--limit", type=float, default=900)
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parser.add_argument("--memory", type=float, default=int(total * 0.8))
    return parser.parse_args()


def main():
    options = arguments()
    known = Known(options.work)
    differ = 0
    engines = list(ENGINES)
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        print("Spark is left out: no Java 17 or later (scripts/setup engines)", file=sys.stderr)
        engines.remove("spark")
    for scale in options.scales:
        size = Size(options, scale)
        for engine in engines:
            for step in STEPS[engine]:
                key = (scale, engine, step)
                if not wanted(options, *key) or (key in known.rows and not options.again):
                    continue
                print(f"scale {scale}, {engine}, {step}", file=sys.stderr)
                try:
                    values = size.measure(engine, step)
                except tree.Stopped as end:
                    values = {"outcome": end.why, **told(end.cost)}
                row = known.add(size, engine, step, values)
                differ += row.get("differ") or 0
                print(", ".join(f"{name} {row[name]}" for name in FIELDS[4:] if row.get(name)))
    print(f"\n{known.path}")
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
