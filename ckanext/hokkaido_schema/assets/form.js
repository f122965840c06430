// The form of a dataset keeps what is typed on the server until it is saved, and says what is wrong where it is wrong.
// Nothing is written into the browser's own storage: the computers of an office are shared.
(function () {
  "use strict";

  const form = document.querySelector("form[data-hk-keep]");
  if (!form) {
    return;
  }
  const status = form.querySelector("[data-hk-status]");
  const WAIT = 2000;
  let timer = null;
  let dirty = false;
  let sending = false;

  function items() {
    return Array.from(new FormData(form).entries()).filter((pair) => typeof pair[1] === "string");
  }

  function token() {
    return form.elements["_csrf_token"];
  }

  function body() {
    const own = ["_version", "_base", "_csrf_token"];
    return JSON.stringify({
      items: items().filter((pair) => !own.includes(pair[0])),
      version: form.elements._version.value,
      base: JSON.parse(form.elements._base.value || "{}"),
    });
  }

  function post(keepalive) {
    const headers = { "Content-Type": "application/json" };
    if (token()) {
      headers["X-CSRFToken"] = token().value;
    }
    return fetch(form.dataset.hkKeep, {
      method: "POST", headers, body: body(), keepalive, credentials: "same-origin", redirect: "manual",
    });
  }

  // Whoever logs in again in another window gets another token; the page asks for it, and nothing typed is lost.
  async function renewToken() {
    const answer = await fetch(location.pathname, { credentials: "same-origin", redirect: "manual" });
    if (!answer.ok || !token()) {
      return false;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-hk-keep] input[name=_csrf_token]");
    if (fresh) {
      document.querySelectorAll("input[name=_csrf_token]").forEach((one) => { one.value = fresh.value; });
    }
    return Boolean(fresh);
  }

  function say(text, isLost) {
    status.textContent = text;
    status.classList.toggle("hk-kept--lost", Boolean(isLost));
  }

  async function keep() {
    timer = null;
    if (!dirty || sending) {
      return;
    }
    sending = true;
    dirty = false;
    try {
      let answer = await post(false);
      if (!answer.ok && (await renewToken())) {
        answer = await post(false);
      }
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      const kept = await answer.json();
      say(form.dataset.hkKept.replace("{time}", kept.kept), false);
    } catch (error) {
      dirty = true;
      say(form.dataset.hkLost, true);
    }
    sending = false;
    if (dirty) {
      timer = timer || setTimeout(keep, WAIT * 5);
    }
  }

  function touched() {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  }

  // CKAN's boxes for several choices tell of a change through jQuery only.
  form.addEventListener("input", touched);
  if (window.jQuery) {
    window.jQuery(form).on("change", touched);
  } else {
    form.addEventListener("change", touched);
  }
  form.addEventListener("submit", () => {
    dirty = false;
    clearTimeout(timer);
  });
  window.addEventListener("pagehide", () => {
    if (dirty) {
      post(true);
    }
  });

  // Each wrong field names its message; the list of all of them is read out first.
  form.querySelectorAll(".error-block").forEach((message, number) => {
    const group = message.closest(".form-group");
    const field = group && group.querySelector("input, select, textarea");
    if (field) {
      message.id = message.id || "hk-error-" + number;
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", message.id);
    }
  });
  // The lists of addresses have one label for several boxes, which grow in number.
  function name(field) {
    const group = field.closest(".form-group");
    const label = group && group.querySelector("label");
    if (label && field.name && field.labels && !field.labels.length && !field.hasAttribute("aria-label")) {
      field.setAttribute("aria-label", label.textContent.trim());
    }
  }
  Array.from(form.elements).forEach(name);
  form.addEventListener("focusin", (event) => name(event.target));

  const problems = document.querySelector("[data-hk-problems]");
  if (problems && !location.hash) {
    problems.focus();
  }

  // A link to a field that is folded away unfolds it.
  function unfold() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && (document.getElementById(id) || document.querySelector('[id^="' + CSS.escape(id) + '"]'));
    const fold = target && target.closest("details");
    if (fold) {
      fold.open = true;
    }
  }
  window.addEventListener("hashchange", unfold, true);
  unfold();
})();
