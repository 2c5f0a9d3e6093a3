"use client";

import { ExternalLink } from "lucide-react";
import { tellApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { May } from "#components/viewer/may.tsx";
import { type ActLink, filledActUrl } from "#domain/desk/groups/act-link.ts";
import type { HouseRules } from "#domain/desk/groups/house-rules.ts";

interface Row {
  /** Of the wait that it is noted of. */
  waitId: string;
  name: string | null;
  personId: string;
  room: string;
  meeting: string | null;
  house: HouseRules | null;
}

/** Where a row leads: each link of its room that everything is known for. That one was used is noted in the audit log. */
export function ActLinks(row: Row) {
  const links = row.house?.links ?? [];
  if (links.length === 0) return null;
  return (
    <May access="write" needs="names">
      <ul
        aria-label={`Links for ${nameOf(row.name)}`}
        className="flex flex-wrap gap-x-2.5 gap-y-1 print:hidden"
      >
        {links.map((link) => (
          <Filled key={`${link.label} ${link.url}`} link={link} row={row} />
        ))}
      </ul>
    </May>
  );
}

const USER = "u:";

function Filled({ link, row }: { link: ActLink; row: Row }) {
  const operator = useOperator();
  const { personId, name, room, meeting, waitId } = row;
  const url = filledActUrl(link.url, {
    ...{ room, meeting, person: name },
    user_id: personId.startsWith(USER) ? personId.slice(USER.length) : null,
  });
  if (url === null) return null;
  const note = () => {
    const body = { link: link.label, ...(operator !== null && { by: operator }) };
    // Whoever follows a link is not kept from it by our log.
    tellApi(`/waits/${encodeURIComponent(waitId)}/acts`, { method: "POST", body }).catch(
      () => undefined,
    );
  };
  return (
    <li className="flex items-center text-note">
      {link.how === "copy" ? (
        // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the button inside is pressed; this hears of it.
        <span className="inline-flex items-center text-ink-2" onClick={note}>
          {link.label}
          <CopyButton text={url} label={`Copy: ${link.label}`} />
        </span>
      ) : (
        <a
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          onClick={note}
          className="inline-flex items-center gap-1 text-ink-2 underline underline-offset-2 hover:text-ink"
        >
          {link.label}
          <ExternalLink aria-hidden className="size-3" />
        </a>
      )}
    </li>
  );
}
