// What every view shares: asking the kernel, downloads, announcements. No view trusts the address bar or the
// browser's storage with more than the visitor's own answers.
const own = () => document.body.hasAttribute("data-mutu-page"); // false inside JupyterLab

const numbered = (() => { let last = 0; return () => { last += 1; return last; }; })();

/** Requests to the kernel: each gets exactly one reply, or is refused when the connection is lost. */
class Talk {
  #model;
  #waiting = new Map();
  #listeners = [];

  constructor(model, patience = 60_000) {
    this.#model = model;
    this.patience = patience;
    this.state = model.state ?? "open"; // JupyterLab's models are open when they are drawn
    model.on("msg:custom", (reply, buffers) => this.#settle(reply, buffers));
    model.on("mutu:link", (state) => this.#change(state));
  }

  onState(listener) { this.#listeners.push(listener); }
  wake() { this.#model.wake?.(); }

  #change(state) {
    this.state = state;
    if (state !== "open") {
      for (const { fail } of this.#waiting.values()) fail();
      this.#waiting.clear();
    }
    this.#listeners.forEach((listener) => listener(state));
  }

  #settle(reply, buffers) {
    const waiting = this.#waiting.get(reply.re);
    if (reply.step !== undefined) { waiting?.step(reply); return; }
    this.#waiting.delete(reply.re);
    waiting?.done({ ...reply, files: (reply.names ?? []).map((name, index) => ({ name, data: buffers[index] })) });
  }

  /** Send a request now; the promise always resolves, with `ok: false, why: "lost"` when nothing came back.
   *  `onStep` hears how far a long one is; every step gives it the same patience again. */
  ask(kind, values = {}, buffers = [], onStep = () => {}) {
    return new Promise((resolve) => {
      const id = numbered();
      const lost = () => { clearTimeout(timer); resolve({ ok: false, why: "lost" }); };
      const wait = () => setTimeout(() => { this.#waiting.delete(id); lost(); }, this.patience);
      let timer = wait();
      const step = (reply) => { clearTimeout(timer); timer = wait(); onStep(reply); };
      this.#waiting.set(id, { fail: lost, step, done: (reply) => { clearTimeout(timer); resolve(reply); } });
      if (this.#model.send({ id, kind, with: values }, undefined, buffers) === false) {
        this.#waiting.delete(id);
        lost();
      }
    });
  }

  /** The same once the connection stands; a page that fell asleep wakes up for it. */
  async askWhenOpen(kind, values = {}, buffers = []) {
    if (this.state !== "open") {
      this.wake();
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, this.patience);
        this.onState((state) => { if (state === "open") { clearTimeout(timer); resolve(); } });
      });
    }
    return this.ask(kind, values, buffers);
  }
}

const saveFile = ({ name, data }, type) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([data], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, name) => values[name] ?? "");

const showIf = (element, text) => {
  element.textContent = text ?? "";
  element.hidden = !text;
};

/** Tables that are wider than their place say so; again when the place, as on a turned phone, or what is folded changes. */
const hintAtWide = (root) => {
  const mark = ({ target }) => target.classList.toggle("wider", target.scrollWidth > target.clientWidth + 1);
  const watch = new ResizeObserver((entries) => requestAnimationFrame(() => entries.forEach(mark)));
  root.querySelectorAll(".scroll").forEach((place) => watch.observe(place));
};

/** A text for those who hear the page; said again even when it is the same. */
const announcer = (element) => (text) => {
  element.textContent = "";
  setTimeout(() => { element.textContent = text; }, 60);
};

/** Buttons wait until somebody listens to them: pressed earlier they would be lost. */
const listening = (root) => root.querySelectorAll("[data-wait]").forEach((button) => { button.disabled = false; });

/** The view's root: written by the server in a page, from the model's `html` inside JupyterLab. */
const rootOf = (model, el) => {
  if (!el.querySelector(".mutu")) el.innerHTML = model.get("html");
  return el.querySelector(".mutu");
};
