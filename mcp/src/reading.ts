import type { Operations } from "#client/src/api-types.ts";

type Address = keyof Operations & `GET /api/v1/${string}`;
type PathOf = Address extends `GET /api/v1${infer Path}` ? Path : never;
type At<Path extends string> = Operations[Address & `GET /api/v1${Path}`];

interface Asked {
  /** What stands in place of the parts of the address in braces. */
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | undefined>>;
}

/** Why Rollcall did not answer, in a sentence for whoever asked. */
export class NotAnswered extends Error {
  override name = "NotAnswered";
}

/** Reads the API of one Rollcall with one key, and so sees what the key sees. It only ever reads. */
export class Reading {
  readonly #url: string;
  readonly #key: string;

  constructor({ url, key }: { url: string; key: string }) {
    this.#url = url.replace(/\/+$/, "");
    this.#key = key;
  }

  async get<Path extends PathOf>(path: Path, asked: Asked = {}): Promise<At<Path>["answer"]> {
    const url = new URL(`${this.#url}/api/v1${filled(path, asked.path ?? {})}`);
    for (const [name, value] of Object.entries(asked.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers = { authorization: `Bearer ${this.#key}` };
    const answer = await fetch(url, { headers }).catch((cause: unknown) => {
      throw new NotAnswered(`Rollcall does not answer at ${this.#url}.`, { cause });
    });
    const text = await answer.text();
    if (!answer.ok) throw new NotAnswered(refusalIn(answer.status, text));
    return JSON.parse(text);
  }
}

function filled(path: string, parts: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ""));
}

function refusalIn(status: number, text: string): string {
  const [, message] = /"message":"((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
  const said = message === undefined ? "" : `: ${JSON.parse(`"${message}"`)}`;
  return `Rollcall answered ${status}${said}`;
}
