"""Values of the network definitions that SQL cannot say, by NetworkX, on a small made-up residence.

    python make.py          reads people.csv, sessions.csv, attendance.csv; writes expected.json
    python make.py data     makes those three again from a fixed seed

Nothing here is taken from the program: the ties, the measures and the random draws are written
again from the definitions' notes.
"""

import csv
import json
import random
import statistics
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import networkx as nx

HERE = Path(__file__).parent
FIRST, LAST, YEAR = "2024-01-01", "2024-12-31", 2024
MEETINGS, SIZE, GAP, DRAWS, SEED = 2, 15, 25, 1000, 1901


def make_data():
    r = random.Random(7)
    types = ["single", "couple", "family", "single_parent"]
    people, homes = [], []
    for i in range(34):
        home = i // 2 if i < 16 else 8 + (i - 16)
        kind = "resident" if i < 26 else "neighbour" if i < 32 else "partner"
        birth = "" if i in (5, 19) else str(r.choice([1938, 1945, 1950, 1972, 1980, 1991, 1996, 2010, 2013]))
        lives = kind == "resident" and i != 11
        people.append([
            f"p{i:02}", "a", kind, f"h{home}" if kind == "resident" else "",
            types[home % 4] if kind == "resident" and i != 21 else "",
            f"d{home}" if lives else "", "ABC"[home % 3] if lives else "",
            "2020-01-01", "2024-07-01" if i == 3 else "", birth])
        # One person moves to another staircase in the middle of the year.
        if i == 3:
            people.append(people[-1][:5] + ["d99", "C", "2024-07-01", "", birth])
    sessions, attendance = [], []
    for s in range(40):
        month, day = 1 + s % 12, 1 + (s * 7) % 28
        year = 2023 if s < 6 else 2024
        sessions.append([f"s{s:02}", "a", f"{year}-{month:02}-{day:02}"])
        size = r.choice([2, 3, 4, 4, 5, 6, 7, 8, 17])
        # Some come often and many seldom; two parts of the residence hardly meet.
        side = range(0, 18) if s % 3 else range(14, 34)
        weights = [1 + (i * 5) % 7 for i in side]
        here = set()
        while len(here) < size:
            here.add(r.choices(list(side), weights)[0])
        for p in sorted(here):
            attendance.append([f"s{s:02}", f"p{p:02}", "participant"])
    for name, head, rows in [
        ("people", ["resident", "residence", "kind", "household", "type", "dwelling", "staircase", "arrival", "departure", "birth_year"], people),
        ("sessions", ["session", "residence", "date"], sessions),
        ("attendance", ["session", "resident", "role"], attendance),
    ]:
        with open(HERE / f"{name}.csv", "w", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([head] + rows)


def read(name):
    with open(HERE / f"{name}.csv") as file:
        return list(csv.DictReader(file))


class SplitMix:
    """SplitMix64; the first number drawn from the seed becomes the state."""

    MASK = (1 << 64) - 1

    def __init__(self, seed):
        self.state = seed
        self.state = self.bits()

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & self.MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & self.MASK
        return z ^ (z >> 31)

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = (self.bits() * (i + 1)) >> 64
            items[i], items[j] = items[j], items[i]


def place_names(count, ties):
    """A name for each place of the graph, from its surroundings (Weisfeiler and Leman 1968)."""
    mixed = lambda x: SplitMix(x & SplitMix.MASK).bits()
    around = [[] for _ in range(count)]
    for a, b in ties:
        around[a].append(b)
        around[b].append(a)
    names = [mixed(len(here)) for here in around]
    for _ in range(16):
        if len(set(names)) == count:
            break
        following = [mixed(names[p] * 3 + sum(mixed(names[q]) for q in around[p])) for p in range(count)]
        is_same = len(set(following)) == len(set(names))
        names = following
        if is_same:
            break
    return names


def main():
    people, sessions, rows = read("people"), read("sessions"), read("attendance")
    order = list(dict.fromkeys(p["resident"] for p in people))
    date = {s["session"]: s["date"] for s in sessions}

    def stay(person, day):
        for p in people:
            if p["resident"] == person and p["arrival"] <= day and (not p["departure"] or day < p["departure"]):
                return p
        return None

    def network(keep=lambda person, day: True):
        """The people of the year, and the ties of two sessions or more."""
        at = defaultdict(list)
        for row in rows:
            day = date[row["session"]]
            if FIRST <= day <= LAST and keep(row["resident"], day):
                at[row["session"]].append(row["resident"])
        meetings = defaultdict(int)
        for session, here in at.items():
            if len(here) > SIZE:
                continue
            for a, b in combinations(sorted(here), 2):
                x, y = stay(a, date[session]), stay(b, date[session])
                if x and y and x["household"] and x["household"] == y["household"]:
                    continue
                meetings[a, b] += 1
        graph = nx.Graph()
        present = {p for here in at.values() for p in here}
        graph.add_nodes_from(p for p in order if p in present)
        graph.add_edges_from(pair for pair, n in meetings.items() if n >= MEETINGS)
        return graph, at

    def last(read, at):
        """What each person's last attendance of the year says, where it is known."""
        out = {}
        for session in sorted(at, key=lambda s: date[s]):
            for person in at[session]:
                value = read(person, date[session])
                if value not in (None, ""):
                    out[person] = value
        return out

    graph, at = network()

    def band(person, day):
        birth = stay(person, day)["birth_year"]
        if not birth:
            return None
        age = YEAR - int(birth)
        return "0-17" if age < 18 else "18-34" if age < 35 else "35-59" if age < 60 else "60+"

    def age(person, day):
        birth = stay(person, day)["birth_year"]
        return YEAR - int(birth) if birth else None

    groups = {
        "ages": last(band, at),
        "escaliers": last(lambda p, d: stay(p, d)["staircase"], at),
        "menages": last(lambda p, d: stay(p, d)["type"], at),
    }

    def draws(known, crosses):
        """The share of ties that cross as it is, and in each of the draws."""
        nodes = [p for p in graph if p in known]
        place = {p: i for i, p in enumerate(nodes)}
        ties = [(place[a], place[b]) for a, b in graph.edges if a in known and b in known]
        labels = [known[p] for p in nodes]
        # Dealings begin with the classes in order, the most frequent first, on the places in the
        # order of their names, then of people's keys.
        names = place_names(len(nodes), ties)
        by_key = sorted(range(len(nodes)), key=lambda i: nodes[i])
        places = sorted(by_key, key=lambda i: names[i])
        sizes = Counter(labels)
        share = lambda: sum(crosses(labels[a], labels[b]) for a, b in ties) / len(ties)
        observed = share()
        stream = SplitMix(SEED)
        drawn = []
        dealt = sorted(labels, key=lambda label: (-sizes[label], label))
        for _ in range(DRAWS):
            stream.shuffle(dealt)
            for place, label in zip(places, dealt):
                labels[place] = label
            drawn.append(share())
        return observed, drawn

    out = {}
    for name, known in groups.items():
        part = graph.subgraph(known)
        out[f"assortativite-{name}"] = nx.attribute_assortativity_coefficient(
            with_attribute(part, known), "group")
        inside = [p for p in part]
        pairs = list(combinations(inside, 2))
        external = sum(known[a] != known[b] for a, b in part.edges)
        internal = part.number_of_edges() - external
        between = sum(known[a] != known[b] for a, b in pairs)
        e, i = external / between, internal / (len(pairs) - between)
        out[f"ei-{name}-densites"] = (e - i) / (e + i)
        observed, drawn = draws(known, lambda a, b: a != b)
        mean, deviation = statistics.fmean(drawn), statistics.stdev(drawn)
        out[f"ei-{name}-hasard"] = 2 * mean - 1
        out[f"ei-{name}-ecart"] = (observed - mean) / deviation
    known = groups["ages"]
    part = graph.subgraph(known)
    for value, slug in [("0-17", "0-17"), ("18-34", "18-34"), ("35-59", "35-59"), ("60+", "60")]:
        members = [p for p in part if known[p] == value]
        choices = sum(part.degree(p) for p in members)
        within = sum(1 for p in members for q in part[p] if known[q] == value)
        expected = choices * (len(members) - 1) / (part.number_of_nodes() - 1)
        most = choices - expected if within >= expected else expected
        out[f"homophilie-{slug}"] = (within - expected) / most
    observed, drawn = draws(last(age, at), lambda a, b: abs(a - b) >= GAP)
    out["liens-intergenerationnels-hasard"] = observed / statistics.fmean(drawn)
    residents, _ = network(lambda person, day: stay(person, day)["kind"] == "resident")
    largest = max(len(c) for c in nx.connected_components(residents))
    # The mean population: all residents are there all year, one of them in two stays.
    out["plus-grande-composante"] = largest / 26
    with open(HERE / "expected.json", "w") as file:
        json.dump(out, file, indent=1)
        file.write("\n")


def with_attribute(graph, known):
    copy = nx.Graph(graph)
    nx.set_node_attributes(copy, known, "group")
    return copy


if __name__ == "__main__":
    if sys.argv[1:] == ["data"]:
        make_data()
    main()
