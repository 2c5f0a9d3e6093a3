import { useState } from "react";
import type { AttemptShown, EndpointShown } from "#components/integrations/outgoing/shown.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { SCROLLED_HEAD, SCROLLED_TABLE, ScrollTable } from "#components/ui/scroll-table.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { grouped } from "#components/words/count.ts";
import { momentOf } from "#components/words/moment.ts";
import { isTaken } from "#domain/integrations/outgoing/pace.ts";
import { SHOWN, useAttempts, useEndpointChange } from "./use-endpoint.ts";

const WHICH = [
  { value: "all", title: "All attempts", face: "All" },
  { value: "failed", title: "What was not taken", face: "Failed" },
] as const;

/** What was sent, and what came back. */
export function AttemptsCard({ endpoint }: { endpoint: EndpointShown }) {
  const [only, setOnly] = useState<"all" | "failed">("all");
  const { data, error } = useAttempts(endpoint.id, only);
  const rows = data?.results ?? [];
  return (
    <Card
      title="Attempts"
      note={data?.next == null ? undefined : `the last ${SHOWN}`}
      aside={
        <Switch
          label="Which attempts"
          value={only}
          choices={WHICH}
          onChange={setOnly}
          className="rounded-md px-2.5 py-0.75 text-dense text-ink-2"
        />
      }
    >
      {error !== null && (
        <p role="alert" className="px-4 py-2 text-note text-lost-ink sm:px-4.5">
          They could not be read: {error.message}
        </p>
      )}
      {rows.length === 0 ? (
        <p aria-busy={data === undefined} className="px-4 py-6 text-dense text-ink-3 sm:px-4.5">
          {data === undefined
            ? "Reading what was sent…"
            : only === "failed"
              ? "Everything was taken."
              : "Nothing was sent yet. A test shows whether somebody is there."}
        </p>
      ) : (
        <ScrollTable label="Every attempt" height="page">
          <table className={SCROLLED_TABLE}>
            <thead>
              <tr>
                {["When", "What", "Answer", ""].map((head) => (
                  <th
                    key={head}
                    scope="col"
                    className={`${SCROLLED_HEAD} px-2 text-left first:pl-4 last:pr-4 sm:first:pl-4.5`}
                  >
                    {head === "" ? <span className="sr-only">Send again</span> : head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((attempt) => (
                <AttemptRow key={attempt.id} attempt={attempt} endpoint={endpoint} />
              ))}
            </tbody>
          </table>
        </ScrollTable>
      )}
    </Card>
  );
}

const CELL = "border-line border-b px-2 py-2 align-top first:pl-4 last:pr-4 sm:first:pl-4.5";

function AttemptRow({ attempt, endpoint }: { attempt: AttemptShown; endpoint: EndpointShown }) {
  const clockFormat = useClockFormat();
  const { mutate, isPending, error } = useEndpointChange(endpoint.id);
  const { id, at, took_ms, status, failure, excerpt, message } = attempt;
  const again = message.next_at;
  return (
    <tr>
      <td className={`${CELL} whitespace-nowrap`}>
        {momentOf(at, clockFormat)}
        <span className="block text-note text-ink-3">{grouped(took_ms)} ms</span>
      </td>
      <td className={`${CELL} min-w-44`}>
        <code className="wrap-anywhere">{message.trigger}</code>
        <details className="text-note text-ink-2">
          <summary className="cursor-pointer">Body</summary>
          <pre className="wrap-anywhere mt-1 max-w-xl whitespace-pre-wrap text-note">
            {message.body ?? "It was erased."}
          </pre>
        </details>
        {message.corrects !== null && <span className="text-note text-ink-3">a correction</span>}
      </td>
      <td className={`${CELL} min-w-40`}>
        <Pill tone={isTaken(status) ? "present" : "lost"}>{status ?? "none"}</Pill>
        {(failure ?? excerpt) !== null && (
          <span className="wrap-anywhere mt-0.5 line-clamp-3 block text-note text-ink-2">
            {failure ?? excerpt}
          </span>
        )}
        {again !== null && (
          <span className="block text-note text-waiting-ink">
            sent again {momentOf(again, clockFormat)}
          </span>
        )}
        {message.state === "failed" && <span className="block text-note text-ink-3">given up</span>}
      </td>
      <td className={`${CELL} text-right`}>
        {message.body !== null && message.state !== "pending" && endpoint.state !== "paused" && (
          <Button
            look="small"
            className="whitespace-nowrap text-note"
            disabled={isPending}
            aria-label={`Send ${message.trigger} of ${momentOf(at, clockFormat)} again`}
            onClick={() => mutate({ method: "POST", part: `/attempts/${id}/resend` })}
          >
            Send again
          </Button>
        )}
        {error !== null && (
          <span role="alert" className="block text-note text-lost-ink">
            {error.message}
          </span>
        )}
      </td>
    </tr>
  );
}
