"""A whole dashboard by lien against one page with one chart by R Markdown, in turn on the same machine.

    whole.py LIEN PROJECT [--rounds 5] [--audience public|internal]

PROJECT is the demo's. Each round copies it without its ledger of releases, so that a public release is
protected and proved anew, and writes all its pages; then R Markdown (Debian's r-cran-rmarkdown, ggplot2 and
pandoc) makes one page with one chart and one table of the CSV that lien wrote.
"""
import argparse
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path


def timed(command, **how):
    """Seconds by the clock, and of processor."""
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **how)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    words = argparse.ArgumentParser()
    words.add_argument("lien", type=Path)
    words.add_argument("project", type=Path)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--audience", default="public", choices=["public", "internal"])
    given = words.parse_args()
    template = Path(__file__).with_name("one_page.Rmd")
    ours, theirs, pages = [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for turn in range(given.rounds + 1):
            copy = folder / f"project-{turn}"
            shutil.copytree(given.project, copy)
            shutil.rmtree(copy / "diffusions", ignore_errors=True)
            out = folder / f"site-{turn}"
            a = timed([given.lien.resolve(), "report", "dashboard", "--audience", given.audience, "--project", copy,
                       "--out", out])
            pages = len(list(out.glob("*.html")))
            charts = sum(p.read_text(encoding="utf-8").count('role="img"') for p in out.glob("*.html"))
            shutil.copy(template, folder / "one_page.Rmd")
            b = timed(["Rscript", "-e", "rmarkdown::render('one_page.Rmd', quiet = TRUE, params = list(csv = '"
                       + str(out / "data" / "dashboard.csv") + "'))"], cwd=folder)
            if turn:  # the first warms the disk's cache
                ours.append(a)
                theirs.append(b)
    for name, times in (("lien", ours), ("R Markdown", theirs)):
        what = f"{pages} pages, {charts} charts" if name == "lien" else "1 page, 1 chart"
        for k, kind in enumerate(("by the clock", "of processor")):
            some = [t[k] for t in times]
            print(f"{name:12} {what:26} {kind}: median {statistics.median(some):6.2f} s  "
                  f"({min(some):.2f}–{max(some):.2f})")


main()
