// Elements without innerHTML: text stays text, whoever wrote it.

/** Make an element. `props`: class, text, on<event> handlers, any attribute; true sets it empty, false and null leave it out. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The round picture that stands for somebody: their initial on a colour that is always theirs. */
export function avatar(name, seed = name) {
  let hue = 0;
  for (const letter of seed) hue = (hue * 31 + letter.codePointAt(0)) % 6;
  return h("span", { class: `avatar hue-${seed === "page" ? 0 : hue + 1}`, "aria-hidden": "true", text: [...name.trim()][0]?.toUpperCase() ?? "?" });
}

/** A picture that says so when it cannot be loaded. */
export function picture(url, alt, className = "") {
  const image = h("img", { class: className, src: url, alt, loading: "lazy", decoding: "async" });
  image.addEventListener("error", () => image.replaceWith(h("span", { class: "broken", text: "This picture cannot be loaded." })), { once: true });
  return image;
}

const LINK = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/** Text with its addresses as links. */
export function linked(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(from, found.index), outward(found[0], { text: found[0] }));
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
}

/** A link that leaves the simulator. Only addresses that browsers open as pages or calls; anything else is plain text. */
export function outward(url, props, ...children) {
  const safe = /^(https?:|tel:)/i.test(url);
  return h(safe ? "a" : "span", safe ? { ...props, href: url, target: "_blank", rel: "noopener noreferrer" } : props, ...children);
}

/** The hour and minute of a time in milliseconds, in the reader's own way. */
export function hour(ms) {
  return new Date(ms).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
}

/** A day as people say it, with the hour. */
export function day(ms, now) {
  const then = new Date(ms);
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(ms).setHours(0, 0, 0, 0)) / 86400000);
  if (days <= 0) return hour(ms);
  if (days < 7) return `${then.toLocaleDateString([], { weekday: "short" })} ${hour(ms)}`;
  return `${then.toLocaleDateString([], { day: "numeric", month: "short" })}, ${hour(ms)}`;
}
