"use client";

import { useSearchParams } from "next/navigation";
import { useDeferredValue, useMemo } from "react";
import { Choice } from "#components/lists/choice.tsx";
import { type Address, useAddress } from "#components/lists/use-address.ts";
import { Button } from "#components/ui/button.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { finder } from "#domain/identity/search.ts";
import type { DeskSnapshot } from "#domain/live/desk-wire.ts";

/** What of the desk is shown: all of it is in the address, and nothing is asked of the server. */
export interface DeskFilter {
  group: string | null;
  source: string | null;
  q: string;
  address: Address;
}

export function useDeskFilter(): DeskFilter {
  const address = useAddress();
  const params = useSearchParams();
  return {
    group: params?.get("group") || null,
    source: params?.get("source") || null,
    q: params?.get("q") ?? "",
    address,
  };
}

/** The desk with what the filter leaves of it. */
export function useFiltered(
  desk: DeskSnapshot,
  { group, source, q: typed }: DeskFilter,
): DeskSnapshot {
  // A full board is not drawn again for each letter.
  const q = useDeferredValue(typed);
  return useMemo(() => {
    const isFound = finder(q);
    const fits = (row: Grouped, title: string, texts: (string | null)[]) =>
      (group === null || title === group || groupsOf(row).includes(group)) &&
      (source === null || row.source.id === source) &&
      isFound(title, ...texts);
    return {
      ...desk,
      lines: desk.lines.filter((line) =>
        fits(line, line.title, [
          line.room,
          ...groupsOf(line),
          ...line.hosts.map(({ name }) => name),
          ...(line.appointment?.hosts ?? []).map(({ name }) => name),
          ...line.waiting.map(({ name }) => name),
        ]),
      ),
      lost: desk.lost.filter((wait) =>
        fits(wait, titleOf(wait), [wait.room, wait.name, ...groupsOf(wait)]),
      ),
    };
  }, [desk, group, source, q]);
}

type Grouped = DeskSnapshot["lines"][number] | DeskSnapshot["lost"][number];

function groupsOf({ house }: Grouped): readonly string[] {
  return house?.groups ?? [];
}

/** The filters of the desk. */
export function DeskFilters({ desk, filter }: { desk: DeskSnapshot; filter: DeskFilter }) {
  const { group, source, q, address } = filter;
  const rows = [...desk.lines, ...desk.lost];
  const groups = sorted(rows.flatMap(groupsOf));
  const rooms = sorted(rows.map((row) => ("appointment" in row ? row.title : titleOf(row))));
  const isChosenGone = group !== null && !groups.includes(group) && !rooms.includes(group);
  const sources = new Map(rows.map((row) => [row.source.id, row.source.name]));
  const isNarrowed = group !== null || source !== null || q !== "";
  return (
    <search className="flex flex-wrap items-center gap-2 print:hidden">
      <div className="w-48 max-w-full">
        <Choice
          label="Group or room"
          value={group ?? ""}
          onChange={(value) => address.note({ group: value || null })}
        >
          <option value="">All rooms</option>
          {groups.length > 0 && <Options label="Groups" of={groups} />}
          <Options
            label="Rooms"
            of={[...(isChosenGone ? [group] : []), ...rooms.filter((one) => !groups.includes(one))]}
          />
        </Choice>
      </div>
      {(sources.size > 1 || source !== null) && (
        <div className="w-44 max-w-full">
          <Choice
            label="Source"
            value={source ?? ""}
            onChange={(value) => address.note({ source: value || null })}
          >
            <option value="">All sources</option>
            {[...sources].map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            {source !== null && !sources.has(source) && <option value={source}>{source}</option>}
          </Choice>
        </div>
      )}
      <SearchField
        label="Find a room or a person"
        value={q}
        onChange={(text) => address.note({ q: text || null })}
      />
      {isNarrowed && (
        <Button
          look="words"
          className="text-note text-ink-2"
          onClick={() => address.note({ group: null, source: null, q: null })}
        >
          Show everything
        </Button>
      )}
    </search>
  );
}

function Options({ label, of }: { label: string; of: readonly string[] }) {
  return (
    <optgroup label={label}>
      {of.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}

function titleOf({ title, room }: { title: string | null; room: string }): string {
  return title ?? room;
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted((a, b) => a.localeCompare(b, "en"));
}
