"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { tellApi } from "#components/api/api.ts";
import { Choice } from "#components/lists/choice.tsx";
import { useOperator } from "#components/operator/operator.ts";
import { Link } from "#components/ui/link.tsx";
import type { RegisterPage } from "#domain/rooms/register/page.ts";
import { useMaySet } from "./use-may-set.ts";

/** The class list of the room, to be chosen by those who may: everyone on it has a row in the register, whether they came or not. */
export function ClassListChoice({
  page: { room, classList, classLists },
}: {
  page: Pick<RegisterPage, "room" | "classList" | "classLists">;
}) {
  const mayChoose = useMaySet(room);
  const router = useRouter();
  const by = useOperator();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (list: string | null) =>
      tellApi(`/rooms/${room.id}/class-list`, {
        method: "PUT",
        body: { class_list: list, by: by ?? "" },
      }),
    onSuccess: () => router.refresh(),
  });
  const lists =
    classList === null || classLists.some(({ id }) => id === classList.id)
      ? classLists
      : [classList, ...classLists];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-dense text-ink-2 print:hidden">
      <span>Class list</span>
      {!mayChoose ? (
        <bdi className="text-ink">
          {classList === null ? "None: whoever came" : (classList.name ?? "Names removed")}
        </bdi>
      ) : lists.length === 0 ? (
        <span className="text-ink-3">None is kept yet.</span>
      ) : (
        <span className="w-56">
          <Choice
            label="Class list of this room"
            value={classList?.id ?? ""}
            onChange={(list) => mutate(list === "" ? null : list)}
          >
            <option value="">None: whoever came</option>
            {lists.map(({ id, name }) => (
              <option key={id} value={id}>
                {name ?? "Names removed"}
              </option>
            ))}
          </Choice>
        </span>
      )}
      <Link
        href={classList === null ? "/expected/lists" : `/expected/lists/${classList.id}`}
        className="hover:text-ink hover:underline"
      >
        {classList === null ? "Class lists" : "Open the list"}
      </Link>
      {isPending && <span className="text-ink-3">Saving…</span>}
      {error !== null && (
        <span role="alert" className="text-lost-ink">
          Not saved: {error.message}
        </span>
      )}
    </div>
  );
}
