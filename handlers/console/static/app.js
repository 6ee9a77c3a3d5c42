// What every page needs: menus that close, and the picked ones of a list.
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
  const told = list.querySelector("[data-picked]");
  const count = () => {
    const picked = picks.filter((pick) => pick.checked).length;
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
  count();
}
