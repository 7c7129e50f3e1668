"""Ratios round by round, their verdicts, and results.csv."""

import csv
import os
import statistics

import targets

FIELDS = ["measure", "target", "met", "ratio_min", "ratio_median", "ratio_max", "unit"]


class Results:
    """What each round gave: by measure, by program, a list."""

    def __init__(self, scale):
        self.scale = scale
        self.values = {}

    def add(self, measure, **programs):
        for name, value in programs.items():
            self.values.setdefault(measure, {}).setdefault(name, []).append(value)

    def ratios(self, measure):
        """Least other ÷ lien of each round, in order of size; None without both."""
        values = dict(self.values[measure])
        ours = values.pop("lien", None)
        if ours is None or not values:
            return None
        return sorted(min(others) / mine for mine, others in zip(ours, zip(*values.values())))

    def row(self, row):
        """A row of results.csv: the verdict is that of the median."""
        values, ratios = self.values[row.measure], self.ratios(row.measure)
        out = {"measure": row.measure, "unit": row.unit, "target": row.target or ""}
        if ratios:
            middle = statistics.median(ratios)
            out |= {"ratio_min": ratios[0], "ratio_median": middle, "ratio_max": ratios[-1]}
            if row.target:
                out["met"] = "yes" if middle >= row.target else "no"
        out |= {name: statistics.median(each) for name, each in values.items()}
        rounds = (name + " " + " ".join(f"{v:.6g}" for v in vs) for name, vs in values.items())
        return out | {"rounds": "; ".join(rounds)}

    def rows(self):
        return [self.row(row) for row in targets.ROWS if row.measure in self.values]

    def write(self, work):
        """Writes results.csv; its path."""
        rows = self.rows()
        programs = list(dict.fromkeys(name for each in self.values.values() for name in each))
        path = os.path.join(work, "results.csv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, [*FIELDS, *programs, "rounds"], lineterminator="\n")
            out.writeheader()
            for row in rows:
                out.writerow({k: f"{v:.6g}" if isinstance(v, float) else v for k, v in row.items()})
        return path

    def show(self):
        """Prints a line for each row."""
        for row in self.rows():
            line = f"{row['measure']:>16}"
            if "ratio_median" in row:
                low, middle, high = (row["ratio_" + x] for x in ("min", "median", "max"))
                line += f"{middle:9.2f}  ({low:.2f} to {high:.2f})".ljust(28)
                verdict = {"yes": "met", "no": "NOT MET"}.get(row.get("met"), "")
                line += f"at least {row['target']}: {verdict}" if verdict else "reported"
            else:
                line += " " * 28
            line = line.ljust(66)
            times = (f"{name} {row[name]:.4g}" for name in self.values[row["measure"]])
            print(f"{line}{', '.join(times)} {row['unit']}")
