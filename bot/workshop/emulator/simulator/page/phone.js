// One shopper's phone.

import { api } from "./api.js";
import { Composer } from "./composer.js";
import { avatar, h, hour } from "./dom.js";
import { icon } from "./icons.js";
import { wordsOf } from "./messages.js";
import { sendingSheet } from "./sending.js";
import { aboutSheet, menuSheet, stickerSheet } from "./sheets.js";
import { Timeline } from "./timeline.js";

const TRY_ICONS = ["bag", "question", "menu"];

export class Phone {
  constructor(store, psid) {
    this.store = store;
    this.psid = psid;
    this.timeline = new Timeline(this);
    this.composer = new Composer(this);
    this.clock = h("span");
    this.foot = h("div");
    this.name = h("h2");
    this.for = h("p");
    this.element = h("section", { class: "phone", "aria-label": "Phone" },
      h("div", { class: "status", "aria-hidden": "true" }, this.clock, h("i"), h("span", { class: "signs", text: "5G" })),
      h("div", { class: "head" }, avatar(store.page.name, "page"), h("div", { class: "who" }, this.name, this.for),
        h("button", { class: "icon-button", type: "button", "aria-label": "About this shopper", "aria-haspopup": "dialog", onclick: () => aboutSheet(this) }, icon("info"))),
      this.timeline.element, this.foot);
    this.#dropping();
  }

  get person() {
    return this.store.people.get(this.psid);
  }

  /** Draw everything anew. */
  draw() {
    this.element.setAttribute("aria-label", `${this.person.name}’s phone`);
    this.name.textContent = this.store.page.name;
    this.for.textContent = `${this.person.name}’s chat · automated replies`;
    this.timeline.draw();
    this.#drawFoot();
    this.tick();
  }

  tick() {
    this.clock.textContent = hour(this.store.now());
  }

  add(item) {
    this.timeline.add(item);
    this.#drawFoot();
  }

  /** The bot's answer to a webhook: only trouble is told. */
  delivered({ kinds, status, answer, fault, attempt }) {
    if (!kinds.some((kind) => kind === "message" || kind === "postback")) return;
    if (status === 200) return void this.timeline.note("");
    const said = status ? `answered ${status}` : `did not answer (${answer})`;
    const then = fault === "wrong_signature" ? "It was forged on purpose." : "Facebook tries again a few times.";
    this.timeline.note(`The bot ${said} to this message’s webhook, attempt ${attempt}. ${then}`);
  }

  /** Whom one writes to, on top of the chat; while it is empty, with what to begin with. */
  hello() {
    const { page, suggestions } = this.store;
    const { greeting, ice_breakers } = this.person.screen;
    const who = [avatar(page.name, "page"), h("h3", { text: page.name }), h("p", { class: "kind", text: "Shopping & retail · automated chat" })];
    if (this.person.chat.length) return h("div", { class: "hello begun" }, who);
    return h("div", { class: "hello" }, who,
      greeting && h("p", { class: "greeting", text: greeting }),
      ice_breakers.length > 0 && h("div", { class: "breakers" }, ice_breakers.map((item) => h("button", { type: "button", text: item.title, onclick: () => this.tapMenu(item) }))),
      h("div", { class: "tries" }, h("h4", { text: "Three things to try" }), suggestions.map(({ title, text }, at) =>
        h("button", { type: "button", onclick: () => this.say(text) }, icon(TRY_ICONS[at % TRY_ICONS.length]), h("span", {}, h("b", { text: title }), h("small", { text: `“${text}”` }))))));
  }

  say(text) {
    const reply = this.reply;
    this.replyTo(null);
    return this.#do(reply ? api.replies(this.psid, text, reply.mid) : api.says(this.psid, text));
  }

  /** The next message that is typed answers this one; null for none. */
  replyTo(item) {
    this.reply = item;
    this.composer.quotes(item ? wordsOf(item) : "");
  }

  send(action, what) { return this.#do(api.does(this.psid, action, what)); }
  inspects(item) { this.store.tell("inspect", { psid: this.psid, item }); }

  /** Somebody new does all this again, up to a message; whoever is meant is shown, with what was answered otherwise. */
  async again(item) {
    this.timeline.note("Somebody new does all this again…");
    await this.#do(api.again(this.psid, item?.mid ?? "").then((outcome) => {
      this.timeline.note("");
      this.store.tell("again", outcome);
    }));
  }

  openSending() { sendingSheet(this); }
  stick(sticker) { return this.#do(api.sticks(this.psid, sticker)); }
  tapMenu({ title, payload }) { return this.#do(api.tapsMenu(this.psid, title, payload)); }
  start() { return this.#do(api.starts(this.psid)); }
  openMenu() { menuSheet(this); }
  openStickers() { stickerSheet(this); }
  forget() { return this.#do(api.forget(this.psid)); }

  /** Something of a rarer kind, by its name among the emulator's actions. */
  acts(action, what) { return this.#do(api.acts(this.psid, action, what)); }

  /** Open the bot's own page to log in on, with the token that Facebook would give it. */
  logsIn(url) { return this.#do(api.acts(this.psid, "login", { url }).then(({ url: opened }) => window.open(opened, "_blank", "noopener,noreferrer"))); }

  tap({ title = "", payload = "" }) { return this.#do(api.taps(this.psid, title, payload)); }

  sendPicture(file) {
    if (!file.type.startsWith("image/")) return this.timeline.note("Only pictures can be sent from here.");
    return this.#do(api.sendsPicture(this.psid, file));
  }

  /** Show a picture large. */
  zoom(url) {
    const close = () => box.remove();
    const box = h("div", { class: "zoom", role: "dialog", "aria-modal": "true", "aria-label": "Picture", onclick: close, onkeydown: (event) => event.key === "Escape" && close() },
      h("img", { src: url, alt: "Picture" }), h("button", { class: "icon-button", type: "button", "aria-label": "Close" }, icon("close")));
    this.element.append(box);
    box.querySelector("button").focus();
  }

  async #do(promise) {
    try {
      await promise;
    } catch (error) {
      this.timeline.note(error.message || "The emulator does not answer.");
    }
  }

  /** Get Started instead of the composer, as long as the chat is empty and the page's profile has the button. */
  #drawFoot() {
    const begins = !this.person.chat.length && this.person.screen.get_started;
    this.composer.draw();
    if (this.foot.firstChild && this.foot.dataset.begins === String(begins)) return;
    this.foot.dataset.begins = String(begins);
    this.foot.replaceChildren(begins
      ? h("div", { class: "start" }, h("p", { text: `When you tap Get Started, ${this.store.page.name} will see your public info.` }),
        h("button", { class: "wide-button", type: "button", text: "Get Started", onclick: () => this.start() }),
        h("button", { class: "other-way", type: "button", "aria-haspopup": "dialog", text: "Come by an ad, a link or a post instead", onclick: () => this.openSending() }))
      : this.composer.element);
  }

  #dropping() {
    const veil = h("div", { class: "drop", hidden: true, text: "Drop the picture here" });
    let depth = 0;
    const show = (by) => {
      depth = Math.max(0, depth + by);
      veil.hidden = !depth;
    };
    this.element.append(veil);
    this.element.addEventListener("dragenter", () => show(1));
    this.element.addEventListener("dragleave", () => show(-1));
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      show(-depth);
      for (const file of event.dataTransfer.files) this.sendPicture(file);
    });
  }
}
