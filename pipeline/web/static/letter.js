// One letter: the active value's ink is lit on the page, its crop enlarged; every act has a key.
"use strict";
(() => {
  const root = document.querySelector(".cv-letter");
  const stage = document.getElementById("stage");
  const pick = document.getElementById("page");
  const crop = document.getElementById("crop");
  const message = document.getElementById("message");
  const following = document.getElementById("following");
  const split = document.getElementById("split");
  const pointer = document.getElementById("point");
  const sheets = [...document.querySelectorAll(".cv-sheet")];
  const values = [...document.querySelectorAll(".cv-value")];
  const statuses = JSON.parse(root.dataset.statuses);
  const ZOOM_STEP = 1.25, ZOOM_MOST = 6, CROP_REM = 9; // the crop is as wide as its place, and no higher than this
  let zoom = 1, turned = 0, active = null;

  const sheet = () => sheets.find((s) => !s.hidden);
  const boxOf = (element) => (element.dataset.box ? element.dataset.box.split(",").map(Number) : null);
  const visible = (element) => element.offsetParent !== null;
  const seenIn = (input) => input.dataset.seen ?? input.defaultValue;
  for (const choice of document.querySelectorAll("select.cv-value")) choice.defaultValue = choice.value;
  const doubted = (element) => ["needs_review", "missing"].includes(element.dataset.status);
  // A figure is one thing to look at, however many inputs it has.
  const homeOf = (input) => input.closest(".cv-entry, .cv-figure") ?? input;

  // The page image is as large as the page's own pixels, so a box is a share of its width and height.
  function place(span, box, page) {
    const [x0, y0, x1, y1] = box, width = Number(page.dataset.width), height = Number(page.dataset.height);
    span.style.left = `${(100 * x0) / width}%`;
    span.style.top = `${(100 * y0) / height}%`;
    span.style.width = `${(100 * (x1 - x0)) / width}%`;
    span.style.height = `${(100 * (y1 - y0)) / height}%`;
  }

  // The page after the one that is shown is made ready, so that turning to it takes no time.
  function load(page, more = true) {
    const image = page?.querySelector("img[data-src]");
    if (!image) return;
    const further = () => load(sheets[sheets.indexOf(page) + 1], false);
    if (image.src) { if (more && image.complete) further(); return; }
    if (more) image.addEventListener("load", further, { once: true });
    image.addEventListener("load", () => { delete page.dataset.told; }, { once: true });
    image.addEventListener("error", () => explain(page, image), { once: true });
    image.src = image.dataset.src;
  }

  // Why there is no image: the original was moved, say.
  async function explain(page, image) {
    const answer = await fetch(image.dataset.src).catch(() => null);
    page.dataset.told = answer ? root.dataset.noImage.replace("{why}", await answer.text()) : root.dataset.unheard;
    image.hidden = true;
    page.querySelector(".cv-ink").hidden = true;
    crop.hidden = true;
  }

  function open(number) {
    const wanted = sheets.find((s) => s.dataset.sheet === String(number));
    if (!wanted) return;
    for (const s of sheets) s.hidden = s !== wanted;
    load(wanted);
    pick.value = String(number);
    document.getElementById("place").textContent = String(sheets.indexOf(wanted) + 1);
    if (split) split.disabled = wanted === sheets[0];
    draw();
  }

  function turn(step) {
    const next = sheets[sheets.indexOf(sheet()) + step];
    if (next) { open(next.dataset.sheet); stage.scrollTop = 0; }
  }

  function draw() {
    const page = sheet();
    page.style.width = `${100 * zoom}%`;
    page.style.transform = turned ? `rotate(${turned}deg)` : "";
  }

  function light(input) {
    for (const ink of document.querySelectorAll(".cv-ink")) ink.hidden = true;
    crop.hidden = true;
    const [number, ...drawn] = input.dataset.ink?.split(",").map(Number) ?? [];
    const box = number ? drawn : boxOf(input);
    if (!box) return;
    open(number ?? input.dataset.page);
    const page = sheet(), ink = page.querySelector(".cv-ink"), image = page.querySelector("img");
    if (!image || image.hidden) return;
    ink.hidden = false;
    place(ink, box, page);
    const middle = (ink.offsetTop + ink.offsetHeight / 2), across = (ink.offsetLeft + ink.offsetWidth / 2);
    stage.scrollTo({ top: middle - stage.clientHeight / 2, left: across - stage.clientWidth / 2 });
    enlarge(box, page, image, input);
    const next = values.slice(values.indexOf(input)).find((v) => doubted(v) && v.dataset.page && v.dataset.page !== page.dataset.sheet);
    if (next) load(sheets.find((s) => s.dataset.sheet === next.dataset.page), false);
  }

  // The crop is the page image itself, moved under a small window: nothing more is loaded.
  function enlarge([x0, y0, x1, y1], page, image, input) {
    const width = Number(page.dataset.width), height = Number(page.dataset.height);
    const margin = 0.4 * (y1 - y0);
    const left = Math.max(x0 - margin, 0), top = Math.max(y0 - margin, 0);
    const across = Math.min(x1 + margin, width) - left, down = Math.min(y1 + margin, height) - top;
    crop.style.aspectRatio = `${across} / ${down}`;
    crop.style.width = `min(100%, ${(CROP_REM * across) / down}rem)`;
    crop.style.backgroundImage = `url("${image.dataset.src}")`;
    crop.style.backgroundSize = `${(100 * width) / across}% ${(100 * height) / down}%`;
    const share = (at, part, whole) => (whole > part ? (100 * at) / (whole - part) : 0);
    crop.style.backgroundPosition = `${share(left, across, width)}% ${share(top, down, height)}%`;
    crop.hidden = false;
    const home = input.closest(".cv-entry, .cv-figure, .cv-scroll");
    home.parentNode.insertBefore(crop, home);
    if (home.matches(".cv-entry")) home.scrollIntoView({ block: "nearest" }); // with what was read, and why it is doubted
    input.scrollIntoView({ block: "nearest" });
  }

  function say(words, good = true) {
    message.textContent = words;
    message.classList.toggle("cv-alert", !good);
  }

  // What the server says; where it says nothing, or no longer knows us, that is said in its place.
  async function answered(asked) {
    let answer;
    try { answer = await asked; } catch { return { ok: false, message: root.dataset.unheard }; }
    const known = answer.headers.get("content-type")?.includes("json");
    return known ? answer.json() : { ok: false, message: root.dataset.stale };
  }

  // What was typed and not saved outlives a reload, in this window of the browser alone.
  const KEPT = `congvan:${root.dataset.document}`;

  function keep() {
    const typed = values.filter((v) => v.value !== v.defaultValue);
    const rows = typed.map((v) => [v.dataset.field, { value: v.value, seen: seenIn(v), ink: v.dataset.ink }]);
    if (rows.length) sessionStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(rows)));
    else sessionStorage.removeItem(KEPT);
  }

  function bringBack() {
    const rows = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    const typed = values.filter((v) => !v.readOnly && rows[v.dataset.field]?.seen === seenIn(v));
    for (const input of typed) {
      const { value, ink } = rows[input.dataset.field];
      input.value = value;
      if (ink) input.dataset.ink = ink;
    }
    if (typed.length) say(root.dataset.kept);
    return typed[0];
  }

  async function post(path, fields) {
    if (root.dataset.needed) { say(root.dataset.needed, false); return { ok: false }; }
    const body = new URLSearchParams({ document: root.dataset.document, csrftoken: root.dataset.csrf, ...fields });
    const told = await answered(fetch(path, { method: "POST", body, headers: { Accept: "application/json" } }));
    const done = told.undone ? root.dataset.undone : root.dataset.saved;
    say(told.ok ? `${done}: ${told.shown ?? ""}` : [told.message, told.hint].filter(Boolean).join(": "), told.ok);
    if (told.letter_status) show(document.getElementById("letter-status"), told.letter_status);
    return told;
  }

  function show(element, status) {
    element.dataset.status = status;
    element.textContent = statuses[status] ?? "";
  }

  function settled(input, told) {
    const home = homeOf(input), seen = home.querySelector("input[name=seen]");
    input.value = input.defaultValue = told.shown; // Escape comes back to what is stored
    input.dataset.seen = told.value;
    delete input.dataset.ink;
    keep();
    if (told.box !== undefined) {
      for (const one of values.filter((v) => homeOf(v) === home)) { one.dataset.box = told.box; one.dataset.page = told.page ?? ""; }
    }
    if (seen) seen.value = told.value;
    for (const one of values.filter((v) => homeOf(v) === home)) one.dataset.status = told.status;
    const status = home.querySelector(".cv-status");
    if (!status) return; // a cell or a recipient
    home.dataset.status = told.status;
    show(status, told.status);
    count();
  }

  function count() {
    const left = new Set(values.filter(doubted).map(homeOf));
    const figures = [...left].filter((home) => home.matches(".cv-figure")).length;
    const words = root.dataset.left.replace("{values}", left.size - figures).replace("{figures}", figures);
    document.getElementById("left").textContent = words;
    document.getElementById("ahead").hidden = !left.size;
  }

  function take(input) {
    input.focus();
    input.select?.();
  }

  // To the doubtful value after (or before) this one; after the last one to those passed over, then to the next letter.
  function ahead(step = 1) {
    const at = values.indexOf(active);
    const order = [...values.slice(at + 1), ...values.slice(0, Math.max(at, 0))];
    const found = (step > 0 ? order : order.reverse()).find((v) => doubted(v) && (!active || homeOf(v) !== homeOf(active)));
    if (found) { take(found); return; }
    if (values.some(doubted)) return;
    message.textContent = root.dataset.done;
    following.focus();
  }

  async function decide(input, value) {
    if (input.readOnly) return;
    point(false);
    const ink = input.dataset.ink ? { ink: input.dataset.ink } : {};
    const told = await post("/-/decide", { field: input.dataset.field, value, seen: seenIn(input), ...ink });
    if (!told.ok) { input.focus(); return; }
    settled(input, { ...told, status: told.status || "confirmed" });
    active = input;
    ahead();
  }

  // A figure that is none is thrown out, or taken back in, without leaving the place.
  async function reject(home) {
    const form = home.querySelector(".cv-reject"), button = form.querySelector("button"), given = form.elements;
    const told = await post("/-/decide", { field: given.field.value, value: given.value.value });
    if (!told.ok) return;
    const out = told.value === "1";
    home.classList.toggle("cv-rejected", out);
    button.setAttribute("aria-pressed", String(out));
    given.value.value = out ? "0" : "1";
    for (const input of home.querySelectorAll(".cv-value")) input.dataset.status = out ? "" : told.status;
    show(home.querySelector(".cv-status"), told.status);
    count();
    active = home.querySelector(".cv-value");
    if (out) ahead();
  }

  async function part(page, begins) {
    const told = await post("/-/part", { page, begins });
    if (told.ok) location.href = `/-/letter/${told.go}`;
  }

  function splitHere() {
    if (split && !split.disabled) part(sheet().dataset.sheet, "1");
  }

  async function undo() {
    const told = await post("/-/undo", {});
    if (told.go) { location.href = `/-/letter/${told.go}`; return; }
    const input = told.ok && values.find((v) => v.dataset.field === told.field);
    if (input) { settled(input, told); input.focus(); }
    else if (told.ok) {
      location.hash = `f-${told.field.replace("rejected", "value").replaceAll(".", "-")}`;
      location.reload();
    }
  }

  function neighbour(step) {
    const shown = values.filter(visible), next = shown[shown.indexOf(active) + step];
    if (next) take(next);
  }

  // Pointing: the next box that is drawn on the page is the ink of the active value.
  function point(on) {
    if (!pointer || (on && !active)) return;
    if (on && turned) { turned = 0; draw(); }
    pointer.setAttribute("aria-pressed", String(on));
    stage.classList.toggle("cv-pointing", on);
    if (on) say(root.dataset.pointing.replace("{label}", active.getAttribute("aria-label")));
  }

  const pointing = () => pointer?.getAttribute("aria-pressed") === "true";

  function cornersOf(event) {
    const page = sheet(), place = page.getBoundingClientRect(), scale = Number(page.dataset.width) / place.width;
    const within = (at, most) => Math.round(Math.min(Math.max(at * scale, 0), most));
    const x = within(event.clientX - place.left, Number(page.dataset.width));
    const y = within(event.clientY - place.top, Number(page.dataset.height));
    return [Math.min(x, corner?.[0] ?? x), Math.min(y, corner?.[1] ?? y), Math.max(x, corner?.[0] ?? x), Math.max(y, corner?.[1] ?? y)];
  }

  // What was read there is put into the box, unless somebody has typed over it; Enter saves both.
  async function pointed([x0, y0, x1, y1]) {
    const input = active, ink = [sheet().dataset.sheet, x0, y0, x1, y1].join(",");
    point(false);
    if (x1 - x0 < 4 || y1 - y0 < 4) { input.focus(); return; }
    const told = await answered(fetch(`/-/words/${root.dataset.document}?ink=${ink}`));
    input.dataset.ink = ink;
    if (told.text && input.value === input.defaultValue) input.value = told.text;
    say(root.dataset.pointed);
    input.focus();
    light(input);
    keep();
  }

  const keys = {
    Enter: () => active && decide(active, active.value),
    ArrowDown: () => neighbour(1),
    ArrowUp: () => neighbour(-1),
    "Ctrl+ArrowDown": () => ahead(1),
    "Ctrl+ArrowUp": () => ahead(-1),
    Escape: () => {
      if (pointing()) { point(false); return; }
      if (!active) return;
      active.value = active.defaultValue;
      if (active.dataset.ink) { delete active.dataset.ink; light(active); }
      keep();
    },
    "Ctrl+Delete": () => {
      const figure = active?.closest(".cv-figure:not(.cv-citation)");
      if (figure) reject(figure);
      else if (active) decide(active, "");
    },
    "Ctrl+Enter": async () => { if ((await post("/-/confirm", {})).ok) location.reload(); },
    F2: splitHere,
    F4: undo,
    F6: () => point(!pointing()),
    F8: () => following.click(),
    F9: async () => { if ((await post("/-/decide", { field: "letter", value: "1" })).ok) location.reload(); },
    PageDown: () => turn(1),
    PageUp: () => turn(-1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // an input method is still writing the word
    const name = (event.ctrlKey ? "Ctrl+" : "") + event.key;
    if (event.altKey || event.metaKey || event.shiftKey || !(name in keys)) return;
    const inValue = event.target.classList.contains("cv-value");
    if (event.target.tagName === "SELECT" && event.key.startsWith("Arrow")) return; // it chooses
    if (["Enter", "ArrowDown", "ArrowUp", "Escape", "Ctrl+Delete"].includes(name) && !inValue) return;
    if (inValue) active = event.target;
    event.preventDefault();
    keys[name]();
  });

  for (const input of values) {
    input.addEventListener("focus", () => { active = input; light(input); });
    input.addEventListener("input", keep);
  }
  for (const form of document.querySelectorAll("form.cv-entry")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const input = form.querySelector(".cv-value");
      decide(input, event.submitter?.name ? event.submitter.value : input.value);
    });
  }
  for (const form of document.querySelectorAll(".cv-reject")) {
    form.addEventListener("submit", (event) => { event.preventDefault(); reject(homeOf(form)); });
  }
  for (const read of document.querySelectorAll(".cv-take")) {
    read.addEventListener("click", () => {
      const input = homeOf(read).querySelector(".cv-value");
      input.value = read.textContent;
      input.focus();
      keep();
    });
  }
  const tools = {
    previous: () => turn(-1), next: () => turn(1),
    in: () => { zoom = Math.min(zoom * ZOOM_STEP, ZOOM_MOST); draw(); },
    out: () => { zoom = Math.max(zoom / ZOOM_STEP, 0.25); draw(); },
    fit: () => { zoom = 1; turned = 0; draw(); },
    rotate: () => { turned = (turned + 90) % 360; draw(); },
    split: splitHere, ahead: () => ahead(), point: () => { point(!pointing()); active?.focus(); },
  };
  for (const button of document.querySelectorAll("[data-do]")) button.addEventListener("click", tools[button.dataset.do]);
  pick.addEventListener("change", () => open(pick.value));

  let drag = null, corner = null;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (pointing()) {
      event.preventDefault(); // the value keeps the focus
      const [x, y] = cornersOf(event);
      corner = [x, y];
      stage.setPointerCapture(event.pointerId);
    } else if (event.pointerType === "mouse") drag = [event.clientX + stage.scrollLeft, event.clientY + stage.scrollTop];
  });
  stage.addEventListener("pointermove", (event) => {
    if (drag) stage.scrollTo(drag[0] - event.clientX, drag[1] - event.clientY);
    if (!corner) return;
    const drawn = sheet().querySelector(".cv-drawn");
    drawn.hidden = false;
    place(drawn, cornersOf(event), sheet());
  });
  for (const end of ["pointerup", "pointerleave", "pointercancel"]) {
    stage.addEventListener(end, (event) => {
      drag = null;
      if (!corner || end === "pointerleave") return;
      const box = cornersOf(event);
      corner = null;
      sheet().querySelector(".cv-drawn").hidden = true;
      if (end === "pointerup") pointed(box);
    });
  }

  for (const hit of document.querySelectorAll(".cv-hit")) place(hit, boxOf(hit), hit.closest(".cv-sheet"));
  const asked = new URLSearchParams(location.search);
  open(asked.get("page") ?? sheets[0].dataset.sheet);
  const firstHit = sheet().querySelector(".cv-hit");
  if (firstHit) stage.scrollTop = firstHit.offsetTop - stage.clientHeight / 3;
  count();
  const named = values.find((v) => v.id && `#${v.id}` === location.hash); // a link to the ink of one value
  const first = named ?? bringBack() ?? values.find(doubted);
  const already = document.activeElement; // somebody quick may be in a value before this script has come
  if (values.includes(already)) { active = already; light(already); }
  else if (first && (named || !asked.get("q"))) take(first);
})();
