// What the page can do better with a script: nothing here is needed to decide.
const decision = document.getElementById("decision");
const sources = document.querySelector(".sources");
let origin = null;

function show(anchor) {
  document.querySelectorAll("[data-quotes].current").forEach((e) => e.classList.remove("current"));
  const pieces = [...document.querySelectorAll("[data-quotes]")].filter((e) =>
    e.dataset.quotes.split(" ").includes(anchor));
  pieces.forEach((e) => e.classList.add("current"));
  if (!pieces.length) return false;
  pieces[0].tabIndex = -1;
  pieces[0].focus({ preventScroll: true });
  pieces[0].scrollIntoView({ block: "center" });
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#quote-"]');
  if (!link) return;
  if (show(link.hash.slice(1))) {
    origin = link;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && origin && sources.contains(document.activeElement)) {
    origin.focus();
    origin = null;
  }
});

if (decision) {
  const texts = [...document.querySelectorAll('textarea[name^="sentence-"]')];
  const approve = decision.querySelector('[value="approved"]');
  const stopped = approve.disabled;
  const unread = decision.querySelector(".unread");
  const look = () => {
    const changed = texts.some((text) => text.value !== text.defaultValue);
    unread.hidden = !changed;
    decision.querySelector(".statement").hidden = changed;
    approve.disabled = stopped || changed;
  };
  texts.forEach((text) => text.addEventListener("input", look));
  window.addEventListener("pageshow", () => { delete decision.dataset.sent; look(); });
  decision.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.formTarget === "_blank") return;
    if (decision.dataset.sent) event.preventDefault();
    decision.dataset.sent = "yes";
  });
  document.querySelectorAll("details.edit").forEach((each) =>
    each.addEventListener("toggle", () => { if (each.open) each.querySelector("textarea").focus(); }));
}
