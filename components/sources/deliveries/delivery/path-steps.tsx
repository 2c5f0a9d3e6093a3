import { InfoTip } from "#components/ui/info-tip.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import type { DeliverySummary } from "#domain/event/delivery.ts";
import { delaysOf, shortDelay } from "#domain/sources/deliveries/delays.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

interface Step {
  title: string;
  at: Ms | null;
  /** After the step before. */
  after: Ms | null;
  otherwise: string;
  formula: string;
}

/** The way of a delivery: when it happened by the provider's clock, came, was kept, and was projected. */
export function PathSteps({ delivery, face }: { delivery: DeliverySummary; face: ClockFormat }) {
  return (
    <ol className="num grid gap-px overflow-hidden rounded-card border border-line bg-line shadow-card sm:grid-cols-2 lg:grid-cols-4">
      {stepsOf(delivery).map(({ title, at, after, otherwise, formula }) => (
        <li key={title} className="bg-surface px-4 py-3">
          <p className="flex items-center gap-1.5 text-note text-ink-2">
            {title}
            <InfoTip about={title}>{formula}</InfoTip>
          </p>
          <p className="font-strong text-lead">
            {at === null ? (
              <span className="font-normal text-ink-3">{otherwise}</span>
            ) : (
              face.millisecond(at)
            )}
          </p>
          <p className="min-h-4.5 text-caption text-ink-3">
            {after !== null && `${after < 0 ? "" : "+"}${shortDelay(after)}`}
          </p>
        </li>
      ))}
    </ol>
  );
}

function stepsOf(delivery: DeliverySummary): Step[] {
  const { happened_at, received_at, kept_ms, projected_at, waits, room, status } = delivery;
  const came = fromWireTime(received_at);
  const delays = delaysOf(delivery);
  return [
    {
      title: "Happened",
      at: happened_at === null ? null : fromWireTime(happened_at),
      after: null,
      otherwise: "not known",
      formula:
        "The moment of the first event that was read from it, by the provider's own clock. A delivery without events has none that we know.",
    },
    {
      title: "Came",
      at: came,
      after: delays.underWay,
      otherwise: "",
      formula: "When its request reached the door, by our clock, before its body was read.",
    },
    {
      title: "Kept",
      at: kept_ms === null ? null : came + kept_ms,
      after: kept_ms,
      otherwise: "not noted",
      formula:
        "When it was read, checked, and sent to the database with its batch, by our clock; the provider is answered after the commit. Not noted for what came before this was kept, or by a file.",
    },
    {
      title: "Projected",
      at: projected_at === null ? null : fromWireTime(projected_at),
      after: delays.toProjected === null ? null : delays.toProjected - (delays.toKept ?? 0),
      otherwise:
        waits === "turn"
          ? "waits for its turn"
          : waits === "stopped"
            ? "its room is stopped"
            : room === null || status !== "recorded"
              ? "nothing to project"
              : "not remembered",
      formula:
        "When a projector took it up; what it told is on every page with that commit. Remembered for the month in which it came and the one after; a replay does not change it.",
    },
  ];
}
