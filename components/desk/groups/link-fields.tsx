import { Button } from "#components/ui/button.tsx";
import { CONTROL, Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import {
  type ActLink,
  LONGEST_ACT_LABEL,
  LONGEST_ACT_URL,
  MOST_ACT_LINKS,
} from "#domain/desk/groups/act-link.ts";
import type { GroupDraft } from "./group-draft.ts";

/** Where the rows of a group lead. */
export function LinkFields({
  draft: { links },
  faults,
  onChange,
}: {
  draft: GroupDraft;
  faults: ReadonlyMap<string, string>;
  onChange: (change: Partial<GroupDraft>) => void;
}) {
  const set = (index: number, change: Partial<ActLink>) =>
    onChange({ links: links.map((link, at) => (at === index ? { ...link, ...change } : link)) });
  return (
    <fieldset className="mt-3.5 grid gap-2">
      <legend className="text-dense">
        Links in its rows{" "}
        <span className="text-note text-ink-3">
          with <code>{"{room}"}</code>, <code>{"{person}"}</code>, <code>{"{user_id}"}</code>,{" "}
          <code>{"{meeting}"}</code>
        </span>
      </legend>
      {links.map((link, index) => {
        const fault = faults.get(`link ${index}`) ?? null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a link is known by its place.
          <div key={index} className="grid grid-cols-[minmax(0,1fr)_6rem] gap-1.5">
            <Field label={`Link ${index + 1} is called`}>
              <input
                className={CONTROL}
                required
                maxLength={LONGEST_ACT_LABEL}
                value={link.label}
                placeholder="Open as host"
                onChange={({ target }) => set(index, { label: target.value })}
              />
            </Field>
            <Field label={`Link ${index + 1} is`}>
              <Select
                value={link.how}
                onChange={({ target }) =>
                  set(index, { how: target.value === "copy" ? "copy" : "open" })
                }
              >
                <option value="open">opened</option>
                <option value="copy">copied</option>
              </Select>
            </Field>
            <Field label={`Address of link ${index + 1}`}>
              <input
                className={CONTROL}
                required
                maxLength={LONGEST_ACT_URL}
                value={link.url}
                placeholder="https://clinic.daily.co/{room}"
                autoComplete="off"
                aria-invalid={fault !== null || undefined}
                onChange={({ target }) => set(index, { url: target.value })}
              />
            </Field>
            <Button
              className="self-end"
              aria-label={`Remove link ${index + 1}`}
              onClick={() => onChange({ links: links.filter((_, at) => at !== index) })}
            >
              Remove
            </Button>
            {fault !== null && (
              <p role="alert" className="col-span-2 text-caption text-lost-ink">
                It {fault}
              </p>
            )}
          </div>
        );
      })}
      <Button
        className="justify-self-start"
        disabled={links.length >= MOST_ACT_LINKS}
        onClick={() => onChange({ links: [...links, { label: "", url: "", how: "open" }] })}
      >
        Add a link
      </Button>
    </fieldset>
  );
}
