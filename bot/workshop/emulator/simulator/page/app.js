// The simulator: tabs of shoppers, one phone or two, and the panel.

import { api } from "./api.js";
import { avatar, h } from "./dom.js";
import { icon } from "./icons.js";
import { Panel } from "./panel.js";
import { Phone } from "./phone.js";
import { newShopperSheet } from "./sheets.js";
import { Store } from "./store.js";
import { wallSheet } from "./wall.js";

const remembered = {
  get: (name) => localStorage.getItem(`simulator.${name}`),
  set: (name, value) => localStorage.setItem(`simulator.${name}`, value),
};
const store = new Store();
const phones = new Map();
const unread = new Set();
const wide = matchMedia("(min-width: 1180px)");
const roomy = matchMedia("(min-width: 1500px)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const [tabs, tools, stage, panel, offline] = [".tabs", ".tools", ".phones", ".panel", ".offline"].map((name) => document.querySelector(name));
let active = remembered.get("active");
let shown = [];
let wanted = null;

const tester = new Panel(store, panel, () => openPanel(false), () => openPanel(true));
const themeButton = tool("Dark or light", () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
const pairButton = tool("Two phones side by side", () => setPair(!paired()), "phones", "only-wide");
const panelButton = tool("What if…", () => openPanel(!panel.classList.contains("open")), "bolt");
const wallButton = tool("Comment on a post", () => phones.get(active) && wallSheet(phones.get(active)), "wall");
tools.append(wallButton, pairButton, themeButton, panelButton);

function tool(label, act, name = "moon", extra = "") {
  return h("button", { class: `icon-button ${extra}`, type: "button", "aria-label": label, title: label, onclick: act }, icon(name));
}

function setTheme(theme, keep = true) {
  document.documentElement.dataset.theme = theme;
  themeButton.replaceChildren(icon(theme === "dark" ? "sun" : "moon"));
  if (keep) remembered.set("theme", theme);
}

function paired() {
  return wide.matches && (remembered.get("pair") ?? "yes") === "yes" && store.people.size > 1;
}

function setPair(on) {
  remembered.set("pair", on ? "yes" : "no");
  if (on && store.people.size < 2) addShopper();
  draw();
}

function openPanel(open, keep = true) {
  panel.classList.toggle("open", open);
  panelButton.setAttribute("aria-expanded", String(open));
  if (keep) remembered.set("panel", open ? "yes" : "no");
  if (open && !wide.matches) panel.querySelector("button").focus();
}

function addShopper() {
  const over = phones.get(active)?.element;
  if (!over) return;
  newShopperSheet(over, async (name, locale) => {
    const { psid } = await api.create(name, locale);
    wanted = psid;
    if (store.people.has(psid)) choose(psid);
  });
}

function choose(psid) {
  active = psid;
  wanted = null;
  remembered.set("active", psid);
  draw();
}

/** The phones to be shown: the active one, and beside it the one that was there before, or the next. */
function visible() {
  if (!paired()) return [active];
  const others = [...store.people.keys()].filter((psid) => psid !== active);
  const neighbour = shown.find((psid) => psid !== active && others.includes(psid)) ?? others[0];
  if (shown.length === 2 && shown.includes(active) && shown.includes(neighbour)) return shown;
  return shown[0] === neighbour ? [neighbour, active] : [active, neighbour];
}

function draw() {
  if (!store.ready) return;
  if (!store.people.size) return void api.create("Ana Cruz", "en_US");
  if (wanted && store.people.has(wanted)) return choose(wanted);
  if (!store.people.has(active)) active = store.people.keys().next().value;
  shown = visible().filter((psid) => store.people.has(psid));
  for (const psid of phones.keys()) if (!store.people.has(psid)) phones.delete(psid);
  for (const psid of shown) {
    unread.delete(psid);
    if (!phones.has(psid)) {
      phones.set(psid, new Phone(store, psid));
      phones.get(psid).fresh = true;
    }
  }
  const elements = shown.map((psid) => phones.get(psid).element);
  if (elements.length !== stage.children.length || elements.some((element, at) => stage.children[at] !== element)) stage.replaceChildren(...elements);
  for (const psid of shown) if (phones.get(psid).fresh) drawPhone(psid);
  pairButton.setAttribute("aria-pressed", String(paired()));
  drawTabs();
  look();
}

function drawPhone(psid) {
  phones.get(psid).fresh = false;
  phones.get(psid).draw();
}

function drawTabs() {
  const focused = tabs.contains(document.activeElement) ? document.activeElement.dataset.psid : null;
  tabs.replaceChildren(h("div", { class: "all", role: store.people.size ? "tablist" : "group", "aria-label": "Shoppers" }, ...[...store.people.values()].map(({ psid, name }) =>
    h("button", { class: "tab", type: "button", role: "tab", "aria-selected": String(psid === active), tabindex: psid === active ? "0" : "-1", "data-psid": psid,
      "aria-label": unread.has(psid) ? `${name}, new messages` : name, onclick: () => choose(psid), onkeydown: moveTab },
    avatar(name), h("span", {}, h("span", { class: "full", text: name }), h("span", { class: "short", text: name.split(" ")[0] })), unread.has(psid) && h("span", { class: "unread" })))),
  h("button", { class: "tab add", type: "button", "aria-label": "New shopper", onclick: addShopper }, icon("add", 20), h("span", { text: "New" })));
  if (focused) tabs.querySelector(`[data-psid="${active}"]`)?.focus();
  tabs.querySelector(`[data-psid="${active}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function moveTab(event) {
  const order = [...store.people.keys()];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  choose(order[(order.indexOf(active) + step + order.length) % order.length]);
}

/** Tell the emulator whose conversation is before somebody's eyes, so that it is marked as read. */
function look() {
  for (const psid of store.people.keys()) {
    const away = document.hidden || !shown.includes(psid);
    const phone = phones.get(psid);
    if (!phone || phone.away === away) continue;
    phone.away = away;
    api.looks(psid, away).catch(() => { phone.away = undefined; });
  }
}

store.addEventListener("state", () => {
  for (const phone of phones.values()) Object.assign(phone, { fresh: true, away: undefined });
  draw();
});
store.addEventListener("item", ({ detail: { psid, item } }) => {
  const phone = phones.get(psid);
  if (phone && !phone.fresh) phone.add(item);
  if (!shown.includes(psid) && item.type !== "said") {
    unread.add(psid);
    drawTabs();
  }
});
store.addEventListener("changed", ({ detail: { psid } }) => !phones.get(psid)?.fresh && phones.get(psid)?.timeline.draw());
for (const kind of ["marks", "typing"]) {
  store.addEventListener(kind, ({ detail: { psid } }) => !phones.get(psid)?.fresh && phones.get(psid)?.timeline.update());
}
store.addEventListener("delivery", ({ detail: { psid, delivery } }) => phones.get(psid)?.delivered(delivery));
store.addEventListener("choose", ({ detail: { psid } }) => {
  wanted = psid;
  if (store.people.has(psid)) choose(psid);
});
store.addEventListener("faults", () => panelButton.classList.toggle("armed", store.faults.armed.length > 0));
store.addEventListener("connection", ({ detail: { up } }) => { offline.hidden = up; });
wide.addEventListener("change", draw);
dark.addEventListener("change", ({ matches }) => remembered.get("theme") || setTheme(matches ? "dark" : "light", false));
document.addEventListener("visibilitychange", look);
setInterval(() => {
  for (const psid of shown) phones.get(psid)?.tick();
  tester.tick();
}, 10_000);

setTheme(remembered.get("theme") ?? (dark.matches ? "dark" : "light"), false);
openPanel((remembered.get("panel") ?? (wide.matches || roomy.matches ? "yes" : "no")) === "yes" && wide.matches, false);
store.start();
