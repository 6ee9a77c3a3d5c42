// What can be done with a message that is there already: answered, reacted to, changed, taken back.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { sheet } from "./sheets.js";

const REACTIONS = [["👍", "Thumbs up"], ["❤", "Heart"], ["😆", "Laughing"], ["😮", "Surprised"], ["😢", "Sad"], ["😡", "Angry"], ["👎", "Thumbs down"]];

/** Whether anything can be done with a line of the chat. */
export function canBeMarked(item) {
  return item.type === "sent" || (item.type === "said" && !item.is_gone && item.mid);
}

/** The options of one message. */
export function messageSheet(phone, item) {
  sheet(phone.element, "Message", (close) => {
    const row = (sign, text, act) => h("button", { class: "row", type: "button", onclick: () => { close(); act(); } }, icon(sign), h("span", { text }));
    const tester = phone.store.isOurs && item.mid ? [
      row("eye", "Look inside", () => phone.inspects(item)),
      row("again", "Restart from here", () => phone.again(item)),
    ] : [];
    if (item.type === "sent") {
      return [
        h("div", { class: "reactions", role: "group", "aria-label": "React" }, REACTIONS.map(([emoji, name]) => h("button", {
          type: "button", "aria-label": name, title: name, "aria-pressed": String(item.reaction === emoji), text: emoji,
          onclick: () => { close(); phone.send("react", { mid: item.mid, emoji }); },
        }))),
        row("reply", "Reply", () => phone.replyTo(item)),
        ...tester,
      ];
    }
    return [
      item.text && !item.kind && row("pen", "Edit", () => editSheet(phone, item)),
      row("undo", "Unsend", () => phone.send("unsend", { mid: item.mid })),
      ...tester,
    ].filter(Boolean);
  });
}

function editSheet(phone, item) {
  sheet(phone.element, "Edit the message", (close) => h("form", { onsubmit: (event) => {
    event.preventDefault();
    const text = event.target.elements.text.value.trim();
    close();
    if (text && text !== item.text) phone.send("edit", { mid: item.mid, text });
  } }, h("label", {}, "Message", h("textarea", { name: "text", rows: "3", required: true }, item.text)), h("button", { class: "wide-button", text: "Save" })));
}

/** The first words of a message, for a quote. */
export function wordsOf(item) {
  if (!item) return "An older message";
  if (item.type === "said") return item.text || item.title || "Attachment";
  const message = item.body.message ?? {};
  const payload = message.attachment?.payload ?? {};
  return message.text || payload.text || payload.elements?.map(({ title }) => title).join(", ") || "Attachment";
}
