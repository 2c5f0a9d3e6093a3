import { Choice } from "#components/lists/choice.tsx";
import type { Address } from "#components/lists/use-address.ts";
import { Field } from "#components/ui/field.tsx";
import { ACTIONS, ACTOR_KINDS, AUDIT_ACTIONS, type AuditRow } from "#domain/access/audit/audit.ts";
import type { AuditNarrowed } from "#domain/access/audit/audit-page.ts";
import { ACTOR_WORDS } from "#domain/access/audit/audit-words.ts";

/** What was done, by whom and to what: the filters of this page alone. */
export function AuditFilters({
  narrowed: { action, who, about },
  rows,
  address: { go },
}: {
  narrowed: AuditNarrowed;
  rows: readonly AuditRow[];
  address: Address;
}) {
  const isOne = who !== null && !ACTOR_KINDS.some((kind) => kind === who);
  const named = rows.find((row) => row.who.id === who)?.who.label;
  return (
    <>
      <Field label="What was done" className="sm:max-w-52">
        <Choice name="action" value={action ?? ""} onChange={(value) => go({ action: value })}>
          <option value="">Anything</option>
          {AUDIT_ACTIONS.map((one) => (
            <option key={one} value={one}>
              {ACTIONS[one].name}
            </option>
          ))}
        </Choice>
      </Field>
      <Field label="By" className="sm:max-w-48">
        <Choice name="who" value={who ?? ""} onChange={(value) => go({ who: value })}>
          <option value="">Anybody</option>
          {isOne && <option value={who}>{named ?? "One member or key"}</option>}
          {ACTOR_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {ACTOR_WORDS[kind]}
            </option>
          ))}
        </Choice>
      </Field>
      {about !== null && (
        <Field label="About" className="sm:max-w-48">
          <Choice name="about" value={about} onChange={(value) => go({ about: value })}>
            <option value="">Anything</option>
            <option value={about}>{labelOf(rows, about)}</option>
          </Choice>
        </Field>
      )}
    </>
  );
}

function labelOf(rows: readonly AuditRow[], about: string): string {
  return rows.find((row) => row.about?.id === about)?.about?.label ?? "One thing";
}
