// What a reply would answer of some questions, as its form stands.
const WAIT = 250; // milliseconds after the last key

for (const shown of document.querySelectorAll("[data-would]")) {
  const form = document.getElementById(shown.dataset.form);
  const told = shown.querySelector("[data-told]");
  const left = shown.querySelector("[data-left]");
  let timer = 0;
  let asking = new AbortController();

  const look = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const typed = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    try {
      const answer = await fetch(shown.dataset.would, { method: "POST", body: typed, headers: { Accept: "application/json" }, signal });
      const would = await answer.json();
      told.textContent = would.words ?? would.error ?? "";
      told.classList.toggle("wrong", Boolean(would.is_wrong || would.error));
      const texts = would.left ?? [];
      left.replaceChildren(
        ...texts.map((text) => {
          const line = document.createElement("li");
          line.dir = "auto";
          line.textContent = text;
          return line;
        }),
      );
      left.hidden = !texts.length;
    } catch {
      if (!signal.aborted) told.textContent = "The shop does not answer. What you typed is still here.";
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  form.addEventListener("change", look);
  look();
}
