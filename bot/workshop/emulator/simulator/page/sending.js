// What a shopper sends besides words: a tidy menu, and a short form for each. A comment below a post has its place in PLACES.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { sheet } from "./sheets.js";

const SEND = "Send";

/** A field of a form: its label, its name, and whatever an input can have. */
function field(label, name, props = {}, note = "") {
  const { options, long, ...rest } = props;
  const control = options ? h("select", { name }, options.map(([value, text]) => h("option", { value, text })))
    : long ? h("textarea", { name, rows: "2", ...rest }, rest.value ?? "")
      : h("input", { name, autocomplete: "off", ...rest });
  return h("label", {}, label, control, note && h("small", { text: note }));
}

const more = (...fields) => h("details", {}, h("summary", { text: "More" }), fields);

/** What the bot showed last, so that most forms need nothing typed. */
function shown(phone) {
  const cards = phone.person.chat.flatMap(({ type, body }) => (type === "sent" && body.message?.attachment?.payload?.elements) || []);
  return cards.findLast(({ title }) => title)?.title ?? "";
}

/** One line of a cart. */
function cartLine(title = "") {
  return h("div", { class: "cart-line" },
    h("input", { name: "quantity", type: "number", min: "0", value: "1", required: true, "aria-label": "Pieces" }),
    h("input", { name: "name", value: title, placeholder: "What it is called", "aria-label": "What it is called" }),
    h("input", { name: "retailer_id", placeholder: "SKU", "aria-label": "SKU" }),
    h("input", { name: "unit_price", type: "number", step: "0.01", min: "0", placeholder: "Price", "aria-label": "Price on Facebook" }));
}

function cartFields(phone) {
  const lines = h("div", { class: "cart-lines" }, cartLine(shown(phone)));
  return [lines,
    h("button", { class: "wide-button quiet", type: "button", text: "Add a line", onclick: () => lines.append(cartLine()) }),
    field("Note", "note", { placeholder: "Pa-gift wrap po" })];
}

function cart(form) {
  const lines = [...form.querySelectorAll(".cart-line")].map((line) => Object.fromEntries([...line.children].map(({ name, value }) => [name, value.trim()])));
  return {
    lines: lines.filter(({ name, retailer_id }) => name || retailer_id).map(({ quantity, unit_price, ...rest }) => ({ ...rest, quantity: Number(quantity), unit_price: Number(unit_price || 0) })),
    note: form.elements.note.value.trim(),
  };
}

const given = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
const ADDRESS = [["name", "Name", "Ana Cruz"], ["phone", "Phone", "0917 555 0123"], ["address_line_1", "Address", "12 Mabini Street"], ["address_line_2", "Barangay", "Poblacion"],
  ["locality", "City", "Makati"], ["administrative_area", "Province", "Metro Manila"], ["zipcode", "Postal code", "1210"]];

/** By group: what stands in the menu, the fields that it asks for, and what is sent. None asked for is sent at once. */
const PLACES = [
  ["Come from somewhere", [
    { action: "ad", text: "Tap an ad", sign: "horn", fields: (phone) => [
      field("What the ad says", "title", { value: shown(phone), required: true, placeholder: "A product’s name, or a slogan" }),
      field("Message", "text", { value: "Hi, I’m interested" }),
      more(field("Ad id", "ad_id"), field("Post id", "post_id"), field("Ref", "ref"))] },
    { action: "link", text: "Follow an m.me link", sign: "link", fields: () => [
      field("Ref", "ref", { required: true, placeholder: "product_3" }, "Such as product_3, sku=KIT-003, promo_WELCOME10, c-kitchen")] },
    { action: "post", text: "Share a post or a reel", sign: "share", fields: (phone) => [
      field("What it says", "title", { value: shown(phone), required: true }),
      field("Kind", "kind", { options: [["post", "Post"], ["reel", "Reel"]] }),
      field("Message", "text", { value: "Available pa po ito?" })] },
    { action: "shop", text: "Write from the Facebook shop", sign: "bag", fields: () => [
      field("Product’s number", "code", { required: true, placeholder: "KIT-003" }), field("Message", "text", { value: "Is this available?" })] },
    { action: "product", text: "Send a product", sign: "box", fields: (phone) => [
      field("What it is called", "title", { value: shown(phone) }), field("SKU", "code", { placeholder: "KIT-003" }), field("Message", "text")] },
    { action: "cart", text: "Send a cart", sign: "cart", fields: cartFields, what: cart },
  ]],
  ["Send what is no text", [
    { action: "media", text: "Voice message", sign: "voice", at_once: { kind: "audio" } },
    { action: "location", text: "Location", sign: "pin", fields: () => [
      field("Latitude", "latitude", { type: "number", step: "any", value: "14.5547", required: true }),
      field("Longitude", "longitude", { type: "number", step: "any", value: "121.0244", required: true })],
    what: (form) => ({ latitude: Number(form.elements.latitude.value), longitude: Number(form.elements.longitude.value) }) },
    { action: "media", text: "Video", sign: "video", at_once: { kind: "video" } },
    { action: "media", text: "File", sign: "file", at_once: { kind: "file" } },
    { action: "form", text: "Fill in the address form", sign: "form", fields: () => ADDRESS.map(([name, label, value]) => field(label, name, { value })),
      what: (form) => ({ answers: given(form) }) },
    { action: "booking", text: "Book an appointment", sign: "day", fields: () => [
      field("How it stands", "status", { options: [["requested", "Requested"], ["confirmed", "Confirmed"], ["declined", "Declined"], ["cancelled", "Cancelled"]] })] },
    { action: "unsupported", text: "Something bots never see", sign: "question", at_once: {} },
  ]],
];

/** The menu of everything that can be sent. */
export function sendingSheet(phone) {
  sheet(phone.element, "Send something", (close) => PLACES.map(([title, rows]) => [
    h("h4", { text: title }),
    h("div", { class: "rows" }, rows.map((row) => h("button", { class: "row", type: "button", onclick: () => { close(); pick(phone, row); } }, icon(row.sign), h("span", { text: row.text })))),
  ]));
}

function pick(phone, { action, text, fields, at_once, what = given }) {
  if (at_once) return phone.send(action, at_once);
  return sheet(phone.element, text, (close) => h("form", { onsubmit: (event) => {
    event.preventDefault();
    const said = what(event.target);
    close();
    phone.send(action, said);
  } }, fields(phone), h("button", { class: "wide-button", text: SEND })));
}
