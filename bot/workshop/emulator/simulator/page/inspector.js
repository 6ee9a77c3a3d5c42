// What is behind a message: the webhook, where the conversation stood, what was asked and answered, and what was sent.

import { api } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";

export class Inspector {
  constructor(store, open) {
    this.element = h("section", { class: "inspector", hidden: true, "aria-label": "Inside a turn" });
    store.addEventListener("inspect", ({ detail: { psid, item } }) => this.#show(psid, item, open));
    store.addEventListener("again", ({ detail }) => this.#compare(detail, store, open));
  }

  async #show(psid, item, open) {
    this.#fill("Inside this turn", h("p", { class: "hint", text: "Looking…" }));
    open();
    try {
      const turn = await api.inspects(psid, item.mid);
      this.#fill(`Turn ${turn.turn}`, ...this.#parts(turn));
    } catch (error) {
      this.#fill("Inside this turn", h("p", { class: "hint", text: error.message }));
    }
  }

  #parts(turn) {
    const asked = turn.asks.map((ask) => fold(`${ask.ask}${ask.refusal ? ` → ${ask.refusal}` : ""}`, h("div", {},
      h("h5", { text: "Asked with" }), json(ask.arguments), h("h5", { text: ask.refusal ? "Refused with" : "Answered" }), json(ask.refusal ? ask.facts ?? {} : ask.answer ?? null))));
    return [
      h("p", { class: "facts" }, h("b", { text: turn.step }), h("span", { text: `${turn.milliseconds} ms` })),
      fold("Webhook in", json(turn.webhook ?? turn.event)),
      fold("State", h("div", {}, h("h5", { text: "Before" }), json(turn.before), h("h5", { text: "After" }), json(turn.after)), true),
      fold("The order being made", h("div", {}, h("h5", { text: "Before" }), json(turn.draft_before), h("h5", { text: "After" }), json(turn.draft))),
      h("h4", { text: `Asked of the shop: ${turn.asks.length || "nothing"}` }), ...asked,
      h("h4", { text: "Said" }), ...turn.replies.map(([name, facts]) => fold(name, json(facts))),
      h("h4", { text: "Payloads out" }), ...turn.messages.map((message, at) => fold(kindOf(message, at), json(message))),
      h("div", { class: "copies" }, copy("Copy as fixture", JSON.stringify(turn)), turn.curl && copy("Copy as curl", turn.curl)),
    ];
  }

  #compare({ psid, done, differences }, store, open) {
    const name = store.people.get(psid)?.name ?? "Somebody new";
    const told = differences.map((each) => h("li", {}, h("b", { text: each.did }),
      each.why ? h("p", { text: each.why }) : [
        h("p", { class: "hint", text: each.verdict === "wording" ? "in other words" : "something else" }),
        h("del", { text: each.then.join("\n") || "(nothing)" }), h("ins", { text: each.now.join("\n") })]));
    this.#fill("Done again", h("p", { class: "facts" }, h("b", { text: name }), h("span", { text: `${done} turns` })),
      differences.length ? h("ul", { class: "differences" }, told) : h("p", { class: "hint", text: "Every answer is the same as before." }));
    open();
    store.tell("choose", { psid });
  }

  #fill(title, ...parts) {
    this.element.hidden = false;
    this.element.replaceChildren(
      h("div", { class: "title" }, h("h3", { text: title }), h("button", { class: "icon-button", type: "button", "aria-label": "Close the inspector", onclick: () => { this.element.hidden = true; } }, icon("close"))),
      ...parts.flat().filter(Boolean));
    this.element.scrollIntoView?.({ block: "start" });
  }
}

function fold(title, body, open = false) {
  return h("details", { open }, h("summary", { text: title }), body);
}

function json(value) {
  return h("pre", { tabindex: "0", text: JSON.stringify(value, null, 1) });
}

function copy(text, what) {
  const button = h("button", { type: "button", text, onclick: () => navigator.clipboard?.writeText(what).then(() => { button.textContent = "Copied"; }) });
  return button;
}

function kindOf(message, at) {
  return `${at + 1}. ${message.attachment?.payload?.template_type ?? message.attachment?.type ?? "text"}`;
}
