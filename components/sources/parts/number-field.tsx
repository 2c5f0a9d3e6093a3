import { CONTROL, Field } from "#components/ui/field.tsx";

/** A whole number of a source's settings, as it is typed. Without `placeholder` there has to be one. */
export function NumberField({
  label,
  least,
  most,
  placeholder,
  value,
  onChange,
}: {
  label: string;
  least: number;
  most: number;
  /** What it means to leave it empty. */
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label}>
      <input
        type="number"
        min={least}
        max={most}
        placeholder={placeholder}
        required={placeholder === undefined}
        className={CONTROL}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
