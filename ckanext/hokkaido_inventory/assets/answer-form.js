/* Shows only the questions that apply, as the official form's guide lays it out. The server keeps the same rules:
   without this script every question is shown and nothing else changes. */
(function () {
  "use strict";

  var KINDS = ["specific_personal_information", "sensitive_personal_information"];
  var DECIDING = ["personal_information", "harm_to_order_or_rights", "legal_restriction"].concat(KINDS);
  var WHY = ["reason", "reason_note", "law", "blocking_step", "review_on"];
  var FIT = ["fit_council", "fit_report", "fit_statistics", "fit_budget", "fit_information"];
  var API = ["update_interval", "update_unit", "column_count", "mashup_geospatial", "mashup_business", "mashup_local",
    "mashup_other", "mashup_note"];

  function value(form, key) {
    var field = form.elements[key];
    return field ? field.value : "";
  }

  function show(element, visible) {
    if (element) {
      element.hidden = !visible;
    }
  }

  function question(form, key) {
    return form.querySelector('[data-question="' + key + '"]');
  }

  function any(form, keys, wanted) {
    return keys.some(function (key) {
      return wanted.indexOf(value(form, key)) >= 0;
    });
  }

  function arrange(form) {
    var none = value(form, "personal_information") === "no" && !any(form, KINDS, ["yes", "unclear"]);
    KINDS.concat("anonymised_release_requested").forEach(function (key) {
      show(question(form, key), !none);
    });

    /* Why it is not open is asked where it is not simply open, and stays where somebody has said something. */
    var said = WHY.some(function (key) { return value(form, key) !== ""; });
    show(form.querySelector('[data-asked="reason"]'), said || any(form, DECIDING, ["yes", "unclear"]));

    var personal = any(form, ["personal_information"].concat(KINDS), ["yes"]);
    var closed = value(form, "harm_to_order_or_rights") === "yes" ||
      (personal && value(form, "anonymised_release_requested") === "no");
    show(form.querySelector('[data-asked="open"]'), !closed);

    var status = value(form, "publication_status");
    FIT.forEach(function (key) {
      show(question(form, key), status !== "published" && status !== "planned");
    });
    var format = value(form, "api_format");
    API.forEach(function (key) {
      show(question(form, key), !(status === "published" && format !== "" && format !== "-"));
    });
  }

  /* What the round before said stands beside a field as soon as it says something else. */
  function compare(form) {
    form.querySelectorAll("[data-before]").forEach(function (note) {
      var key = note.closest("[data-question]").getAttribute("data-question");
      note.hidden = value(form, key).replace(/\r\n/g, "\n").trim() === note.getAttribute("data-before").trim();
    });
  }

  document.querySelectorAll("[data-answer-form]").forEach(function (form) {
    form.addEventListener("change", function () {
      arrange(form);
      compare(form);
    });
    form.addEventListener("input", function () { compare(form); });
    /* Enter ends a conversion of the input method; it never sends the form by itself (I18-01). */
    form.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && event.target.tagName === "INPUT" && (event.isComposing || event.keyCode === 229)) {
        event.preventDefault();
      }
    });
    arrange(form);
    compare(form);
  });

  var errors = document.getElementById("hk-errors");
  if (errors) {
    errors.focus();
  }
})();
