import { DIALOG_INPUT } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { ROLES, type Role } from "#domain/access/role.ts";
import { ROLE_WORDS } from "./role-words.ts";
import type { SourceNamed } from "./shown.ts";

/** What a member may and sees, as it is entered: rooms as one text, a pattern a line. */
export interface RightDraft {
  role: Role;
  sources: readonly string[] | null;
  rooms: string;
  masked: boolean;
}

/** The same as the API takes it. An owner sees everything. */
export function rightOf({ role, sources, rooms, masked }: RightDraft) {
  const patterns = rooms.split("\n").map((line) => line.trim());
  const given = patterns.filter((line) => line !== "");
  if (role === "owner") return { role, sources: null, rooms: null, masked: false };
  return { role, sources, rooms: given.length > 0 ? given : null, masked };
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
  const chosen = draft.sources ?? [];
  const choose = (id: string, isOn: boolean) => {
    const next = sources
      .map((one) => one.id)
      .filter((one) => (one === id ? isOn : chosen.includes(one)));
    onChange({ ...draft, sources: next });
  };
  return (
    <>
      <div className="mt-3 flex flex-col gap-1 text-note text-ink-2">
        <label htmlFor="role">Role</label>
        <Select
          id="role"
          size="form"
          value={draft.role}
          onChange={({ target }) =>
            onChange({ ...draft, role: ROLES.find((one) => one === target.value) ?? "viewer" })
          }
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {`${ROLE_WORDS[role].name}: ${ROLE_WORDS[role].note}`}
            </option>
          ))}
        </Select>
      </div>
      {draft.role !== "owner" && (
        <fieldset className="mt-3">
          <legend className="text-note text-ink-2">What they see</legend>
          <label className="flex items-baseline gap-2 py-1 text-dense">
            <input
              type="checkbox"
              checked={draft.sources === null}
              onChange={({ target }) => onChange({ ...draft, sources: target.checked ? null : [] })}
            />
            Every source, also those to come
          </label>
          {draft.sources !== null &&
            sources.map(({ id, name }) => (
              <label key={id} className="flex items-baseline gap-2 py-1 pl-5 text-dense">
                <input
                  type="checkbox"
                  checked={chosen.includes(id)}
                  onChange={({ target }) => choose(id, target.checked)}
                />
                <bdi>{name}</bdi>
              </label>
            ))}
          <label className="mt-1.5 flex flex-col gap-1">
            <span className="text-note text-ink-2">
              Only these rooms, one on a line; <code>*</code> stands for any text
            </span>
            <textarea
              rows={2}
              value={draft.rooms}
              placeholder="Every room"
              onChange={({ target }) => onChange({ ...draft, rooms: target.value })}
              className={`${DIALOG_INPUT} h-auto! py-1.5`}
            />
          </label>
          <label className="mt-1.5 flex items-baseline gap-2 py-1 text-dense">
            <input
              type="checkbox"
              checked={draft.masked}
              onChange={({ target }) => onChange({ ...draft, masked: target.checked })}
            />
            Initials in place of names
          </label>
        </fieldset>
      )}
    </>
  );
}
