import { addEndpoint } from "#db/integrations/outgoing/endpoints.ts";
import { wakeSender } from "#db/integrations/outgoing/waking.ts";
import type { Signing, Trigger } from "#domain/integrations/outgoing/endpoint.ts";
import type { Ms } from "#domain/time/ms.ts";
import { Sender } from "#server/integrations/outgoing/sending/sender.ts";
import { makeSecret } from "#server/integrations/outgoing/sending/signing.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { Networks } from "#server/runtime/networks.ts";
import { SECRET, type TestApp } from "#server/testing/test-app.ts";

/** So long a receiver of a test may think. */
export const WITHIN_MS: Ms = 400;
export const LOOPBACK = Networks.in("127.0.0.0/8") ?? Networks.none;

/** What sends in a test: by the clock of the test app, and without any chance. */
export interface TestSender {
  sender: Sender;
  /** What went wrong with us. */
  errors: unknown[];
}

export function openSender(app: TestApp, withinMs: Ms = WITHIN_MS): TestSender {
  const errors: unknown[] = [];
  const sender = new Sender(
    {
      ...{ database: app.database, secret: SECRET, allowed: LOOPBACK },
      ...{ now: () => app.now, chance: () => 0.5, withinMs },
    },
    { error: (about) => errors.push(about) },
  );
  sender.start();
  return { sender, errors };
}

/** Lets time pass, and has whoever sends notice it. */
export async function pass(app: TestApp, ms: Ms): Promise<void> {
  app.now += ms;
  await wakeSender(app.database.orm);
}

/** Adds an endpoint for a receiver. */
export async function endpointAt(
  app: TestApp,
  url: string,
  triggers: Trigger[],
  {
    signing = "standard",
    rooms = null,
    secret = makeSecret(signing),
  }: { signing?: Signing; rooms?: string[] | null; secret?: string } = {},
): Promise<{ id: string; secret: string }> {
  const sealed = encrypt(secret, SECRET);
  const row = { url, triggers, signing, sources: null, rooms, by: "ada", sealed };
  const id = await addEndpoint(app.database.orm, row, app.now);
  await wakeSender(app.database.orm);
  return { id, secret };
}
