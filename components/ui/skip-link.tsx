/** A link by which a keyboard skips a part of the page; visible while it has the focus. */
export function SkipLink({ to, children }: { to: string; children: string }) {
  return (
    <a
      href={`#${to}`}
      className="-translate-y-16 fixed top-2 left-2 z-50 rounded-lg bg-ink px-3 py-2 text-ground focus:translate-y-0 print:hidden"
    >
      {children}
    </a>
  );
}
