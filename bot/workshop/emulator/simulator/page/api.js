// The page's only connection: the emulator, over HTTP. What comes back arrives as server-sent events.

export class Refused extends Error {}

async function call(method, path, body, type = "application/json") {
  const response = await fetch(`api/${path}`, {
    method,
    headers: { "X-Simulator": "page", ...(body === undefined ? {} : { "Content-Type": type }) },
    body,
  });
  if (!response.ok) throw new Refused(await response.text());
  return response.json();
}

const act = (psid, action, what) => call("POST", `people/${psid}/${action}`, what === undefined ? "{}" : JSON.stringify(what));

export const api = {
  create: (name, locale) => call("POST", "people", JSON.stringify({ name, locale })),
  forget: (psid) => call("DELETE", `people/${psid}`),
  says: (psid, text) => act(psid, "text", { text }),
  taps: (psid, title, payload) => act(psid, "tap", { title, payload }),
  tapsMenu: (psid, title, payload) => act(psid, "menu", { title, payload }),
  acts: act,
  starts: (psid) => act(psid, "start"),
  replies: (psid, text, reply_to) => act(psid, "text", { text, reply_to }),
  does: (psid, action, what = {}) => act(psid, action, what),
  sticks: (psid, sticker) => act(psid, "sticker", { sticker: Number(sticker) }),
  sendsPicture: (psid, file) => call("POST", `people/${psid}/picture`, file, file.type),
  comments: (psid, what) => act(psid, "comment", what),
  changesComment: (psid, what) => act(psid, "change-comment", what),
  looks: (psid, away) => act(psid, away ? "look?away" : "look"),
  arm: (fault) => call("POST", "faults", JSON.stringify(fault)),
  disarm: (name) => call("DELETE", `faults${name ? `?name=${encodeURIComponent(name)}` : ""}`),
  advance: (hours) => call("POST", "time", JSON.stringify({ hours })),
  inspects: (psid, mid) => call("GET", `people/${psid}/turns/${encodeURIComponent(mid)}`),
  again: (psid, mid = "") => call("POST", `people/${psid}/again`, JSON.stringify({ mid })),
  passes: (to) => call("POST", "shop/time", JSON.stringify({ to })),
  faults: () => call("GET", "faults"),
  state: () => call("GET", "state"),
};

/** Listen to what happens; every new connection begins with the whole state. */
export function listen(heard, connected) {
  const stream = new EventSource("api/events");
  stream.addEventListener("message", (event) => heard(JSON.parse(event.data)));
  stream.addEventListener("open", () => connected(true));
  stream.addEventListener("error", () => {
    connected(false);
    if (stream.readyState === EventSource.CLOSED) {
      setTimeout(() => listen(heard, connected), 1000);
    }
  });
}
