"use strict";
(() => {
  const body = document.body.dataset, one = (where, what) => where.querySelector(what), all = (where, what) => [...where.querySelectorAll(what)];
  const fields = all(document, "fieldset"), lines = all(document, "#words li"), byId = new Map(fields.map((f) => [f.dataset.id, f]));
  const EMPTY = { answer: "", evidence: "", offset: "", comment: "", lines: [] };
  const TIME = /^(?:\d{1,2}:)?[0-5]?\d:[0-5]\d$/;
  let state = {}, past = [], at = null, saved = true, forgetting = false;

  // --- what is entered, and what it lacks ---

  const of = (f) => state[f.dataset.id] || EMPTY;
  const suggestion = (f) => (f.dataset.suggested ? JSON.parse(f.dataset.suggested) : null);
  const waits = (f) => !of(f).answer && !!suggestion(f);
  const isAsked = (f) => {
    const before = byId.get(f.dataset.after);
    return !before || (isAsked(before) && f.dataset.when.split(" ").includes(of(before).answer));
  };
  const asked = () => fields.filter(isAsked);
  const why = (f) => {
    const answer = of(f).answer, chosen = all(f, "input[data-why]").find((i) => i.value === answer), number = one(f, "input[type=number]");
    if (chosen || !number) return chosen ? chosen.dataset.why : "";
    const d = number.dataset;
    return +answer < +d.met ? d.whyBelow : +answer === +number.max ? d.whyBest : d.whyMet;
  };
  const fits = (n, { min, max, step }) => n >= +min && n <= +max && Math.abs((n - min) / step - Math.round((n - min) / step)) < 1e-9;
  const lacks = (f) => {
    const { answer, evidence, offset, lines } = of(f), number = one(f, "input[type=number]");
    if (!answer) return waits(f) ? "suggested: take it, or answer otherwise" : "no answer yet";
    if (offset && !TIME.test(offset)) return "the time is written 02:41 or 1:02:41";
    if (number && answer !== "na" && !fits(+answer, number)) return `${answer} is none of ${number.min} to ${number.max} in steps of ${number.step}`;
    return why(f) && !evidence.trim() && !lines.length ? "evidence is needed: " + why(f) : "";
  };

  // --- showing it ---

  const show = () => {
    for (const f of fields) {
      const mine = of(f), answer = mine.answer || (suggestion(f) || EMPTY).answer, lack = mine.answer ? lacks(f) : "";
      f.hidden = !isAsked(f);
      for (const i of all(f, ".answers input")) {
        if (i.type !== "number") i.checked = i.value === answer;
        else if (document.activeElement !== i) i.value = answer === "na" ? "" : answer;
      }
      for (const part of ["evidence", "offset", "comment"]) {
        const field = one(f, `[name="${f.dataset.id}-${part}"]`);
        if (field.value !== mine[part]) field.value = mine[part];
      }
      for (const row of all(f, "dl div")) row.classList.toggle("chosen", !!mine.answer && row.dataset.point === mine.answer);
      f.classList.toggle("at", f === at);
      f.classList.toggle("waits", waits(f));
      f.classList.toggle("done", !!mine.answer && !lack);
      f.classList.toggle("half", !!lack);
      f.classList.toggle("open", !!lack || !!(mine.evidence || mine.comment || mine.offset || mine.lines.length));
      const said = one(f, ".lacks"), quoted = one(f, ".lines");
      if (said.textContent !== lack) said.textContent = lack;
      quoted.replaceChildren(...mine.lines.map((n) => {
        const q = document.createElement("q"), line = lines[n - 1];
        q.textContent = [line.dataset.time, one(line, ".said").textContent].filter(Boolean).join(" ");
        return q;
      }));
      if (one(f, ".take")) one(f, ".take").hidden = !!mine.answer;
    }
    const used = at ? of(at).lines : [];
    for (const line of lines) {
      const on = used.includes(+line.dataset.line);
      line.classList.toggle("used", on);
      one(line, "button").setAttribute("aria-pressed", on);
    }
    const open = asked(), done = open.filter((f) => !lacks(f)), half = open.filter((f) => of(f).answer && lacks(f));
    const telling = `${done.length} of ${open.length} done` + (half.length ? `, ${half.length} in need of something` : "");
    if (one(document, "#progress").textContent !== telling) one(document, "#progress").textContent = telling;
    one(document, "#undo").disabled = !past.length;
    if (!one(document, "#missing").hidden) tellMissing();
  };
  const go = (f, field) => {
    if (!f) return;
    at = f;
    show();
    const target = field || one(f, "input:checked") || one(f, ".answers input");
    target.focus();
    if (target.type === "number") target.select();
    f.scrollIntoView({ block: "nearest" });
  };
  const next = (f, step = 1) => {
    const open = asked(), place = open.indexOf(f);
    if (step < 0) return open[Math.max(0, place - 1)];
    return [...open.slice(place + 1), ...open.slice(0, place)].find(lacks) || null;
  };
  const onward = (f) => {
    const following = next(f);
    if (following) go(following);
    else { show(); one(document, "#save").focus(); }
  };

  // --- keeping it: a draft in this browser, under the item and the form ---

  const tell = (text) => { one(document, "#kept").textContent = text; };
  const keep = () => {
    saved = false;
    try {
      localStorage.setItem(body.key, JSON.stringify(state));
      tell("draft kept in this browser");
    } catch { tell("this browser keeps no drafts: save before you close it"); }
  };
  const enter = (f, change, quietly) => {
    const before = of(f), after = { ...before, ...change };
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    // what is typed letter by letter is one step
    const last = past[past.length - 1], part = Object.keys(change).join();
    if (!(quietly && last && last.id === f.dataset.id && last.part === part)) past.push({ id: f.dataset.id, part, before: state[f.dataset.id] });
    state = { ...state, [f.dataset.id]: after };
    keep();
    show();
  };
  const undo = () => {
    const step = past.pop();
    if (!step) return;
    const rest = { ...state };
    delete rest[step.id];
    state = step.before ? { ...rest, [step.id]: step.before } : rest;
    keep();
    go(byId.get(step.id));
  };
  const take = (f) => { const given = suggestion(f); if (given) enter(f, { ...given, evidence: of(f).evidence || given.evidence, offset: of(f).offset || given.offset }); };
  const quote = (line) => {
    const f = at || asked()[0], n = +line.dataset.line, { lines: before, offset } = of(f);
    at = f;
    mark(line);
    const now = before.includes(n) ? before.filter((each) => each !== n) : [...before, n];
    const time = now.length ? lines[now[0] - 1].dataset.time : "", was = before.length ? lines[before[0] - 1].dataset.time : "";
    enter(f, { lines: now, offset: !offset || offset === was ? time : offset });
  };
  const mark = (line) => {
    for (const each of lines) {
      each.classList.toggle("at", each === line);
      one(each, "button").tabIndex = each === line ? 0 : -1;
    }
  };
  const marked = () => lines.find((each) => each.classList.contains("at")) || lines[0];

  // --- handing it on ---

  const missing = () => asked().filter(lacks);
  const tellMissing = () => {
    const box = one(document, "#missing"), list = document.createElement("ul"), title = document.createElement("b");
    const open = missing();
    title.textContent = open.length ? "Still missing:" : "Nothing is missing.";
    for (const f of open) {
      const entry = document.createElement("li"), link = document.createElement("a");
      link.href = "#" + f.id;
      link.textContent = `${one(f, ".number").textContent} ${f.dataset.id}`;
      link.addEventListener("click", (event) => { event.preventDefault(); go(f); });
      entry.append(link, ": " + lacks(f));
      list.append(entry);
    }
    const anyway = document.createElement("button");
    anyway.type = "button";
    anyway.id = "anyway";
    anyway.textContent = "Save it unfinished";
    anyway.addEventListener("click", download);
    box.replaceChildren(title, list, ...(open.length ? [anyway] : []));
    box.hidden = !open.length;
  };
  const download = () => {
    const answers = {};
    for (const f of asked()) {
      const mine = of(f), said = { answer: mine.answer };
      for (const part of ["evidence", "offset", "comment"]) if (mine[part].trim()) said[part] = mine[part].trim();
      if (mine.lines.length) said.lines = mine.lines;
      if (said.answer || Object.keys(said).length > 1) answers[f.dataset.id] = said;
    }
    const result = { schema: "qacli.score/1", item: body.item, form: JSON.parse(body.origin), answers };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(result, null, 1) + "\n"], { type: "application/json" }));
    link.download = body.item + ".score.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    saved = true;
    tell(`saved as ${link.download}: hand that file in`);
  };
  const save = () => {
    if (!missing().length) { one(document, "#missing").hidden = true; download(); return; }
    one(document, "#missing").hidden = false;
    tellMissing();
    one(document, "#missing a").focus();
  };

  // --- what people do ---

  // What is pressed must not move away before it is let go: the criterion opens after the click.
  let pressing = false;
  const open = (f) => {
    const top = f.getBoundingClientRect().top;
    at = f;
    show();
    const moved = f.getBoundingClientRect().top - top, box = one(document, "#card");
    if (box.scrollHeight > box.clientHeight) box.scrollTop += moved;
    else scrollBy(0, moved);
  };
  addEventListener("pointerdown", () => { pressing = true; }, true);
  addEventListener("pointerup", () => setTimeout(() => {
    pressing = false;
    const f = document.activeElement.closest("fieldset");
    if (f && f !== at) open(f);
  }), true);
  addEventListener("pointercancel", () => { pressing = false; }, true);
  one(document, "#card").addEventListener("focusin", (event) => { if (!pressing) open(event.target.closest("fieldset")); });
  one(document, "#card").addEventListener("submit", (event) => event.preventDefault());
  one(document, "#card").addEventListener("input", (event) => {
    const f = event.target.closest("fieldset"), i = event.target, part = i.name.slice(f.dataset.id.length + 1);
    if (part) enter(f, { [part]: i.value }, true);
    else if (i.type === "number") enter(f, { answer: i.value }, true);
    else enter(f, { answer: i.type === "radio" || i.checked ? i.value : "" });
  });
  one(document, "#card").addEventListener("click", (event) => {
    const f = event.target.closest("fieldset");
    if (event.target.matches(".take")) { take(f); go(f); }
    // a suggested answer is marked already: a click on it is the person's own answer
    else if (event.target.matches("input[type=radio]")) enter(f, { answer: event.target.value });
  });
  one(document, "#words").addEventListener("click", (event) => {
    const line = event.target.closest("li");
    if (line && !String(getSelection())) quote(line);
  });
  one(document, "#words").addEventListener("focusin", (event) => { const line = event.target.closest("li"); if (line) mark(line); });
  one(document, "#save").addEventListener("click", save);
  one(document, "#undo").addEventListener("click", undo);
  one(document, "#forget").addEventListener("click", (event) => {
    if (!forgetting) {
      forgetting = true;
      event.target.textContent = "Delete all that is entered?";
      setTimeout(() => { forgetting = false; event.target.textContent = "Delete draft"; }, 5000);
      return;
    }
    try { localStorage.removeItem(body.key); } catch { /* nothing was kept */ }
    state = {};
    past = [];
    saved = true;
    show();
    tell("draft deleted");
  });
  addEventListener("beforeunload", (event) => { if (!saved && !one(document, "#kept").textContent.startsWith("draft")) event.preventDefault(); });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() === "s") { event.preventDefault(); save(); }
      return;
    }
    const here = event.target, writing = here.matches("textarea, input:not([type=radio], [type=checkbox])");
    const inWords = !!here.closest("#words"), f = here.closest("fieldset") || (inWords ? at || asked()[0] : null);
    if (!f || event.altKey) return;
    if (writing) {
      if (event.key === "Escape") { event.preventDefault(); go(f); }
      if (event.key === "Enter" && here.type === "number") { event.preventDefault(); if (waits(f)) take(f); onwardFrom(f); }
      return;
    }
    const done = () => event.preventDefault();
    if (inWords && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      done();
      const line = lines[lines.indexOf(marked()) + (event.key === "ArrowDown" ? 1 : -1)];
      if (line) { one(line, "button").focus(); line.scrollIntoView({ block: "nearest" }); }
      return;
    }
    if (event.key === "Escape") { done(); go(f); return; }
    if (event.key === "Enter" && !here.matches("button")) { done(); if (waits(f)) take(f); onwardFrom(f); return; }
    if (!one(document, "#keys").checked || event.key.length !== 1) return;
    const key = event.key.toLowerCase(), chosen = all(f, "input[data-key]").find((i) => i.dataset.key.toLowerCase() === key);
    if (chosen) { done(); enter(f, { answer: chosen.value }); onwardFrom(f); return; }
    const act = { e: () => { if (lines.length) { quote(marked()); if (!lacks(f)) onward(f); else go(f); } else writeIn(f, "evidence"); },
      t: () => { if (inWords) go(f); else if (lines.length) { mark(marked()); one(marked(), "button").focus(); } },
      w: () => writeIn(f, "evidence"), c: () => writeIn(f, "comment"), b: () => go(next(f, -1)), u: undo,
      s: () => { if (suggestion(f)) { take(f); onwardFrom(f); } },
      "?": () => { one(document, "#help").open = !one(document, "#help").open; } }[key];
    if (act) { done(); act(); } else if (/[0-9a-z]/.test(key)) {
      one(f, ".lacks").textContent = `${event.key} is none of ${all(f, "input[data-key]").map((i) => i.dataset.key).join(", ")}`;
    }
  });
  const writeIn = (f, part) => go(f, one(f, `[name="${f.dataset.id}-${part}"]`));
  const onwardFrom = (f) => {
    show();
    if (!lacks(f)) onward(f);
    else if (of(f).answer && why(f) && lines.length) { mark(marked()); one(marked(), "button").focus(); }
    else if (of(f).answer && why(f)) writeIn(f, "evidence");
  };

  // --- begin: what was entered elsewhere, then what this browser kept ---

  for (const [id, given] of Object.entries(JSON.parse(body.state))) state[id] = { ...EMPTY, ...given };
  try {
    const kept = JSON.parse(localStorage.getItem(body.key) || "null");
    if (kept) {
      for (const [id, given] of Object.entries(kept)) if (byId.has(id)) state[id] = { ...EMPTY, ...given };
      tell("draft of this browser restored");
    }
  } catch { tell("this browser keeps no drafts: save before you close it"); }
  if (lines.length) mark(lines[0]);
  show();
  const first = missing()[0];
  if (first) go(first);
})();
