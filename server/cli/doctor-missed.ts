import { listCatchUps } from "#db/sources/catching-up/catch-ups.ts";
import { CATCH_UP_WORDS } from "#domain/sources/catching-up/catch-up-words.ts";
import { isWebhookLost } from "#domain/sources/catching-up/webhook-state.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { provider } from "#server/providers/providers.ts";
import { bad, type Check, good } from "./check.ts";
import type { CliContext } from "./command.ts";

/** A server that runs asks at least each minute, and reads what it was not there for within some more. */
const LATE_MS = 600_000;

/** Whether what webhooks missed is asked for, and whether the webhooks are switched on at their providers. */
export async function missed({ database: { orm } }: CliContext): Promise<Check> {
  const all = await listCatchUps(orm);
  if (all.length === 0) {
    const detail = "no source keeps a key, so what webhooks miss is lost";
    return good("missed", detail, "Give one: npm run rollcall -- source api-key ID --key KEY");
  }
  const advice = new Set<string>();
  const detail = all.map(({ name, provider: named, catchUp }) => {
    const { caughtUpTo, problem, said, found, webhook, webhookSince } = catchUp;
    const title = provider(named)?.title ?? named;
    const to = caughtUpTo === null ? "not yet" : `up to ${toWireTime(caughtUpTo)}`;
    const parts = [`${to}, ${found} found`];
    if (problem !== null) {
      parts.push(`${title} ${CATCH_UP_WORDS[problem].why}${said === null ? "" : ` (“${said}”)`}`);
      advice.add(CATCH_UP_WORDS[problem].advice);
    } else if (Date.now() - (caughtUpTo ?? 0) > LATE_MS) {
      parts.push("nobody asks");
      advice.add("Start the server: it asks by itself.");
    }
    if (isWebhookLost(webhook)) {
      parts.push(`its webhook is ${webhook} since ${toWireTime(webhookSince)}`);
      advice.add("Make the webhook again on the page of the source: that switches it on, too.");
    }
    return `${name}: ${parts.join("; ")}`;
  });
  if (advice.size === 0) return good("missed", detail.join(". "));
  return bad("missed", detail.join(". "), [...advice].join(" "));
}
