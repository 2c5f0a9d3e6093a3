/** The prepared answers to requests of this test, by path. */
const prepared = new Map<string, unknown>();
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
  unanswered.length = 0;
}
