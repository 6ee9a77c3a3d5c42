// The lights of the first steps: looked at again every few seconds while the page is in front.
const look = async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-steps]");
  const shown = document.querySelector("[data-steps]");
  if (!fresh || fresh.innerHTML === shown.innerHTML || shown.contains(document.activeElement)) return;
  shown.replaceWith(document.adoptNode(fresh));
};
setInterval(look, 5000);
document.addEventListener("visibilitychange", look);
