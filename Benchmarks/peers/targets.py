"""The rows of the table: what is measured, against what, and how far ahead lien is to be."""

from dataclasses import dataclass


@dataclass
class Row:
    measure: str
    what: str
    against: str
    # The least ratio, other ÷ lien; None: reported only.
    target: float | None = None
    unit: str = "s"


BOTH = "the better of DuckDB and Polars"

ROWS = [
    Row("read", "the CSV files into columns", BOTH, 3),
    *(Row(f"q{n:02}", f"question {n}", BOTH, 1) for n in range(1, 11)),
    Row("questions", "the ten questions, in total", BOTH, 5),
    Row("whole", "whole process: start, read, answer, exit", BOTH, 4),
    Row("peak", "peak memory of that process", BOTH, 3, "MiB"),
    Row(
        "catalogue", "the whole catalogue by residence and year, without draws: whole process",
        "Polars, ten questions, whole", 1),
    Row(
        "draws", "the same with permutation expectations of 1,000 draws",
        "Polars, ten questions, whole", 0.2),
    Row("catalogue-asked", "its definitions, all asked", "", None, "definitions"),
    Row("catalogue-values", "those with a value in this data", "", None, "definitions"),
    Row("import", "`lien import` of the files, durable", "DuckDB, CREATE TABLE … AS into a file", 1),
    Row("bytes", "`lien.sqlite` on disk", "Parquet with zstd, by Polars", 1, "MB"),
    Row("provenance", "`identites.sqlite`, the provenance of people", "", None, "MB"),
    Row("compute", "one indicator from the store, cold process", "Python with DuckDB, its file", 3),
    Row("compute-inside", "the same", "DuckDB once started: connection and question alone"),
    Row("dashboard", "`lien report dashboard`, warm disk", "Polars, ten questions, whole", 1),
    Row("version", "`lien --version`", "`sqlite3 --version`, one line of `duckdb`"),
    Row("small", "`lien compute` of a small store", "the same of `sqlite3`, `duckdb`"),
    Row("cores-read", "reading, two cores", "reading, one core"),
    Row("cores-questions", "ten questions, two cores", "ten questions, one core"),
]


def find(measure):
    return next(row for row in ROWS if row.measure == measure)
