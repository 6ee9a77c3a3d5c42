// Proofs by keyboard: approve, reject, next, undo while there is time; and what happens in the queue meanwhile.
const approving = document.querySelector("[data-approve]");
const rejecting = document.querySelector("[data-reject]");
const undoing = document.querySelector("form[action$='/undo']");

function isTyping(target) {
  return Boolean(target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select"));
}

const KEYS = {
  a: () => approving?.requestSubmit(),
  r: () => {
    if (!rejecting) return;
    rejecting.open = true;
    rejecting.querySelector("input[type=radio]")?.focus();
  },
  n: () => document.querySelector("[data-key=n]")?.click(),
  v: () => document.querySelector("[data-sealed] button")?.click(),
  z: () => undoing?.requestSubmit(),
};

document.querySelector("[data-open]")?.addEventListener("click", () => KEYS.r());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  const reasons = rejecting?.open ? [...rejecting.querySelectorAll("input[type=radio]")] : [];
  const picked = reasons[Number(event.key) - 1];
  if (picked) {
    event.preventDefault();
    picked.focus();
    picked.click();
    return;
  }
  if (event.key === "Escape" && rejecting?.open) {
    rejecting.open = false;
    rejecting.querySelector("summary").focus();
    return;
  }
  const act = KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

// A form is sent once, however often it is clicked.
for (const form of document.querySelectorAll("form[method=post]:not([data-sealed])")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// How long a decision can be taken back.
if (undoing) {
  const button = undoing.querySelector("button");
  const ends = Date.now() + Number(undoing.elements.seconds?.value ?? 10) * 1000;
  const shown = document.createElement("kbd");
  shown.textContent = "Z";
  const count = () => {
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left <= 0) {
      undoing.remove();
      return;
    }
    button.replaceChildren(`Undo (${left} s) `, shown);
    setTimeout(count, 250);
  };
  button.setAttribute("aria-label", "Undo");
  button.setAttribute("aria-keyshortcuts", "z");
  count();
}

// What the shopper will read of a refusal.
const words = document.querySelector("[data-words]");
if (words) {
  const bubbles = words.querySelector("[data-bubbles]");
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
    const reason = words.querySelector("input[name=reason]:checked")?.value;
    if (!reason) return;
    try {
      const answer = await fetch(words.dataset.words, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRF-Token": words.dataset.csrf },
        body: new URLSearchParams({ reason, note: words.elements.note.value }),
        signal,
      });
      const shown = await answer.json();
      if (!signal.aborted && shown.html) bubbles.innerHTML = shown.html; // our own templates, every value escaped
    } catch {
      // The words are only shown beforehand: without them the page works as well.
    }
  };
  words.addEventListener("change", look);
  words.addEventListener("submit", stop);
  words.elements.note?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 150);
  });
}

// What happens meanwhile.
const live = document.querySelector("[data-feed]");
if (live) {
  const fresh = live.querySelector("[data-new]");
  const decided = live.querySelector("[data-decided]");
  const feed = new EventSource(live.dataset.feed);
  const title = document.title;
  feed.addEventListener("proofs", (event) => {
    const now = JSON.parse(event.data);
    if (fresh) {
      const count = now.newest.filter((id) => id > Number(live.dataset.newest)).length;
      fresh.hidden = !count;
      fresh.textContent = count === 1 ? "1 new proof" : `${count} new proofs`;
      document.title = count ? `(${count}) ${title}` : title;
    }
    if (decided && live.dataset.waits !== undefined) {
      const one = now.decided.find((each) => each.id === Number(live.dataset.proof) && each.by !== live.dataset.me);
      decided.hidden = !one;
      if (one) decided.textContent = `${one.by} has just ${one.action === "proof.accepted" ? "approved" : "rejected"} this.`;
    }
  });
  addEventListener("pagehide", () => feed.close());
}
