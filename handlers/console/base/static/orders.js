// The order's page: keys for the next thing, the chat at its newest message, and what the shopper will read.
const WAIT = 250; // milliseconds after the last key

const chat = document.querySelector("[data-chat]");
if (chat) chat.scrollTop = chat.scrollHeight;

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
});

const form = document.querySelector("[data-acting]");
if (form) {
  const bubbles = document.querySelector("[data-bubbles]");
  const problem = document.querySelector("[data-refusal]");
  let timer = 0;
  let asking = new AbortController();
  const stop = () => {
    clearTimeout(timer);
    asking.abort();
  };
  const look = async () => {
    stop();
    asking = new AbortController();
    const { signal } = asking;
    let shown;
    try {
      const answer = await fetch(form.dataset.acting, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
        signal,
      });
      shown = await answer.json();
    } catch {
      return; // the page still says what it said; the form works without
    }
    if (signal.aborted || shown.error) return;
    bubbles.innerHTML = shown.html; // written by our own templates, every value escaped
    problem.textContent = shown.refusal;
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  form.addEventListener("submit", () => {
    stop(); // what would be read is being done now
    // A second click while the first is on its way: the server would refuse it, the merchant need not read that.
    for (const button of form.querySelectorAll("button[type=submit]")) setTimeout(() => { button.disabled = true; });
  });
  addEventListener("pageshow", () => {
    for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = false;
  });
}
