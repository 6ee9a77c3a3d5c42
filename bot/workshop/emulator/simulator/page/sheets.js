// Sheets that come up from the bottom of a phone: a dialog each, closed by Escape, by the veil, or by choosing.

import { h, outward } from "./dom.js";
import { icon, sticker, STICKERS } from "./icons.js";

const LOCALES = { en_US: "English (US)", en_GB: "English (UK)", tl_PH: "Filipino", ceb_PH: "Cebuano" };
const WINDOW_MS = 86_400_000;

/** Open a sheet over a phone. `fill` gets the function that closes it. */
export function sheet(phone, title, fill) {
  const before = document.activeElement;
  const close = () => {
    veil.remove();
    before?.isConnected && before.focus();
  };
  const box = h("div", { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title });
  const veil = h("div", { class: "veil", onclick: (event) => event.target === veil && close(), onkeydown: (event) => trap(event, box, close) }, box);
  box.append(h("h3", { text: title }), ...[fill(close)].flat(Infinity).filter(Boolean));
  phone.append(veil);
  (box.querySelector("input, textarea, .row, button, a") ?? box).focus();
}

function trap(event, box, close) {
  if (event.key === "Escape") return close();
  if (event.key !== "Tab") return undefined;
  const stops = [...box.querySelectorAll("button, a, input, select, textarea, summary")];
  const [first, last] = [stops[0], stops.at(-1)];
  const leaving = event.shiftKey ? document.activeElement === first : document.activeElement === last;
  if (leaving) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
  return undefined;
}

/** The persistent menu. */
export function menuSheet(phone) {
  sheet(phone.element, "Menu", (close) => phone.person.screen.menu.map((item) => item.type === "web_url"
    ? outward(item.url, { class: "row" }, icon("link"), item.title)
    : h("button", { class: "row", type: "button", onclick: () => { close(); phone.tapMenu(item); } }, icon("chat"), item.title)));
}

/** The stickers. */
export function stickerSheet(phone) {
  sheet(phone.element, "Stickers", (close) => h("div", { class: "stickers" }, Object.entries(STICKERS).map(([id, { title, size }]) =>
    h("button", { type: "button", "aria-label": title, title, onclick: () => { close(); phone.stick(id); } }, sticker(id, Math.min(56, 20 + size / 2.6))))));
}

/** Who this shopper is to the page. */
export function aboutSheet(phone) {
  const { person, store } = phone;
  const left = person.window ? Math.max(person.window + WINDOW_MS, person.ad_until) - store.now() : 0;
  const held = person.owner ? "another app" : "your bot";
  const open = left > 0 ? `open for ${Math.floor(left / 3_600_000)} h ${Math.floor((left % 3_600_000) / 60_000)} min` : person.window ? "closed" : "not open yet";
  const rows = [["Name", person.name], ["PSID", person.psid], ["Language", LOCALES[person.locale] ?? person.locale], ["Window", open], ["Answered by", held]];
  sheet(phone.element, `${person.name}’s phone`, (close) => h("div", { class: "about" },
    h("dl", {}, rows.map(([name, value]) => [h("dt", { text: name }), h("dd", { text: value })])),
    h("button", { class: "wide-button quiet", type: "button", text: person.owner ? "Hand the chat back to the bot" : "Take the chat over in Facebook’s inbox", onclick: () => { close(); phone.acts("hand", { to_bot: Boolean(person.owner) }); } }),
    h("button", { class: "wide-button quiet", type: "button", text: "Copy the PSID", onclick: () => navigator.clipboard?.writeText(person.psid).then(close) }),
    person.chat.length ? h("a", { class: "wide-button quiet", href: `api/people/${person.psid}/test.transcript`, download: "chat.transcript", text: "Make a test of this" }) : "",
    person.chat.length && store.isOurs ? [
      h("a", { class: "wide-button quiet", href: `api/people/${person.psid}/test.jsonl`, download: "chat.jsonl", text: "Its exact recording" }),
      h("button", { class: "wide-button quiet", type: "button", text: "Do all this again and compare", onclick: () => { close(); phone.again(); } }),
    ] : "",
    h("button", { class: "wide-button danger", type: "button", text: "Forget this shopper", onclick: () => { close(); phone.forget(); } })));
}

/** A form for a new shopper. */
export function newShopperSheet(over, create) {
  sheet(over, "New shopper", (close) => h("form", { onsubmit: (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    close();
    create(given.get("name").trim(), given.get("locale"));
  } },
  h("label", {}, "Name", h("input", { name: "name", required: true, maxlength: "60", autocomplete: "off", value: suggestion(), pattern: ".*\\S.*" })),
  h("label", {}, "Language", h("select", { name: "locale" }, Object.entries(LOCALES).map(([value, text]) => h("option", { value, text })))),
  h("button", { class: "wide-button", text: "Start chatting" })));
}

const NAMES = ["Carla Santos", "Dante Villanueva", "Elena Garcia", "Felix Ramos", "Grace Mendoza", "Hugo Bautista"];
let next = 0;

function suggestion() {
  next += 1;
  return NAMES[(next - 1) % NAMES.length];
}
