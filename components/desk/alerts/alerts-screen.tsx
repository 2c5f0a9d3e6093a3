"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { DevicesLater } from "#components/desk/alerts/devices/devices-later.tsx";
import { useFreshness } from "#components/sync/use-freshness.ts";
import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { counted, grouped } from "#components/words/count.ts";
import type { OpenAlerts, WireAlert } from "#domain/desk/alerts/wire.ts";
import { AlertLine } from "./alert-line.tsx";
import { ChannelsCard } from "./channels-card.tsx";
import { RulesCard } from "./rules-card.tsx";
import type { ChannelShown, RuleChoice, RuleShown } from "./shown.ts";
import { SoundChoice } from "./sound-choice.tsx";
import { useOpenAlerts } from "./use-open-alerts.ts";

/** What calls for somebody, what did, and by which rules. */
export function AlertsScreen({
  open: opened,
  over,
  older,
  rules,
  channels,
  sendsMail,
  sources,
  groups,
}: {
  open: OpenAlerts;
  over: readonly WireAlert[];
  /** Where those before are; `null` where there are none. */
  older: string | null;
  /** `null` for whoever sees a part of the installation. */
  rules: readonly RuleShown[] | null;
  /** `null` for whoever may not have others told of the installation. */
  channels: readonly ChannelShown[] | null;
  sendsMail: boolean;
  sources: readonly RuleChoice[];
  groups: readonly RuleChoice[];
}) {
  const router = useRouter();
  const pushed = useOpenAlerts();
  // What was pushed before the page was opened is older than what it was opened with.
  const open = pushed !== null && pushed.as_of > opened.as_of ? pushed : opened;
  const names = open.alerts.map(({ id }) => id).join();
  const openedNames = opened.alerts.map(({ id }) => id).join();
  useEffect(() => {
    // One that is not open any more stands among those that are over.
    if (names !== openedNames) router.refresh();
  }, [names, openedNames, router]);
  const ringing = open.alerts.filter(({ state }) => state === "raised");
  const known = open.alerts.filter(({ state }) => state !== "raised");
  return (
    <>
      <PageTitle name="Alerts" />
      <PageHead
        title="Alerts"
        lead="What needs somebody, by rules. Each calls until somebody acknowledges it, or it is over."
        actions={<SoundChoice />}
      />
      <div className="mt-4.5 grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,460px)]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <Card
            title="Now"
            note={open.alerts.length > 0 ? grouped(open.alerts.length + open.more) : undefined}
            aside={<Standing ringing={ringing.length} />}
          >
            {open.alerts.length === 0 ? (
              <p className="px-4.5 py-6 text-ink-2">
                {rules?.length === 0
                  ? "There is no rule yet, so nothing alarms."
                  : "Nothing needs anybody."}
              </p>
            ) : (
              <Alerts alerts={[...ringing, ...known]} label="Alerts now" />
            )}
            {open.more > 0 && (
              <p className="border-line border-t px-4.5 py-2.5 text-ink-2 text-note">
                and {counted(open.more, "other", "others")}
              </p>
            )}
          </Card>
          {(over.length > 0 || older !== null) && (
            <Card title="Over">
              <Alerts alerts={over} label="Alerts that are over" />
              {older !== null && (
                <p className="border-line border-t px-4.5 py-2.5 text-note">
                  <Link href={older} className="underline underline-offset-2">
                    Older ones
                  </Link>
                </p>
              )}
            </Card>
          )}
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <DevicesLater />
          {rules !== null && <RulesCard rules={rules} sources={sources} groups={groups} />}
          {channels !== null && <ChannelsCard channels={channels} sendsMail={sendsMail} />}
        </div>
      </div>
    </>
  );
}

function Alerts({ alerts, label }: { alerts: readonly WireAlert[]; label: string }) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {alerts.map((alert) => (
        <li key={alert.id} className="px-4 py-3 sm:px-4.5">
          <AlertLine alert={alert} />
        </li>
      ))}
    </ul>
  );
}

function Standing({ ringing }: { ringing: number }) {
  const { state } = useFreshness();
  if (state === "stale") return <span className="text-lost-ink text-note">Out of date</span>;
  return (
    <span role="status" className={`text-note ${ringing > 0 ? "text-lost-ink" : "text-ink-3"}`}>
      {ringing > 0 ? `${counted(ringing, "calls", "call")} for somebody` : "nobody is needed"}
    </span>
  );
}
