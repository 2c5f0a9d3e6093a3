import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { tellApi } from "#components/api/api.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Button } from "#components/ui/button.tsx";
import { DialogFailure } from "#components/ui/dialog.tsx";
import { browserName } from "#components/words/browser-name.ts";
import { momentOf } from "#components/words/moment.ts";
import type { SessionShown } from "./shown.ts";

/** The browsers in which somebody is signed in, each with a way to end it. */
export function SessionList({ sessions }: { sessions: readonly SessionShown[] }) {
  const router = useRouter();
  const clockFormat = useClockFormat();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (id: string | null) =>
      tellApi(id === null ? "/me/sessions" : `/me/sessions/${id}`, { method: "DELETE" }),
    onSuccess: () => router.refresh(),
  });
  return (
    <section aria-label="Where you are signed in" className="border-line border-t">
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 pt-3 sm:px-4.5">
        <h3 className="text-dense text-ink-2">Where you are signed in</h3>
        {sessions.length > 1 && (
          <Button
            look="small"
            className="text-dense"
            disabled={isPending}
            onClick={() => mutate(null)}
          >
            Sign out everywhere else
          </Button>
        )}
      </div>
      {error !== null && !isPending && (
        <div className="px-4 sm:px-4.5">
          <DialogFailure>{error.message}</DialogFailure>
        </div>
      )}
      <ul className="pt-1 pb-2">
        {sessions.map(({ id, browser, address, current, used_at }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-1.5 sm:px-4.5"
          >
            <p className="num min-w-0 text-dense">
              {browserName(browser)}
              <span className="text-note text-ink-3">
                {" "}
                · {address ?? "address unknown"} ·{" "}
                {current ? "this browser" : `used ${momentOf(used_at, clockFormat)}`}
              </span>
            </p>
            {!current && (
              <Button
                look="small"
                className="text-note"
                disabled={isPending && variables === id}
                aria-label={`Sign out ${browserName(browser)} at ${address ?? "an unknown address"}`}
                onClick={() => mutate(id)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
