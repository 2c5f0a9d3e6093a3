import { getTableName, sql } from "drizzle-orm";
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
import { askedActs } from "#db/schema/acts.ts";
import { alertChannels, alertRules, alerts, channelMessages } from "#db/schema/alerts.ts";
import { answeredRequests, auditEntries } from "#db/schema/audit.ts";
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
import {
  all,
  columns,
  every,
  fitting,
  hidden,
  IN_ROOMS,
  IN_SERIES,
  isAllRooms,
  isMet,
  isOf,
  NONE,
  none,
  type OfTable,
  ofSource,
  within,
  wordless,
} from "./conditions.ts";
import { NAME_OF_PERSON, namesMet, peopleMet, SUMS_OF_PERSON, WHEN_NAMED } from "./people-met.ts";
import { OF_ROSTERS, OF_SCHEDULED } from "./visible-rosters.ts";

/*
 * What of each table is in a sight. A name of a table means the rows in the sight where the table stands further up in
 * `VISIBLE`, and the table itself where it is the one that is said.
 */

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
    table: askedActs,
    by: [rooms],
    visible: within(sql`${askedActs.roomId} in (select ${rooms.id} from ${rooms})`),
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
  ...OF_SCHEDULED,
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
  ...OF_ROSTERS,
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
