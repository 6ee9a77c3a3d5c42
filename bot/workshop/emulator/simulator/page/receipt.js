// The receipt template.

import { h, outward, picture } from "./dom.js";

/** A receipt: lines, where it goes, how it is paid, sums. */
export function receipt(phone, payload) {
  const money = (amount) => spell(amount, payload.currency);
  const summary = payload.summary ?? {};
  const sums = [
    ["Subtotal", summary.subtotal],
    ["Shipping", summary.shipping_cost],
    ["Tax", summary.total_tax],
    ...(payload.adjustments ?? []).map(({ name, amount }) => [name ?? "Discount", amount === undefined ? undefined : -Math.abs(Number(amount))]),
  ].filter(([, amount]) => amount !== undefined && amount !== null);
  return h("article", { class: "card receipt", "aria-label": `Receipt ${payload.order_number}` },
    h("div", { class: "headline" },
      h("b", { text: payload.merchant_name ? `Order from ${payload.merchant_name}` : "Order confirmation" }),
      h("small", { text: payload.order_number })),
    h("ul", {}, (payload.elements ?? []).map((line) => h("li", {},
      line.image_url && picture(phone.store.local(line.image_url), ""),
      h("div", {}, h("b", { text: line.title }), h("small", { text: [line.subtitle, line.quantity ? `Qty ${line.quantity}` : ""].filter(Boolean).join(" · ") })),
      h("span", { class: "money", text: spell(line.price, line.currency ?? payload.currency) })))),
    facts([
      ["Paid with", payload.payment_method],
      ["Ship to", payload.address && [payload.recipient_name, ...address(payload.address)].filter(Boolean).join("\n")],
    ]),
    h("dl", {},
      sums.map(([name, amount]) => [h("dt", { text: name }), h("dd", { text: money(amount) })]),
      h("dt", { class: "total", text: "Total" }), h("dd", { class: "total", text: money(summary.total_cost) })),
    payload.order_url && h("div", { class: "taps" }, outward(payload.order_url, { class: "tap", text: "View order" })));
}

function facts(rows) {
  const known = rows.filter(([, value]) => value);
  return known.length ? h("dl", { class: "facts" }, known.map(([name, value]) => [h("dt", { text: name }), h("dd", { text: value })])) : null;
}

function address({ street_1, street_2, city, postal_code, state, country }) {
  return [street_1, street_2, [city, state, postal_code].filter(Boolean).join(", "), country];
}

function spell(amount, currency) {
  const number = Number(amount);
  if (!Number.isFinite(number)) return String(amount ?? "");
  try {
    return number.toLocaleString("en-PH", { style: "currency", currency: currency || "PHP" });
  } catch {
    return `${currency} ${number.toFixed(2)}`;
  }
}
