"""Prints the Markdown table of one or more runs: table.py RESULTS.csv…"""

import csv
import sys

import targets


def figure(row, name):
    return f"{float(row[name]):.3g} {row['unit']}" if row.get(name) else ""


def ratio(row):
    if not row["ratio_median"]:
        return ""
    low, middle, high = (f"{float(row['ratio_' + x]):.2f}" for x in ("min", "median", "max"))
    return f"{middle} ({low} to {high})"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for path in sys.argv[1:]:
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        print("| | against | target | ratio (min to max) | | `lien` | others |")
        print("|---|---|--:|--:|---|--:|---|")
        for row in rows:
            known = targets.find(row["measure"])
            names = list(row)
            programs = names[names.index("unit") + 1 : names.index("rounds")]
            others = (f"{n} {figure(row, n)}" for n in programs if n != "lien" and row[n])
            verdict = {"yes": "met", "no": "**not met**"}.get(row["met"], "")
            cells = [known.what, known.against, row["target"], ratio(row), verdict]
            print("|", " | ".join([*cells, figure(row, "lien"), ", ".join(others)]), "|")
        print()


main()
