// What can be tapped on the rarer templates, and what stands around a message: who speaks, what is quoted, what was reacted to.

import { h, linked, outward, picture } from "./dom.js";

/** An image grid: one to a side, the hero across both. */
export function grid(phone, { images = [], title, subtitle }, buttons) {
  const shown = images.map(({ url, is_hero_image: hero, action }) => {
    const image = picture(phone.store.local(url), action?.text ?? title ?? "Picture");
    const props = { class: hero ? "cell hero" : "cell" };
    if (action?.type === "postback") return h("button", { ...props, type: "button", "aria-label": action.text, onclick: () => phone.tap({ title: action.text, payload: action.payload }) }, image);
    if (action?.type === "web_url") return outward(action.url, props, image);
    return h("div", props, image);
  });
  return h("article", { class: "card grid" },
    h("div", { class: "cells" }, shown),
    (title || subtitle) && h("div", { class: "words" }, title && h("p", { class: "title", text: title }), subtitle && h("p", { class: "subtitle", text: subtitle })),
    buttons);
}

/** A feedback form: its questions, each with the scores that it takes. */
export function feedback(phone, { title, subtitle, feedback_screens: screens = [] }) {
  const screen = screens[0] ?? {};
  const given = {};
  const send = h("button", { class: "tap", type: "button", text: "Send", disabled: true, onclick: () => phone.acts("feedback", { screen: String(screen.screen_id ?? "0"), answers: given }) });
  const questions = (screen.questions ?? []).map(({ id, type, title: asked }) => {
    const [least, most] = { csat: [1, 5], nps: [0, 10], ces: [1, 7] }[type] ?? [1, 5];
    const scores = Array.from({ length: most - least + 1 }, (_, at) => String(least + at));
    const group = h("div", { class: "scores", role: "group", "aria-label": asked ?? title }, scores.map((score) =>
      h("button", { type: "button", "aria-pressed": "false", text: score, onclick: (event) => {
        given[id] = { type, payload: score };
        for (const other of group.children) other.setAttribute("aria-pressed", String(other === event.currentTarget));
        send.disabled = Object.keys(given).length < (screen.questions ?? []).length;
      } })));
    return [asked && h("p", { class: "subtitle", text: asked }), group];
  });
  return h("article", { class: "card" },
    h("div", { class: "words" }, h("p", { class: "title", text: title }), subtitle && h("p", { class: "subtitle", text: subtitle }), questions),
    h("div", { class: "taps" }, send));
}

/** A coupon, whose code is covered until it is tapped. */
export function coupon(phone, payload) {
  const code = h("p", { class: "code", hidden: true, text: payload.coupon_code });
  const reveal = h("button", { class: "tap", type: "button", text: "Reveal code", onclick: () => {
    code.hidden = false;
    reveal.remove();
    phone.acts("coupon", { text: payload.coupon_pre_message ?? payload.title, payload: payload.payload ?? "" });
  } });
  return h("article", { class: "card" },
    payload.image_url && picture(phone.store.local(payload.image_url), payload.title ?? "", "picture"),
    h("div", { class: "words" }, h("p", { class: "title", text: payload.title }), payload.subtitle && h("p", { class: "subtitle", text: payload.subtitle }), code),
    h("div", { class: "taps" }, reveal, payload.coupon_url && outward(payload.coupon_url, { class: "tap", text: payload.coupon_url_button_title ?? "Open" })));
}

/** What stands above a message of the bot: the persona that speaks, and what it quotes. */
export function above(phone, item) {
  const { persona_id: persona, reply_to: reply } = item.body ?? {};
  const name = persona && phone.store.personas[persona];
  const quoted = reply?.mid && phone.person.chat.find(({ mid }) => mid === reply.mid);
  return [
    name && h("p", { class: "persona", text: name }),
    quoted && h("p", { class: "quoted", text: words(quoted) }),
  ].filter(Boolean);
}

/** What stands below a line: the page's reaction to it, and what Graph warned of. */
export function below(phone, item) {
  const reaction = phone.person.reactions?.[item.mid];
  return [
    reaction && h("span", { class: "marked", role: "img", "aria-label": `${phone.store.page.name} reacted with ${reaction}`, text: reaction }),
    ...(item.warnings ?? []).map((warning) => h("p", { class: "warned", text: `Taken, but ${warning}` })),
  ].filter(Boolean);
}

/** What the emulator remarks itself, in the place where a refusal would stand. */
export function remark({ reason }) {
  return h("div", { class: "refused", role: "alert" }, h("p", {}, linked(reason)));
}

function words(item) {
  return item.text || item.body?.message?.text || item.body?.message?.attachment?.payload?.text || "Attachment";
}
