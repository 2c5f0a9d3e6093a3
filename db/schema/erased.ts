import {
  bigint,
  boolean,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { PSEUDONYM_KINDS } from "#domain/privacy/erasure/pseudonyms.ts";
import type { ErasureSubject } from "#domain/privacy/erasure/subject.ts";
import { bytes, ms } from "./columns.ts";

/* What is left of erased people: a number, and hashes by which what is reported late is not stored in their name. */

/** An erased person, as one source knew them. */
export const erasedPeople = pgTable(
  "erased_people",
  {
    /** Their pseudonyms have it in them. */
    number: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    sourceId: uuid().notNull(),
    at: ms().notNull(),
    /** Who is being erased; `null` once nothing is left of them. */
    subject: jsonb().$type<ErasureSubject>(),
  },
  (table) => [index("erased_people_of_source").on(table.sourceId)],
);

/**
 * The names and ids that an erased person had, as hashes keyed with the secret of the installation, and what stands
 * in their place.
 */
export const erasedIdentities = pgTable(
  "erased_identities",
  {
    sourceId: uuid().notNull(),
    hash: bytes().notNull(),
    number: bigint({ mode: "number" }).notNull(),
    kind: text({ enum: PSEUDONYM_KINDS }).notNull(),
    pseudonym: text().notNull(),
    /** It makes somebody the person by itself; the others do together with one of their connections. */
    isIdentity: boolean().notNull(),
    /** What happened later is not of the erased person, but of somebody new. */
    until: ms().notNull(),
  },
  (table) => [
    primaryKey({
      name: "erased_identities_by_hash",
      columns: [table.sourceId, table.hash, table.number],
    }),
    index("erased_identities_of_person").on(table.number, table.kind),
  ],
);

/** Waits of people who came back that day by a name that was erased since: they stay waits that came back. */
export const keptReturns = pgTable(
  "kept_returns",
  {
    roomId: bigint({ mode: "number" }).notNull(),
    participantId: text().notNull(),
    startedAt: ms().notNull(),
  },
  (table) => [
    primaryKey({
      name: "kept_returns_of_room",
      columns: [table.roomId, table.participantId, table.startedAt],
    }),
  ],
);
