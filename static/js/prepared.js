// Follows the documents that are made ahead of publication, until they are there or cannot be made.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("prepared");

  async function look() {
    const address = place.querySelector("[data-follow]")?.dataset.follow;
    if (!address) return;
    const response = await fetch(address, { headers: { "X-Watch": "1" } }).catch(() => null);
    if (response?.redirected || (response?.status >= 400 && response.status < 500)) return; // signed out, or published by now
    const next = response?.ok && new DOMParser().parseFromString(await response.text(), "text/html").body;
    if (next && !next.querySelector("[data-follow]")) place.replaceChildren(...next.childNodes);
    else setTimeout(look, 2000);
  }

  if (place) setTimeout(look, 1000);
});
