"""lien's store beside a DuckDB file: import, one cold question, size; the dashboard."""

import os
import shutil

from process import run, script

# In the order of their links. The peers need no list of residences.
TABLES = ["residence", "resident", "activity", "attendance", "response"]

# Question, definitions, cuts: asked of the store once, to check its answers.
QUESTIONS = [
    (["q01-attendances", "q01-participants", "q01-sessions"], []),
    (["q02-participants-age"], ["age_band15"]),
    (["q03-share-6"], []),
    (["q04-retention"], []),
    (["q05-gini"], []),
    (["q06-blau"], []),
    (["q07-pairs", "q07-pairs-3"], []),
    (["q08-led", "q08-cost"], ["theme"]),
    (["q09-items"], ["item", "wave"]),
    (["q10-median"], []),
]


class Store:
    """A project that is made anew for every import."""

    def __init__(self, program, folder, work, years):
        self.program, self.folder, self.years = program, folder, years
        self.project = os.path.join(work, "project")
        self.answers = os.path.join(work, "store-answers")

    def lien(self, *words):
        return run([self.program, *words, "--project", self.project, "--quiet"])[0]

    def bring_in(self):
        """All files in one process, from its start to its exit; sizes in MB."""
        new_project(self.program, self.project)
        os.sync()
        files = [os.path.join(self.folder, f"{table}.csv") for table in TABLES]
        seconds = self.lien("import", *files)
        return {
            "import": seconds,
            "bytes": size(self.project, "lien.sqlite"),
            "provenance": size(self.project, os.path.join("private", "identites.sqlite")),
        }

    def compute(self, ids, cuts, out):
        by = ",".join(["year", *cuts])
        words = [*ids, "--period", "..".join(self.years), "--by", by]
        return self.lien("compute", *words, "--format", "csv", "--out", out, "--force")

    def one_question(self):
        os.makedirs(self.answers, exist_ok=True)
        return self.compute(["q01-participants"], [], os.path.join(self.answers, "0.csv"))

    def all_questions(self):
        """A process a question; seconds of each."""
        shutil.rmtree(self.answers, ignore_errors=True)
        os.makedirs(self.answers)
        outs = [os.path.join(self.answers, f"{n}.csv") for n in range(1, 11)]
        return [self.compute(*question, out) for question, out in zip(QUESTIONS, outs)]

    def dashboard(self, out):
        return self.lien("report", "dashboard", "--out", out, "--force")


def new_project(program, folder):
    """An empty project that keeps answers of any age, as the peers do."""
    shutil.rmtree(folder, ignore_errors=True)
    run([program, "init", folder])
    path = os.path.join(folder, "lien.json5")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    manual = text.replace('expiry: "automatic"', 'expiry: "manual"')
    assert manual != text, f"{path}: no expiry"
    with open(path, "w", encoding="utf-8") as file:
        file.write(manual)


def size(folder, name):
    """A SQLite file with its journal, in MB."""
    path = os.path.join(folder, name)
    files = (path + end for end in ("", "-wal"))
    return sum(os.path.getsize(file) for file in files if os.path.exists(file)) / 1e6


def duckdb_import(folder, work):
    os.sync()
    database, times = os.path.join(work, "duckdb.db"), os.path.join(work, "duckdb-file.json")
    _, _, steps = script("import_duckdb", folder, database, times)
    return steps["import"], os.path.getsize(database) / 1e6


def duckdb_question(work):
    """The whole process, and the question with its connection alone."""
    names = ("duckdb.db", "one.csv", "one.json")
    seconds, _, steps = script("one_duckdb", *(os.path.join(work, name) for name in names))
    return seconds, steps["ask"]


def parquet(folder, work):
    """MB of the four tables as Polars writes them."""
    out = os.path.join(work, "parquet")
    script("parquet_polars", folder, out, os.path.join(work, "parquet.json"))
    return sum(os.path.getsize(entry.path) for entry in os.scandir(out)) / 1e6
