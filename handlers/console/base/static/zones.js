// Finds a place among all: what does not fit is hidden, what fits is opened.
const places = document.querySelector("[data-places]");
const search = places.querySelector("[data-search]");
const input = search.querySelector("input");
const none = places.querySelector("[data-none]");
const opened = [...places.querySelectorAll("details[open]")];

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const boxes = [...places.querySelectorAll(".tick-box")].map((label) => ({ label, name: plain(label.textContent) }));

function find() {
  const asked = plain(input.value.trim());
  const fitting = new Set(boxes.filter((box) => box.name.includes(asked)).map((box) => box.label));
  for (const { label } of boxes) label.hidden = Boolean(asked) && !fitting.has(label);
  for (const part of places.querySelectorAll(".province, .region")) {
    const hits = [...part.querySelectorAll(".tick-box")].some((label) => fitting.has(label));
    part.hidden = Boolean(asked) && !hits;
    // The province stays in sight above its towns.
    if (asked && hits && part.matches(".province")) part.querySelector(":scope > .tick-box").hidden = false;
  }
  for (const part of places.querySelectorAll("details")) {
    part.open = asked ? [...part.querySelectorAll(".tick-box")].some((label) => fitting.has(label)) : opened.includes(part);
  }
  none.hidden = !asked || fitting.size > 0;
}

search.hidden = false;
input.addEventListener("input", (event) => {
  event.stopPropagation(); // looking for a place changes nothing
  find();
});
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault();
});
