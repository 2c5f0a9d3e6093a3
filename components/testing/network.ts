/** What pages ask by themselves: here no source keeps a key of its provider. */
const USUAL: readonly [path: string, json: unknown][] = [
  ["/api/v1/provider-acts", { results: [] }],
];
/** The prepared answers to requests of this test, by path. */
const prepared = new Map<string, unknown>(USUAL);
/** The requests for which no answer was prepared. */
export const unanswered: string[] = [];

/** Prepares the JSON answer to every GET of a path, until the test is over. */
export function answer(path: string, json: unknown): void {
  prepared.set(path, json);
}

/** Replaces `fetch`: there is no network here. Throws `TypeError` for a path without an answer. */
export async function unansweredFetch(input: string | URL | Request): Promise<Response> {
  const path = input instanceof Request ? input.url : String(input);
  if (prepared.has(path)) return Response.json(prepared.get(path));
  unanswered.push(path);
  throw new TypeError(`Nobody answers ${path} in this test`);
}

export function forgetAnswers(): void {
  prepared.clear();
  for (const [path, json] of USUAL) prepared.set(path, json);
  unanswered.length = 0;
}
