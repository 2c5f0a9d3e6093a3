import type { MadeUp } from "./made-up.ts";

type Kind = "plain" | "name" | "id" | "text";

/** What may say who, among what events carry. */
const KINDS: Readonly<Record<string, Kind>> = {
  ...{ name: "name", by: "name", user_id: "id", provider_meeting_id: "id", ruling: "id" },
  ...{ participant_ids: "id", apart_from: "id", is_host: "plain", started_at: "plain" },
  ...{ joined_at: "plain", inferred: "plain", listed: "plain", outside: "plain" },
  ...{ removed: "plain", reason: "plain", verdict: "plain", since: "plain", exact: "plain" },
  // As the key of a room, which it is.
  ...{ ruled_at: "plain", from: "plain", observer: "text" },
};

/** What an event carries, made up; what is not known of it is left out. */
export function madeUpData(data: object, madeUp: MadeUp): Record<string, unknown> {
  const of = (kind: Kind, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => of(kind, one));
    if (typeof value !== "string" || kind === "plain") return value;
    if (kind === "text") return madeUp.text(value);
    return kind === "name" ? madeUp.name(value) : madeUp.id(value);
  };
  return Object.fromEntries(
    Object.entries(data).flatMap(([field, value]) => {
      const kind = KINDS[field];
      return kind === undefined ? [] : [[field, of(kind, value)]];
    }),
  );
}
