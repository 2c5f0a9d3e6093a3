import type { WireSource } from "#domain/event/recorded.ts";
import type { RefusedReason } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What was refused of one source for one reason, in some days. */
export interface RefusedOften {
  /** `null` for addresses under which there is no source. */
  source: WireSource | null;
  reason: RefusedReason;
  count: number;
  /** Since when, without one that was accepted between; else the first hour. */
  since: Ms;
  lastAt: Ms;
  /** Who sent the last one. */
  lastAddress: string | null;
  /** When one was accepted after that; `null` while it goes on, and where nobody can know. */
  overAt: Ms | null;
  /** Each hour with at least one, earliest first. */
  hours: { hour: Ms; count: number }[];
  about: RefusalCircumstances;
}

/** What is known of a source, from which it is guessed why it is refused. */
export interface RefusalCircumstances {
  /** When its latest kept delivery came. */
  takenAt: Ms | null;
  /** When it was given the newest secret it has. */
  secretAt: Ms | null;
  pausedAt: Ms | null;
}

/** Refused webhooks are counted by the hour for so long. */
export const REFUSALS_KEPT_MS: Ms = 31 * 86_400_000;

/** A guess why this is refused, as a sentence that says since when; `clock` writes a moment. */
export function refusalHint(
  { reason, since, overAt, about }: Pick<RefusedOften, "reason" | "since" | "overAt" | "about">,
  clock: (at: Ms) => string,
): string {
  const from = clock(since);
  const { takenAt, secretAt, pausedAt } = about;
  switch (reason) {
    case "signature_mismatch":
      if (overAt !== null) {
        return `Signed with another secret from ${from} to ${clock(overAt)}, and rightly since then.`;
      }
      if (takenAt === null) {
        return "Nothing ever came that was signed with the secret of this source: was another one entered there?";
      }
      if (secretAt !== null && secretAt > takenAt) {
        return `The source has another secret since ${clock(secretAt)}: was it entered there?`;
      }
      return takenAt > since
        ? `Some are signed with another secret since ${from}: does another account send here too?`
        : `Signed with another secret since ${from}; was it rotated there?`;
    case "signature_missing":
      return takenAt === null
        ? "None of it is signed: was the secret of this source entered there?"
        : `Not signed since ${from}: was the secret taken out there, or does a proxy drop headers?`;
    case "timestamp_missing":
      return `Without a time since ${from}: does a proxy drop headers?`;
    case "timestamp_outside_tolerance":
      return `Signed long before it came, or after, since ${from}: is the clock of this machine right, or was something sent again that is old?`;
    case "paused":
      return `Paused here since ${clock(pausedAt ?? since)}: it is taken again once the source is resumed.`;
    case "too_large":
      return `Larger than 1 MiB since ${from}: was something added there to what it sends?`;
    case "unfinished":
      return `Broken off on the way since ${from}: does a proxy before this server give up early?`;
    case "overloaded":
      return `More came than could be kept, since ${from}: is the database slow?`;
    case "secret_unreadable":
      return `No secret of the source opens since ${from}: was ROLLCALL_SECRET changed?`;
    case "not_stored":
      return `The database did not take it, since ${from}: was it away, or its disk full?`;
    case "unknown_source":
      return `No source has that address, since ${from}: was one deleted here, or the address cut off there?`;
    default:
      return reason satisfies never;
  }
}
