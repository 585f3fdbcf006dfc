// Small conveniences of every page. It is loaded in the head, before the first paint, so that a reader who chose high
// contrast never sees the light page flash by.
"use strict";
(() => {
  const KEY = "contrast";
  const root = document.documentElement;

  const stored = () => {
    try {
      return localStorage.getItem(KEY) === "high";
    } catch {
      return false;
    }
  };
  const store = (on) => {
    try {
      localStorage.setItem(KEY, on ? "high" : "normal");
    } catch {
      /* storage is switched off: this page only */
    }
  };
  const show = (on) => {
    if (on) root.dataset.krdsMode = "high-contrast";
    else delete root.dataset.krdsMode;
  };

  function contrastSwitch(button) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(stored()));
    button.addEventListener("click", () => {
      const on = root.dataset.krdsMode !== "high-contrast";
      show(on);
      store(on);
      button.setAttribute("aria-pressed", String(on));
      document.dispatchEvent(new Event("contrastchange"));
    });
  }

  function printButton(button) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // By the selection, for the clipboard is open to encrypted pages alone.
  function copyButton(button) {
    const text = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", () => {
      text.select();
      button.textContent = document.execCommand("copy") ? "복사했습니다" : "글을 골랐습니다. Ctrl+C를 누르세요";
    });
  }

  // An open panel closes when the reader turns elsewhere.
  function panel(details) {
    document.addEventListener("click", (event) => {
      if (details.open && !details.contains(event.target)) details.open = false;
    });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary").focus();
    });
  }

  // On phones the menu scrolls: the reader sees where they are in it.
  function menu(nav) {
    const here = nav.querySelector("[aria-current]");
    if (here) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - (nav.clientWidth - here.clientWidth) / 2;
  }

  // A table that fits, or whose numbers are reached by the keyboard, needs no stop of its own.
  function scrollRegion(region) {
    const fits = region.clientWidth > 0 && region.scrollWidth <= region.clientWidth;
    if (fits || region.querySelector("[data-fact]")) region.removeAttribute("tabindex");
    else region.tabIndex = 0;
  }

  show(stored());
  document.addEventListener("DOMContentLoaded", () => {
    const each = (selector, set) => document.querySelectorAll(selector).forEach(set);
    each("[data-contrast]", contrastSwitch);
    each("[data-print]", printButton);
    each("[data-copy]", copyButton);
    each("details.panel", panel);
    each(".nav", menu);
    const regions = () => each(".scroll", scrollRegion);
    regions();
    addEventListener("resize", regions);
    document.addEventListener("toggle", regions, true);
  });
})();
