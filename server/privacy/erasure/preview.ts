import { deliveriesNaming } from "#db/privacy/erasure/bodies.ts";
import { rostersNaming } from "#db/privacy/erasure/rosters.ts";
import {
  entriesNaming,
  statementsAbout,
  titlesNaming,
  type WholePerson,
  wholePerson,
} from "#db/privacy/erasure/traces.ts";
import type { Orm } from "#db/sql/orm.ts";
import { foldName } from "#domain/identity/name.ts";
import { isUuid } from "#domain/uuid.ts";

/** What an erasure of a person would take, by place. */
export interface ErasurePreview {
  /** What has to be typed to confirm it: their latest name, or what they are known by. */
  name: string;
  /** Their names and ids. */
  names: number;
  meetings: number;
  /** Deliveries that reported what they did, whose bodies go. */
  deliveries: number;
  statements: number;
  rosterLines: number;
  auditEntries: number;
  /** Titles of rooms, meetings and lists that have a name of theirs in them: these stay. */
  titles: number;
}

/** Counts what an erasure would take. Changes nothing. `null` where there is no such person. */
export async function previewErasure(orm: Orm, id: string): Promise<ErasurePreview | null> {
  const person = isUuid(id) ? await wholePerson(orm, id) : null;
  if (person === null) return null;
  const [deliveries, statements, rosters, entries, titles] = await Promise.all([
    deliveriesNaming(
      orm,
      person.parts.map((part) => part.id),
    ),
    statementsAbout(orm, person),
    rostersNaming(orm, { ids: person.userIds, names: person.nameKeys }),
    entriesNaming(orm, person),
    titlesNaming(orm, person.nameKeys),
  ]);
  return {
    name: nameToType(person),
    names: person.nameKeys.length + person.userIds.length,
    meetings: person.meetings,
    deliveries,
    statements: statements.length,
    rosterLines: rosters.lines.scheduled.length + rosters.lines.lists.length,
    auditEntries: entries.length,
    titles,
  };
}

/** What has to be typed to erase a person. */
function nameToType({ names, parts }: WholePerson): string {
  return names[0] ?? parts[0]?.of ?? "";
}

/** Whether what was typed is the name, whatever its case and its spaces. */
export function isTyped(typed: string, name: string): boolean {
  return foldName(typed) === foldName(name);
}
