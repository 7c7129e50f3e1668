"""Runs SQL statements on an engine: reads {tables, statements} as JSON on standard input, writes
one list of rows a statement. Tables are typed as an export of `lien` loads them.

    run_sql.py duckdb|postgresql|clickhouse|spark < request.json > answers.json
    run_sql.py --missing ENGINE      why it cannot be had here; nothing when it can
"""

import csv
import datetime
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Engines"))
import engines  # noqa: E402

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
}


def typed(kind, value):
    if value is None:
        return None
    if kind in ("whole", "decimal"):
        return int(value) if kind == "whole" else float(value)
    return value


def declared(engine, table):
    columns = ", ".join(f'"{n}" {TYPES[engine][k]}' for n, k in table["columns"])
    return f'CREATE TABLE "{table["name"]}" ({columns})'


def duckdb(loaded, table, rows):
    loaded.query(declared("duckdb", table))
    if rows:
        marks = ", ".join("?" for _ in table["columns"])
        loaded.connection.executemany(f'INSERT INTO "{table["name"]}" VALUES ({marks})', rows)


def postgresql(loaded, table, rows):
    path = f"{loaded.place}/{table['name']}.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    engines.run(loaded.psql + [
        "-c", declared("postgresql", table),
        "-c", f"\\copy \"{table['name']}\" FROM '{path}' WITH (FORMAT csv)",
        "-c", "ANALYZE"])


def clickhouse(loaded, table, rows):
    loaded.query(declared("clickhouse", table) + " ENGINE = MergeTree ORDER BY tuple()")
    path = f"{loaded.place}/{table['name']}.jsonl"
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    if rows:
        loaded.session.query(
            f"INSERT INTO \"{table['name']}\" SELECT * FROM file('{path}', JSONCompactEachRow)")


def spark(loaded, table, rows):
    from pyspark.sql.types import (
        DateType, DoubleType, LongType, StringType, StructField, StructType)

    types = {"whole": LongType, "decimal": DoubleType, "date": DateType, "text": StringType}
    kinds = [k for _, k in table["columns"]]
    rows = [
        tuple(datetime.date.fromisoformat(v) if k == "date" and v else v
              for k, v in zip(kinds, row))
        for row in rows]
    fields = [StructField(n, types[k](), True) for n, k in table["columns"]]
    frame = loaded.session.createDataFrame(rows, StructType(fields)).coalesce(1).cache()
    frame.createOrReplaceTempView(table["name"])


def main():
    engine = sys.argv[-1]
    if "--missing" in sys.argv:
        print(engines.missing(engine) or "", end="")
        return
    request = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what an engine prints by itself is no answer
    answers = []
    with engines.KINDS[engine]() as loaded:
        for table in request["tables"]:
            kinds = [k for _, k in table["columns"]]
            rows = [[typed(k, v) for k, v in zip(kinds, row)] for row in table["rows"]]
            globals()[engine](loaded, table, rows)
        for statement in request["statements"]:
            try:
                answers.append({"rows": loaded.query(statement)})
            except Exception as error:  # told to the test, which names the indicator
                answers.append({"error": str(error)})
    json.dump(answers, out)
    out.flush()


main()
