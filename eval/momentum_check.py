"""Recomputes momentum verdicts from their observations, independently of the engine, and compares every number.

    python3 eval/momentum_check.py CASES.json

CASES.json is what `cargo test -p eval momentum_check` writes: a list of cases, each with `observations` (date, first state, second
state, CAMEO code, Goldstein value, event id, outlets, issues), the engine's `verdicts` over them and its `movers`. Only
two-state questions without filters are checked. Needs numpy. Exits 1 and names the number where any differs by more than
1e-9, relative to the larger of 1 and the number itself.
"""

import datetime
import json
import math
import sys

import numpy as np

TOLERANCE = 1e-9
QUANTILE = {"tone": 1.959963984540054, "engagement": 2.5758293035489008}
ALPHA = {"tone": 0.05, "engagement": 0.01}


class Record:
    """The events of a case: each id once, with every state and every dyad that it joins."""

    def __init__(self, rows):
        events = {}
        for date, a, b, code, goldstein, event, outlets, issues in rows:
            seen = events.setdefault(event, {"dyads": set(), "states": set()})
            seen["dyads"].add((a, b))
            seen["states"] |= {a, b}
            seen.update(day=datetime.date.fromisoformat(date).toordinal(), root=int(code[:2]))
            seen.update(goldstein=goldstein, outlets=outlets, issues=issues)
        self.keep(events[name] for name in sorted(events))

    def keep(self, events):
        self.events = list(events)
        self.of_state = {}
        for at, event in enumerate(self.events):
            for state in event["states"]:
                self.of_state.setdefault(state, []).append(at)

    def without(self, dropped):
        """The same record without some events."""
        rest = Record([])
        rest.keep(event for event in self.events if not dropped(event))
        return rest

    def arrays(self, a, b):
        """Day, root, Goldstein value and betweenness of all events of either state."""
        places = set(self.of_state.get(a, [])) | set(self.of_state.get(b, []))
        ours = [self.events[at] for at in sorted(places)]
        # A state that acts on a third beside the other is an event of both, and not between them.
        between = [(a, b) in e["dyads"] for e in ours]
        day, root = [e["day"] for e in ours], [e["root"] for e in ours]
        value = [e["goldstein"] for e in ours]
        return np.array(day, int), np.array(root, int), np.array(value, float), np.array(between, bool)


def rate(c, n):
    total_c, total_n, weeks = c.sum(), n.sum(), len(n)
    p = (total_c + 0.5) / (total_n + 1)
    variance = p * (1 - p) / (total_n + 1)
    if weeks > 1:
        clustered = weeks / (weeks - 1) * np.sum((c - p * n) ** 2) / (total_n + 1) ** 2
        variance = max(variance, clustered)
    return {
        "cooperative": total_c,
        "other": total_n - total_c,
        "n": total_n,
        "weeks": weeks,
        "p": p,
        "variance": variance,
        "se": math.sqrt(variance) / (p * (1 - p)),
    }


def weekly(day, counts, last, length):
    """Sums of `counts` over the weeks that end on `last`, the oldest cut to the window's length."""
    age = last - day
    inside = counts & (age >= 0) & (age < length)
    return np.bincount(age[inside] // 7, minlength=math.ceil(length / 7)).astype(float)


def axis(name, day, counts, cooperative, on, window, baseline):
    recent = rate(weekly(day, cooperative, on, window), weekly(day, counts, on, window))
    before = on - window
    base = rate(weekly(day, cooperative, before, baseline), weekly(day, counts, before, baseline))
    made = {"recent": recent, "baseline": base, "change": None, "finding": "insufficient_evidence"}
    if recent["n"] < 10 or base["n"] < 20:
        return made
    if name == "engagement" and recent["cooperative"] + base["cooperative"] == 0:
        return made
    t = math.log(recent["p"] / (1 - recent["p"])) - math.log(base["p"] / (1 - base["p"]))
    se = math.hypot(recent["se"], base["se"])
    low, high = math.exp(t - QUANTILE[name] * se), math.exp(t + QUANTILE[name] * se)
    p_value = math.erfc(abs(t / se) / math.sqrt(2))
    made["change"] = {"t": t, "se": se, "z": t / se, "p_value": p_value, "odds_ratio": math.exp(t), "low": low, "high": high}
    made["finding"] = "up" if low > 1 else "down" if high < 1 else "no_clear_change"
    return made


def label(findings):
    if "up" in findings and "down" in findings:
        return "mixed"
    if "up" in findings:
        return "gaining"
    if "down" in findings:
        return "losing"
    return "no_clear_change" if "no_clear_change" in findings else "insufficient_evidence"


def answer(record, a, b, on, window, baseline):
    day, root, value, between = record.arrays(a, b)
    cooperative = between & (root >= 3) & (root <= 8)
    toned = between & ((root >= 3) & (root <= 8) | (root >= 10))
    made = {
        "tone": axis("tone", day, toned, cooperative, on, window, baseline),
        "engagement": axis("engagement", day, np.ones_like(between), cooperative, on, window, baseline),
    }
    made["label"] = label({made["tone"]["finding"], made["engagement"]["finding"]})
    recent = value[between & (day <= on) & (day > on - window)]
    base = value[between & (day <= on - window) & (day > on - window - baseline)]
    made["goldstein"] = {
        "recent_events": len(recent),
        "recent": recent.mean() if len(recent) else None,
        "baseline_events": len(base),
        "baseline": base.mean() if len(base) else None,
    }
    return made


def compare(ours, theirs, where):
    """Every number, word and gap of `ours` stands in `theirs`."""
    if isinstance(ours, dict):
        return sum(compare(value, theirs[key], f"{where}.{key}") for key, value in ours.items())
    if ours is None or isinstance(ours, str) or theirs is None:
        if ours != theirs:
            sys.exit(f"{where}: {ours} here, {theirs} in the engine")
        return 1
    if not abs(ours - theirs) <= TOLERANCE * max(1, abs(ours)):
        sys.exit(f"{where}: {ours!r} here, {theirs!r} in the engine")
    return 1


def check_verdict(record, verdict, where):
    question = verdict["question"]
    on = datetime.date.fromisoformat(question["on"]).toordinal()
    window, baseline = question["window"], question["baseline"]
    a, b = sorted([verdict["sides"]["first"]["name"], verdict["sides"]["second"]["name"]])
    ours = answer(record, a, b, on, window, baseline)
    goldstein = ours.pop("goldstein")
    numbers = compare(ours, verdict, where)
    robust = verdict["robustness"]
    numbers += compare(goldstein, robust["goldstein"], f"{where}.goldstein")

    def variant(changed, length, theirs, name):
        made = answer(changed, a, b, on, length, baseline)
        made = {"label": made["label"], **{axis: made[axis]["change"] for axis in ("tone", "engagement")}}
        return compare(made, theirs, f"{where}.{name}")

    for theirs in robust["without_outlet"]:
        alone = record.without(lambda event: event["outlets"] == [theirs["of"]])
        numbers += variant(alone, window, theirs, f"without {theirs['of']}")
    for theirs in robust["without_issue"]:
        rest = record.without(lambda event: theirs["of"] in event["issues"])
        numbers += variant(rest, window, theirs, f"without {theirs['of']}")
    for theirs in robust["windows"]:
        numbers += variant(record, int(theirs["of"]), theirs, f"{theirs['of']} days")
    return numbers


def check_movers(record, movers):
    question = movers["question"]
    on = datetime.date.fromisoformat(question["on"]).toordinal()
    dyads = set().union(*(event["dyads"] for event in record.events)) if record.events else set()
    judged = {}
    for a, b in dyads:
        made = answer(record, a, b, on, question["window"], question["baseline"])
        if made["tone"]["change"] or made["engagement"]["change"]:
            judged[a, b] = made
    if len(judged) != len(movers["ranked"]):
        sys.exit(f"movers: {len(judged)} dyads can be judged here, {len(movers['ranked'])} in the engine")
    for name in ("tone", "engagement"):
        tested = [made for made in judged.values() if made[name]["change"]]
        p = np.array([made[name]["change"]["p_value"] for made in tested])
        order = np.argsort(-p)
        steps = p[order] * len(p) / np.arange(len(p), 0, -1)
        rates = np.empty_like(p)
        rates[order] = np.minimum(1, np.minimum.accumulate(steps)) if len(p) else steps
        for made, value in zip(tested, rates):
            made[f"{name}_rate"] = value
            up = "up" if made[name]["change"]["t"] > 0 else "down"
            made[f"{name}_corrected"] = up if value <= ALPHA[name] else "no_clear_change"
    numbers = 0
    for mover in movers["ranked"]:
        key = mover["dyad"]["first"], mover["dyad"]["second"]
        made = judged[key]
        rest = "insufficient_evidence"
        ours = {
            "tone": made["tone"],
            "engagement": made["engagement"],
            "tone_rate": made.get("tone_rate"),
            "engagement_rate": made.get("engagement_rate"),
            "label": label({made.get("tone_corrected", rest), made.get("engagement_corrected", rest)}),
        }
        numbers += compare(ours, mover, f"movers {'-'.join(key)}")
    return numbers


def main(path):
    with open(path, encoding="utf-8") as file:
        cases = json.load(file)
    verdicts = numbers = 0
    for at, case in enumerate(cases):
        record = Record(case["observations"])
        for verdict in case["verdicts"]:
            sides = verdict["sides"]
            name = f"case {at} {sides['first']['name']}-{sides['second']['name']} {verdict['question']['on']}"
            numbers += check_verdict(record, verdict, name)
            verdicts += 1
        numbers += check_movers(record, case["movers"])
    print(f"{len(cases)} cases, {verdicts} verdicts, {numbers} numbers and words agree to {TOLERANCE}")


if __name__ == "__main__":
    main(sys.argv[1])
