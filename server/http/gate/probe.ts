import type { ServerResponse } from "node:http";

const HEALTH = "/api/health";
const READY = "/api/health/ready";

/** Whether a path, or the target of a request, is one by which is asked whether all is well. */
export function isHealth(target: string): boolean {
  return target === HEALTH || target === READY;
}

/** Answers whether all is well while nothing is there yet, or any more, that could look. */
export function answerProbe(res: ServerResponse, status: "starting" | "stopping"): void {
  res.writeHead(503, { "content-type": "application/json", "retry-after": "1" });
  res.end(JSON.stringify({ status }));
}
