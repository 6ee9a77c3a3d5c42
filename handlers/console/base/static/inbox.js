// The inbox, alive: what is said appears by itself, words go out without leaving the page, "/" offers canned replies.
const pane = document.querySelector("[data-events]");
const thread = document.querySelector("#thread");
const composer = document.querySelector("#composer");
const words = composer?.elements.words;
const wrong = document.querySelector("#wrong");
const closed = document.querySelector("#closed");
const offered = document.querySelector("#offered");

function toTheEnd() {
  if (thread) thread.scrollTop = thread.scrollHeight;
}

toTheEnd();

// Each event says how everything stands, under an id that names exactly that; so coming again misses nothing.
let source = null;
let seen = pane?.dataset.seen ?? "";

function listen() {
  if (!pane || source || document.hidden) return;
  const address = new URL(pane.dataset.events, location.href);
  address.searchParams.set("seen", seen);
  source = new EventSource(address);
  source.addEventListener("inbox", (event) => {
    if (event.lastEventId === seen) return;
    seen = event.lastEventId;
    pane.dataset.seen = seen;
    show(JSON.parse(event.data));
  });
}

function stopListening() {
  source?.close();
  source = null;
}

function show(told) {
  const wasAtEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
  thread.innerHTML = told.thread;
  document.querySelector("#talks").innerHTML = told.talks;
  document.querySelector("#banner").innerHTML = told.banner;
  document.querySelector("#window").innerHTML = told.window;
  if (wasAtEnd) toTheEnd();
  if (composer) {
    composer.elements.typed.value = told.typed;
    closed.hidden = !told.closed;
    closed.querySelector("span").textContent = told.closed;
    words.disabled = Boolean(told.closed);
    composer.querySelector("[type=submit]").disabled = Boolean(told.closed);
  }
  countDown();
}

listen();
addEventListener("pagehide", stopListening);
addEventListener("pageshow", listen);
document.addEventListener("visibilitychange", () => (document.hidden ? stopListening() : listen()));

// How long there is still to write, and how long the bot is quiet.
function countDown() {
  for (const shown of document.querySelectorAll("[data-until]")) {
    const minutes = Math.max(0, Math.ceil((new Date(shown.dataset.until) - Date.now()) / 60000));
    const hours = Math.floor(minutes / 60);
    const left = hours > 47 ? `${Math.floor(hours / 24)} days` : hours ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
    shown.textContent = shown.matches("b") ? `${left} left` : left;
  }
}

countDown();
setInterval(countDown, 20000);

// Words are sent with a key of their own: sent again after a failure, they are said once.
composer?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (composer.dataset.sending || !words.value.trim()) return;
  composer.dataset.sending = "yes";
  const text = words.value;
  const form = new URLSearchParams(new FormData(composer));
  stopOffering();
  typing?.abort();
  words.value = "";
  try {
    const answer = await fetch(composer.action, { method: "POST", body: form, headers: { Accept: "application/json" } });
    const told = await answer.json();
    const reason = told.wrong ?? told.error ?? "";
    if (told.key) composer.elements.key.value = told.key;
    wrong.textContent = reason;
    if (reason) words.value = words.value ? `${text}\n${words.value}` : text;
  } catch {
    words.value = words.value ? `${text}\n${words.value}` : text;
    wrong.textContent = "It could not be sent: the shop does not answer. Please try again; it is never said twice.";
  } finally {
    delete composer.dataset.sending;
  }
  if (!wrong.textContent) toTheEnd();
  words.focus();
});

words?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") stopOffering();
  if (event.key === "ArrowDown" && !offered.hidden) {
    event.preventDefault();
    offered.querySelector("button")?.focus();
  }
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (!offered.hidden && offered.querySelector("button")) offered.querySelector("button").click();
    else composer.requestSubmit();
  }
});

// Colleagues see that somebody types.
let typing = null;
let typedAt = 0;

words?.addEventListener("input", async () => {
  if (!words.value.trim() || Date.now() - typedAt < 4000) return;
  typedAt = Date.now();
  typing = new AbortController();
  const body = new URLSearchParams({ csrf: composer.elements.csrf.value });
  const headers = { Accept: "application/json" };
  try {
    await fetch(composer.dataset.typing, { method: "POST", body, headers, signal: typing.signal });
  } catch {
    // the words went out, or the shop is away: nobody needs to know
  }
});

// "/" at the beginning looks for canned replies.
let asking = null;

function stopOffering() {
  asking?.abort();
  asking = null;
  if (offered) offered.hidden = true;
}

words?.addEventListener("input", async () => {
  stopOffering();
  if (!words.value.startsWith("/") || words.value.includes("\n")) return;
  asking = new AbortController();
  const address = new URL(composer.dataset.canned, location.href);
  address.searchParams.set("q", words.value.slice(1));
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: asking.signal });
    if (!answer.ok) return;
    offer((await answer.json()).replies);
  } catch {
    // another letter was typed, or the words went out
  }
});

function offer(replies) {
  offered.replaceChildren(
    ...replies.map((reply) => {
      const row = document.createElement("li");
      const button = document.createElement("button");
      const start = document.createElement("small");
      button.type = "button";
      button.setAttribute("role", "option");
      button.textContent = reply.keyword;
      start.textContent = reply.words;
      button.append(start);
      button.addEventListener("click", () => {
        words.value = reply.words;
        stopOffering();
        words.focus();
      });
      row.append(button);
      return row;
    }),
  );
  offered.hidden = !replies.length;
}
