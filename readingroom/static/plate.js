// An article that is pointed at, in a list or on the plate, is shown in both. Without this nothing is lost.
"use strict";

for (const [begin, end] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  for (const [event, is_on] of [[begin, true], [end, false]]) {
    document.addEventListener(event, ({ target }) => {
      const story = target.closest?.("[data-story]")?.dataset.story;
      if (story === undefined) return;
      for (const one of document.querySelectorAll("[data-story]")) {
        if (one.dataset.story === story) one.classList.toggle("pointed", is_on);
      }
    });
  }
}
