import { DIALOG_INPUT } from "#components/ui/field.tsx";
import type { Sight } from "#domain/access/sight.ts";
import type { SourceNamed } from "./shown.ts";

/** What of the installation somebody is to see, as it is being entered. */
export interface SightEntered {
  /** Ids of the sources; none for all. */
  sources: readonly string[];
  /** Patterns of rooms, separated by commas; nothing for all rooms. */
  rooms: string;
  masked: boolean;
}

export const NO_LIMITS: SightEntered = { sources: [], rooms: "", masked: false };

export function sightOf({ sources, rooms, masked }: SightEntered): Sight {
  const patterns = rooms.split(",").flatMap((part) => part.trim() || []);
  return {
    sources: sources.length === 0 ? null : sources,
    rooms: patterns.length === 0 ? null : patterns,
    masked,
  };
}

/** Asks what of the installation somebody is to see. */
export function SightFields({
  entered,
  sources,
  onChange,
}: {
  entered: SightEntered;
  sources: readonly SourceNamed[];
  onChange: (entered: SightEntered) => void;
}) {
  return (
    <fieldset className="mt-3">
      <legend className="text-note text-ink-2">What it sees: everything, or only</legend>
      {sources.length > 1 &&
        sources.map(({ id, name }) => (
          <label key={id} className="flex items-baseline gap-2 py-1 text-dense">
            <input
              type="checkbox"
              checked={entered.sources.includes(id)}
              onChange={({ target: { checked } }) =>
                onChange({
                  ...entered,
                  sources: checked
                    ? [...entered.sources, id]
                    : entered.sources.filter((one) => one !== id),
                })
              }
            />
            <span className="wrap-anywhere">
              <bdi>{name}</bdi>
            </span>
          </label>
        ))}
      <label className="mt-1 flex flex-col gap-1">
        <span className="text-note text-ink-2">
          Rooms, by key or title: * stands for any text, commas separate
        </span>
        <input
          value={entered.rooms}
          onChange={({ target: { value } }) => onChange({ ...entered, rooms: value })}
          placeholder="Algebra*, room-7"
          autoComplete="off"
          className={DIALOG_INPUT}
        />
      </label>
      <label className="mt-1 flex items-baseline gap-2 py-1 text-dense">
        <input
          type="checkbox"
          checked={entered.masked}
          onChange={({ target: { checked } }) => onChange({ ...entered, masked: checked })}
        />
        Initials instead of names
      </label>
    </fieldset>
  );
}
