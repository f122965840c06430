/* Shows only the questions that apply, as the official form's guide lays it out. The server keeps the same rules:
   without this script every question is shown and nothing else changes. */
(function () {
  "use strict";

  var KINDS = ["specific_personal_information", "sensitive_personal_information"];
  var FIT = ["fit_council", "fit_report", "fit_statistics", "fit_budget", "fit_information"];

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

  function arrange(form) {
    var none = value(form, "personal_information") === "no" && !KINDS.some(function (key) {
      return value(form, key) === "yes" || value(form, key) === "unclear";
    });
    KINDS.concat("anonymised_release_requested").forEach(function (key) {
      show(question(form, key), !none);
    });

    var personal = ["personal_information"].concat(KINDS).some(function (key) {
      return value(form, key) === "yes";
    });
    var closed = value(form, "harm_to_order_or_rights") === "yes" ||
      (personal && value(form, "anonymised_release_requested") === "no");
    var doubtful = closed || personal || value(form, "legal_restriction") === "yes";
    show(form.querySelector('[data-asked="reason"]'), doubtful || value(form, "reason") !== "");
    show(form.querySelector('[data-asked="open"]'), !closed);

    var status = value(form, "publication_status");
    FIT.forEach(function (key) {
      show(question(form, key), status !== "published" && status !== "planned");
    });
  }

  document.querySelectorAll("[data-answer-form]").forEach(function (form) {
    form.addEventListener("change", function () {
      arrange(form);
    });
    arrange(form);
  });

  var errors = document.getElementById("hk-errors");
  if (errors) {
    errors.focus();
  }
})();
