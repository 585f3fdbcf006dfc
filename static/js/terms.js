// Shows a linked term's definition beside it: on hover, on focus, and on the first tap of a touch screen (the second one
// follows the link to the definition further down). Without this script the link alone leads there.
"use strict";
(() => {
  const LEAVING = 200; // ms in which the pointer may cross from the term to its definition
  const EDGE = 16;
  const pop = document.createElement("div");
  pop.className = "term-pop";
  pop.id = "term-pop";
  pop.setAttribute("role", "tooltip");
  pop.hidden = true;
  let shown = null;
  let leaving = 0;

  const definitionOf = (link) => document.getElementById(link.hash.slice(1));

  function fill(entry) {
    const name = document.createElement("b");
    name.textContent = entry.querySelector("dt").firstElementChild.textContent;
    const text = document.createElement("div");
    text.append(...entry.querySelector("dd").cloneNode(true).childNodes);
    for (const table of text.querySelectorAll(".scroll")) table.remove();
    pop.replaceChildren(name, text);
  }

  function place(link) {
    const line = link.getClientRects()[0];
    const left = Math.min(line.left, document.documentElement.clientWidth - pop.offsetWidth - EDGE);
    const below = line.bottom + pop.offsetHeight < innerHeight || line.top < pop.offsetHeight;
    pop.style.left = `${Math.max(left, EDGE) + scrollX}px`;
    pop.style.top = `${(below ? line.bottom : line.top - pop.offsetHeight) + scrollY}px`;
  }

  function show(link) {
    clearTimeout(leaving);
    if (shown === link) return;
    hide();
    fill(definitionOf(link));
    pop.hidden = false;
    place(link);
    link.setAttribute("aria-describedby", pop.id);
    shown = link;
  }

  function hide() {
    clearTimeout(leaving);
    if (shown) shown.removeAttribute("aria-describedby");
    pop.hidden = true;
    shown = null;
  }

  const leave = () => {
    leaving = setTimeout(hide, LEAVING);
  };

  function follow(link) {
    let wasShown = false;
    link.addEventListener("pointerdown", () => {
      wasShown = shown === link;
    });
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") show(link);
    });
    link.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") leave();
    });
    link.addEventListener("focus", () => show(link));
    link.addEventListener("blur", leave);
    link.addEventListener("click", (event) => {
      if (event.pointerType === "touch" && !wasShown) {
        event.preventDefault();
        show(link);
      } else hide();
    });
  }

  const links = [...document.querySelectorAll("a.term")].filter(definitionOf);
  if (!links.length) return;
  document.body.append(pop);
  links.forEach(follow);
  pop.addEventListener("pointerenter", () => clearTimeout(leaving));
  pop.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("pointerdown", (event) => {
    if (shown && event.target !== shown && !pop.contains(event.target)) hide();
  });
})();
