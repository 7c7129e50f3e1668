"""Opens pages in headless Chromium and says what would keep somebody from reading them.

    python audit.py CHROMIUM PLAN      one JSON object on standard output: page -> list of findings

PLAN is a JSON object: "whole", pages that go through everything (widths, spaced and enlarged text, a dark
screen, paper, no script, the keyboard, the structure, axe-core), "quick", pages that are opened once on a
telephone, and "pdf", the printed ones. docs/accessibilite.md says which criterion of RGAA 4.1 each part shows.
"""

import json
import re
import sys
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import sync_playwright

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
WIDTHS = [320, 360, 768, 1280]
# WCAG 1.4.12.
SPACED = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
PAPER = 180 * 96 / 25.4  # A4 less the widest margins of a page, in CSS pixels

OVERFLOW = """() => {
  const limit = document.documentElement.clientWidth + 1;
  if (document.documentElement.scrollWidth <= limit) return [];
  return [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > limit && !e.closest('.scroll'))
    .slice(-3).map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 40));
}"""

CHARTS = """() => {
  const found = [];
  for (const chart of document.querySelectorAll('svg[role=img]')) {
    const box = chart.getBoundingClientRect();
    if (!box.width) continue;
    const name = chart.querySelector('title')?.textContent ?? '';
    if (!name) found.push('a chart without a name');
    if (!chart.closest('figure')?.querySelector('table')) found.push('no table beside: ' + name);
    const texts = [...chart.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect(),
      parseFloat(getComputedStyle(t).fontSize)]);
    for (const [text, r, size] of texts) {
      if (size < 9) found.push('text of ' + size + ' px: ' + text);
      if (r.left < box.left - 2 || r.right > box.right + 2 || r.top < box.top - 2 || r.bottom > box.bottom + 2)
        found.push('text outside its chart: ' + name + ': ' + text);
    }
    for (let i = 0; i < texts.length; i++) for (let j = i + 1; j < texts.length; j++) {
      const a = texts[i][1], b = texts[j][1];
      const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (w > 1 && h > 3) found.push('texts meet: ' + name + ': ' + texts[i][0] + ' / ' + texts[j][0]);
    }
  }
  return found;
}"""

# Text that its own box cuts off, other than what is meant for ears only.
CUT = """() => [...document.querySelectorAll('body *')].filter(e => {
  if (e.closest('svg, .hidden, .skip, .scroll, caption, select, option, datalist, script')) return false;
  const s = getComputedStyle(e);
  if (s.overflow === 'visible' || s.display === 'none' || !e.clientHeight) return false;
  return e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1;
}).slice(0, 3).map(e => 'cut: ' + e.tagName + ' ' + e.textContent.trim().slice(0, 40))"""

# RGAA 1.1, 1.6, 1.9, 5.4-5.7, 6.1, 8.1-8.5, 9.1-9.3, 12.6.
STRUCTURE = """() => {
  const found = [], text = e => (e?.textContent ?? '').trim();
  if (document.doctype?.name !== 'html' || document.compatMode !== 'CSS1Compat') found.push('8.1 no doctype');
  if (!/^(fr|en)$/.test(document.documentElement.lang)) found.push('8.3 no language');
  if (document.title.trim().length < 10) found.push('8.5 title: ' + document.title);
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of new Set(ids)) if (ids.filter(i => i === id).length > 1) found.push('8.2 id twice: ' + id);
  for (const chart of document.querySelectorAll('svg')) {
    if (chart.getAttribute('aria-hidden') === 'true' || chart.closest('[aria-hidden=true]')) continue;
    if (chart.getAttribute('role') !== 'img') { found.push('1.1 a drawing of no role'); continue; }
    if (text(chart.querySelector('title')).length < 5) found.push('1.1 a chart without a name');
    const words = text(chart.querySelector('desc'));
    if (words.length < 15) found.push('1.6 a chart without a description: ' + words);
  }
  for (const figure of document.querySelectorAll('figure')) {
    if (!text(figure.querySelector('figcaption'))) found.push('1.9 a figure without a caption');
    if (!figure.querySelector('table')) found.push('1.6 a figure without its table: ' + figure.id);
  }
  for (const table of document.querySelectorAll('table')) {
    const name = text(table.caption) || table.getAttribute('aria-label') || table.getAttribute('aria-labelledby');
    if (!name) found.push('5.4 a table without a title');
    for (const th of table.querySelectorAll('th'))
      if (!['col', 'row', 'colgroup', 'rowgroup'].includes(th.scope)) found.push('5.7 no scope: ' + name);
    for (const row of table.tBodies[0]?.rows ?? [])
      if (!row.querySelector('th')) found.push('5.6 a row without a head: ' + name + ': ' + text(row).slice(0, 30));
    const heads = table.tHead?.rows[0]?.cells ?? [];
    if (!heads.length) found.push('5.6 no heads of columns: ' + name);
    for (const cell of heads) if (cell.tagName !== 'TH' && text(cell)) found.push('5.6 a head that is no th: ' + name);
  }
  const links = new Map();
  for (const a of document.querySelectorAll('a[href]')) {
    const name = (a.getAttribute('aria-label') || text(a)).replace(/\s+/g, ' ');
    if (!name) found.push('6.1 a link without words: ' + a.getAttribute('href'));
    const where = a.getAttribute('href');
    const context = name + ' | ' + text(a.closest('li, p, td, th, figcaption, tr') ?? a);
    if (links.has(context) && links.get(context) !== where) found.push('6.1 two links alike: ' + name);
    links.set(context, where);
  }
  let level = 0, first = 0;
  for (const h of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const n = +h.tagName[1];
    if (n > level + 1) found.push('9.1 from h' + level + ' to h' + n + ': ' + text(h).slice(0, 40));
    level = n;
    first += n === 1;
  }
  if (first !== 1) found.push('9.1 ' + first + ' first headings');
  for (const one of ['header', 'main', 'footer'])
    if (document.querySelectorAll('body > ' + one).length !== 1) found.push('9.2 not one ' + one);
  const navs = [...document.querySelectorAll('nav')];
  if (!navs.length || navs.some(n => !n.getAttribute('aria-label'))) found.push('12.6 a nav without a name');
  for (const list of document.querySelectorAll('ul, ol'))
    if ([...list.children].some(c => c.tagName !== 'LI')) found.push('9.3 a list of other things');
  if (document.querySelector('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])')) found.push('12.8 a tabindex');
  return found;
}"""

# RGAA 3.3: each mark that carries a value, against what it lies on.
MARKS = """() => {
  const light = c => {
    const v = c.match(/[\d.]+/g).slice(0, 3).map(x => x / 255)
      .map(x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
    return .2126 * v[0] + .7152 * v[1] + .0722 * v[2];
  };
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (c && !/, 0\)$|transparent/.test(c)) return c;
    }
    return 'rgb(255, 255, 255)';
  };
  const found = new Set();
  let seen = 0;
  for (const chart of document.querySelectorAll('svg[role=img]')) {
    const ground = light(behind(chart.parentElement));
    for (const mark of chart.querySelectorAll('.bar, .dot, .line, .tick, .step, .mark')) {
      const s = getComputedStyle(mark);
      const colours = [s.fill, s.stroke].filter(c => /^rgb\(/.test(c));
      if (!colours.length) continue;
      seen += 1;
      const best = Math.max(...colours.map(c => {
        const [a, b] = [light(c), ground].sort((x, y) => y - x);
        return (a + .05) / (b + .05);
      }));
      if (best < 3) found.add('3.3 a mark of ' + best.toFixed(2) + ':1 (' + mark.getAttribute('class') + ')');
    }
    // RGAA 3.1: the value is written, not only drawn.
    if (chart.querySelector('.bar, .dot') && !chart.querySelector('text')) found.add('3.1 no value is written');
  }
  return [...found];
}"""

# A word of a table's head that is broken in two without a hyphen.
WORDS = """() => {
  const found = new Set();
  for (const head of document.querySelectorAll('thead th')) {
    if (!head.getBoundingClientRect().width) continue;
    const walk = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      for (const word of node.data.matchAll(/[\\p{L}]{4,}/gu)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1)
          found.add('a word broken: ' + word[0]);
      }
    }
  }
  return [...found];
}"""

FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e);
  return [e.tagName + ' ' + (e.textContent || e.name || '').trim().slice(0, 30),
          s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
          [...document.querySelectorAll('*')].indexOf(e)];
}"""


# The rules of axe-core that a change of colours alone can break.
COLOURS = ["color-contrast", "link-in-text-block"]


def axe(page, rules=None):
    """What axe-core says: all its rules, or some."""
    page.evaluate(AXE)
    return page.evaluate(
        """async (rules) => (await axe.run(document, {resultTypes: ['violations'], ...(rules && {runOnly: rules})}))
             .violations.map(v => 'axe ' + v.impact + ' ' + v.id + ': ' + v.nodes[0].html.slice(0, 120))""", rules)


class Auditor:
    def __init__(self, browser):
        self.browser = browser

    def open(self, path, found, **how):
        how.setdefault("viewport", {"width": 1280, "height": 900})
        context = self.browser.new_context(locale="fr-FR", **how)
        page = context.new_page()
        page.on("console", lambda m: found.append("console: " + m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: found.append(f"error: {e}"))
        page.on("request", lambda r: None if r.url.startswith(("file:", "data:"))
                else found.append("request: " + r.url))
        page.goto(Path(path).resolve().as_uri())
        return context, page

    def whole(self, path):
        found = []
        context, page = self.open(path, found)

        def fresh(width, height=900, **media):
            """The page anew, as it comes, in a window of a width."""
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(**{"media": "screen", "color_scheme": "light"} | media)
            page.reload()

        for width in WIDTHS:
            fresh(width)
            found += [f"{width} px: {x}" for x in page.evaluate(OVERFLOW)]
            found += [f"{width} px: {x}" for x in page.evaluate(CHARTS) + page.evaluate(WORDS)]
            if width == 320:
                found += axe(page)
                text = page.evaluate("() => document.body.innerText")
                page.evaluate("css => {const s = document.styleSheets[0]; s.insertRule(css, s.cssRules.length)}",
                              SPACED)
                found += [f"spaced text: {x}" for x in page.evaluate(OVERFLOW)]
                found += [f"spaced text: {x}" for x in page.evaluate(CUT)]
            if width == 1280:
                found += axe(page)
                found += page.evaluate(STRUCTURE)
                found += page.evaluate(MARKS)
                found += self.keyboard(page)
        fresh(1280)
        page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        found += [f"text twice as large: {x}" for x in page.evaluate(OVERFLOW) + page.evaluate(CUT)]
        fresh(1280, color_scheme="dark")
        found += ["dark: " + x for x in page.evaluate(MARKS)]
        found += ["dark: " + x for x in axe(page, COLOURS)]
        ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        if ground == "rgb(255, 255, 255)":
            found.append("dark: the page stays white")
        fresh(int(PAPER), 1123, media="print")
        found += [f"paper: {x}" for x in page.evaluate(OVERFLOW)]
        context.close()
        # 200 %: a browser's zoom is half the width at twice the density.
        context, page = self.open(path, found, viewport={"width": 640, "height": 450}, device_scale_factor=2)
        found += [f"zoom: {x}" for x in page.evaluate(OVERFLOW) + page.evaluate(CUT)]
        context.close()
        context, page = self.open(path, found, java_script_enabled=False)
        bare = page.locator("body").inner_text()
        if len(bare) < 0.95 * len(text):
            found.append(f"without script {len(bare)} letters of {len(text)}")
        context.close()
        return found

    def keyboard(self, page):
        """Every stop of the keyboard shows where it is, in the order of the page; the first leads to
        what the page is about, and the way leads out of it."""
        found, stops, places = [], set(), []
        left = False
        for step in range(1500):
            page.keyboard.press("Tab")
            here = page.evaluate(FOCUS)
            if here is None:
                left = True
                break
            if step == 0:
                found += self.skip(page)
            if not here[1]:
                found.append("10.7 focus not seen: " + here[0])
            stops.add(here[0])
            places.append(here[2])
        if not left:
            found.append("12.9 the keyboard does not leave the page")
        if places != sorted(places):
            found.append("12.8 the keyboard does not follow the page")
        if len(stops) < 5:
            found.append(f"the keyboard reaches {len(stops)} places only")
        back = 0
        for _ in range(4):
            page.keyboard.press("Shift+Tab")
            back += page.evaluate(FOCUS) is not None
        if back < 3:
            found.append("12.9 the keyboard does not go back")
        return found

    def skip(self, page):
        """The first stop is a link to the main part, seen when it is reached, and it works."""
        link = page.evaluate("""() => {
          const e = document.activeElement, r = e.getBoundingClientRect();
          return [e.getAttribute('href'), r.width > 20 && r.height > 10 && r.top >= 0 && r.left >= 0];
        }""")
        if not (link[0] or "").startswith("#") or not link[1]:
            return [f"12.7 no skip link: {link}"]
        page.keyboard.press("Enter")
        there = page.evaluate("() => document.activeElement.tagName + ' ' + document.activeElement.id")
        # Back to the link, from where the keyboard goes on.
        page.evaluate("() => document.querySelector('a.skip, a[href=\"#contenu\"]').focus()")
        return [] if there.startswith("MAIN") and "#" + there[5:] == link[0] else [f"12.7 the skip link leads to {there}"]

    def quick(self, paths):
        """The pages one after the other in one window: a telephone's."""
        found = []
        context, page = self.open(paths[0], found, viewport={"width": 360, "height": 900})
        for path in paths:
            found.clear()
            page.goto(Path(path).resolve().as_uri())
            yield path, found + page.evaluate(OVERFLOW) + page.evaluate(CHARTS)
        context.close()


def filtering(auditor, plan):
    """The filter narrows a page, says how much is left, and gives everything back."""
    found = []
    context, page = auditor.open(plan["page"], found)
    rows = page.locator(".subject tbody tr:visible")
    before = rows.count()
    page.fill("input[name=q]", plan["words"])
    if rows.count() != plan["rows"]:
        found.append(f"« {plan['words']} » leaves {rows.count()} rows")
    said = page.locator("form.filter [role=status]").inner_text()
    if str(plan["rows"]) not in said:
        found.append("the form says: " + said)
    page.click("form.filter button[type=reset]")
    page.wait_for_timeout(50)
    if rows.count() != before:
        found.append(f"after a reset {rows.count()} rows of {before}")
    axes = page.locator(".axis-part:visible")
    page.select_option("select[name=axis]", index=1)
    if axes.count() != 1:
        found.append(f"one axis chosen, {axes.count()} shown")
    context.close()
    return found


def printed(path):
    """RGAA 13.3: a PDF has tags, a language, a title and headings, and its text can be read."""
    import pypdf

    reader = pypdf.PdfReader(path)
    root, found = reader.trailer["/Root"], []
    if not root.get("/MarkInfo", {}).get("/Marked"):
        found.append("13.3 no tags")
    if not str(root.get("/Lang", "")).lower().startswith("fr"):
        found.append(f"13.3 language: {root.get('/Lang')}")
    if len(str((reader.metadata or {}).get("/Title", ""))) < 10:
        found.append("13.3 no title")
    tree = root.get("/StructTreeRoot")
    roles, todo = set(), [tree] if tree else []
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            roles.add(str(node.get("/S", "")))
            if "/K" in node and not isinstance(node["/K"], int):
                todo.append(node["/K"])
    for role in ("/H1", "/H2", "/Table", "/TH", "/TD", "/Link"):
        if role not in roles:
            found.append(f"13.3 nothing is tagged {role}")
    if len(re.sub(r"\s+", "", reader.pages[0].extract_text())) < 200:
        found.append("13.3 no text to read")
    return found


def main():
    plan = json.loads(Path(sys.argv[2]).read_text())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
        auditor = Auditor(browser)
        out = {path: auditor.whole(path) for path in plan["whole"]}
        for path, found in auditor.quick(plan["quick"]) if plan["quick"] else []:
            out.setdefault(path, []).extend(found)
        titles = {}
        for path in plan["quick"]:
            title = re.search(r"<title>(.*?)</title>", Path(path).read_text(encoding="utf-8"), re.S)[1]
            key = (str(Path(path).parent), title)
            if key in titles:
                out[path].append(f"8.6 the title of {titles[key]} too: {title}")
            titles[key] = path
        for path in plan.get("pdf", []):
            out[path] = printed(path)
        if "filter" in plan:
            out["filter"] = filtering(auditor, plan["filter"])
        browser.close()
    print(json.dumps(out, ensure_ascii=False))


main()
