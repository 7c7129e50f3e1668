"""Spark in local mode: an export read once and kept as Parquet, then questions.

    engine_spark.py load TIMES.json STORE MEMORY EXPORT
    engine_spark.py ask TIMES.json STORE MEMORY ANSWERS WITHOUT QUERIES RUN.py
    engine_spark.py hand TIMES.json STORE MEMORY ANSWERS WITHOUT

`load` reads with the export's own load-spark.py; `ask` runs the queries that `lien sql` wrote with
the run.py that it wrote beside them; `hand` the questions as an analyst writes them. MEMORY, in
MiB, is Java's heap. WITHOUT lists questions that are not asked.
"""

import os
import runpy
import shutil
import sys

import by_hand
import steps

TABLES = ["residence", "resident", "activity", "attendance", "response"]


def session(store, mebibytes):
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.memory": f"{mebibytes}m",
        "spark.driver.maxResultSize": "0",
        "spark.local.dir": os.path.join(store, "scratch"),
        "spark.sql.warehouse.dir": os.path.join(store, "warehouse"),
        "spark.sql.shuffle.partitions": partitions(store),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master("local[*]").appName("lien")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def partitions(store):
    """Into how many parts Spark cuts what it sorts: one for some 2 MB of attendances as Parquet,
    about half a million. Its own 200 are too many where data are few."""
    folder = os.path.join(store, "tables", "attendance")
    kept = sum(os.path.getsize(e.path) for e in os.scandir(folder)) if os.path.exists(folder) else 0
    return max(2 * (os.cpu_count() or 1), kept >> 21)


def load(spark, store, run, export):
    frames = runpy.run_path(os.path.join(export, "load-spark.py"))["load"](spark, export)
    for table in TABLES:
        frame = frames[table]
        kept = frame.drop(*(c for c in frame.columns if c.startswith("lien_")))
        # Without the folders of the export, which would be as many files again.
        run.step("load", lambda: kept.write.mode("overwrite").parquet(f"{store}/tables/{table}"))


def views(spark, store):
    for table in TABLES:
        spark.read.parquet(f"{store}/tables/{table}").createOrReplaceTempView(table)


def ask(spark, store, run, answers, without, queries, program):
    views(spark, store)
    rows = runpy.run_path(program)["rows"]
    names = runpy.run_path(program)["COLUMNS"]
    for question, ids in steps.questions(without).items():
        for name in ids:
            path = os.path.join(queries, f"{name}.sql")
            found = run.step(question, lambda: list(rows(spark, path)))
            header = names if len(found[0]) == len(names) else found[0].__fields__
            steps.keep(answers, name, header, found)


def hand(spark, store, run, answers, without):
    views(spark, store)

    def make(name, key, select):
        path = f"{store}/made/{name}"
        spark.sql(select).write.mode("overwrite").parquet(path)
        spark.read.parquet(path).createOrReplaceTempView(name)

    by_hand.ask("spark", run, answers, without, make, lambda sql: spark.sql(sql).collect())


def main():
    what, times, store, mebibytes, *rest = sys.argv[1:]
    run = steps.Run(times)
    os.makedirs(store, exist_ok=True)
    shutil.rmtree(os.path.join(store, "scratch"), ignore_errors=True)
    spark = run.step("start", lambda: session(store, mebibytes))
    {"load": load, "ask": ask, "hand": hand}[what](spark, store, run, *rest)
    run.step("end", spark.stop)


main()
