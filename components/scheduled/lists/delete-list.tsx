"use client";

import { tellApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { RemoveButton } from "#components/scheduled/remove-button.tsx";

/** Deletes a class list, after asking. */
export function DeleteList({ id, name }: { id: string; name: string }) {
  const by = useOperator();
  const act = () =>
    tellApi(`/class-lists/${encodeURIComponent(id)}`, {
      method: "DELETE",
      body: { by: by ?? "" },
    });
  return (
    <RemoveButton word="Delete" name={name} ways={[{ words: "Delete", act }]} to="/expected/lists">
      Rooms and scheduled meetings that use it have no list then. The meetings, and who attended
      them, stay as they are.
    </RemoveButton>
  );
}
