// Pictures that can be zoomed, turned and shown at full size: by wheel, buttons and keys. An identity paper is asked for first.
const MOST = 8; // times the size at which it fits
const STEP = 1.25;
const viewers = [];

class Viewer {
  constructor(part) {
    this.part = part;
    this.pane = part.querySelector("[data-pane]");
    this.zoom = 1;
    this.turned = 0;
    for (const button of part.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this.do(button.dataset.do));
    }
    this.pane.addEventListener("focusin", () => (active = this));
    this.pane.addEventListener(
      "wheel",
      (event) => {
        if (!this.image || event.shiftKey) return;
        event.preventDefault();
        this.scale(this.zoom * (event.deltaY < 0 ? STEP : 1 / STEP), event);
      },
      { passive: false },
    );
    this.drag();
    new ResizeObserver(() => this.draw()).observe(this.pane);
    this.take();
  }

  take() {
    this.image = this.pane.querySelector("[data-picture]");
    this.sheet = this.pane.querySelector("[data-sheet]");
    for (const button of this.part.querySelectorAll("[data-do]")) button.disabled = !this.image;
    if (!this.image) return;
    if (!this.image.complete) this.image.addEventListener("load", () => this.draw());
    this.draw();
  }

  get size() {
    const { naturalWidth: wide, naturalHeight: high } = this.image;
    return this.turned % 2 ? [high, wide] : [wide, high];
  }

  get fits() {
    const [wide, high] = this.size;
    return Math.min(this.pane.clientWidth / wide, this.pane.clientHeight / high);
  }

  do(what) {
    if (!this.image) return;
    active = this;
    if (what === "closer") this.scale(this.zoom * STEP);
    if (what === "farther") this.scale(this.zoom / STEP);
    if (what === "turn") this.turned = (this.turned + 1) % 4;
    if (what === "turn-back") this.turned = (this.turned + 3) % 4;
    if (what === "full") this.scale(this.isFull ? 1 : 1 / this.fits);
    this.draw();
  }

  get isFull() {
    return Math.abs(this.zoom * this.fits - 1) < 0.01 && this.zoom !== 1;
  }

  scale(zoom, at) {
    const before = this.zoom;
    this.zoom = Math.min(Math.max(MOST, 1 / this.fits), Math.max(1, zoom));
    const box = this.pane.getBoundingClientRect();
    const x = at ? at.clientX - box.left : box.width / 2;
    const y = at ? at.clientY - box.top : box.height / 2;
    const grown = this.zoom / before;
    const left = (this.pane.scrollLeft + x) * grown - x;
    const top = (this.pane.scrollTop + y) * grown - y;
    this.draw();
    this.pane.scrollTo(left, top);
  }

  draw() {
    if (!this.image?.naturalWidth || !this.pane.clientWidth) return;
    const [wide, high] = this.size;
    const scale = this.fits * this.zoom;
    this.sheet.style.width = `${Math.floor(Math.max(this.pane.clientWidth, wide * scale))}px`;
    this.sheet.style.height = `${Math.floor(Math.max(this.pane.clientHeight, high * scale))}px`;
    this.image.style.width = `${this.image.naturalWidth * scale}px`;
    this.image.style.height = `${this.image.naturalHeight * scale}px`;
    this.image.style.transform = `translate(-50%, -50%) rotate(${this.turned * 90}deg)`;
    this.part.querySelector("[data-do=full]")?.setAttribute("aria-pressed", String(this.isFull));
    this.pane.classList.toggle("can-move", this.zoom > 1);
  }

  drag() {
    let from = null;
    this.pane.addEventListener("pointerdown", (event) => {
      if (!this.image || event.pointerType !== "mouse" || event.button) return;
      from = { x: event.clientX + this.pane.scrollLeft, y: event.clientY + this.pane.scrollTop };
      this.pane.setPointerCapture(event.pointerId);
    });
    this.pane.addEventListener("pointermove", (event) => {
      if (from) this.pane.scrollTo(from.x - event.clientX, from.y - event.clientY);
    });
    for (const end of ["pointerup", "pointercancel"]) this.pane.addEventListener(end, () => (from = null));
  }
}

let active = null;
for (const part of document.querySelectorAll("[data-viewer]")) viewers.push(new Viewer(part));
active = viewers[0] ?? null;

const KEYS = { "+": "closer", "=": "closer", "-": "farther", "[": "turn-back", "]": "turn", f: "full" };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
  const what = KEYS[event.key.toLowerCase()];
  if (!what || !active?.image) return;
  event.preventDefault();
  active.do(what);
});

// The paper is the answer to a form: until somebody sends that, nothing of it is in this page.
for (const form of document.querySelectorAll("[data-sealed]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    const told = form.querySelector(".hint");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok || !answer.headers.get("Content-Type").startsWith("image/")) throw new Error(answer.status);
      const image = new Image();
      image.src = await asAddress(await answer.blob());
      await image.decode();
      image.dataset.picture = "";
      image.alt = form.dataset.alt;
      image.draggable = false;
      const sheet = document.createElement("div");
      sheet.className = "sheet-of";
      sheet.dataset.sheet = "";
      sheet.append(image);
      const viewer = viewers.find((one) => one.part.contains(form));
      form.replaceWith(sheet);
      viewer.take();
      active = viewer;
      viewer.pane.focus();
    } catch {
      button.disabled = false;
      told.textContent = "It could not be shown. Please reload the page and try again.";
      told.classList.add("wrong");
    }
  });
}

function asAddress(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", reject);
    reader.readAsDataURL(blob);
  });
}
