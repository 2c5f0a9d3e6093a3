import type { LiveTestServer, UntypedSocket } from "#server/live/testing/live-server.ts";
import { greeted } from "#server/live/testing/live-server.ts";
import type { SightCaller } from "./callers.ts";
import { handshakeRefusal } from "./expected.ts";
import type { Answered, AskedWorld } from "./over-http.ts";

/** What a client may do; one that is missing here cannot be asked, which fails the test. */
export const SOCKET_VERBS = ["handshake", "unwatch", "watch:desk", "watch:floor", "watch:meeting"];

type Pick = <T>(all: readonly T[]) => T;

/** A socket of somebody who was let in, and all that it was pushed since that was last looked at. */
interface OpenSocket {
  socket: UntypedSocket;
  pushed: string[];
  /** The question before the next one: the same must not be asked while it waits for its answer. */
  last: Promise<unknown>;
}

export function connectAs(live: LiveTestServer, caller: SightCaller): UntypedSocket {
  const { cookie } = caller.headers;
  return live.connect({
    ...(caller.token !== null && { auth: { token: caller.token } }),
    ...(cookie !== undefined && { headers: { cookie } }),
  });
}

/** Asks over sockets, of which each caller who is let in has one that stays. */
export class SocketAsker {
  readonly #open = new Map<SightCaller, Promise<OpenSocket>>();

  async ask(asking: AskedWorld, verb: string, caller: SightCaller, pick: Pick): Promise<Answered> {
    const refusal = handshakeRefusal(caller);
    if (verb === "handshake" || refusal !== null) return shake(asking, caller);
    const own = await this.#socketOf(asking, caller);
    const { socket, pushed } = own;
    const { request, allowed } = requestOf(verb, asking, caller, pick);
    const asked = own.last.then((): Promise<unknown> => socket.emitWithAck(verb, request));
    own.last = asked;
    const answer = await asked;
    const question = JSON.stringify(request);
    return {
      told: `${verb} ${question}`,
      ...{ status: statusOf(answer), allowed, question, isOpen: false },
      text: [JSON.stringify(answer), ...pushed.splice(0)].join("\n"),
    };
  }

  #socketOf({ front }: AskedWorld, caller: SightCaller): Promise<OpenSocket> {
    const before = this.#open.get(caller);
    if (before !== undefined) return before;
    const opening = opened(connectAs(front.live, caller));
    this.#open.set(caller, opening);
    return opening;
  }
}

async function opened(socket: UntypedSocket): Promise<OpenSocket> {
  const own: OpenSocket = { socket, pushed: [], last: Promise.resolve() };
  socket.onAny((event: string, push: unknown) => {
    own.pushed.push(`${event} ${JSON.stringify(push)}`);
  });
  await greeted(socket);
  return own;
}

/** Connects anew, with all that the server says by itself. */
async function shake({ front }: AskedWorld, caller: SightCaller): Promise<Answered> {
  const socket = connectAs(front.live, caller);
  const pushed: string[] = [];
  socket.onAny((event: string, push: unknown) => {
    pushed.push(`${event} ${JSON.stringify(push)}`);
  });
  const refused = await greeted(socket).then(
    () => null,
    (error: Error) => error,
  );
  if (refused === null) await socket.emitWithAck("unwatch", {});
  socket.disconnect();
  return {
    told: "handshake",
    ...{ status: refused?.message ?? "connected", question: "", isOpen: false },
    allowed: [handshakeRefusal(caller) ?? "connected"],
    text: [JSON.stringify(refused), ...pushed].join("\n"),
  };
}

function requestOf(verb: string, { things }: AskedWorld, { sight }: SightCaller, pick: Pick) {
  const meeting = pick(things["meetings/{id}"] ?? []);
  switch (verb) {
    case "watch:floor": {
      const all = [{}, { first: 1 }, { first: 50 }, { first: 50, time_zone: "Asia/Tokyo" }];
      return { request: pick(all), allowed: ["ok"] };
    }
    case "watch:desk":
      return { request: pick([{}, { time_zone: "Asia/Tokyo" }]), allowed: ["ok"] };
    case "watch:meeting": {
      const request = { id: meeting.id, after_seq: pick([0, 0, 3, 1000]) };
      return { request, allowed: [meeting.isSeen(sight) ? "ok" : "not_found"] };
    }
    case "unwatch":
      return { request: pick([{}, { id: meeting.id }]), allowed: ["ok"] };
    default:
      throw new Error(`what ${verb} is sent is not known here`);
  }
}

function statusOf(answer: unknown): string {
  if (typeof answer !== "object" || answer === null) return "nothing";
  if ("ok" in answer && answer.ok === true) return "ok";
  const error: unknown = Reflect.get(answer, "error");
  return String(Reflect.get(Object(error), "code"));
}
