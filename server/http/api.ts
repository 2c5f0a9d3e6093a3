import { seeing } from "#db/access/sight/seeing.ts";
import { auditRead } from "#server/runtime/audit.ts";
import { actorOf, type Origin, originOf, type Requester } from "./actor.ts";
import { allowedTo, answering, anybody } from "./answer.ts";
import { tagged } from "./entity-tag.ts";
import { onceAMinute } from "./gate/once-a-minute.ts";
import { type Handler, type Handlers, handlers, METHODS, type Method } from "./handlers.ts";
import { once } from "./idempotency.ts";
import {
  type Body,
  type Described,
  document,
  type Example,
  isDoneOnce,
  type Noted,
} from "./operation.ts";
import type { Query } from "./parameters.ts";
import { Spending } from "./rate.ts";
import { shownAnswer } from "./shown.ts";

/** A request that may be answered. `url` is the address as its caller knows it. */
export interface Asked<Param extends string> {
  request: Request;
  url: URL;
  params: Record<Param, string>;
  from: Origin;
}

/**
 * What one method of an address does, and what the document of the API says of it. `who` may ask: `anybody` who knows
 * the address, or a caller that is known and allowed what it names (`Access`).
 * `atLength`: it takes as long as it takes, as what moves a whole file of meetings. `ofPart`: whether somebody who sees
 * a part may ask it, as most that reads; what writes then has to read what it is about first. Others are refused.
 */
export type Endpoint<Param extends string = never> = Query &
  Described & { audit?: Noted; example?: Example } & (
    | { who: "anybody"; body?: Body; respond: (asked: Asked<Param>) => Promise<Response> }
    | {
        who: "read" | "export";
        body?: Body;
        atLength?: true;
        ofPart?: boolean;
        respond: Respond<Param>;
      }
    | {
        who: "write" | "deliver" | "manage" | "owner" | "self";
        body: Body;
        atLength?: true;
        ofPart: boolean;
        respond: Respond<Param>;
      }
  );

type Respond<Param extends string> = (asked: Asked<Param> & Requester) => Promise<Response>;

/** One that changes something: it says what is noted of that in the audit log, or why nothing is. */
export type ChangingEndpoint<Param extends string = never> = Endpoint<Param> & { audit: Noted };

/** The endpoints of an address, by method. */
export type Endpoints<Param extends string> = {
  GET?: Endpoint<Param>;
} & Partial<Record<Exclude<Method, "GET">, ChangingEndpoint<Param>>>;

/**
 * The handlers of a route of the API: this is the one place that asks who may. Another method is answered 405 with
 * `Allow`, a stranger 401, a caller who may not do that 403, a parameter that the endpoint does not take 400. Here too
 * requests are counted, a write with an `Idempotency-Key` is done once, and what is read has an `ETag`.
 */
export function api<Param extends string = never>(endpoints: Endpoints<Param>): Handlers<Param> {
  const own: Partial<Record<Method, Handler<Param>>> = {};
  for (const method of METHODS) {
    const endpoint = endpoints[method];
    if (endpoint === undefined) continue;
    own[method] = handlerOf(endpoint);
    document(own[method], [endpoint]);
  }
  return handlers(own);
}

function handlerOf<Param extends string>(endpoint: Endpoint<Param>): Handler<Param> {
  return async (request, context) => {
    const params = await context.params;
    const from = originOf(request.headers);
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (endpoint.who === "anybody") {
      const answer = await answering(request, endpoint, anybody, (url) =>
        endpoint.respond({ request, url, params, from }),
      );
      return isRead ? tagged(request, answer) : answer;
    }
    const spending = new Spending();
    const known = allowedTo(endpoint.who, endpoint, (caller) => {
      noteRefused({ caller, from }, endpoint);
      spending.count(caller);
    });
    const counted = async (asked: Request) => {
      const caller = await known(asked);
      if (caller !== null) spending.count(caller);
      return caller;
    };
    const answer = await answering(request, endpoint, counted, (url, caller) => {
      const respond = (sent: Request) =>
        endpoint.respond({ request: sent, url, params, from, caller });
      const act = (sent: Request): Promise<Response> =>
        // What somebody is told of themself has no rooms in it, and nobody else's name.
        endpoint.who === "self"
          ? respond(sent)
          : seeing(caller.sight, async () => shownAnswer(await respond(sent), caller.sight));
      return isDoneOnce(endpoint, request.method)
        ? once(request, { caller, from }, act)
        : act(request);
    });
    return spending.toldIn(isRead ? await tagged(request, answer) : answer);
  };
}

const isDue = onceAMinute();

/** Notes that somebody known may not do that: once a minute for each, so that trying again does not fill the log. */
function noteRefused(asking: Requester, { who, summary }: Pick<Endpoint, "who" | "summary">): void {
  const by = actorOf(asking);
  if (!isDue(`${by.kind} ${by.id} ${who} ${summary}`, Date.now())) return;
  void auditRead(by, {
    action: "access.refused",
    about: null,
    details: { needed: who, operation: summary },
    outcome: "refused",
  });
}
