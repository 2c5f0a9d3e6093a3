import type { Database } from "#db/connection/client.ts";
import { alertById } from "#db/desk/alerts/alerts.ts";
import {
  type ChannelAttempt,
  dueMessages,
  isOfInstallation,
  noteChannelAttempt,
  removeChannel,
  type StoredChannel,
} from "#db/desk/alerts/channels.ts";
import { chatBody, pauseAfter, type Said, saidOf } from "#domain/desk/alerts/channel.ts";
import { wireAlert } from "#domain/integrations/outgoing/of-alert.ts";
import { isTaken } from "#domain/integrations/outgoing/pace.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type MailSettings, sendMail } from "#server/access/sign-in/mail.ts";
import { refusedBy, tellDevice } from "#server/desk/alerts/devices/tell.ts";
import { post } from "#server/integrations/outgoing/sending/post.ts";
import { decrypt } from "#server/runtime/encryption.ts";
import type { Networks } from "#server/runtime/networks.ts";

/** For one message, whichever channel takes it. */
const WITHIN_MS: Ms = 10_000;
/** What is older than that is told to nobody: it would alarm of what was. */
const STALE_MS: Ms = 3_600_000;

/** By what channels are sent to. */
export interface ChannelSending {
  secret: string;
  allowed: Networks;
  mail: MailSettings | null;
  publicUrl: string | null;
}

/** Sends something to a channel, once. Never rejects, except where `signal` was aborted. */
export async function sendTo(
  channel: StoredChannel,
  said: Said,
  { secret, allowed, mail }: ChannelSending,
  { now, signal }: { now: Ms; signal: AbortSignal },
): Promise<ChannelAttempt> {
  try {
    const address = decrypt(channel.sealed, secret);
    if (channel.kind === "email") {
      if (mail === null) throw new Error("no mail server is set: SMTP_URL and MAIL_FROM");
      const text = [said.line, said.more, said.link].filter((part) => part !== null).join("\n\n");
      await sendMail(mail, { to: address, subject: said.line.replaceAll(/\s+/g, " "), text });
      return { triedAt: now, status: null, failure: null };
    }
    const { status, failure, excerpt } = await post(address, {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(chatBody(channel.kind, said)),
      ...{ allowed, withinMs: WITHIN_MS, signal },
    });
    const isOk = status !== null && isTaken(status);
    return { triedAt: now, status, failure: isOk ? null : (failure ?? refusedBy(status, excerpt)) };
  } catch (error) {
    signal.throwIfAborted();
    const failure = error instanceof Error ? error.message : String(error);
    return { triedAt: now, status: null, failure };
  }
}

/** Sends each channel what is due, in its order. Nobody waits for somebody else's channel. Returns how many were sent. */
export async function sendDue(
  database: Database,
  sending: ChannelSending,
  { now, signal }: { now: () => Ms; signal: AbortSignal },
): Promise<number> {
  const due = await dueMessages(database.orm, now());
  await Promise.all(
    due.map(async ({ message, channel }) => {
      const at = now();
      const attempt = await attemptAt(database, { message, channel }, sending, { now: at, signal });
      if (attempt === "gone") return removeChannel(database.orm, channel.id);
      const failed = attempt !== "untold" && attempt.failure !== null;
      const pause = failed ? pauseAfter(message.attempts + 1) : null;
      const nextAt = pause === null ? null : at + pause;
      const { triedAt, status, failure } = attempt === "untold" ? channel : attempt;
      await noteChannelAttempt(
        database.orm,
        channel.id,
        { triedAt: triedAt ?? at, status, failure },
        { number: message.number, nextAt },
      );
    }),
  );
  return due.length;
}

type DueMessage = Awaited<ReturnType<typeof dueMessages>>[number];

/** What came of telling a channel; `untold` where it is told nothing of this, `gone` where it is no more. */
async function attemptAt(
  database: Database,
  { message, channel }: DueMessage,
  sending: ChannelSending,
  { now, signal }: { now: Ms; signal: AbortSignal },
): Promise<ChannelAttempt | "untold" | "gone"> {
  // It alarms of nothing any more.
  if (message.madeAt < now - STALE_MS || !channel.isOn) return "untold";
  if (!isOfInstallation(channel)) {
    const device = { ...sending, withinMs: WITHIN_MS };
    return tellDevice(database, channel, message, device, { now, signal });
  }
  const row = await alertById(database.orm, message.alertId);
  if (row === null) return "untold";
  const { publicUrl } = sending;
  const said = saidOf(wireAlert(row), message.news, {
    ...{ now, initials: channel.initials, publicUrl },
  });
  return sendTo(channel, said, sending, { now, signal });
}
