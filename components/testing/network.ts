/** What a server would say to a request for `/api/v1…` of this test. */
const prepared = new Map<string, unknown>();
/** What was asked for that no answer was prepared to. */
export const unanswered: string[] = [];

/** Prepares the answer to every reading of a path, until the test is over. */
export function answer(path: string, json: unknown): void {
  prepared.set(path, json);
}

/** In place of the browser's own: there is no network here. */
export async function askNobody(input: string | URL | Request): Promise<Response> {
  const path = input instanceof Request ? input.url : String(input);
  if (prepared.has(path)) return Response.json(prepared.get(path));
  unanswered.push(path);
  throw new TypeError(`Nobody answers ${path} in this test`);
}

export function forgetAnswers(): void {
  prepared.clear();
  unanswered.length = 0;
}
