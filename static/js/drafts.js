// Keeps what is typed into a form until it is saved: in this tab alone, under the user, the page and the sign-in. Whoever
// signs in again after a session that ended finds it in the form; another user never does, and a sign-out forgets it.
"use strict";
(() => {
  const PREFIX = "draft ";
  const PAUSE = 200; // ms after the last key
  const ROW = /^(.+)-(\d+)-(.+)$/; // a field of a formset: prefix, number, name
  const UNTYPED = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"]);
  const VERSIONS = "form_versions";
  const here = location.pathname + location.search;

  const stored = () => {
    try {
      return Object.keys(sessionStorage)
        .filter((key) => key.startsWith(PREFIX))
        .map((key) => ({ ...JSON.parse(sessionStorage.getItem(key)), key }));
    } catch {
      return [];
    }
  };
  const forget = (entry) => sessionStorage.removeItem(entry.key);
  const write = ({ key, ...entry }) => {
    try {
      sessionStorage.setItem(key, JSON.stringify(entry));
    } catch {
      /* storage is full or switched off */
    }
  };

  const isTyped = (field) =>
    field.name &&
    !UNTYPED.has(field.type) &&
    field.autocomplete !== "one-time-code" &&
    !/__prefix__|^_selected_action$/.test(field.name) &&
    field.tagName !== "FIELDSET";
  const typedFields = (form) => [...form.elements].filter(isTyped);
  const keptForms = () =>
    [...document.querySelectorAll("form")].filter((form) => form.method === "post" && typedFields(form).length);
  const keyOf = (form) => `${PREFIX}${here}#${form.id || keptForms().indexOf(form)}`;

  function stateOf(field) {
    if (field.type === "checkbox" || field.type === "radio") return { option: field.value, checked: field.checked };
    if (field.tagName === "SELECT") return { chosen: [...field.selectedOptions].map((one) => [one.value, one.text]) };
    return { value: field.value };
  }

  function snapshot(form) {
    const hidden = [...form.elements].filter((field) => field.type === "hidden");
    const named = (ending) =>
      hidden.filter((field) => field.name.endsWith(ending)).map((field) => [field.name, field.value]);
    return {
      fields: typedFields(form).map((field) => ({
        name: field.name,
        label: field.labels?.[0]?.textContent.trim() || field.getAttribute("aria-label") || field.name,
        ...stateOf(field),
      })),
      ids: Object.fromEntries(named("-id")),
      prefixes: named("-TOTAL_FORMS").map(([name]) => name.replace("-TOTAL_FORMS", "")),
      versions: form.elements[VERSIONS]?.value,
    };
  }

  // Where a field of a formset stands now: rows are known by their objects, for others may have added or deleted some.
  function placeOf(form, entry) {
    const added = {};
    const count = (prefix, what) => Number(form.elements[`${prefix}-${what}_FORMS`].value);
    const newRow = (prefix, number) => {
      added[prefix] ??= {};
      added[prefix][number] ??= count(prefix, "INITIAL") + Object.keys(added[prefix]).length;
      const more = document.querySelector(
        `#${CSS.escape(prefix)}-group .add-row a, #${CSS.escape(prefix)}-group a.addlink`,
      );
      while (more && count(prefix, "TOTAL") <= added[prefix][number]) more.click();
      return added[prefix][number];
    };
    const sameRow = (prefix, id) =>
      [...form.elements].find(
        (field) => ROW.exec(field.name)?.[1] === prefix && field.name.endsWith("-id") && field.value === id,
      );
    return (name) => {
      const [, prefix, number, rest] = ROW.exec(name) || [];
      if (!entry.prefixes.includes(prefix) || !form.elements[`${prefix}-TOTAL_FORMS`]) return name;
      const id = entry.ids[`${prefix}-${number}-id`];
      const row = id ? ROW.exec(sameRow(prefix, id)?.name)?.[2] : newRow(prefix, number);
      return row === undefined ? null : `${prefix}-${row}-${rest}`;
    };
  }

  // Returns whether the field was another one before; undefined where there is no such field.
  function put(form, name, was) {
    const field = [...form.elements].find(
      (one) => one.name === name && (was.option === undefined || one.value === was.option),
    );
    if (!field) return undefined;
    const before = JSON.stringify(stateOf(field));
    if (was.option !== undefined) field.checked = was.checked;
    else if (was.chosen && field.tagName === "SELECT") {
      const missing = was.chosen.filter(([value]) => ![...field.options].some((one) => one.value === value));
      for (const [value, text] of missing) field.add(new Option(text, value));
      for (const option of field.options) option.selected = was.chosen.some(([value]) => value === option.value);
    } else field.value = was.value ?? "";
    if (JSON.stringify(stateOf(field)) === before) return false;
    field.closest("details:not([open])")?.setAttribute("open", "");
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    return true;
  }

  function restore(form, entry) {
    const place = placeOf(form, entry);
    const results = entry.fields.map((was) => [was, put(form, place(was.name), was)]);
    const isTypedText = (was) => was.value?.trim();
    const lost = results.filter(([was, changed]) => changed === undefined && isTypedText(was)).map(([was]) => was);
    if (form.elements[VERSIONS] && entry.versions) form.elements[VERSIONS].value = entry.versions;
    return { isChanged: lost.length > 0 || results.some(([, changed]) => changed), lost };
  }

  function bar(sentence, ...parts) {
    const alert = document.createElement("div");
    alert.className = "unsaved";
    alert.setAttribute("role", "alert");
    alert.append(sentence, ...parts);
    const main = document.querySelector("main, #content-start, #content") || document.body;
    main.prepend(alert);
    return alert;
  }

  function button(words, act) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "btn button", textContent: words });
    made.addEventListener("click", act);
    return made;
  }

  function link(words, address) {
    const made = document.createElement("a");
    Object.assign(made, { href: address, textContent: words });
    return made;
  }

  function lostTexts(lost) {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = "자리를 찾지 못한 글(그 사이에 지워진 줄)";
    details.append(summary);
    for (const { label, value } of lost) {
      const text = document.createElement("p");
      text.textContent = `${label}: ${value}`;
      details.append(text);
    }
    return details;
  }

  function restoreInto(form, entry) {
    const { isChanged, lost } = restore(form, entry);
    if (!isChanged) {
      if (!isUnsavedPage()) forget(entry);
      return;
    }
    const drop = button("되살린 내용 버리기", () => {
      forget(entry);
      location.reload();
    });
    bar(
      "저장하지 못한 내용을 되살렸습니다. 아직 저장되지 않았습니다. ",
      drop,
      ...(lost.length ? [lostTexts(lost)] : []),
    );
  }

  function offer(entry) {
    const alert = bar("저장하지 못한 내용이 있습니다: ", link(entry.title, entry.address), " ");
    const drop = button("버리기", () => {
      forget(entry);
      alert.remove();
    });
    alert.append(drop);
  }

  function keep(form, user, started) {
    let timer = 0;
    const save = (isSubmitted) => {
      clearTimeout(timer);
      timer = 0;
      const title = document.title.split(" | ")[0];
      write({ key: keyOf(form), user, started, title, address: here, isSubmitted, ...snapshot(form) });
    };
    let isTouched = false;
    const note = (event) => {
      if (!isTyped(event.target)) return;
      isTouched = true;
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE, false);
    };
    form.addEventListener("input", note);
    form.addEventListener("change", note);
    form.addEventListener("submit", () => (isTouched || sessionStorage.getItem(keyOf(form))) && save(true));
    addEventListener("pagehide", () => timer && save(false));
  }

  const isUnsavedPage = () => Boolean(document.querySelector("[data-unsaved], .errornote, .errorlist, .error"));

  // What was sent is saved, unless the page says otherwise or was reached by another way than from the form.
  function settle(entries, isSignedIn, started) {
    const isUnsaved = !isSignedIn || isUnsavedPage();
    const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    const isAnswer = document.referrer.startsWith(`${location.origin}/`) && !isBack;
    return entries.filter((entry) => {
      if (entry.isSubmitted && (isUnsaved || !isAnswer))
        write(Object.assign(entry, { isSubmitted: false, isFailed: true }));
      const isLost = entry.isFailed || (isSignedIn && entry.started !== started);
      if (isSignedIn && !isLost) forget(entry);
      return isLost;
    });
  }

  function begin() {
    const session = document.querySelector("meta[name=session]");
    const user = session?.content;
    const entries = stored();
    for (const entry of entries) if (user && entry.user !== user) forget(entry);
    const own = entries.filter((entry) => !user || entry.user === user);
    const lost = settle(own, Boolean(user), session?.dataset.started);
    document.querySelectorAll("form[action$='/logout/']").forEach((form) => {
      form.addEventListener("submit", () => stored().forEach(forget));
    });
    if (!user) {
      if (own.length)
        bar(
          "적던 글은 이 창에 남아 있습니다. 다시 로그인하면 되살아납니다: ",
          ...own.slice(0, 1).map((one) => link(one.title, one.address)),
        );
      return;
    }
    for (const form of keptForms()) {
      keep(form, user, session.dataset.started);
      const entry = lost.find((one) => one.key === keyOf(form));
      if (entry) restoreInto(form, entry);
    }
    const shown = new Set(keptForms().map(keyOf));
    lost.filter((entry) => !shown.has(entry.key)).forEach(offer);
  }
  // After the scripts of the administration, which wait until the page is there before they add their buttons for rows.
  addEventListener("load", () => setTimeout(begin));
})();
