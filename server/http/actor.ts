import type { AuditActor } from "#domain/access/audit/audit.ts";
import { CLIENT_ADDRESS } from "#server/runtime/client-address.ts";
import type { Caller } from "./gate/caller.ts";
import { operatorNameOf } from "./operator.ts";

const LONGEST_AGENT = 200;

/** From where a request was sent. */
export type Origin = Pick<AuditActor, "address" | "userAgent">;

/** Who asks, and from where. */
export interface Requester {
  caller: Caller;
  from: Origin;
}

/** From where a request was sent, by its headers as they are behind the gate. */
export function originOf(headers: Pick<Headers, "get">): Origin {
  const agent = headers
    .get("user-agent")
    ?.replaceAll(/\p{Cc}/gu, " ")
    .trim();
  return {
    address: headers.get(CLIENT_ADDRESS),
    userAgent: agent ? agent.slice(0, LONGEST_AGENT).toWellFormed() : null,
  };
}

/** Who does what a request asks for. `name` is what they call themselves, which counts at this machine only. */
export function actorOf({ caller, from }: Requester, name?: string | null): AuditActor {
  const label = operatorNameOf(caller, name);
  switch (caller.kind) {
    case "key":
      return { kind: "key", id: caller.id, label, ...from };
    case "session":
      return { kind: "this_machine", id: null, label, ...from };
    case "member":
      return { kind: "member", id: caller.id, label, ...from };
    default:
      return caller satisfies never;
  }
}

/** Whoever has the link of something, which is all that is known of them. */
export function holderOfLink(from: Origin): AuditActor {
  return { kind: "link", id: null, label: "somebody with the link", ...from };
}
