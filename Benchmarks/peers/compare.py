"""Compares the answers of two programs, value by value.

    compare.py A B [--show N]

A and B are files, or folders of files. Each file is either a peer's (question,period,residence,cut1,cut2,value) or lien's tidy CSV
(indicator,version,period,residence,<cuts…>,value,unit,…). Equal means |a − b| ≤ 1e-9·max(1,|a|).
Only what both can say is compared: one residence, one calendar year, every cut given. Exit code 0
when all agree, 1 when not.
"""

import csv
import os
import re
import sys

# The cuts of each question, in the peers' order. An alternative name is another spelling.
CUTS = {
    "q02-participants-age": [{"age_band15", "band"}],
    "q08-led": [{"theme"}],
    "q08-cost": [{"theme"}],
    "q09-items": [{"item"}, {"wave"}],
}
# Counts and sums: nothing is 0, or no row.
SUMS = {"q02-participants-age", "q07-pairs", "q07-pairs-3", "q08-cost"}


def peer(rows):
    for row in rows:
        key = (row["question"], row["period"], row["residence"], row["cut1"], row["cut2"])
        yield key, row["value"]


def lien(rows, header):
    place = {name: i for i, name in enumerate(header)}
    cuts = header[header.index("residence") + 1 : header.index("value")]
    for row in rows:
        question, year, residence = (row[name] for name in ("indicator", "period", "residence"))
        if residence == "_total" or not re.fullmatch(r"\d{4}", year):
            continue
        wanted = CUTS.get(question, [])
        values = []
        for names in wanted:
            column = next((cut for cut in cuts if cut in names), None)
            values.append(row[column] if column else "_total")
        others = [row[c] for c in cuts if not any(c in names for names in wanted)]
        if "_total" in values or any(v not in ("_total", "_na", "") for v in others):
            continue
        if row["status"] in ("V", "N"):
            values += [""] * (2 - len(values))
            yield (question, year, residence, *values), row["value"] if row["status"] == "V" else ""


def load(path):
    """All answers of a file, or of the .csv files of a folder."""
    if os.path.isdir(path):
        files = sorted(os.path.join(path, n) for n in os.listdir(path) if n.endswith(".csv"))
    else:
        files = [path]
    out = {}
    for name in files:
        with open(name, newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            header = reader.fieldnames or []
            for key, value in lien(reader, header) if "indicator" in header else peer(reader):
                number = None if value == "" else float(value)
                if key in out and out[key] != number:
                    sys.exit(f"{name}: two values for {key}")
                out[key] = number
    return out


def equal(key, a, b):
    if key[0] in SUMS and not a and not b:
        return True
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-9 * max(1, abs(a))


def report(first, second, show):
    """Prints what differs, question by question; returns how much does."""
    a, b = load(first), load(second)
    differences = 0
    for question in sorted({key[0] for key in a} | {key[0] for key in b}):
        keys = sorted({k for k in a if k[0] == question} | {k for k in b if k[0] == question})
        wrong = [key for key in keys if not equal(key, a.get(key), b.get(key))]
        both = sum(1 for key in keys if key in a and key in b)
        print(f"{question:24} {both:7} compared, {len(wrong):7} differ")
        for key in wrong[: max(0, show - differences)]:
            print("   ", *key[1:], a.get(key, "(no row)"), b.get(key, "(no row)"))
        differences += len(wrong)
        if not both:
            print("    nothing to compare: the question is in one file only")
            differences += 1
    return differences


def main():
    arguments = sys.argv[1:]
    show = 20
    if "--show" in arguments:
        i = arguments.index("--show")
        show = int(arguments[i + 1])
        del arguments[i : i + 2]
    if len(arguments) != 2:
        sys.exit(__doc__)
    sys.exit(1 if report(*arguments, show) else 0)


if __name__ == "__main__":
    main()
