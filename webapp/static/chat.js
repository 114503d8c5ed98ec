// Asks without leaving the page. Everything here is also done by plain forms and links when scripts are off.
"use strict";

(function () {
  const SLOW = 60000; // milliseconds after which a question is given up

  const root = document.documentElement;
  const conversation = document.getElementById("conversation");
  const box = document.querySelector("[data-box]");
  const field = document.getElementById("question");
  const progress = document.querySelector("[data-progress]");
  const status = document.querySelector("[data-status]");
  const errorLine = document.getElementById("question-error");
  const errorText = document.querySelector("[data-error]");
  const title = document.title.replace(/^Error: /, "");
  let waiting = false;

  root.classList.add("js");

  function say(words) {
    status.textContent = words;
  }

  function wait(on) {
    waiting = on;
    progress.hidden = !on;
    conversation.setAttribute("aria-busy", String(on));
    document.body.classList.toggle("waiting", on);
    if (on) say("Searching the documents…");
  }

  function clearError() {
    const summary = document.getElementById("error-summary");
    if (summary) summary.remove();
    errorLine.hidden = true;
    errorText.textContent = "";
    box.firstElementChild.classList.remove("ask-wrong");
    field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", "question-hint");
    document.title = title;
  }

  function showError(words) {
    say("");
    errorText.textContent = words;
    errorLine.hidden = false;
    box.firstElementChild.classList.add("ask-wrong");
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "question-error question-hint");
    document.title = "Error: " + title;
    field.focus();
  }

  function show(turn) {
    const old = document.getElementById(turn.id);
    if (old) {
      old.replaceWith(turn);
    } else {
      document.querySelectorAll("[data-newest]").forEach((form) => form.remove());
      conversation.append(turn);
    }
    const empty = document.querySelector("[data-empty]");
    if (empty) empty.remove();
    document.querySelector("[data-start-again]").hidden = false;
    history.replaceState(null, "", "#" + turn.id);
    const message = turn.querySelector("[data-message]");
    say(message ? message.textContent : "The answer is ready.");
    turn.querySelector("h2").focus({ preventScroll: true });
    turn.scrollIntoView({ block: "start" });
  }

  // Every form of the page carries the token of the browser's cookie.
  function renew(token) {
    document.querySelectorAll("input[name=csrf_token]").forEach((input) => (input.value = token));
  }

  async function ask(form, submitter) {
    const body = new URLSearchParams(new FormData(form));
    if (submitter && submitter.name) body.append(submitter.name, submitter.value);
    clearError();
    wait(true);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), SLOW);
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: body,
        headers: { Accept: "text/html", "X-Turn-Only": "yes" },
        credentials: "same-origin",
        signal: stop.signal,
      });
      if (!response.ok) {
        const told = await response.json().catch(() => ({}));
        if (told.token) renew(told.token);
        showError(told.error || "The question could not be answered. Try again.");
        return;
      }
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const turn = document.importNode(page.querySelector("article.turn"), true);
      const token = turn.querySelector("input[name=csrf_token]");
      if (token) renew(token.value);
      if (form === box) field.value = "";
      show(turn);
    } catch (problem) {
      showError(
        problem.name === "AbortError"
          ? "The answer is taking too long. Try again, or ask a shorter question."
          : "The service could not be reached. Check your connection and try again."
      );
    } finally {
      clearTimeout(timer);
      wait(false);
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-ask]")) return;
    event.preventDefault();
    if (!waiting) ask(form, event.submitter);
  });

  // In the box, Enter asks and Shift with Enter starts a new line; not while a word is being composed.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      box.requestSubmit();
    }
  });

  const focus = document.querySelector("[data-focus]");
  if (focus) focus.focus();
})();
