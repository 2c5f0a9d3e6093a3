"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import type { ExpectedLine, Sighting } from "#domain/scheduled/attendance.ts";

/** States that a person who came is a person on the roster; the correction is stored for the roster. */
export function MatchPerson({
  id,
  sighting,
  lines,
}: {
  id: string;
  sighting: Sighting;
  lines: readonly ExpectedLine[];
}) {
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  const by = useOperator();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (position: number) =>
      tellApi(`/scheduled-meetings/${id}/matches`, {
        method: "PUT",
        body: {
          position,
          meeting_id: sighting.meetingId,
          person_id: sighting.personId,
          by: by ?? "",
        },
      }),
    onSuccess: () => router.refresh(),
  });
  const open = lines.filter((line) => line.sighting === null);
  if (open.length === 0) return null;
  const name = sighting.seenAs ?? "somebody without a name";
  if (!isOpen) {
    return (
      <Button
        onClick={() => setOpen(true)}
        aria-label={`Say who ${name} is`}
        look="link"
        className="text-ink-2 text-caption"
      >
        This is …
      </Button>
    );
  }
  return (
    <span className="grid w-full gap-1">
      <Select
        aria-label={`Who ${name} is`}
        defaultValue=""
        disabled={isPending}
        onChange={({ target }) => mutate(Number(target.value))}
      >
        <option value="" disabled>
          Choose who this is
        </option>
        {open.map(({ person }) => (
          <option key={person.position} value={person.position}>
            {person.name ?? person.email ?? person.userId ?? `Line ${person.position}`}
          </option>
        ))}
      </Select>
      <span className="text-ink-3 text-caption">
        Remembered for this list, until it is taken back.
      </span>
      {error !== null && (
        <span role="alert" className="text-lost-ink text-caption">
          Not saved: {error.message}
        </span>
      )}
    </span>
  );
}

/** Undoes the correction of who a person on the roster is. */
export function UndoMatch({ id, line }: { id: string; line: ExpectedLine }) {
  const router = useRouter();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      tellApi(`/scheduled-meetings/${id}/matches`, {
        method: "DELETE",
        body: { position: line.person.position },
      }),
    onSuccess: () => router.refresh(),
  });
  return (
    <>
      <Button
        disabled={isPending}
        onClick={() => mutate()}
        aria-label={`${line.sighting?.seenAs ?? "This"} is not ${line.person.name ?? "them"}`}
        look="link"
        className="text-ink-2 text-caption"
      >
        Take back
      </Button>
      {error !== null && (
        <span role="alert" className="block text-lost-ink text-caption">
          {error.message}
        </span>
      )}
    </>
  );
}
