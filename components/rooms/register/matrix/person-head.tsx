import { PersonName } from "#components/ui/person-name.tsx";
import { counted } from "#components/words/count.ts";
import { isGuest, type RegisterRow } from "#domain/rooms/register/register.ts";

/** The person of a row, and how certain their identity is. */
export function PersonHead({ row }: { row: RegisterRow }) {
  const mark = markOf(row);
  const also = row.aliases.length === 0 ? "" : `Also ${row.aliases.join(", ")}. `;
  return (
    <span
      className="flex min-w-0 flex-col leading-tight sm:flex-row sm:items-baseline sm:gap-1.5"
      title={also + (mark?.why ?? "") || undefined}
    >
      <PersonName name={row.name} className="min-w-0" />
      <span className="num flex flex-none gap-1.5 text-micro text-ink-3 sm:text-caption">
        {row.nth > 1 && <span>({row.nth})</span>}
        {row.hosted > 0 && (
          <span className="text-host-ink">
            host<span className="sr-only"> in {counted(row.hosted, "meeting", "meetings")}</span>
          </span>
        )}
        {isGuest(row) && (
          <span className="text-waiting-ink">
            guest<span className="sr-only">, not on the class list</span>
          </span>
        )}
        {mark !== null && (
          <span>
            {mark.text}
            <span className="sr-only">. {mark.why}</span>
          </span>
        )}
      </span>
    </span>
  );
}

function markOf({ knownBy, ambiguous }: RegisterRow): { text: string; why: string } | null {
  if (ambiguous) {
    return {
      text: "namesakes",
      why: "Two of this name were in one meeting. Which of them is which in other meetings is not known.",
    };
  }
  switch (knownBy) {
    case "name":
      return { text: "by name", why: "The same name in every meeting; there is no user id." };
    case "nothing":
      return {
        text: "one meeting",
        why: "Without a name or a user ID nobody can be recognised in the next meeting.",
      };
    case "operator":
      return { text: "joined", why: "An operator said that several are this one person." };
    case "user_id":
    case "list":
      return null;
    default:
      return knownBy satisfies never;
  }
}
