#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Walks every page of a running dashboard in Chromium, at three widths, light and dark, and without scripts.

A page fails where the browser's console has an error, where anything is asked of another host, where something does not
fit the width, or where one of the rules in rules.js is broken: names of controls, order of headings, landmarks, tables
with headers, contrast. The keyboard is tried on the menu, the tabs, the dialog and the query editor. Pictures of every
page go to a folder.

    walk.py --base http://127.0.0.1:8443 --token SETUP-TOKEN --pictures build/pages
"""
import argparse
import pathlib
import re
import sys

from playwright.sync_api import sync_playwright

WIDTHS = {"wide": (1440, 900), "middle": (900, 1000), "narrow": (390, 844)}
RULES = (pathlib.Path(__file__).parent / "rules.js").read_text()
NAME, PASSWORD = "ada", "plumb the depths 42"

problems = []


def complain(where, text):
    problems.append(f"{where}: {text}")
    print(f"PROBLEM {where}: {text}", flush=True)


def watch(page, base, where):
    """Tells of errors in the console and of requests that go elsewhere."""

    def told(message):
        # That a page is not there is what is wanted of one that is not.
        if message.type == "error" and not (where[0].startswith("missing") and "404" in message.text):
            complain(where[0], f"console: {message.text}")

    page.on("console", told)
    page.on("pageerror", lambda error: complain(where[0], f"script: {error}"))
    page.on(
        "request",
        lambda request: not request.url.startswith((base, "data:", "blob:")) and complain(where[0], f"asks {request.url}"),
    )


def sign_in(page, base, token):
    page.goto(base + "/sign-in")
    if page.url.endswith("/setup"):
        page.fill("[name=token]", token)
        page.fill("[name=name]", NAME)
        page.fill("[name=password]", PASSWORD)
    else:
        page.fill("[name=name]", NAME)
        page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_load_state()
    if "/sign-in" in page.url or "/setup" in page.url:
        sys.exit(f"signing in leads to {page.url}: {page.inner_text('main')}")


def first(page, address, selector):
    """The address of the first link on a page that a selector finds; None where there is none."""
    page.goto(address)
    link = page.query_selector(selector)
    return link and link.get_attribute("href")


def pages(page, base):
    """Every kind of page, by name; those of single things are found by following links."""
    found = {
        "overview": "/",
        "recommendations": "/recommendations",
        "recommendations-filtered": "/recommendations?severity=high&severity=critical&sort=count",
        "recommendations-resources": "/recommendations?group=resource",
        "recommendations-findings": "/recommendations?group=none&sort=age",
        "recommendations-none": "/recommendations?q=there-is-nothing-like-this",
        "inventory": "/inventory",
        "inventory-search": "/inventory?q=data&sort=name",
        "compliance": "/compliance",
        "query": "/query",
        "query-rows": "/query?q=Findings%20%7C%20where%20status%20%3D%3D%20%27Unhealthy%27%20%7C%20summarize%20faults%20%3D%20count()%20by%20severity%2C%20cloud%20%7C%20render%20columnchart",
        "query-wrong": "/query?q=Findings%20%7C%20wher%20status%20%3D%3D%201",
        "policy": "/policy",
        "code": "/code",
        "workbooks": "/workbooks",
        "learn": "/learn",
        "administration-exemptions": "/administration/exemptions",
        "administration-governance": "/administration/governance",
        "administration-users": "/administration/users",
        "administration-tokens": "/administration/tokens",
        "administration-audit": "/administration/audit",
        "account": "/account",
        "missing": "/inventory/resource?id=none",
    }
    links = {
        "recommendation": ("/recommendations", "tbody th a.name"),
        "finding": ("/recommendations?group=none", "tbody th a.name"),
        "resource": ("/inventory", "tbody th a.name"),
        "framework": ("/compliance", "tbody th a.name"),
        "workbook": ("/workbooks", "main a.name"),
        "lesson": ("/learn", "main a.name"),
        "policy-states": ("/policy", "main td a, main th a"),
    }
    for name, (start, selector) in links.items():
        href = first(page, base + start, selector)
        if href:
            found[name] = href
    if "framework" in found:
        href = first(page, base + found["framework"], "tbody th a.name")
        if href:
            found["control"] = href
    if "policy-states" in found:
        href = first(page, base + found["policy-states"], "main td a[href*='explain']")
        if href:
            found["policy-explained"] = href
    return found


def look(page, base, name, address, size, theme, pictures, where):
    where[0] = f"{name} {size} {theme}"
    answer = page.goto(base + address)
    page.wait_for_load_state()
    page.wait_for_timeout(120)
    wanted = 404 if name == "missing" else 200
    if answer.status != wanted:
        complain(where[0], f"status {answer.status}")
    for text in page.evaluate(RULES):
        complain(where[0], text)
    page.screenshot(path=str(pictures / f"{name}.{size}.{theme}.png"), full_page=True)


def keyboard(page, base, found, where):
    where[0] = "keyboard: skip link"
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(base + "/")
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.className") != "skip":
        complain(where[0], "the first stop is not the skip link")
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.id") != "main":
        complain(where[0], "it does not lead to the content")

    where[0] = "keyboard: focus is seen"
    page.goto(base + "/")
    stops = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
            const s = getComputedStyle(e), r = e.getBoundingClientRect();
            return [e.outerHTML.slice(0, 90), s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0, r.width > 0 && r.height > 0]; }"""
        )
        if not stop:
            break
        stops.add(stop[0])
        if not stop[1] or not stop[2]:
            complain(where[0], f"no visible focus on {stop[0]}")
    if len(stops) < 20:
        complain(where[0], f"only {len(stops)} stops")

    where[0] = "keyboard: search"
    page.goto(base + "/")
    page.keyboard.press("/")
    page.keyboard.type("data")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/inventory"))

    where[0] = "keyboard: account menu"
    page.goto(base + "/")
    page.focus(".user summary")
    page.keyboard.press("Enter")
    if not page.evaluate("document.querySelector('.user').open"):
        complain(where[0], "Enter does not open it")
    page.keyboard.press("Escape")
    if page.evaluate("document.querySelector('.user').open"):
        complain(where[0], "Escape does not close it")

    where[0] = "keyboard: theme"
    page.focus("[data-theme-button]")
    page.keyboard.press("Enter")
    if page.evaluate("document.documentElement.dataset.theme") != "light":
        complain(where[0], "Enter does not change it")
    page.evaluate("localStorage.clear()")

    where[0] = "keyboard: menu on a narrow screen"
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(base + "/")
    page.focus("[data-menu]")
    page.keyboard.press("Enter")
    if page.get_attribute("[data-menu]", "aria-expanded") != "true" or not page.is_visible("#menu"):
        complain(where[0], "Enter does not open it")
    page.set_viewport_size({"width": 1440, "height": 900})

    if "recommendation" in found:
        where[0] = "keyboard: tabs"
        page.goto(base + found["recommendation"])
        tabs = page.query_selector_all("[role=tab]")
        if len(tabs) > 1:
            tabs[0].focus()
            page.keyboard.press("ArrowRight")
            if tabs[1].get_attribute("aria-selected") != "true":
                complain(where[0], "the arrow does not choose the next")
        where[0] = "keyboard: dialog"
        button = page.query_selector("[data-dialog=exempt]")
        if button:
            button.focus()
            page.keyboard.press("Enter")
            if not page.evaluate("document.querySelector('#exempt').matches(':modal')"):
                complain(where[0], "Enter does not open it")
            page.screenshot(path=str(pictures_of / "dialog.wide.light.png"))
            page.keyboard.press("Escape")
            if page.evaluate("document.querySelector('#exempt').open"):
                complain(where[0], "Escape does not close it")

    where[0] = "keyboard: query editor"
    page.goto(base + "/query")
    page.wait_for_timeout(400)
    page.focus("#editor")
    page.keyboard.type("resources | wher")
    if not page.is_visible("#suggestions"):
        complain(where[0], "nothing is suggested")
    page.keyboard.press("Enter")
    page.keyboard.type(" cloud == 'aws' | count")
    page.keyboard.press("Escape")
    page.screenshot(path=str(pictures_of / "editor.wide.light.png"))
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/query.q="))
    if page.query_selector(".results tbody tr") is None:
        complain(where[0], "no row is shown")


pictures_of = pathlib.Path(".")


def main():
    global pictures_of
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", required=True)
    parser.add_argument("--token", default="", help="the setup token that the server printed")
    parser.add_argument("--pictures", required=True)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--only", help="a part of the names of the pages to look at; leaves the rest out")
    options = parser.parse_args()
    base, pictures_of = options.base.rstrip("/"), pathlib.Path(options.pictures)
    pictures_of.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        where = ["signing in"]
        context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
        page = context.new_page()
        watch(page, base, where)
        for door in ["/setup", "/sign-in"]:
            page.goto(base + door)
            for text in page.evaluate(RULES):
                complain(door, text)
            page.screenshot(path=str(pictures_of / f"door{door.replace('/', '-')}.wide.light.png"))
        sign_in(page, base, options.token)
        state = context.storage_state()
        found = pages(page, base)
        chosen = {name: address for name, address in found.items() if not options.only or options.only in name}
        context.close()
        for theme in ["light", "dark"]:
            for size, (width, height) in WIDTHS.items():
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=theme, storage_state=state
                )
                page = context.new_page()
                watch(page, base, where)
                for name, address in chosen.items():
                    look(page, base, name, address, size, theme, pictures_of, where)
                context.close()
        if not options.only:
            context = browser.new_context(viewport={"width": 1440, "height": 900}, storage_state=state)
            page = context.new_page()
            watch(page, base, where)
            keyboard(page, base, found, where)
            context.close()
            context = browser.new_context(java_script_enabled=False, storage_state=state)
            page = context.new_page()
            for name, address in found.items():
                where[0] = f"{name} without scripts"
                page.goto(base + address)
                if len(page.inner_text("main")) < 20:
                    complain(where[0], "there is nothing to read")
            context.close()
        browser.close()
    print(f"{len(chosen)} pages at {len(WIDTHS)} widths, light and dark; {len(problems)} problems; pictures in {pictures_of}")
    sys.exit(1 if problems else 0)


main()
