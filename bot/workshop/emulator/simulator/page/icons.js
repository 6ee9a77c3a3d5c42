// Line icons and stickers, drawn here so that the page needs nothing from elsewhere.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  add: "M12 5v14M5 12h14",
  alert: "M12 8v5M12 16.500v.01M12 3l9.500 17h-19z",
  arrow: "M9 5l7 7-7 7",
  back: "M15 5l-7 7 7 7",
  bag: "M6 8h12l1 12H5zM9 8V6a3 3 0 0 1 6 0v2",
  box: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
  cart: "M3 4.500h3l2 10.500h9.500L20 8H7M9 19.500v.01M16.500 19.500v.01",
  day: "M4.500 6h15v13.500h-15zM4.500 10h15M8 3.500V6M16 3.500V6",
  dots: "M6 12v.01M12 12v.01M18 12v.01",
  again: "M5 12a7 7 0 1 0 2.200-5.100M5 4.500v4h4",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  form: "M6 3.500h12v17H6zM9 8h6M9 12h6M9 16h3",
  horn: "M4 10v4h3l9 4.500v-13L7 10zM7 14l1.500 5.500h2.500L9.500 15M19 10v4",
  pen: "M4.500 19.500l1-4L16 5l3 3L8.500 18.500z",
  pin: "M12 21c-4-4.500-6.500-7.500-6.500-11a6.500 6.500 0 0 1 13 0c0 3.500-2.500 6.500-6.500 11zM12 12.250a2.250 2.250 0 1 0 0-4.500 2.250 2.250 0 0 0 0 4.500z",
  reply: "M10 6L4.500 11.500 10 17M5 11.500h7.500c4 0 6.500 2.500 6.500 6.500",
  share: "M5 12v7.500h14V12M12 15V4M8 8l4-4 4 4",
  undo: "M8 5L4 9l4 4M4.500 9H14c3.500 0 5.500 2 5.500 5s-2 5-5.500 5H8",
  video: "M4 6.500h11v11H4zM15 10.500l5-3v9l-5-3",
  voice: "M12 14.500a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11.500a6 6 0 0 0 12 0M12 17.500V21",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  chat: "M4 5h16v11H10l-5 4v-4H4z",
  close: "M6 6l12 12M18 6L6 18",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  info: "M12 11v6M12 7.500v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  link: "M10 6H6v12h12v-4M13 5h6v6M19 5l-9 9",
  menu: "M5 7h14M5 12h14M5 17h14",
  moon: "M19.500 14A8 8 0 1 1 10 4.500a6.500 6.500 0 0 0 9.500 9.500z",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.500v.01",
  phones: "M4 4h7v16H4zM14 4h6v16h-6z",
  question: "M9 9a3 3 0 1 1 4.500 2.600c-.9.6-1.500 1.200-1.500 2.400M12 17.500v.01",
  send: "M3.500 11.500L21 4l-4.500 17-4.500-7z",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14c1.700 2.600 5.300 2.600 7 0M9 9.500v.01M15 9.500v.01",
  sun: "M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  wall: "M4 4h16v16H4zM4 14h16M8 8h8M8 17h6",
  thumb: "M7 11l4-8c1.700 0 2.500 1.200 2.500 2.500L13 9h5.200c1.300 0 2.200 1.200 1.900 2.400l-1.600 6.800c-.2 1-1.100 1.800-2.200 1.800H7zM7 11H3.500v9H7z",
};
const FILLED = new Set(["send", "thumb", "bolt"]);

function draw(size, box, parts) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: box, width: size, height: size, "aria-hidden": "true" })) svg.setAttribute(name, value);
  for (const attributes of parts) {
    const path = document.createElementNS(SVG, "path");
    for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
    svg.append(path);
  }
  return svg;
}

/** A line icon. */
export function icon(name, size = 22) {
  const filled = FILLED.has(name);
  return draw(size, "0 0 24 24", [{
    d: PATHS[name], fill: filled ? "currentColor" : "none", stroke: "currentColor", "stroke-width": filled ? 1.2 : 1.9,
    "stroke-linecap": "round", "stroke-linejoin": "round",
  }]);
}

/** How far the shopper's own message came: `sent` is a ring with a tick, `delivered` the same filled. */
export function tick(kind) {
  const ring = "M8 15A7 7 0 1 0 8 1a7 7 0 0 0 0 14z";
  const filled = kind === "delivered";
  return draw(14, "0 0 16 16", [
    { d: ring, fill: filled ? "currentColor" : "none", stroke: "currentColor", "stroke-width": 1.4 },
    { d: "M5 8.200l2.200 2.200L11.200 6", fill: "none", stroke: filled ? "var(--screen)" : "currentColor", "stroke-width": 1.6, "stroke-linecap": "round" },
  ]);
}

const THUMB = [{ d: PATHS.thumb, fill: "#0866ff", stroke: "#0866ff", "stroke-width": 1, "stroke-linejoin": "round" }];
const FACE = { d: "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20z", fill: "#ffcc33" };
const EYES = { d: "M8.500 8.500v1.500M15.500 8.500v1.500", stroke: "#4a3200", "stroke-width": 2, "stroke-linecap": "round", fill: "none" };
const line = (d, stroke = "#4a3200") => ({ d, stroke, "stroke-width": 1.7, "stroke-linecap": "round", "stroke-linejoin": "round", fill: "none" });

/** Stickers by id; the first three are Messenger's own thumbs-up in its three sizes. */
export const STICKERS = {
  369239263222822: { title: "Thumbs up", size: 46, parts: THUMB },
  369239343222814: { title: "Big thumbs up", size: 78, parts: THUMB },
  369239383222810: { title: "Huge thumbs up", size: 120, parts: THUMB },
  800000000000001: { title: "Happy", size: 96, parts: [FACE, EYES, { d: "M7 13.500h10c-.5 3-2.400 4.500-5 4.500s-4.500-1.500-5-4.500z", fill: "#8a3b12" }] },
  800000000000002: { title: "Love", size: 96, parts: [{ d: "M12 21C5 16 2.500 12.500 2.500 8.800 2.500 6 4.600 4 7.200 4 9.200 4 11 5 12 7c1-2 2.800-3 4.800-3 2.600 0 4.700 2 4.700 4.800 0 3.700-2.500 7.200-9.500 12.200z", fill: "#f0325a" }] },
  800000000000003: { title: "Hmm", size: 96, parts: [FACE, EYES, line("M8.500 15.500c2-1.200 5-.8 7 .2")] },
  800000000000004: { title: "Sad", size: 96, parts: [FACE, EYES, line("M8 17c1.800-2.600 6.200-2.600 8 0"), { d: "M7.300 11.500c1.200 1.800 1.200 3.200 0 3.200s-1.200-1.400 0-3.200z", fill: "#3b9cff" }] },
  800000000000005: { title: "Parcel", size: 96, parts: [{ d: "M3 7.500L12 3l9 4.500v9L12 21l-9-4.500z", fill: "#d9a066" }, line("M3 7.500L12 12l9-4.500M12 12v9", "#8a5a2b")] },
};

/** A sticker as it is drawn in the chat. */
export function sticker(id, size) {
  const known = STICKERS[id] ?? STICKERS[369239263222822];
  return draw(size ?? known.size, "0 0 24 24", known.parts);
}
