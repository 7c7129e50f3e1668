"""How soon is a page there, opened from disk? A dashboard's pages against the same content by Plotly and Altair.

    paint.py PUBLIC_DASHBOARD [--chromium PATH] [--rounds 7] [--work FOLDER]

PUBLIC_DASHBOARD is what `lien report dashboard --audience public` wrote. Of its index and of one page of an
indicator the peers' pages are made: the same headings and sentences, for each figure the same numbers in a
chart and in a table, with their library inline, as a page that is sent to somebody must have it. All
are opened in turn by one headless Chromium, a new context each, first once to warm the disk's cache. Prints the
median of first contentful paint, of load, and of the moment when all charts stand there, with the bytes.
"""
import argparse
import html
import json
import re
import statistics
from html.parser import HTMLParser
from pathlib import Path

import altair
import plotly.graph_objects as go
import plotly.offline
import vl_convert
from playwright.sync_api import sync_playwright

PAGES = ["index.html", "indicateur-participants.html"]


class Content(HTMLParser):
    """The words of a page in their order, and its figures with their tables."""

    def __init__(self):
        super().__init__()
        self.parts, self.figure, self.table, self.row, self.text = [], None, None, None, None

    def handle_starttag(self, tag, attrs):
        if tag == "figure":
            self.figure = {"title": "", "charts": 0, "tables": []}
        elif tag == "svg" and ("role", "img") in attrs and self.figure is not None:
            self.figure["charts"] += 1
        elif tag == "table":
            self.table = []
        elif tag == "tr" and self.table is not None:
            self.row = []
        if tag in ("h1", "h2", "h3", "p", "th", "td", "caption", "li", "title", "style", "script", "desc"):
            self.text = ""

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag):
        text, keep = (self.text or "").strip(), None
        if tag in ("th", "td") and self.row is not None:
            self.row.append(text)
        elif tag == "tr" and self.row is not None:
            self.table.append(self.row)
            self.row = None
        elif tag == "table":
            if self.figure is not None:
                self.figure["tables"].append(self.table)
            else:
                self.parts.append(("table", self.table))
            self.table = None
        elif tag == "figure":
            self.parts.append(("figure", self.figure))
            self.figure = None
        elif tag == "h3" and self.figure is not None:
            self.figure["title"] = text
        elif tag in ("h1", "h2", "h3", "p", "li"):
            keep = text
        if tag in ("h1", "h2", "h3", "p", "th", "td", "caption", "li", "title", "style", "script", "desc"):
            self.text = None
        if keep and self.table is None:
            self.parts.append((tag, keep))


def number(text):
    """The number that a French cell begins with, if it does."""
    found = re.match(r"[−-]?[\d\u202f\u00a0 ]*\d(?:,\d+)?", text)
    if not found:
        return None
    return float(re.sub(r"[\u202f\u00a0 ]", "", found[0]).replace(",", ".").replace("−", "-"))


def series(figure):
    """The names and numbers of a figure: rows against the columns that hold numbers."""
    table = figure["tables"][0]
    heads, rows = table[0], [r for r in table[1:] if r]
    columns = [c for c in range(1, len(heads)) if sum(number(r[c]) is not None for r in rows if c < len(r)) > 0]
    return [(heads[c], [(r[0], number(r[c])) for r in rows if c < len(r)]) for c in columns[:4]]


def tables(figure):
    out = ""
    for table in figure["tables"]:
        out += "<table>" + "".join(
            "<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in table) + "</table>"
    return out


def page(content, head, chart):
    """A page of the same words, with a chart for each figure that has one."""
    body, count = "", 0
    for tag, part in content:
        if tag == "figure":
            body += f"<h3>{html.escape(part['title'])}</h3>"
            if part["charts"] and part["tables"]:
                body += chart(count, part)
                count += 1
            body += tables(part)
        elif tag == "table":
            body += tables({"tables": [part]})
        else:
            body += f"<{tag}>{html.escape(part)}</{tag}>"
    return (f"<!DOCTYPE html><html lang=fr><head><meta charset=utf-8><title>page</title>{head}</head>"
            f"<body>{body}</body></html>"), count


def plotly_chart(number_of, figure):
    fig = go.Figure()
    for name, points in series(figure):
        fig.add_bar(name=name, x=[v for _, v in points], y=[n for n, _ in points], orientation="h")
    fig.update_layout(height=320, width=640, title=figure["title"])
    return fig.to_html(full_html=False, include_plotlyjs=False)


def altair_chart(number_of, figure):
    values = [{"name": n, "what": w, "value": v} for w, points in series(figure) for n, v in points]
    chart = altair.Chart(altair.Data(values=values)).mark_bar().encode(
        x=altair.X("value:Q"), y=altair.Y("name:N", sort=None), color="what:N")
    spec = chart.properties(width=420, height=260, title=figure["title"]).to_json(indent=None)
    return f'<div id="v{number_of}"></div><script>vegaEmbed("#v{number_of}", {spec})</script>'


WAIT = """(() => {
  const look = () => {
    if (document.querySelectorAll(%s).length >= %d) window.chartsAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""


def opened(browser, path, selector, charts):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    tab = context.new_page()
    tab.add_init_script(WAIT % (json.dumps(selector), charts))
    tab.goto(path.resolve().as_uri(), wait_until="load")
    tab.wait_for_function("window.chartsAt !== undefined", timeout=60_000)
    tab.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    paint, load, drawn = tab.evaluate(
        """() => [performance.getEntriesByName('first-contentful-paint')[0].startTime,
                  performance.getEntriesByType('navigation')[0].loadEventEnd, window.chartsAt]""")
    context.close()
    return paint, load, drawn


def main():
    words = argparse.ArgumentParser()
    words.add_argument("dashboard", type=Path)
    words.add_argument("--chromium", default="/usr/bin/chromium")
    words.add_argument("--rounds", type=int, default=7)
    words.add_argument("--work", type=Path, default=Path("Benchmarks/work/pages"))
    given = words.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    plotly_head = "<script>" + plotly.offline.get_plotlyjs() + "</script>"
    altair_head = "<script>" + vl_convert.javascript_bundle() + "</script>"
    runs = []
    for name in PAGES:
        reader = Content()
        reader.feed((given.dashboard / name).read_text(encoding="utf-8").split("<body>", 1)[1])
        charts = sum(p["charts"] for t, p in reader.parts if t == "figure")
        runs.append((name, "lien", given.dashboard / name, "svg[role=img]", charts))
        for peer, head, chart, selector in (
            ("Plotly", plotly_head, plotly_chart, ".js-plotly-plot .main-svg:first-child"),
            ("Altair", altair_head, altair_chart, ".vega-embed canvas, .vega-embed svg.marks"),
        ):
            text, count = page(reader.parts, head, chart)
            path = given.work / f"{peer}-{name}"
            path.write_text(text, encoding="utf-8")
            runs.append((name, peer, path, selector, count))
    times = {run[:2]: [] for run in runs}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        version = browser.version
        for turn in range(given.rounds + 1):
            for name, who, path, selector, charts in runs:
                got = opened(browser, path, selector, charts)
                if turn:
                    times[name, who].append(got)
        browser.close()
    print(f"Chromium {version}, Plotly.js of plotly {plotly.__version__}, Altair {altair.__version__}; "
          f"median of {given.rounds} rounds, milliseconds (least–most)")
    print(f"{'page':30} {'by':8} {'charts':>6} {'kB':>7}  {'first paint':>20} {'load':>20} {'charts drawn':>20}")
    for name, who, path, _, charts in runs:
        cells = []
        for column in zip(*times[name, who]):
            cells.append(f"{statistics.median(column):7.0f} ({min(column):.0f}–{max(column):.0f})")
        print(f"{name:30} {who:8} {charts:6} {path.stat().st_size / 1000:7.0f}  " + " ".join(f"{c:>20}" for c in cells))


main()
