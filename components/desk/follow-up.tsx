"use client";

import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useSignature } from "#components/operator/use-signature.tsx";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { labelRef } from "#components/ui/label-ref.ts";
import { nameOf } from "#components/ui/person-name.tsx";
import { Select } from "#components/ui/select.tsx";
import { useMay } from "#components/viewer/me.tsx";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { FOLLOW_UPS } from "#domain/waits/handling.ts";
import type { WireHandling } from "#domain/waits/handling-wire.ts";
import { followUpWord } from "./follow-up-words.ts";
import { useDesk } from "./use-desk.ts";

type Followed = Pick<WireHandling, "follow_up" | "follow_up_by" | "follow_up_at"> & {
  id: string;
  name: string | null;
};

/** What came of following up on somebody who left: to be chosen, with who said so and when. */
export function FollowUpControl({ wait, onDone }: { wait: Followed; onDone?: () => void }) {
  const mayWrite = useMay("write");
  const { act, isPending, failure } = useDesk(wait.id, onDone);
  const { sign, asking } = useSignature();
  const face = useTodaysClockFormat();
  const { follow_up: outcome, follow_up_by: by, follow_up_at: at } = wait;
  const name = nameOf(wait.name);
  const call = useMemo(
    () => labelRef("aria-label", () => `What came of following up: ${name}`),
    [name],
  );
  // With arrow keys a list passes over what is not meant: what is chosen so counts with Enter, or as it is left.
  const [passing, setPassing] = useState<string | null>(null);
  const isByKeys = useRef(false);
  const choose = (value: string) => {
    setPassing(null);
    const chosen = FOLLOW_UPS.find((one) => one === value) ?? null;
    if (chosen !== outcome) sign((by) => act({ kind: "follow_up", outcome: chosen }, by));
  };
  const press = (event: KeyboardEvent) => {
    isByKeys.current = true;
    if (passing === null) return;
    if (event.key === "Enter") {
      event.preventDefault();
      choose(passing);
    }
    if (event.key === "Escape") setPassing(null);
  };
  return (
    <span className="grid min-w-32 gap-0.5">
      {mayWrite ? (
        <Select
          ref={call}
          value={passing ?? outcome ?? ""}
          aria-busy={isPending}
          onPointerDown={() => {
            isByKeys.current = false;
          }}
          onKeyDown={press}
          onChange={({ target: { value } }) =>
            isByKeys.current ? setPassing(value) : choose(value)
          }
          onBlur={() => {
            if (passing !== null) choose(passing);
          }}
        >
          <option value="">Open</option>
          {FOLLOW_UPS.map((one) => (
            <option key={one} value={one}>
              {followUpWord(one)}
            </option>
          ))}
        </Select>
      ) : (
        <span className={outcome === null ? "text-lost-ink" : ""}>
          {outcome === null ? "Open" : followUpWord(outcome)}
        </span>
      )}
      {passing !== null && (
        <span role="status" className="text-caption text-ink-2">
          Enter notes it
        </span>
      )}
      {outcome !== null && by !== null && at !== null && (
        <span className="num wrap-anywhere text-caption text-ink-3">
          <bdi>{by}</bdi>, {face.minute(fromWireTime(at))}
        </span>
      )}
      {failure !== null && (
        <span role="alert" className="text-caption text-lost-ink">
          {failure}
        </span>
      )}
      {asking}
    </span>
  );
}
