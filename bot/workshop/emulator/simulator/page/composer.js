// Where the shopper types, attaches pictures, sends stickers, and opens the menu.

import { h } from "./dom.js";
import { icon } from "./icons.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.menu = h("button", { class: "icon-button", type: "button", "aria-label": "Menu", "aria-haspopup": "dialog", onclick: () => phone.openMenu() }, icon("menu"));
    this.file = h("input", { type: "file", accept: "image/*", multiple: true, hidden: true, "aria-label": "Picture to send", onchange: () => this.#picked() });
    this.input = h("textarea", { rows: "1", placeholder: "Message", "aria-label": "Message", enterkeyhint: "send", autocomplete: "off",
      oninput: () => this.#grow(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#paste(event) });
    this.send = h("button", { class: "icon-button send", type: "button", onclick: () => this.#send() });
    this.quote = h("span");
    this.replying = h("div", { class: "replying", hidden: true }, icon("reply", 16), this.quote,
      h("button", { class: "icon-button", type: "button", "aria-label": "Do not reply to it", onclick: () => phone.replyTo(null) }, icon("close", 16)));
    const bar = h("div", { class: "composer" },
      this.menu, this.file,
      h("button", { class: "icon-button", type: "button", "aria-label": "Send something", "aria-haspopup": "dialog", onclick: () => phone.openSending() }, icon("add")),
      h("button", { class: "icon-button", type: "button", "aria-label": "Send a picture", onclick: () => this.file.click() }, icon("picture")),
      h("div", { class: "field" }, this.input,
        h("button", { class: "icon-button", type: "button", "aria-label": "Stickers", "aria-haspopup": "dialog", onclick: () => phone.openStickers() }, icon("smile"))),
      this.send);
    this.bar = bar;
    this.element = h("div", {}, this.replying, bar);
    this.#grow();
  }

  /** What the next message answers; empty for nothing. */
  quotes(words) {
    this.replying.hidden = !words;
    this.quote.textContent = words;
    if (words) this.input.focus();
  }

  draw() {
    const { menu, composer_disabled } = this.phone.person.screen;
    this.menu.hidden = !menu.length;
    for (const child of this.bar.children) if (child !== this.menu && child !== this.file) child.hidden = composer_disabled;
  }

  #grow() {
    const empty = !this.input.value.trim();
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight || 38, 116)}px`;
    if (this.empty === empty) return;
    this.empty = empty;
    this.send.setAttribute("aria-label", empty ? "Send a thumbs-up" : "Send");
    this.send.replaceChildren(icon(empty ? "thumb" : "send"));
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (!this.empty) this.#send();
    }
  }

  #send() {
    const text = this.input.value.trim();
    if (!text) return this.phone.stick(369239263222822);
    this.input.value = "";
    this.#grow();
    this.input.focus();
    return this.phone.say(text);
  }

  #picked() {
    for (const file of this.file.files) this.phone.sendPicture(file);
    this.file.value = "";
  }

  #paste(event) {
    const pictures = [...event.clipboardData.files].filter(({ type }) => type.startsWith("image/"));
    if (!pictures.length) return;
    event.preventDefault();
    for (const file of pictures) this.phone.sendPicture(file);
  }
}
