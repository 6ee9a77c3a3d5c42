// Who wants it is told on this computer when a shopper asks for a person, whatever page of the console is open. Of all tabs
// one listens: the one that has the lock.
const ON = "quicksell-alerts";
const SEEN = "quicksell-alerts-seen";
const places = document.querySelectorAll("[data-alerts]");
const isPossible = "Notification" in window && "locks" in navigator;
let stop = null;

const isOn = () => isPossible && localStorage.getItem(ON) === "on" && Notification.permission === "granted";

function show() {
  for (const place of places) {
    const isBlocked = isPossible && Notification.permission === "denied";
    place.hidden = !isPossible;
    place.querySelector("span").textContent = isBlocked
      ? "Your browser blocks notifications of the console: allow them in its settings."
      : isOn() ? "This computer tells you when somebody asks for a person." : "";
    const button = place.querySelector("button");
    button.hidden = isBlocked;
    button.textContent = isOn() ? "Stop that" : "Tell me here when somebody asks for a person";
  }
}

function listen() {
  if (!isOn() || stop) return;
  stop = () => {};
  navigator.locks.request(ON, () => {
    if (!isOn()) return null;
    return new Promise((leave) => {
      const source = new EventSource("/console/inbox/calls");
      source.addEventListener("calls", (event) => tell(JSON.parse(event.data)));
      stop = () => {
        source.close();
        stop = null;
        leave();
      };
    });
  });
}

function tell({ waiting, newest }) {
  const before = localStorage.getItem(SEEN);
  if (before === null || newest > before) localStorage.setItem(SEEN, newest);
  const looksAtIt = document.hasFocus() && location.pathname.startsWith("/console/inbox");
  if (!isOn() || !waiting || before === null || newest <= before || looksAtIt) return;
  const words = waiting === 1 ? "Somebody waits for a person." : `${waiting} shoppers wait for a person.`;
  const told = new Notification(words, { tag: ON, icon: "/console/static/icon.svg" });
  told.addEventListener("click", () => {
    focus();
    location.assign("/console/inbox?view=needs");
    told.close();
  });
}

for (const place of places) {
  place.querySelector("button").addEventListener("click", async () => {
    if (isOn()) {
      localStorage.removeItem(ON);
      localStorage.removeItem(SEEN);
      stop?.();
    } else if ((await Notification.requestPermission()) === "granted") {
      localStorage.setItem(ON, "on");
      listen();
    }
    show();
  });
}

if (isPossible) {
  show();
  listen();
}
