import { createHash } from "node:crypto";
import { z } from "zod";
import { seeing } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import type { StoredReceiver } from "#db/desk/alerts/channels.ts";
import { addDevice, type DeviceOwner, listDevices, removeDevice } from "#db/desk/alerts/devices.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { reachableUrl } from "#server/integrations/outgoing/managing.ts";
import { ForbiddenAddress } from "#server/integrations/outgoing/sending/address.ts";
import { audited } from "#server/runtime/audit.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { pushKeys } from "./keys.ts";
import { subscriptionShape } from "./push.ts";
import type * as answers from "./schema.ts";

export const deviceShape = z.strictObject({
  name: z.string().trim().min(1).max(100),
  subscription: subscriptionShape,
  by: operatorName,
});

/** Of one person, or of all who are at this machine. */
const MOST_DEVICES = 20;

type DeviceJson = AnswerOf<typeof answers.device>;

/** `GET /api/v1/me/devices`: where alerts are pushed to whoever asks. */
export async function getDevices({ caller }: Requester): Promise<Response> {
  // They are somebody's own, whatever of the rooms they see.
  const own = await seeing(WHOLE_SIGHT, () => listDevices(database().orm, ownerOf(caller)));
  const answer: AnswerOf<typeof answers.devices> = {
    results: own.map(deviceJson),
    public_key: pushKeys(processContext().env.secret).publicKey,
  };
  return Response.json(answer);
}

/** `POST /api/v1/me/devices`: this browser is pushed alerts from now on, whoever had it before. */
export async function postDevice(request: Request, asking: Requester): Promise<Response> {
  const { name, subscription, by: called } = await bodyOf(request, deviceShape, badDevice);
  const { secret, allowedNetworks } = processContext().env;
  const endpoint = await reachable(subscription.endpoint, allowedNetworks);
  const memberId = ownerOf(asking.caller);
  const before = await seeing(WHOLE_SIGHT, () => listDevices(database().orm, memberId));
  if (before.length >= MOST_DEVICES) throw badDevice(`you have ${MOST_DEVICES}: remove one first`);
  const by = actorOf(asking, called);
  const row = {
    ...{ memberId, name, shown: new URL(endpoint).host, by: by.label },
    mark: createHash("sha256").update(subscription.endpoint).digest("hex"),
    sealed: encrypt(JSON.stringify({ ...subscription, endpoint }), secret),
  };
  const id = await audited(
    database(),
    by,
    ({ orm }) => addDevice(orm, row, Date.now()),
    (added) => ({
      action: "device.added",
      about: { kind: "device", id: added, label: name },
      details: {},
    }),
  );
  const own = await seeing(WHOLE_SIGHT, () => listDevices(database().orm, memberId));
  const added = own.find((one) => one.id === id);
  if (added === undefined) throw notFound("device");
  return Response.json(deviceJson(added), { status: 201 });
}

/** `DELETE /api/v1/me/devices/{id}`: answers it as it was. */
export async function deleteDevice(id: string, asking: Requester): Promise<Response> {
  const gone = await audited(
    database(),
    actorOf(asking),
    ({ orm }) => removeDevice(orm, ownerOf(asking.caller), id),
    (removed) =>
      removed && {
        action: "device.removed",
        about: { kind: "device", id: removed.id, label: removed.name },
        details: {},
      },
  );
  if (gone === null) throw notFound("device");
  return Response.json(deviceJson(gone));
}

function ownerOf(caller: Caller): DeviceOwner {
  return caller.kind === "member" ? caller.id : null;
}

function deviceJson(device: StoredReceiver): DeviceJson {
  const { id, name, shown, mark, addedAt, triedAt, status, failure } = device;
  return {
    ...{ id, name, service: shown, mark: mark ?? "" },
    ...{ added_at: toWireTime(addedAt), tried_at: toWireTime(triedAt), status, failure },
  };
}

async function reachable(
  endpoint: string,
  allowed: Parameters<typeof reachableUrl>[1],
): Promise<string> {
  try {
    return await reachableUrl(endpoint, allowed);
  } catch (error) {
    const why = error instanceof ForbiddenAddress ? error.message : "its name leads nowhere";
    throw badDevice(`subscription.endpoint: ${why}`);
  }
}

function badDevice(why: string): ApiError {
  return new ApiError(
    400,
    "bad_device",
    `Send name, and subscription as the browser has it: ${why}.`,
  );
}
