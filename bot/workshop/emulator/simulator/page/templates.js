// Messenger's templates.

import { h, outward, picture } from "./dom.js";
import { icon } from "./icons.js";
import { receipt } from "./receipt.js";
import { coupon, feedback, grid } from "./specials.js";

/** A template's drawing. Every kind that Graph takes is drawn; one that is new here is named. */
export function template(phone, payload) {
  switch (payload.template_type) {
    case "button":
      return h("div", { class: "bubble with-taps" }, h("div", { class: "said", text: payload.text }), buttons(phone, payload.buttons));
    case "generic":
      return carousel(phone, payload.elements ?? [], payload.image_aspect_ratio === "square");
    case "media":
      return single(phone, media(phone, payload.elements?.[0] ?? {}));
    case "receipt":
      return single(phone, receipt(phone, payload));
    case "coupon":
      return single(phone, coupon(phone, payload));
    case "image_grid":
      return single(phone, grid(phone, payload.elements?.[0] ?? {}, buttons(phone, payload.elements?.[0]?.buttons)));
    case "customer_feedback":
      return single(phone, feedback(phone, payload));
    case "one_time_notif_req":
      return single(phone, card(phone, { title: payload.title, subtitle: "One message, when it is time.", buttons: [{ type: "notify", title: "Notify me", payload: payload.payload }] }));
    case "product":
      return carousel(phone, (payload.elements ?? []).map(({ id }) => ({ title: `Product ${id}`, subtitle: "From the page's catalogue" })), true);
    default:
      return single(phone, h("div", { class: "card unknown", text: `A template of the kind “${payload.template_type}”.` }));
  }
}

/** Whether a message takes the whole width. */
export function isWide(item) {
  const attachment = item.body?.message?.attachment;
  return attachment?.type === "template" && attachment.payload?.template_type !== "button";
}

function single(phone, element) {
  return h("div", { class: "carousel" }, h("div", { class: "rail single" }, element));
}

function carousel(phone, elements, square) {
  const cards = elements.map((element) => card(phone, element, square));
  if (cards.length < 2) return single(phone, cards[0] ?? "");
  const rail = h("div", { class: "rail", role: "group", tabindex: "0", "aria-label": `${cards.length} cards` }, cards);
  const step = (by) => rail.scrollBy({ left: by * (cards[0].offsetWidth + 8), behavior: "smooth" });
  const back = h("button", { class: "arrow back", type: "button", "aria-label": "Previous card", hidden: true, onclick: () => step(-1) }, icon("back", 18));
  const on = h("button", { class: "arrow on", type: "button", "aria-label": "Next card", onclick: () => step(1) }, icon("arrow", 18));
  rail.addEventListener("scroll", () => {
    back.hidden = rail.scrollLeft < 8;
    on.hidden = rail.scrollLeft + rail.clientWidth > rail.scrollWidth - 8;
  }, { passive: true });
  return h("div", { class: "carousel" }, rail, back, on);
}

function card(phone, { title, subtitle, image_url, default_action, buttons: taps }, square) {
  const words = [h("p", { class: "title", text: title }), subtitle && h("p", { class: "subtitle", text: subtitle })];
  const url = default_action?.url;
  if (url) words.push(h("p", { class: "site", text: site(url) }));
  return h("article", { class: "card" },
    image_url && picture(phone.store.local(image_url), title ?? "", square ? "picture square" : "picture"),
    url ? outward(url, { class: "words" }, words) : h("div", { class: "words" }, words),
    buttons(phone, taps));
}

function media(phone, element) {
  const url = phone.store.source(element);
  return h("article", { class: "card" },
    element.media_type === "video" ? h("video", { class: "picture", src: url, controls: true, preload: "metadata" }) : picture(url, "Picture", "picture"),
    element.buttons?.length ? h("div", { class: "words" }) : null,
    buttons(phone, element.buttons));
}

function buttons(phone, list) {
  if (!list?.length) return null;
  return h("div", { class: "taps" }, list.map((button) => {
    const props = { class: "tap", text: button.title ?? { account_link: "Log in", account_unlink: "Log out" }[button.type] ?? button.type };
    if (button.type === "postback") return h("button", { ...props, type: "button", onclick: () => phone.tap(button) });
    if (button.type === "notify") return h("button", { ...props, type: "button", onclick: () => phone.acts("notice", { payload: button.payload ?? "" }) });
    if (button.type === "account_link") return h("button", { ...props, type: "button", onclick: () => phone.logsIn(button.url) });
    if (button.type === "account_unlink") return h("button", { ...props, type: "button", onclick: () => phone.acts("logout", {}) });
    if (button.type === "phone_number") return outward(`tel:${button.payload}`, props);
    return outward(button.url ?? "", props);
  }));
}

function site(url) {
  try {
    return new URL(url).host;
  } catch {
    return "";
  }
}
