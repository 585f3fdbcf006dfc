// Under every text with a limit: how many characters it has. Nothing pasted is cut off; who hears the page is told near the limit.
"use strict";
(() => {
  const NEAR = 0.9;
  const WAIT = 700; // not at every key
  const format = (number) => number.toLocaleString("ko-KR");

  function sentence(length, limit) {
    if (length > limit) return `${format(limit)}자까지 적을 수 있습니다. ${format(length - limit)}자를 줄여 주세요.`;
    return length >= limit * NEAR ? `${format(limit - length)}자 더 적을 수 있습니다.` : "";
  }

  function count(source) {
    const limit = Number(source.dataset.limit || source.maxLength);
    const isLine = source.tagName === "INPUT"; // a short field tells near its limit alone
    source.removeAttribute("maxlength");
    const shown = document.createElement("p");
    const heard = document.createElement("span");
    const number = document.createElement("span");
    shown.className = "text-limit";
    heard.setAttribute("aria-live", "polite");
    if (!isLine) shown.append(number, " ");
    shown.append(heard);
    source.after(shown);
    let timer = 0;
    const update = () => {
      const length = [...source.value.trim()].length;
      const words = sentence(length, limit);
      if (!isLine) number.textContent = `${format(length)} / ${format(limit)}자`;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (heard.textContent !== words) heard.textContent = words;
      }, WAIT);
      shown.classList.toggle("over", length > limit);
      source.setCustomValidity(length > limit ? words : "");
    };
    source.addEventListener("input", update);
    update();
  }

  const begin = (root) =>
    root
      .querySelectorAll("textarea[data-limit], textarea[maxlength], input[maxlength]:not([type=password])")
      .forEach((source) => {
        if (!source.closest(".empty-form")) count(source);
      });
  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("formset:added", (event) => begin(event.target));
})();
