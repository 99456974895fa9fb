// SPDX-License-Identifier: Apache-2.0
// Rules that a page must keep, each told with the element that breaks it. Evaluated in the page; gives a list of texts.
(() => {
  const found = [];
  const tell = (text, element) =>
    found.push(element ? `${text}: ${element.outerHTML.replace(/\s+/g, " ").slice(0, 140)}` : text);
  const isShown = (element) => element.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true })
    && element.getClientRects().length > 0;
  const isHidden = (element) => element.closest("[aria-hidden=true],[hidden]") !== null;
  const all = (selector) => [...document.querySelectorAll(selector)];

  // The document.
  if (!document.documentElement.lang) tell("the page has no language");
  if (!document.title) tell("the page has no title");
  if (all("main").length !== 1) tell("there is not one main landmark");
  if (all("h1").length !== 1) tell("there is not one h1");
  if (document.documentElement.scrollWidth > innerWidth + 1) {
    const wide = all("body *").find((e) => e.getBoundingClientRect().right > innerWidth + 1 && isShown(e)
      && !e.closest(".scroll,.document,.schema,pre"));
    tell(`the page is ${document.documentElement.scrollWidth} wide in ${innerWidth}`, wide);
  }
  const ids = new Set();
  for (const element of all("[id]")) {
    if (ids.has(element.id)) tell("an id stands twice", element);
    ids.add(element.id);
  }
  for (const element of all("[style],[onclick],[onload]")) {
    // Scripts may set styles through the object model; markup must not have any.
    if (element.hasAttribute("onclick") || element.hasAttribute("onload")) tell("an event handler stands in the markup", element);
  }
  let level = 0;
  for (const heading of all("h1,h2,h3,h4,h5,h6").filter(isShown)) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) tell(`a heading of level ${own} follows one of ${level}`, heading);
    level = own;
  }

  // Names.
  const text = (element) => {
    const label = element.getAttribute("aria-label");
    if (label) return label.trim();
    const by = element.getAttribute("aria-labelledby");
    if (by) return by.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
    return element.textContent.trim();
  };
  for (const element of all("a[href],button,summary,[role=tab]").filter((e) => isShown(e) && !isHidden(e))) {
    if (!text(element) && !element.querySelector("svg[aria-label],img[alt]")) tell("it has no name", element);
  }
  for (const field of all("input:not([type=hidden]),select,textarea").filter(isShown)) {
    if (!field.labels?.length && !field.getAttribute("aria-label") && !field.getAttribute("aria-labelledby")) {
      tell("a field has no label", field);
    }
  }
  for (const picture of all("svg").filter(isShown)) {
    const isNamed = picture.getAttribute("role") === "img" && (picture.getAttribute("aria-label") || picture.querySelector("title"));
    if (!isNamed && !isHidden(picture)) tell("a picture has neither a name nor is it hidden", picture);
  }
  for (const table of all("table").filter(isShown)) {
    if (!table.querySelector("thead th")) tell("a table has no headers", table);
    for (const head of table.querySelectorAll("thead th")) if (!text(head)) tell("a column has no name", head);
  }
  for (const nav of all("nav").filter(isShown)) if (!nav.getAttribute("aria-label")) tell("a navigation has no name", nav);
  for (const box of all("*")) {
    const style = getComputedStyle(box);
    const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY)
      && (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1) && isShown(box);
    if (scrolls && box !== document.documentElement && box !== document.body && box.tabIndex < 0
      && !box.querySelector("a[href],button,input,select,textarea,[tabindex]") && box.tagName !== "TEXTAREA") {
      tell("it scrolls and cannot be reached by keyboard", box);
    }
  }

  // Contrast, by WCAG 2: 4.5, and 3 for large letters.
  const parse = (color) => {
    const numbers = (color.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    const scale = color.startsWith("color(") ? 255 : 1;
    const [r, g, b, a = 1] = color.startsWith("color(srgb") ? numbers.slice(0) : numbers;
    return [r * scale, g * scale, b * scale, a];
  };
  const over = (top, below) => {
    const alpha = top[3] + below[3] * (1 - top[3]);
    if (alpha === 0) return [0, 0, 0, 0];
    return [0, 1, 2].map((i) => (top[i] * top[3] + below[i] * below[3] * (1 - top[3])) / alpha).concat(alpha);
  };
  const ground = (element) => {
    let color = [0, 0, 0, 0];
    for (let e = element; e; e = e.parentElement) {
      color = over(color, parse(getComputedStyle(e).backgroundColor));
      if (color[3] > 0.99) return color;
    }
    const isDark = getComputedStyle(document.documentElement).colorScheme === "dark" || matchMedia("(prefers-color-scheme: dark)").matches;
    return over(color, isDark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
  };
  const light = ([r, g, b]) => {
    const part = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const told = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !isShown(element) || element.closest(".quiet,script,style,textarea,option,svg")) continue;
    if (isHidden(element) || element.closest(":disabled,.off")) continue;
    const style = getComputedStyle(element);
    const behind = ground(element);
    const front = over(parse(style.color), behind);
    const [a, b] = [light(front), light(behind)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const key = `${style.color} ${behind.map(Math.round)} ${isLarge}`;
    if (ratio < (isLarge ? 3 : 4.5) && !told.has(key)) {
      told.add(key);
      tell(`contrast ${ratio.toFixed(2)} of ${style.color} on ${behind.map(Math.round)}`, element);
    }
  }
  return found;
})()
