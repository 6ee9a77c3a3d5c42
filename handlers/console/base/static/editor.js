// What is typed on one side, what it becomes on the other, alive while typing.
const WAIT = 150; // milliseconds after the last key

const form = document.querySelector("[data-editor]");
const words = form.querySelector("[data-words]");
const bubbles = document.querySelector("[data-bubbles]");
const problem = form.querySelector("[data-problem]");
const note = form.querySelector("[data-note]");
const counter = form.querySelector("[data-counter]");
const status = document.querySelector("[data-status]");
const use = document.querySelector("[data-use]");
const whom = document.querySelector("[data-as]");
let timer = 0;
let asking = new AbortController();

function theForm() {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}

function stop() {
  clearTimeout(timer);
  asking.abort();
}

async function look() {
  stop();
  asking = new AbortController();
  const { signal } = asking;
  const asked = theForm();
  if (use) asked.set("use", use.value);
  let shown;
  try {
    const answer = await fetch(form.dataset.preview, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRF-Token": form.dataset.csrf },
      body: asked,
      signal,
    });
    shown = await answer.json();
  } catch {
    if (!signal.aborted) status.textContent = "The preview could not be loaded. Your words are still here.";
    return;
  }
  if (signal.aborted) return; // somebody has typed on
  if (shown.error) {
    status.textContent = shown.error;
    return;
  }
  bubbles.innerHTML = shown.html; // written by our own templates, every value escaped
  if (words) judge(shown);
  status.textContent = shown.said;
}

function judge(shown) {
  counter.querySelector("[data-count]").textContent = shown.count;
  counter.querySelector("[data-most]").textContent = shown.most;
  counter.classList.toggle("over", shown.count > shown.most);
  problem.textContent = shown.reason ? `Line ${shown.line}: ${shown.reason}` : "";
  words.setAttribute("aria-invalid", shown.reason ? "true" : "false");
  note.textContent = shown.note;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
}

form.addEventListener("input", later);
use?.addEventListener("change", look);
whom?.addEventListener("change", look);

for (const chip of form.querySelectorAll("[data-snippet]")) {
  chip.addEventListener("click", () => {
    if (words.hidden) { // chips.js shows them
      words.dispatchEvent(new CustomEvent("put", { detail: chip.dataset.snippet }));
      return;
    }
    words.setRangeText(chip.dataset.snippet, words.selectionStart, words.selectionEnd, "end");
    words.focus();
    look();
  });
}

const dark = document.querySelector("[data-dark]");
if (dark) {
  const preview = dark.closest(".preview");
  const system = matchMedia("(prefers-color-scheme: dark)").matches;
  dark.hidden = false;
  dark.setAttribute("aria-pressed", String(system));
  dark.addEventListener("click", () => {
    const on = dark.getAttribute("aria-pressed") !== "true";
    dark.setAttribute("aria-pressed", String(on));
    preview.classList.toggle("dark", on);
    preview.classList.toggle("light", !on);
  });
}

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || words?.readOnly) return;
  event.preventDefault();
  form.requestSubmit();
});

for (const back of form.querySelectorAll("[data-default]")) {
  const field = form.elements[back.dataset.default];
  const say = () => { back.hidden = field.value === back.value; };
  back.type = "button";
  back.addEventListener("click", () => {
    field.value = back.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  form.addEventListener("input", say);
  say();
}

let saved = false;
form.addEventListener("submit", () => {
  saved = true;
  stop();
});
const before = new FormData(form);
addEventListener("beforeunload", (event) => {
  const now = new URLSearchParams(new FormData(form)).toString();
  if (!saved && now !== new URLSearchParams(before).toString()) event.preventDefault();
});
