// Says that a chosen file is larger than the portal takes, before it is sent; such a file is never sent.
// Scripts that would look at the file leave one alone whose field has data-hk-too-large.
(function () {
  "use strict";

  document.querySelectorAll("[data-hk-file-limit]").forEach((box) => {
    const form = box.closest("form");
    const most = Number(box.dataset.hkFileLimit);
    if (!form || !most) {
      return;
    }
    const isFile = (field) => field.type === "file" && field.name === "upload";

    function look(field) {
      const file = field.files[0];
      const large = Boolean(file) && file.size > most;
      field.toggleAttribute("data-hk-too-large", large);
      box.hidden = !large;
      box.textContent = large
        ? box.dataset.hkSays.replace("{name}", file.name).replace("{size}", Math.ceil(file.size / 104857.6) / 10)
        : "";
      if (large) {
        // Where the field is: CKAN folds its own field away.
        (field.closest(".resource-upload-field") || field.closest(".form-group") || field).after(box);
      }
    }

    // First of all, so that other scripts find the mark.
    form.addEventListener("change", (event) => {
      if (isFile(event.target)) {
        look(event.target);
      }
    }, true);

    form.addEventListener("submit", (event) => {
      const field = Array.from(form.elements).find((one) => isFile(one) && one.hasAttribute("data-hk-too-large"));
      if (!field) {
        return;
      }
      if (event.submitter && event.submitter.formNoValidate) {
        // "Later": what is typed goes, the file does not.
        field.disabled = true;
        setTimeout(() => { field.disabled = false; }, 0);
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      box.focus();
    }, true);
  });
})();
