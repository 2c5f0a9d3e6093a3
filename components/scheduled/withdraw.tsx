"use client";

import { askApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { offerUndo } from "#components/operator/undo.ts";
import { RemoveButton } from "./remove-button.tsx";

const withdrawn = async () => (await import("#server/scheduled/schema.ts")).withdrawn;

/** Removes a scheduled meeting, after asking. One of every week can be brought back at once. */
export function Withdraw({
  id,
  name,
  day,
  isRepeating,
}: {
  id: string;
  name: string;
  /** Its day, as the page shows it. */
  day: string;
  /** It is one of every week: those after it can be removed with it. */
  isRepeating: boolean;
}) {
  const by = useOperator();
  const path = `/scheduled-meetings/${encodeURIComponent(id)}`;
  const withdraw = async (following: boolean) => {
    const { undoable } = await askApi(path, withdrawn, {
      method: "DELETE",
      body: { by: by ?? "", following },
    });
    if (undoable) {
      const one = `${name}, ${day}`;
      offerUndo({ path: `${path}/withdrawal`, name: one, said: "removed", isRead: true });
    }
  };
  const only = {
    words: isRepeating ? "Remove only this one" : "Remove",
    act: () => withdraw(false),
  };
  const all = { words: "Remove this and all that follow", act: () => withdraw(true) };
  return (
    <RemoveButton
      word="Remove"
      name={name}
      ways={isRepeating ? [all, only] : [only]}
      to="/expected"
    >
      {isRepeating
        ? "It is no longer listed. The meeting itself, and who attended it, stay as they are."
        : "It is no longer listed and its roster is deleted. The meeting itself, and who attended it, stay as they are."}
    </RemoveButton>
  );
}
