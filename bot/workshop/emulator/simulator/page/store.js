// What the emulator last told, and who wants to know when it changes.

import { api, listen } from "./api.js";

const MOST_WIRE = 40;

export class Store extends EventTarget {
  page = { id: "", name: "" };
  people = new Map();
  suggestions = [];
  personas = {};
  faults = { kinds: [], armed: [] };
  wire = [];
  files = "";
  wall = { posts: [], comments: [] };
  ahead = 0;
  isOurs = false;
  ready = false;

  start() {
    listen((happening) => this.hear(happening), (up) => this.tell("connection", { up }));
  }

  tell(kind, detail = {}) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  /** The emulator's time, in milliseconds. */
  now() {
    return Date.now() + this.ahead;
  }

  /** An address of the emulator's files, as this page can reach it. */
  local(url) {
    return url && this.files && url.startsWith(this.files) ? `files/${url.slice(this.files.length)}` : url;
  }

  /** Where an attachment is shown from: its own address, or the one behind its id. */
  source(payload) {
    return payload?.url ? this.local(payload.url) : payload?.attachment_id ? `attachments/${encodeURIComponent(payload.attachment_id)}` : "";
  }

  async hear({ kind, psid, ...facts }) {
    const person = this.people.get(psid);
    if (kind === "state") this.load(facts.state);
    else if (["people", "profile", "time", "reaction"].includes(kind)) this.load(this.newer(await api.state()));
    else if (kind === "wall") this.setWall(facts.wall);
    else if (kind === "faults") this.setFaults(await api.faults());
    else if (kind === "webhook") this.wired({ dir: "in", psid, ...facts.delivery }, facts.delivery);
    else if (person && kind === "item") this.chatted(person, facts.item);
    else if (person && kind === "changed") this.changed(person, facts.item);
    else if (person && kind === "typing") this.typed(person, facts.until);
    else if (person && kind === "marks") this.marked(person, facts.marks);
  }

  /** A state that was fetched, with the lines that came while it was on its way. */
  newer(state) {
    for (const person of state.people) {
      const newest = person.chat.at(-1)?.number ?? 0;
      const here = this.people.get(person.psid)?.chat ?? [];
      person.chat.push(...here.filter(({ number }) => number > newest));
    }
    return state;
  }

  load(state) {
    this.page = state.page;
    this.people = new Map(state.people.map((person) => [person.psid, person]));
    this.suggestions = state.suggestions;
    this.personas = state.personas;
    this.isOurs = state.is_ours;
    this.faults = state.faults;
    this.files = state.files;
    this.setWall(state.wall);
    this.ahead = state.now - Date.now();
    if (!this.ready) this.wire = state.wire.map((delivery) => ({ dir: "in", ...delivery })).reverse();
    this.ready = true;
    this.tell("state");
  }

  setFaults(faults) {
    this.faults = faults;
    this.tell("faults");
  }

  setWall(wall) {
    this.wall = wall;
    this.tell("wall");
  }

  chatted(person, item) {
    if (person.chat.some(({ number }) => number === item.number)) return; // a state loaded meanwhile has it already
    person.chat.push(item);
    if (item.type === "said") person.window = item.at;
    if (item.type === "sent") person.typing = 0;
    if (item.type !== "said") this.wired({ dir: "out", psid: person.psid, item });
    this.tell("item", { psid: person.psid, item });
  }

  /** A line that is there already: its words were changed, it was taken back, somebody reacted to it. */
  changed(person, item) {
    const at = person.chat.findIndex(({ number }) => number === item.number);
    if (at < 0) return;
    person.chat[at] = item;
    this.tell("changed", { psid: person.psid });
  }

  typed(person, until) {
    person.typing = until;
    this.tell("typing", { psid: person.psid });
  }

  marked(person, marks) {
    person.marks = marks;
    this.tell("marks", { psid: person.psid });
  }

  wired(entry, delivery) {
    this.wire = [entry, ...this.wire].slice(0, MOST_WIRE);
    this.tell("wire");
    if (delivery) this.tell("delivery", { psid: delivery.psid, delivery });
  }
}
