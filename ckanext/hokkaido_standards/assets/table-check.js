// What a form says of the file that was chosen: the portal looks at it while the other fields are filled in.
// Saving never waits for it, and a file that is chosen later takes the place of the one before.
(function () {
  "use strict";

  const TABLES = /\.(csv|tsv|xlsx?|xlsm|xlsb|ods|pdf)$/i;
  const MISSED = 5;
  const LONGEST = 10 * 60 * 1000;

  document.querySelectorAll("[data-hk-table-check]").forEach((box) => {
    const form = box.closest("form");
    if (!form) {
      return;
    }
    let turn = 0;
    let sending = null;

    function say(text) {
      const line = document.createElement("p");
      line.textContent = text;
      box.replaceChildren(line);
      box.hidden = !text;
    }

    function title() {
      const field = form.elements.title || form.elements.name;
      return field && typeof field.value === "string" ? field.value : "";
    }

    async function answerOf(request) {
      const answer = await request;
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      return answer.json();
    }

    // A large file is looked at by another process; the page asks at growing intervals.
    async function waited(found, mine) {
      const end = Date.now() + LONGEST;
      let pause = 1000;
      let missed = 0;
      while (found.state === "waiting" && mine === turn && Date.now() < end) {
        await new Promise((resolve) => { setTimeout(resolve, pause); });
        pause = Math.min(pause * 1.3, 5000);
        const address = box.dataset.hkTableCheck + "/" + encodeURIComponent(found.id);
        try {
          found = await answerOf(fetch(address, { credentials: "same-origin" }));
          missed = 0;
        } catch (error) {
          // A portal that does not answer for a moment is asked again.
          missed += 1;
          if (missed > MISSED) {
            throw error;
          }
        }
      }
      return found;
    }

    // What is still being sent is in the way of what is sent next: another file, or the form itself.
    function stop() {
      if (sending) {
        sending.abort();
      }
      sending = null;
      turn += 1;
      return turn;
    }

    async function look(file) {
      const mine = stop();
      sending = new AbortController();
      say(box.dataset.hkBusy);
      const body = new FormData();
      body.append("upload", file);
      body.append("title", title());
      const token = form.elements._csrf_token;
      const headers = token ? { "X-CSRFToken": token.value } : {};
      try {
        let found = await answerOf(
          fetch(box.dataset.hkTableCheck, {
            method: "POST", headers, body, credentials: "same-origin", signal: sending.signal,
          })
        );
        if (found.state === "waiting" && mine === turn) {
          found = await waited(found, mine);
        }
        if (mine !== turn) {
          return;
        }
        if (found.state === "done") {
          box.innerHTML = found.html;
        } else {
          say(found.message || box.dataset.hkFailed);
        }
      } catch (error) {
        if (mine === turn) {
          say(box.dataset.hkFailed);
        }
      }
    }

    form.addEventListener("change", (event) => {
      const field = event.target;
      if (field.type !== "file" || field.name !== "upload") {
        return;
      }
      // CKAN folds its own field away, and what stands inside of it.
      const group = field.closest(".resource-upload-field") || field.closest(".form-group");
      if (group) {
        const help = group.nextElementSibling;
        (help && help.querySelector(".info-block") ? help : group).after(box);
      }
      const file = field.files[0];
      if (file && TABLES.test(file.name) && !field.hasAttribute("data-hk-too-large")) {
        look(file);
      } else {
        stop();
        say("");
      }
    });
    form.addEventListener("submit", stop);
  });
})();
