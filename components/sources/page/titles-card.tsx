import { type FormEvent, useState } from "react";
import type { OpenedSource } from "#components/sources/opened-source.ts";
import { useSourceChange } from "#components/sources/use-source.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { CONTROL, Field } from "#components/ui/field.tsx";
import { Link } from "#components/ui/link.tsx";
import { MOST_TITLE_RULES, titleByRule } from "#domain/participant/room-title.ts";

interface Rule {
  pattern: string;
  title: string;
}

/** What the rooms of a source are called, by patterns of their keys. By hand it is done on the page of a room. */
export function TitlesCard({
  source,
  rooms,
}: {
  source: OpenedSource;
  /** Its latest rooms. */
  rooms: readonly RoomCalled[];
}) {
  return (
    <Card title="Titles of rooms" note="by their keys">
      <TitlesForm key={JSON.stringify(source.room_titles)} source={source} rooms={rooms} />
    </Card>
  );
}

/** A room as it is called now. */
export interface RoomCalled {
  id: string;
  room: string;
  title: string | null;
}

function TitlesForm({ source, rooms }: { source: OpenedSource; rooms: readonly RoomCalled[] }) {
  const [rules, setRules] = useState<readonly Rule[]>(source.room_titles);
  const { mutate, isPending, error } = useSourceChange(source.id);
  const isSame = JSON.stringify(rules) === JSON.stringify(source.room_titles);
  const set = (index: number, change: Partial<Rule>) =>
    setRules(rules.map((rule, at) => (at === index ? { ...rule, ...change } : rule)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate({ method: "PATCH", body: { room_titles: rules } });
  };
  return (
    <form onSubmit={submit} className="grid gap-2.5 px-4 py-3 text-dense sm:px-4.5">
      <p className="text-note text-ink-2">
        A key such as <code>ward-3</code> is called by the first pattern that fits it:{" "}
        <code>ward-*</code> and <code>Ward *</code> make “Ward 3”. What the provider reports, or was
        entered on a room’s page, counts before that.
      </p>
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place.
        <div key={index} className="flex items-end gap-2">
          <Field label={`Pattern ${index + 1}`} className="flex-1">
            <input
              className={CONTROL}
              required
              value={rule.pattern}
              placeholder="ward-*"
              onChange={(event) => set(index, { pattern: event.target.value })}
            />
          </Field>
          <Field label="Title" className="flex-1">
            <input
              className={CONTROL}
              required
              value={rule.title}
              placeholder="Ward *"
              onChange={(event) => set(index, { title: event.target.value })}
            />
          </Field>
          <Button
            aria-label={`Remove pattern ${index + 1}`}
            onClick={() => setRules(rules.filter((_, at) => at !== index))}
          >
            Remove
          </Button>
        </div>
      ))}
      {rooms.length > 0 && (
        <ul aria-label="Its latest rooms" className="divide-y divide-line border-line border-y">
          {rooms.map(({ id, room, title }) => (
            <li key={id} className="flex flex-wrap justify-between gap-x-3 py-1 text-note">
              <Link href={`/rooms/${id}`} className="wrap-anywhere underline underline-offset-2">
                <bdi>{room}</bdi>
              </Link>
              <span className="wrap-anywhere text-ink-2">
                <bdi>{calledBy({ room, title }, source.room_titles, rules)}</bdi>
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          disabled={rules.length >= MOST_TITLE_RULES}
          onClick={() => setRules([...rules, { pattern: "", title: "" }])}
        >
          Add a pattern
        </Button>
        <Button type="submit" disabled={isPending || isSame}>
          {isPending ? "Saving…" : "Save titles"}
        </Button>
        {error !== null && !isPending && (
          <p role="alert" className="text-note text-lost-ink">
            This was not saved. {error.message}
          </p>
        )}
      </div>
    </form>
  );
}

/** What a room would be called: a title that no stored pattern made is its own, and stays. */
function calledBy(
  { room, title }: Pick<RoomCalled, "room" | "title">,
  stored: readonly Rule[],
  drafted: readonly Rule[],
): string {
  const isOwn = title !== null && title !== titleByRule(room, stored);
  return (isOwn ? title : titleByRule(room, drafted)) ?? "no title";
}
