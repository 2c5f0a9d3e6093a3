"use client";

import { useQuery } from "@tanstack/react-query";
import { askApi } from "#components/api/api.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogText, DialogTitle } from "#components/ui/dialog.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { counted } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { Suggestion } from "#domain/people/people.ts";
import { IdentityLine } from "./known-as.tsx";

/** Shows what joining two people would change, before they are joined. */
export function JoinDialog({
  suggestion,
  onJoin,
  onClose,
}: {
  suggestion: Suggestion | null;
  onJoin: (suggestion: Suggestion) => void;
  onClose: () => void;
}) {
  return (
    <Dialog open={suggestion !== null} onClose={onClose} form="long">
      {suggestion !== null && (
        <>
          <DialogTitle>Are these the same person?</DialogTitle>
          <ul className="mt-3 grid gap-2">
            {[suggestion.one, suggestion.other].map((side) => (
              <li
                key={side.id}
                className="num rounded-lg bg-sunken px-3 py-2 text-dense text-ink-2"
              >
                <bdi className="font-strong text-ink">{nameOf(side.name)}</bdi>
                <span className="block text-caption">
                  <IdentityLine identity={side} />
                  {side.knownBy === "name" && "guest, by name · "}
                  {counted(side.meetings, "meeting", "meetings")}
                </span>
              </li>
            ))}
          </ul>
          <Effect of={suggestion} />
          <DialogText className="mt-3">
            They become one row and one page. Nothing that was recorded changes, other meetings'
            pages stay as they are, and you can take it back at any time. Both addresses lead to the
            person.
          </DialogText>
          <DialogActions className="mt-4">
            <Button onClick={() => onJoin(suggestion)} className="font-strong">
              Join them
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

/** The API's preview of joining two people. */
const joining = async () => (await import("#server/people/schema.ts")).joining;

/** The result of joining them, counted over all meetings they attended. */
function Effect({ of: { one, other } }: { of: Suggestion }) {
  const { data, error, isPending } = useQuery({
    queryKey: queryKeys.joining(one.id, other.id),
    queryFn: ({ signal }) =>
      askApi(
        `/people/${encodeURIComponent(one.id)}/with/${encodeURIComponent(other.id)}`,
        joining,
        { signal },
      ),
    gcTime: 0,
  });
  if (isPending) {
    return (
      <p role="status" className="mt-3 min-h-14 text-dense text-ink-3">
        Counting what they attended…
      </p>
    );
  }
  if (error !== null) {
    return (
      <p role="alert" className="mt-3 min-h-14 text-dense text-lost-ink">
        What would come of it could not be counted. {error.message}
      </p>
    );
  }
  return (
    <section aria-label="What comes of it" className="num mt-3 min-h-14 text-dense">
      <p>
        Together {counted(data.meetings, "meeting", "meetings")}, {formatDuration(data.attended_ms)}{" "}
        attended.
      </p>
      <p className="text-ink-2">
        {data.meetings_of_both === 0
          ? "They were never at the same meeting."
          : `Both were at ${counted(data.meetings_of_both, "meeting", "meetings")}: each counts once, and time is not added up.`}
      </p>
      {data.meetings_at_once > 0 && (
        <p className="text-waiting-ink">
          In {counted(data.meetings_at_once, "meeting", "meetings")} they were in at the same time,
          for {formatDuration(data.at_once_ms)}. One person rarely is, unless on two devices.
        </p>
      )}
    </section>
  );
}
