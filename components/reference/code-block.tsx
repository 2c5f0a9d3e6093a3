import { CopyButton } from "#components/ui/copy-button.tsx";

/** A text for programs, which can be copied. Long lines are wrapped, so that nothing has to be scrolled sideways. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <figure aria-label={label} className="relative min-w-0 rounded-lg bg-sunken">
      <pre className="wrap-anywhere whitespace-pre-wrap px-3 py-2.5 pr-10 text-caption text-ink">
        <code>{text}</code>
      </pre>
      <div className="absolute top-1 right-1 print:hidden">
        <CopyButton text={text} label={`Copy: ${label}`} />
      </div>
    </figure>
  );
}
