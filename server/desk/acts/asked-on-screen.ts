import { isDeepStrictEqual } from "node:util";
import type { ChangedNotification } from "#db/connection/bus.ts";
import type { Database } from "#db/connection/client.ts";
import { askedSince } from "#db/desk/acts/asked.ts";
import { ASKED_AT_MOST_MS, isReported } from "#domain/desk/acts/asked-act.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { LiveServer } from "#server/live/live-server.ts";
import { OnEveryScreen } from "#server/live/on-every-screen.ts";
import { provider } from "#server/providers/providers.ts";

/**
 * What was asked of providers and is not reported yet, on every screen. It is read again where something is asked or
 * fails, and where anything happens in a meeting in which something was asked.
 */
export class AskedActsOnScreen extends OnEveryScreen<"acts:changed"> {
  /** The meetings in which something is asked, as far as this process read. */
  readonly #meetings: Set<string>;

  constructor(parts: {
    database: Database;
    now: () => Ms;
    log: { error: (about: object, message: string) => void };
  }) {
    const asked = new Set<string>();
    super({
      ...parts,
      read: async (reader, now) => {
        const rows = await askedSince(reader, now - ASKED_AT_MOST_MS);
        const open = rows.filter(({ act, since }) => !isReported(act, since));
        for (const { meetingId } of open) asked.add(meetingId);
        const acts = open.map((row) => ({
          ...{ id: row.id, act: row.act, provider: provider(row.provider)?.title ?? row.provider },
          meeting_id: row.meetingId,
          person: row.participantIds.length === 0 ? null : row.person,
          participant_ids: row.participantIds,
          ...{ asked_by: row.by, asked_at: toWireTime(row.askedAt) },
          ...{ failed_at: toWireTime(row.failedAt), failure: row.failure },
        }));
        return { acts, as_of: toWireTime(now) };
      },
      isSame: (one, other) => isDeepStrictEqual(one.acts, other.acts),
      send: (to, asked) => to.emit("acts:changed", asked),
    });
    this.#meetings = asked;
  }

  /** The bus said that something changed. */
  heard({ acts, isGone, changes, merged }: ChangedNotification, io: LiveServer): void {
    const ids = [
      ...changes.map(({ id }) => id),
      ...merged.flatMap(({ from, into }) => [from, into]),
    ];
    const isConcerned = ids.some((id) => this.#meetings.has(id));
    if (!acts && !isGone && !isConcerned) return;
    // What is still asked is in it again once it is read.
    this.#meetings.clear();
    this.changed(io);
  }
}
