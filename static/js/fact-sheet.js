// Opens the sheet of a number over the page: by a click, or by Enter on it. A table or paragraph is one stop of the Tab key, and
// the arrows lead from number to number within it. Without this script the list of all values leads to the same sheets.
"use strict";
(() => {
  const MARKED = "[data-fact]";
  const GROUPS = "table, svg, p, li, dd, h1, h2, h3, h4, div";
  const base = document.currentScript.dataset.facts; // where there are facts
  if (!base) return;
  const groupOf = (mark) => mark.parentElement.closest(GROUPS) || mark.parentElement;
  const marksOf = (group) => [...group.querySelectorAll(MARKED)].filter((mark) => groupOf(mark) === group);
  let dialog = null;
  let opener = null;
  let visited = [];

  // A cell may leave the part that its row repeats to the row, and name another day than the page's: `/headcount#2020-01-31`.
  function addressOf(mark) {
    let [identity, day] = mark.dataset.fact.split("#");
    if (identity.startsWith("/")) identity = mark.closest("[data-facts]").dataset.facts + identity;
    const url = new URL(mark.closest("[data-facts-url]")?.dataset.factsUrl || base, location.href);
    url.pathname += `${identity.split("/").map(encodeURIComponent).join("/")}/`;
    if (day) url.searchParams.set("as_of", day);
    return url;
  }

  // What Tab comes to: the number itself; a cell, which must stay one, gets a button around its first words.
  const stopOf = (mark) => mark.querySelector(".fact-stop") || mark;

  function makeStop(mark) {
    if (mark.localName !== "td" && mark.localName !== "th") return mark;
    const texts = document.createTreeWalker(mark, NodeFilter.SHOW_TEXT);
    let text = texts.nextNode();
    while (text && !text.data.trim()) text = texts.nextNode();
    if (!text) return mark;
    const stop = document.createElement("span");
    stop.className = "fact-stop";
    const sign = text.parentElement.closest("[role=img]"); // △ with the word that is heard: no button stands in a picture
    const rest = sign?.nextSibling?.nodeType === Node.TEXT_NODE ? [sign.nextSibling] : [];
    (sign || text).before(stop);
    stop.append(sign || text, ...rest);
    return stop;
  }

  function prepare(group) {
    marksOf(group).forEach((mark, place) => {
      const stop = makeStop(mark);
      stop.tabIndex = place ? -1 : 0;
      stop.setAttribute("role", "button");
      stop.setAttribute("aria-haspopup", "dialog");
    });
  }

  function step(mark, key) {
    const marks = marksOf(groupOf(mark));
    const at = marks.indexOf(mark);
    const rows = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (rows && mark.closest("tr")) return nextRow(marks, mark, rows);
    const to = {
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      Home: 0,
      End: marks.length - 1,
    };
    return marks[to[key]];
  }

  // The number of the nearest row that way that stands nearest to being above or below.
  function nextRow(marks, mark, way) {
    const own = mark.closest("tr");
    const beyond = marks.filter((other) => (other.closest("tr").rowIndex - own.rowIndex) * way > 0);
    const rows = beyond.map((other) => other.closest("tr").rowIndex);
    const row = way > 0 ? Math.min(...rows) : Math.max(...rows);
    const left = mark.getBoundingClientRect().right;
    const away = (other) => Math.abs(other.getBoundingClientRect().right - left);
    return beyond
      .filter((other) => other.closest("tr").rowIndex === row)
      .sort((one, other) => away(one) - away(other))[0];
  }

  function goTo(mark) {
    marksOf(groupOf(mark)).forEach((other) => {
      stopOf(other).tabIndex = other === mark ? 0 : -1;
    });
    stopOf(mark).focus();
  }

  function button(words, act) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "link-btn", textContent: words, onclick: act });
    return made;
  }

  function makeDialog() {
    dialog = document.createElement("dialog");
    dialog.className = "fact-sheet";
    dialog.setAttribute("aria-labelledby", "fact-title");
    const bar = document.createElement("p");
    bar.className = "fact-bar";
    const back = button(say("‹ 앞의 값"), () => show(visited.at(-2), -2));
    const whole = document.createElement("a");
    whole.textContent = say("화면으로 열기");
    bar.append(
      back,
      whole,
      button(say("닫기"), () => dialog.close()),
    );
    const content = document.createElement("div");
    content.className = "fact-content";
    dialog.append(bar, content);
    dialog.addEventListener("close", () => opener?.focus());
    dialog.addEventListener("click", follow);
    document.body.append(dialog);
    return Object.assign(dialog, { back, whole, content });
  }

  // Outside the sheet: it closes. A link to another value opens in it, one to a place of this page closes it first.
  function follow(event) {
    if (event.target === dialog) dialog.close();
    const link = event.target.closest("a");
    if (!link || link === dialog.whole || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.matches("[data-fact-link]")) {
      event.preventDefault();
      show(new URL(link.href));
    } else if (link.hash && link.pathname === location.pathname && link.search === location.search) {
      opener = null;
      dialog.close();
    }
  }

  async function show(url, keep = visited.length) {
    visited = [...visited.slice(0, keep), url];
    const { back, whole, content } = dialog || makeDialog();
    back.hidden = visited.length < 2;
    whole.href = url;
    content.setAttribute("aria-busy", "true");
    content.innerHTML = `<p class="so" id="fact-title" tabindex="-1">${say("불러오는 중입니다…")}</p>`;
    if (!dialog.open) dialog.showModal();
    const found = await load(url, "at-once");
    if (url !== visited.at(-1) || !dialog.open) return;
    content.innerHTML = found;
    content.removeAttribute("aria-busy");
    content.scrollTop = 0;
    content.querySelector("#fact-title").focus();
    addPlaces(url, content.querySelector("[data-later]"));
  }

  // Where else the value stands, after a change of the data: the server has to read all texts again, and the sheet is open meanwhile.
  async function addPlaces(url, later) {
    if (!later) return;
    const whole = document.createElement("template");
    whole.innerHTML = await load(url, "sheet");
    const found = whole.content.querySelector(".fact-where");
    if (found) later.replaceWith(found);
    else later.textContent = say("이 값을 적은 글과 문서의 자리를 불러오지 못했습니다.");
  }

  async function load(url, part) {
    try {
      const response = await fetch(url, { headers: { "X-Fragment": part } });
      if (response.redirected) location.assign(url);
      const text = await response.text();
      if (text.includes('id="fact-title"')) return text;
    } catch {
      /* no connection: said below */
    }
    return `<p class="so warn" id="fact-title" tabindex="-1">${say("값의 근거를 불러오지 못했습니다. 잠시 뒤에 다시 눌러 주십시오.")}</p>`;
  }

  function open(mark) {
    goTo(mark);
    opener = stopOf(mark);
    visited = [];
    show(addressOf(mark));
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest(MARKED);
    // Who marks a number to copy it, or goes by its pencil or link, wants no sheet.
    if (!mark || event.target.closest("a, button, summary") || String(getSelection())) return;
    open(mark);
  });
  document.addEventListener("keydown", (event) => {
    const mark = event.target.closest?.(MARKED);
    if (!mark || event.target !== stopOf(mark) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") open(mark);
    else if (/^(Arrow|Home$|End$)/.test(event.key)) goTo(step(mark, event.key) || mark);
    else return;
    event.preventDefault();
  });

  new Set([...document.querySelectorAll(MARKED)].map(groupOf)).forEach(prepare);
})();
