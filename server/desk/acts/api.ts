import { z } from "zod";
import { database, type RecordingClient } from "#db/connection/client.ts";
import { noteAsked, noteFailed } from "#db/desk/acts/asked.ts";
import { type MeetingRow, meetingById, recordsAfter } from "#db/meetings/meeting.ts";
import { type StoredSource, sourceById } from "#db/sources/sources.ts";
import type { AuditEntry } from "#domain/access/audit/audit.ts";
import { ACT_KINDS, type ActKind } from "#domain/desk/acts/act-kind.ts";
import { toEvent } from "#domain/event/recorded.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { openStaysOf } from "#domain/meeting/open-now.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { rulesOfRow } from "#server/live/rules.ts";
import { ProviderApiFailure } from "#server/providers/contract/provider-api.ts";
import { provider } from "#server/providers/providers.ts";
import { audited } from "#server/runtime/audit.ts";
import { DecryptionError } from "#server/runtime/encryption.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { providerApiOf } from "#server/sources/provider-api.ts";
import { providerRefusal } from "#server/sources/provider-refusal.ts";
import { actsOfSources } from "./offered.ts";
import type * as answers from "./schema.ts";

export const actShape = z.strictObject({
  act: z.enum(ACT_KINDS),
  person_id: z.string().min(1).max(1_000).optional(),
  by: operatorName,
});

/** `GET /api/v1/provider-acts`. */
export async function getProviderActs(): Promise<Response> {
  const answer: AnswerOf<typeof answers.providerActs> = { results: await actsOfSources() };
  return Response.json(answer);
}

/**
 * `POST /api/v1/meetings/{id}/acts`: asks the provider to do something in a meeting that goes on. It is noted before it
 * is asked, so that nothing is done that nobody knows of; where the provider refuses, that is noted too.
 */
export async function postAct(request: Request, id: string, asking: Requester): Promise<Response> {
  const {
    act: kind,
    person_id: personId = null,
    by: name,
  } = await bodyOf(request, actShape, badAct);
  if ((kind === "eject") !== (personId !== null)) {
    throw badAct("person_id: whom it is about, for eject alone");
  }
  const meeting = await meetingById(database().orm, id);
  if (meeting === null || meeting.mergedInto !== null) throw notFound("meeting");
  const source = await sourceById(database().orm, meeting.source.id);
  if (source === null) throw notFound("meeting");
  const { own, act, api } = doing(source, kind);
  const now = Date.now();
  const person = personId === null ? null : await inNow(meeting, personId, now);
  const by = actorOf(asking, name);
  const about = {
    ...({ kind: "meeting", id: meeting.id } as const),
    label: person === null ? (meeting.title ?? meeting.room) : person.name,
  };
  const noted = { act: kind, provider: own.title };
  const participantIds = person?.participantIds ?? [];
  const asked = await note({ action: "meeting.acted", about, details: noted }, ({ orm }) =>
    noteAsked(
      orm,
      { roomId: Number(meeting.roomId), act: kind, participantIds, by: by.label },
      now,
    ),
  );
  try {
    const { url } = await act(api, {
      ...{ room: meeting.room, name: by.label, now },
      participantIds,
    });
    const answer: AnswerOf<typeof answers.actDone> = {
      ...{ meeting_id: meeting.id, act: kind, person_id: personId, provider: own.title },
      ...{ taken_at: toWireTime(Date.now()), url },
    };
    return Response.json(answer);
  } catch (error) {
    if (!(error instanceof ProviderApiFailure)) throw error;
    const details = { ...noted, reason: error.problem };
    await note({ action: "meeting.act_failed", about, details }, ({ orm }) =>
      noteFailed(orm, asked, error.problem, Date.now()),
    );
    throw providerRefusal(own.title, error, {
      refused: "refused it.",
      unchanged: "Whether it was done is not known.",
    });
  }

  function note<T>(entry: AuditEntry, change: (client: RecordingClient) => Promise<T>): Promise<T> {
    return audited(database(), by, change, () => entry);
  }
}

/** By what something is done at a source's provider. Throws 409 where it cannot be. */
function doing(source: StoredSource, kind: ActKind) {
  const own = provider(source.provider);
  const act = own?.acts[kind];
  if (own === null || act === undefined) throw noApi("Its provider's API does no such thing.");
  const { secret, providerApi, allowedNetworks: allowed } = processContext().env;
  try {
    const api = providerApiOf(source, { secret, providerApi, allowed });
    if (api !== null) return { own, act, api };
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error;
    throw noApi(
      "The key that is kept was encrypted under another ROLLCALL_SECRET: enter it again.",
    );
  }
  throw noApi(
    `This needs a key of ${own.title}'s API: an owner enters it on the page of the source.`,
  );
}

/** Somebody who is in, or may be, with their open connections. Throws 409 for anybody else. */
async function inNow(row: MeetingRow, personId: string, now: Ms) {
  const records = await recordsAfter(database().orm, row.id, 0);
  const view = projectMeeting(records.map(toEvent), rulesOfRow(row), now);
  const person = [...view.people, ...view.noteTakers].find((one) => one.id === personId);
  const open = person === undefined ? [] : openStaysOf(person);
  const participantIds = open.flatMap((stay) =>
    stay.where === "present" ? [stay.participantId] : [],
  );
  if (person === undefined || participantIds.length === 0) {
    throw new ApiError(409, "nobody_there", "They are not in this meeting now.");
  }
  return { name: person.name, participantIds };
}

function noApi(why: string): ApiError {
  return new ApiError(409, "no_api", why);
}

function badAct(why: string): ApiError {
  const kinds = ACT_KINDS.map((one) => `"${one}"`).join(" | ");
  return new ApiError(400, "bad_act", `Send {"act": ${kinds}}, and person_id for eject: ${why}.`);
}
