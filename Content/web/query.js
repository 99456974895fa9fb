// SPDX-License-Identifier: Apache-2.0
// Colours, completion and the mark under a mistake in the query editor. The text field is the truth: without this script
// it is a plain one.
(() => {
  "use strict";
  const editor = document.querySelector("[data-editor]");
  if (!editor) return;
  const field = editor.querySelector("textarea");
  let words = { operators: [], functions: [], words: [], tables: [], columns: {} };
  let sets = { operators: new Set(), functions: new Set(), tables: new Set() };
  fetch(editor.dataset.words).then((answer) => answer.json()).then((answer) => {
    words = answer;
    sets = {
      operators: new Set([...words.operators, ...words.words]), functions: new Set(words.functions), tables: new Set(words.tables),
    };
    colour();
  }).catch(() => { /* plain text stays readable */ });
  const paint = document.createElement("pre");
  paint.setAttribute("aria-hidden", "true");
  editor.prepend(paint);
  editor.classList.add("live");
  const mistake = Number(editor.dataset.offset ?? -1);
  const sent = field.value;

  const token = /(\/\/[^\n]*)|(@?"(?:[^"\\\n]|\\.)*"?|@?'(?:[^'\\\n]|\\.)*'?)|(\b\d+(?:\.\d+)?(?:[smhd]|ms)?\b)|([A-Za-z_$][\w$]*(?:-[a-z]+)*)|([\s\S])/g;
  const kind = (word, after) => {
    if (sets.operators.has(word)) return "op";
    if (sets.functions.has(word) && /^\s*\(/.test(after)) return "fn";
    if (sets.tables.has(word)) return "tab";
    return "";
  };
  function colour() {
    const text = field.value;
    paint.textContent = "";
    let at = 0;
    const add = (part, name) => {
      const isWrong = text === sent && mistake >= at && mistake < at + part.length;
      if (name || isWrong) {
        const span = document.createElement("span");
        span.className = `${name ? `t-${name}` : ""}${isWrong ? " t-err" : ""}`;
        span.textContent = part;
        paint.append(span);
      } else paint.append(part);
      at += part.length;
    };
    for (const match of text.matchAll(token)) {
      if (match[1]) add(match[1], "com");
      else if (match[2]) add(match[2], "str");
      else if (match[3]) add(match[3], "num");
      else if (match[4]) {
        const after = text.slice(match.index + match[4].length, match.index + match[4].length + 4);
        const whole = kind(match[4], after);
        if (whole || !match[4].includes("-")) add(match[4], whole);
        else {
          for (const [index, part] of match[4].split("-").entries()) {
            if (index) add("-", "");
            add(part, kind(part, ""));
          }
        }
      } else add(match[0], "");
    }
    paint.append("\n");
    paint.scrollTop = field.scrollTop;
  }
  field.addEventListener("input", colour);
  field.addEventListener("scroll", () => { paint.scrollTop = field.scrollTop; });
  new ResizeObserver(() => { paint.style.height = `${field.offsetHeight}px`; }).observe(field);
  colour();

  // Completion.
  const list = document.createElement("ul");
  list.className = "suggest";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  editor.parentElement.append(list);
  editor.parentElement.style.position = "relative";
  field.setAttribute("aria-controls", "suggestions");
  field.setAttribute("aria-autocomplete", "list");
  let chosen = 0;
  let length = 0;
  const close = () => { list.hidden = true; field.removeAttribute("aria-activedescendant"); };

  function candidates(before) {
    const word = /[\w-]*$/.exec(before)[0];
    const head = before.slice(0, before.length - word.length).trimEnd();
    let names;
    if (head.endsWith("|")) names = words.operators;
    else if (head === "" || head.endsWith(";")) names = [...words.tables, "let", "union", "print"];
    else {
      const used = words.tables.filter((name) => new RegExp(`\\b${name.replace(/[$]/g, "\\$&")}\\b`).test(before));
      const columns = used.flatMap((name) => words.columns[name] ?? []);
      names = [...columns, ...words.functions, ...words.words, ...(/[(,]$|\b(join|union|lookup|in)$/.test(head) ? words.tables : [])];
    }
    const wanted = (head.endsWith("|") ? word : /[\w]*$/.exec(before)[0]);
    const lower = wanted.toLowerCase();
    const found = [...new Set(names)].filter((name) => name.toLowerCase().startsWith(lower) && name !== wanted);
    return { length: wanted.length, found: found.slice(0, 40) };
  }
  function suggest(isAsked) {
    const before = field.value.slice(0, field.selectionStart);
    const answer = candidates(before);
    if (!answer.found.length || (!isAsked && answer.length < 1)) return close();
    length = answer.length;
    chosen = 0;
    list.textContent = "";
    answer.found.forEach((name, index) => {
      const item = document.createElement("li");
      item.id = `suggestion-${index}`;
      item.setAttribute("role", "option");
      item.textContent = name;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(name); });
      list.append(item);
    });
    mark();
    const place = caret();
    list.style.left = `${Math.min(place.x, editor.clientWidth - 200)}px`;
    list.style.top = `${place.y}px`;
    list.hidden = false;
  }
  function mark() {
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === chosen)));
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", `suggestion-${chosen}`);
  }
  function take(name) {
    const end = field.selectionStart;
    field.setRangeText(words.functions.includes(name) ? `${name}(` : name, end - length, end, "end");
    close();
    colour();
  }
  /** Where the caret is, by a copy of the text up to it. */
  function caret() {
    const copy = paint.cloneNode(false);
    copy.textContent = field.value.slice(0, field.selectionStart);
    const sign = document.createElement("span");
    sign.textContent = "\u200b";
    copy.append(sign);
    editor.append(copy);
    const place = { x: sign.offsetLeft, y: sign.offsetTop - field.scrollTop + 24 };
    copy.remove();
    return place;
  }
  field.addEventListener("input", (event) => { if (event.inputType === "insertText") suggest(false); else close(); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey || event.shiftKey) && event.key === "Enter") {
      event.preventDefault();
      field.form.requestSubmit();
      return;
    }
    if (event.ctrlKey && event.key === " ") { event.preventDefault(); suggest(true); return; }
    if (list.hidden) return;
    const count = list.children.length;
    if (event.key === "ArrowDown") { event.preventDefault(); chosen = (chosen + 1) % count; mark(); }
    else if (event.key === "ArrowUp") { event.preventDefault(); chosen = (chosen + count - 1) % count; mark(); }
    else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(list.children[chosen].textContent); }
    else if (event.key === "Escape") { event.stopPropagation(); close(); }
  });
  for (const link of document.querySelectorAll("[data-insert]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      field.setRangeText(link.dataset.insert, field.selectionStart, field.selectionEnd, "end");
      field.focus();
      colour();
    });
  }
})();
