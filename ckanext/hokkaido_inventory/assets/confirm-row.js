/* One click on a row without a new page. Whatever goes wrong, the form is sent as it is without this script. */
(function () {
  "use strict";

  var WORDS = ["unchanged", "gone", "carried"];
  var form = document.querySelector("[data-confirm]");
  if (!form) {
    return;
  }

  function all(selector, act) {
    document.querySelectorAll(selector).forEach(act);
  }

  function token() {
    var name = document.querySelector("meta[name=csrf_field_name]");
    var meta = name && document.querySelector('meta[name="' + name.content + '"]');
    return meta ? meta.content : "";
  }

  function show(result) {
    result.rows.forEach(function (one) {
      var line = document.querySelector('[data-row="' + one.id + '"]');
      line.setAttribute("data-change", one.change);
      line.querySelector("[data-change-label]").textContent = one.change_label;
      document.querySelector("[data-confirm-said]").textContent =
        line.querySelector(".hk-rowtitle").textContent + " — " + one.change_label;
    });
    all("form input[name=version]", function (field) {
      field.value = result.version;
    });
    all("[data-carried]", function (place) {
      place.textContent = String(result.progress.carried);
    });
    all("[data-progress]", function (bar) {
      bar.value = result.progress.looked_at;
    });
    all("[data-progress-text]", function (place) {
      place.textContent = place.getAttribute("data-text")
        .replace("{done}", result.progress.looked_at).replace("{rows}", result.progress.rows);
    });
  }

  /* The panel above has another next step as soon as nothing, or again something, is left to look at. */
  function other(result) {
    return (result.progress.carried > 0) !== Boolean(document.querySelector("[data-progress]"));
  }

  form.addEventListener("submit", function (event) {
    var button = event.submitter;
    if (!button || WORDS.indexOf(button.name) < 0 || form.hasAttribute("data-plain")) {
      return;
    }
    event.preventDefault();
    var asked = {
      survey: form.getAttribute("data-survey"),
      unit: form.getAttribute("data-unit"),
      ids: [button.value],
      change: button.name
    };
    var line = button.closest("tr");
    fetch(form.getAttribute("data-api"), {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(asked)
    }).then(function (answer) {
      return answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)));
    }).then(function (answer) {
      show(answer.result);
      if (other(answer.result)) {
        window.location.hash = "hk-next";
        window.location.reload();
        return;
      }
      var next = line.nextElementSibling && line.nextElementSibling.querySelector("button:not([hidden])");
      (button.offsetParent ? button : next || line.querySelector("a, button")).focus();
    }).catch(function () {
      form.setAttribute("data-plain", "");
      form.requestSubmit(button);
    });
  });
})();
