import { RoomErased } from "#db/scheduled/scheduled.ts";
import { ApiError } from "#server/http/answer.ts";
import { BadBody } from "#server/http/json-body.ts";
import type { Fault } from "#server/scheduled/reading/roster-line.ts";
import { BadSchedule, faultText } from "./given.ts";

/** Runs `work`; turns `BadSchedule` and `RoomErased` into a 400. */
export async function answeringFaults(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof BadSchedule) throw badSchedule(cause.faults, cause);
    if (cause instanceof RoomErased) {
      const message = "what was held of this room's people was erased, so nobody can be seen there";
      throw badSchedule([{ field: "room", message }], cause);
    }
    throw cause;
  }
}

export function badSchedule(faults: readonly Fault[], cause?: unknown): ApiError {
  const [first, ...others] = faults.map(faultText);
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  return new ApiError(400, "bad_schedule", `${first ?? "nothing was given"}${more}.`, {
    details: faults,
    cause,
  });
}

/** Awaits the reading of a body; turns `BadBody` into a 400 with a fault of the field `body`. */
export async function readBody<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    if (!(cause instanceof BadBody)) throw cause;
    throw badSchedule([{ field: "body", message: cause.message }], cause);
  }
}
