import { database } from "#db/connection/client.ts";
import {
  addChannel,
  changeChannel,
  channelById,
  listChannels,
  noteChannelAttempt,
  removeChannel,
  type StoredChannel,
} from "#db/desk/alerts/channels.ts";
import type { Audited } from "#domain/access/audit/audited.ts";
import { CHANNEL_WORDS, type ChannelKind, TRIED } from "#domain/desk/alerts/channel.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { reachableUrl } from "#server/integrations/outgoing/managing.ts";
import { ForbiddenAddress } from "#server/integrations/outgoing/sending/address.ts";
import { audited } from "#server/runtime/audit.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { channelShape, mailAddress, newChannelShape } from "./given.ts";
import type * as answers from "./schema.ts";
import { sendTo } from "./send.ts";

export type ChannelJson = AnswerOf<typeof answers.alertChannel>;

/** Every channel with what came of the last attempt. */
export async function readChannels(): Promise<ChannelJson[]> {
  return (await listChannels(database().orm)).map(channelJson);
}

/** `GET /api/v1/alert-channels` */
export async function getChannels(): Promise<Response> {
  const answer: AnswerOf<typeof answers.alertChannels> = { results: await readChannels() };
  return Response.json(answer);
}

/** `POST /api/v1/alert-channels` */
export async function postChannel(request: Request, asking: Requester): Promise<Response> {
  const given = await bodyOf(request, newChannelShape, badChannel);
  const { kind, name = CHANNEL_WORDS[kind], initials = false, on: isOn = true } = given;
  const by = actorOf(asking);
  const row = {
    kind,
    name,
    initials,
    isOn,
    by: by.label,
    ...(await sealedOf(kind, given.address)),
  };
  const id = await audited(
    database(),
    by,
    ({ orm }) => addChannel(orm, row, Date.now()),
    (added) => ({
      action: "alert_channel.added",
      about: aboutChannel({ id: added, name }),
      details: { kind },
    }),
  );
  return Response.json(channelJson(await channelNamed(id)), { status: 201 });
}

/** `PATCH /api/v1/alert-channels/{id}`: a field left out stays. */
export async function patchChannel(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { address, on: isOn, ...given } = await bodyOf(request, channelShape, badChannel);
  const channel = await channelNamed(id);
  const changes = {
    ...(given.name !== undefined && { name: given.name }),
    ...(given.initials !== undefined && { initials: given.initials }),
    ...(isOn !== undefined && { isOn }),
    ...(address !== undefined && (await sealedOf(channel.kind, address))),
  };
  const changed = Object.keys(changes).filter((field) => field !== "sealed");
  await audited(
    database(),
    actorOf(asking),
    ({ orm }) => changeChannel(orm, channel.id, changes),
    () => ({
      action: "alert_channel.changed",
      about: aboutChannel(channel),
      details: { changed },
    }),
  );
  return Response.json(channelJson(await channelNamed(id)));
}

/** `DELETE /api/v1/alert-channels/{id}`: answers it as it was. */
export async function deleteChannel(id: string, asking: Requester): Promise<Response> {
  const channel = await channelNamed(id);
  await audited(
    database(),
    actorOf(asking),
    ({ orm }) => removeChannel(orm, channel.id),
    () => ({ action: "alert_channel.removed", about: aboutChannel(channel), details: {} }),
  );
  return Response.json(channelJson(channel));
}

/** `POST /api/v1/alert-channels/{id}/test`: sends a line that tells nothing, and answers what came of it. */
export async function postChannelTest(id: string, asking: Requester): Promise<Response> {
  const channel = await channelNamed(id);
  const { secret, allowedNetworks: allowed, mail, publicUrl } = processContext().env;
  const attempt = await sendTo(
    channel,
    TRIED,
    { secret, allowed, mail, publicUrl },
    { now: Date.now(), signal: new AbortController().signal },
  );
  await audited(
    database(),
    actorOf(asking),
    (client) => noteChannelAttempt(client.orm, channel.id, attempt, null),
    () => ({
      action: "alert_channel.tested",
      about: aboutChannel(channel),
      details: { taken: attempt.failure === null },
    }),
  );
  return Response.json(channelJson(await channelNamed(id)));
}

function channelJson(channel: StoredChannel): ChannelJson {
  const { id, kind, name, shown, initials, isOn, addedAt, by, triedAt, status, failure } = channel;
  return {
    ...{ id, kind, name, address: shown, initials, on: isOn },
    ...{ added_at: toWireTime(addedAt), added_by: by, tried_at: toWireTime(triedAt) },
    ...{ status, failure },
  };
}

/** An address that may be sent to, encrypted, and what of it is shown. */
async function sealedOf(kind: ChannelKind, address: string) {
  const { secret, allowedNetworks, mail } = processContext().env;
  if (kind === "email") {
    if (mail === null) throw badChannel("no mail server is set: SMTP_URL and MAIL_FROM");
    if (!mailAddress.safeParse(address).success) throw badChannel("address: no e-mail address");
    return { sealed: encrypt(address, secret), shown: address };
  }
  try {
    const url = await reachableUrl(address, allowedNetworks);
    return { sealed: encrypt(url, secret), shown: new URL(url).host };
  } catch (error) {
    if (error instanceof ForbiddenAddress) throw badChannel(`address: ${error.message}`);
    throw badChannel("address: its name leads nowhere");
  }
}

async function channelNamed(id: string): Promise<StoredChannel> {
  const channel = await channelById(database().orm, id);
  if (channel === null) throw notFound("alert channel");
  return channel;
}

function aboutChannel({ id, name }: Pick<StoredChannel, "id" | "name">): Audited {
  return { kind: "alert_channel", id, label: name };
}

function badChannel(why: string): ApiError {
  return new ApiError(
    400,
    "bad_alert_channel",
    `Send kind, name and address as documented: ${why}.`,
  );
}
