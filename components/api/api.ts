/** A failed request to our own API, with its message and HTTP status. `status` 0: no server answered. */
export class ApiFailure extends Error {
  override name = "ApiFailure";
  readonly status: number;
  /** The single problems, where the answer lists them. */
  readonly details: readonly unknown[];
  constructor(
    message: string,
    {
      status,
      details = [],
      ...options
    }: ErrorOptions & { status: number; details?: readonly unknown[] },
  ) {
    super(message, options);
    this.status = status;
    this.details = details;
  }
}

/**
 * Loads the schema of an answer, from the `schema.ts` of its feature. It is loaded when it is asked for, so that no
 * page has the parser in its first script.
 */
export type AnswerSchema<Answer> = () => Promise<{
  safeParse(json: unknown): { success: true; data: Answer } | { success: false; error: unknown };
}>;

interface ApiRequest {
  method?: "POST" | "PUT" | "PATCH" | "DELETE";
  body?: object;
  signal?: AbortSignal;
}

/** Asks `/api/v1` with this browser's session, and parses the JSON of a success. Throws `ApiFailure`. */
export async function askApi<Answer>(
  path: string,
  schema: AnswerSchema<Answer>,
  request: ApiRequest = {},
): Promise<Answer> {
  const parse = parserOf(schema);
  const { status, json } = await requested(path, request);
  return (await parse)(json, status);
}

/** Tells `/api/v1` something with this browser's session. What is answered is not read. Throws `ApiFailure`. */
export async function tellApi(path: string, request: ApiRequest): Promise<void> {
  await requested(path, request);
}

/** Loads a parser; what it cannot read, or where it cannot be loaded, is an `ApiFailure`. */
export async function parserOf<Answer>(
  schema: AnswerSchema<Answer>,
): Promise<(json: unknown, status: number) => Answer> {
  try {
    const kind = await schema();
    return (json, status) => {
      const read = kind.safeParse(json);
      if (read.success) return read.data;
      throw new ApiFailure(OTHER_VERSION, { status, cause: read.error });
    };
  } catch (cause) {
    return (_, status) => {
      throw new ApiFailure(OTHER_VERSION, { status, cause });
    };
  }
}

const OTHER_VERSION = "This page and the server are of different versions. Load the page again.";

async function requested(
  path: string,
  { method, body, signal }: ApiRequest,
): Promise<{ status: number; json: unknown }> {
  const response = await reach(`/api/v1${path}`, {
    ...(method && { method }),
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    ...(signal && { signal }),
  });
  const { status } = response;
  const json: unknown = await response.json().catch(() => null);
  if (response.ok && json !== null) return { status, json };
  throw failureIn(json, status);
}

/** The failure that the API answered with. */
export function failureIn(json: unknown, status: number): ApiFailure {
  const error = fieldOf(json, "error");
  const message = fieldOf(error, "message");
  const details = fieldOf(error, "details");
  return new ApiFailure(typeof message === "string" ? message : "The server gave no reason.", {
    status,
    details: Array.isArray(details) ? details : [],
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    throw new ApiFailure("The server cannot be reached at the moment.", { status: 0, cause });
  }
}
