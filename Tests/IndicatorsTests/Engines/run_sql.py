"""Runs SQL statements on an engine: reads {tables, statements} as JSON on standard input, writes
one list of rows a statement. Tables are typed as an export of `lien` loads them.

    run_sql.py duckdb|postgresql|clickhouse|spark < request.json > answers.json
"""

import datetime
import decimal
import json
import os
import sys

TYPES = {
    "duckdb": {"whole": "BIGINT", "decimal": "DOUBLE", "date": "DATE", "text": "VARCHAR"},
    "postgresql": {
        "whole": "bigint",
        "decimal": "double precision",
        "date": "date",
        "text": 'text COLLATE "C"',
    },
    "clickhouse": {
        "whole": "Nullable(Int64)",
        "decimal": "Nullable(Float64)",
        "date": "Nullable(Date32)",
        "text": "Nullable(String)",
    },
    "spark": {"whole": "BIGINT", "decimal": "DOUBLE", "date": "DATE", "text": "STRING"},
}


def plain(value):
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    return float(value)


def typed(kind, value):
    if value is None:
        return None
    if kind in ("whole", "decimal"):
        return int(value) if kind == "whole" else float(value)
    return datetime.date.fromisoformat(value) if kind == "date" else value


class DuckDB:
    def __init__(self, tables):
        import duckdb

        self.connection = duckdb.connect()
        # A slow query would write its progress among the answers.
        self.connection.execute("set enable_progress_bar = false")
        for table in tables:
            columns = ", ".join(f'"{n}" {TYPES["duckdb"][k]}' for n, k in table["columns"])
            self.connection.execute(f'CREATE TABLE "{table["name"]}" ({columns})')
            if table["rows"]:
                marks = ", ".join("?" for _ in table["columns"])
                self.connection.executemany(
                    f'INSERT INTO "{table["name"]}" VALUES ({marks})', table["rows"]
                )

    def ask(self, statement):
        return self.connection.execute(statement).fetchall()


class PostgreSQL:
    """A cluster of its own, in LIEN_TEST_POSTGRESQL (its socket's folder)."""

    def __init__(self, tables):
        import psycopg

        self.connection = psycopg.connect(
            host=os.environ["LIEN_TEST_POSTGRESQL"], user="postgres", autocommit=True
        )
        self.connection.execute("DROP SCHEMA IF EXISTS trial CASCADE")
        self.connection.execute("CREATE SCHEMA trial")
        self.connection.execute("SET search_path TO trial")
        for table in tables:
            columns = ", ".join(f'"{n}" {TYPES["postgresql"][k]}' for n, k in table["columns"])
            self.connection.execute(f'CREATE TABLE "{table["name"]}" ({columns})')
            with self.connection.cursor().copy(f'COPY "{table["name"]}" FROM STDIN') as copy:
                for row in table["rows"]:
                    copy.write_row(
                        [typed(k, v) for (_, k), v in zip(table["columns"], row)]
                    )
        self.connection.execute("ANALYZE")

    def ask(self, statement):
        return self.connection.execute(statement).fetchall()


class ClickHouse:
    def __init__(self, tables):
        import tempfile
        from chdb import session

        self.folder = tempfile.TemporaryDirectory()
        self.session = session.Session(self.folder.name + "/store")
        self.session.query("CREATE DATABASE trial")
        self.session.query("USE trial")
        for table in tables:
            columns = ", ".join(f'"{n}" {TYPES["clickhouse"][k]}' for n, k in table["columns"])
            name = table["name"]
            self.session.query(
                f'CREATE TABLE "{name}" ({columns}) ENGINE = MergeTree ORDER BY tuple()'
            )
            if not table["rows"]:
                continue
            path = f"{self.folder.name}/{name}.jsonl"
            with open(path, "w", encoding="utf-8") as file:
                for row in table["rows"]:
                    file.write(json.dumps([typed_json(k, v) for (_, k), v in zip(table["columns"], row)]) + "\n")
            self.session.query(
                f"INSERT INTO \"{name}\" SELECT * FROM file('{path}', JSONCompactEachRow)"
            )

    def ask(self, statement):
        *before, last = statement.split(";\n")
        for step in before:
            self.session.query(step)
        text = str(self.session.query(last, "JSONCompact"))
        return json.loads(text)["data"] if text else []


def typed_json(kind, value):
    return int(value) if kind == "whole" and value is not None else value


class Spark:
    def __init__(self, tables):
        from pyspark.sql import SparkSession
        from pyspark.sql.types import (
            DateType, DoubleType, LongType, StringType, StructField, StructType,
        )

        types = {"whole": LongType(), "decimal": DoubleType(), "date": DateType(), "text": StringType()}
        self.session = (
            SparkSession.builder.master("local[2]")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "ERROR")
            .config("spark.sql.ansi.enabled", os.environ.get("LIEN_TEST_ANSI", "true"))
            .getOrCreate()
        )
        for table in tables:
            fields = [StructField(n, types[k], True) for n, k in table["columns"]]
            rows = [
                tuple(typed(k, v) for (_, k), v in zip(table["columns"], row))
                for row in table["rows"]
            ]
            frame = self.session.createDataFrame(rows, StructType(fields)).coalesce(1).cache()
            frame.count()
            frame.createOrReplaceTempView(table["name"])

    def ask(self, statement):
        return [list(row) for row in self.session.sql(statement).collect()]


def main():
    engine = {"duckdb": DuckDB, "postgresql": PostgreSQL, "clickhouse": ClickHouse, "spark": Spark}
    request = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what an engine prints by itself is no answer
    asked = engine[sys.argv[1]](request["tables"])
    answers = []
    for statement in request["statements"]:
        try:
            answers.append({"rows": [[plain(v) for v in row] for row in asked.ask(statement)]})
        except Exception as error:  # told to the test, which names the indicator
            answers.append({"error": str(error)})
    json.dump(answers, out)
    out.flush()
    os._exit(0)  # engines stop at once


main()
