import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
import { DIALOG_INPUT, Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { counted } from "#components/words/count.ts";
import { LONGEST_GROUP_NAME, rulesOf } from "#domain/desk/groups/room-group.ts";
import { bodyOf, faultsOf, type GroupDraft, patternsOf } from "./group-draft.ts";
import { HoursFields } from "./hours-fields.tsx";
import { LimitFields } from "./limit-fields.tsx";
import { LinkFields } from "./link-fields.tsx";
import type { RoomToGroup } from "./shown.ts";

/** Makes a group, or changes one that is there. */
export function GroupDialog({
  id,
  opened,
  sources,
  rooms,
  zones,
  onClose,
}: {
  /** Of the group that is changed; `null` for a new one. */
  id: string | null;
  opened: GroupDraft;
  sources: readonly { id: string; name: string }[];
  rooms: readonly RoomToGroup[];
  zones: readonly string[];
  onClose: () => void;
}) {
  const router = useRouter();
  const operator = useOperator();
  const [draft, setDraft] = useState(opened);
  const faults = faultsOf(draft);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      tellApi(id === null ? "/room-groups" : `/room-groups/${id}`, {
        method: id === null ? "POST" : "PUT",
        body: { ...bodyOf(draft), ...(operator !== null && { by: operator }) },
      }),
    onSuccess: () => {
      router.refresh();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  const set = (change: Partial<GroupDraft>) => setDraft({ ...draft, ...change });
  return (
    <Dialog open onClose={onClose} form="long">
      <form onSubmit={submit}>
        <DialogTitle>{id === null ? "New group" : "Change the group"}</DialogTitle>
        <DialogText>
          What a more exact group says counts before what a wider one says: a room alone can have
          its own.
        </DialogText>
        <label className="mt-3 flex flex-col gap-1">
          <span className="text-note text-ink-2">What it is called, as “Dr Wolf” or “Room 3”</span>
          <input
            value={draft.name}
            onChange={({ target }) => set({ name: target.value })}
            maxLength={LONGEST_GROUP_NAME}
            required
            autoComplete="off"
            className={DIALOG_INPUT}
          />
        </label>
        <label className="mt-3 flex flex-col gap-1">
          <span className="text-note text-ink-2">
            Its rooms, by key or title, one on a line; <code>*</code> stands for any text
          </span>
          <textarea
            rows={2}
            value={draft.rooms}
            required
            onChange={({ target }) => set({ rooms: target.value })}
            className={`${DIALOG_INPUT} h-auto! py-1.5`}
          />
        </label>
        <p className="mt-1 text-note text-ink-3">{fittingWords(draft, rooms)}</p>
        {sources.length > 1 && (
          <Field label="Of which source" className="mt-3">
            <Select
              size="form"
              value={draft.sourceId}
              onChange={({ target }) => set({ sourceId: target.value })}
            >
              <option value="">Every source</option>
              {sources.map((source) => (
                <option key={source.id} value={source.id}>
                  {source.name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <HoursFields draft={draft} faults={faults} zones={zones} onChange={set} />
        <LimitFields draft={draft} fault={faults.get("limits") ?? null} onChange={set} />
        <LinkFields draft={draft} faults={faults} onChange={set} />
        {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
        <DialogActions>
          <Button look="primary" type="submit" disabled={isPending || faults.size > 0}>
            {isPending ? "Saving…" : "Save"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const MOST_NAMED = 4;

/** Which of the rooms there are it would have. */
function fittingWords(draft: GroupDraft, rooms: readonly RoomToGroup[]): string {
  const group = {
    ...{ id: "", name: "", hours: null, limits: null, links: [] },
    sourceId: draft.sourceId === "" ? null : draft.sourceId,
    patterns: patternsOf(draft),
  };
  const fitting = rooms.filter((room) => rulesOf(room, [group]).groups.length > 0);
  if (fitting.length === 0) return "None of the latest rooms is in it.";
  const named = fitting.slice(0, MOST_NAMED).map(({ key, title }) => title ?? key);
  const more = fitting.length - named.length;
  return `${counted(fitting.length, "of the latest rooms is", "of the latest rooms are")} in it: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
}
