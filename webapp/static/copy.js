// Copies a citation, or a quote with its citation. Without scripts both stand behind a line that opens.
"use strict";

(function () {
  const BACK = 3000; // milliseconds after which a button says again what it does

  document.documentElement.classList.add("js");

  function say(words) {
    document.querySelector("[data-status]").textContent = words;
  }

  async function copy(button) {
    const details = button.parentElement.querySelector("details");
    const text = details.querySelector(button.dataset.copy === "quote" ? "[data-quoted]" : "[data-citation]");
    const label = button.firstChild.textContent;
    const done = label.replace(/^Copy (.)/, (_, letter) => letter.toUpperCase()) + " copied";
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.classList.add("copied");
      button.firstChild.textContent = done;
      say(done);
      setTimeout(() => {
        button.classList.remove("copied");
        button.firstChild.textContent = label;
      }, BACK);
    } catch {
      // Without a clipboard (a page not served over HTTPS) the words are shown, selected.
      details.classList.remove("no-js");
      details.open = true;
      getSelection().selectAllChildren(text);
      say("The words are selected. Copy them with your keyboard.");
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button && !button.classList.contains("copied")) copy(button);
  });
})();
