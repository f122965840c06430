// Groups of fields that are added and removed; keyboard and screen reader follow.
(function () {
  "use strict";

  function groupsOf(field) {
    return Array.from(field.querySelector("[data-hk-groups]").children);
  }

  function renumber(field) {
    groupsOf(field).forEach((group, place) => {
      const shown = group.querySelector("[data-hk-number]");
      if (shown) {
        shown.textContent = place + 1;
      }
      const remove = group.querySelector("[data-hk-remove]");
      if (remove) {
        remove.setAttribute("aria-label", remove.dataset.hkRemoveLabel.replace("__shown__", place + 1));
      }
    });
  }

  function add(field) {
    const numbers = groupsOf(field).map((group) => Number(group.dataset.hkGroup));
    const number = Math.max(-1, ...numbers) + 1;
    const made = document.createElement("div");
    made.innerHTML = field
      .querySelector("[data-hk-template]")
      .innerHTML.replaceAll("__number__", number)
      .replaceAll(/__shown__(?=<)/g, number + 1);
    const group = made.firstElementChild;
    field.querySelector("[data-hk-groups]").append(group);
    renumber(field);
    group.querySelector("input, select, textarea").focus();
  }

  function remove(field, group) {
    const next = group.nextElementSibling || group.previousElementSibling;
    group.remove();
    renumber(field);
    const target = next ? next.querySelector("input, select, textarea") : field.querySelector("[data-hk-add]");
    if (target) {
      target.focus();
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-hk-add], [data-hk-remove]");
    const field = button && button.closest("[data-hk-repeating]");
    if (!field) {
      return;
    }
    if (button.matches("[data-hk-add]")) {
      add(field);
    } else {
      remove(field, button.closest("[data-hk-group]"));
    }
  });
})();
