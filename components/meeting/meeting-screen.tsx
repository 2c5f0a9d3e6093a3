"use client";

import dynamic from "next/dynamic";
import { Activity, memo, useCallback, useDeferredValue, useMemo } from "react";
import { ShareButton } from "#components/access/shares/share-button.tsx";
import { AskedActsLater } from "#components/desk/acts/asked-acts-later.tsx";
import { RoomActsLater } from "#components/desk/acts/room-acts-later.tsx";
import { MeetingDeskLater } from "#components/desk/meeting-desk-later.tsx";
import { DownloadMenu, formatsOf } from "#components/lists/download/download-menu.tsx";
import { LinkNotice } from "#components/lists/link-notice.tsx";
import { isPutAwayCorrection } from "#components/meeting/away/put-away.ts";
import { PutAwayButton } from "#components/meeting/away/put-away-button.tsx";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { useMeeting } from "#components/sync/use-meeting.ts";
import { useMeetingView } from "#components/sync/use-meeting-view.ts";
import { Button } from "#components/ui/button.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { useMedia } from "#components/ui/use-media.ts";
import { hostHistoryOf } from "#domain/meeting/host-history.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { timeToFirstHost } from "#domain/meeting/metrics.ts";
import { meetingAsOf } from "#domain/meeting/moment.ts";
import { isAnythingOpen } from "#domain/meeting/open-now.ts";
import type { OpenedScheduled } from "#domain/scheduled/pages.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { OneOrTwo } from "./bounds/one-or-two.tsx";
import { HostHistory } from "./host-history.tsx";
import { useLens } from "./lens/use-lens.ts";
import { MeetingHead } from "./meeting-head.tsx";
import { MeetingHeadline } from "./meeting-headline.tsx";
import { LensBar } from "./moment/lens-bar.tsx";
import { useEscape } from "./moment/use-escape.ts";
import { useWithinReach } from "./moment/use-reach.ts";
import { observerOf } from "./observer-of.ts";
import { useAxis } from "./parts/use-axis.ts";
import { MeetingClockFormat } from "./parts/use-clock-format.tsx";
import { PersonPanel } from "./person/person-panel.tsx";
import { PersonSheet } from "./person/person-sheet.tsx";
import { useShown } from "./person/use-shown.ts";
import { PrintLater } from "./print-later.tsx";
import { Revisions } from "./revisions/revisions.tsx";
import { TimelineCard } from "./timeline-card.tsx";

// Rendered by the server where there is one; the browser loads its script only then.
const ExpectedCard = dynamic(() =>
  import("#components/scheduled/expected-card.tsx").then((read) => read.ExpectedCard),
);
const PutAwayCard = dynamic(() =>
  import("#components/meeting/away/put-away-list.tsx").then((read) => read.PutAwayCard),
);
const BotsCard = dynamic(() => import("./bots-card.tsx").then((read) => read.BotsCard));
const ErasedMeeting = dynamic(() =>
  import("./erased-meeting.tsx").then((read) => read.ErasedMeeting),
);

const NOBODY: readonly [] = [];

/** Is not rendered again with every move of the as-of line. */
const SteadyPanel = memo(PersonPanel);

/** The page of one meeting: in progress, ended, or erased. */
export function MeetingScreen({
  facts,
  expected = NOBODY,
}: {
  facts: MeetingFacts;
  /** The scheduled meetings it belongs to, with the people expected. */
  expected?: readonly OpenedScheduled[];
}) {
  const { erased } = facts;
  return erased === null ? (
    <LiveMeeting facts={facts} expected={expected} />
  ) : (
    <ErasedMeeting facts={facts} erased={erased} />
  );
}

/** A meeting and its live changes: its numbers, a lane per person, and why each number is what it is. */
function LiveMeeting({
  facts: opened,
  expected,
}: {
  facts: MeetingFacts;
  expected: readonly OpenedScheduled[];
}) {
  const [lens, change] = useLens();
  const received = useMeeting(opened);
  const facts = useMemo(() => withGrace(received, lens.graceMs), [received, lens.graceMs]);
  const view = useMeetingView(facts);
  const observer = useMemo(() => observerOf(facts.events), [facts.events]);
  const isPutAway = useMemo(() => facts.events.some(isPutAwayCorrection), [facts.events]);
  const axis = useAxis(view);
  const { at, window } = useWithinReach(lens, axis, view.status);
  const settledAt = useDeferredValue(at);
  const shownView = useMemo(
    () => (settledAt === null ? view : meetingAsOf(view, settledAt)),
    [view, settledAt],
  );
  const { people } = view;
  const { graceMs } = facts.rules;
  const history = useMemo(() => hostHistoryOf(people, graceMs), [people, graceMs]);
  const first = useMemo(() => timeToFirstHost(people), [people]);
  const isNarrow = useMedia("(width < 80rem)");
  const choose = useCallback((personId: string | null) => change({ personId }), [change]);
  const clear = useCallback(() => choose(null), [choose]);
  const shown = useShown(view, facts, lens.personId, choose);
  useEscape({ at, window }, change);
  const { id, as_of } = facts;
  const meetingNow = useMemo(
    () => ({ id, people, asOf: fromWireTime(as_of) }),
    [id, people, as_of],
  );
  return (
    <MeetingClockFormat view={view}>
      <PageTitle name={facts.title ?? facts.room} waiting={view.waitingCount} />
      {lens.personId !== null && shown === null && (
        <LinkNotice way={<Button onClick={clear}>Show without them</Button>}>
          The person this link asks for is not in this meeting. Nobody is chosen.
        </LinkNotice>
      )}
      <MeetingHead
        facts={facts}
        view={view}
        apart={view}
        observer={observer}
        aside={
          <>
            {view.status !== "ended" && (
              <RoomActsLater
                source={facts.source.id}
                meeting={facts.id}
                name={facts.title ?? facts.room}
              />
            )}
            {isAnythingOpen(view) && (
              <PutAwayButton
                subject={{
                  meetingId: facts.id,
                  personId: null,
                  where: null,
                  name: facts.title ?? facts.room,
                  notBefore: null,
                }}
              />
            )}
            <ShareButton meetingId={facts.id} name={facts.title ?? facts.room} />
            <AttendanceFiles facts={facts} graceMs={lens.graceMs} />
          </>
        }
      />
      <AskedActsLater meeting={facts.id} className="mt-3" />
      <Revisions facts={facts} view={view} onChoose={choose} />
      <div className="my-4.5">
        <Activity>
          <MeetingHeadline view={shownView} at={settledAt} graceMs={graceMs} />
        </Activity>
      </div>
      <PrintLater view={shownView} at={settledAt} />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_318px] print:hidden">
        <Activity>
          <TimelineCard
            view={view}
            axis={axis}
            lens={lens}
            selectedId={shown?.person.id ?? null}
            at={at}
            window={window}
            history={history}
            graceMs={graceMs}
            ownGraceMs={received.rules.graceMs}
            source={facts.source.name}
            onChange={change}
          />
        </Activity>
        <aside
          aria-label="Details"
          className="grid grid-cols-[minmax(0,1fr)] gap-5 xl:sticky xl:top-5"
        >
          {!isNarrow && (
            <div className="max-xl:hidden">
              <SteadyPanel shown={shown} onClose={clear} />
            </div>
          )}
          {people.some(({ waits }) => waits.length > 0) && <MeetingDeskLater meeting={facts.id} />}
          {expected.length > 0 && <ExpectedCard expected={expected} meeting={meetingNow} />}
          <Activity>
            <HostHistory history={history} first={first} />
          </Activity>
          {facts.events.some(({ data }) => data.observer) && <BotsCard facts={facts} />}
          {isPutAway && <PutAwayCard facts={facts} view={view} />}
          {facts.rules.meetings === "by_gap" && <OneOrTwo facts={facts} view={view} />}
        </aside>
      </div>
      {axis !== null && (
        <LensBar
          view={view}
          axis={axis}
          at={at}
          window={window}
          graceMs={graceMs}
          onChange={change}
        />
      )}
      {isNarrow && <PersonSheet shown={shown} onClose={clear} />}
    </MeetingClockFormat>
  );
}

/** Who attended, as a file; projected with the grace that this page shows. */
function AttendanceFiles({ facts, graceMs }: { facts: MeetingFacts; graceMs: Ms | null }) {
  const { timeZone } = useLiveParts();
  const question = { tz: timeZone, grace_ms: graceMs === null ? null : String(graceMs) };
  const choices = formatsOf(`/api/v1/meetings/${facts.id}/attendance`, question);
  return <DownloadMenu of="who attended" choices={choices} canPrint />;
}

/** The facts with the grace of this page, or with the source's own where it is `null`. */
function withGrace(facts: MeetingFacts, graceMs: Ms | null): MeetingFacts {
  if (graceMs === null || graceMs === facts.rules.graceMs) return facts;
  return { ...facts, rules: { ...facts.rules, graceMs } };
}
