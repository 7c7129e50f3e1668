"""A reader with a computer: what do the published files of a release say of what they withhold?

    attack_release.py K INTERNAL.csv PUBLIC.csv [EARLIER_PUBLIC.csv ...]

It knows nothing of the program. From the published files alone it finds out which numbers add up
(a total and its parts, wherever both are given), takes that for a rule, and asks of each withheld
count of persons between which whole numbers it must lie, with linear programming. Rates give their
counts, since numerator, denominator and persons stand beside them. The internal file only tells
whether the reader was right: a rule that does not hold in truth misleads him and is dropped.

Prints how many withheld counts were attacked and how many are known to less than K.
"""
import csv
import sys
from collections import defaultdict

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

PLAIN = ("indicator version period residence value unit numerator denominator unknown persons n_eff se ci_low "
         "ci_high status note").split()


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cuts = [c for c in rows[0] if c not in PLAIN]
    out = {}
    for r in rows:
        group = tuple(sorted((c, r[c]) for c in cuts if r[c] not in ("_na", "_total")))
        told = tuple(c for c in cuts if r[c] != "_na")
        # Under another number of a parameter it is another thing: "1+part=0.2".
        name = r["indicator"] + r["version"].partition("+")[1] + r["version"].partition("+")[2]
        key = (name, r["period"], r["residence"], group)
        out.setdefault(key, (r["status"], r["persons"], set()))[2].add(told)
    return out


def main():
    k = int(sys.argv[1])
    truth = {key: float(v[1]) for key, v in read(sys.argv[2]).items() if v[1] != ""}
    shown, hidden, dark, tables = {}, set(), set(), defaultdict(set)
    for path in sys.argv[3:]:
        for key, (status, persons, told) in read(path).items():
            for t in told:
                tables[(key[0], key[1], t)].add(key)
            if status == "V" and persons != "":
                shown[key] = float(persons)
            elif status == "S" and key in truth:
                hidden.add(key)
            elif status in ("S", "I"):
                dark.add(key)  # nobody is told, not even the internal reader
    clash = [key for key in hidden if key in shown and shown[key] == truth[key]]
    # Totals and their parts, by table and dimension.
    rules = defaultdict(list)
    for (indicator, period, told), keys in tables.items():
        for dimension in ("residence",) + told:
            parts = defaultdict(list)
            for key in keys:
                _, _, residence, group = key
                if dimension == "residence":
                    if residence != "_total":
                        parts[(indicator, period, "_total", group)].append(key)
                elif any(c == dimension for c, _ in group):
                    parts[(indicator, period, residence, tuple(x for x in group if x[0] != dimension))].append(key)
            for total, list_ in parts.items():
                rules[(indicator, told, dimension)].append((total, list_))
    def value(key):
        return shown.get(key, None if key in hidden else truth.get(key, 0.0))
    equations, bounds = set(), set()
    for groups in rules.values():
        seen = [(t, p) for t, p in groups if t in shown and all(value(x) is not None for x in p)]
        # Who sees a part that is more than its total knows that parts are not among those of the total.
        nested = all(shown[x] <= shown[t] for t, p in groups if t in shown for x in p if x in shown)
        adds = len(seen) >= 3 and all(abs(shown[t] - sum(value(x) for x in p)) < 1e-9 for t, p in seen)
        for total, parts in groups:
            if not any(x in hidden for x in parts + [total]) or total not in truth:
                continue
            if any(x in dark for x in parts):
                continue
            true = sum(truth.get(x, 0.0) for x in parts)
            if adds and abs(truth[total] - true) < 1e-9:
                equations.add((total, tuple(parts)))
            elif not adds:
                if truth[total] <= true:
                    bounds.add(((total, 1.0),) + tuple((x, -1.0) for x in parts))
                for x in parts:
                    if nested and truth.get(x, 0.0) <= truth[total]:
                        bounds.add(((x, 1.0), (total, -1.0)))
    number = {key: i for i, key in enumerate(sorted(hidden))}
    rows = [([(total, 1.0)] + [(x, -1.0) for x in parts], True) for total, parts in equations]
    rows += [(list(b), False) for b in bounds]
    links_a, links_b = [], []
    for terms, _ in rows:
        own = [number[x] for x, _ in terms if x in number]
        links_a += own[:-1]
        links_b += own[1:]
    n = len(number)
    block = connected_components(coo_matrix((np.ones(len(links_a)), (links_a, links_b)), shape=(n, n)), directed=False)[1]
    by_block = defaultdict(list)
    for terms, equal in rows:
        own = [number[x] for x, _ in terms if x in number]
        if own:
            by_block[block[own[0]]].append((terms, equal))
    members = defaultdict(list)
    keys = sorted(hidden)
    for i, key in enumerate(keys):
        members[block[i]].append(i)
    narrow, attacked = [], 0
    for b, own in members.items():
        place = {i: j for j, i in enumerate(own)}
        system = {True: ([], []), False: ([], [])}
        for terms, equal in by_block[b]:
            row, right = np.zeros(len(own)), 0.0
            for x, factor in terms:
                if x in number:
                    row[place[number[x]]] += factor
                else:
                    right -= factor * (value(x) or 0.0)
            system[equal][0].append(row)
            system[equal][1].append(right)
        lower = [min(1.0, truth[keys[i]]) for i in own]
        def solve(c):
            return linprog(
                c, A_eq=system[True][0] or None, b_eq=system[True][1] or None, A_ub=system[False][0] or None,
                b_ub=system[False][1] or None, bounds=[(l, 1e5) for l in lower], method="highs")
        low, high = np.full(len(own), np.inf), np.full(len(own), -np.inf)
        true = np.array([truth[keys[i]] for i in own])
        low, high = np.minimum(low, true), np.maximum(high, true)
        for j in range(len(own)):
            if not 0 < true[j] < k:
                continue
            attacked += 1
            for sign in (-1.0, 1.0):
                if high[j] - low[j] >= k - 1e-6:
                    break
                c = np.zeros(len(own))
                c[j] = sign
                found = solve(c)
                if found.status == 3:
                    high[j] = np.inf
                elif found.status == 0:
                    low, high = np.minimum(low, found.x), np.maximum(high, found.x)
            if high[j] - low[j] < k - 1e-6:
                narrow.append((keys[own[j]], low[j], high[j]))
    print(f"{attacked} attacked, {len(narrow)} known to less than {k}, {len(clash)} withheld here and given there")
    for key, a, z in narrow[:20]:
        print("  ", *key[:3], dict(key[3]), f"{a:g}..{z:g}")
    return 1 if narrow or clash or not attacked else 0


if __name__ == "__main__":
    sys.exit(main())
