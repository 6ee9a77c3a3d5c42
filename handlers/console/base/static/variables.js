// "{{" in the words opens a list of what can be filled in, to be chosen with the arrows.
const words = document.querySelector("[data-words]");
const list = document.querySelector("[data-suggestions]");
const known = [...document.querySelectorAll("[data-snippet]")]
  .map((chip) => chip.dataset)
  .filter((one) => one.snippet.startsWith("{{"));
const OPENED = /\{\{\s*(\w*)$/; // before the caret
let at = 0;

function close() {
  list.hidden = true;
  words.removeAttribute("aria-activedescendant");
}

function choose(option) {
  const before = words.value.slice(0, words.selectionStart);
  const start = before.search(OPENED);
  if (start < 0) return close();
  const closed = words.value.slice(words.selectionStart).match(/^\s*\}\}/)?.[0].length ?? 0;
  words.setRangeText(option.dataset.put, start, words.selectionStart + closed, "end");
  close();
  words.focus();
  words.dispatchEvent(new Event("input", { bubbles: true }));
}

function point(to) {
  const options = [...list.children];
  at = (to + options.length) % options.length;
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  options[at].scrollIntoView({ block: "nearest" });
  words.setAttribute("aria-activedescendant", options[at].id);
}

function offer() {
  const found = words.value.slice(0, words.selectionStart).match(OPENED);
  const fitting = found ? known.filter((one) => one.name.startsWith(found[1])) : [];
  if (words.readOnly || !fitting.length) return close();
  list.replaceChildren(...fitting.map((one, place) => {
    const option = document.createElement("li");
    option.id = `suggestion-${place}`;
    option.setAttribute("role", "option");
    option.dataset.put = one.snippet;
    const name = document.createElement("code");
    name.textContent = one.name;
    const example = document.createElement("span");
    example.textContent = one.example;
    option.append(name, example);
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // so that the words keep the caret
      choose(option);
    });
    return option;
  }));
  list.hidden = false;
  point(0);
}

if (words && list && known.length) {
  words.setAttribute("aria-controls", list.id);
  words.setAttribute("aria-autocomplete", "list");
  words.addEventListener("input", offer);
  words.addEventListener("blur", close);
  words.addEventListener("keydown", (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at - 1);
    else if (event.key === "Enter" || event.key === "Tab") choose(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
