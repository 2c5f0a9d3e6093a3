import type { OpenedSource } from "#components/sources/opened-source.ts";
import { roughly } from "#components/sources/silence-words.ts";
import { useSourceChange } from "#components/sources/use-source.ts";
import { useNow } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { InfoTip } from "#components/ui/info-tip.tsx";
import { May } from "#components/viewer/may.tsx";
import { agoWords } from "#components/words/ago-words.ts";
import { counted } from "#components/words/count.ts";
import { CATCH_UP_WORDS } from "#domain/sources/catching-up/catch-up-words.ts";
import { isWebhookLost, type WebhookState } from "#domain/sources/catching-up/webhook-state.ts";
import type { ConnectedProvider } from "#domain/sources/connect-words.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

type Caught = NonNullable<OpenedSource["catching_up"]>;

/** A time that takes longer than this is shown as it goes on. */
const SHOWN_AFTER_MS = 5_000;

/** What webhooks missed and was asked for at the provider, and whether the webhook is switched on there. */
export function CatchingUpCard({
  source: { id, webhook_url },
  provider,
  caught,
}: {
  source: OpenedSource;
  provider: ConnectedProvider;
  caught: Caught;
}) {
  const now = useNow();
  const clock = useTodaysClockFormat();
  const { caught_up_to, found, last_found_at, webhook } = caught;
  return (
    <Card
      title="What webhooks missed"
      note={caught_up_to === null ? "not yet" : agoWords(fromWireTime(caught_up_to), now, clock)}
    >
      <div className="num grid gap-2.5 px-4 py-3 text-dense *:min-w-0 sm:px-4.5">
        <p className="flex flex-wrap items-center gap-1.5 text-ink-2">
          {found === 0
            ? `${provider.title} is asked for it, and nothing was missed so far.`
            : `${counted(found, "delivery was", "deliveries were")} found by asking ${provider.title}, the last ${agoWords(fromWireTime(last_found_at ?? ""), now, clock)}.`}
          <InfoTip about="what webhooks missed">
            While anybody is in a meeting {provider.title} is asked every 15 seconds what happened,
            and otherwise every 30. What no webhook told is kept as a delivery like any other, and
            marked; what a webhook told stands as it was told.
          </InfoTip>
        </p>
        <UnderWay caught={caught} now={now} />
        <Problem caught={caught} title={provider.title} now={now} />
        {webhook !== null && (
          <Webhook
            id={id}
            webhook={webhook}
            title={provider.title}
            hasAddress={webhook_url !== null}
          />
        )}
      </div>
    </Card>
  );
}

function UnderWay({ caught: { under_way }, now }: { caught: Caught; now: number }) {
  const clock = useTodaysClockFormat();
  if (under_way === null || now - fromWireTime(under_way.begun_at) < SHOWN_AFTER_MS) return null;
  return (
    <p role="status" className="rounded-lg bg-sunken px-3 py-1.5 text-note text-ink-2">
      Reading what happened since {clock.on(now).minute(fromWireTime(under_way.since))}:{" "}
      {counted(under_way.calls, "call", "calls")} so far.
    </p>
  );
}

function Problem({
  caught: { problem, said, next_at },
  title,
  now,
}: {
  caught: Caught;
  title: string;
  now: number;
}) {
  if (problem === null) return null;
  const { why, advice } = CATCH_UP_WORDS[problem];
  const inMs = next_at === null ? 0 : fromWireTime(next_at) - now;
  return (
    <p className="wrap-anywhere rounded-lg bg-lost-soft px-3 py-1.5 text-note text-lost-ink">
      {title} {why}.{said !== null && ` It says: “${said}”.`} {advice}
      {inMs > 0 && ` The next try is in ${roughly(inMs)}.`}
    </p>
  );
}

const STATES: Readonly<Record<WebhookState, string>> = {
  on: "is there and switched on",
  off: "is switched off, as after too many failures: nothing is sent",
  missing: "is not there any more: nothing is sent",
  unseen: "is not there: none has this address",
};

/** How the webhook stands at the provider, and what makes it or switches it on again. */
function Webhook({
  id,
  webhook: { state },
  title,
  hasAddress,
}: {
  id: string;
  webhook: { state: WebhookState };
  title: string;
  hasAddress: boolean;
}) {
  const { mutate, isPending, error } = useSourceChange(id);
  const isLost = isWebhookLost(state);
  return (
    <div className="grid gap-2">
      <p className={isLost ? "text-lost-ink" : "text-ink-2"}>
        At {title} the webhook {STATES[state]}.
      </p>
      {state !== "on" && (
        <May access="owner">
          <Button
            className="justify-self-start"
            look={isLost ? "primary" : "plain"}
            disabled={isPending || !hasAddress}
            onClick={() => mutate({ method: "POST", part: "/webhook", body: {} })}
          >
            {isPending
              ? `Asking ${title}…`
              : state === "off"
                ? "Switch it on again"
                : "Make the webhook"}
          </Button>
        </May>
      )}
      {state !== "on" && !hasAddress && (
        <p className="text-note text-ink-3">
          For that, ROLLCALL_URL has to be set: {title} sends its webhooks there.
        </p>
      )}
      {error !== null && !isPending && (
        <p role="alert" className="wrap-anywhere text-note text-lost-ink">
          {error.message}
        </p>
      )}
    </div>
  );
}
