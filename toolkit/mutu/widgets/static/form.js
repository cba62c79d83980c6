// The form of a self-assessment. The server wrote its HTML; this keeps the answers, saves them and shows the views.
// An answer counts as saved when the store's word has come; until then it is kept here and in localStorage.
const SOON = 700; // ms after the last key before a text is saved
const LATER = 5000; // ms before what the service could not save is sent again

const tokenIn = (text) => /(?:^|#)([A-Za-z0-9_-]{16,128})$/.exec(text.trim())?.[1] ?? null;

/** Answers that are not saved yet: code -> changed fields; a copy of each lives in localStorage, where other tabs keep theirs. */
class Queue {
  constructor(slug) { this.slug = slug; this.token = null; this.waiting = new Map(); }
  get #key() { return `mutu:${this.slug}:${this.token ?? "draft"}`; }
  get size() { return this.waiting.size; }

  put(code, field, value) {
    const entry = this.waiting.get(code) ?? { fields: {}, turn: 0 };
    this.waiting.set(code, { fields: { ...entry.fields, [field]: value }, turn: entry.turn + 1 });
    this.#keep(code);
  }
  /** Saved: gone unless it changed meanwhile. */
  done(code, turn) {
    if (this.waiting.get(code)?.turn === turn) this.waiting.delete(code);
    this.#keep(code);
  }
  adopt(token) { const codes = [...this.waiting.keys()]; this.#drop(); this.token = token; this.#keep(...codes); }
  /** What an earlier visit left for this token (or for none); newer changes stay on top. */
  recall(token = this.token) {
    this.token = token;
    for (const [code, fields] of Object.entries(this.peek())) {
      const entry = this.waiting.get(code) ?? { fields: {}, turn: 0 };
      this.waiting.set(code, { fields: { ...fields, ...entry.fields }, turn: entry.turn + 1 });
    }
  }
  peek() {
    try { return JSON.parse(localStorage.getItem(this.#key)) ?? {}; } catch { return {}; }
  }
  forget() { this.waiting.clear(); this.#drop(); }
  #drop() { try { localStorage.removeItem(this.#key); } catch { /* no storage: the answers are kept here */ } }
  /** Only these items: what another tab keeps of the same assessment stays. */
  #keep(...codes) {
    const kept = this.peek();
    for (const code of codes) {
      if (this.waiting.has(code)) kept[code] = this.waiting.get(code).fields;
      else delete kept[code];
    }
    if (!Object.keys(kept).length) { this.#drop(); return; }
    try { localStorage.setItem(this.#key, JSON.stringify(kept)); } catch { /* as above */ }
  }
}

class Form {
  constructor(root, model) {
    this.root = root;
    this.texts = JSON.parse(root.querySelector("[data-texts]").textContent);
    this.total = Number(root.dataset.total);
    this.talk = new Talk(model);
    this.queue = new Queue(root.dataset.slug);
    this.say = announcer(this.one("[data-live]"));
    this.timers = new Map();
    this.flying = new Set();
    this.refused = new Map();
    this.savedAt = "";
    this.trouble = false;
    this.label = "";
    this.began = false;
    this.creating = null;
    this.listen();
    this.keepEarlyChoices();
    this.talk.onState((state) => this.linkChanged(state));
    if (own()) history.replaceState({ view: "start" }, "");
    this.arrive();
    listening(root);
    if (this.talk.state === "open") this.linkChanged("open");
  }

  one(selector) { return this.root.querySelector(selector); }
  all(selector) { return [...this.root.querySelectorAll(selector)]; }
  item(code) { return this.one(`[data-item="${CSS.escape(code)}"]`); }
  get token() { return this.queue.token; }

  // ---- what the visitor does -------------------------------------------------------------------------------
  listen() {
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("change", (event) => this.changed(event.target));
    this.root.addEventListener("input", (event) => this.typed(event.target));
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this[`submit_${event.target.dataset.form}`]?.(event.target);
    });
    if (!own()) return;
    addEventListener("popstate", (event) => event.state?.view && this.show(event.state.view, { push: false }));
    addEventListener("hashchange", () => this.arrive());
    addEventListener("pagehide", () => this.flushTexts());
    document.addEventListener("visibilitychange", () => this.seen());
  }

  /** Back from another tab, where the same assessment may have been changed. */
  seen() {
    if (document.hidden) this.flushTexts();
    else if (this.token && this.talk.state === "open") this.fetch();
  }

  clicked(event) {
    const target = event.target.closest("[data-go],[data-do],[data-item-link]");
    if (!target) return;
    const { go, do: what, itemLink } = target.dataset;
    if (itemLink) { event.preventDefault(); this.toItem(itemLink); }
    if (go) this.show(go);
    if (what) this[`do_${what.replace("-", "_")}`]?.(target);
  }

  changed(input) {
    const code = input.closest("[data-item]")?.dataset.item;
    if (code && input.type === "radio") this.answer(code, "score", Number(input.value));
    if (code && input.dataset.field) this.answer(code, input.dataset.field, input.value);
    if (input.closest('[data-form="settings"]')) this.settings();
  }

  typed(input) {
    const code = input.closest("[data-item]")?.dataset.item;
    if (!code || !input.dataset.field) return;
    const key = `${code} ${input.dataset.field}`;
    clearTimeout(this.timers.get(key)?.timer);
    const save = () => { this.timers.delete(key); this.answer(code, input.dataset.field, input.value); };
    this.timers.set(key, { timer: setTimeout(save, SOON), save });
    this.showSaved();
  }

  flushTexts() { [...this.timers.values()].forEach(({ timer, save }) => { clearTimeout(timer); save(); }); }

  keepEarlyChoices() {
    for (const input of this.all("[data-item] input:checked")) this.changed(input);
  }

  answer(code, field, value) {
    clearTimeout(this.timers.get(`${code} ${field}`)?.timer);
    this.timers.delete(`${code} ${field}`);
    this.refused.delete(code);
    this.queue.put(code, field, value);
    this.paintItem(code);
    this.count();
    this.pump();
  }

  // ---- saving ----------------------------------------------------------------------------------------------
  async pump() {
    this.showSaved();
    if (this.talk.state === "asleep" && this.queue.size) this.talk.wake();
    if (this.talk.state !== "open" || !(await this.ensureRecord())) return;
    for (const [code, { fields, turn }] of this.queue.waiting) {
      if (!this.flying.has(code) && !this.refused.has(code)) this.save(code, fields, turn);
    }
  }

  async save(code, fields, turn) {
    this.flying.add(code);
    const token = this.token;
    const reply = await this.talk.ask("save", { token, code, ...fields });
    this.flying.delete(code);
    if (token !== this.token) return;
    this.trouble = reply.why === "fault";
    if (reply.ok) {
      this.savedAt = reply.at;
      this.queue.done(code, turn);
    } else if (reply.why === "fault") { // the service's trouble, not the answer's: it stays in the queue
      setTimeout(() => this.pump(), LATER);
    } else if (reply.why !== "lost") {
      this.refused.set(code, reply.error);
      this.say(reply.error);
    }
    this.paintItem(code);
    if (this.queue.waiting.has(code) && !["lost", "fault"].includes(reply.why)) this.pump();
    this.showSaved();
  }

  /** An assessment exists from the first answer or the start button on, whichever reaches the kernel first. */
  async ensureRecord() {
    if (this.token) return true;
    if (!this.began && !this.queue.size) return false;
    this.creating ??= this.talk.ask("create", { label: this.label });
    const reply = await this.creating;
    this.creating = null;
    if (reply.ok && !this.token) this.adopt(reply.token);
    return Boolean(this.token);
  }

  adopt(token) {
    this.queue.adopt(token);
    this.one("[data-link-note]").hidden = false;
    this.showLink();
  }

  showLink() {
    if (own()) history.replaceState(history.state, "", `#${this.token}`);
    this.all("[data-link]").forEach((field) => { field.value = own() ? location.href : this.token; });
  }

  async settings() {
    const form = this.one('[data-form="settings"]');
    const values = { weights: form.elements.weights.value, label: form.elements.label.value };
    this.label = values.label;
    if (!(await this.ensureRecord())) return;
    const reply = await this.talk.askWhenOpen("settings", { token: this.token, ...values });
    if (reply.ok) this.savedAt = reply.at;
    else this.say(reply.error ?? this.texts.lost);
    this.showSaved();
  }

  // ---- opening ---------------------------------------------------------------------------------------------
  arrive() {
    const token = own() ? tokenIn(location.hash) : null;
    if (!token || token === this.token) {
      this.one("[data-draft]").hidden = Boolean(this.token) || !Object.keys(this.queue.peek()).length;
      return;
    }
    if (this.token || this.queue.size) this.clearAnswers();
    this.queue.recall(token);
    this.showLink();
    this.paintQueue();
    this.show("aspect-1", { push: false, focus: false });
    if (this.talk.state === "open") this.fetch();
  }

  async fetch() {
    const token = this.token;
    const reply = await this.talk.ask("open", { token });
    if (token !== this.token || reply.why === "lost") return;
    if (reply.why === "fault" && this.savedAt) { this.say(reply.error); return; }
    if (!reply.ok) { this.leave(reply.error); return; }
    this.savedAt = reply.at;
    this.take(reply);
    this.pump();
  }

  take({ label, weights, answers }) {
    this.label = label;
    const settings = this.one('[data-form="settings"]');
    if (document.activeElement !== settings.elements.label) settings.elements.label.value = label;
    settings.elements.weights.value = weights;
    for (const [code, answer] of Object.entries(answers)) this.setItem(code, answer);
    this.paintQueue();
  }

  paintQueue() {
    for (const [code, { fields }] of this.queue.waiting) this.setItem(code, fields);
    this.count();
  }

  setItem(code, fields) {
    const item = this.item(code);
    if (!item) return;
    const kept = this.queue.waiting.get(code)?.fields ?? {};
    const now = { ...fields, ...kept };
    if ("score" in now) item.querySelectorAll("[type=radio]").forEach((radio) => { radio.checked = Number(radio.value) === now.score; });
    if (now.score === null) item.querySelectorAll("[type=radio]").forEach((radio) => { radio.checked = false; });
    for (const field of ["note", "evidence"]) {
      const box = item.querySelector(`[data-field="${field}"]`);
      if (field in now && document.activeElement !== box) box.value = now[field];
    }
    if (now.note || now.evidence) item.querySelector("[data-notes]").open = true;
    this.paintItem(code);
  }

  clearAnswers() {
    this.queue = new Queue(this.root.dataset.slug);
    this.all("[data-item] [type=radio]").forEach((radio) => { radio.checked = false; });
    this.all("[data-item] textarea").forEach((box) => { box.value = ""; });
    this.refused.clear();
    this.savedAt = "";
    this.label = "";
    this.began = false;
    this.one('[data-form="settings"]').reset();
    this.all("[data-item]").forEach(({ dataset }) => this.paintItem(dataset.item));
    this.count();
  }

  leave(sentence) {
    this.clearAnswers();
    if (own()) history.replaceState(history.state, "", location.pathname + location.search);
    this.startErrors();
    showIf(this.one("[data-start-error]"), sentence);
    this.show("start", { push: false });
    if (sentence) this.say(sentence);
  }

  linkChanged(state) {
    if (state === "open") { if (this.token) this.fetch(); else this.pump(); }
    this.showSaved();
  }

  // ---- forms and buttons -----------------------------------------------------------------------------------
  submit_create(form) {
    if (this.token) this.clearAnswers(); // the earlier one stays behind its link
    this.label = form.elements.label.value.trim();
    this.one('[data-form="settings"]').elements.label.value = this.label;
    this.began = true;
    this.show("aspect-1");
    this.pump();
  }
  submit_open(form) {
    const token = tokenIn(form.elements.link.value);
    this.startErrors();
    if (!token) { this.startError(form, this.texts.badLink); return; }
    if (own()) { location.hash = token; return; }
    this.queue.recall(token);
    this.show("aspect-1");
    this.fetch();
  }
  async submit_load(form) {
    const file = form.elements.file.files[0];
    this.startErrors();
    if (!file) { this.startError(form, this.texts.noFile); return; }
    if (!(await file.slice(0, 64).text()).trimStart().startsWith("{")) {
      this.startError(form, fill(this.texts.notAnswers, { name: file.name }));
      return;
    }
    if (file.size > this.texts.largest) { this.startError(form, this.texts.tooLarge); return; }
    const reply = await this.talk.askWhenOpen("load", { text: await file.text() });
    if (!reply.ok) { this.startError(form, reply.error ?? this.texts.lost); return; }
    this.clearAnswers();
    this.adopt(reply.token);
    form.reset();
    this.show("review");
    this.fetch();
    this.say(this.texts.loaded);
  }
  async submit_delete(form) {
    const error = form.querySelector("[data-delete-error]");
    const reply = await this.talk.askWhenOpen("delete", { token: this.token, typed: form.elements.typed.value.trim() });
    if (!reply.ok) { showIf(error, reply.error ?? this.texts.lost); form.elements.typed.focus(); return; }
    this.queue.forget();
    form.reset();
    form.hidden = true;
    this.leave(null);
    this.say(this.texts.deleted);
  }
  startErrors() { this.all("[data-start-error],[data-form-error]").forEach((error) => showIf(error, null)); }
  startError(form, sentence) {
    const error = form.querySelector("[data-form-error]");
    showIf(error, sentence);
    this.say(sentence);
    error.focus({ preventScroll: true });
    error.scrollIntoView({ block: "center" });
  }

  do_resume() {
    this.queue.recall(null);
    this.paintQueue();
    this.show("aspect-1");
    this.pump();
  }
  do_clear(button) {
    const { item } = button.closest("[data-item]").dataset;
    const radios = [...this.item(item).querySelectorAll("[type=radio]")];
    radios.forEach((radio) => { radio.checked = false; });
    this.answer(item, "score", null);
    radios[0].focus();
  }
  async do_copy(button) {
    const field = button.parentElement.querySelector("[data-link]");
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    this.say(this.texts.copied);
    const before = button.textContent;
    button.textContent = this.texts.copied;
    setTimeout(() => { button.textContent = before; }, 2000);
  }
  do_word() { this.download("word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"); }
  do_json() { this.download("json", "application/json"); }
  do_print() { print(); }
  async download(what, type) {
    const status = this.one("[data-export]");
    status.textContent = this.texts.making;
    const reply = await this.talk.askWhenOpen("export", { token: this.token, what });
    status.textContent = reply.ok ? fill(this.texts.made, { name: reply.files[0].name, size: reply.size }) : reply.error ?? this.texts.lost;
    if (reply.ok) saveFile(reply.files[0], type);
  }
  do_ask_delete(button) {
    const box = this.one('[data-form="delete"]');
    box.hidden = false;
    button.setAttribute("aria-expanded", "true");
    box.elements.typed.focus();
  }
  do_keep() {
    this.one('[data-form="delete"]').hidden = true;
    const button = this.one('[data-do="ask-delete"]');
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }

  // ---- views -----------------------------------------------------------------------------------------------
  show(view, { push = true, focus = true } = {}) {
    this.flushTexts();
    const section = this.one(`[data-view="${view}"]`);
    if (!section) return;
    this.all("[data-view]").forEach((each) => { each.hidden = each !== section; });
    const started = view !== "start";
    this.one("[data-columns]").hidden = !started;
    this.one("[data-bar]").hidden = !started;
    this.root.dataset.now = view;
    this.all("nav [data-go]").forEach((button) => {
      if (button.dataset.go === view) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    const number = /^aspect-(\d+)$/.exec(view)?.[1];
    this.one("[data-where]").textContent = number ? fill(this.texts.where, { place: number }) : this.texts[view] ?? "";
    if (matchMedia("(max-width:860px)").matches) this.one("[data-nav]").open = false;
    if (own()) history[push ? "pushState" : "replaceState"]({ view }, "", location.href);
    if (view === "result") this.result();
    if (view === "start") this.one("[data-draft]").hidden = Boolean(this.token) || !Object.keys(this.queue.peek()).length;
    if (focus) {
      section.querySelector("[tabindex='-1']").focus({ preventScroll: true });
      if (own()) scrollTo(0, 0); else this.root.scrollIntoView();
    }
    this.showSaved();
  }

  toItem(code) {
    const item = this.item(code);
    this.show(item.closest("[data-view]").dataset.view);
    item.scrollIntoView({ block: "center" });
    (item.querySelector("input:checked") ?? item.querySelector("input")).focus({ preventScroll: true });
  }

  async result() {
    const place = this.one("[data-result]");
    const error = this.one("[data-result-error]");
    place.setAttribute("aria-busy", "true");
    showIf(error, null);
    await this.settled();
    const reply = (await this.ensureRecord()) ? await this.talk.askWhenOpen("result", { token: this.token }) : { ok: false, error: this.texts.nothing };
    place.setAttribute("aria-busy", "false");
    showIf(error, reply.ok ? (this.queue.size ? this.texts.notAll : null) : reply.error ?? this.texts.lost);
    if (!reply.ok) return;
    place.innerHTML = reply.html;
    hintAtWide(place);
    this.say(reply.sentence);
  }

  /** Waits a little for answers on their way, so that the result is that of what is on the screen. */
  async settled() {
    for (let turn = 0; turn < 50 && this.queue.size && this.talk.state !== "full"; turn += 1) {
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  }

  // ---- painting --------------------------------------------------------------------------------------------
  count() {
    const answered = new Set(this.all("[data-item] input:checked").map((input) => input.closest("[data-item]").dataset.item));
    this.one("[data-answered]").textContent = answered.size;
    this.one("[data-bar] progress").value = answered.size;
    this.all("[data-view^=aspect-]").forEach((section, index) => this.countAspect(section, index + 1, answered));
    this.all("[data-missing]").forEach((line) => { line.hidden = answered.has(line.dataset.missing); });
    const missing = this.total - answered.size;
    this.one("[data-complete]").hidden = missing > 0;
    this.one("[data-incomplete]").hidden = missing === 0;
    this.one("[data-incomplete-text]").textContent = fill(this.texts.missing, { missing, total: this.total });
  }

  countAspect(section, place, answered) {
    const codes = [...section.querySelectorAll("[data-item]")].map(({ dataset }) => dataset.item);
    const done = codes.filter((code) => answered.has(code)).length;
    this.all(`[data-share="${place}"]`).forEach((share) => {
      share.textContent = `${done}/${codes.length}`;
      share.classList.toggle("full", done === codes.length);
    });
    const review = this.one(`[data-review="${place}"]`);
    review.querySelector(".done").hidden = done < codes.length;
  }

  paintItem(code) {
    const item = this.item(code);
    if (!item) return;
    const sentence = this.refused.get(code);
    showIf(item.querySelector("[data-error]"), sentence);
    item.classList.toggle("refused", Boolean(sentence));
    item.querySelector('[data-do="clear"]').hidden = !item.querySelector("input:checked");
  }

  savedText() {
    const { texts } = this;
    if (this.refused.size) return [texts.refused, "bad"];
    const waiting = this.queue.size + this.timers.size;
    if (waiting && this.talk.state === "open") return this.trouble ? [texts.wait_fault, "bad"] : [texts.saving, ""];
    if (waiting) return [texts[`wait_${this.talk.state}`] ?? texts.wait_lost, this.talk.state === "starting" ? "" : "bad"];
    if (this.savedAt) return [fill(texts.saved, { time: this.savedAt }), "good"];
    return [this.talk.state === "open" || !this.token ? "" : texts[`link_${this.talk.state}`] ?? "", ""];
  }

  /** What is saved, for the eye; for the ear too when it turns good or bad. */
  showSaved() {
    const [text, tone] = this.savedText();
    const place = this.one("[data-saved]");
    const before = place.dataset.tone ?? "";
    if (place.textContent !== text) place.textContent = text;
    place.dataset.tone = tone;
    if (tone && tone !== before) this.say(text);
  }
}

const view = { render({ model, el }) { new Form(rootOf(model, el), model); } };
export default view;
