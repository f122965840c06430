/* Cells of the table: what a person writes becomes the value that is stored, or a mark with its reason. */
window.hkGrid = window.hkGrid || {};
(function (grid) {
  "use strict";

  /* Replace the words in braces of a sentence. */
  grid.say = function (text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) {
      return values && name in values ? String(values[name]) : whole;
    });
  };

  function plain(text) {
    return text.normalize("NFKC").trim().toLowerCase();
  }

  function choice(column, text, texts) {
    var wanted = plain(text);
    var word = Object.keys(column.words).find(function (one) {
      return plain(one) === wanted;
    });
    if (word !== undefined) {
      return { value: column.words[word] };
    }
    var names = column.choices.map(function (pair) { return pair[1]; }).join("・");
    return { value: text, fault: grid.say(texts.choose, { value: text, choices: names }) };
  }

  /* Return {value} to be stored, with {fault} when the question does not take it. Dates are read by the server. */
  grid.read = function (column, raw, texts) {
    var text = raw.replace(/\r\n?/g, "\n").trim();
    if (text === "") {
      return { value: "" };
    }
    if (column.kind === "choice") {
      return choice(column, text, texts);
    }
    if (column.kind === "number" && !/^[0-9,]+$/.test(text.normalize("NFKC"))) {
      return { value: text, fault: grid.say(texts.number, { value: text }) };
    }
    if (column.kind === "text" && text.length > column.limit) {
      return { value: text, fault: grid.say(texts.long, { limit: column.limit }) };
    }
    return { value: text };
  };

  /* Return the value a cell holds. */
  grid.valueOf = function (cell) {
    return cell.hasAttribute("data-v") ? cell.getAttribute("data-v") : cell.firstChild ? cell.firstChild.textContent : "";
  };

  /* Show a value, and under it why it is not taken. */
  grid.show = function (cell, column, value, fault) {
    value = value === null || value === undefined ? "" : String(value);
    if (cell.hasAttribute("data-v")) {
      cell.setAttribute("data-v", value);
    }
    cell.textContent = column.names[value] || value;
    cell.classList.remove("hk-conflict");
    cell.classList.toggle("hk-bad", Boolean(fault));
    if (fault) {
      var note = document.createElement("span");
      note.className = "hk-cell-note";
      note.textContent = fault;
      cell.appendChild(note);
      cell.setAttribute("aria-invalid", "true");
    } else {
      cell.removeAttribute("aria-invalid");
    }
  };
})(window.hkGrid);
