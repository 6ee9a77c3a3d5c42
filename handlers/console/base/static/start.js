// What changes by itself, such as the lights of the first steps: looked at again every few seconds while it is in front.
const look = async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") return location.reload();
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-steps]");
  const shown = document.querySelector("[data-steps]");
  if (!fresh || fresh.innerHTML === shown.innerHTML || shown.contains(document.activeElement)) return;
  shown.replaceWith(document.adoptNode(fresh));
};
setInterval(look, 5000);
document.addEventListener("visibilitychange", look);
