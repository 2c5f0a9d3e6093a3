import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { useOwnSettings } from "#components/viewer/own-settings.tsx";
import type { ListName } from "#domain/lists/lists.ts";
import { colsOf, columnsIn } from "./columns.ts";
import type { Address } from "./use-address.ts";

/**
 * The columns of the address, or else those that whoever is signed in chose for this list, and a way to choose others: at
 * once, without a request to the server. The address names them, so that a link shows them to others.
 */
export function useColumns<Name extends string>(
  address: Address,
  list: ListName,
  all: readonly Name[],
): [Name[], (columns: Name[]) => void] {
  const { settings, keep } = useOwnSettings();
  const addressed = useSearchParams()?.get("cols") ?? null;
  const own = settings.columns[list]?.join(",") ?? null;
  const asked = addressed ?? own;
  const [seen, setSeen] = useState(asked);
  const [columns, setColumns] = useState(() => columnsIn(asked, all));
  if (asked !== seen) {
    setSeen(asked);
    setColumns(columnsIn(asked, all));
  }
  useEffect(() => {
    if (addressed === null && own !== null) address.note({ cols: own });
  }, [addressed, own, address]);
  const choose = (chosen: Name[]) => {
    const cols = colsOf(chosen, all);
    setColumns(chosen);
    address.note({ cols });
    keep({ columns: { [list]: cols === null ? null : chosen } });
  };
  return [columns, choose];
}
