// What CKAN's own pages and modules leave without a name, a heading or a way for the keyboard (WCAG 1.3.1, 2.1.1, 4.1.2).
// It only adds what is missing, so that a page which does it right is left as it is.
(function () {
  "use strict";

  const SIGNS = { handle: "move", "hide-filters": "close" };
  let numbered = 0;

  function word(name) {
    const words = document.querySelector("[data-hk-words]");
    return (words && words.dataset[name]) || name;
  }

  function each(selector, mend) {
    document.querySelectorAll(selector).forEach(mend);
  }

  function hidden(tag, text) {
    const made = document.createElement(tag);
    made.className = "visually-hidden";
    made.textContent = text;
    return made;
  }

  function mainRegion() {
    const content = document.querySelector(".wrapper") || document.getElementById("content");
    if (content && !document.querySelector("main, [role=main]")) {
      content.setAttribute("role", "main");
    }
    const main = document.querySelector("main, [role=main]");
    if (main && !document.querySelector("h1")) {
      main.prepend(hidden("h1", document.title.split(" - ")[0]));
    }
  }

  // A link without an address is a button: CKAN's scripts listen to the mouse only.
  function buttons() {
    each("a.show-filters:not([href]), a.hide-filters:not([href]), .handle", (link) => {
      link.setAttribute("role", "button");
      link.tabIndex = 0;
      const kind = Object.keys(SIGNS).find((name) => link.classList.contains(name));
      if (kind && !link.textContent.trim()) {
        link.setAttribute("aria-label", word(SIGNS[kind]));
      }
    });
  }

  function labelOf(field) {
    const own = field.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    const group = field.closest(".form-group, .control-group") || field.closest("fieldset, .hk-field");
    const label = own || (group && group.querySelector("label, legend"));
    if (label && !label.id) {
      numbered += 1;
      label.id = `hk-label-${numbered}`;
    }
    return label;
  }

  function named(field, target) {
    const label = labelOf(field);
    if (label) {
      target.setAttribute("aria-labelledby", label.id);
    } else if (field.getAttribute("aria-label") || field.getAttribute("placeholder")) {
      target.setAttribute("aria-label", field.getAttribute("aria-label") || field.getAttribute("placeholder"));
    }
  }

  function fields() {
    const unnamed = ":not([type=hidden]):not([aria-label]):not([aria-labelledby]):not([title])";
    each(`input${unnamed}, select${unnamed}, textarea${unnamed}`, (field) => {
      if (!field.labels || !field.labels.length) {
        named(field, field);
      }
    });
    // Select2 puts boxes of its own beside the field, and forgets its name.
    each(".select2-container", (box) => {
      const field = box.previousElementSibling;
      const combobox = box.querySelector("[role=combobox]");
      if (!field || !combobox) {
        return;
      }
      named(field, combobox);
      box.querySelectorAll("textarea[role=searchbox]").forEach((search) => {
        search.removeAttribute("role");
        named(field, search);
      });
    });
  }

  function tables() {
    each("th", (cell) => {
      if (!cell.textContent.trim() && !cell.querySelector("input, img[alt]")) {
        cell.append(hidden("span", word("actions")));
      }
    });
    each("ul > p", (text) => {
      const item = document.createElement("li");
      text.replaceWith(item);
      item.append(text);
    });
  }

  function mend() {
    mainRegion();
    buttons();
    fields();
    tables();
    document.documentElement.dataset.hkMended = "";
  }

  document.addEventListener("keydown", (event) => {
    const button = event.target.closest && event.target.closest("a[role=button]:not([href])");
    if (button && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      button.click();
    }
    if (event.key === "Escape" && document.body.classList.contains("filters-modal")) {
      document.body.classList.remove("filters-modal");
      const back = document.querySelector(".show-filters");
      if (back) {
        back.focus();
      }
    }
  });

  // CKAN's modules build up a form after the page has loaded, once their words have arrived.
  const GROWN = "input, select, textarea, .select2-container, .handle, .show-filters, .hide-filters";
  let waiting = false;

  function soon() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mend();
      });
    }
  }

  function grown(node) {
    return node.nodeType === Node.ELEMENT_NODE && (node.matches(GROWN) || node.querySelector(GROWN) !== null);
  }

  window.addEventListener("load", () => {
    soon();
    new MutationObserver((changes) => {
      if (changes.some((change) => [...change.addedNodes].some(grown))) {
        soon();
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
