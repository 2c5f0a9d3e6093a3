import { beforeEach, expect, test, vi } from "vitest";
import type { LiveListener } from "./live-socket.ts";

type Hear = (...args: unknown[]) => void;

/** The client's socket, as far as it is used. */
class ClientSocketFake {
  connected = false;
  active = false;
  /** How often the server was asked to let it in. */
  asked = 0;
  readonly io = { on: () => undefined };
  readonly #heard = new Map<string, Hear[]>();
  #any: Hear[] = [];

  connect(): this {
    this.active = true;
    this.asked += 1;
    return this;
  }

  close(): this {
    this.active = false;
    this.connected = false;
    return this;
  }

  on(name: string, hear: Hear): this {
    this.#heard.set(name, [...this.listeners(name), hear]);
    return this;
  }

  once(name: string, hear: Hear): this {
    return this.on(name, hear);
  }

  off(): this {
    this.#heard.clear();
    return this;
  }

  onAny(hear: Hear): this {
    this.#any.push(hear);
    return this;
  }

  offAny(): this {
    this.#any = [];
    return this;
  }

  listeners(name: string): Hear[] {
    return this.#heard.get(name) ?? [];
  }

  /** The server let it in. */
  letIn(): void {
    this.connected = true;
    for (const hear of this.listeners("connect")) hear();
  }

  refuse(): void {
    this.active = false;
    for (const hear of this.listeners("connect_error")) hear(new Error("not now"));
  }

  receive(name: string, ...args: unknown[]): void {
    for (const hear of this.#any) hear(name, ...args);
    for (const hear of this.listeners(name)) hear(...args);
  }
}

let sockets: ClientSocketFake[];
vi.mock("socket.io-client", () => ({
  io: () => {
    const socket = new ClientSocketFake();
    sockets.push(socket);
    return socket;
  },
}));

beforeEach(() => {
  sockets = [];
  vi.resetModules();
});

async function setup() {
  const { connectEarly, openSocket } = await import("./live-socket.ts");
  const pushes = {
    "meeting:events": vi.fn(),
    "floor:changed": vi.fn(),
    "desk:changed": vi.fn(),
    "recording:changed": vi.fn(),
    "live:resync": vi.fn(),
    "meeting:merged": vi.fn(),
  };
  const listener: LiveListener = {
    ...{ connected: vi.fn(), pinged: vi.fn(), looked: vi.fn(), lost: vi.fn() },
    ...{ unavailable: vi.fn(), refused: vi.fn(), outdated: vi.fn(), unreadable: vi.fn() },
    pushes,
  };
  return { connectEarly, open: () => openSocket(listener), listener, pushes };
}

const MERGED = { id: "m1", into: "m2" };

test("a page that is taken over after it has connected hears of it, and all that came since", async () => {
  const { connectEarly, open, listener, pushes } = await setup();
  connectEarly();
  const [early] = sockets;
  early?.letIn();
  early?.receive("meeting:merged", MERGED);
  const socket = open();
  expect(socket.connected).toBe(false);
  expect(listener.connected).not.toHaveBeenCalled();

  socket.connect();
  expect(socket.connected).toBe(true);
  expect(listener.connected).toHaveBeenCalledTimes(1);
  expect(pushes["meeting:merged"].mock.calls).toEqual([[MERGED]]);
  early?.receive("meeting:merged", MERGED);
  expect(pushes["meeting:merged"]).toHaveBeenCalledTimes(2);
  expect(sockets).toHaveLength(1);
  expect(early?.asked).toBe(1);
});

test("one that is taken over while it connects asks the server once", async () => {
  const { connectEarly, open, listener } = await setup();
  connectEarly();
  const socket = open();
  socket.connect();
  expect(sockets[0]?.asked).toBe(1);
  expect(listener.connected).not.toHaveBeenCalled();
  sockets[0]?.letIn();
  expect(listener.connected).toHaveBeenCalledTimes(1);
  expect(socket.connected).toBe(true);
});

test("one whose early connection failed begins anew, and is told why", async () => {
  const { connectEarly, open, listener } = await setup();
  connectEarly();
  sockets[0]?.refuse();
  open().connect();
  expect(sockets.map(({ asked }) => asked)).toEqual([1, 1]);
  sockets[1]?.refuse();
  expect(listener.lost).toHaveBeenCalledTimes(1);
});

test("what is loaded only after the page was taken over connects no second time", async () => {
  const { connectEarly, open } = await setup();
  open().connect();
  connectEarly();
  expect(sockets).toHaveLength(1);
});
