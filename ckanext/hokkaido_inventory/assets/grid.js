/* The table to fill in: moving by keyboard, changing a cell, pasting, and showing what the server made of it. */
(function (grid) {
  "use strict";

  var frame = document.querySelector("[data-grid]");
  if (!frame) {
    return;
  }
  var columns = JSON.parse(frame.getAttribute("data-columns"));
  var texts = JSON.parse(frame.getAttribute("data-texts"));
  var body = frame.querySelector("tbody");
  var template = frame.querySelector("[data-grid-new]");
  var editable = frame.hasAttribute("data-may-edit") && frame.getAttribute("data-may-edit") !== "";
  var hint = document.querySelector("[data-grid-hint]");
  var queue = null;
  var open = null;

  function column(cell) {
    return columns[cell.cellIndex - 1];
  }

  function cellAt(row, place) {
    return row && row.cells[Math.max(1, Math.min(place, columns.length))];
  }

  function keyOf(row) {
    if (!row.hasAttribute("data-key")) {
      row.setAttribute("data-key", row.getAttribute("data-id") ||
        "new-" + Date.now().toString(36) + Math.random().toString(36).slice(2, 8));
    }
    return row.getAttribute("data-key");
  }

  function rowOf(key) {
    return body.querySelector('tr[data-key="' + key + '"]') || body.querySelector('tr[data-id="' + key + '"]');
  }

  function cellOf(row, field) {
    return row.cells[columns.findIndex(function (one) { return one.key === field; }) + 1];
  }

  /* Make the cells of a row cells of a grid; the page is sent without this, because it is much. */
  function equip(row) {
    columns.forEach(function (asked, place) {
      var cell = row.cells[place + 1];
      cell.setAttribute("role", "gridcell");
      cell.tabIndex = -1;
      if (asked.kind === "choice" && !cell.hasAttribute("data-v")) {
        cell.setAttribute("data-v", "");
      }
    });
  }

  function addRow(key) {
    var row = template.content.firstElementChild.cloneNode(true);
    equip(row);
    if (key) {
      row.setAttribute("data-key", key);
    }
    body.appendChild(row);
    return row;
  }

  function spare() {
    var last = body.lastElementChild;
    if (!last || last.hasAttribute("data-id") || last.hasAttribute("data-key")) {
      addRow();
    }
  }

  /* ---- moving ---- */

  function focus(cell) {
    if (!cell) {
      return;
    }
    body.querySelectorAll('td[tabindex="0"]').forEach(function (one) { one.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus();
    var asked = column(cell);
    hint.textContent = asked.label + "：" + asked.help +
      (asked.example ? " " + grid.say(texts.example, { example: asked.example }) : "");
  }

  function move(cell, down, right) {
    var row = cell.parentNode;
    var place = cell.cellIndex + right;
    if (place > columns.length && row.nextElementSibling) {
      row = row.nextElementSibling;
      place = 1;
    } else if (place < 1 && row.previousElementSibling) {
      row = row.previousElementSibling;
      place = columns.length;
    }
    while (down > 0 && row.nextElementSibling) { row = row.nextElementSibling; down -= 1; }
    while (down < 0 && row.previousElementSibling) { row = row.previousElementSibling; down += 1; }
    focus(cellAt(row, place));
  }

  function atEdge(cell, back) {
    var row = cell.parentNode;
    return back ? cell.cellIndex === 1 && !row.previousElementSibling
      : cell.cellIndex === columns.length && !row.nextElementSibling;
  }

  /* ---- changing a cell ---- */

  function write(cell, raw) {
    var asked = column(cell);
    var row = cell.parentNode;
    var base = grid.valueOf(cell);
    if (cell.classList.contains("hk-conflict")) {
      return;
    }
    var read = grid.read(asked, raw, texts);
    if (read.value === base && !cell.classList.contains("hk-bad")) {
      return;
    }
    var entry = queue.of(keyOf(row), row.getAttribute("data-id"), Number(row.getAttribute("data-version")) || null);
    grid.show(cell, asked, read.value, read.fault);
    cell.classList.remove("hk-by-rule");
    queue.put(entry, asked.key, base, read.value, read.fault);
    spare();
  }

  function field(asked, value) {
    var input;
    if (asked.kind === "choice") {
      input = document.createElement("select");
      [["", texts.blank]].concat(asked.choices).forEach(function (pair) {
        var option = document.createElement("option");
        option.value = pair[0];
        option.textContent = pair[1];
        input.appendChild(option);
      });
    } else {
      input = document.createElement(asked.long ? "textarea" : "input");
    }
    if (asked.suggestions.length) {
      var list = document.createElement("datalist");
      list.id = "hk-list";
      asked.suggestions.forEach(function (label) {
        var option = document.createElement("option");
        option.value = label;
        list.appendChild(option);
      });
      input.setAttribute("list", "hk-list");
      input.hkList = list;
    }
    input.value = value;
    input.setAttribute("aria-label", asked.label);
    input.className = "hk-cell-field";
    return input;
  }

  function edit(cell, empty) {
    if (!editable || open || cell.classList.contains("hk-conflict")) {
      return;
    }
    var asked = column(cell);
    var value = grid.valueOf(cell);
    var fault = cell.querySelector(".hk-cell-note");
    var input = field(asked, empty ? "" : value);
    open = { cell: cell, input: input, value: value, fault: fault ? fault.textContent : null };
    cell.textContent = "";
    cell.appendChild(input);
    if (input.hkList) {
      cell.appendChild(input.hkList);
    }
    cell.classList.add("hk-editing");
    input.focus();
    if (!empty && input.setSelectionRange) {
      input.setSelectionRange(input.value.length, input.value.length);
    }
    input.addEventListener("blur", function () { close(true); });
    if (asked.kind === "choice") {
      /* By mouse, a choice is final; by keyboard, each arrow chooses and Enter or Tab ends it. */
      input.addEventListener("keydown", function () { input.hkKeys = true; });
      input.addEventListener("change", function () {
        if (!input.hkKeys) {
          close(true);
          focus(cell);
        }
      });
    }
  }

  function close(keep) {
    if (!open) {
      return;
    }
    var was = open;
    var raw = was.input.value;
    open = null;
    was.cell.classList.remove("hk-editing");
    grid.show(was.cell, column(was.cell), was.value, was.fault);
    if (keep) {
      write(was.cell, raw);
    }
  }

  function whileOpen(event) {
    var cell = open.cell;
    var lines = open.input.tagName === "TEXTAREA" && (event.altKey || event.shiftKey);
    if (event.key === "Enter" && lines) {
      if (event.altKey) {
        event.preventDefault();
        open.input.setRangeText("\n", open.input.selectionStart, open.input.selectionEnd, "end");
      }
      return;
    }
    if (event.key === "Enter" || event.key === "Tab" || event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close(event.key !== "Escape");
      if (event.key === "Enter") {
        move(cell, 1, 0);
      } else if (event.key === "Tab") {
        move(cell, 0, event.shiftKey ? -1 : 1);
      } else {
        focus(cell);
      }
    }
  }

  var STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };

  function whileClosed(event, cell) {
    var step = STEPS[event.key];
    var row = cell.parentNode;
    if (step) {
      move(cell, step[0], step[1]);
    } else if (event.key === "Tab") {
      if (atEdge(cell, event.shiftKey)) {
        return;
      }
      move(cell, 0, event.shiftKey ? -1 : 1);
    } else if (event.key === "Home" || event.key === "End") {
      row = !event.ctrlKey ? row : event.key === "Home" ? body.firstElementChild : body.lastElementChild;
      focus(cellAt(row, event.key === "Home" ? 1 : columns.length));
    } else if (event.key === "Escape") {
      document.querySelector("[data-grid-leave]").focus();
    } else if (event.key === "Enter" || event.key === "F2") {
      if (cell.classList.contains("hk-conflict")) {
        cell.querySelector("button").focus();
      }
      edit(cell, false);
    } else if ((event.key === "Delete" || event.key === "Backspace") && editable) {
      write(cell, "");
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey && (event.key.length === 1 || event.keyCode === 229)) {
      /* The field is there before the key arrives in it, so that the first sign, or the input method, begins inside. */
      edit(cell, true);
      return;
    } else {
      return;
    }
    event.preventDefault();
  }

  body.addEventListener("keydown", function (event) {
    if (open) {
      /* An input method takes Enter to end a conversion (I18-01). */
      if (!event.isComposing && event.keyCode !== 229) {
        whileOpen(event);
      }
      return;
    }
    if (event.target.matches("td[role=gridcell]")) {
      whileClosed(event, event.target);
    }
  });

  body.addEventListener("mousedown", function (event) {
    var cell = event.target.closest("td[role=gridcell]");
    if (cell && !(open && open.cell === cell) && !event.target.closest("button")) {
      event.preventDefault();
      close(true);
      if (document.activeElement === cell) {
        edit(cell, false);
      } else {
        focus(cell);
      }
    }
  });

  /* ---- pasting and copying ---- */

  function paste(cell, rows) {
    var line = cell.parentNode;
    var left = body.rows.length - Array.prototype.indexOf.call(body.rows, line);
    if (rows.length > left && frame.getAttribute("data-last") === "") {
      trouble(texts.lastpage);
      return;
    }
    rows.forEach(function (texts_) {
      line = line || addRow();
      texts_.slice(0, columns.length - cell.cellIndex + 1).forEach(function (text, step) {
        write(line.cells[cell.cellIndex + step], text);
      });
      line = line.nextElementSibling;
    });
    spare();
    focus(cell);
    hint.textContent = grid.say(texts.pasted, { rows: rows.length });
  }

  document.addEventListener("paste", function (event) {
    var cell = document.activeElement;
    if (editable && !open && cell && body.contains(cell) && cell.matches("td[role=gridcell]")) {
      event.preventDefault();
      paste(cell, grid.parse(event.clipboardData.getData("text/plain")));
    }
  });

  document.addEventListener("copy", function (event) {
    var cell = document.activeElement;
    if (!open && cell && body.contains(cell) && String(window.getSelection()) === "") {
      event.preventDefault();
      event.clipboardData.setData("text/plain", cell.firstChild ? cell.firstChild.textContent : "");
    }
  });

  /* ---- what the server says ---- */

  function button(text, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-secondary btn-sm";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function trouble(text, link) {
    var place = document.querySelector("[data-grid-trouble]");
    place.textContent = text || "";
    place.hidden = !text;
    if (link) {
      var a = document.createElement("a");
      a.href = frame.getAttribute("data-login");
      a.target = "_blank";
      a.rel = "noopener";
      a.textContent = texts.login;
      place.append(" ", a);
    }
    if (text) {
      place.append(" ", button(texts.retry, function () { queue.soon(0); }));
    }
  }

  function tell(state, detail) {
    var place = document.querySelector("[data-grid-state]");
    var calm = { saved: 1, saving: 1, unsaved: 1 };
    place.setAttribute("data-state", state);
    place.textContent = calm[state] ? texts[state] : texts.unsaved;
    if (state === "saved" || state === "named" || state === "marked" || state === "unsaved") {
      trouble("");
      if (state === "named" || state === "marked") {
        place.textContent = texts[state];
      }
    } else if (!calm[state]) {
      trouble(grid.say(texts[state], { reason: detail || "" }), state === "expired");
    }
  }

  function valuesOf(row) {
    return Object.assign({ title: row.title, description: row.description }, row.answers);
  }

  function heard(entry, row) {
    var line = rowOf(entry.key);
    var same = body.querySelector('tr[data-id="' + row.id + '"]');
    if (line && same && same !== line) {
      /* It was stored before the page was opened again: one row, not two. */
      line.remove();
      same.setAttribute("data-key", entry.key);
      line = same;
    }
    if (!line) {
      return;
    }
    line.setAttribute("data-id", row.id);
    line.setAttribute("data-version", row.version);
    line.setAttribute("data-change", row.change);
    line.querySelector("[data-decision]").textContent = row.decision_label;
    var link = line.querySelector("th a");
    link.textContent = row.number;
    link.href = frame.getAttribute("data-edit").replace("ROW", row.id);
    var values = valuesOf(row);
    columns.forEach(function (asked) {
      var cell = cellOf(line, asked.key);
      if (!(asked.key in entry.values) && !(open && open.cell === cell)) {
        grid.show(cell, asked, values[asked.key]);
        cell.classList.toggle("hk-by-rule", row.by_rule.indexOf(asked.key) >= 0);
      }
    });
  }

  function part(text, act) {
    var side = document.createElement("span");
    side.className = "hk-side";
    side.append(text, " ", button(texts.take, act));
    return side;
  }

  /* Both texts stand in the cell until somebody chooses; the row waits so long (CC-01). */
  function conflict(entry, line, asked, mine, theirs) {
    var cell = cellOf(line, asked.key);
    function name(value) { return asked.names[value] || value || texts.blank; }
    function choose(value) {
      return function () {
        entry.base[asked.key] = theirs;
        grid.show(cell, asked, value);
        entry.clashes -= 1;
        if (value === theirs) {
          queue.drop(entry, asked.key);
        } else {
          entry.values[asked.key] = { value: value, fault: null };
        }
        if (!entry.clashes) {
          delete entry.stuck;
        }
        queue.persist();
        queue.soon(0);
        focus(cell);
      };
    }
    grid.show(cell, asked, mine);
    cell.textContent = texts.conflict;
    cell.classList.add("hk-conflict");
    cell.append(part(grid.say(texts.mine, { value: name(mine) }), choose(mine)),
      part(grid.say(texts.theirs, { value: name(theirs) }), choose(theirs)));
  }

  function text(value) {
    return value === null || value === undefined ? "" : String(value);
  }

  function merge(entry, line, current) {
    var values = valuesOf(current);
    entry.version = current.version;
    entry.clashes = 0;
    var disputed = columns.filter(function (asked) {
      var now = entry.values[asked.key];
      var theirs = text(values[asked.key]);
      return now && theirs !== entry.base[asked.key] && theirs !== now.value;
    });
    heard(entry, current);
    disputed.forEach(function (asked) {
      entry.clashes += 1;
      entry.stuck = true;
      conflict(entry, line, asked, entry.values[asked.key].value, text(values[asked.key]));
    });
  }

  function refused(entry, fault) {
    var line = rowOf(entry.key);
    if (!line) {
      entry.stuck = true;
    } else if (fault.current) {
      merge(entry, line, fault.current);
    } else {
      var marked = columns.filter(function (asked) { return fault.errors[asked.key]; });
      var reason = Object.keys(fault.errors).map(function (name) { return [].concat(fault.errors[name]).join(" "); });
      entry.stuck = !marked.length;
      (marked.length ? marked : [columns[0]]).forEach(function (asked) {
        var cell = cellOf(line, asked.key);
        var why = marked.length ? [].concat(fault.errors[asked.key]).join(" ") : reason.join(" ");
        if (entry.values[asked.key]) {
          entry.values[asked.key].fault = why;
        }
        grid.show(cell, asked, entry.values[asked.key] ? entry.values[asked.key].value : grid.valueOf(cell), why);
      });
    }
  }

  /* ---- beginning ---- */

  function putBack(entry) {
    var line = rowOf(entry.id || entry.key) || (entry.id ? null : addRow(entry.key));
    if (!line) {
      return;
    }
    line.setAttribute("data-key", entry.key);
    Object.keys(entry.values).forEach(function (key) {
      var asked = columns.find(function (one) { return one.key === key; });
      if (asked) {
        grid.show(cellOf(line, key), asked, entry.values[key].value, entry.values[key].fault);
      }
    });
    if (entry.clashes) {
      delete entry.stuck;
      entry.version = entry.version - 1;
    }
  }

  Array.prototype.forEach.call(body.rows, equip);
  if (editable) {
    queue = new grid.Queue({
      api: frame.getAttribute("data-api"),
      survey: frame.getAttribute("data-survey"),
      unit: frame.getAttribute("data-unit"),
      response: frame.getAttribute("data-response"),
      user: frame.getAttribute("data-user")
    }, tell, heard, refused, function (kept) {
      kept.forEach(putBack);
      tell("unsaved");
      hint.textContent = texts.restored;
    });
    queue.adopt(true);
    spare();
    var add = document.querySelector("[data-grid-add]");
    add.hidden = false;
    add.addEventListener("click", function () { focus(cellAt(addRow(), 1)); });
  }
  if (body.rows.length) {
    cellAt(body.rows[0], 1).tabIndex = 0;
  }
})(window.hkGrid);
