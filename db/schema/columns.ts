import { bigint, boolean, customType, text, timestamp } from "drizzle-orm/pg-core";

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
/** The words by which a row is found, as `domain/identity/search.ts` makes them; `null` until the row is indexed. */
export const words = customType<{ data: string }>({ dataType: () => "tsvector" });
/** Epoch ms, as in the domain: no time zone can creep in, and no conversion costs anything. */
export const ms = () => bigint({ mode: "number" });
export const createdAt = () => timestamp({ withTimezone: true }).notNull().defaultNow();
/** What of the installation somebody may see: see `domain/access/sight.ts`. */
export const sightColumns = () => ({
  /** Ids of sources; `null` for all. */
  sources: text().array(),
  /** Patterns of rooms; `null` for all rooms. */
  rooms: text().array(),
  masked: boolean().notNull().default(false),
});
