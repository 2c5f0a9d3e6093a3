import { alertById } from "#db/alerts/alerts.ts";
import {
  type ChannelAttempt,
  dueMessages,
  noteChannelAttempt,
  type StoredChannel,
} from "#db/alerts/channels.ts";
import type { Database } from "#db/connection/client.ts";
import { chatBody, pauseAfter, type Said, saidOf } from "#domain/alerts/channel.ts";
import { wireAlert } from "#domain/outgoing/of-alert.ts";
import { isTaken } from "#domain/outgoing/pace.ts";
import type { Ms } from "#domain/time/ms.ts";
import { post } from "#server/outgoing/sending/post.ts";
import { decrypt } from "#server/runtime/encryption.ts";
import type { Networks } from "#server/runtime/networks.ts";
import { type MailSettings, sendMail } from "#server/sign-in/mail.ts";

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

function refusedBy(status: number | null, excerpt: string | null): string {
  return `it answered ${status}${excerpt === null ? "" : `: ${excerpt.slice(0, 200)}`}`;
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
      const row = await alertById(database.orm, message.alertId);
      // It alarms of nothing any more.
      const isStale = row === null || message.madeAt < at - STALE_MS || !channel.isOn;
      const attempt = isStale
        ? { triedAt: channel.triedAt ?? at, status: channel.status, failure: channel.failure }
        : await sendTo(
            channel,
            saidOf(wireAlert(row), message.news, {
              ...{ now: at, initials: channel.initials, publicUrl: sending.publicUrl },
            }),
            sending,
            { now: at, signal },
          );
      const pause = isStale || attempt.failure === null ? null : pauseAfter(message.attempts + 1);
      const nextAt = pause === null ? null : at + pause;
      await noteChannelAttempt(database.orm, channel.id, attempt, {
        number: message.number,
        nextAt,
      });
    }),
  );
  return due.length;
}
