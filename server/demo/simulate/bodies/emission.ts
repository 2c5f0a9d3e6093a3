import type { Ms } from "#domain/time/ms.ts";
import type { PythonJson } from "#server/providers/attendee/python-json.ts";

/** The JSON object a provider sends. */
export type EmittedBody = { readonly [key: string]: PythonJson };

/** A webhook that a provider has to send. */
export interface Emission {
  /** When it happened. */
  at: Ms;
  /** When the provider can send it: never before it happened. */
  readyAt: Ms;
  body: EmittedBody;
  /** Whether it is about attendance; a reader has to ignore the others. */
  tells: boolean;
}
