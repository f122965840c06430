"use strict";

/* Buttons that copy a text; without JavaScript they stay hidden and the text is selected by hand. */
for (const button of document.querySelectorAll("[data-hk-copy]")) {
  const words = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.hkCopy);
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      // Old browsers, and pages without HTTPS, let no script write to the clipboard: the text is marked instead.
      const range = document.createRange();
      range.selectNodeContents(source);
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      document.execCommand("copy");
    }
    button.textContent = button.dataset.hkDone;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}
