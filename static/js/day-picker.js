// Beside a day that is typed as people write it stands the browser's calendar, which writes the day into the field. Addresses have
// it as 2022-08-29.
"use strict";
(() => {
  const AS_WRITTEN = /^\s*['’]?(\d{4}|\d{2})[^\d]{1,3}(\d{1,2})[^\d]{1,3}(\d{1,2})/;

  function iso(text) {
    const found = AS_WRITTEN.exec(text);
    if (!found) return "";
    const [, year, month, day] = found;
    return `${year.padStart(4, "20")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  }

  function printed(text) {
    const [year, month, day] = text.split("-").map(Number);
    return `${year}. ${month}. ${day}.`;
  }

  function addPicker(field) {
    const picker = document.createElement("input");
    picker.type = "date";
    picker.className = "day-picker";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    picker.value = iso(field.value);
    picker.addEventListener("change", () => {
      field.value = picker.value && printed(picker.value);
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const pair = document.createElement("span");
    pair.className = "day";
    field.replaceWith(pair);
    pair.append(field, picker);
  }

  const begin = (root) => {
    for (const field of root.querySelectorAll("input[data-day]")) {
      if (!field.closest(".empty-form")) addPicker(field);
    }
  };
  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("formset:added", (event) => begin(event.target));
  document.addEventListener("formdata", (event) => {
    if (event.target.method !== "get") return;
    for (const field of event.target.querySelectorAll("input[data-day]")) {
      const day = iso(field.value);
      if (day) event.formData.set(field.name, day);
    }
  });
})();
