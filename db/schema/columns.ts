import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
/** The words by which a row is found, as `domain/identity/search.ts` makes them; `null` until the row is indexed. */
export const words = customType<{ data: string }>({ dataType: () => "tsvector" });
/** Epoch ms, as in the domain: no time zone can creep in, and no conversion costs anything. */
export const ms = () => bigint({ mode: "number" });
export const createdAt = () => timestamp({ withTimezone: true }).notNull().defaultNow();
