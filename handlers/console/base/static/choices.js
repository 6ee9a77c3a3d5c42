// Lines of buttons, "Title = what it does", as rows of fields. The text box holds what is sent.
const PLACES = { products: "Products", featured: "Featured", search: "Search", cart: "The cart", checkout: "Checkout", orders: "Their orders", promos: "Promos", shipping: "Shipping", person: "A person", menu: "The menu" };

for (const around of document.querySelectorAll("[data-choices]")) begin(around);

function begin(around) {
  const box = around.querySelector("textarea");
  if (box.readOnly) return;
  const rows = document.createElement("div");
  const add = document.createElement("button");
  const most = Number(around.dataset.most);
  const titleMost = Number(around.dataset.titleMost);
  const name = around.querySelector("label").textContent;
  add.type = "button";
  add.className = "button small";
  add.textContent = "Add one";
  box.before(rows, add);
  box.hidden = true;
  around.querySelector("label").removeAttribute("for");
  around.querySelector("p.hint:not(.wrong)")?.remove();

  const kinds = [["go", "goes to"], ["reply", "says the reply"], ["product", "shows the product"]];
  if ("links" in around.dataset) kinds.unshift(["link", "opens the link"], ["call", "calls"]);

  function read(line) {
    const [title, ...rest] = line.split("=");
    const to = rest.join("=").trim();
    const found = to.match(/^(product|reply)\s+(.*)$/i);
    if (found) return { title: title.trim(), kind: found[1].toLowerCase(), to: found[2] };
    if (to.toLowerCase() in PLACES) return { title: title.trim(), kind: "go", to: to.toLowerCase() };
    return { title: title.trim(), kind: /^\+?[\d ()./-]{7,}$/.test(to) ? "call" : "link", to };
  }

  function field(kind, value, label) {
    const made = document.createElement(kind);
    made.setAttribute("aria-label", `${name}: ${label}`);
    if (kind === "input") made.value = value;
    if (kind === "input") made.autocomplete = "off";
    return made;
  }

  function target(kind, to) {
    if (kind !== "go") {
      const made = field("input", to, "which");
      made.placeholder = { link: "https://shop.example", call: "+63 917 123 4567", product: "SKU", reply: "its keyword" }[kind];
      return made;
    }
    const made = field("select", "", "where to");
    made.append(...Object.entries(PLACES).map(([value, words]) => new Option(words, value, false, value === to)));
    return made;
  }

  function row({ title, kind, to }) {
    const made = document.createElement("div");
    made.className = "choice-row";
    const what = field("input", title, "what stands on it");
    what.placeholder = "What stands on it";
    const does = field("select", "", "what it does");
    does.append(...kinds.map(([value, words]) => new Option(words, value, false, value === kind)));
    const gone = document.createElement("button");
    gone.type = "button";
    gone.className = "icon-button";
    gone.textContent = "✕";
    gone.setAttribute("aria-label", `${name}: take “${title}” away`);
    made.append(what, does, target(does.value, to), gone);
    does.addEventListener("change", () => {
      made.children[2].replaceWith(target(does.value, ""));
      write();
    });
    gone.addEventListener("click", () => {
      made.remove();
      write();
      add.focus();
    });
    made.addEventListener("input", write);
    return made;
  }

  function write(event) {
    event?.stopPropagation();
    box.value = [...rows.children].map(({ children: [title, does, to] }) => {
      title.classList.toggle("over", [...title.value].length > titleMost);
      const kind = ["product", "reply"].includes(does.value) ? `${does.value} ` : "";
      return title.value || to.value ? `${title.value} = ${kind}${to.value}` : "";
    }).filter(Boolean).join("\n");
    add.hidden = rows.children.length >= most;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  rows.append(...box.value.split("\n").filter((line) => line.trim()).map((line) => row(read(line))));
  add.hidden = rows.children.length >= most;
  add.addEventListener("click", () => {
    rows.append(row({ title: "", kind: kinds[0][0], to: "" }));
    add.hidden = rows.children.length >= most;
    rows.lastChild.firstChild.focus();
  });
}
