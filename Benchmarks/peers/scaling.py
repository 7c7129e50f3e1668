"""How lien's time for a row and its memory grow with the data.

    scaling.py WORK QUESTIONS SCALES [--runs N]

WORK/scale-N/data holds the workload of each scale; SCALES are separated by commas, the first is
what the others are compared with. Writes WORK/scaling.csv.
"""

import argparse
import csv
import os
import statistics
import sys

import questions
from process import Failed

FILES = ["attendance", "activity", "resident", "response"]
# A time for a row that grows by less than this is noise.
TOLERANCE = 1.1


def row_count(folder):
    """Rows of the four files."""
    count = 0
    for name in FILES:
        with open(os.path.join(folder, f"{name}.csv"), "rb") as file:
            while part := file.read(1 << 24):
                count += part.count(b"\n")
        count -= 1
    return count


def measure(options):
    """Each round runs all scales, so that noise falls on all; values by scale."""
    values = {scale: [] for scale in options.scales}
    for i in range(options.runs):
        for scale in options.scales:
            print(f"round {i + 1} of {options.runs}: scale {scale}", file=sys.stderr)
            work = os.path.join(options.work, f"scale-{scale}")
            values[scale].append(questions.lien(options.program, f"{work}/data", work))
    return values


def rows_of(options, values):
    """A row a scale and measure: median, ratio of the time for a row to the first scale's."""
    first = options.scales[0]
    counts = {s: row_count(f"{options.work}/scale-{s}/data") for s in options.scales}
    for scale in options.scales:
        for name in ("read", "questions", "peak"):
            mine, base = ([each[name] for each in values[s]] for s in (scale, first))
            growth = counts[first] / counts[scale]
            ratios = sorted(a / b * growth for a, b in zip(mine, base))
            middle = statistics.median(ratios)
            yield {
                "scale": scale, "rows": counts[scale], "measure": name,
                "unit": "MiB" if name == "peak" else "s", "median": statistics.median(mine),
                "per_row_min": ratios[0], "per_row_median": middle, "per_row_max": ratios[-1],
                "met": "yes" if middle <= TOLERANCE else "no",
            }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work")
    parser.add_argument("program")
    parser.add_argument("scales", type=lambda text: [int(n) for n in text.split(",")])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    try:
        rows = list(rows_of(options, measure(options)))
    except Failed as failure:
        sys.exit(str(failure))
    print(f"for a row, against scale {options.scales[0]} (min to max):")
    for row in rows:
        low, middle, high = (row["per_row_" + x] for x in ("min", "median", "max"))
        print(
            f"scale {row['scale']:4} {row['rows']:12,} rows {row['measure']:>10}"
            f" {row['median']:10.3f} {row['unit']:3}  {middle:5.2f} ({low:.2f} to {high:.2f})"
            f"  {'does not grow' if row['met'] == 'yes' else 'GROWS'}"
        )
    path = os.path.join(options.work, "scaling.csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        out.writeheader()
        for row in rows:
            out.writerow({k: f"{v:.6g}" if isinstance(v, float) else v for k, v in row.items()})
    print(f"\n{path}")


main()
