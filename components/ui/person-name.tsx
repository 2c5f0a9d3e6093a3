const UNNAMED = "Unnamed guest";

/** A person's name in a sentence; a fixed text for a person without one. */
export function nameOf(name: string | null): string {
  return name === null || name.trim() === "" ? UNNAMED : name;
}

/** A name in its own text direction, cut short where it does not fit: `WholeNames` shows the whole one. */
export function PersonName({ name, className = "" }: { name: string | null; className?: string }) {
  const called = nameOf(name);
  const unnamed = called === UNNAMED && name !== UNNAMED;
  return (
    <bdi className={`truncate ${unnamed ? "text-ink-2 italic" : ""} ${className}`}>{called}</bdi>
  );
}
