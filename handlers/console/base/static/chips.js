// Words in which "{name}" is a chip: put in from a list, removed as a whole. The text box below holds what is sent.
import { known, suggestions } from "./suggestions.js";

const CHIP = /\{[^{}\n]*\}/;
const OPENED = /\{(\w*)$/; // before the caret
const box = document.querySelector("[data-chips]");
const list = document.querySelector("[data-suggestions]");
const yesNo = new Set([...document.querySelectorAll("[data-yes-no]")].map((one) => one.dataset.name));

if (box && !box.readOnly) begin(box);

function begin(box) {
  const field = document.createElement("div");
  field.className = "chips";
  field.contentEditable = "true";
  field.setAttribute("role", "textbox");
  field.setAttribute("aria-multiline", "true");
  field.setAttribute("aria-labelledby", "words-label");
  field.setAttribute("aria-describedby", "words-problem words-note");
  field.style.minHeight = `${box.rows * 1.5 + 1}em`;
  const hadFocus = document.activeElement === box;
  box.before(field);
  box.hidden = true;
  const title = document.getElementById("words-label");
  title.removeAttribute("for");
  title.addEventListener("click", () => field.focus());
  box.required = false; // nobody could see the browser say so; the server does
  let typing = null; // a chip that is open, to be written as text

  function label(chip) {
    const said = chip.slice(1, -1).trim();
    const when = said.match(/^(or )?when (not )?([\w.]+)$/);
    if (when && yesNo.has(when[3])) return `${when[1] ?? ""}when ${when[2] ?? ""}${words(when[3])}:`;
    if (when) return `${when[1] ?? ""}when ${words(when[3])} is ${when[2] ? "not known" : "known"}:`;
    if (/^(or )?when /.test(said)) return `${words(said)}:`;
    if (said === "otherwise") return "otherwise:";
    const [name, fallback] = said.split("|");
    return fallback === undefined ? words(name.replace(/ as money$/, "")) : `${words(name)}, or “${fallback.trim()}”`;
  }

  function words(name) {
    return name.replaceAll("_", " ").trim();
  }

  function made(chip) {
    const span = document.createElement("span");
    const said = chip.slice(1, -1).trim();
    span.className = /^((or )?when |otherwise$|end$)/.test(said) ? "chip-in case" : "chip-in";
    span.contentEditable = "false";
    span.dataset.chip = chip;
    span.title = chip;
    span.textContent = label(chip);
    return span;
  }

  function pieces(text) {
    return text.split(/(\{[^{}\n]*\})/).filter(Boolean).map((part) => (CHIP.test(part) ? made(part) : document.createTextNode(part)));
  }

  function draw() {
    field.replaceChildren(...pieces(box.value));
  }

  function written(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data.replaceAll("\u00a0", " ");
    if (node.dataset?.chip) return node.dataset.chip;
    if (node.nodeName === "BR") return "\n";
    const inside = [...node.childNodes].map(written).join("");
    return node !== field && /^(DIV|P)$/.test(node.nodeName) && node.previousSibling ? `\n${inside}` : inside;
  }

  function send() {
    const text = written(field);
    if (text === box.value) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A condition whose beginning or end was removed goes as a whole; its words stay.
  function tidy() {
    const open = [];
    const lost = [];
    for (const chip of field.querySelectorAll(".chip-in.case")) {
      const said = chip.dataset.chip.slice(1, -1).trim();
      if (said.startsWith("when ")) open.push([chip]);
      else if (!open.length) lost.push(chip);
      else if (said === "end") open.pop();
      else open.at(-1).push(chip);
    }
    for (const chip of [...lost, ...open.flat()]) chip.remove();
  }

  function chipsTyped() {
    for (const node of [...field.childNodes]) {
      if (node.nodeType !== Node.TEXT_NODE || node === typing || !CHIP.test(node.data)) continue;
      const made = pieces(node.data);
      node.replaceWith(...made);
      after(made.findLast((one) => one.dataset?.chip));
    }
  }

  function after(node) {
    const selection = getSelection();
    const range = document.createRange();
    range.setStartAfter(node);
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function put(text) {
    field.focus();
    const selection = getSelection();
    const range = selection.rangeCount && field.contains(selection.anchorNode) ? selection.getRangeAt(0) : document.createRange();
    if (!field.contains(range.startContainer)) {
      range.selectNodeContents(field);
      range.collapse(false);
    }
    range.deleteContents();
    const nodes = pieces(text);
    for (const node of [...nodes].reverse()) range.insertNode(node);
    const inside = nodes.find((one) => one.data === "…");
    if (inside) selection.selectAllChildren(inside), selection.setBaseAndExtent(inside, 0, inside, 1);
    else after(nodes.at(-1));
    send();
  }

  function close() {
    if (!typing) return;
    const node = typing;
    typing = null;
    if (node.isConnected) node.replaceWith(...pieces(node.data));
    send();
  }

  function open(chip) {
    close();
    typing = document.createTextNode(chip.dataset.chip);
    chip.replaceWith(typing);
    field.focus();
    getSelection().setBaseAndExtent(typing, 1, typing, typing.length - 1);
  }

  draw();
  if (hadFocus) field.focus();
  const offer = list && known.length ? suggestions(list, field, complete) : () => {};

  // What is written before the caret, where that is text.
  function before() {
    const { focusNode: node, focusOffset: at } = getSelection();
    return node?.nodeType === Node.TEXT_NODE && field.contains(node) && node !== typing ? node.data.slice(0, at) : "";
  }

  function complete(text) {
    const { focusNode: node, focusOffset: at } = getSelection();
    const start = before().search(OPENED);
    if (start < 0) return;
    getSelection().setBaseAndExtent(node, start, node, at + (node.data[at] === "}" ? 1 : 0));
    put(text);
  }

  box.addEventListener("put", (event) => put(event.detail));
  field.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-chip]");
    if (chip && !/^\{(otherwise|end)\}$/.test(chip.dataset.chip)) open(chip);
  });
  field.addEventListener("input", () => {
    if (typing && !typing.isConnected) typing = null;
    if (!typing) chipsTyped();
    if (!typing) tidy();
    send();
    offer(before().match(OPENED)?.[1] ?? null);
  });
  field.addEventListener("blur", close);
  field.addEventListener("paste", (event) => {
    event.preventDefault();
    put(event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n"));
  });
  field.addEventListener("drop", (event) => event.preventDefault());
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && typing) return close();
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (typing) return close();
    put(field.lastChild && atEnd() && !written(field).endsWith("\n") ? "\n\n" : "\n");
    if (written(field).endsWith("\n\n")) step();
  });

  // The last line break is only seen with something behind it.
  function atEnd() {
    const range = getSelection().getRangeAt(0).cloneRange();
    range.selectNodeContents(field);
    range.setStart(getSelection().focusNode, getSelection().focusOffset);
    return range.toString() === "";
  }

  function step() {
    const last = field.lastChild;
    if (last?.nodeType === Node.TEXT_NODE && last.data.endsWith("\n")) getSelection().collapse(last, last.length - 1);
  }
}
