import { CONTROL, Field } from "#components/ui/field.tsx";

/** A key of a provider's API, which is not shown as it is typed. */
export function ApiKeyField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (key: string) => void;
}) {
  return (
    <Field label={label}>
      <input
        type="password"
        autoComplete="off"
        spellCheck={false}
        required
        className={CONTROL}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
