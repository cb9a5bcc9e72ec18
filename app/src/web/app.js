// Keys for those who have them: `/` to the search, `j` and `k` along the rows, Enter opens one, `e` its evidence (of a pair the
// bundle); along a chart the arrows, with Shift to pick a period. Values at a pointer, and a period dragged over a chart.
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
    const row = rows()[at];
    const to = (start) => (row.matches(`a[href^="${start}"]`) ? row : row.querySelector(`a[href^="${start}"]`));
    const [event, pair] = [to("/x/"), to("/d/")];
    if (event) location.assign(event.href);
    else if (pair) location.assign(pair.pathname.split("/").slice(0, 3).join("/") + "/evidence.html");
  }
});

// A chart of the course of two states: tells each step, and asks for the page of a period that is dragged or picked.
function chart(figure, plot) {
  const svg = plot.querySelector("svg");
  const readout = figure.querySelector(".readout");
  const steps = figure.dataset.steps.split(";").map((step) => step.split(","));
  const days = (day) => Math.round(Date.parse(day + "T00:00:00Z") / 86400000);
  const iso = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
  const [first, last] = [days(svg.dataset.from), days(svg.dataset.to)];
  const [left, right] = [Number(svg.dataset.left), Number(svg.dataset.right)];
  const bounds = (i) => [days(steps[i][0]), i + 1 < steps.length ? days(steps[i + 1][0]) - 1 : last];
  const x = (day) => left + ((day - first) / (last - first + 1)) * (right - left);
  const box = (name) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    made.setAttribute("class", name);
    made.setAttribute("y", svg.dataset.top);
    made.setAttribute("height", Number(svg.dataset.bottom) - Number(svg.dataset.top));
    made.setAttribute("visibility", "hidden");
    svg.append(made);
    return made;
  };
  const [cursor, brush] = [box("cursor"), box("brush")];
  let current = steps.length - 1;
  let anchor = null;
  let start = null;

  const lay = (made, from, to) => {
    made.setAttribute("x", x(from));
    made.setAttribute("width", Math.max(x(to + 1) - x(from), 1));
    made.setAttribute("visibility", "visible");
  };
  const words = (i) => {
    const [from, with_, against, tone, engagement] = steps[i];
    const share = (name, percent) => (percent === "" ? "" : ` · ${name} ${percent} %`);
    const span = figure.dataset.step === "day" ? from : `${figure.dataset.step} from ${from}`;
    return `${span}: ${with_} cooperative, ${against} conflictual` + share("tone", tone) + share("engagement", engagement);
  };
  const tell = (text) => {
    readout.hidden = false;
    readout.textContent = text;
    plot.setAttribute("aria-valuetext", text);
  };
  const show = (i) => {
    current = i;
    lay(cursor, ...bounds(i));
    plot.setAttribute("aria-valuenow", i + 1);
    tell(words(i));
  };
  const picked = () => {
    const [low, high] = [Math.min(anchor, current), Math.max(anchor, current)];
    return [bounds(low)[0], bounds(high)[1]];
  };
  const letGo = () => {
    anchor = start = null;
    brush.setAttribute("visibility", "hidden");
  };
  const ask = (from, to) => {
    const there = new URL(location.href);
    there.searchParams.set("since", iso(from));
    there.searchParams.set("until", iso(to));
    there.hash = "course";
    location.assign(there);
  };
  const dayAt = (press) => {
    const frame = svg.getBoundingClientRect();
    const at = ((press.clientX - frame.left) / frame.width) * svg.viewBox.baseVal.width;
    const day = first + Math.floor(((at - left) / (right - left)) * (last - first + 1));
    return Math.min(Math.max(day, first), last);
  };
  const stepOf = (day) => steps.findLastIndex((step) => days(step[0]) <= day);

  plot.tabIndex = 0;
  for (const [name, value] of [
    ["role", "slider"], ["aria-label", "Steps of the charts"], ["aria-valuemin", 1], ["aria-valuemax", steps.length],
    ["aria-valuenow", steps.length], ["aria-valuetext", words(current)], ["aria-orientation", "horizontal"],
  ]) plot.setAttribute(name, value);

  plot.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey) return;
    const to = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: steps.length - 1 }[press.key];
    if (to !== undefined) {
      press.preventDefault();
      if (!press.shiftKey) letGo();
      else anchor ??= current;
      show(Math.min(Math.max(to, 0), steps.length - 1));
      if (anchor !== null) {
        lay(brush, ...picked());
        tell(`${picked().map(iso).join(" to ")}: Enter shows only these days`);
      }
    } else if (press.key === "Enter" && anchor !== null) {
      ask(...picked());
    } else if (press.key === "Escape") {
      letGo();
    }
  });
  plot.addEventListener("focus", () => { if (plot.matches(":focus-visible")) show(current); });
  plot.addEventListener("pointermove", (press) => {
    if (start === null) return show(stepOf(dayAt(press)));
    const [low, high] = [start, dayAt(press)].sort((a, b) => a - b);
    lay(brush, low, high);
    tell(`${iso(low)} to ${iso(high)}: let go to see only these days, Esc to leave it`);
  });
  plot.addEventListener("pointerdown", (press) => {
    if (press.button !== 0) return;
    letGo();
    start = dayAt(press);
    plot.setPointerCapture(press.pointerId);
  });
  plot.addEventListener("pointerup", (press) => {
    if (start === null) return;
    const [low, high] = [start, dayAt(press)].sort((a, b) => a - b);
    letGo();
    if (high > low) ask(low, high);
  });
  plot.addEventListener("pointercancel", letGo);
}

for (const figure of document.querySelectorAll("figure.course")) {
  if (!figure.dataset.steps) continue;
  for (const plot of figure.querySelectorAll(".plot")) chart(figure, plot);
  figure.querySelector(".hint").hidden = false;
}

// Says so when the record has changed since the page was made: looked up when somebody comes back to the page, and every
// minute while it is looked at.
const edition = document.documentElement.dataset.edition;
async function lookUp() {
  if (!edition || document.hidden) return;
  try {
    const answer = await fetch("/edition.json");
    if (answer.ok && (await answer.json()).edition !== edition) document.querySelector("#stale").hidden = false;
  } catch {
    // The server has ended, or is busy: the page says what it said.
  }
}
document.querySelector("#stale button").addEventListener("click", () => location.reload());
document.addEventListener("visibilitychange", lookUp);
window.addEventListener("pageshow", (shown) => { if (shown.persisted) lookUp(); });
setInterval(lookUp, 60000);
