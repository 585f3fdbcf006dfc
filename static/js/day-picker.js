// Beside a day that is typed as people write it stands the browser's calendar, which writes the day into the field.
document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("input[data-day]")) {
    const picker = document.createElement("input");
    picker.type = "date";
    picker.className = "day-picker";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    picker.value = /^\d{4}-\d{2}-\d{2}$/.test(field.value) ? field.value : "";
    picker.addEventListener("change", () => {
      field.value = picker.value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const pair = document.createElement("span");
    pair.className = "day";
    field.replaceWith(pair);
    pair.append(field, picker);
  }
});
