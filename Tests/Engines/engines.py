"""Real engines on an export in parts (`lien export --partitioned`).

    load(engine, folder)    an Engine with all tables, loaded by the export's own load file
    missing(engine)         why an engine cannot be had here; None when it can

An Engine has `query(sql)` (rows as lists of plain values: texts, numbers, None; dates as
YYYY-MM-DD), `types(table)` (text, integer, decimal or date, by column) and `close()`. A text of
several statements, a semicolon at the end of a line between them as in a file of `lien sql`, gives
the rows of all its queries.

    python engines.py compare ENGINE FOLDER PLAIN [FOLDER PLAIN…]

compares every table with the CSV of a plain `lien export`: the same columns, types and rows, each
as often. It prints what it found as JSON, a line an export; status 1 when something differs, 77
when the engine is not there."""

import collections
import contextlib
import datetime
import decimal
import glob
import importlib.util
import json
import os
import pwd
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

ENGINES = ["sqlite", "duckdb", "postgresql", "clickhouse", "spark"]


def load(engine, folder):
    """An engine with all tables of an export."""
    return KINDS[engine](os.path.abspath(folder))


def missing(engine):
    """Why an engine cannot be had on this machine; None when it can."""
    if engine == "sqlite":
        return None if shutil.which("sqlite3") else "sqlite3 is not installed"
    if engine == "postgresql":
        return None if postgresql_programs() else "PostgreSQL is not installed"
    module = {"duckdb": "duckdb", "clickhouse": "chdb", "spark": "pyspark"}[engine]
    if importlib.util.find_spec(module) is None:
        return f"Python has no {module}"
    if engine == "spark" and not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "Java is not installed"
    return None


def plain(value):
    """A value as this module gives it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bool):
        return int(value)
    return value


@contextlib.contextmanager
def inside(folder):
    """Works in a folder, as a user of a load file does."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def statements(sql):
    """The statements of a file of `lien sql`, told apart by a semicolon at the end of a line."""
    lines = [line for line in sql.split("\n") if not line.startswith("--")]
    parts = [s.strip().removesuffix(";") for s in "\n".join(lines).split(";\n")]
    return [s for s in parts if s]


def asks(statement):
    """Whether a statement gives rows: others set something, or make a step."""
    return statement.split(None, 1)[0].upper() not in ("SET", "CREATE", "ANALYZE", "DROP")


def text(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


class Engine:
    """What all engines share: a place for their files, removed at the end."""

    def __init__(self, folder=None):
        """Starts the engine; with the tables of an export when one is named."""
        self.place = tempfile.mkdtemp(prefix="lien-engine-")
        try:
            self.start(folder)
        except BaseException:
            self.close()
            raise

    def close(self):
        shutil.rmtree(self.place, ignore_errors=True)

    def query(self, sql):
        """The rows of all queries of a text of statements."""
        rows = []
        for statement in statements(sql):
            answer = self.ask(statement)
            if asks(statement):
                rows += answer
        return rows

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class SQLite(Engine):
    def start(self, folder):
        path = self.place + "/lien.sqlite"
        with open(folder + "/load-sqlite.sql", "rb") as script:
            run(["sqlite3", path], cwd=folder, stdin=script)
        self.connection = sqlite3.connect(path)

    def ask(self, statement):
        return [list(row) for row in self.connection.execute(statement)]

    def types(self, table):
        kinds = {"TEXT": "text", "INTEGER": "integer", "REAL": "decimal"}
        return {r[1]: kinds[r[2]] for r in self.query(f'PRAGMA table_info("{table}")')}


class DuckDB(Engine):
    def start(self, folder):
        import duckdb

        self.connection = duckdb.connect()
        # A slow query would write its progress among the answers.
        self.connection.execute("SET enable_progress_bar = false")
        if folder:
            with inside(folder):
                self.connection.execute(text(folder, "load-duckdb.sql"))

    def ask(self, statement):
        return [[plain(v) for v in row] for row in self.connection.execute(statement).fetchall()]

    def types(self, table):
        kinds = {"VARCHAR": "text", "BIGINT": "integer", "DOUBLE": "decimal", "DATE": "date"}
        return {r[0]: kinds[r[1]] for r in self.query(f'DESCRIBE "{table}"')}


def postgresql_programs():
    """The folder of PostgreSQL's programs; None when there is none."""
    given = os.environ.get("LIEN_TEST_POSTGRESQL")
    found = [given] if given else sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    return next((f for f in found if os.path.exists(f + "/initdb")), None)


class PostgreSQL(Engine):
    """A server of its own, on a socket in its folder. Its programs refuse root: root lends them
    another user; the files are read by psql, as root."""

    server = None

    def start(self, folder):
        self.programs = postgresql_programs()
        user = None
        if os.geteuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            user = "postgres" if "postgres" in names else "nobody"
            os.chmod(self.place, 0o755)
        data = self.place + "/data"
        os.mkdir(data, 0o700)
        if user:
            shutil.chown(data, user)
        run([self.programs + "/initdb", "-D", data, "-U", "lien", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync"], user=user, cwd=data)
        options = {"listen_addresses": "", "unix_socket_directories": data, "fsync": "off",
                   "unix_socket_permissions": "0777", "max_wal_size": "4GB"}
        arguments = [f for k, v in options.items() for f in ("-c", f"{k}={v}")]
        log = open(self.place + "/log", "wb")
        self.server = subprocess.Popen(
            [self.programs + "/postgres", "-D", data] + arguments, user=user, cwd=data,
            stdout=log, stderr=log)
        self.psql = [self.programs + "/psql", "-h", data, "-U", "lien", "-d", "postgres", "-X",
                     "-q", "-v", "ON_ERROR_STOP=1"]
        ready = [self.programs + "/pg_isready", "-q", "-h", data, "-t", "1"]
        for _ in range(300):
            if subprocess.run(ready).returncode == 0:
                break
            time.sleep(0.1)
        if folder:
            run(self.psql + ["-f", "load-postgresql.sql"], cwd=folder)

    def query(self, sql):
        # One session for all statements. An array of the row's values: names may be there twice.
        script = self.place + "/script.sql"
        with open(script, "w", encoding="utf-8") as file:
            for statement in statements(sql):
                if asks(statement):
                    statement = f"SELECT row_to_json(lien_answer) FROM (\n{statement}\n) lien_answer"
                file.write(statement + ";\n")
        out = run(self.psql + ["-A", "-t", "-f", script])
        return [json.loads(line, object_pairs_hook=lambda pairs: [v for _, v in pairs])
                for line in out.split("\n") if line]

    def types(self, table):
        kinds = {"text": "text", "bigint": "integer", "double precision": "decimal", "date": "date"}
        rows = self.query(
            "SELECT column_name, data_type FROM information_schema.columns"
            f" WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position")
        return {name: kinds[kind] for name, kind in rows}

    def close(self):
        if self.server:
            # Fast: open sessions end.
            self.server.send_signal(2)
            self.server.wait()
        super().close()


class ClickHouse(Engine):
    """ClickHouse inside the process: chdb."""

    session = None

    def start(self, folder):
        from chdb.session import Session

        self.session = Session(self.place)
        self.session.query("CREATE DATABASE IF NOT EXISTS lien; USE lien")
        if folder:
            with inside(folder):
                self.session.query(text(folder, "load-clickhouse.sql"))
        # For few rows: what takes time is planning statements, compiling and logging them.
        self.session.query(
            "SET output_format_json_quote_64bit_integers = 0, max_threads = 1,"
            " compile_expressions = 0, compile_aggregate_expressions = 0,"
            " compile_sort_description = 0, log_queries = 0, log_processors_profiles = 0,"
            " query_profiler_real_time_period_ns = 0, query_profiler_cpu_time_period_ns = 0")

    def ask(self, statement):
        out = str(self.session.query(statement, "JSONCompactEachRow"))
        return [json.loads(line) for line in out.split("\n") if line]

    def types(self, table):
        kinds = {"String": "text", "Int64": "integer", "Float64": "decimal", "Date32": "date"}
        rows = self.query(
            "SELECT name, type FROM system.columns"
            f" WHERE database = currentDatabase() AND table = '{table}' ORDER BY position")
        return {n: kinds[t.removeprefix("Nullable(").removesuffix(")")] for n, t in rows}

    def close(self):
        if self.session:
            self.session.close()
        super().close()


class Spark(Engine):
    """Spark in local mode; names of files are UTF-8 whatever the locale of the caller."""

    session = None

    def start(self, folder):
        os.environ["LC_ALL"] = "C.UTF-8"
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        from pyspark.sql import SparkSession

        self.session = (
            SparkSession.builder.master("local[*]").appName("lien")
            .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.memory", "3g").config("spark.sql.warehouse.dir", self.place)
            # For few rows: what takes time is making plans and compiling them.
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.constraintPropagation.enabled", "false")
            .config("spark.sql.ui.explainMode", "simple")
            .config("spark.sql.maxPlanStringLength", "100")
            # A query of many sorts asks a page for each.
            .config("spark.buffer.pageSize", "1m")
            # Where its place for compiled code is full, Java goes on without compiling.
            .config("spark.driver.extraJavaOptions",
                    "-XX:+UseSerialGC -XX:ReservedCodeCacheSize=400m")
            .config("spark.log.level", "ERROR").getOrCreate())
        if not folder:
            return
        spec = importlib.util.spec_from_file_location("load_spark", folder + "/load-spark.py")
        self.module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)
        self.frames = self.module.load(self.session, folder)
        for name, frame in self.frames.items():
            # One part, in memory: joins and groups of few rows need no exchange.
            self.frames[name] = frame.coalesce(1).cache()
            self.frames[name].createOrReplaceTempView("`" + name + "`")

    def query(self, sql):
        rows = self.session.sql(sql.strip().rstrip(";")).collect()
        return [[plain(v) for v in row] for row in rows]

    def types(self, table):
        kinds = {"string": "text", "bigint": "integer", "double": "decimal", "date": "date"}
        return {n: kinds[t] for n, t in self.frames[table].dtypes if not n.startswith("lien_")}

    def close(self):
        if self.session:
            self.session.stop()
        super().close()


KINDS = dict(zip(ENGINES, [SQLite, DuckDB, PostgreSQL, ClickHouse, Spark]))


def run(arguments, user=None, cwd=None, stdin=subprocess.DEVNULL):
    """Runs a program; what it printed. Its complaint is the error."""
    group = {"user": user} if user else {}
    done = subprocess.run(arguments, cwd=cwd, stdin=stdin, capture_output=True, **group)
    if done.returncode != 0:
        raise RuntimeError(
            arguments[0] + ": " + (done.stderr or done.stdout).decode("utf-8", "replace")[-2000:])
    return done.stdout.decode("utf-8")


# Comparing


def cells(path):
    """The rows of a CSV: an empty cell is None, an empty text in quotes is not."""
    with open(path, encoding="utf-8", newline="") as file:
        data = file.read()
    row, i, n = [], 0, len(data)
    while i < n:
        if data[i] == '"':
            parts, i = [], i + 1
            while True:
                end = data.index('"', i)
                parts.append(data[i:end])
                i = end + 1
                if data[i:i + 1] != '"':
                    break
                parts.append('"')
                i += 1
            row.append("".join(parts))
        else:
            comma, line = data.find(",", i), data.find("\n", i)
            end = min(x for x in (comma, line) if x >= 0)
            row.append(data[i:end] or None)
            i = end
        if data[i] == "\n":
            yield row
            row = []
        elif data[i + 1] == "\n":
            row.append(None)
            i += 1
            yield row
            row = []
        i += 1


def expected(path, columns, empty):
    """The rows of a plain CSV as values of their types."""
    read = {"text": lambda v: v or empty, "date": str, "integer": int, "decimal": float}
    rows = cells(path)
    header = next(rows)
    assert header == [c["name"] for c in columns], f"{path}: {header}"
    reads = [read[c["type"]] for c in columns]
    for row in rows:
        yield tuple(None if v is None else f(v) for f, v in zip(reads, row))


def compare(engine, folder, plain_folder):
    """What differs between the loaded tables and a plain export."""
    schema = json.loads(text(folder, "schema.json"))
    differences, total = [], 0
    with load(engine, folder) as loaded:
        quote = "`" if engine == "spark" else '"'
        for table in schema["tables"]:
            name, columns = table["name"], table["columns"]
            # In SQLite a date is a text, and an empty text from a file is none.
            declared = {c["name"]: c["type"] for c in columns}
            if engine == "sqlite":
                declared = {n: "text" if t == "date" else t for n, t in declared.items()}
            types = loaded.types(name)
            if list(types.items()) != list(declared.items()):
                differences.append(f"{name}: types {types}, not {declared}")
                continue
            names = ", ".join(quote + c["name"] + quote for c in columns)
            rows = loaded.query(f"SELECT {names} FROM {quote}{name}{quote}")
            found = collections.Counter(map(tuple, rows))
            wanted = collections.Counter(
                expected(f"{plain_folder}/{name}.csv", columns, None if engine == "sqlite" else ""))
            total += len(rows)
            if len(rows) != table["rows"]:
                differences.append(f"{name}: {len(rows)} rows, not {table['rows']}")
            if found != wanted:
                differences.append(
                    f"{name}: found {list((found - wanted).items())[:2]},"
                    f" not {list((wanted - found).items())[:2]}")
            required = [i for i, c in enumerate(columns) if not c["nullable"]]
            if any(row[i] is None for row in rows for i in required):
                differences.append(f"{name}: a value is missing where none may be")
    return {"engine": engine, "tables": len(schema["tables"]), "rows": total,
            "differences": differences}


if __name__ == "__main__":
    _, command, engine, *folders = sys.argv
    reason = missing(engine)
    if reason:
        print(json.dumps({"engine": engine, "missing": reason}))
        sys.exit(77)
    reports = [compare(engine, *pair) for pair in zip(folders[::2], folders[1::2])]
    for report in reports:
        print(json.dumps(report, ensure_ascii=False))
    sys.exit(1 if any(report["differences"] for report in reports) else 0)
