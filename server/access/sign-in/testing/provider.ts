import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** The address of Rollcall, to which it leads back. */
export const HERE = "http://localhost:3000";

/** A real provider of OpenID Connect, which believes whoever names an account. */
export interface RunningProvider {
  settings: { issuer: string; clientId: string; clientSecret: string };
  close(): void;
}

/** Starts it; `accounts` is what it says of whom, and may change. */
export async function startProvider(accounts: Record<string, object>): Promise<RunningProvider> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address: AddressInfo | string | null = server.address();
  const issuer = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const [clientId, clientSecret] = ["rollcall", "a secret of this client"];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${HERE}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "roles"] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...accounts[id] }),
    }),
    // Its own forms for who it is and whether that is well.
    features: { devInteractions: { enabled: true } },
  });
  server.on("request", provider.callback());
  return { settings: { issuer, clientId, clientSecret }, close: () => server.close() };
}

/** A browser that follows where it is led, and keeps what it is given, at both sites. */
export interface Traveller {
  /** Where it ended here, after somebody signed in with that account. */
  arrive(account: string, first: Response | Promise<Response>): Promise<string>;
  /** Asks for something here. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** What it is given here. */
  cookies(): string;
}

/** `answer` answers what is asked here. */
export function traveller(answer: (request: Request) => Promise<Response>): Traveller {
  const jar = new Map<string, Map<string, string>>();
  const cookiesOf = (origin: string) =>
    [...(jar.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { origin, host } = new URL(url);
    const headers = new Headers(init.headers);
    headers.set("cookie", cookiesOf(origin));
    headers.set("host", host);
    const request = { ...init, headers, redirect: "manual" } as const;
    const given =
      origin === HERE ? await answer(new Request(url, request)) : await fetch(url, request);
    const own = jar.get(origin) ?? new Map<string, string>();
    jar.set(origin, own);
    for (const line of given.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      own.set(name, value);
    }
    return given;
  };
  return {
    ask: (path, init) => send(HERE + path, init),
    cookies: () => cookiesOf(HERE),
    async arrive(account, first) {
      const { url } = Object(await (await first).json());
      let at = String(url);
      for (let step = 0; step < 20; step += 1) {
        if (at.startsWith(HERE) && !at.includes("/api/auth/")) break;
        let given = await send(at);
        if (given.status === 200) {
          const page = await given.text();
          const [, prompt = ""] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
          const body = new URLSearchParams({ prompt, login: account, password: "any" });
          given = await send(at, { method: "POST", body });
        }
        at = new URL(given.headers.get("location") ?? "/lost", at).href;
      }
      return at.slice(HERE.length);
    },
  };
}
