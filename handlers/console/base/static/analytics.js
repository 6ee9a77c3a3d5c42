// Fetches each plot as wide as its place is, and tells the value under the pointer or chosen by the arrow keys.
const nearest = (points, x, y) => {
  let found = null;
  let least = Infinity;
  for (const point of points) {
    const box = point.getBoundingClientRect();
    const dx = Math.max(box.left - x, 0, x - box.right);
    const dy = Math.max(box.top - y, 0, y - box.bottom);
    const distance = dx * dx * 4 + dy * dy;
    if (distance < least) [found, least] = [point, distance];
  }
  return found;
};

const listen = (place, drawn) => {
  const points = [...drawn.querySelectorAll(".point")];
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "status");
  place.append(tip);
  let chosen = null;
  const choose = (point) => {
    chosen?.classList.remove("on");
    chosen = point;
    tip.textContent = point?.dataset.told ?? "";
    if (!point) return;
    point.classList.add("on");
    const box = point.getBoundingClientRect();
    const around = place.getBoundingClientRect();
    const half = tip.offsetWidth / 2;
    const middle = box.left + box.width / 2 - around.left;
    tip.style.left = `${Math.min(Math.max(middle, half), Math.max(around.width - half, half))}px`;
    tip.style.top = `${box.top - around.top}px`;
  };
  const follow = () => {
    if (chosen?.dataset.link) location.href = chosen.dataset.link;
  };
  for (const point of points) point.querySelector("title")?.remove(); // the browser would tell it a second time
  drawn.addEventListener("pointermove", (event) => choose(nearest(points, event.clientX, event.clientY)));
  drawn.addEventListener("pointerleave", () => choose(null));
  drawn.addEventListener("blur", () => choose(null));
  drawn.addEventListener("click", (event) => {
    const point = nearest(points, event.clientX, event.clientY);
    // A finger first asks for the value; the second touch goes to the rows.
    if (event.pointerType === "touch" && tip.dataset.of !== point?.dataset.told) {
      tip.dataset.of = point?.dataset.told ?? "";
      choose(point);
      return;
    }
    choose(point);
    follow();
  });
  drawn.addEventListener("keydown", (event) => {
    const at = points.indexOf(chosen);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: points.length - 1 }[event.key];
    if (event.key === "Enter") follow();
    else if (event.key === "Escape") choose(null);
    else if (to !== undefined) {
      event.preventDefault();
      choose(points[Math.min(Math.max(to, 0), points.length - 1)]);
    }
  });
};

const load = async (place) => {
  const answer = await fetch(`${place.dataset.plot}&width=${Math.round(place.clientWidth)}`).catch(() => null);
  if (!answer?.ok || !answer.headers.get("Content-Type").startsWith("image/svg")) {
    place.textContent = "The plot could not be drawn. The table below has its figures.";
    return;
  }
  const drawn = document.importNode(new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement, true);
  place.replaceChildren(drawn);
  listen(place, drawn);
  place.dataset.drawn = "yes";
};

for (const place of document.querySelectorAll("[data-plot]")) await load(place);
