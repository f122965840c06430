// Whoever follows a link to a field of a form arrives at it, although the form grows while CKAN builds it up.
(function () {
  "use strict";

  // A field of several parts has no element of its own name, or nothing but a label, and CKAN calls some otherwise.
  function wanted(id) {
    return (
      document.getElementById(id) ||
      document.querySelector('[id^="' + CSS.escape(id + "-") + '"]') ||
      document.getElementsByName(id.slice("field-".length))[0] ||
      document.querySelector('label[for="' + CSS.escape(id) + '"]')
    );
  }

  function jump() {
    const id = decodeURIComponent(location.hash.slice(1));
    const field = id.startsWith("field-") && wanted(id);
    if (!field) {
      return;
    }
    const group = field.closest(".form-group, .control-group") || field;
    group.scrollIntoView({ block: "center" });
    group.classList.add("hk-field-wanted");
    const first = field.matches("label") ? group.querySelector("input, select, textarea, a, button") : field;
    if (first) {
      first.focus({ preventScroll: true });
    }
  }

  // CKAN's modules start with the page and shape the form before the next frame is drawn.
  window.addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(jump)));
  window.addEventListener("hashchange", jump);
})();
