import { boundedLength, boundedMoment } from "#components/words/certainty-words.ts";
import { ClockFormat } from "#components/words/clock-format.ts";
import { wholePercent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { outcomeWord } from "#components/words/wait-words.ts";
import { type Sureness, surenessOf } from "#domain/meeting/certainty.ts";
import type { StatedMeeting, StatedVisit, StatedWait } from "#domain/people/statements/facts.ts";

type Seconds = (time: string | null) => string;

/**
 * The format of the times of a meeting: to the second, with the day where it is not the day of the start; a
 * dash for no time.
 */
export function secondsOn(
  face: ClockFormat,
  { started_at }: Pick<StatedMeeting, "started_at">,
): Seconds {
  // Without a start no other time shows the day, so each of them does.
  const own =
    started_at === null
      ? ClockFormat.dated(face.zone, face.hours)
      : face.on(Date.parse(started_at));
  return (time) => (time === null ? "–" : own.second(Date.parse(time)));
}

/** How certain the times of a meeting are: the facts show for each visit what was not reported. */
function surenessIn({ visits }: Pick<StatedMeeting, "visits">): Sureness {
  return surenessOf(
    visits.map(({ joined_at, left_at, start, end }) => ({
      joinedAt: Date.parse(joined_at),
      leftAt: left_at === null ? null : Date.parse(left_at),
      start,
      end,
    })),
  );
}

/** First in, last out and attended, each marked where it is only a bound. */
export function timesWords(meeting: StatedMeeting, second: Seconds) {
  const { joined, left, attended } = surenessIn(meeting);
  return {
    firstIn: boundedMoment(second(meeting.first_joined_at), joined),
    lastOut: boundedMoment(second(meeting.last_left_at), left),
    attended: boundedLength(formatDuration(meeting.attended_ms), attended),
  };
}

/** The share of the meeting that the person attended, `100%` at most; a dash where it has no length. */
export function shareWords({ attended_ms, length_ms }: StatedMeeting): string {
  if (length_ms === null) return "–";
  return wholePercent(Math.min(attended_ms, length_ms), length_ms) ?? "–";
}

export function visitWords(visit: StatedVisit, second: Seconds): string {
  return `In ${second(visit.joined_at)} – ${second(visit.left_at)}${visitNote(visit)}`;
}

export function waitWords(
  { started_at, ended_at, outcome, inferred }: StatedWait,
  second: Seconds,
): string {
  const waited = `Waited ${second(started_at)} – ${second(ended_at)}, ${outcomeWord(outcome)}`;
  return inferred ? `${waited} (inferred)` : waited;
}

function visitNote({ start, end }: StatedVisit): string {
  const notes = [
    start === "first_seen" && "there already when watching began",
    start === "inferred" && "only the leave was heard, so it has no length",
    end === "inferred" && "nobody reported the leave",
    end === "operator" && "an operator said when they left",
  ].filter((note) => note !== false);
  return notes.length === 0 ? "" : ` (${notes.join("; ")})`;
}
