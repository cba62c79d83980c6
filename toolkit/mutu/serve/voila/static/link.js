// The page's connection to its kernel: anywidget's model interface over one WebSocket.
// It comes after a view's module in one file (`view` is that module's export), so a page loads one script.
const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const IDLE = 4408;
const encode = new TextEncoder();
const decode = new TextDecoder();

const readBlock = (doc, name) => {
  const block = doc.querySelector(`script[data-mutu="${name}"]`);
  return block ? JSON.parse(block.textContent) : null;
};

// offsets as 64-bit little-endian numbers, then channel, header, parent header, metadata, content, buffers
const pack = (content, buffers, session) => {
  const header = {
    msg_id: crypto.randomUUID?.() ?? String(Math.random()).slice(2),
    msg_type: "comm_msg", username: "", session, date: new Date().toISOString(), version: "5.3",
  };
  const texts = ["shell", ...[header, {}, {}, content].map((part) => JSON.stringify(part))];
  const parts = [...texts.map((text) => encode.encode(text)), ...buffers.map((buffer) => new Uint8Array(buffer))];
  const count = parts.length + 1;
  let place = 8 * (count + 1);
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, place));
  const numbers = new DataView(out.buffer);
  numbers.setBigUint64(0, BigInt(count), true);
  parts.forEach((part, index) => {
    numbers.setBigUint64(8 * (index + 1), BigInt(place), true);
    out.set(part, place);
    place += part.length;
  });
  numbers.setBigUint64(8 * count, BigInt(place), true);
  return out;
};

const unpack = (data) => {
  const numbers = new DataView(data);
  const count = Number(numbers.getBigUint64(0, true));
  const offsets = Array.from({ length: count }, (_, index) => Number(numbers.getBigUint64(8 * (index + 1), true)));
  const part = (index) => data.slice(offsets[index], offsets[index + 1]);
  const json = (index) => JSON.parse(decode.decode(part(index)));
  const buffers = Array.from({ length: count - 6 }, (_, index) => new DataView(part(index + 5)));
  return { header: json(1), content: json(4), buffers };
};

class Model {
  #listeners = new Map();
  #socket = null;
  #kernel = null;
  #comm = null;
  #tries = 0;
  #timer = 0;
  state = "starting";

  constructor() {
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", (event) => event.persisted && this.wake());
    addEventListener("online", () => this.state === "lost" && this.wake());
  }

  get() { return undefined; }
  set() {}
  save_changes() {}
  on(name, listener) { this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]); }
  off(name, listener) {
    this.#listeners.set(name, (this.#listeners.get(name) ?? []).filter((each) => each !== listener));
  }
  #emit(name, ...values) { (this.#listeners.get(name) ?? []).forEach((listener) => listener(...values)); }

  send(content, _callbacks, buffers = []) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    const message = { comm_id: this.#comm, data: { method: "custom", content } };
    this.#socket.send(pack(message, buffers, this.#session));
    return true;
  }

  #session = crypto.randomUUID?.() ?? String(Math.random()).slice(2);

  begin(doc) {
    this.#kernel = readBlock(doc, "kernel");
    this.#comm = readBlock(doc, "model");
    if (this.#kernel && this.#comm) this.#connect();
    else this.#lose();
  }

  wake() {
    clearTimeout(this.#timer);
    if (this.state === "lost" || this.state === "asleep") this.#again();
  }

  #connect() {
    const base = location.href.replace(/^http/, "ws").replace(/[?#].*$/, "").replace(/[^/]*$/, "");
    const socket = new WebSocket(`${base}api/kernels/${this.#kernel}/channels?session_id=${this.#session}`, PROTOCOL);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => { this.#tries = 0; this.#become("open"); };
    socket.onmessage = ({ data }) => {
      const { header, content, buffers } = unpack(data);
      const ours = header.msg_type === "comm_msg" && content.comm_id === this.#comm;
      if (ours && content.data.method === "custom") this.#emit("msg:custom", content.data.content, buffers);
    };
    socket.onclose = ({ code }) => {
      if (socket !== this.#socket) return;
      if (code === IDLE) { this.#kernel = null; this.#become("asleep"); } else this.#lose();
    };
  }

  #become(state) {
    this.state = state;
    this.#emit("mutu:link", state);
  }

  #lose(state = "lost") {
    this.#become(state);
    const wait = Math.min(30, 2 ** this.#tries) * 1000 * (0.75 + Math.random() / 2);
    this.#tries += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#again(), wait);
  }

  // first the same kernel, which lives for a minute; then a fresh one, by asking for the page again
  async #again() {
    if (this.#kernel && this.#tries < 3) { this.#connect(); return; }
    try {
      const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
      if (answer.status === 503 || answer.status === 429) { this.#lose("full"); return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.#kernel = readBlock(fresh, "kernel");
      this.#comm = readBlock(fresh, "model");
      if (this.#kernel && this.#comm) this.#connect();
      else this.#lose();
    } catch { this.#lose(); }
  }

  #leave() {
    if (!this.#kernel) return;
    navigator.sendBeacon(new URL(`close/${this.#kernel}`, location.href.replace(/[?#].*$/, "")));
    this.#kernel = null;
    this.#socket?.close();
    this.#become("asleep");
  }
}

// the page names this script after its form, which is whole by now; its kernel comes later
const model = new Model();
view.render({ model, el: document.querySelector("[data-root]") });
document.querySelectorAll("[data-keep-fragment]").forEach((link) => {
  link.addEventListener("click", () => { link.hash = location.hash; });
});
if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => model.begin(document));
else model.begin(document);
