const UNNAMED = "Unnamed guest";

/** What a person is called in a sentence that is read out. */
export function nameOf(name: string | null): string {
  return name === null || name.trim() === "" ? UNNAMED : name;
}

/** A name in its own direction, cut short where it does not fit: `WholeNames` says the whole one. */
export function PersonName({ name, className = "" }: { name: string | null; className?: string }) {
  const called = nameOf(name);
  const unnamed = called === UNNAMED && name !== UNNAMED;
  return (
    <bdi className={`truncate ${unnamed ? "text-ink-2 italic" : ""} ${className}`}>{called}</bdi>
  );
}
