/* What Excel puts on the clipboard: cells parted by tabs, rows by line ends, cells with either of them in quotes. */
window.hkGrid = window.hkGrid || {};
(function (grid) {
  "use strict";

  /* Return a list of rows, each a list of texts. */
  grid.parse = function (text) {
    var rows = [[]];
    var cell = "";
    var quoted = false;
    var at = 0;
    function close() {
      rows[rows.length - 1].push(cell);
      cell = "";
    }
    text = text.replace(/\r\n?/g, "\n");
    while (at < text.length) {
      var sign = text[at];
      if (quoted && sign === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (quoted && sign === '"') {
        quoted = false;
      } else if (!quoted && sign === '"' && cell === "") {
        quoted = true;
      } else if (!quoted && sign === "\t") {
        close();
      } else if (!quoted && sign === "\n") {
        close();
        rows.push([]);
      } else {
        cell += sign;
      }
      at += 1;
    }
    close();
    var last = rows[rows.length - 1];
    if (rows.length > 1 && last.length === 1 && last[0] === "") {
      rows.pop();
    }
    return rows;
  };
})(window.hkGrid);
