// SPDX-License-Identifier: Apache-2.0
// Makes pages quicker to use. Everything can be read and every form can be sent without it.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const show = (element) => { if (element) element.hidden = false; };

  // Light, dark, as the system.
  const themeButton = one("[data-theme-button]");
  if (themeButton) {
    const order = ["system", "light", "dark"];
    const name = () => document.documentElement.dataset.theme || "system";
    const tell = () => {
      const words = { system: "as the system", light: "light", dark: "dark" };
      themeButton.title = `Colours: ${words[name()]}`;
      themeButton.setAttribute("aria-label", `Colours: ${words[name()]}. Change`);
    };
    show(themeButton);
    tell();
    themeButton.addEventListener("click", () => {
      const next = order[(order.indexOf(name()) + 1) % order.length];
      if (next === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = next;
      try {
        if (next === "system") localStorage.removeItem("theme");
        else localStorage.setItem("theme", next);
      } catch { /* it holds for this page */ }
      tell();
      toast(themeButton.title);
    });
  }

  // The menu on narrow screens.
  const menuButton = one("[data-menu]");
  if (menuButton) {
    const narrow = matchMedia("(max-width: 860px)");
    const set = () => { menuButton.hidden = !narrow.matches; };
    narrow.addEventListener("change", set);
    set();
    menuButton.addEventListener("click", () => {
      const isOpen = one("#menu").classList.toggle("open");
      menuButton.setAttribute("aria-expanded", String(isOpen));
    });
    if (narrow.matches) all(".filter-fold").forEach((fold) => { fold.open = false; });
  }

  // Menus that drop down close by Escape and by a click elsewhere.
  const dropdowns = all("details[data-dropdown]");
  document.addEventListener("click", (event) => {
    for (const menu of dropdowns) if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of dropdowns) if (menu.open) { menu.open = false; one("summary", menu).focus(); }
    }
    const isField = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key === "/" && !isField && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const field = one("[data-find]");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    }
  });

  // A choice is taken at once.
  for (const select of all("[data-submit]")) select.addEventListener("change", () => select.form.requestSubmit());
  // Empty fields do not stand in the address.
  for (const form of all("form[method=get]")) {
    form.addEventListener("submit", () => {
      for (const field of all("input[name],select[name]", form)) if (field.value === "") field.disabled = true;
    });
  }
  addEventListener("pageshow", () => {
    for (const field of all("form[method=get] :disabled")) field.disabled = false;
  });

  // Tabs.
  for (const tabs of all("[data-tabs]")) {
    const list = one(".tablist", tabs);
    const links = all(".tab", list);
    const panels = links.map((link) => one(link.getAttribute("href"), tabs));
    if (links.length < 2) continue;
    tabs.classList.add("live");
    list.setAttribute("role", "tablist");
    const choose = (index, focus) => {
      links.forEach((link, place) => {
        const isOn = place === index;
        link.setAttribute("aria-selected", String(isOn));
        link.tabIndex = isOn ? 0 : -1;
        panels[place].hidden = !isOn;
      });
      if (focus) links[index].focus();
    };
    links.forEach((link, index) => {
      link.setAttribute("role", "tab");
      link.id = `${panels[index].id}-tab`;
      link.setAttribute("aria-controls", panels[index].id);
      panels[index].setAttribute("role", "tabpanel");
      panels[index].setAttribute("aria-labelledby", link.id);
      link.addEventListener("click", (event) => { event.preventDefault(); choose(index, false); });
      link.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) { event.preventDefault(); choose((index + step + links.length) % links.length, true); }
        if (event.key === "Home") { event.preventDefault(); choose(0, true); }
        if (event.key === "End") { event.preventDefault(); choose(links.length - 1, true); }
        if (event.key === " ") { event.preventDefault(); choose(index, true); }
      });
    });
    const wanted = links.findIndex((link) => link.getAttribute("href") === location.hash);
    choose(Math.max(0, wanted), false);
  }

  // Dialogs: forms that stand in the page become modal.
  for (const dialog of all("[data-dialog-form]")) {
    dialog.removeAttribute("open");
    show(one("[data-close]", dialog));
    one("[data-close]", dialog)?.addEventListener("click", () => dialog.close());
    for (const button of all(`[data-dialog="${dialog.id}"]`)) {
      show(button);
      button.addEventListener("click", () => dialog.showModal());
    }
  }

  // Copying.
  for (const button of all("[data-copy]")) {
    if (!navigator.clipboard) continue;
    show(button);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(one("pre", button.parentElement).textContent);
        toast("Copied");
      } catch { toast("The browser does not let pages copy"); }
    });
  }

  // What is marked in a document comes into view.
  for (const mark of all(".document mark")) {
    const box = mark.closest(".document");
    box.scrollTop = Math.max(0, mark.offsetTop - box.clientHeight / 3);
    break;
  }

  // What cannot be undone is asked for twice.
  for (const form of all("form[data-confirm]")) {
    form.addEventListener("submit", (event) => { if (!confirm(form.dataset.confirm)) event.preventDefault(); });
  }

  // The progress of a scan, as the server tells it.
  const progress = one("[data-events]");
  if (progress && "EventSource" in window) {
    const source = new EventSource(progress.dataset.events);
    source.addEventListener("progress", (event) => { progress.textContent = event.data; });
    source.addEventListener("done", () => { source.close(); location.reload(); });
    source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) progress.textContent = ""; });
  }

  let timer = 0;
  function toast(text) {
    const box = one("[data-toast]");
    if (!box) return;
    box.textContent = text;
    box.classList.add("shown");
    clearTimeout(timer);
    timer = setTimeout(() => box.classList.remove("shown"), 1800);
  }
})();
