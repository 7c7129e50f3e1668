"""Looks for what identifies people in what leaves the project.

    tokens.py plant TABLES.csv MODEL_FOLDER OUT
    tokens.py pseudonyms IDENTITIES.sqlite TOKENS.json
    tokens.py search TOKENS.json PATH...
    tokens.py prove TOKENS.json FOLDER

`plant` writes a sheet for every table of the model (TABLES.csv is `lien tables --format csv`) into OUT,
with an invented name, flat, telephone, e-mail, birth date or free text in every cell that can identify
somebody, and OUT/tokens.json with all of them by kind. `pseudonyms` adds those that the project gave.
`search` looks for each of them in every file, in any disguise, also within archives, PDFs and file names;
prints what it found, one JSON line a finding, and ends with 1 if there is any. `prove` hides tokens in
every disguise and ends with 1 if one of them is not found.
"""
import base64
import csv
import gzip
import html
import io
import json
import pathlib
import re
import sqlite3
import sys
import unicodedata
import urllib.parse
import zipfile
import zlib

PEOPLE = 24  # a residence
RESIDENCES = ["zone-a", "zone-b"]
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
          "novembre", "décembre"]


# MARK: planting

class Planter:
    def __init__(self):
        self.tokens = {"word": [], "date": [], "digits": []}
        self.n = 0

    def word(self, shape):
        """A word that no sheet and no page has by chance."""
        self.n += 1
        letters = "".join("bcdfglmnprst"[self.n * k % 12] + "aeiou"[self.n // (k + 1) % 5] for k in (1, 5, 7))
        text = shape.format(f"zqv{letters}{self.n:04d}")
        self.tokens["word"].append(text)
        return text

    def phone(self):
        self.n += 1
        text = f"06 77 7{self.n // 1000 % 10} {self.n // 10 % 100:02d} {self.n % 10}9"
        self.tokens["digits"].append(text)
        return text

    def birth(self, i):
        day, month, year = 11 + i % 17, 1 + i % 12, 1931 + i
        self.tokens["date"].append(f"{year}-{month:02d}-{day:02d}")
        return f"{day:02d}/{month:02d}/{year}"


def closed_texts(folder):
    """The columns of text that no formula may read: names, telephones, notes."""
    out = set()
    for path in pathlib.Path(folder).glob("*.json5"):
        text = path.read_text(encoding="utf-8")
        table = re.search(r'^\s*table: "(\w+)"', text, re.M)
        for name in re.findall(r'\{name: "(\w+)", type: "text"(?![^{]*open: true)', text):
            out.add((table[1], name))
    return out


def plant(tables, folder, out):
    columns = {}
    for row in csv.DictReader(open(tables, encoding="utf-8")):
        columns.setdefault(row["table"], []).append(row)
    closed, planter = closed_texts(folder), Planter()
    assert len(closed) >= 12, closed
    homes = {r: [planter.word("Porte {}") for _ in range(PEOPLE)] for r in RESIDENCES}
    households = {r: [planter.word("Foyer {}") for _ in range(PEOPLE)] for r in RESIDENCES}
    people = {r: [planter.word("Id-{}") for _ in range(PEOPLE)] for r in RESIDENCES}
    names = {r: [(planter.word("D’{}-Éléonôre"), planter.word("Zoé {}")) for _ in range(PEOPLE)]
             for r in RESIDENCES}
    births = [planter.birth(i) for i in range(PEOPLE * len(RESIDENCES))]
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)

    def cell(table, c, r, i):
        """The cell of a column in the row of the i-th person of a residence."""
        name, kind, target = c["column"], c["kind"], c["target"]
        if table == "resident" and name == "birth_year":
            return births[RESIDENCES.index(r) * PEOPLE + i]
        if table == "resident" and name in ("surname", "given_name"):
            return names[r][i][name == "given_name"]
        if (table, name) in closed:
            if name == "phone":
                return planter.phone()
            return planter.word("Mme {}@exemple.fr, très isolée") if i % 2 else planter.word("« {} » pleure")
        if target == "resident" or (table, name) == ("resident", "resident"):
            return people[r][i] if name != "receiver" else people[r][(i + 1) % PEOPLE]
        if target == "dwelling" or (table, name) == ("dwelling", "dwelling"):
            return homes[r][i]
        if target == "household" or (table, name) == ("household", "household"):
            return households[r][i]
        if target == "residence" or (table, name) == ("residence", "residence"):
            return r
        if target in ("activity", "partner", "space", "project", "proxy"):
            return f"{target}-{r}-{i % 4}"
        if kind == "key":
            return planter.word("N {}") if c["identifying"] == "1" else f"{table}-{r}-{i}"
        if kind == "code":
            values = [v for v in c["values"].split(" | ") if v]
            if (table, name) == ("resident", "kind"):
                return "resident"
            if (table, name) in (("attendance", "status"), ("activity", "status"), ("panel", "outcome")):
                return values[0]
            return values[i % len(values)]
        if kind == "date":
            if name in ("departure", "ended", "closed", "end", "priority_since"):
                return ""
            year = 2019 if name in ("arrival", "delivered", "first") else 2024
            return f"{1 + i:02d}/{1 + i % 12:02d}/{year}"
        if kind == "month":
            return "" if name in ("ended", "closed") else f"2024-{1 + i % 12:02d}"
        if kind == "time":
            return f"{9 + i % 9:02d}:{'30' if name == 'end' else '00'}"
        if kind == "boolean":
            return "oui" if i % 3 else "non"
        if kind in ("integer", "decimal"):
            low = float(c["minimum"] or 1)
            high = float(c["maximum"] or low + 4)
            return str(int(min(high, low + i % 4)))
        return {"instrument": "who5", "wave": "2024", "item": f"who{1 + i % 5}", "period": "2024"}.get(
            name, f"texte {i % 3}")

    for table, own in columns.items():
        with open(out / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
            sheet = csv.writer(file, delimiter=";")
            heads = ["Date de naissance" if (table, c["column"]) == ("resident", "birth_year") else c["label_fr"]
                     for c in own]
            sheet.writerow(heads)
            for r in RESIDENCES:
                for i in range(1 if table == "residence" else PEOPLE):
                    # Everybody comes to four sessions; the other tables have a row a person.
                    for k in range(4 if table == "attendance" else 1):
                        row = [cell(table, c, r, i) for c in own]
                        if table == "attendance":
                            heads_ = [c["column"] for c in own]
                            row[heads_.index("session")] = f"activity-{r}-{k}"
                            row[heads_.index("group")] = ""
                            row[heads_.index("headcount")] = ""
                        sheet.writerow(row)
    (out / "tokens.json").write_text(json.dumps(planter.tokens, ensure_ascii=False), encoding="utf-8")
    print(json.dumps({kind: len(found) for kind, found in planter.tokens.items()}))


def pseudonyms(identities, tokens):
    with sqlite3.connect(f"file:{urllib.parse.quote(identities)}?mode=ro", uri=True) as store:
        found = [p for (p,) in store.execute("SELECT DISTINCT pseudonym FROM pseudonym")]
    known = json.loads(pathlib.Path(tokens).read_text(encoding="utf-8"))
    known["pseudonym"] = found
    pathlib.Path(tokens).write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    print(len(found))


# MARK: searching

def plain(text):
    """Letters and digits alone, without case or accents."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text).casefold())


def unescaped(text):
    """The text with what stands for a character put in its place, again until nothing changes."""
    for _ in range(3):
        before = text
        text = html.unescape(text)
        text = re.sub(r"\\u\{?([0-9a-fA-F]{4})\}?|\\x([0-9a-fA-F]{2})|\\([0-9a-fA-F]{2,6}) ?|\\([0-7]{3})",
                      lambda m: chr(int(m[1] or m[2] or m[3], 16)) if m[1] or m[2] or m[3] and
                      int(m[3], 16) < 0x110000 else (chr(int(m[4], 8)) if m[4] else ""), text)
        text = urllib.parse.unquote_plus(text)
        # Bytes of UTF-8 that were read as Latin-1.
        if "Ã" in text or "â\x80" in text:
            text += "\n" + text.encode("latin-1", "ignore").decode("utf-8", "ignore")
        if text == before:
            break
    return text


def decoded(data):
    """The text of bytes in the encodings that anything reads."""
    yield data.decode("utf-8", "replace")
    if b"\0" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            yield data.decode(encoding, "ignore")
            yield data[1:].decode(encoding, "ignore")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        yield data.decode("latin-1")


def printed(data):
    """What a PDF says: its pages as a reader copies them, its properties, its streams of text."""
    yield re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.S)
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.S):
        try:
            stream = zlib.decompressobj().decompress(stream)
        except zlib.error:
            pass
        if sum(32 <= b < 127 or b in b"\r\n\t" for b in stream[:400]) > 0.9 * len(stream[:400]):
            yield stream
    try:
        import pypdf
        reader = pypdf.PdfReader(io.BytesIO(data))
        texts = [page.extract_text() or "" for page in reader.pages]
        yield "\n".join(texts + [str(reader.metadata)]).encode()
    except Exception:  # no reader, or none that understands the file: its streams were read above
        pass


def inside(data, depth=0):
    """The bytes, and all bytes packed in them."""
    if data[:5] != b"%PDF-":
        yield data
    if depth > 4:
        return
    packed = []
    if data[:2] == b"\x1f\x8b":
        try:
            packed.append(gzip.decompress(data))
        except (OSError, EOFError, zlib.error):
            pass
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    packed += [name.encode(), archive.read(name)]
        except (zipfile.BadZipFile, RuntimeError):
            pass
    if data[:2] in (b"\x78\x01", b"\x78\x9c", b"\x78\xda"):
        try:
            packed.append(zlib.decompressobj().decompress(data))
        except zlib.error:
            pass
    if data[:5] == b"%PDF-":
        yield from printed(data)
        return
    packed += coded(data)
    for part in packed:
        if part:
            yield from inside(part, depth + 1)


def coded(data):
    """What stands in base64 or in hexadecimal: packed parts by themselves, texts together."""
    texts = []

    def keep(part):
        if part[:2] in (b"\x1f\x8b", b"PK", b"\x78\x01", b"\x78\x9c", b"\x78\xda") or part[:5] == b"%PDF-":
            return [part]
        sample = part[:64].replace(b"\0", b"")
        printable = sum(32 <= b < 127 or b >= 0xC2 or b in b"\t\r\n" for b in sample)
        if sample and printable >= 0.8 * len(sample):
            texts.append(part)
        return []

    for run in set(re.findall(rb"[A-Za-z0-9+/_-]{16,}={0,2}", data)):
        # Any of the four places at which a longer run may have been cut.
        for start in range(4 if len(run) < 4096 else 1):
            part = run[start:].rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
            part = part[:len(part) - (len(part) % 4 == 1)]
            try:
                yield from keep(base64.b64decode(part + b"=" * (-len(part) % 4)))
            except ValueError:
                pass
    for run in set(re.findall(rb"(?:[0-9a-fA-F]{2}[ :]?){8,}", data)):
        digits = re.sub(rb"[ :]", b"", run)
        yield from keep(bytes.fromhex(digits[:len(digits) // 2 * 2].decode()))
    for wide in (True, False):
        some = [t for t in texts if (b"\0" in t) == wide]
        if some:
            yield (b"\n\0" if wide else b"\n").join(some)


def any_of(words):
    """An expression for any of some words: it branches where they do, so a text is read once for all."""
    tree = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}

    def written(node):
        if "" in node:  # a word ends here: one that goes on is found by it
            return ""
        branches = [re.escape(letter) + written(rest) for letter, rest in sorted(node.items())]
        return branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"

    return written(tree) if tree else "(?!)"


class Needles:
    def __init__(self, tokens):
        # Every planted word holds its own core; a text that has no core has none of them.
        self.words = {plain(re.search(r"zqv\w+", t)[0]): t for t in tokens.get("word", [])}
        self.others = {plain(p): p for p in tokens.get("pseudonym", [])}
        self.other = re.compile(any_of(self.others))
        self.days = {d.replace("-", ""): d for d in tokens.get("date", [])}
        self.phones = {re.sub(r"\D", "", p)[1:]: p for p in tokens.get("digits", [])}
        # Dates of the years looked for, in the orders in which they are written.
        years = any_of({d[:4] for d in self.days})
        self.year_first = re.compile(rf"(?<!\d)({years})\D?([01]\d)\D?([0-3]\d)(?!\d)")
        self.year_last = re.compile(rf"(?<!\d)([0-3]\d)\D?([0-3]\d)\D?({years})(?!\d)")
        self.month_named = re.compile(
            r"(?<!\d)(\d\d?)(?:er)?\s(" + "|".join(MONTHS) + rf")\s({years})(?!\d)", re.I)

    def days_in(self, text):
        """Every date of a text in one of the years looked for, as year, month and day."""
        for m in self.year_first.finditer(text):
            yield m[1] + m[2] + m[3]
        for m in self.year_last.finditer(text):
            yield m[3] + m[2] + m[1]
            yield m[3] + m[1] + m[2]
        for m in self.month_named.finditer(text):
            yield f"{m[3]}{MONTHS.index(m[2].lower()) + 1:02d}{int(m[1]):02d}"

    def found(self, text):
        text = unescaped(text)
        flat = plain(text)
        for view in (flat, flat[::-1]):
            if "zqv" in view:
                for core in re.findall(r"zqv[a-z]{6}\d{4}", view):
                    if core in self.words:
                        yield self.words[core]
            for form in self.other.findall(view):
                yield self.others[form]
        for view in (text, text[::-1]):
            for day in self.days_in(view):
                if day in self.days:
                    yield self.days[day]
            for m in re.finditer(r"(?:0|33\s?)(\d(?:[\s.\-/]?\d){8})(?!\d)", view):
                digits = re.sub(r"\D", "", m[1])
                if digits in self.phones:
                    yield self.phones[digits]


def findings(needles, path):
    path = pathlib.Path(path)
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    for file in files:
        found = set(needles.found(str(file.relative_to(path) if path.is_dir() else file.name)))
        seen = set()
        for data in inside(file.read_bytes()):
            for text in decoded(data):
                # Short pieces decoded by chance hold nothing that long.
                if len(text) < 8 or text in seen:
                    continue
                seen.add(text)
                found.update(needles.found(text))
        for token in sorted(found):
            yield str(file), token
    if not files:
        raise SystemExit(f"nothing to look at in {path}")


def search(tokens, paths):
    needles = Needles(json.loads(pathlib.Path(tokens).read_text(encoding="utf-8")))
    count = 0
    for path in paths:
        for file, token in findings(needles, path):
            count += 1
            print(json.dumps({"file": file, "token": token}, ensure_ascii=False))
    raise SystemExit(1 if count else 0)


# MARK: proof

def disguises(token):
    """A token in each disguise, as the bytes of a file."""
    text = f"avant {token} après"
    yield "plain", text.encode()
    yield "upper case", text.upper().encode()
    yield "without accents", "".join(c for c in unicodedata.normalize("NFD", text)
                                     if not unicodedata.combining(c)).encode()
    yield "decomposed", unicodedata.normalize("NFD", text).encode()
    yield "Latin-1", text.replace("’", "'").encode("latin-1", "ignore")
    yield "Windows-1252", text.encode("cp1252", "ignore")
    yield "UTF-16", text.encode("utf-16-le")
    yield "UTF-16, big end first", text.encode("utf-16-be")
    yield "read as Latin-1", text.encode().decode("latin-1").encode()
    yield "entities", "".join(f"&#{ord(c)};" for c in text).encode()
    yield "entities in hexadecimal", "".join(f"&#x{ord(c):x};" for c in text).encode()
    yield "entities twice", "".join(f"&amp;#{ord(c)};" for c in text).encode()
    yield "per cent", "".join(f"%{b:02X}" for b in text.encode()).encode()
    yield "form", urllib.parse.quote_plus(text).encode()
    yield "JSON", json.dumps(text).encode()
    yield "JSON, all of it", "".join(f"\\u{ord(c):04x}" for c in text).encode()
    yield "CSS", "".join(f"\\{ord(c):06x}" for c in text).encode()
    yield "base64", base64.b64encode(text.encode())
    yield "base64 in a page", b"<img src=data:text/plain;base64," + base64.b64encode(text.encode()) + b">"
    yield "base64 for addresses", base64.urlsafe_b64encode(text.encode() * 2)
    yield "base64 of UTF-16", base64.b64encode(text.encode("utf-16-le"))
    yield "hexadecimal", text.encode().hex().encode()
    yield "backwards", text[::-1].encode()
    yield "with dashes", "-".join(token).encode() if not token[0].isdigit() else text.encode()
    yield "across markup lines", text.replace(" ", "\n").encode()
    yield "gzip", gzip.compress(text.encode())
    yield "zlib", zlib.compress(text.encode())
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/sharedStrings.xml", f"<t>{html.escape(text)}</t>")
    yield "workbook", archive.getvalue()
    named = io.BytesIO()
    with zipfile.ZipFile(named, "w") as made:
        made.writestr(token.replace("/", "-") + ".txt", "vide")
    yield "name in an archive", named.getvalue()
    yield "gzip in base64", base64.b64encode(gzip.compress(text.encode()))
    yield "PDF", (b"%PDF-1.4\n1 0 obj<</Length 9>>stream\n"
                  + zlib.compress(f"BT ({text}) Tj ET".encode("cp1252", "replace")) + b"\nendstream\nendobj\n%%EOF")


def prove(tokens, folder):
    known = json.loads(pathlib.Path(tokens).read_text(encoding="utf-8"))
    needles = Needles(known)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    missed, tried = [], 0
    for kind, found in known.items():
        token = found[len(found) // 2]
        if kind == "date":
            y, m, d = token.split("-")
            token = f"{d}/{m}/{y}"
        for name, data in disguises(token):
            file = folder / "sheet.bin"
            file.write_bytes(data)
            tried += 1
            if not any(True for _ in findings(needles, file)):
                missed.append(f"{kind}: {name}")
    clean = folder / "clean.html"
    clean.write_text("<p>12 habitants, 6777 venues, né en 1931, 01/02/2024, zqvbabobu</p>", encoding="utf-8")
    false = list(findings(needles, clean))
    (folder / "sheet.bin").unlink()
    print(json.dumps({"tried": tried, "missed": missed, "false": false}, ensure_ascii=False))
    raise SystemExit(1 if missed or false else 0)


if __name__ == "__main__":
    command, rest = sys.argv[1], sys.argv[2:]
    if command == "plant":
        plant(*rest)
    elif command == "pseudonyms":
        pseudonyms(*rest)
    elif command == "search":
        search(rest[0], rest[1:])
    elif command == "prove":
        prove(*rest)
    else:
        raise SystemExit(__doc__)
