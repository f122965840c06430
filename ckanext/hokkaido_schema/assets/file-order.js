"use strict";

/* Moves files up and down their list without a journey to the server; what is in the list is stored by its form. */
{
  const list = document.querySelector(".hk-order");
  const status = document.getElementById("hk-order-status");

  const settle = () => {
    const items = [...list.children];
    items.forEach((item, place) => {
      for (const button of item.querySelectorAll("[data-hk-move]")) {
        button.disabled = place === (button.dataset.hkMove === "up" ? 0 : items.length - 1);
      }
    });
  };

  const tell = (item) => {
    const place = [...list.children].indexOf(item) + 1;
    const values = { name: item.dataset.hkName, place, count: list.children.length };
    status.textContent = list.dataset.hkSaid.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
    settle();
  };

  if (list && status) {
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-hk-move]");
      if (!button) return;
      event.preventDefault();
      const item = button.closest("li");
      const isUp = button.dataset.hkMove === "up";
      const neighbour = isUp ? item.previousElementSibling : item.nextElementSibling;
      if (neighbour) list.insertBefore(isUp ? item : neighbour, isUp ? neighbour : item);
      tell(item);
      // A button that has no further to go cannot keep the focus; the other one of the same file takes it.
      (button.disabled ? item.querySelector("[data-hk-move]:enabled") : button).focus();
    });
    if (window.jQuery && window.jQuery.fn.sortable) {
      window.jQuery(list).sortable({ axis: "y", cancel: "button,a", update: (_event, ui) => tell(ui.item[0]) });
    }
  }
}
