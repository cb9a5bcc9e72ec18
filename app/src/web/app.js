// Keys for those who have them: `/` to the search, `j` and `k` along the rows, Enter opens one, `e` its evidence.
// Every page says and does the same without this file.
"use strict";

const rows = () => Array.from(document.querySelectorAll("[data-row]"));
let at = -1;

function go(step) {
  const all = rows();
  if (all.length === 0) return;
  all[at]?.classList.remove("here");
  at = Math.min(Math.max(at + step, 0), all.length - 1);
  const row = all[at];
  row.classList.add("here");
  row.scrollIntoView({ block: "nearest" });
  (row.matches("a") ? row : row.querySelector("a"))?.focus({ preventScroll: true });
}

document.addEventListener("keydown", (press) => {
  const typing = press.target.closest("input, textarea, select, [contenteditable]");
  if (typing || press.ctrlKey || press.metaKey || press.altKey) return;
  if (press.key === "/") {
    press.preventDefault();
    (document.querySelector("#find") ?? document.querySelector("#ask"))?.focus();
  } else if (press.key === "j") {
    go(1);
  } else if (press.key === "k") {
    go(-1);
  } else if (press.key === "e" && at >= 0) {
    const evidence = rows()[at].querySelector('a[href^="/x/"]');
    if (evidence) location.assign(evidence.href);
  }
});
