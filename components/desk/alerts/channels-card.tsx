"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { grouped } from "#components/words/count.ts";
import { CHANNEL_WORDS } from "#domain/desk/alerts/channel.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { ChannelDialog } from "./channel-dialog.tsx";
import type { ChannelShown } from "./shown.ts";

/** Where alerts are told besides the screens, and what came of the last attempt there. */
export function ChannelsCard({
  channels,
  sendsMail,
}: {
  channels: readonly ChannelShown[];
  sendsMail: boolean;
}) {
  const [isAdding, setAdding] = useState(false);
  return (
    <Card
      title="Channels"
      note={channels.length > 0 ? grouped(channels.length) : undefined}
      aside={
        <Button aria-haspopup="dialog" onClick={() => setAdding(true)}>
          Add a channel
        </Button>
      }
    >
      {channels.length === 0 ? (
        <p className="px-4.5 py-6 text-ink-2">
          Alerts are told on the screens alone. They can be told in Slack, Teams and Discord, and by
          e-mail too; other systems are told by a webhook.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {channels.map((channel) => (
            <li key={channel.id} className="px-4 py-3 sm:px-4.5">
              <Channel channel={channel} />
            </li>
          ))}
        </ul>
      )}
      {isAdding && <ChannelDialog sendsMail={sendsMail} onClose={() => setAdding(false)} />}
    </Card>
  );
}

function Channel({ channel }: { channel: ChannelShown }) {
  const router = useRouter();
  const face = useTodaysClockFormat();
  const { id, kind, name, address, initials, on, tried_at, failure } = channel;
  const { mutate, isPending, error } = useMutation({
    mutationFn: ([path, request]: Parameters<typeof tellApi>) =>
      tellApi(`/alert-channels/${id}${path}`, request),
    onSuccess: () => router.refresh(),
  });
  const said = <span className="sr-only"> {name}</span>;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h3 className="wrap-anywhere font-strong text-dense">{name}</h3>
        {on ? <Standing channel={channel} /> : <Pill tone="plain">Off</Pill>}
      </div>
      <p className="wrap-anywhere text-caption text-ink-2">
        {[CHANNEL_WORDS[kind], address, ...(initials ? ["initials for names"] : [])].join(" · ")}
      </p>
      {tried_at !== null && (
        <p
          className={`num wrap-anywhere text-caption ${failure === null ? "text-ink-3" : "text-lost-ink"}`}
        >
          {failure === null ? "Last taken" : "Last not taken"} {face.minute(fromWireTime(tried_at))}
          {failure !== null && `: ${failure}`}
        </p>
      )}
      <div className="mt-1.5 flex flex-wrap gap-2 print:hidden">
        <Button
          look="small"
          className="text-note"
          disabled={isPending}
          onClick={() => mutate(["/test", { method: "POST" }])}
        >
          Test{said}
        </Button>
        <Button
          look="small"
          className="text-note"
          disabled={isPending}
          onClick={() => mutate(["", { method: "PATCH", body: { on: !on } }])}
        >
          {on ? "Switch off" : "Switch on"}
          {said}
        </Button>
        <Button
          look="small"
          className="text-note"
          disabled={isPending}
          onClick={() => mutate(["", { method: "DELETE" }])}
        >
          Remove{said}
        </Button>
      </div>
      {error !== null && !isPending && (
        <p role="alert" className="mt-1 text-caption text-lost-ink">
          {error.message}
        </p>
      )}
    </>
  );
}

function Standing({ channel: { tried_at, failure } }: { channel: ChannelShown }) {
  if (tried_at === null) return <Pill tone="plain">Nothing sent yet</Pill>;
  return failure === null ? <Pill tone="present">Taken</Pill> : <Pill tone="lost">Not taken</Pill>;
}
