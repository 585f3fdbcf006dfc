// Tells before a sign-in ends, with a way to go on, on every page with a form that is sent; typing counts as working. A page
// that outlived its sign-in takes the token of the new one, so that it can be saved after a sign-in in another tab.
"use strict";
(() => {
  const SECOND = 1000;
  const LONGEST = 2 ** 31 - 1; // ms, of a timer
  const session = () => document.querySelector("meta[name=session]");
  let dialog = null;
  let timer = 0;
  let touched = Date.now();

  const tokens = () => document.querySelectorAll("input[name=csrfmiddlewaretoken]");
  const clock = (left) =>
    left < 60 ? say("{}초 뒤", left) : new Date(Date.now() + left * SECOND).toTimeString().slice(0, 5);

  // {user, started, left, token} of whoever is signed in by now; `left` 0 of nobody.
  async function ask(method) {
    const headers = { "X-CSRFToken": tokens()[0]?.value || "" };
    const response = await fetch(session().dataset.url, { method, headers });
    return response.ok ? response.json() : { left: 0 };
  }

  function show(heading, text, ...controls) {
    close();
    dialog = document.createElement("dialog");
    dialog.className = "session-end";
    const title = document.createElement("h2");
    Object.assign(title, { id: "session-end", textContent: heading });
    const words = document.createElement("p");
    words.textContent = text;
    const acts = document.createElement("p");
    acts.append(...controls);
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.append(title, words, acts);
    document.body.append(dialog);
    dialog.showModal();
  }

  function close() {
    dialog?.remove();
    dialog = null;
  }

  function control(kind, words, properties) {
    const made = document.createElement(kind);
    Object.assign(made, { className: "btn pri button", textContent: words, ...properties });
    return made;
  }

  function warn(left) {
    const onclick = () => go("POST");
    const goOn = control("button", say("계속 쓰기"), { type: "button", onclick });
    show(say("곧 로그인이 끝납니다"), say("한동안 쓰지 않아 {}에 로그인이 끝납니다.", clock(left)), goOn);
  }

  function warnOfLimit(left) {
    const ok = control("button", say("확인"), { type: "button", onclick: close });
    show(
      say("곧 로그인이 끝납니다"),
      say("로그인한 지 오래되어 {}에 로그인이 끝납니다. 적던 것을 저장해 주세요.", clock(left)),
      ok,
    );
  }

  function ended() {
    const next = encodeURIComponent(location.pathname + location.search);
    const signIn = control("a", say("다시 로그인"), { href: `${session().dataset.login}?next=${next}` });
    show(say("로그인이 끝났습니다"), say("적던 글은 이 창에 남아 있습니다. 다시 로그인하면 되살아납니다."), signIn);
  }

  function follow(state) {
    const { content, dataset } = session();
    if (!state.left || state.user !== content) return false;
    for (const field of tokens()) if (state.started !== dataset.started) field.value = state.token;
    return true;
  }

  async function go(method) {
    const warning = Number(session().dataset.warning);
    try {
      const state = await ask(method);
      touched = method === "POST" ? Date.now() : touched;
      if (!follow(state)) ended();
      else if (state.left > warning) close();
      else if (method === "POST") warnOfLimit(state.left);
      else warn(state.left);
      wait(state.left, warning);
    } catch {
      wait(warning * 2, warning); // the server cannot be reached
    }
  }

  function wait(left, warning) {
    clearTimeout(timer);
    const pause = Math.max(left > warning ? left - warning : left + 1, 1) * SECOND;
    if (left > 0) timer = setTimeout(go, Math.min(pause, LONGEST), "GET");
  }

  addEventListener("DOMContentLoaded", () => {
    const forms = [...document.querySelectorAll("form")].filter(
      (form) => form.method === "post" && !/\/logout\/$/.test(form.action),
    );
    if (!session() || !forms.length) return;
    const { left, warning } = session().dataset;
    if (Number(left) > Number(warning)) wait(Number(left), Number(warning));
    else go("GET"); // the day's limit is near
    for (const form of forms) {
      form.addEventListener("input", () => {
        if (Date.now() - touched < warning * SECOND) return;
        touched = Date.now();
        go("POST");
      });
    }
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && go("GET"));
  });
})();
