"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ApiFailure, askApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { faultsIn, NOTHING_SAID } from "#components/scheduled/form/draft.ts";
import { RosterField } from "#components/scheduled/form/roster-field.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { FormField, INPUT } from "#components/ui/field.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { May, NotYours } from "#components/viewer/may.tsx";
import { useZoned } from "#components/viewer/use-zoned.ts";
import type { Commas } from "#domain/scheduled/reading.ts";

const stored = async () => (await import("#server/scheduled/schema.ts")).classList;

interface Shown {
  id: string | null;
  name: string;
  start: { text: string; commas: Commas | null };
}

/** The page that creates a class list, or changes the one with `id`. */
export function ClassListForm(shown: Shown) {
  const title = shown.id === null ? "New class list" : `Change ${shown.name}`;
  return (
    <>
      <PageTitle name={title} />
      <PageHead className="mb-4" title={title} />
      <May access="write" needs="everything" otherwise={<NotYours doing="keeps the class lists" />}>
        <ListForm {...shown} />
      </May>
    </>
  );
}

function ListForm({ id, name: startName, start }: Shown) {
  const router = useRouter();
  const zoned = useZoned();
  const by = useOperator();
  const [name, setName] = useState(startName);
  const [roster, setRoster] = useState(start.text);
  const [chosen, setChosen] = useState({ ...NOTHING_SAID, commas: start.commas });
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () =>
      askApi(`/class-lists${id === null ? "" : `/${id}`}`, stored, {
        method: id === null ? "POST" : "PUT",
        body: { name, roster, reading: chosen, by: by ?? "" },
      }),
    onSuccess: (answer) => {
      router.push(zoned(`/expected/lists/${answer.id}`));
      router.refresh();
    },
  });
  const faults = error instanceof ApiFailure ? faultsIn(error.details) : [];
  const faultsOf = (field: string) => faults.filter((one) => one.field === field);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form
      noValidate
      onSubmit={onSubmit}
      className="grid max-w-3xl gap-4 rounded-card border border-line bg-surface p-4 shadow-card sm:p-5"
    >
      <FormField label="Name of the list" faults={faultsOf("name")}>
        {(ties) => (
          <input
            {...ties}
            value={name}
            maxLength={300}
            autoComplete="off"
            onChange={({ target }) => setName(target.value)}
            className={INPUT}
          />
        )}
      </FormField>
      <RosterField
        roster={roster}
        chosen={chosen}
        faults={faultsOf("roster")}
        onChange={(text) => {
          setRoster(text);
          if (text.trim() === "") setChosen(NOTHING_SAID);
        }}
        onChoose={setChosen}
      />
      <p role="alert" className="text-dense text-lost-ink empty:hidden">
        {error !== null && `Not saved: ${error.message}`}
      </p>
      <div className="flex gap-2">
        <Button type="submit" disabled={isPending || isSuccess} look="primary">
          Save the list
        </Button>
        <ButtonLink href={id === null ? "/expected/lists" : `/expected/lists/${id}`}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
