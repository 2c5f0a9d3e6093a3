import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { installationZone, readInstallationZone } from "#server/http/zone.ts";
import type { installation } from "./schema.ts";
import { setZone } from "./set-zone.ts";

export const installationShape = z.strictObject({
  time_zone: z.string().refine(isTimeZone, "no zone of the IANA database").nullable(),
});

/** `GET /api/v1/installation`: the settings of the whole installation. */
export async function getInstallation(): Promise<Response> {
  await readInstallationZone(database());
  return Response.json(installationJson());
}

/** `PATCH /api/v1/installation`: sets the installation's zone; `null` returns to the server's. */
export async function patchInstallation(request: Request, asking: Requester): Promise<Response> {
  const { time_zone } = await bodyOf(request, installationShape, badInstallation);
  if (installationZone().by === "variable") {
    throw new ApiError(
      409,
      "set_by_variable",
      "ROLLCALL_TIME_ZONE says the installation's zone: change it there.",
    );
  }
  await setZone(database(), time_zone, actorOf(asking));
  await readInstallationZone(database());
  return Response.json(installationJson());
}

function installationJson(): AnswerOf<typeof installation> {
  const { zone, by } = installationZone();
  return { time_zone: zone, set_by: by };
}

function badInstallation(why: string): ApiError {
  return new ApiError(
    400,
    "bad_installation",
    `Send time_zone, the name of a time zone such as Europe/Berlin, or null: ${why}.`,
  );
}
