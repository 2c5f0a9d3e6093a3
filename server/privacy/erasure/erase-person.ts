import { v7 as uuid } from "uuid";
import { clearAnswers } from "#db/access/answered-requests.ts";
import { eraseRows } from "#db/access/audit.ts";
import { withAdvisoryLock } from "#db/connection/alone.ts";
import { notifyGone } from "#db/connection/bus.ts";
import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { eraseMessagesNaming } from "#db/desk/lobby/room-messages.ts";
import { forgetMessagesSaying } from "#db/integrations/outgoing/forgetting.ts";
import { forgetJobs } from "#db/jobs/jobs.ts";
import { eraseRulesNaming } from "#db/privacy/erasure/alerts.ts";
import { eraseBodies, silentSaying, spellingsOf } from "#db/privacy/erasure/bodies.ts";
import { eraseFromCalendars } from "#db/privacy/erasure/calendars.ts";
import { pseudonymsFor } from "#db/privacy/erasure/erased-identities.ts";
import {
  beginErasing,
  endErasing,
  type PersonErased,
  unfinishedErasures,
} from "#db/privacy/erasure/erased-people.ts";
import { eraseNotesNaming } from "#db/privacy/erasure/handlings.ts";
import { renameOnRosters } from "#db/privacy/erasure/rosters.ts";
import {
  entriesNaming,
  eraseStatements,
  forgetNoteTakers,
  statementsAbout,
  takeLinks,
  type WholePerson,
  wholePerson,
  writtenNames,
} from "#db/privacy/erasure/traces.ts";
import { lockEverybody, regroup, storeLink } from "#db/recording/links.ts";
import { personIdOf } from "#db/recording/person-id.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import { foldName } from "#domain/identity/name.ts";
import { pseudonymOf } from "#domain/privacy/erasure/pseudonyms.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { type ErasedHash, erasedHashBy } from "#server/ingest/erased-hash.ts";
import { provider as providerNamed } from "#server/providers/providers.ts";
import { audit } from "#server/runtime/audit.ts";
import { reportingSteps } from "#server/runtime/jobs/reported-steps.ts";
import { eraseMeetings, MEETINGS_AT_ONCE } from "./erase-meetings.ts";

/** By what other processes know of an erasure. */
export const ERASURE = "erasure";

/** Held by the process that erases people; released at its end. */
const ERASING_LOCK = 0x50455253;
/** Deliveries without events that are searched in one transaction. */
const BODIES_AT_ONCE = 2_000;

export interface ErasureOptions {
  by: AuditActor;
  /** Keys the hashes by which what is reported late is known. */
  secret: string;
  now: () => Ms;
  /** How many meetings were done since it was last called. */
  onErased: (meetings: number) => void;
  isStopped?: () => boolean;
  meetingsAtOnce?: number;
}

/** Another process is erasing somebody. */
export class AnotherErasure extends Error {
  override name = "AnotherErasure";
  constructor() {
    super("Somebody is being erased already: wait until that is done.");
  }
}

/** What became of an erased person. */
export interface ErasedPerson {
  /** The ids of what they are now, an erased person of each source. */
  became: string[];
  meetings: number;
}

/**
 * Erases a person everywhere: from then on they are an erased person with a number, whose meetings, times and waits
 * stay. It cannot be undone. `null` where there is no such person. What was cut off goes on with the next erasure, or
 * the next start. Throws `AnotherErasure`.
 */
export async function erasePerson(
  database: Database,
  id: string,
  options: ErasureOptions,
): Promise<ErasedPerson | null> {
  if (!isUuid(id)) return null;
  const erased = await withAdvisoryLock(database, ERASING_LOCK, async () => {
    await finishUnfinished(database, { ...options, onErased: () => undefined });
    const person = await wholePerson(database.orm, id);
    if (person === null) return { person: null };
    const begun = await begin(database, person, options);
    return { person: await finish(database, begun, person.meetings, options) };
  });
  if (erased === null) throw new AnotherErasure();
  return erased.person;
}

/** Goes on with erasures that were cut off; none where another process does. Returns how many there were. */
export async function resumeErasures(database: Database, options: ErasureOptions): Promise<number> {
  const done = await withAdvisoryLock(database, ERASING_LOCK, () =>
    finishUnfinished(database, options),
  );
  return done ?? 0;
}

async function finishUnfinished(database: Database, options: ErasureOptions): Promise<number> {
  const begun = await unfinishedErasures(database.orm);
  if (begun.length > 0) await finish(database, begun, null, options);
  return begun.length;
}

/** Erases, in one transaction, everything about a person but their meetings. */
async function begin(
  database: Database,
  person: WholePerson,
  { by, secret, now }: ErasureOptions,
): Promise<PersonErased[]> {
  const at = now();
  const hashOf = erasedHashBy(secret);
  const written = await writtenNames(database.orm, person);
  const texts = [...new Set([...person.names, ...written, ...person.userIds])];
  return database.transaction(async (tx) => {
    await lockEverybody(tx);
    const links = await takeLinks(tx, person.ids);
    await regroup(tx, person.ids);
    const people: PersonErased[] = [];
    for (const { id: personId, sourceId, provider, knownBy, of } of person.parts) {
      const userIdsLast = providerNamed(provider)?.userIdsLast ?? false;
      const kind = knownBy === "user_id" ? ("user" as const) : ("name" as const);
      const identity = { kind, value: of, hash: hashOf(kind, sourceId, of, null) };
      const own = links.filter(({ one }) => one === personId);
      const subject = {
        ...{ personId, knownBy, of, userIdsLast, texts },
        links: own.map(({ other, by: who, at: when }) => ({ other, by: who, at: when })),
      };
      people.push(await beginErasing(tx, sourceId, subject, identity, at));
    }
    await eraseStatements(tx, await statementsAbout(tx, person), at);
    await forgetMessagesSaying(tx, texts);
    // What was answered may name anybody, and nobody needs it for longer than a day.
    await clearAnswers(tx);
    // A file may be called after them; what goes on is reported anew.
    await forgetJobs(tx);
    await eraseRows(tx, await entriesNaming(tx, person));
    await eraseFromRosters(tx, person, people, hashOf);
    const sourceIds = people.map(({ sourceId }) => sourceId);
    await eraseFromCalendars(tx, { ids: person.userIds, names: person.nameKeys });
    await forgetNoteTakers(tx, sourceIds, person.nameKeys);
    await eraseNotesNaming(tx, sourceIds, person.nameKeys);
    await eraseMessagesNaming(tx, sourceIds, person.nameKeys);
    await eraseRulesNaming(tx, person);
    await audit(tx, by, {
      action: "person.erased",
      about: { kind: "person", id: null, label: null },
      details: { meetings: person.meetings },
    });
    return people;
  });
}

/** A line of a roster has one person, whatever their parts: it becomes the first of these. */
async function eraseFromRosters(
  tx: Transaction,
  { userIds, nameKeys, parts }: WholePerson,
  people: readonly PersonErased[],
  hashOf: ErasedHash,
): Promise<void> {
  const instead = new Map<string, string>();
  const fallback = pseudonymOf("name", people[0]?.number ?? 0, 1);
  for (const [index, person] of people.entries()) {
    const part = parts[index];
    if (part === undefined) continue;
    const { sourceId, subject, at } = person;
    const of = (kind: "user" | "name", value: string) => ({
      ...{ kind, value, hash: hashOf(kind, sourceId, value, null), until: at },
      isIdentity: value === subject.of && (kind === "user") === (subject.knownBy === "user_id"),
    });
    const pseudonyms = await pseudonymsFor(tx, person, [
      ...userIds.toSorted().map((value) => of("user", value)),
      ...nameKeys.toSorted().map((value) => of("name", value)),
    ]);
    for (const [kind, values] of pseudonyms) {
      for (const [value, pseudonym] of values) {
        const key = `${kind} ${value}`;
        if (!instead.has(key)) instead.set(key, pseudonym);
      }
    }
  }
  await renameOnRosters(
    tx,
    { ids: userIds, names: nameKeys },
    {
      idOf: (id) => instead.get(`user ${id}`) ?? id,
      nameOf: (name) => instead.get(`name ${name ?? ""}`) ?? fallback,
    },
  );
}

/** Erases the rest of people, of so many meetings if that is known, while other processes are told how far it is. */
function finish(
  database: Database,
  people: readonly PersonErased[],
  total: number | null,
  options: ErasureOptions,
): Promise<ErasedPerson> {
  return reportingSteps(database, ERASURE, total, (onDone) => {
    const onErased = (meetings: number) => {
      onDone(meetings);
      options.onErased(meetings);
    };
    return eraseRest(database, people, { ...options, onErased });
  });
}

/** Erases the meetings of people, in small transactions, and then what is left of them. */
async function eraseRest(
  database: Database,
  people: readonly PersonErased[],
  options: ErasureOptions,
): Promise<ErasedPerson> {
  const { secret, now, onErased, isStopped = () => false } = options;
  const { meetingsAtOnce = MEETINGS_AT_ONCE } = options;
  const settings = { hashOf: erasedHashBy(secret), now, meetingsAtOnce };
  let meetings = 0;
  for (const person of people) {
    await eraseSilent(database, person, isStopped);
    const done = new Set<string>();
    for (;;) {
      if (isStopped()) throw new ErasureStopped();
      const ids = await eraseMeetings(database, person, settings);
      const fresh = ids.filter((id) => !done.has(id));
      if (fresh.length === 0) break;
      for (const id of fresh) done.add(id);
      meetings += fresh.length;
      onErased(fresh.length);
    }
  }
  const became = new Map(people.map((person) => [person.subject.personId, idAfter(person)]));
  await database.transaction(async (tx) => {
    await lockEverybody(tx);
    for (const { subject } of people) {
      for (const { other, by, at } of subject.links) {
        const [from, to] = [became.get(subject.personId), became.get(other)].toSorted();
        if (from === undefined || to === undefined) continue;
        await storeLink(tx, { id: uuid(), one: from, other: to, by, at });
      }
    }
    await regroup(tx, [...became.values()]);
    await endErasing(
      tx,
      people.map(({ number }) => number),
    );
    await notifyGone(tx);
  });
  return { became: [...became.values()], meetings };
}

/** The id in `people` of what an erased person is. */
function idAfter({ sourceId, subject: { knownBy, of }, number }: PersonErased): string {
  const name = foldName(pseudonymOf("name", number, 1, of)) ?? "";
  return personIdOf(sourceId, {
    knownBy,
    of: knownBy === "user_id" ? pseudonymOf("user", number, 1) : name,
  });
}

/** The server is stopping: the next start goes on. */
export class ErasureStopped extends Error {
  override name = "ErasureStopped";
}

/** Erases the bodies of deliveries that reported no attendance and name a person: speech, chat, what was not read. */
async function eraseSilent(
  database: Database,
  { sourceId, subject }: PersonErased,
  isStopped: () => boolean,
): Promise<void> {
  const texts = [...new Set(subject.texts.flatMap(spellingsOf))];
  let after: number | null = 0;
  while (after !== null) {
    if (isStopped()) throw new ErasureStopped();
    const from: number = after;
    after = await database.transaction(async (tx) => {
      const { ids, last } = await silentSaying(tx, sourceId, texts, from, BODIES_AT_ONCE);
      await eraseBodies(tx, ids);
      return last;
    });
  }
}
