import type { Caller } from "#server/http/gate/caller.ts";
import { allowedTo, answering, anybody } from "./answer.ts";
import { type Handler, type Handlers, handlers, METHODS } from "./handlers.ts";
import { type Body, type Described, document } from "./operation.ts";
import type { Query } from "./parameters.ts";

/** A request that may be answered. `url` is the address as its caller knows it. */
export interface Asked<Param extends string> {
  request: Request;
  url: URL;
  params: Record<Param, string>;
}

/**
 * What one method of an address does, and what the document of the API says of it. `who` may ask: `anybody` who knows
 * the address, or a caller that is known and allowed what it names (`Access`).
 * `atLength`: it takes as long as it takes, as what moves a whole file of meetings.
 */
export type Endpoint<Param extends string = never> = Query &
  Described &
  (
    | { who: "anybody"; body?: Body; respond: (asked: Asked<Param>) => Promise<Response> }
    | { who: "read" | "export"; body?: Body; atLength?: true; respond: Respond<Param> }
    | {
        who: "write" | "deliver" | "manage" | "owner" | "self";
        body: Body;
        atLength?: true;
        respond: Respond<Param>;
      }
  );

type Respond<Param extends string> = (
  asked: Asked<Param> & { caller: Caller },
) => Promise<Response>;

/** The endpoints of an address, by method. */
export type Endpoints<Param extends string> = Partial<
  Record<(typeof METHODS)[number], Endpoint<Param>>
>;

/**
 * The handlers of a route of the API: this is the one place that asks who may. Another method is answered 405 with
 * `Allow`, a stranger 401, a caller who may not do that 403, a parameter that the endpoint does not take 400.
 */
export function api<Param extends string = never>(endpoints: Endpoints<Param>): Handlers<Param> {
  const own: Partial<Record<(typeof METHODS)[number], Handler<Param>>> = {};
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
    if (endpoint.who === "anybody") {
      return answering(request, endpoint, anybody, (url) =>
        endpoint.respond({ request, url, params }),
      );
    }
    return answering(request, endpoint, allowedTo(endpoint.who), (url, caller) =>
      endpoint.respond({ request, url, params, caller }),
    );
  };
}
