// The words on one side, the bubbles that they become on the other, alive while typing.
const WAIT = 150; // milliseconds after the last key

const form = document.querySelector("[data-editor]");
const words = form.querySelector("[data-words]");
const bubbles = document.querySelector("[data-bubbles]");
const problem = form.querySelector("[data-problem]");
const note = form.querySelector("[data-note]");
const counter = form.querySelector("[data-counter]");
const status = document.querySelector("[data-status]");
const use = document.querySelector("[data-use]");
const language = form.querySelector("select[name=language]");
let timer = 0;
let newest = 0;

async function look() {
  const mine = ++newest;
  const asked = new URLSearchParams({ words: words.value, language: language?.value ?? "en" });
  if (use) asked.set("use", use.value);
  let shown;
  try {
    const answer = await fetch(form.dataset.preview, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRF-Token": form.dataset.csrf },
      body: asked,
    });
    shown = await answer.json();
  } catch {
    status.textContent = "The preview could not be loaded. Your words are still here.";
    return;
  }
  if (mine !== newest) return; // somebody has typed on
  if (shown.error) {
    status.textContent = shown.error;
    return;
  }
  bubbles.innerHTML = shown.html; // written by our own templates, every value escaped
  counter.querySelector("[data-count]").textContent = shown.count;
  counter.querySelector("[data-most]").textContent = shown.most;
  counter.classList.toggle("over", shown.count > shown.most);
  problem.textContent = shown.reason ? `Line ${shown.line}: ${shown.reason}` : "";
  words.setAttribute("aria-invalid", shown.reason ? "true" : "false");
  note.textContent = shown.note;
  status.textContent = shown.said;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
}

words.addEventListener("input", later);
use?.addEventListener("change", look);
language?.addEventListener("change", look);

for (const chip of form.querySelectorAll("[data-snippet]")) {
  chip.addEventListener("click", () => {
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
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || words.readOnly) return;
  event.preventDefault();
  form.requestSubmit();
});

let saved = false;
form.addEventListener("submit", () => { saved = true; });
const before = new FormData(form);
addEventListener("beforeunload", (event) => {
  const now = new URLSearchParams(new FormData(form)).toString();
  if (!saved && now !== new URLSearchParams(before).toString()) event.preventDefault();
});
