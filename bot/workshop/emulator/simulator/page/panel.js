// The tester's panel: what is to go wrong, the clock, and what went over the wire.

import { api } from "./api.js";
import { h, hour } from "./dom.js";
import { icon } from "./icons.js";
import { Inspector } from "./inspector.js";

const STEPS = [["+1 hour", "+1h", 1], ["+24 hours", "+24h", 24], ["+7 days", "+7d", 168], ["+31 days", "+31d", 744]];
const MOMENTS = [["Midnight", "midnight"], ["Month’s end", "month's end"]];

export class Panel {
  #until = false;

  constructor(store, element, close, open) {
    this.store = store;
    this.inspector = new Inspector(store, open);
    this.steps = h("div", { class: "choices" });
    this.whose = h("h3");
    this.told = h("p", { class: "hint", role: "status" });
    this.faults = h("section");
    this.clock = h("b");
    this.wire = h("ul", { class: "wire" });
    element.append(
      h("header", {}, h("h2", { text: "What if…" }), h("button", { class: "icon-button", type: "button", "aria-label": "Close", onclick: close }, icon("close"))),
      this.inspector.element,
      this.faults,
      h("section", {}, this.whose, h("div", { class: "clock" }, this.clock), this.steps, this.told),
      h("section", {}, h("h3", { text: "Over the wire" }), this.wire));
    store.addEventListener("state", () => this.draw());
    store.addEventListener("faults", () => this.#drawFaults());
    store.addEventListener("wire", () => this.#drawWire());
  }

  draw() {
    const isOurs = this.store.isOurs;
    this.whose.textContent = isOurs ? "The shop’s clock: program, database and Facebook" : "Facebook’s clock";
    const move = (to, hours) => (isOurs ? this.#passes(to) : api.advance(hours));
    this.steps.replaceChildren(...[...STEPS, ...(isOurs ? MOMENTS : [])].map(([text, to, hours]) => h("button", { type: "button", text, onclick: () => move(to, hours) })));
    this.#drawFaults();
    this.#drawWire();
    this.tick();
  }

  async #passes(to) {
    this.told.textContent = "Time passes…";
    try {
      await api.passes(to);
      this.told.textContent = "What was due by then is done.";
    } catch (error) {
      this.told.textContent = error.message;
    }
  }

  tick() {
    const now = this.store.now();
    this.clock.textContent = `${new Date(now).toLocaleDateString([], { weekday: "short", day: "numeric", month: "short", year: "numeric" })}, ${hour(now)}`;
  }

  #drawFaults() {
    const { kinds, armed } = this.store.faults;
    const choose = (until) => { this.#until = until; this.#drawFaults(); };
    const segment = (text, until) => h("button", { type: "button", text, "aria-pressed": String(this.#until === until), onclick: () => choose(until) });
    const times = this.#until ? null : 1;
    const code = h("input", { inputmode: "numeric", placeholder: "Code", "aria-label": "Error code" });
    const subcode = h("input", { inputmode: "numeric", placeholder: "Subcode", "aria-label": "Error subcode" });
    const own = () => Number(code.value) > 0 && api.arm({ name: "error", code: Number(code.value), subcode: Number(subcode.value) || 0, times });
    const focused = document.activeElement?.dataset?.fault;
    this.faults.replaceChildren(
      h("div", { class: "segments", role: "group", "aria-label": "How often" }, segment("The next one", false), segment("Until cleared", true)),
      ...[["webhook", "Webhooks to the bot"], ["graph", "Sends of the bot"]].map(([side, title]) => [
        h("h3", { text: title }),
        h("div", { class: "choices" }, kinds.filter((kind) => kind.side === side && kind.name !== "error").map((kind) => {
          const on = armed.filter(({ fault }) => fault.name === kind.name);
          const left = on.some((each) => each.left === null) ? "until cleared" : on.length ? `next ${on.reduce((sum, each) => sum + each.left, 0)}` : "";
          return h("button", { type: "button", "aria-pressed": String(on.length > 0), "data-fault": kind.name, onclick: () => (on.length ? api.disarm(kind.name) : api.arm({ name: kind.name, times })) },
            kind.words, left && h("small", { text: left }));
        })),
        h("p", { class: "hint" })]).flat(),
      h("div", { class: "own" }, code, subcode, h("button", { type: "button", text: "Arm", onclick: own })),
      armed.length ? h("button", { class: "clear", type: "button", text: `Clear ${armed.length === 1 ? "it" : `all ${armed.length}`}`, onclick: () => api.disarm("") }) : "");
    if (focused) this.faults.querySelector(`[data-fault="${focused}"]`)?.focus();
  }

  #drawWire() {
    if (!this.store.wire.length) return void this.wire.replaceChildren(h("li", { class: "empty", text: "Nothing yet. Each webhook and each send appears here." }));
    return void this.wire.replaceChildren(...this.store.wire.map((entry) => {
      const name = this.store.people.get(entry.psid)?.name.split(" ")[0] ?? "";
      return entry.dir === "in"
        ? line("↑", `${entry.kinds.join(" + ")} · ${name}`, `${entry.status || "no answer"} · ${Math.max(1, Math.round(entry.seconds * 1000))} ms`, entry.status !== 200, "Webhook to the bot")
        : line("↓", `${kindOf(entry.item)} · ${name}`, entry.item.type === "refused" ? `${entry.item.code}${entry.item.subcode ? `/${entry.item.subcode}` : ""}` : "sent", entry.item.type === "refused", "Send of the bot");
    }));
  }
}

function line(arrow, what, outcome, bad, title) {
  return h("li", { class: bad ? "bad" : "", title }, h("span", { class: "dir", "aria-label": title, text: arrow }), h("span", { text: what }), h("span", { class: "num", text: outcome }));
}

function kindOf({ body }) {
  const message = body.message ?? {};
  return body.sender_action ?? message.attachment?.payload?.template_type ?? message.attachment?.type ?? (message.quick_replies?.length ? "text + quick replies" : "text");
}
