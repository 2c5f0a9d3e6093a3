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

/** Asks `/api/v1` with this browser's session, and returns the JSON of a success. Throws `ApiFailure`. */
export async function askApi<Answer>(
  path: string,
  request: {
    method?: "POST" | "PUT" | "PATCH" | "DELETE";
    body?: object;
    signal?: AbortSignal;
  } = {},
): Promise<Answer> {
  const { method, body, signal } = request;
  const response = await reach(`/api/v1${path}`, {
    ...(method && { method }),
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    ...(signal && { signal }),
  });
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  const message = answer?.error?.message ?? "The server gave no reason.";
  const details: unknown = answer?.error?.details;
  throw new ApiFailure(message, {
    status: response.status,
    details: Array.isArray(details) ? details : [],
  });
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    throw new ApiFailure("The server cannot be reached at the moment.", { status: 0, cause });
  }
}
