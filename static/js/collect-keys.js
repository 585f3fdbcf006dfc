// The boxes of the grid of an edition's parts are reached by the arrow keys too; without a script by Tab.
const boxes = [...document.querySelectorAll('.collect input[type="checkbox"]')];
const place = (box) => {
  const { left, top } = box.getBoundingClientRect();
  return { left, top };
};

const ways = {
  ArrowLeft: (from, to) => Math.abs(to.top - from.top) < 4 && to.left < from.left,
  ArrowRight: (from, to) => Math.abs(to.top - from.top) < 4 && to.left > from.left,
  ArrowUp: (from, to) => to.top < from.top - 4,
  ArrowDown: (from, to) => to.top > from.top + 4,
};

const distance = (from, to) => Math.hypot((to.left - from.left) / 4, to.top - from.top);

for (const box of boxes) {
  box.addEventListener("keydown", (event) => {
    const lies = ways[event.key];
    if (!lies) return;
    const from = place(box);
    const found = boxes
      .map((other) => ({ other, to: place(other) }))
      .filter(({ other, to }) => other !== box && lies(from, to))
      .sort((one, two) => distance(from, one.to) - distance(from, two.to));
    if (found.length) {
      event.preventDefault();
      found[0].other.focus();
    }
  });
}
