import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { colsOf, columnsIn } from "./columns.ts";
import type { Address } from "./use-address.ts";

/** The columns of the address, and a way to choose others: at once, without a request to the server. */
export function useColumns<Name extends string>(
  address: Address,
  all: readonly Name[],
): [Name[], (columns: Name[]) => void] {
  const asked = useSearchParams()?.get("cols") ?? null;
  const [seen, setSeen] = useState(asked);
  const [columns, setColumns] = useState(() => columnsIn(asked, all));
  if (asked !== seen) {
    setSeen(asked);
    setColumns(columnsIn(asked, all));
  }
  const choose = (chosen: Name[]) => {
    setColumns(chosen);
    address.note({ cols: colsOf(chosen, all) });
  };
  return [columns, choose];
}
