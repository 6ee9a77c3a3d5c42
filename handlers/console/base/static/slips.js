// Packing slips: one that is a little too long for its paper gets smaller letters, so that no order takes two pages
// for a line or two. What is longer than that goes on on the next page, or leaves its quarter for a sheet of its own.

const MM = 96 / 25.4;
const ROOM = { a6: [93, 136], a4: [180, 267], a4x4: [93, 136] }; // millimetres between the margins
const SMALLEST = 0.72;
const main = document.querySelector("main");
const size = main.dataset.size;

function heightOf(slip, wide, scale) {
  const copy = slip.cloneNode(true);
  copy.classList.add("measured");
  Object.assign(copy.style, { width: `${wide * MM}px`, minHeight: "0", padding: "0" });
  slip.parentElement.append(copy);
  copy.style.fontSize = `${parseFloat(getComputedStyle(copy).fontSize) * scale}px`;
  const height = copy.getBoundingClientRect().height;
  copy.remove();
  return height;
}

function fit(slip, [wide, high]) {
  for (let scale = 1; scale >= SMALLEST; scale -= 0.04) {
    if (heightOf(slip, wide, scale) > high * MM) continue;
    if (scale < 1) slip.style.fontSize = `${parseFloat(getComputedStyle(slip).fontSize) * scale}px`;
    return true;
  }
  return false;
}

for (const sheet of document.querySelectorAll(".sheet")) {
  const room = size === "a4x4" && !sheet.classList.contains("quartered") ? ROOM.a4 : ROOM[size];
  for (const slip of sheet.querySelectorAll(".slip")) {
    if (fit(slip, room) || !sheet.classList.contains("quartered")) continue;
    const own = document.createElement("div");
    own.className = "sheet";
    own.append(slip);
    main.append(own);
    fit(slip, ROOM.a4);
  }
  if (!sheet.children.length) sheet.remove();
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
