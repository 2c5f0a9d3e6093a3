import { Pill } from "#components/ui/pill.tsx";
import { Running } from "#components/ui/running.tsx";
import { formatDuration } from "#components/words/duration.ts";
import { observerWords } from "#components/words/observer-words.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import { type Observer, tookPlace } from "#domain/meeting/observer.ts";

/** The fields of a meeting that its head shows. */
export type StandingOfMeeting = Pick<MeetingView, "status" | "startedAt" | "endedAt">;

/** The state of the bot that watches the meeting. */
export interface WatchedByBot {
  observer: Observer | null;
}

/** Whether it goes on, and for how long; or that it did not take place. */
export function StatusPill({ view, observer }: WatchedByBot & { view: StandingOfMeeting }) {
  if (!tookPlace(observer)) return <Pill tone="lost">{observer && asTitle(observer)}</Pill>;
  switch (view.status) {
    case "live":
      return (
        <Pill tone="present" className="num">
          <span className="beats size-1.75 rounded-full bg-present" />
          <span>Live {view.startedAt !== null && <Running since={view.startedAt} />}</span>
        </Pill>
      );
    case "waiting":
      return (
        <Pill tone="waiting">
          <span className="size-1.75 rounded-full border-2 border-current" />
          Waiting, nobody in yet
        </Pill>
      );
    case "ended":
      return (
        <Pill tone="plain" className="num">
          <span className="size-1.75 rounded-[1.5px] bg-current" />
          <span>
            Ended
            {view.startedAt !== null && view.endedAt !== null && (
              <> after {formatDuration(view.endedAt - view.startedAt)}</>
            )}
            {observer?.state === "removed" && `, ${observerWords(observer)}`}
          </span>
        </Pill>
      );
    default:
      return view.status satisfies never;
  }
}

function asTitle(observer: Observer): string {
  const words = observerWords(observer) ?? "";
  return words.charAt(0).toUpperCase() + words.slice(1);
}
