/* The form of one row keeps what is typed in this browser until the server has it: a lost session or a closed tab loses
   nothing. The page that follows a save names the draft that is stored now. */
(function () {
  "use strict";

  var PREFIX = "hk-draft:";

  function each(act) {
    try {
      Object.keys(window.localStorage).filter(function (name) {
        return name.indexOf(PREFIX) === 0;
      }).forEach(function (name) {
        act(name, JSON.parse(window.localStorage.getItem(name)));
      });
    } catch (error) {
      return;
    }
  }

  function forget(key) {
    each(function (name, draft) {
      if (draft && draft.key === key) {
        window.localStorage.removeItem(name);
      }
    });
  }

  var saved = new URLSearchParams(window.location.search).get("saved");
  if (saved) {
    forget(saved);
    var address = new URL(window.location.href);
    address.searchParams.delete("saved");
    window.history.replaceState(null, "", address);
  }

  var form = document.querySelector("[data-draft]");
  if (!form) {
    return;
  }
  var name = PREFIX + form.getAttribute("data-draft");
  var key = form.elements.draft;

  function values() {
    var found = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      var asked = field.name && field.closest("[data-question]");
      if (asked && (field.type !== "radio" || field.checked)) {
        found[field.name] = field.value;
      }
    });
    return found;
  }

  function fill(kept) {
    Object.keys(kept).forEach(function (field) {
      if (form.elements[field]) {
        form.elements[field].value = kept[field];
      }
    });
    form.dispatchEvent(new Event("change"));
  }

  var before = values();
  var notice = document.querySelector("[data-draft-notice]");
  var draft = null;
  try {
    draft = JSON.parse(window.localStorage.getItem(name));
  } catch (error) {
    draft = null;
  }
  if (draft && JSON.stringify(draft.values) !== JSON.stringify(before)) {
    fill(draft.values);
    key.value = draft.key;
    if (draft.version && form.elements.version) {
      /* What it began from: if somebody changed the row since, both texts are shown when it is saved. */
      form.elements.version.value = draft.version;
      form.elements.base.value = draft.base;
    }
    notice.hidden = false;
    notice.querySelector("button").addEventListener("click", function () {
      window.localStorage.removeItem(name);
      window.location.reload();
    });
  }
  key.value = key.value || Date.now().toString(36) + Math.random().toString(36).slice(2, 10);

  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  function keep() {
    try {
      window.localStorage.setItem(name, JSON.stringify({
        key: key.value,
        values: values(),
        version: form.elements.version ? form.elements.version.value : null,
        base: form.elements.base ? form.elements.base.value : null
      }));
    } catch (error) {
      return;
    }
  }
})();
