"use client";

import { useState } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { May, NotYours } from "#components/viewer/may.tsx";
import type { Choices } from "#domain/lists/narrowing.ts";
import type { Commas } from "#domain/scheduled/reading.ts";
import type { ScheduledMeeting } from "#domain/scheduled/scheduled.ts";
import { calledBy } from "#domain/scheduled/scheduled.ts";
import { draftOf, newDraft } from "./draft.ts";
import { type ListChoice, ScheduledForm } from "./scheduled-form.tsx";

const DOING = "schedules meetings";

/** The page that schedules a meeting. */
export function NewScheduled({
  choices,
  lists,
  room,
}: {
  choices: Choices;
  lists: readonly ListChoice[];
  room: string;
}) {
  const { openedAt, timeZone } = useLiveParts();
  const [only, ...others] = choices.sources;
  const source = others.length === 0 ? (only?.id ?? "") : "";
  const [start] = useState(() => newDraft(openedAt, timeZone, source, room));
  return (
    <>
      <PageTitle name="Schedule a meeting" />
      <PageHead className="mb-4" title="Schedule a meeting" />
      <May access="write" otherwise={<NotYours doing={DOING} />}>
        <ScheduledForm id={null} start={start} choices={choices} lists={lists} />
      </May>
    </>
  );
}

/** The page that changes a scheduled meeting. */
export function ChangeScheduled({
  scheduled,
  roster,
  choices,
  lists,
}: {
  scheduled: ScheduledMeeting;
  roster: { text: string; commas: Commas | null };
  choices: Choices;
  lists: readonly ListChoice[];
}) {
  return (
    <>
      <PageTitle name={`Change ${calledBy(scheduled)}`} />
      <PageHead
        className="mb-4"
        title={
          <>
            Change <bdi>{calledBy(scheduled)}</bdi>
          </>
        }
      />
      <May access="write" otherwise={<NotYours doing={DOING} />}>
        <ScheduledForm
          id={scheduled.id}
          start={draftOf(scheduled, roster)}
          choices={choices}
          lists={lists}
          isRepeating={scheduled.repeats !== null}
        />
      </May>
    </>
  );
}
