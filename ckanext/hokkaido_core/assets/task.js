// The bar of a task in the background: asks how far it is until it has ended, then goes on.
(function () {
  "use strict";
  const page = document.querySelector("[data-hk-task]");
  if (!page || !["waiting", "running"].includes(page.dataset.hkState)) {
    return;
  }
  const part = (name) => page.querySelector(".hk-task-" + name);
  const show = (name, shown) => {
    if (part(name)) {
      part(name).hidden = !shown;
    }
  };
  let pause = 500;

  function draw(task) {
    const open = task.state === "waiting" || task.state === "running";
    if (task.total) {
      part("bar").max = task.total;
      part("bar").value = task.done;
      part("count").textContent = open ? task.done + " / " + task.total : "";
    }
    ["open", "bar"].forEach((name) => show(name, open));
    show("done", task.state === "done");
    show("failed", task.state === "failed");
    show("next", !open);
    if (task.state === "failed") {
      part("failed").textContent = task.message;
    }
    if (task.state === "done" && page.dataset.hkNext) {
      window.location.assign(page.dataset.hkNext);
    }
    return open;
  }

  function ask() {
    fetch(page.dataset.hkAddress + "?id=" + encodeURIComponent(page.dataset.hkTask), {credentials: "same-origin"})
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then((answer) => draw(answer.result))
      // A portal that does not answer for a moment is asked again.
      .catch(() => true)
      .then((open) => {
        if (open) {
          pause = Math.min(pause * 1.3, 5000);
          window.setTimeout(ask, pause);
        }
      });
  }

  window.setTimeout(ask, pause);
})();
