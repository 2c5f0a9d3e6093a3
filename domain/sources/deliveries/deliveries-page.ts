import type { DeliveryResult, DeliverySummary, OpenedDelivery } from "#domain/event/delivery.ts";
import type { Choices } from "#domain/lists/narrowing.ts";
import type { Total } from "#domain/lists/total.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Period } from "#domain/time/period.ts";
import type { RefusedOften } from "./refused.ts";

/** What the page of deliveries is narrowed to, besides its days. */
export interface DeliveriesNarrowed {
  source: string | null;
  room: string | null;
  type: string | null;
  status: DeliveryResult | null;
  /** A name, a user id, or the id of a person. */
  person: string | null;
}

/** The page of deliveries. */
export interface DeliveriesPage {
  rows: DeliverySummary[];
  next: string | null;
  previous: string | null;
  total: Total;
  asOf: Ms;
  period: Period;
  today: string;
  narrowed: DeliveriesNarrowed;
  choices: Choices;
  /** What was refused in the last days, the latest first. */
  refused: RefusedOften[];
  /** How many could not be read, in all that whoever looks may see. */
  unreadable: number;
}

/** The page of one delivery; `gone` where it is not stored any more. */
export type DeliveryPage =
  | { is: "stored"; delivery: OpenedDelivery; timeZone: string }
  | { is: "dropped"; month: string };
