"""How long programs take to start: lien, sqlite3, DuckDB's own command line."""

import importlib.util
import os
import shutil

from process import run


def duckdb_program():
    """The native program of PyPI's duckdb-cli, without the Python around it."""
    found = importlib.util.find_spec("duckdb_cli")
    path = os.path.join(os.path.dirname(found.origin), "duckdb") if found else ""
    return path if os.access(path, os.X_OK) else None


def version(lien):
    """Seconds of `--version`, and of a one-line question of DuckDB."""
    out = {"lien": run([lien, "--version"])[0]}
    if shutil.which("sqlite3"):
        out["sqlite3"] = run(["sqlite3", "--version"])[0]
    if duckdb_program():
        out["duckdb"] = run([duckdb_program(), "-c", "SELECT 42"])[0]
    return out


class Small:
    """A store of one session with two people, and the same in SQLite and DuckDB."""

    TABLES = {
        "residence": "residence,name\nR1,Les Tilleuls\n",
        "activity": "session,residence,date\nS1,R1,2024-03-05\n",
        "attendance": "session,resident\nS1,P1\nS1,P2\n",
    }
    QUESTION = """SELECT residence, count(DISTINCT resident)
      FROM attendance JOIN activity USING (session) GROUP BY residence"""

    def __init__(self, lien, work):
        self.lien, self.folder = lien, os.path.abspath(os.path.join(work, "small"))
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        run([lien, "init", self.path("project")])
        for name, text in self.TABLES.items():
            with open(self.path(f"{name}.csv"), "w", encoding="utf-8") as file:
                file.write(text)
            run([lien, "import", self.path(f"{name}.csv"), "--project", self.path("project")])
            if shutil.which("sqlite3"):
                words = ["-csv", self.path("small.sqlite"), f".import {name}.csv {name}"]
                run(["sqlite3", *words], folder=self.folder)
            if duckdb_program():
                sql = f"CREATE TABLE {name} AS FROM '{name}.csv'"
                run([duckdb_program(), "small.duckdb", "-c", sql], folder=self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def ask(self):
        words = ["compute", "q01-participants", "--period", "2024", "--format", "csv"]
        out = {"lien": run([self.lien, *words, "--project", self.path("project")])[0]}
        if shutil.which("sqlite3"):
            out["sqlite3"] = run(["sqlite3", self.path("small.sqlite"), self.QUESTION])[0]
        if duckdb_program():
            words = ["-readonly", self.path("small.duckdb"), "-c", self.QUESTION]
            out["duckdb"] = run([duckdb_program(), *words])[0]
        return out
