"""Prints what line.csv holds as the table of ../README.md: table.py LINE.csv [fr]"""

import csv
import sys

ROWS = [
    ("lien", "import", "compute"),
    ("lien", None, "inside"),
    ("lien", None, "catalogue"),
    ("clickhouse", "load", "ask"),
    ("clickhouse", "load", "hand"),
    ("spark", "load", "ask"),
    ("spark", "load", "hand"),
]
WORDS = {
    "en": {
        "head": ["attendances", "", "loaded in", "on disk", "ten questions", "processors", "most memory, loading",
                 "asking"],
        "compute": "`lien`, its store, a cold command each", "inside": "`lien`, from the files, one process",
        "catalogue": "`lien`, the same, every definition in place of ten questions",
        "ask": "{}, `lien sql`", "hand": "{}, by hand", "point": ".", "group": ",",
        "million": "{} M", "not": "did not answer",
    },
    "fr": {
        "head": ["présences", "", "chargé en", "sur disque", "dix questions", "processeurs",
                 "mémoire au plus, chargement", "questions"],
        "compute": "`lien`, sa base, une commande par question",
        "inside": "`lien`, depuis les fichiers, un seul processus",
        "catalogue": "`lien`, de même, toutes les définitions et non dix questions",
        "ask": "{}, requêtes de `lien sql`", "hand": "{}, requêtes écrites à la main",
        "point": ",", "group": " ", "million": "{} M", "not": "n’a pas répondu",
    },
}
NAMES = {"clickhouse": "ClickHouse", "spark": "Spark"}


def number(value, words):
    """Three digits that count."""
    text = f"{float(value):.3g}"
    text = f"{float(text):,.0f}" if float(text) >= 100 else text
    return text.replace(",", "_").replace(".", words["point"]).replace("_", words["group"])


def seconds(row, words, measure="seconds"):
    return number(row[measure], words) + " s" if row and row[measure] else ""


def memory(row, words):
    if not row or not row["peak_mib"]:
        return ""
    mebibytes = float(row["peak_mib"])
    unit = ("Gio", "Mio") if words["point"] == "," else ("GiB", "MiB")
    if mebibytes >= 1024:
        return f"{number(mebibytes / 1024, words)} {unit[0]}"
    return f"{number(mebibytes, words)} {unit[1]}"


def disk(row, words):
    if not row or not row["bytes"]:
        return ""
    unit = "Mo" if words["point"] == "," else "MB"
    return f"{number(int(row['bytes']) / 1e6, words)} {unit}"


def main():
    words = WORDS[(sys.argv[2:] or ["en"])[0]]
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        known = {(int(r["scale"]), r["engine"], r["step"]): r for r in csv.DictReader(file)}
    print("|", " | ".join(words["head"]), "|")
    print("|--:|---|--:|--:|--:|--:|--:|--:|")
    notes = []
    for scale in sorted({key[0] for key in known}):
        first = True
        for engine, load, step in ROWS:
            asked = known.get((scale, engine, step))
            loaded = known.get((scale, engine, load)) if load else None
            if not asked:
                continue
            millions = number(int(asked["attendances"]) / 1e6, words)
            title = words[step].format(NAMES.get(engine))
            answered = seconds(asked, words, "questions") or words["not"]
            if asked["outcome"] != "done":
                answered += " ¹"
                notes.append(f"{millions}, {title}: {asked['outcome']}")
            work = [seconds(row, words, "processor") for row in (loaded, asked) if row]
            reading = seconds(loaded, words)
            if not load and asked["each"].startswith("read "):
                reading = number(asked["each"].split()[1].rstrip(";"), words) + " s"
            cells = [
                words["million"].format(millions) if first else "", title, reading,
                disk(loaded, words), answered, " + ".join(filter(None, work)),
                memory(loaded, words), memory(asked, words)]
            print("|", " | ".join(cells), "|")
            first = False
    print("\n" + "\n".join(notes))


main()
