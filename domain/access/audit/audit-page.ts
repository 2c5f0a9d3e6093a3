import type { Total } from "#domain/lists/total.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Period } from "#domain/time/period.ts";
import type { AuditAction, AuditRow } from "./audit.ts";

/** What the page of the audit log is narrowed to, besides its days. */
export interface AuditNarrowed {
  action: AuditAction | null;
  /** By what somebody came, or the id of a member or a key. */
  who: string | null;
  about: string | null;
  q: string | null;
}

/** The page of the audit log. */
export interface AuditPage {
  rows: AuditRow[];
  next: string | null;
  previous: string | null;
  total: Total;
  asOf: Ms;
  period: Period;
  today: string;
  narrowed: AuditNarrowed;
  /** So many days entries are kept; `null` for good. */
  keptDays: number | null;
}
