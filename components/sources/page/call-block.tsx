import { CopyButton } from "#components/ui/copy-button.tsx";

/** Something to copy as it is: a call for a shell, an address, a secret. */
export function CallBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-start gap-2 rounded-lg bg-sunken py-1.5 pr-1.5 pl-3">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <pre tabIndex={0} className="min-w-0 flex-1 overflow-x-auto py-1 text-note">
        <code>{text}</code>
      </pre>
      <CopyButton text={text} label={label} />
    </div>
  );
}
