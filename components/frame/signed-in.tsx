"use client";

import { Link } from "#components/ui/link.tsx";
import { useMe } from "#components/viewer/me.tsx";

/** Who is signed in, and the way to what they may change of it; nothing where nobody signs in. */
export function SignedIn({ className = "" }: { className?: string }) {
  const { id, name } = useMe();
  if (id === null) return null;
  return (
    <Link
      href="/settings"
      className={`block truncate text-note text-ink-2 hover:text-ink hover:underline ${className}`}
    >
      <span className="sr-only">Signed in: </span>
      <bdi>{name}</bdi>
    </Link>
  );
}
