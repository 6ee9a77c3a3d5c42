// What every page needs: menus that close, the picked ones of a list, and a word when somebody asks for a person.
import "./alerts.js";

for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

const list = document.querySelector("[data-bulk]");
if (list) {
  const all = list.querySelector("[data-all]");
  const picks = [...list.querySelectorAll("input[name=pick]")];
  const bar = list.querySelector("[data-bulk-bar]");
  const told = list.querySelector("[data-picked]");
  const count = () => {
    const picked = picks.filter((pick) => pick.checked).length;
    bar?.classList.toggle("idle", !picked);
    if (told) told.textContent = picked ? `${picked} picked` : "";
    if (all) {
      all.checked = picked > 0 && picked === picks.length;
      all.indeterminate = picked > 0 && picked < picks.length;
    }
  };
  all?.addEventListener("change", () => {
    for (const pick of picks) pick.checked = all.checked;
    count();
  });
  for (const pick of picks) pick.addEventListener("change", count);
  list.addEventListener("keydown", (event) => {
    // Browsers send the form with its first button, which switches on; only a button that was chosen shall do so.
    if (event.key === "Enter" && event.target.type === "checkbox") event.preventDefault();
  });
  count();
}

const search = document.querySelector("[data-search]");
if (search) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}
