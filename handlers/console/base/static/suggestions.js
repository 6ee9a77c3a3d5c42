// A list of what can be filled in, to be chosen with the arrows while the caret stays in the words.
export const known = [...document.querySelectorAll("[data-snippet]")]
  .map((chip) => chip.dataset)
  .filter((one) => !/^\{(%|when )/.test(one.snippet));

export function suggestions(list, field, choose) {
  let at = 0;

  function close() {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  }

  function point(to) {
    const options = [...list.children];
    at = (to + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    options[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[at].id);
  }

  function offer(begun) {
    const fitting = begun === null ? [] : known.filter((one) => one.name.startsWith(begun));
    if (!fitting.length) return close();
    list.replaceChildren(...fitting.map((one, place) => {
      const option = document.createElement("li");
      option.id = `suggestion-${place}`;
      option.setAttribute("role", "option");
      option.dataset.put = one.snippet;
      const name = document.createElement("code");
      name.textContent = one.name;
      const example = document.createElement("span");
      example.textContent = one.example;
      option.append(name, example);
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault(); // so that the words keep the caret
        pick(option);
      });
      return option;
    }));
    list.hidden = false;
    point(0);
  }

  function pick(option) {
    close();
    choose(option.dataset.put);
  }

  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at - 1);
    else if (event.key === "Enter" || event.key === "Tab") pick(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  return offer;
}
