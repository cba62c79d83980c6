// The survey page: a file goes up in pieces, the kernel reads it and writes what is shown.

class Survey {
  constructor(root, model) {
    this.root = root;
    this.texts = JSON.parse(root.querySelector("[data-texts]").textContent);
    this.talk = new Talk(model, 180_000);
    this.say = announcer(this.one("[data-live]"));
    this.sent = null; // the file the kernel has
    this.shown = null; // how the result on the screen was asked for: the report is of the same
    this.busy = false;
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      this[`submit_${event.target.dataset.form}`]?.(event.target);
    });
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-take],[data-do=print]");
      if (button?.dataset.take) this.take(button);
      else if (button) print();
    });
    if (own()) addEventListener("beforeprint", () => this.unfold());
    this.talk.onState((state) => this.linkChanged(state));
    listening(root);
  }

  one(selector) { return this.root.querySelector(selector); }

  linkChanged(state) {
    if (state !== "open") this.sent = null; // a new kernel has no file
    const said = this.texts[`link_${state}`];
    showIf(this.one("[data-link]"), said);
    if (said) this.say(said);
  }

  /** Paper cannot be unfolded: what does not count and how it was computed are printed too. */
  unfold() { this.root.querySelectorAll("[data-result] details:not(.no-print)").forEach((each) => { each.open = true; }); }

  tell(text) { this.one("[data-status]").textContent = text; this.say(text); }

  /** One thing at a time; buttons that would begin a second say so. A button that was off has lost the focus: it gets it
   *  back unless the work led elsewhere. */
  async during(work) {
    if (this.busy) return;
    this.busy = true;
    const pressed = document.activeElement;
    this.root.querySelectorAll("button[type=submit],[data-take]").forEach((button) => { button.disabled = true; });
    showIf(this.one("[data-error]"), null);
    try { await work(); } finally {
      this.busy = false;
      this.root.querySelectorAll("button[type=submit],[data-take]").forEach((button) => { button.disabled = false; });
      this.one("[data-progress]").hidden = true;
      if (document.activeElement === document.body) pressed.focus();
    }
  }

  fail(reply, error = this.one("[data-error]")) {
    this.one("[data-status]").textContent = "";
    showIf(error, reply.error ?? this.texts.lost);
    this.say(error.textContent);
    error.focus();
    error.scrollIntoView({ block: "center" });
  }

  submit_survey(form) {
    const file = form.elements.file.files[0];
    if (!file) { this.fail({ error: this.texts.noFile }); return; }
    this.during(async () => {
      if (file !== this.chosen) this.forget();
      if (file.size > this.texts.largest) { this.fail({ error: this.texts.tooLarge }); return; }
      const fresh = file !== this.chosen;
      this.chosen = file;
      await this.score(fresh ? {} : this.mapping());
    });
  }
  /** Another file was chosen: the result of the one before would be read as its own. */
  forget() {
    const place = this.one("[data-result]");
    place.hidden = true;
    place.replaceChildren();
    this.shown = null;
  }
  submit_mapping() { this.during(() => this.score(this.mapping())); }

  mapping() {
    const form = this.one('[data-form="mapping"]');
    if (!form) return {};
    const columns = [...form.querySelectorAll("[data-column]")].map((select) => [select.dataset.column, select.value]);
    return { columns: Object.fromEntries(columns), by: form.elements.by?.value || null };
  }

  options() {
    const { sheet, scale, weights, population } = this.one('[data-form="survey"]').elements;
    return { sheet: sheet.value.trim(), scale: scale.value, weights: weights.value, population: population.value.trim() };
  }

  async score(mapping) {
    if (this.sent !== this.chosen && !(await this.upload())) return;
    this.tell(this.texts.reading);
    const asked = { ...this.options(), ...mapping };
    const reply = await this.talk.ask("score", asked);
    if (!reply.ok) { this.fail(reply); return; }
    this.shown = asked;
    this.one("[data-status]").textContent = "";
    const place = this.one("[data-result]");
    place.innerHTML = reply.html;
    place.hidden = false;
    hintAtWide(place);
    this.say(reply.sentence);
    place.querySelector("[tabindex='-1']").focus({ preventScroll: true });
    place.scrollIntoView();
  }

  async upload() {
    const file = this.chosen;
    const bar = this.one("[data-progress]");
    bar.hidden = false;
    bar.value = 0;
    this.tell(this.texts.sending);
    const begun = await this.talk.askWhenOpen("begin", { name: file.name, size: file.size });
    if (!begun.ok) { this.fail(begun); return false; }
    for (let start = 0; start < file.size; start += this.texts.piece) {
      const piece = await file.slice(start, start + this.texts.piece).arrayBuffer();
      const reply = await this.talk.ask("piece", { start }, [piece]);
      if (!reply.ok) { this.fail(reply); return false; }
      bar.value = Math.min(1, (start + this.texts.piece) / file.size);
    }
    this.sent = file;
    return true;
  }

  submit_report(form) {
    this.during(async () => {
      if (this.sent !== this.chosen && !(await this.upload())) return;
      const office = Object.fromEntries(new FormData(form));
      const status = form.querySelector("[data-report-status]");
      const bar = form.querySelector("[data-report-progress]");
      const far = ({ step, of }) => {
        bar.hidden = false;
        bar.max = of;
        bar.value = step;
        status.textContent = fill(this.texts.making, { step, of });
      };
      far({ step: 0, of: 5 });
      const reply = await this.talk.ask("report", { ...this.shown, office }, [], far);
      status.textContent = "";
      bar.hidden = true;
      if (!reply.ok) { this.fail(reply, form.querySelector("[data-report-error]")); return; }
      showIf(form.querySelector("[data-report-error]"), null);
      const place = this.one("[data-files]");
      place.innerHTML = reply.html;
      this.say(this.texts.ready);
      place.querySelector("[tabindex='-1']").focus();
    });
  }

  take(button) {
    this.during(async () => {
      const reply = await this.talk.askWhenOpen("take", { what: button.dataset.take });
      if (!reply.ok) { this.fail(reply); return; }
      saveFile(reply.files[0], reply.type);
    });
  }
}

const view = { render({ model, el }) { new Survey(rootOf(model, el), model); } };
export default view;
