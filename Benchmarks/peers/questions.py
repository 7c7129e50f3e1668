"""Read the files and answer the ten questions in one process: lien, DuckDB, Polars."""

import json
import os

from process import HERE, run, script

QUESTIONS = [f"q{n:02}" for n in range(1, 11)]
DEFINITIONS = os.path.join(HERE, "..", "..", "indicators")


def measures(steps, seconds, peak):
    out = {question: steps[question] for question in QUESTIONS}
    out |= {"read": steps["read"], "questions": steps["questions"]}
    return out | {"whole": seconds, "peak": peak / 1024}


def peer(name, folder, work):
    answers, times = (os.path.join(work, f"{name}.{end}") for end in ("csv", "json"))
    seconds, peak, steps = script(f"questions_{name}", folder, answers, times)
    return measures(steps, seconds, peak)


def catalogue(program, folder, work, draws):
    """Every definition by residence and year, in one process: seconds; how many were asked, and
    how many had a value of some residence and year."""
    name = "draws" if draws else "catalogue"
    answers, times = (os.path.join(work, f"{name}.{end}") for end in ("csv", "json"))
    command = [program, folder, answers, times, "--definitions", DEFINITIONS, "--catalogue", "all"]
    seconds, _ = run(command if draws else [*command, "--without-draws"])
    with open(times, encoding="utf-8") as file:
        report = json.load(file)
    return seconds, report["definitions"], report["with_values"]


def lien(program, folder, work, before=()):
    """`before` stands before the command: a processor to keep to."""
    answers, times = (os.path.join(work, f"lien.{end}") for end in ("csv", "json"))
    command = [*before, program, folder, answers, times, "--definitions", DEFINITIONS]
    seconds, peak = run(command)
    with open(times, encoding="utf-8") as file:
        return measures(json.load(file)["seconds"], seconds, peak)
