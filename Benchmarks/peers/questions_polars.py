"""The ten questions, asked of Polars."""

import os

import timing

os.environ.setdefault("POLARS_MAX_THREADS", "2")
START = timing.time.perf_counter()
import polars as pl  # noqa: E402 (the import is timed)

IMPORT = timing.time.perf_counter() - START

KEY = ["year", "residence"]


def band(year):
    """The 15-year age band at the end of a year; null when the birth year is unknown."""
    age = pl.col(year) - pl.col("birth_year")
    return (
        pl.when(age.is_null()).then(None)
        .when(age < 15).then(pl.lit("0-14"))
        .when(age < 30).then(pl.lit("15-29"))
        .when(age < 45).then(pl.lit("30-44"))
        .when(age < 60).then(pl.lit("45-59"))
        .when(age < 75).then(pl.lit("60-74"))
        .otherwise(pl.lit("75+"))
        .alias("band")
    )


def read(folder):
    """Everything detected by Polars, as an analyst would."""
    return [
        pl.read_csv(f"{folder}/{name}.csv", try_parse_dates=True)
        for name in ("attendance", "activity", "resident", "response")
    ]


def prepare(attendance, activity, resident):
    """What several questions need, once, with small numbers in place of texts."""
    person = resident.select("resident", "birth_year").with_row_index("person")
    dated = activity.select(
        "session",
        "residence",
        pl.col("date").dt.year().cast(pl.Int16).alias("year"),
        pl.col("date").dt.quarter().cast(pl.Int16).alias("quarter"),
    )
    cell = dated.select(KEY).unique().with_row_index("cell").with_columns(
        pl.col("residence").rank("dense").alias("place")
    )
    meeting = dated.join(cell, on=KEY).select(
        "session", "cell", "place", "year",
        (pl.col("year") * 4 + pl.col("quarter")).alias("quarter"),
    ).with_row_index("meeting")
    visit = (
        attendance.lazy()
        .select("session", "resident")
        .join(meeting.lazy(), on="session")
        .join(person.lazy().select("resident", "person"), on="resident")
        .select("meeting", "person", "cell", "place", "year", "quarter")
        .collect()
    )
    tally = visit.group_by("cell", "person").agg(pl.len().alias("n"))
    return {"person": person, "cell": cell, "meeting": meeting, "visit": visit, "tally": tally}


def named(data, table, *values):
    """Cells by year and residence."""
    return table.join(data["cell"], on="cell").select(*KEY, *values)


def q01(data):
    out = data["visit"].group_by("cell").agg(
        pl.len(), pl.col("person").n_unique(), pl.col("meeting").n_unique()
    )
    return {
        "q01-attendances": named(data, out, "len"),
        "q01-participants": named(data, out, "person"),
        "q01-sessions": named(data, out, "meeting"),
    }


def q02(data):
    out = (
        data["tally"].join(data["person"].select("person", "birth_year"), on="person")
        .join(data["cell"], on="cell").with_columns(band("year")).group_by(*KEY, "band").len()
    )
    return {"q02-participants-age": out}


def q03(data):
    out = data["tally"].group_by("cell").agg((pl.col("n") >= 6).mean())
    return {"q03-share-6": named(data, out, "n")}


def q04(data):
    # A cohort counts when the next quarter lies within the data.
    seen = data["visit"].select("place", "person", "quarter").unique()
    last = seen["quarter"].max()
    cohort = (
        seen.group_by("place", "person").agg(pl.col("quarter").min())
        .filter(pl.col("quarter") < last)
        .with_columns((pl.col("quarter") + 1).cast(pl.Int16).alias("next"))
    )
    again = cohort.join(
        seen.with_columns(pl.lit(1).alias("again")),
        left_on=["place", "person", "next"], right_on=["place", "person", "quarter"], how="left",
    )
    out = again.group_by(
        ((pl.col("quarter") - 1) // 4).cast(pl.Int16).alias("year"), "place"
    ).agg(pl.col("again").is_not_null().mean())
    return {"q04-retention": out.join(data["cell"], on=["year", "place"]).select(*KEY, "again")}


def q05(data):
    # Σ|xi − xj| ÷ (2 n² mean), by ranks.
    n, i = pl.col("n").cast(pl.Int64), pl.int_range(1, pl.len() + 1)
    out = data["tally"].group_by("cell").agg(
        (2.0 * (n.sort() * i).sum() / (pl.len() * n.sum())
         - (pl.len() + 1.0) / pl.len()).alias("gini")
    )
    return {"q05-gini": named(data, out, "gini")}


def q06(data):
    known = data["person"].filter(pl.col("birth_year").is_not_null())
    n = pl.col("n").cast(pl.Float64)
    age = (pl.col("year").cast(pl.Int32) - pl.col("birth_year")).cast(pl.Int32)
    out = (
        data["visit"].lazy()
        .join(known.lazy().select("person", "birth_year"), on="person")
        .with_columns((age.clip(0, 75) // 15).cast(pl.Int8).alias("band"))
        .group_by("cell", "meeting", "band").agg(pl.len().alias("n"))
        .group_by("cell", "meeting").agg((1 - (n * n).sum() / (n.sum() * n.sum())).alias("blau"))
        .group_by("cell").agg(pl.col("blau").mean())
        .collect()
    )
    return {"q06-blau": named(data, out, "blau")}


def q07(data):
    one = data["visit"].lazy().select("meeting", "person", "cell")
    out = (
        one.join(one.select("meeting", pl.col("person").alias("other")), on="meeting")
        .filter(pl.col("person") < pl.col("other"))
        .group_by("cell", "person", "other").agg(pl.len().alias("n"))
        .group_by("cell").agg(pl.len().alias("met"), (pl.col("n") >= 3).sum().alias("thrice"))
        .collect()
    )
    return {"q07-pairs": named(data, out, "met"), "q07-pairs-3": named(data, out, "thrice")}


def q08(data):
    out = data["activity"].group_by(
        pl.col("date").dt.year().alias("year"), "residence", "theme"
    ).agg(pl.col("led_by").is_in(["resident", "co_led"]).mean(), pl.col("cost").sum())
    return {
        "q08-led": out.select(*KEY, "theme", "led_by"),
        "q08-cost": out.select(*KEY, "theme", "cost"),
    }


def q09(data):
    value, weight = pl.col("value"), pl.col("weight")
    out = (
        data["response"].filter(value.is_not_null())
        .group_by(pl.col("date").dt.year().alias("year"), "residence", "item", "wave")
        .agg(((weight * value).sum() / weight.sum()).alias("mean"))
    )
    return {"q09-items": out}


def q10(data):
    sizes = data["visit"].group_by("meeting").len()
    out = (
        data["meeting"].join(sizes, on="meeting", how="left")
        .with_columns(pl.col("len").fill_null(0)).group_by("cell").agg(pl.col("len").median())
    )
    return {"q10-median": named(data, out, "len")}


def main():
    folder, answers, times = timing.arguments()
    run = timing.Run("polars")
    run.times["import"] = IMPORT
    attendance, activity, resident, response = run.step("read", lambda: read(folder))
    data = run.step("prepare", lambda: prepare(attendance, activity, resident))
    data |= {"activity": activity, "response": response}
    for question in (q01, q02, q03, q04, q05, q06, q07, q08, q09, q10):
        for name, table in run.step(question.__name__, lambda: question(data)).items():
            run.answer(name, table.rows())
    run.finish(answers, times)


if __name__ == "__main__":
    main()
