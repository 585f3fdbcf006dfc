// A live preview beside every 개조식 text in admin: asked of the server, which alone knows the notation, a moment after typing stops.
"use strict";
(() => {
  const WAIT = 300;

  // The rest of the form is not sent: only the text, which one it is, and the token that every POST needs.
  function ask(field, text, signal) {
    const { previewUrl: url, text: name } = field.dataset;
    const body = new FormData();
    body.set("text", text);
    if (name) body.set("of", name);
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    return fetch(`${url}?part=1`, { method: "POST", body, signal, headers: { "X-CSRFToken": token } });
  }

  // Selects the line that can't be read, so that it is seen and can be typed over.
  function goTo(source, line) {
    const lines = source.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    source.focus();
    source.setSelectionRange(start, start + (lines[line - 1] || "").length);
  }

  function wayToLine(source, target) {
    const error = target.querySelector("[data-line]");
    source.setAttribute("aria-invalid", String(Boolean(error)));
    if (!Number(error?.dataset.line)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "그 줄로";
    button.addEventListener("click", () => goTo(source, Number(error.dataset.line)));
    error.append(" ", button);
  }

  // Writes the mark that was chosen in place of the unknown one; an empty one joins the line to the one above.
  function choose(source, group, mark, all) {
    const number = Number(group.dataset.line) - 1;
    const unknown = group.dataset.mark;
    const lines = source.value.split("\n");
    const opens = (line) => line.trimStart().startsWith(`${unknown} `) || line.trimStart().startsWith(`${unknown}\t`);
    if (mark) {
      lines.forEach((line, index) => {
        if (index === number || (all && opens(line))) lines[index] = line.replace(unknown, mark);
      });
    } else if (number > 0) {
      lines.splice(number - 1, 2, `${lines[number - 1].trimEnd()} ${lines[number].trim()}`);
    }
    source.value = lines.join("\n");
    source.dispatchEvent(new Event("input", { bubbles: true }));
    source.focus();
  }

  function offerChoices(source, target) {
    const group = target.querySelector(".outline-choices");
    if (!group) return;
    group.hidden = false;
    group.addEventListener("click", (event) => {
      const mark = event.target.dataset.choice;
      if (mark !== undefined) choose(source, group, mark, group.querySelector("input").checked);
    });
  }

  function live(field) {
    const source = field.querySelector("textarea");
    const target = field.querySelector(".outline-preview");
    let timer = 0;
    let asked = null;
    const show = async () => {
      asked?.abort();
      asked = new AbortController();
      try {
        const response = await ask(field, source.value, asked.signal);
        if (!response.ok) throw new Error(response.statusText);
        target.innerHTML = await response.text();
        target.classList.remove("stale");
        wayToLine(source, target);
        offerChoices(source, target);
      } catch (error) {
        if (error.name !== "AbortError") target.classList.add("stale");
      }
    };
    field.querySelector("[name=preview]").hidden = true;
    source.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, WAIT);
    });
    source.addEventListener("scroll", () => {
      const room = source.scrollHeight - source.clientHeight;
      if (room > 0) target.scrollTop = (source.scrollTop / room) * (target.scrollHeight - target.clientHeight);
    });
    wayToLine(source, target);
    offerChoices(source, target);
  }

  const begin = (root) =>
    root.querySelectorAll(".outline-field").forEach((field) => {
      if (!field.closest(".empty-form")) live(field);
    });
  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("formset:added", (event) => begin(event.target));
})();
