"use client";

import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { AnswerSchema } from "#components/api/api.ts";
import { ServerClock } from "#components/sync/clock.ts";
import { ConnectionStatusStore } from "#components/sync/connection-status.ts";
import { PageTimeContext } from "#components/sync/page-time.ts";
import { RecordingStore } from "#components/sync/recording-store.ts";
import { UpToDateTime } from "#components/sync/up-to-date-time.ts";
import { ALL_IS_KEPT, type Recording } from "#domain/live/recording.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { LinkOver } from "./link-over.tsx";
import { Poll, type PolledAnswer } from "./poll.ts";

/** What is answered of recording, by a page that shows it. */
interface Shown extends PolledAnswer {
  halted?: Recording["halted"];
}

/**
 * What a link shows, current as long as the page is open, and the time that goes with it: by the clock of the server, and
 * standing still as soon as the page is not up to date. In place of it a notice, once the link is over.
 */
export function SharedPage<Answer extends Shown>({
  opened,
  path,
  schema,
  timeZone,
  children,
}: {
  opened: Answer;
  /** Where it is asked for, below `/api/v1`. */
  path: string;
  schema: AnswerSchema<Answer>;
  timeZone: string;
  children: (answer: Answer) => ReactNode;
}) {
  const [{ poll, recording, parts }] = useState(() => partsOf(opened, path, schema));
  const time = useMemo(() => ({ ...parts, timeZone }), [parts, timeZone]);
  const polled = useSyncExternalStore(poll.subscribe, poll.get, poll.get);
  useEffect(() => {
    const askNow = () => poll.askNow();
    window.addEventListener("online", askNow);
    document.addEventListener("visibilitychange", askNow);
    const stop = poll.start();
    return () => {
      stop();
      window.removeEventListener("online", askNow);
      document.removeEventListener("visibilitychange", askNow);
    };
  }, [poll]);
  const halted = polled.is === "shown" ? (polled.answer.halted ?? null) : null;
  const haltedSince = halted?.since ?? null;
  const haltedBy = halted?.reason ?? null;
  useEffect(() => {
    const isHalted = haltedSince !== null && haltedBy !== null;
    recording.storeHalted(isHalted ? { since: haltedSince, reason: haltedBy } : null);
  }, [recording, haltedSince, haltedBy]);
  if (polled.is === "over") return <LinkOver />;
  return <PageTimeContext value={time}>{children(polled.answer)}</PageTimeContext>;
}

function partsOf<Answer extends Shown>(opened: Answer, path: string, schema: AnswerSchema<Answer>) {
  const openedAt = fromWireTime(opened.as_of);
  const clock = new ServerClock(openedAt);
  const link = new ConnectionStatusStore();
  const recording = new RecordingStore({ ...ALL_IS_KEPT, halted: opened.halted ?? null });
  const time = new UpToDateTime(clock, link, recording);
  const reload = () => window.location.reload();
  const poll = new Poll({ path, opened, schema, clock, link, reload });
  return { poll, recording, parts: { clock, link, time, openedAt } };
}
