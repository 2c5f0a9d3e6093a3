import {
  type Decision,
  decide,
  type GateRules,
  type RequestHead,
  type Side,
} from "#server/http/gate/decide.ts";

/** The head of a request at this machine, with what is other about it. */
export function head(
  target: string,
  changes: Partial<RequestHead> & { host?: string | readonly string[] } = {},
) {
  const { host = "127.0.0.1:3000", ...others } = changes;
  return {
    method: "GET",
    target,
    rawHeaders: [host].flat().flatMap((one) => ["Host", one]),
    headers: {},
    httpVersion: "1.1",
    peer: "127.0.0.1",
    arrivedAt: "127.0.0.1",
    client: { address: "127.0.0.1", isSecure: false },
    ...others,
  };
}

export const RULES: GateRules = {
  development: false,
  publicUrl: new URL("https://rollcall.example.org"),
  signIn: "nobody",
};
export const DEVELOPMENT: GateRules = { ...RULES, development: true };
export const SIGNED_IN: GateRules = { ...RULES, signIn: "required" };

export const ELSEWHERE = { host: "rollcall.example.org" };

/** The kind, or the status of a refusal. */
export function decided(
  target: string,
  changes: Parameters<typeof head>[1] = {},
  side: Side = "own",
  rules = RULES,
) {
  const decision: Decision = decide(head(target, changes), side, rules);
  return decision.kind === "refused" ? decision.status : decision.kind;
}
