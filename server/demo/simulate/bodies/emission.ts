import type { Ms } from "#domain/time/ms.ts";
import type { PythonJson } from "#server/providers/attendee/python-json.ts";

/** The JSON object a provider sends. */
export type EmittedBody = { readonly [key: string]: PythonJson };

/** Something a provider has to tell. */
export interface Emission {
  /** When it happened. */
  at: Ms;
  /** When the provider has it ready to send: never before it happened. */
  readyAt: Ms;
  body: EmittedBody;
  /** Says something about attendance; the rest has to be ignored by whoever reads it. */
  tells: boolean;
}
