"use strict";
// Niceties only: everything on the page can be read without this script.
(() => {
  document.documentElement.classList.add("js");
  const form = document.getElementById("filters");
  if (form) {
    const cards = Array.from(document.querySelectorAll(".card"));
    const output = form.querySelector("output");
    const apply = () => {
      const chosen = new FormData(form);
      const severities = new Set(chosen.getAll("severity"));
      const check = chosen.get("check") || "";
      const all = !form.elements.quotation || chosen.has("quotation");
      let shown = 0;
      for (const card of cards) {
        const data = card.dataset;
        const wanted =
          severities.has(data.severity) && (!check || data.check === check) && (all || data.quotation === "no");
        if (card.hidden === wanted) card.hidden = !wanted;
        shown += wanted ? 1 : 0;
      }
      output.textContent = shown === cards.length ? "" : `${shown} of ${cards.length} flags shown`;
    };
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
    // A link from the story to a card that a filter hides brings the card back.
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.flag");
      const card = link && document.getElementById(link.hash.slice(1));
      if (card && card.hidden) card.hidden = false;
    });
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const words = button.parentElement.querySelector(".suggestion");
    const done = () => {
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    };
    const select = () => getSelection().selectAllChildren(words);
    if (navigator.clipboard) navigator.clipboard.writeText(words.textContent).then(done, select);
    else select();
  });
})();
