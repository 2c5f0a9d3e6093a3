import { Select } from "#components/ui/select.tsx";
import { ROLES, type Role } from "#domain/access/role.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { ROLE_WORDS } from "./role-words.ts";
import type { SourceNamed } from "./shown.ts";
import { isComplete, type SightDraft, SightFields, sightOf } from "./sight-fields.tsx";

/** What a member may and sees, as it is being entered. */
export interface RightDraft extends SightDraft {
  role: Role;
}

/** The same as the API takes it. An owner sees everything. */
export function rightOf({ role, ...sight }: RightDraft) {
  return { role, ...(role === "owner" ? WHOLE_SIGHT : sightOf(sight)) };
}

/** Whether it can be sent. */
export function canBeSent({ role, ...sight }: RightDraft): boolean {
  return role === "owner" || isComplete(sight);
}

/** The fields in which an owner says what a member may and sees. */
export function RightFields({
  draft,
  sources,
  onChange,
}: {
  draft: RightDraft;
  sources: readonly SourceNamed[];
  onChange: (draft: RightDraft) => void;
}) {
  const { role } = draft;
  return (
    <>
      <div className="mt-3 flex flex-col gap-1 text-note text-ink-2">
        <label htmlFor="role">Role</label>
        <Select
          id="role"
          size="form"
          value={role}
          onChange={({ target }) =>
            onChange({ ...draft, role: ROLES.find((one) => one === target.value) ?? "viewer" })
          }
        >
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {`${ROLE_WORDS[one].name}: ${ROLE_WORDS[one].note}`}
            </option>
          ))}
        </Select>
      </div>
      {role !== "owner" && (
        <SightFields
          whose="member"
          draft={draft}
          sources={sources}
          onChange={(sight) => onChange({ role, ...sight })}
        />
      )}
    </>
  );
}
