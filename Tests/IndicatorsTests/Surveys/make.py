"""A small made-up register, survey and valuation, and what their definitions give.

Writes the tables (*.csv) and `expected.json`. Nothing here is read from the project: raking is
iterated with dictionaries, propensities are fitted by Newton's method on dense matrices, standard
errors come from the residuals of a weighted regression on the margins, social value is multiplied
out year by year. Python 3, without packages.
"""
import csv, itertools, json, math, random

random.seed(1901)
YEAR, AGE, CAP = 2024, 16, 5

# --- the tables ---------------------------------------------------------------------------------
people, panel, response = [], [], []
for home, size in (("a", 120), ("b", 70)):
    for i in range(size):
        born = random.choice([1940, 1950, 1958, 1968, 1975, 1982, 1990, 1996, 2001, 2008, 2014])
        person = dict(
            resident=f"{home}{i}", residence=home, kind="resident", arrival="2020-01-01",
            departure="2024-06-30" if i % 17 == 0 else "", birth_year=str(born),
            sex="" if i % 19 == 0 else random.choice("fm"),
            pcs="" if i % 13 == 0 else random.choice("34567"))
        people.append(person)
        if YEAR - born < AGE or person["departure"]:
            continue
        chance = 0.25 + 0.45 * (YEAR - born >= 60) + (0.15 if person["sex"] == "f" else 0)
        answers = random.random() < chance
        outcome = (random.choice(["answered"] * 6 + ["partial"]) if answers
                   else random.choice(["not_reached"] * 5 + ["refused"] * 2 + ["ineligible"]))
        panel.append(dict(
            instrument="e", wave="2024", invited="2024-11-01", residence=home,
            respondent=person["resident"], outcome=outcome))
        if not answers:
            continue
        weight = f"{random.choice([0.8, 1, 1.25, 1.5])}"
        for item, top in (("appartenance", 4), ("confiance", 10)):
            missing = random.random() < 0.08
            response.append(dict(
                instrument="e", wave="2024", date="2024-11-12", residence=home,
                respondent=person["resident"], item=item,
                value="" if missing else str(random.randint(1, top)), weight=weight))

proxies = [
    dict(proxy="p1", kind="wellbeing", value="900", low="450", high="1500"),
    dict(proxy="p2", kind="income", value="7400", low="5200", high="9000"),
    dict(proxy="p3", kind="market_price", value="12", low="", high=""),
    dict(proxy="p4", kind="avoided_cost", value="-250", low="-400", high="-100"),
]
# Pairs of a questionnaire: the earlier wave lies in 2023, so that it is outside the year of the
# surveys above. The draws come from a stream of their own.
pairs = random.Random(77)
improved = {"a": 0, "b": 0}
for home, people_there in (("a", 26), ("b", 14)):
    for i in range(people_there):
        raws = []
        for wave, day in (("2023", "2023-11-10"), ("2024", "2024-11-12")):
            answers = [pairs.randint(0, 5) for _ in range(5)]
            if i % 9 == 0 and wave == "2023":
                answers[2] = None        # no score: no pair
            if i % 7 == 3 and wave == "2023":
                continue                 # was not asked then
            raws.append(None if None in answers else 4 * sum(answers))
            for n, answer in enumerate(answers, 1):
                response.append(dict(
                    instrument="who5", wave=wave, date=day, residence=home,
                    respondent=f"{home}{i}", item=f"who{n}",
                    value="" if answer is None else str(answer), weight="1"))
        if len(raws) == 2 and None not in raws and raws[1] - raws[0] > 9:
            improved[home] += 1

keys = ["outcome", "indicator", "residence", "period", "quantity", "quantity_low", "quantity_high", "proxy",
        "deadweight", "deadweight_low", "deadweight_high", "displacement", "attribution",
        "attribution_low", "attribution_high", "drop_off", "years", "starts", "evidence"]
outcomes = [dict(zip(keys, line.split("|"))) for line in """
o1||a|2024|30|20|36|p1|0.2|0.1|0.35|0.05|0.3|0.2|0.45|0.3|2|1|declared
o2||a|2024|6|4|7|p2|0.25|||0|0.4|||0.25|3|1|measured
o3||a|2024|310|||p3|0.1|||0.1|0.2||||1|1|measured
o4||a|2024|8|||p4|0|||0|0|||0.5|2|2|assumed
o5||a|2023|99|||p2|0|||0|0|||0|1|1|measured
o6|evolution-bien-etre-mieux|b|2024|12|9|15|p1|0.15|0.05|0.3|0|0.25|||0.2|2|1|measured
o8|evolution-bien-etre-mieux|a|2024|9|7|11|p1|0.1|||0|0.2|||0.1|1|1|measured
o7||b|2024|5|3|6|p2|0.3|||0.1|0.35|||0.4|2|1|declared
""".strip().split("\n")]
ledger = [dict(residence=r, date=f"2024-0{m}-15", kind=k, amount=str(x))
          for r, m, k, x in (("a", 3, "expense", 18000.5), ("a", 6, "expense", 9500),
                             ("a", 6, "budget", 40000), ("b", 4, "expense", 16000),
                             ("b", 9, "expense", 4250.25))]

def write(name, rows):
    with open(name + ".csv", "w", newline="") as f:
        out = csv.DictWriter(f, rows[0], lineterminator="\n")
        out.writeheader()
        out.writerows(rows)

for name, rows in dict(people=people, panel=panel, response=response, proxy=proxies,
                       outcome=outcomes, ledger=ledger).items():
    write(name, rows)

# --- what is computed ---------------------------------------------------------------------------
by_id = {p["resident"]: p for p in people}

def band(person):
    age = YEAR - int(person["birth_year"])
    return "0-17" if age < 18 else "18-34" if age < 35 else "35-59" if age < 60 else "60+"

def traits(person):
    return (person["residence"], band(person), person["sex"], person["pcs"])

def solve(matrix, right):
    """Gauss-Jordan with pivots; a column that others explain gets 0."""
    n = len(matrix)
    rows = [list(matrix[i]) + [right[i]] for i in range(n)]
    scale = [matrix[i][i] for i in range(n)]
    kept = []
    for j in range(n):
        if rows[j][j] <= 1e-10 * scale[j]:
            continue
        kept.append(j)
        for i in range(n):
            if i != j:
                f = rows[i][j] / rows[j][j]
                rows[i] = [x - f * y for x, y in zip(rows[i], rows[j])]
    out = [0.0] * n
    for j in kept:
        out[j] = rows[j][n] / rows[j][j]
    return out

def columns(variables):
    """A constant, and for each variable a column for each class but the first."""
    out = [[1.0] * len(variables[0])]
    for values in variables:
        for c in sorted(set(values))[1:]:
            out.append([1.0 if v == c else 0.0 for v in values])
    return out

def logistic(x, y):
    n, k = len(y), len(x)
    beta = [0.0] * k
    for _ in range(60):
        p = [1 / (1 + math.exp(-sum(beta[a] * x[a][i] for a in range(k)))) for i in range(n)]
        gradient = [sum(x[a][i] * (y[i] - p[i]) for i in range(n)) for a in range(k)]
        info = [[sum(x[a][i] * x[b][i] * p[i] * (1 - p[i]) for i in range(n)) for b in range(k)]
                for a in range(k)]
        beta = [b + s for b, s in zip(beta, solve(info, gradient))]
    p = [1 / (1 + math.exp(-sum(beta[a] * x[a][i] for a in range(k)))) for i in range(n)]
    variance = 0.0
    for i in range(n):
        row = [x[a][i] for a in range(k)]
        z = solve(info, row)
        variance += (p[i] * (1 - p[i])) ** 2 * sum(a * b for a, b in zip(row, z))
    return p, variance / n

expected = {}

def tell(id, home, value, low=None, high=None):
    expected[f"{id}/{home}"] = [value] if low is None else [value, low, high]

ANSWERED = ("answered", "partial")
for home in ("_total", "a"):
    asked = [r for r in panel if r["outcome"] != "ineligible" and home in ("_total", r["residence"])]
    y = [1.0 if r["outcome"] in ANSWERED else 0.0 for r in asked]
    variables = list(zip(*(traits(by_id[r["respondent"]]) for r in asked)))
    p, noise = logistic(columns(variables), y)
    n, mean = len(p), sum(p) / len(p)
    spread = sum((q - mean) ** 2 for q in p) / (n - 1)
    tell("representativite", home, 1 - 2 * math.sqrt(spread))
    tell("representativite-ajustee", home, 1 - 2 * math.sqrt(max(0, spread - noise)))
    rate = sum(y) / n
    for name, values in zip(("residences", "ages", "sexes", "pcs"), variables):
        between = 0.0
        for c in set(values):
            own = [y[i] for i in range(n) if values[i] == c]
            between += len(own) / n * (sum(own) / len(own) - rate) ** 2
        tell("representativite-" + name, home, math.sqrt(between))

def rake(home):
    """The respondents' weights, met with the register's margins of the last day."""
    register = [p for p in people if p["departure"] == "" and YEAR - int(p["birth_year"]) >= AGE
                and home in ("_total", p["residence"])]
    rows = [r for r in response if r["item"] == "appartenance" and home in ("_total", r["residence"])]
    own = [traits(by_id[r["respondent"]]) for r in rows]
    weight = [float(r["weight"]) for r in rows]
    margins = []
    for v in range(4):
        target = {}
        for p in register:
            target[traits(p)[v]] = target.get(traits(p)[v], 0) + 1
        met = {t[v] for t in own}
        assert met <= set(target)
        target = {c: x for c, x in target.items() if c in met}
        whole = sum(target.values())
        margins.append({c: x * len(register) / whole for c, x in target.items()})
    for _ in range(3000):
        for v, target in enumerate(margins):
            total = {}
            for t, w in zip(own, weight):
                total[t[v]] = total.get(t[v], 0) + w
            weight = [w * target[t[v]] / total[t[v]] for t, w in zip(own, weight)]
    for v, target in enumerate(margins):
        for c, x in target.items():
            assert abs(sum(w for t, w in zip(own, weight) if t[v] == c) - x) < 1e-9
    assert max(weight) * len(weight) / sum(weight) < CAP
    return {r["respondent"]: w for r, w in zip(rows, weight)}, own, len(register)

STUDENT = {}
def student(df):
    """The 97.5 % quantile of Student's t, by bisection on a fine Simpson integral."""
    if df in STUDENT:
        return STUDENT[df]
    c = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    f = lambda x: c * (1 + x * x / df) ** (-(df + 1) / 2)
    def half(t, n=20000):
        h = t / n
        return h / 3 * (f(0) + f(t) + sum((4 if i % 2 else 2) * f(i * h) for i in range(1, n)))
    low, high = 1.0, 4.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if half(middle) < 0.475 else (low, middle)
    STUDENT[df] = low
    return low

for home in ("_total", "a"):
    weights, own, whole = rake(home)
    w = list(weights.values())
    tell("taille-efficace", home, sum(w) ** 2 / sum(x * x for x in w))
    tell("poids-maximal", home, max(w) * len(w) / sum(w))
    for id, item, share in (("appartenance-redressee", "appartenance", True),
                            ("confiance-redressee", "confiance", False),
                            ("appartenance-brute", "appartenance", True)):
        rows = [r for r in response if r["item"] == item and home in ("_total", r["residence"])]
        plain = id.endswith("brute")
        wi = [1.0 if plain else weights[r["respondent"]] for r in rows]
        y = [None if r["value"] == "" else float(r["value"]) for r in rows]
        if share:
            y = [None if v is None else float(v >= 3) for v in y]
        total = sum(a for a, v in zip(wi, y) if v is not None)
        mean = sum(a * v for a, v in zip(wi, y) if v is not None) / total
        u = [0.0 if v is None else a * (v - mean) / total for a, v in zip(wi, y)]
        if not plain:
            # What the margins explain is not left to chance: margin after margin, ten times, as R.
            for _ in range(10):
                for v in range(4):
                    for c in {t[v] for t in own}:
                        mine = [i for i, t in enumerate(own) if t[v] == c]
                        m = sum(u[i] / wi[i] for i in mine) / len(mine)
                        for i in mine:
                            u[i] -= wi[i] * m
        n, middle = len(u), sum(u) / len(u)
        error = math.sqrt(n / (n - 1) * sum((x - middle) ** 2 for x in u))
        answers = sum(v is not None for v in y)
        assert answers / whole > 0.05
        error *= math.sqrt(1 - answers / whole)
        t = student((answers if share else n) - 1)
        if share:
            logit, half = math.log(mean / (1 - mean)), t * error / (mean * (1 - mean))
            ends = [1 / (1 + math.exp(-(logit + s * half))) for s in (-1, 1)]
        else:
            ends = [mean - t * error, mean + t * error]
        tell(id, home, mean, *ends)

# --- social value -------------------------------------------------------------------------------
RATE, RATES, SPREAD = 0.035, (0.015, 0.055), 0.1
FACTORS = ("quantity", "proxy", "deadweight", "displacement", "attribution", "drop_off")

def number(text):
    return None if text == "" else float(text)

def lines(home, test=lambda o: True):
    out = []
    for o in outcomes:
        if o["period"] != "2024" or home not in ("_total", o["residence"]) or not test(o):
            continue
        proxy = next(p for p in proxies if p["proxy"] == o["proxy"])
        line = {}
        for f in FACTORS:
            if f == "proxy":
                base, low, high = (number(proxy[k]) for k in ("value", "low", "high"))
            else:
                base, low, high = (number(o.get(f + k, "")) for k in ("", "_low", "_high"))
            if f == "drop_off" and int(o["years"]) < 2:
                base, low, high = 0.0, 0.0, 0.0
            elif low is None and high is None and f not in ("quantity", "proxy"):
                low, high = max(0, base - SPREAD), min(1, base + SPREAD)
            line[f] = (base, base if low is None else low, base if high is None else high)
        line.update(years=int(o["years"]), starts=int(o["starts"]), evidence=o["evidence"],
                    residence=o["residence"])
        out.append(line)
    return out

def present(chosen, rate, deducted=("deadweight", "displacement", "attribution"), once=False):
    total = 0.0
    for c in chosen:
        impact = c["quantity"] * c["proxy"] * math.prod(1 - c[f] for f in deducted)
        if once:
            total += impact
            continue
        for k in range(c["years"]):
            total += impact * (1 - c["drop_off"]) ** k / (1 + rate) ** (c["starts"] + k)
    return total

def at(some, place, without=()):
    return [dict({f: 0.0 if f in without else c[f][place(i, f)] for f in FACTORS},
                 years=c["years"], starts=c["starts"]) for i, c in enumerate(some)]

def ends(some, vary, value):
    """Least and greatest value, each factor of each line at the end that lowers or raises it."""
    picks = []
    for better in (False, True):
        picked = {}
        for i, f in itertools.product(range(len(some)), FACTORS):
            if f not in vary:
                continue
            tries = [value(at(some, lambda j, g: e if (j, g) == (i, f) else 0), RATE)
                     for e in (1, 2)]
            picked[i, f] = (1 if tries[0] <= tries[1] else 2) if not better else \
                (2 if tries[0] <= tries[1] else 1)
        rate = RATE
        if "rate" in vary:
            tries = [value(at(some, lambda j, g: 0), r) for r in RATES]
            rate = (max if better else min)(zip(tries, RATES))[1]
        picks.append(value(at(some, lambda j, g: picked.get((j, g), 0)), rate))
    return picks

ALL = FACTORS + ("rate",)
for home in ("_total", "a"):
    spent = sum(float(x["amount"]) for x in ledger
                if x["kind"] == "expense" and home in ("_total", x["residence"]))
    some = lines(home)
    ratio = lambda chosen, rate: present(chosen, rate) / spent
    base = ratio(at(some, lambda j, g: 0), RATE)
    tell("sroi", home, base, *ends(some, ALL, ratio))
    for id, f in (("quantites", "quantity"), ("valeurs", "proxy"), ("sans-projet", "deadweight"),
                  ("deplacement", "displacement"), ("autres", "attribution"),
                  ("erosion", "drop_off"), ("taux", "rate")):
        tell("sroi-sensibilite-" + id, home, base, *ends(some, (f,), ratio))
    year = lambda chosen, rate: present(chosen, 0, once=True)
    tell("valeur-sociale", home, year(at(some, lambda j, g: 0), 0), *ends(some, FACTORS[:5], year))
    free = lambda chosen, rate: ratio([dict(c, deadweight=0.0) for c in chosen], rate)
    low, high = ends(some, ("quantity", "proxy", "displacement", "attribution", "drop_off", "rate"),
                     free)
    tell("seuil-sans-projet", home, 1 - 1 / free(at(some, lambda j, g: 0), RATE),
         *(max(0, 1 - 1 / x) if x > 0 else 0 for x in (low, high)))
    sizes = lambda grade: sum(
        present([dict(c, proxy=abs(c["proxy"]))], RATE)
        for c, l in zip(at(some, lambda j, g: 0), some) if grade in (None, l["evidence"]))
    tell("sroi-mesuree", home, sizes("measured") / sizes(None))
    tell("sroi-supposee", home, sizes("assumed") / sizes(None))
    well = lines(home, lambda o: o["proxy"] == "p1" and o["evidence"] in ("measured", "declared"))
    worth = lambda chosen, rate: present(chosen, 0, ("deadweight",), once=True)
    # A measured change takes the people whose score moved, without ends of its own.
    for l in well:
        if l["evidence"] == "measured":
            l["quantity"] = (float(improved[l["residence"]]),) * 3
    tell("valeur-bien-etre", home, worth(at(well, lambda j, g: 0), 0),
         *ends(well, ("quantity", "proxy", "deadweight"), worth))

with open("expected.json", "w") as f:
    json.dump(expected, f, indent=1, sort_keys=True)
    f.write("\n")
