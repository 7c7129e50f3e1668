"""The four files as Parquet with zstd: parquet_polars.py FOLDER OUT TIMES.json"""

import os
import sys

import timing
from questions_polars import read

NAMES = ("attendance", "activity", "resident", "response")


def main():
    folder, out, times = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    run = timing.Run("polars")
    tables = read(folder)

    def write():
        for name, table in zip(NAMES, tables):
            table.write_parquet(os.path.join(out, f"{name}.parquet"), compression="zstd")

    run.step("write", write)
    run.report(times)


main()
