import type { ReactNode } from "react";
import { PageTitle } from "#components/ui/page-title.tsx";
import { ButtonLink } from "./button.tsx";
import { PageName } from "./page-head.tsx";

/** A whole screen with one message and a link onward; `way` is `null` for a reader who has no other screens. */
export function Notice({
  title,
  way = { href: "/", words: "Back to Live" },
  children,
}: {
  title: string;
  way?: { href: string; words: string } | null;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto grid min-h-[60dvh] max-w-md content-center gap-2 px-4 text-center">
      <PageTitle name={title} />
      <PageName title={title} />
      <p className="text-ink-2">{children}</p>
      {way !== null && (
        <p className="mt-3">
          <ButtonLink href={way.href}>{way.words}</ButtonLink>
        </p>
      )}
    </div>
  );
}
