// Opens a claim's card without leaving the place in the text. Without this module the same links work as plain links.
// The card comes from the same address that the link has; only this desk is asked.

const bench = () => document.querySelector("main.bench");

/** Take the new state of the page from its HTML, keep the scroll position. */
async function show(url, push) {
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (!answer.ok) { location.assign(url); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("main.bench");
  if (!next) { location.assign(url); return; }
  const height = window.scrollY;
  for (const part of ["main.bench", ".asof", ".foot"]) {  // the two others hold links to this page
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(document.adoptNode(fresh));
  }
  document.title = page.title;
  if (push) history.pushState({}, "", url);
  window.scrollTo({ top: height });
  const card = document.getElementById("card");
  if (!card) return;
  const box = card.getBoundingClientRect();
  if (box.bottom > window.innerHeight || box.top < 0) card.scrollIntoView({ block: "nearest" });
  card.focus({ preventScroll: true });
}

/** The address if the link opens or closes a card of the article that is shown. */
function cardAddress(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const url = new URL(link.href);
  const now = new URLSearchParams(location.search);
  const here = bench() && url.origin === location.origin && url.pathname === location.pathname
    && (url.searchParams.get("asof") ?? "") === (now.get("asof") ?? "");
  return here && (url.searchParams.has("claim") || link.classList.contains("close")) ? url : null;
}

document.addEventListener("click", (event) => {
  const url = cardAddress(event);
  if (!url) return;
  event.preventDefault();
  show(url.href, true);
});

document.addEventListener("keydown", (event) => {
  const close = document.querySelector("#card .close");
  if (event.key === "Escape" && close) close.click();
});

window.addEventListener("popstate", () => { if (bench()) show(location.href, false); });
