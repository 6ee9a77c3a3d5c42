// The conversation: lines in order, grouped by who writes, with times, marks, typing dots and quick replies.

import { dots, refused, said, sent } from "./bubbles.js";
import { avatar, day, h, picture } from "./dom.js";
import { icon, tick } from "./icons.js";
import { canBeMarked, messageSheet } from "./messages.js";
import { above, below, remark } from "./specials.js";
import { isWide } from "./templates.js";

const GROUP_MS = 120_000;
const TIME_MS = 900_000;

export class Timeline {
  #rows = [];
  #typing = null;
  #marks = null;
  #note = null;
  #quick = null;
  #timer = 0;

  constructor(phone) {
    this.phone = phone;
    this.element = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": "Conversation", tabindex: "0" });
  }

  get person() {
    return this.phone.person;
  }

  /** Draw everything anew. */
  draw() {
    const bottom = this.#atBottom();
    this.#rows = [];
    this.#typing = this.#marks = this.#note = this.#quick = null;
    this.element.classList.add("still");
    this.element.replaceChildren();
    this.element.append(this.phone.hello());
    for (const item of this.person.chat) this.#append(item);
    this.#tail();
    if (bottom || !this.drawn) this.bottom();
    this.drawn = true;
    requestAnimationFrame(() => this.element.classList.remove("still"));
  }

  /** A new line came. */
  add(item) {
    if (this.person.chat.length === 1) this.element.replaceChildren(this.phone.hello());
    const follow = this.#atBottom() || item.type === "said";
    this.#append(item);
    if (item.type === "said") this.note("");
    this.#tail();
    if (follow) this.bottom();
  }

  /** Marks or typing changed. */
  update() {
    const follow = this.#atBottom();
    this.#tail();
    if (follow) this.bottom();
  }

  /** A remark of the simulator's own below the last line; empty takes it away. */
  note(words) {
    this.#note?.remove();
    this.#note = words ? h("p", { class: "note", role: "status", text: words }) : null;
    if (this.#note) this.element.append(this.#note);
    if (words) this.bottom();
  }

  bottom() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  #atBottom() {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < 120;
  }

  #append(item) {
    const last = this.#rows.at(-1);
    if (last && isSameRefusal(last.item, item)) {
      last.times += 1;
      last.row.querySelector(".times").textContent = `${last.times} times`;
      return;
    }
    if (!last || item.at - last.item.at > TIME_MS) {
      this.element.append(h("time", { class: "when", datetime: new Date(item.at).toISOString(), text: day(item.at, this.phone.store.now()) }));
    }
    const side = item.type === "said" ? "me" : "page";
    const joined = last && last.side === side && item.at - last.item.at < GROUP_MS;
    const line = item.type === "said" ? said(this.phone, item) : item.type === "sent" ? sent(this.phone, item) : item.code ? refused(item) : remark(item);
    const around = [above(this.phone, item), line, below(this.phone, item)].flat();
    const body = around.length > 1 ? h("div", { class: "around" }, around) : line;
    const wide = item.type === "sent" && isWide(item);
    const row = h("div", { class: `turn ${side} last${joined ? "" : " first"}${wide ? " wide" : ""}` },
      side === "page" && avatar(this.phone.store.page.name, "page"),
      h("span", { class: "sr", text: side === "me" ? "You:" : `${this.phone.store.page.name}:` }),
      body,
      item.reaction && h("span", { class: "reacted", role: "img", "aria-label": `You reacted with ${item.reaction}`, text: item.reaction }),
      canBeMarked(item) && h("button", { class: "more", type: "button", "aria-label": "Message options", "aria-haspopup": "dialog", onclick: () => messageSheet(this.phone, item) }, icon("dots", 18)));
    if (joined) last.row.classList.remove("last");
    this.#rows.push({ item, row, side, times: 1 });
    this.element.append(row);
  }

  /** What stands after the last line: marks, a remark, typing dots, quick replies. */
  #tail() {
    for (const part of [this.#marks, this.#typing, this.#quick]) part?.remove();
    this.#placeMarks();
    this.#typing = this.#typingRow();
    this.#quick = this.#quickRow();
    this.element.append(...[this.#note, this.#typing, this.#quick].filter(Boolean));
  }

  /** How far the shopper's newest line came, right below it. */
  #placeMarks() {
    const mine = this.#rows.findLast(({ side }) => side === "me");
    this.#marks = null;
    if (!mine) return;
    const { arrived, seen } = this.person.marks;
    const state = mine.item.at <= seen ? "seen" : mine.item.at <= arrived ? "delivered" : "sent";
    const label = { seen: "Seen", delivered: "Delivered", sent: "Sent" }[state];
    this.#marks = h("div", { class: "marks", role: "img", "aria-label": label, title: label }, state === "seen" ? avatar(this.phone.store.page.name, "page") : tick(state));
    mine.row.after(this.#marks);
  }

  #typingRow() {
    clearTimeout(this.#timer);
    const left = this.person.typing - this.phone.store.now();
    if (left <= 0) return null;
    this.#timer = setTimeout(() => this.update(), left + 50);
    return h("div", { class: "turn page first last" }, avatar(this.phone.store.page.name, "page"), dots());
  }

  #quickRow() {
    const last = this.person.chat.at(-1);
    const replies = last?.type === "sent" ? last.body.message?.quick_replies : null;
    if (!replies?.length) return null;
    return h("div", { class: "quick", role: "group", "aria-label": "Quick replies" }, replies.map((reply) =>
      h("button", { type: "button", onclick: () => this.phone.tap(reply) },
        reply.image_url && picture(this.phone.store.local(reply.image_url), ""),
        reply.title ?? { user_phone_number: "Send phone number", user_email: "Send e-mail address" }[reply.content_type])));
  }
}

/** Whether a bot tried the very same again and was refused for the very same reason. */
function isSameRefusal(before, item) {
  return before.type === "refused" && item.type === "refused" && before.code === item.code && before.subcode === item.subcode
    && JSON.stringify(before.body) === JSON.stringify(item.body);
}
