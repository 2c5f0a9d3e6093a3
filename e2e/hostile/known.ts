import type { Known } from "./bodies.ts";
import { LISTED } from "./documented.ts";

/** The address of a server, and a key to its API. */
interface Reading {
  baseUrl: string;
  key: string;
}

/** Every id that the API answers, of any kind. */
export async function idsIn({ baseUrl, key }: Reading): Promise<string[]> {
  const found = new Set<string>();
  const headers = { authorization: `Bearer ${key}` };
  const meetings: string[] = [];
  for (const list of [...LISTED, "/api/v1/sources"]) {
    const response = await fetch(new URL(`${list}?limit=20`, baseUrl), { headers });
    const text = await response.text();
    if (list === "/api/v1/meetings") meetings.push(...idsOf(text));
    for (const id of idsOf(text)) found.add(id);
  }
  for (const id of meetings.slice(0, 3)) {
    const response = await fetch(new URL(`/api/v1/meetings/${id}`, baseUrl), { headers });
    for (const one of idsOf(await response.text())) found.add(one);
  }
  return [...found];
}

function idsOf(text: string): string[] {
  const ids = text.matchAll(/"(?:id|room_id|person_id|participant_id|room)":"([\w-]+)"/g);
  return [...ids].flatMap(([, id]) => id ?? []);
}

/** The session that the browser on this machine is given. */
export async function cookieOf(baseUrl: string): Promise<Known["cookie"]> {
  const response = await fetch(new URL("/meetings", baseUrl));
  await response.arrayBuffer();
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}
