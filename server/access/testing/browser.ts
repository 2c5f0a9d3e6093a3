import { z } from "zod";
import type { Role } from "#domain/access/role.ts";
import type { ApiClient } from "#server/http/testing/client.ts";
import { answerOf } from "#server/http/testing/routes.ts";

const ORIGIN = "http://localhost:3000";
export const PASSWORD = "three unrelated words";

interface Answered {
  status: number;
  headers: Headers;
  json: unknown;
}

/** Sends requests as somebody's browser does, which keeps its cookies. */
export interface AskingBrowser {
  ask(method: string, path: string, body?: unknown): Promise<Answered>;
  /** The headers that say who it is. */
  headers(): Record<string, string>;
}

/** A browser: it keeps the cookies it is given. */
export function browser(first: Record<string, string> = {}): AskingBrowser {
  const cookies = new Map<string, string>();
  const headers = () => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return { host: "localhost:3000", origin: ORIGIN, ...first, ...(cookie && { cookie }) };
  };
  return {
    headers,
    async ask(method, path, body) {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await answerOf(
        new Request(new URL(path, ORIGIN), {
          method,
          headers: { ...headers(), "content-type": "application/json" },
          ...sent,
        }),
      );
      for (const line of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      const text = await answer.text();
      const json: unknown = text === "" ? null : JSON.parse(text);
      return { status: answer.status, headers: answer.headers, json };
    },
  };
}

const link = z.object({ url: z.string() });
const invited = z.object({ invite_url: z.string() });

/** The last part of the address of a link. */
export function tokenOf(url: string): string {
  return url.split("/").at(-1) ?? "";
}

/** Somebody becomes the owner and invites others: the browser of one member of each role. */
export async function membersOf(client: ApiClient): Promise<Record<Role, AskingBrowser>> {
  const owner = browser();
  const made = await browser(client.person).ask("POST", "/api/v1/set-up-link");
  const joining = { name: "Owner", email: "owner@example.com", password: PASSWORD };
  await owner.ask("POST", `/api/v1/links/${tokenOf(link.parse(made.json).url)}`, joining);
  const invite = async (role: Role) => {
    const who = { name: role, email: `${role}@example.com`, role };
    const { invite_url } = invited.parse((await owner.ask("POST", "/api/v1/members", who)).json);
    const one = browser();
    await one.ask("POST", `/api/v1/links/${tokenOf(invite_url)}`, { password: PASSWORD });
    return one;
  };
  return { owner, operator: await invite("operator"), viewer: await invite("viewer") };
}
