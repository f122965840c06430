/* Ticking a unit ticks everything below it; without this script every box and group still works by itself. */
(function () {
  "use strict";

  function summarise(tree) {
    var counter = document.getElementById(tree.getAttribute("data-counter"));
    if (counter) {
      counter.textContent = String(tree.querySelectorAll("input[type=checkbox]:checked").length);
    }
  }

  document.querySelectorAll("[data-unit-tree]").forEach(function (tree) {
    tree.addEventListener("change", function (event) {
      var box = event.target;
      var item = box.closest("li");
      item.querySelectorAll("ul input[type=checkbox]").forEach(function (below) {
        below.checked = box.checked;
      });
      summarise(tree);
    });
    summarise(tree);
  });

  /* A group ticks boxes of the tree. What is sent is the tree then, so that a single box can be taken out again. */
  document.querySelectorAll("[data-tick-group]").forEach(function (group) {
    var tree = document.getElementById(group.getAttribute("aria-controls"));
    var key = group.getAttribute("data-tick-group");
    function apply() {
      tree.querySelectorAll("input[data-" + key + '="' + group.value + '"]').forEach(function (box) {
        box.checked = group.checked;
      });
      summarise(tree);
    }
    group.removeAttribute("name");
    group.addEventListener("change", apply);
    if (group.checked) {
      apply();
    }
  });

  document.querySelectorAll("[data-tick-all]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var tree = document.getElementById(button.getAttribute("aria-controls"));
      tree.querySelectorAll("input[type=checkbox]").forEach(function (box) {
        box.checked = button.getAttribute("data-tick-all") === "all";
      });
      summarise(tree);
    });
  });
})();
