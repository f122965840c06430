/* What is typed and not saved yet. It is written to this browser's storage at once, and leaves it only when the server
   has said that it is stored: a lost session, a closed tab or a cut line loses nothing. A request carries a key, so that
   sending it again makes no second row. */
window.hkGrid = window.hkGrid || {};
(function (grid) {
  "use strict";

  var PAUSE = 800;
  var AGAIN = [3000, 10000, 30000, 60000];
  var MANY = 200;
  var ALIVE = 15000;

  function fresh() {
    return Date.now().toString(36) + Math.random().toString(36).slice(2, 12);
  }

  function store(name, value) {
    try {
      if (value === null) {
        window.localStorage.removeItem(name);
      } else {
        window.localStorage.setItem(name, JSON.stringify(value));
      }
    } catch (error) {
      return false;
    }
    return true;
  }

  function stored(name) {
    try {
      return JSON.parse(window.localStorage.getItem(name));
    } catch (error) {
      return null;
    }
  }

  function tab() {
    var id = window.sessionStorage.getItem("hk-tab") || fresh();
    window.sessionStorage.setItem("hk-tab", id);
    return id;
  }

  /* `where`: {api, survey, unit, response, user}; `tell(state, detail)` hears how it stands;
     `heard(entry, row)` and `refused(entry, fault)` are told of each row, `back(entries)` of what an earlier visit left. */
  grid.Queue = function (where, tell, heard, refused, back) {
    this.where = where;
    this.tell = tell;
    this.heard = heard;
    this.refused = refused;
    this.back = back;
    this.prefix = "hk-grid:" + where.user + ":" + where.response + ":";
    this.name = this.prefix + tab();
    this.entries = {};
    this.inflight = null;
    this.sending = false;
    this.tries = 0;
    this.timer = null;
    var self = this;
    window.setInterval(function () {
      self.persist();
      self.adopt(false);
    }, ALIVE / 3);
    /* A page that goes lets the next one take its entries over at once. */
    window.addEventListener("pagehide", function () { self.persist(0); });
    window.addEventListener("online", function () { self.soon(0); });
    window.addEventListener("focus", function () { if (self.lost) { self.soon(0); } });
    document.addEventListener("visibilitychange", function () { if (document.hidden) { self.soon(0); } });
  };

  var Queue = grid.Queue.prototype;

  Queue.persist = function (at) {
    var empty = !this.inflight && !Object.keys(this.entries).length;
    at = at === undefined ? Date.now() : at;
    return store(this.name, empty ? null : { entries: this.entries, inflight: this.inflight, at: at });
  };

  /* Take over what a tab that is closed by now (at the beginning: this one, too) could not send. */
  Queue.adopt = function (own) {
    var self = this;
    var found = [];
    Object.keys(window.localStorage).filter(function (name) {
      return name.indexOf(self.prefix) === 0;
    }).forEach(function (name) {
      var kept = stored(name);
      if (!kept || (name === self.name ? !own : Date.now() - kept.at < ALIVE)) {
        return;
      }
      if (kept.inflight && !self.inflight) {
        self.inflight = kept.inflight;
      }
      Object.keys(kept.entries).forEach(function (key) {
        self.entries[key] = kept.entries[key];
        found.push(kept.entries[key]);
      });
      if (name !== self.name) {
        store(name, null);
      }
    });
    if (found.length) {
      this.persist();
      this.back(found);
      this.soon(0);
    }
  };

  /* Return the entry of a row, by its id or, for one that is not stored yet, by a key of its own. */
  Queue.of = function (key, id, version) {
    if (!this.entries[key]) {
      this.entries[key] = { key: key, id: id || null, version: version || null, base: {}, values: {} };
    }
    return this.entries[key];
  };

  Queue.put = function (entry, field, base, value, fault) {
    if (!(field in entry.base)) {
      entry.base[field] = base;
    }
    entry.values[field] = { value: value, fault: fault || null };
    if (!entry.clashes) {
      delete entry.stuck;
    }
    this.persist();
    this.tell("unsaved");
    this.soon(PAUSE);
  };

  Queue.drop = function (entry, field) {
    delete entry.values[field];
    delete entry.base[field];
    if (!Object.keys(entry.values).length) {
      delete this.entries[entry.key];
    }
    this.persist();
  };

  Queue.soon = function (wait) {
    var self = this;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(function () { self.flush(); }, wait);
  };

  function sendable(entry) {
    var row = {};
    Object.keys(entry.values).forEach(function (field) {
      if (!entry.values[field].fault) {
        row[field] = entry.values[field].value;
      }
    });
    return !entry.stuck && Object.keys(row).length && (entry.id || row.title) ? row : null;
  }

  Queue.prepare = function () {
    var rows = [];
    var sent = [];
    var self = this;
    Object.keys(this.entries).some(function (key) {
      var entry = self.entries[key];
      var row = sendable(entry);
      if (row) {
        sent.push({ key: key, values: row });
        rows.push(entry.id ? Object.assign({ id: entry.id, version: entry.version }, row) : row);
      }
      return rows.length >= MANY;
    });
    return rows.length ? { key: fresh(), rows: rows, sent: sent } : null;
  };

  Queue.flush = function () {
    if (this.sending) {
      return;
    }
    this.inflight = this.inflight || this.prepare();
    if (!this.inflight) {
      this.settle();
      return;
    }
    this.persist();
    this.sending = true;
    this.tell("saving");
    var self = this;
    var body = JSON.stringify({
      survey: this.where.survey, unit: this.where.unit, key: this.inflight.key, rows: this.inflight.rows
    });
    fetch(this.where.api, {
      method: "POST",
      credentials: "same-origin",
      keepalive: body.length < 60000,
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token() },
      body: body
    }).then(function (answer) {
      return answer.json().catch(function () { return {}; }).then(function (content) {
        self.sending = false;
        self.answered(answer.status, content);
      });
    }).catch(function () {
      self.sending = false;
      self.later();
    });
  };

  Queue.answered = function (status, content) {
    var error = content.error || {};
    if (status === 200 && content.success) {
      this.lost = false;
      this.tries = 0;
      this.taken(content.result);
    } else if (status === 409 && Array.isArray(error.rows) && error.rows[0] && error.rows[0].errors) {
      this.faulty(error.rows);
    } else if (status === 409) {
      this.inflight = null;
      this.persist();
      this.tell("refused", Object.keys(error).filter(function (name) { return name !== "__type"; })
        .map(function (name) { return [].concat(error[name]).join(" "); }).join(" "));
    } else if (status >= 500 || status === 429) {
      this.later();
    } else {
      this.renew();
    }
  };

  Queue.taken = function (result) {
    var self = this;
    var done = this.inflight;
    this.inflight = null;
    done.sent.forEach(function (one, place) {
      var entry = self.entries[one.key];
      var row = result.rows[place];
      if (!entry) {
        return;
      }
      Object.keys(one.values).forEach(function (field) {
        var now = entry.values[field];
        entry.base[field] = one.values[field];
        if (now && now.value === one.values[field] && !now.fault) {
          delete entry.values[field];
          delete entry.base[field];
        }
      });
      if (row) {
        entry.id = row.id;
        entry.version = row.version;
        self.heard(entry, row);
      }
      if (!Object.keys(entry.values).length) {
        delete self.entries[one.key];
      }
    });
    this.persist();
    this.flush();
  };

  Queue.faulty = function (faults) {
    var self = this;
    var sent = this.inflight.sent;
    this.inflight = null;
    faults.forEach(function (fault) {
      var entry = self.entries[sent[fault.row].key];
      if (entry) {
        self.refused(entry, fault);
      }
    });
    this.persist();
    this.flush();
  };

  Queue.settle = function () {
    var left = Object.keys(this.entries);
    var self = this;
    var nameless = left.some(function (key) {
      var entry = self.entries[key];
      return !entry.id && !(entry.values.title && entry.values.title.value);
    });
    this.tell(left.length ? (nameless ? "named" : "marked") : "saved");
  };

  Queue.later = function () {
    this.tell("failed");
    this.soon(AGAIN[Math.min(this.tries, AGAIN.length - 1)]);
    this.tries += 1;
  };

  Queue.token = function () {
    var name = document.querySelector("meta[name=csrf_field_name]");
    var meta = name && document.querySelector('meta[name="' + name.content + '"]');
    return meta ? meta.content : "";
  };

  /* The page is asked for anew: either the session lives and only its token was old, or somebody must log in. */
  Queue.renew = function () {
    var self = this;
    var again = this.renewed;
    fetch(window.location.href, { credentials: "same-origin" }).then(function (answer) {
      return answer.text();
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html");
      var frame = page.querySelector("[data-grid]");
      if (!frame || frame.getAttribute("data-user") !== self.where.user) {
        self.lost = true;
        self.tell("expired");
        return;
      }
      var name = document.querySelector("meta[name=csrf_field_name]").content;
      var token = page.querySelector('meta[name="' + name + '"]');
      document.querySelector('meta[name="' + name + '"]').content = token ? token.content : "";
      self.renewed = Date.now();
      if (again && Date.now() - again < 5000) {
        self.later();
      } else {
        self.soon(0);
      }
    }).catch(function () {
      self.later();
    });
  };
})(window.hkGrid);
