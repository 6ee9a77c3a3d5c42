// "{{" in the words opens a list of what can be filled in.
import { known, suggestions } from "./suggestions.js";

const words = document.querySelector("[data-words]");
const list = document.querySelector("[data-suggestions]");
const OPENED = /\{\{\s*(\w*)$/; // before the caret

if (words && !("chips" in words.dataset) && !words.readOnly && list && known.length) {
  const offer = suggestions(list, words, (put) => {
    const start = words.value.slice(0, words.selectionStart).search(OPENED);
    if (start < 0) return;
    const closed = words.value.slice(words.selectionStart).match(/^\s*\}\}/)?.[0].length ?? 0;
    words.setRangeText(put, start, words.selectionStart + closed, "end");
    words.focus();
    words.dispatchEvent(new Event("input", { bubbles: true }));
  });
  words.addEventListener("input", () => offer(words.value.slice(0, words.selectionStart).match(OPENED)?.[1] ?? null));
}
