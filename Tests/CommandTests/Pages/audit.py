"""Opens pages in headless Chromium and says what would keep somebody from reading them.

    python audit.py CHROMIUM PLAN      one JSON object on standard output: page -> list of findings

PLAN is a JSON object: "whole", pages that go through everything (widths, spaced text, a dark screen,
paper, no script, the keyboard, axe-core), and "quick", pages that are opened once on a telephone.
"""

import json
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

FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e);
  return [e.tagName + ' ' + (e.textContent || e.name || '').trim().slice(0, 30),
          s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2];
}"""


def axe(page):
    page.evaluate(AXE)
    return page.evaluate(
        """async () => (await axe.run(document)).violations
             .map(v => 'axe ' + v.impact + ' ' + v.id + ': ' + v.nodes[0].html.slice(0, 120))""")


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
        for width in WIDTHS:
            context, page = self.open(path, found, viewport={"width": width, "height": 900})
            found += [f"{width} px: {x}" for x in page.evaluate(OVERFLOW)]
            found += [f"{width} px: {x}" for x in page.evaluate(CHARTS)]
            if width == 320:
                found += axe(page)
                text = page.evaluate("() => document.body.innerText")
                page.evaluate("css => {const s = document.styleSheets[0]; s.insertRule(css, s.cssRules.length)}",
                              SPACED)
                found += [f"spaced text: {x}" for x in page.evaluate(OVERFLOW)]
            if width == 1280:
                found += axe(page)
                found += self.keyboard(page)
            context.close()
        context, page = self.open(path, found, color_scheme="dark")
        found += ["dark: " + x for x in axe(page)]
        ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        if ground == "rgb(255, 255, 255)":
            found.append("dark: the page stays white")
        context.close()
        context, page = self.open(path, found, viewport={"width": int(PAPER), "height": 1123})
        page.emulate_media(media="print")
        found += [f"paper: {x}" for x in page.evaluate(OVERFLOW)]
        context.close()
        context, page = self.open(path, found, java_script_enabled=False)
        bare = page.locator("body").inner_text()
        if len(bare) < 0.95 * len(text):
            found.append(f"without script {len(bare)} letters of {len(text)}")
        context.close()
        return found

    def keyboard(self, page):
        """Every stop of the keyboard shows where it is, and the way leads out of the page."""
        found, stops = [], set()
        for _ in range(60):
            page.keyboard.press("Tab")
            here = page.evaluate(FOCUS)
            if here is None:
                break
            if not here[1]:
                found.append("focus not seen: " + here[0])
            stops.add(here[0])
        if len(stops) < 5:
            found.append(f"the keyboard reaches {len(stops)} places only")
        return found

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


def main():
    plan = json.loads(Path(sys.argv[2]).read_text())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
        auditor = Auditor(browser)
        out = {path: auditor.whole(path) for path in plan["whole"]}
        for path, found in auditor.quick(plan["quick"]):
            out.setdefault(path, []).extend(found)
        out["filter"] = filtering(auditor, plan["filter"])
        browser.close()
    print(json.dumps(out, ensure_ascii=False))


main()
