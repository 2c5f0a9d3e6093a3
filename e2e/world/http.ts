import { expect } from "@playwright/test";

/** Where the webhooks of one source go, and what signs them. */
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

/** A webhook on its way: exactly these bytes, exactly these headers. */
export interface Letter {
  body: string;
  headers: Record<string, string>;
}

export async function post(
  { baseUrl, path }: Pick<Source, "baseUrl" | "path">,
  { body, headers }: Letter,
): Promise<Answer> {
  const response = await fetch(new URL(path, baseUrl), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  return { status: response.status, body: await jsonOf(response) };
}

/** Posts, and holds the server to having taken it. */
export async function deliver(source: Source, letter: Letter, status = "recorded"): Promise<void> {
  expect(await post(source, letter)).toEqual({ status: 200, body: { status } });
}

export async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === "" ? null : JSON.parse(text);
}
