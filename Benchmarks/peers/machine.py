"""One line on where this runs."""

import os
from importlib.metadata import version


def line():
    model = "unknown processor"
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = (line for line in file if line.startswith("model name"))
            model = next(names).split(":", 1)[1].strip()
    except (OSError, StopIteration):
        pass
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = f"DuckDB {version('duckdb')}, Polars {version('polars')}"
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB; {versions}"
