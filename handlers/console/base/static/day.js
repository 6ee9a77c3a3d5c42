// The day, alive: each event is all that the page shows, under an id that names exactly that.
const shown = document.querySelector("[data-day]");
let source = null;

function listen() {
  if (source || document.hidden) return;
  const address = new URL(shown.dataset.day, location.href);
  address.searchParams.set("seen", shown.dataset.seen);
  source = new EventSource(address);
  source.addEventListener("day", (event) => {
    if (event.lastEventId === shown.dataset.seen) return;
    shown.dataset.seen = event.lastEventId;
    const focused = document.activeElement?.closest?.("[data-kind]")?.dataset.kind;
    shown.innerHTML = JSON.parse(event.data).html; // written by our own templates, every value escaped
    if (focused) shown.querySelector(`[data-kind="${focused}"] a`)?.focus();
  });
}

function stop() {
  source?.close();
  source = null;
}

listen();
addEventListener("pagehide", stop);
addEventListener("pageshow", listen);
document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
