/** The shape of a meeting while it is read. */
export function MeetingSkeleton() {
  return (
    <div aria-busy="true">
      <p className="sr-only">Reading the meeting…</p>
      <div aria-hidden className="animate-pulse motion-reduce:animate-none">
        <div className="h-4 w-44 rounded bg-sunken" />
        <div className="mt-2 h-6 w-72 max-w-full rounded bg-sunken" />
        <div className="my-4.5 h-24 rounded-card border border-line bg-surface" />
        <div className="grid gap-5 xl:grid-cols-[minmax(0,1fr)_318px]">
          <div className="h-[520px] rounded-card border border-line bg-surface" />
          <div className="hidden h-56 rounded-card border border-line bg-surface xl:block" />
        </div>
      </div>
    </div>
  );
}
