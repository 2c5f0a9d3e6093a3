import { getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import {
  apiKeys,
  catchUps,
  installation,
  refusalHours,
  refusals,
  sessionEpochs,
  sourceSecrets,
  sources,
} from "#db/schema/accounts.ts";
import { alertChannels, alertRules, alerts, channelMessages } from "#db/schema/alerts.ts";
import { answeredRequests, auditEntries } from "#db/schema/audit.ts";
import {
  classListEntries,
  classLists,
  repetitions,
  roomClassLists,
  rosterAliases,
} from "#db/schema/class-lists.ts";
import { erasedIdentities, erasedPeople, keptReturns } from "#db/schema/erased.ts";
import { deliveries, deliveryKeys, events, projections, unprojected } from "#db/schema/facts.ts";
import { roomGroups, roomMessages } from "#db/schema/groups.ts";
import { jobs } from "#db/schema/jobs.ts";
import {
  accessLinks,
  attemptCounts,
  memberAccounts,
  memberSessions,
  members,
  memberTwoFactors,
  memberVerifications,
} from "#db/schema/members.ts";
import {
  expectedPeople,
  importColumns,
  importLines,
  imports,
  peopleApart,
  peopleLinks,
  roomSettings,
  scheduledMeetings,
  statements,
  waitHandlings,
} from "#db/schema/operators.ts";
import {
  endpointSecrets,
  outgoingMessages,
  resends,
  sendAttempts,
  toldMeetings,
  webhookEndpoints,
} from "#db/schema/outgoing.ts";
import { aliases, people } from "#db/schema/people.ts";
import { attendances, meetings, rooms, waits } from "#db/schema/projected.ts";
import { sharedLinks } from "#db/schema/shares.ts";
import { list } from "#db/sql/array.ts";
import { named } from "#db/sql/table-columns.ts";
import { likePattern, type Sight } from "#domain/access/sight.ts";

/*
 * What of each table is in a sight. A name of a table means the rows in the sight where the table stands further up in
 * `VISIBLE`, and the table itself where it is the one that is said.
 */

/** Rows of a table that are in a sight: a condition, a whole statement, or all of them. */
type Visible = { where: SQL } | { rows: SQL } | "all";

interface OfTable {
  table: PgTable;
  /** The tables further up that it is said by. */
  by: readonly PgTable[];
  visible: (sight: Sight, uses: Uses) => Visible;
  /** Columns that are made with effort: what is seen is said otherwise where a statement uses none of them. */
  costly?: readonly (readonly PgColumn[])[];
}

/** Whether a statement uses any of some columns of the table. */
export type Uses = (columns: readonly PgColumn[]) => boolean;

const NONE: Visible = { where: sql`false` };
const none = () => NONE;
const hidden = (table: PgTable): OfTable => ({ table, by: [], visible: none });
const all = () => "all" as const;

/** In sources that are seen, where nothing is known of rooms: nothing of it is seen by who sees only some rooms. */
const ofSource =
  (of: SQL) =>
  ({ sources: ids, rooms: patterns }: Sight): Visible => {
    if (patterns !== null) return NONE;
    return ids === null ? "all" : { where: isOf(of, ids) };
  };

function isOf(source: SQL, ids: readonly string[]): SQL {
  return sql`${source} = any(${list("uuid", ids)})`;
}

function fitting(texts: readonly SQL[], patterns: readonly string[]): SQL {
  const like = list("text", patterns.map(likePattern));
  return sql`(${sql.join(
    texts.map((text) => sql`${text} like any(${like})`),
    sql` or `,
  )})`;
}

function every(conditions: readonly (SQL | null)[]): Visible {
  const own = conditions.filter((condition) => condition !== null);
  return own.length === 0 ? "all" : { where: sql.join(own, sql` and `) };
}

/** With rows of another table that is limited itself. */
const within = (condition: SQL) => (sight: Sight) =>
  isAllRooms(sight) ? ("all" as const) : { where: condition };

function isAllRooms({ sources: ids, rooms: patterns }: Sight): boolean {
  return ids === null && patterns === null;
}

const IN_ROOMS = sql`select ${rooms.sourceId}, ${rooms.key} from ${rooms}`;

/** Whether somebody, or a part of a joined person, was in a meeting that is seen. */
function isMet(id: SQL): SQL {
  const { identity } = attendances;
  const part = alias(people, "met_part");
  return sql`(exists (select 1 from ${attendances} where ${identity} = ${id})
    or exists (select 1 from ${people} met_part join ${attendances} on ${identity} = ${part.id}
      where ${part.partOf} = ${id}))`;
}

/** Their names, which a search finds, and in which order they are listed, where these may not be seen. */
const WORDLESS = sql`null::tsvector`;

/** The same columns, some of them otherwise. */
function columns(table: PgTable, otherwise: Readonly<Record<string, SQL>>): SQL {
  const each = Object.entries(getTableColumns(table)).map(([name, column]) => {
    const other = otherwise[name];
    return other === undefined ? sql`${column}` : sql`${other} as ${named(column)}`;
  });
  return sql.join(each, sql`, `);
}

/** Rows without the words by which names are found, where names may not be seen. */
function wordless(table: PgTable, visible: Visible, masked: boolean): Visible {
  if (!masked) return visible;
  const where = visible !== "all" && "where" in visible ? visible.where : sql`true`;
  return { rows: sql`select ${columns(table, { words: WORDLESS })} from ${table} where ${where}` };
}

const NAME_OF_PERSON = [people.name, people.nameKey, people.namedAt, people.sortKey];
const SUMS_OF_PERSON = [
  ...[people.firstAt, people.lastAt, people.meetings, people.namesakes, people.attendedMs],
  ...[people.openCount, people.openSum, people.unknownMs],
  ...[people.waitCount, people.admittedCount, people.admittedMs],
];

/**
 * Of somebody what they did in meetings that are seen, and nothing else. Sums are for lists of many, so they are made
 * of everybody at once; a name alone is looked up, and so is whether somebody was there.
 */
function peopleMet({ masked }: Sight, uses: Uses): Visible {
  if (uses(SUMS_OF_PERSON)) return { rows: peopleWithSums(masked) };
  if (!uses(NAME_OF_PERSON)) return { where: isMet(sql`${people.id}`) };
  const part = alias(people, "part");
  const { firstAt } = attendances;
  return {
    rows: sql`select ${columns(people, calledAs(sql`called`, masked))} from ${people}
      left join lateral (
        select ${attendances.name}, ${attendances.nameKey}, ${firstAt} as named_at from ${attendances}
        where ${attendances.identity} = any(array(select ${people.id}
            union all select part.id from ${people} part where ${part.partOf} = ${people.id}))
          and ${attendances.nameKey} is not null
        order by ${firstAt} desc nulls last, ${attendances.name} collate "C" desc limit 1
      ) called on true
      where ${isMet(sql`${people.id}`)}`,
  };
}

/** The latest name that is seen, and by what they are listed. */
function calledAs(from: SQL, masked: boolean) {
  const sortKey = sql`coalesce(${from}.name_key, ${people.userId}, '')`;
  return {
    ...{ name: sql`${from}.name`, nameKey: sql`${from}.name_key`, namedAt: sql`${from}.named_at` },
    sortKey: masked ? sql`left(${sortKey}, 1)` : sortKey,
  };
}

function peopleWithSums(masked: boolean): SQL {
  const given = columns(people, {
    ...calledAs(sql`met`, masked),
    ...{ firstAt: sql`coalesce(met.first_at, 0)`, lastAt: sql`coalesce(met.last_at, 0)` },
    ...{ meetings: sql`met.meetings`, namesakes: sql`met.namesakes` },
    ...{ attendedMs: sql`met.attended_ms`, openCount: sql`met.open_count` },
    ...{ openSum: sql`met.open_sum`, unknownMs: sql`met.unknown_ms` },
    ...{ waitCount: sql`met.wait_count`, admittedCount: sql`met.admitted_count` },
    admittedMs: sql`met.admitted_ms`,
  });
  const { identity, meetingId, firstAt, name, nameKey, attendedMs, openSince } = attendances;
  const { unknownMs, waitCount, admittedCount, admittedMs } = attendances;
  const taken: readonly PgColumn[] = [
    ...[meetingId, firstAt, name, nameKey, attendedMs, openSince],
    ...[unknownMs, waitCount, admittedCount, admittedMs],
  ];
  const each = sql.join(
    taken.map((column) => sql`${column}`),
    sql`, `,
  );
  const own = alias(people, "own");
  const latest = (of: string) =>
    sql`(array_agg(${sql.raw(of)} order by first_at desc nulls last, name collate "C" desc)
      filter (where name_key is not null))[1]`;
  return sql`select ${given} from ${people} join (
    select who, min(first_at) as first_at, max(first_at) as last_at,
      count(distinct meeting_id)::int as meetings,
      (count(*) - count(distinct meeting_id))::int as namesakes,
      coalesce(sum(attended_ms), 0)::bigint as attended_ms,
      count(open_since)::int as open_count, coalesce(sum(open_since), 0)::bigint as open_sum,
      coalesce(sum(unknown_ms), 0)::bigint as unknown_ms,
      coalesce(sum(wait_count), 0)::int as wait_count,
      coalesce(sum(admitted_count), 0)::int as admitted_count,
      coalesce(sum(admitted_ms), 0)::bigint as admitted_ms,
      ${latest("name")} as name, ${latest("name_key")} as name_key,
      max(first_at) filter (where name_key is not null) as named_at
    from (
      select ${identity} as who, ${each} from ${attendances} where ${identity} is not null
      union all
      select ${own.partOf}, ${each} from ${attendances} join ${people} own on ${own.id} = ${identity}
      where ${own.partOf} is not null
    ) each_met group by who
  ) met on met.who = ${people.id}`;
}

const WHEN_NAMED = [aliases.name, aliases.firstAt, aliases.lastAt, aliases.meetings];

/** A name that somebody had in meetings that are seen, and when. */
function namesMet({ masked }: Sight, uses: Uses): Visible {
  const { name, firstAt } = attendances;
  const had = sql`from ${attendances} where ${attendances.identity} = ${aliases.identity}
    and ${attendances.nameKey} = ${aliases.nameKey}`;
  if (!uses(WHEN_NAMED)) return wordless(aliases, { where: sql`exists (select 1 ${had})` }, masked);
  const given = columns(aliases, {
    ...{ name: sql`had.name`, firstAt: sql`had.first_at`, lastAt: sql`had.last_at` },
    meetings: sql`had.meetings`,
    ...(masked && { words: WORDLESS }),
  });
  return {
    rows: sql`select ${given} from ${aliases} cross join lateral (
      select (array_agg(${name} order by ${firstAt} desc nulls last, ${name} collate "C" desc))[1] as name,
        coalesce(min(${firstAt}), 0) as first_at, coalesce(max(${firstAt}), 0) as last_at,
        count(distinct ${attendances.meetingId})::int as meetings
      ${had}
    ) had where had.meetings > 0`,
  };
}

/** A scheduled meeting in a room that is seen, or that is to be seen once it is there. */
const scheduledIn =
  (of: { sourceId: SQL; room: SQL; title: SQL }) =>
  ({ sources: ids, rooms: patterns }: Sight): Visible =>
    every([
      ids && isOf(of.sourceId, ids),
      patterns &&
        sql`(${fitting([of.room, of.title], patterns)} or (${of.sourceId}, ${of.room}) in (${IN_ROOMS}))`,
    ]);

/** The series of rooms that are seen, by the room or by its title. */
const IN_SERIES = sql`select ${rooms.sourceId}, 'room:' || ${rooms.key} from ${rooms}
  union all select ${rooms.sourceId}, 'title:' || ${rooms.title} from ${rooms} where ${rooms.title} is not null`;

/** What is seen of every table; where one is missing here, whoever is limited can read nothing of it. */
export const VISIBLE: readonly OfTable[] = [
  {
    table: rooms,
    by: [],
    visible: ({ sources: ids, rooms: patterns }) =>
      every([
        ids && isOf(sql`${rooms.sourceId}`, ids),
        patterns && fitting([sql`${rooms.key}`, sql`${rooms.title}`], patterns),
      ]),
  },
  {
    table: sources,
    by: [rooms],
    visible: ({ sources: ids, rooms: patterns }) =>
      every([
        ids && isOf(sql`${sources.id}`, ids),
        // Of a source that they were not told of they know by its rooms.
        ids === null && patterns !== null
          ? sql`${sources.id} in (select ${rooms.sourceId} from ${rooms})`
          : null,
      ]),
  },
  {
    table: meetings,
    by: [rooms],
    visible: ({ sources: ids, rooms: patterns }) =>
      every([
        ids && isOf(sql`${meetings.sourceId}`, ids),
        patterns && sql`${meetings.roomId} in (select ${rooms.id} from ${rooms})`,
      ]),
  },
  {
    table: attendances,
    by: [meetings],
    visible: within(sql`${attendances.meetingId} in (select ${meetings.id} from ${meetings})`),
  },
  {
    table: waits,
    by: [rooms],
    visible: within(sql`${waits.roomId} in (select ${rooms.id} from ${rooms})`),
  },
  // A note may have a name in it: it is left out where it is shown (`domain/access/mask.ts`).
  {
    table: waitHandlings,
    by: [rooms],
    visible: within(sql`${waitHandlings.roomId} in (select ${rooms.id} from ${rooms})`),
  },
  {
    table: events,
    by: [meetings],
    visible: within(sql`${events.meetingId} in (select ${meetings.id} from ${meetings})`),
  },
  {
    table: aliases,
    by: [attendances],
    costly: [WHEN_NAMED],
    visible: (sight, uses) =>
      isAllRooms(sight) ? wordless(aliases, "all", sight.masked) : namesMet(sight, uses),
  },
  {
    table: peopleLinks,
    by: [attendances],
    visible: within(sql`${isMet(sql`${peopleLinks.one}`)} and ${isMet(sql`${peopleLinks.other}`)}`),
  },
  {
    table: peopleApart,
    by: [attendances],
    visible: within(sql`${isMet(sql`${peopleApart.one}`)} and ${isMet(sql`${peopleApart.other}`)}`),
  },
  {
    table: people,
    by: [attendances],
    costly: [NAME_OF_PERSON, SUMS_OF_PERSON],
    visible: (sight, uses) => {
      if (!isAllRooms(sight)) return peopleMet(sight, uses);
      if (!sight.masked) return "all";
      const given = columns(people, { sortKey: sql`left(${people.sortKey}, 1)` });
      return { rows: sql`select ${given} from ${people}` };
    },
  },
  // Bodies are as they came: names in them are masked where they are shown (`server/sources/deliveries/body.ts`).
  {
    table: deliveries,
    by: [rooms],
    visible: ({ sources: ids, rooms: patterns }) =>
      every([
        ids && isOf(sql`${deliveries.sourceId}`, ids),
        patterns && sql`(${deliveries.sourceId}, ${deliveries.room}) in (${IN_ROOMS})`,
      ]),
  },
  // A number and a moment, read only beside a delivery that is seen.
  { table: projections, by: [], visible: all },
  { table: deliveryKeys, by: [], visible: ofSource(sql`${deliveryKeys.sourceId}`) },
  {
    table: unprojected,
    by: [rooms],
    visible: within(sql`(${unprojected.sourceId}, ${unprojected.room}) in (${IN_ROOMS})`),
  },
  { table: sourceSecrets, by: [], visible: ofSource(sql`${sourceSecrets.sourceId}`) },
  { table: catchUps, by: [], visible: ofSource(sql`${catchUps.sourceId}`) },
  { table: refusals, by: [], visible: ofSource(sql`${refusals.sourceId}`) },
  { table: refusalHours, by: [], visible: ofSource(sql`${refusalHours.sourceId}`) },
  { table: apiKeys, by: [], visible: none },
  { table: sessionEpochs, by: [], visible: none },
  // Whoever asks for themself reads without a sight.
  ...[members, memberSessions, memberAccounts, memberVerifications, memberTwoFactors].map(hidden),
  ...[accessLinks, attemptCounts, auditEntries, answeredRequests].map(hidden),
  ...[erasedPeople, erasedIdentities, keptReturns].map(hidden),
  // Whoever tells other systems of the installation sees all of it.
  ...[webhookEndpoints, endpointSecrets, resends].map(hidden),
  ...[outgoingMessages, sendAttempts, toldMeetings].map(hidden),
  // Asked by an id that is known to who began it, of the process and not of what they see.
  hidden(jobs),
  // Whose they are is asked with them.
  { table: sharedLinks, by: [], visible: all },
  { table: installation, by: [], visible: all },
  // What is said of a room by its groups goes with the room; the groups themselves are for who sees everything.
  { table: roomGroups, by: [], visible: all },
  {
    table: roomMessages,
    by: [rooms],
    visible: within(sql`(${roomMessages.sourceId}, ${roomMessages.room}) in (${IN_ROOMS})`),
  },
  {
    table: repetitions,
    by: [rooms],
    visible: scheduledIn({
      sourceId: sql`${repetitions.sourceId}`,
      room: sql`${repetitions.room}`,
      title: sql`${repetitions.title}`,
    }),
  },
  {
    table: scheduledMeetings,
    by: [rooms],
    visible: scheduledIn({
      sourceId: sql`${scheduledMeetings.sourceId}`,
      room: sql`${scheduledMeetings.room}`,
      title: sql`${scheduledMeetings.title}`,
    }),
  },
  // Whoever makes a rule sees the whole installation; of its alerts everybody sees those of what they see.
  hidden(alertRules),
  hidden(alertChannels),
  hidden(channelMessages),
  {
    table: alerts,
    by: [rooms, scheduledMeetings],
    visible: ({ sources: ids, rooms: patterns }) =>
      every([
        ids && isOf(sql`${alerts.sourceId}`, ids),
        patterns &&
          sql`(${alerts.roomId} in (select ${rooms.id} from ${rooms})
            or ${alerts.scheduledId} in (select ${scheduledMeetings.id} from ${scheduledMeetings}))`,
      ]),
  },
  {
    table: expectedPeople,
    by: [scheduledMeetings],
    visible: (sight) =>
      wordless(
        expectedPeople,
        within(
          sql`${expectedPeople.scheduledId} in (select ${scheduledMeetings.id} from ${scheduledMeetings})`,
        )(sight),
        sight.masked,
      ),
  },
  {
    table: roomClassLists,
    by: [rooms],
    visible: within(sql`(${roomClassLists.sourceId}, ${roomClassLists.series}) in (${IN_SERIES})`),
  },
  {
    table: classLists,
    by: [roomClassLists, scheduledMeetings, repetitions],
    visible: within(sql`${classLists.id} in (
      select ${roomClassLists.listId} from ${roomClassLists}
      union all select ${scheduledMeetings.classListId} from ${scheduledMeetings}
      union all select ${repetitions.classListId} from ${repetitions})`),
  },
  {
    table: classListEntries,
    by: [classLists],
    visible: (sight) =>
      wordless(
        classListEntries,
        within(sql`${classListEntries.listId} in (select ${classLists.id} from ${classLists})`)(
          sight,
        ),
        sight.masked,
      ),
  },
  {
    // Who is meant on a list holds in all its rooms; which name they had in one that is not seen is not said.
    table: rosterAliases,
    by: [rooms, classLists, scheduledMeetings],
    visible: (sight) => {
      if (isAllRooms(sight)) return "all";
      const isSeen = sql`(${rosterAliases.sourceId}, ${rosterAliases.room}) in (${IN_ROOMS})`;
      const given = columns(rosterAliases, {
        seenAs: sql`case when ${isSeen} then ${rosterAliases.seenAs} end`,
        room: sql`case when ${isSeen} then ${rosterAliases.room} else '' end`,
      });
      return {
        rows: sql`select ${given} from ${rosterAliases} where ${rosterAliases.rosterId} in (
          select ${classLists.id} from ${classLists}
          union all select ${scheduledMeetings.id} from ${scheduledMeetings})`,
      };
    },
  },
  {
    table: roomSettings,
    by: [rooms],
    visible:
      within(sql`(${roomSettings.sourceId}, ${roomSettings.seriesBy} || ':' || ${roomSettings.series})
      in (${IN_SERIES})`),
  },
  {
    table: statements,
    by: [rooms],
    visible: within(sql`${statements.roomIds} <@ array(select ${rooms.id} from ${rooms})`),
  },
  // What was imported stands in many rooms, and a file may be called after somebody.
  {
    table: imports,
    by: [],
    visible: (sight) => (sight.masked ? NONE : ofSource(sql`${imports.sourceId}`)(sight)),
  },
  {
    table: importLines,
    by: [],
    visible: (sight) => (sight.masked ? NONE : ofSource(sql`${importLines.sourceId}`)(sight)),
  },
  { table: importColumns, by: [], visible: none },
];

/** What each table is called, and where it stands among the others. */
export const PLACES: ReadonlyMap<string, number> = new Map(
  VISIBLE.map(({ table }, place) => [getTableName(table), place]),
);
