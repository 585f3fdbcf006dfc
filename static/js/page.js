// Small conveniences of every page. It is loaded in the head, before the first paint, so that a reader who chose high
// contrast never sees the light page flash by.
"use strict";
(() => {
  // Korean words of scripts in the language of the page: templates/base.html carries the English ones.
  const WORDS = JSON.parse(document.getElementById("words")?.textContent || "{}");
  window.say = (text, ...values) =>
    values.reduce((sentence, value) => sentence.replace("{}", () => value), WORDS[text] ?? text);

  // A page that comes back as the browser kept it is asked for again: its reader's sign-in may be over, without a word to the browser.
  const hide = (isHidden) => {
    document.documentElement.style.visibility = isHidden ? "hidden" : "";
  };
  addEventListener("pagehide", ({ persisted }) => hide(persisted && document.querySelector("meta[name=session]")));
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && document.querySelector("meta[name=session]")) location.reload();
  });

  if (
    "kept" in document.documentElement.dataset &&
    performance.getEntriesByType("navigation")[0]?.type === "back_forward"
  ) {
    hide(true);
    location.reload();
  }

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
      button.textContent = document.execCommand("copy")
        ? say("복사했습니다")
        : say("글을 골랐습니다. Ctrl+C를 누르세요");
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

  // Folds come open, so that without a script all is read (the fold of a layer rules over its table's rows); here they close, but for those that stay (`data-stays`: a value
  // with ◆, 미달 or a near date) and those that fold on phones or on desks alone (`data-fold`).
  const phone = matchMedia("(max-width: 767px)");
  function fold(details) {
    if ("stays" in details.dataset || details.dataset.fold === (phone.matches ? "desk" : "phone")) return;
    details.open = false;
  }

  // What a link leads to is seen, however deep it is folded.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const rest = target?.closest(".folds") && target.closest(".layer").querySelector(":scope > .rest:not([open])");
    const own = target?.matches("article") && target.querySelector(":scope > details:not([open])");
    let closed = rest || own || target?.closest("details:not([open])");
    if (!closed) return;
    for (; closed; closed = closed.parentElement.closest("details:not([open])")) closed.open = true;
    target.scrollIntoView();
  }

  // As the site writes days: `2022. 8. 29.`, `29 Aug 2022`.
  function today() {
    const [locale, form] =
      root.lang === "en" ? ["en-GB", { day: "numeric", month: "short", year: "numeric" }] : ["ko-KR", {}];
    return new Date().toLocaleDateString(locale, { ...form, timeZone: "Asia/Seoul" }).replace("Sept", "Sep");
  }

  // Paper has no folds to open and no dark ground, and its day is the one on which it is printed, however long ago the page came.
  let opened = [];
  addEventListener("beforeprint", () => {
    show(false);
    if (root.dataset.printDay) root.dataset.printDay = today();
    opened = [...document.querySelectorAll("details.fold:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    show(stored());
    for (const details of opened) details.open = false;
  });

  // Contents that stay: the section that the reader is in is marked.
  function contents(nav) {
    const links = [...nav.querySelectorAll("a[href^='#']")];
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    function mark() {
      const line = Math.min(nav.getBoundingClientRect().bottom + 80, innerHeight * 0.3); // beside the text it ends far below
      const passed = headings.findLastIndex((each) => each?.getBoundingClientRect().top <= line);
      const here = links[Math.max(passed, 0)];
      for (const link of links) {
        if (link === here) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
      if (here && nav.scrollHeight > nav.clientHeight) nav.scrollTop = here.offsetTop - nav.clientHeight / 2;
    }
    addEventListener("scroll", mark, { passive: true });
    mark();
  }

  // A table that fits, or whose numbers are reached by the keyboard, needs no stop of its own.
  function scrollRegion(region) {
    const fits = region.clientWidth > 0 && region.scrollWidth <= region.clientWidth;
    if (fits || region.querySelector("[data-fact]")) region.removeAttribute("tabindex");
    else region.tabIndex = 0;
  }

  show(stored());
  root.classList.add("folding"); // closed before the first paint
  document.addEventListener("DOMContentLoaded", () => {
    const each = (selector, set) => document.querySelectorAll(selector).forEach(set);
    each("details.fold, details.as-table", fold);
    root.classList.remove("folding");
    reveal();
    addEventListener("hashchange", reveal);
    document.addEventListener("click", ({ target }) => {
      if (target.closest?.("a[href]")?.hash) setTimeout(reveal);
    });
    each("[data-contrast]", contrastSwitch);
    each("[data-print]", printButton);
    each("[data-copy]", copyButton);
    each("details.panel", panel);
    each("[data-contents], .document .contents", contents);
    const regions = () => each(".scroll", scrollRegion);
    regions();
    addEventListener("resize", regions);
    document.addEventListener("toggle", regions, true);
  });
})();
