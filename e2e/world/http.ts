import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { expect } from "@playwright/test";

/** The address of the webhooks of one source, and the secret that signs them. */
export interface Source {
  baseUrl: string;
  path: string;
  /** Base64. */
  secret: string;
}

export interface Answer {
  status: number;
  body: unknown;
}

/** A webhook before it is sent: exactly these bytes, exactly these headers. */
export interface Letter {
  body: string;
  headers: Record<string, string>;
}

/**
 * Each on a connection of its own, and without a time limit: `fetch` gives up after ten seconds without an
 * answer.
 */
const agent = new Agent({ keepAlive: false, maxSockets: 100 });

export async function post(
  { baseUrl, path }: Pick<Source, "baseUrl" | "path">,
  { body, headers }: Letter,
): Promise<Answer> {
  const outgoing = request(new URL(path, baseUrl), {
    method: "POST",
    agent,
    headers: { "content-type": "application/json", ...headers },
  });
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  outgoing.once("response", resolve).on("error", reject).end(body);
  const response = await promise;
  return { status: response.statusCode ?? 0, body: parsed(await text(response)) };
}

/**
 * Posts as a provider does, and fails unless the server accepts the delivery. A delivery that an overloaded
 * server refuses or does not answer is sent again, and may then be a repeat.
 */
export async function deliver(source: Source, letter: Letter, status = "recorded"): Promise<void> {
  let answer = await attempt(source, letter);
  const statuses = answer === null ? [status, "repeated"] : [status];
  while (answer === null) answer = await attempt(source, letter);
  const taken = statuses.map((word) => ({ status: 200, body: { status: word } }));
  expect(taken).toContainEqual(answer);
}

/** `null` where the delivery was not accepted. */
async function attempt(source: Source, letter: Letter): Promise<Answer | null> {
  try {
    const answer = await post(source, letter);
    return answer.status === 503 ? null : answer;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ECONNRESET" || code === "EPIPE") return null;
    throw error;
  }
}

export async function jsonOf(response: Response): Promise<unknown> {
  return parsed(await response.text());
}

function parsed(json: string): unknown {
  return json === "" ? null : JSON.parse(json);
}
