import { DIALOG_INPUT } from "#components/ui/field.tsx";
import type { Sight } from "#domain/access/sight.ts";
import type { SourceNamed } from "./shown.ts";

/** What of the installation a member or a key sees, as it is being entered. */
export interface SightDraft {
  /** Ids of the sources; `null` for all, also those to come. */
  sources: readonly string[] | null;
  /** Patterns of rooms, one on a line; nothing for all rooms. */
  rooms: string;
  masked: boolean;
}

export const NO_LIMITS: SightDraft = { sources: null, rooms: "", masked: false };

export function draftOf({ sources, rooms, masked }: Sight): SightDraft {
  return { sources, rooms: rooms?.join("\n") ?? "", masked };
}

export function sightOf({ sources, rooms, masked }: SightDraft): Sight {
  const patterns = rooms.split("\n").flatMap((line) => line.trim() || []);
  return { sources, rooms: patterns.length === 0 ? null : patterns, masked };
}

/** Whether it can be sent: somebody sees at least one source. */
export function isComplete({ sources }: SightDraft): boolean {
  return sources === null || sources.length > 0;
}

/** The fields that say what of the installation somebody, or a program, sees. */
export function SightFields({
  whose,
  draft,
  sources,
  onChange,
}: {
  whose: "member" | "key";
  draft: SightDraft;
  sources: readonly SourceNamed[];
  onChange: (draft: SightDraft) => void;
}) {
  const chosen = draft.sources ?? [];
  const choose = (id: string, isOn: boolean) => {
    const next = sources
      .map((one) => one.id)
      .filter((one) => (one === id ? isOn : chosen.includes(one)));
    onChange({ ...draft, sources: next });
  };
  return (
    <fieldset className="mt-3">
      <legend className="text-note text-ink-2">
        {whose === "key" ? "What it sees" : "What they see"}
      </legend>
      <label className="flex items-baseline gap-2 py-1 text-dense">
        <input
          type="checkbox"
          checked={draft.sources === null}
          onChange={({ target }) => onChange({ ...draft, sources: target.checked ? null : [] })}
        />
        Every source, also those to come
      </label>
      {draft.sources !== null && (
        <div className="pl-5">
          {sources.map(({ id, name }) => (
            <label key={id} className="flex items-baseline gap-2 py-1 text-dense">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={({ target }) => choose(id, target.checked)}
              />
              <span className="wrap-anywhere">
                <bdi>{name}</bdi>
              </span>
            </label>
          ))}
          {sources.length === 0 && (
            <p className="py-1 text-note text-ink-3">There are no sources yet.</p>
          )}
          {sources.length > 0 && !isComplete(draft) && (
            <p className="py-1 text-note text-ink-3">Choose at least one.</p>
          )}
        </div>
      )}
      <label className="mt-1.5 flex flex-col gap-1">
        <span className="text-note text-ink-2">
          Only these rooms, by key or title, one on a line; <code>*</code> stands for any text
        </span>
        <textarea
          rows={2}
          value={draft.rooms}
          placeholder="Every room"
          onChange={({ target }) => onChange({ ...draft, rooms: target.value })}
          className={`${DIALOG_INPUT} h-auto! py-1.5`}
        />
      </label>
      <label className="mt-1.5 flex items-baseline gap-2 py-1 text-dense">
        <input
          type="checkbox"
          checked={draft.masked}
          onChange={({ target }) => onChange({ ...draft, masked: target.checked })}
        />
        Initials in place of names
      </label>
    </fieldset>
  );
}
