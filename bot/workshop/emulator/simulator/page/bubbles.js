// What one line of the conversation looks like.

import { h, linked, outward, picture } from "./dom.js";
import { icon, sticker, STICKERS } from "./icons.js";
import { wordsOf } from "./messages.js";
import { template } from "./templates.js";

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F]?(?:\u200D\p{Extended_Pictographic}\uFE0F?)*|\p{Regional_Indicator}{2}|\s){1,3}$/u;

const KINDS = {
  ad: ["horn", "From an ad"], link: ["link", "By a link"], shop: ["bag", "From the Facebook shop"], post: ["share", "Shared a post"], reel: ["video", "Shared a reel"],
  product: ["box", "Sent a product"], cart: ["cart", "Sent a cart"], location: ["pin", "Sent a location"], audio: ["voice", "Voice message"], video: ["video", "Video"],
  file: ["file", "File"], form: ["form", "Filled in the form"], booking: ["day", "Appointment"], unsupported: ["question", "Something bots never see"],
};

/** The shopper's own line. */
export function said(phone, item) {
  if (item.is_gone) return h("div", { class: "bubble gone", text: "You unsent a message" });
  if (item.sticker) return h("div", { role: "img", "aria-label": STICKERS[item.sticker]?.title ?? "Sticker" }, sticker(item.sticker));
  const parts = [];
  if (item.reply_to) parts.push(h("div", { class: "quote" }, icon("reply", 14), h("span", { text: wordsOf(phone.person.chat.find(({ mid }) => mid === item.reply_to)) })));
  if (item.kind) parts.push(shared(item));
  if (item.pictures?.length) parts.push(pictures(phone, item.pictures));
  if (item.text) parts.push(text(item.text));
  if (item.edits) parts.push(h("small", { class: "edited", text: "Edited" }));
  return parts.length === 1 ? parts[0] : h("div", { class: "both" }, parts);
}

/** What was sent or shared, and what it is called. */
function shared({ kind, title }) {
  const [sign, label] = KINDS[kind] ?? ["chat", kind];
  return h("div", { class: "shared" }, icon(sign), h("div", {}, h("small", { text: label }), title && h("span", { text: title })));
}

/** A message of the bot. */
export function sent(phone, item) {
  const message = item.body.message ?? {};
  const attachment = message.attachment;
  if (attachment?.type === "template") return template(phone, attachment.payload ?? {});
  if (attachment) return file(phone, attachment);
  if (message.attachments?.length) return pictures(phone, message.attachments.map((each) => phone.store.source(each.payload)));
  if (message.template) return text(message.text || `Utility template “${message.template.name}”`);
  return text(message.text ?? "");
}

/** What Graph refused: never drawn, always told. */
export function refused(item) {
  const code = item.subcode ? `${item.code} / ${item.subcode}` : `${item.code}`;
  return h("div", { class: "refused", role: "alert" },
    h("b", {}, icon("alert", 17), "Graph refused this message", h("span", { class: "times" })),
    h("p", { class: "code", text: `Error ${code}` }),
    h("p", { text: item.reason }),
    h("details", {}, h("summary", { text: "What the bot tried to send" }), h("pre", { text: JSON.stringify(item.body, null, 2) })),
  );
}

export function dots() {
  return h("div", { class: "bubble dots", role: "img", "aria-label": "typing" }, h("i"), h("i"), h("i"));
}

function text(words) {
  return h("div", { class: ONLY_EMOJI.test(words) ? "bubble emoji" : "bubble" }, linked(words));
}

function pictures(phone, urls) {
  return h("div", { class: urls.length > 1 ? "pictures many" : "pictures" }, urls.map((url) =>
    h("button", { type: "button", "aria-label": "Show the picture", onclick: () => phone.zoom(phone.store.local(url)) }, picture(phone.store.local(url), "Picture"))));
}

function file(phone, { type, payload }) {
  const url = phone.store.source(payload);
  if (type === "image") return pictures(phone, [url]);
  if (type === "video") return h("video", { class: "media", src: url, controls: true, preload: "metadata" });
  if (type === "audio") return h("audio", { class: "media", src: url, controls: true, preload: "metadata" });
  const name = decodeURIComponent(url.split("/").pop().split("?")[0]) || "File";
  return outward(new URL(url, location.href).href, { class: "bubble media-box" }, icon("file"), h("span", { text: name }));
}
