import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { colsOf, columnsIn } from "./columns.ts";
import type { Address } from "./use-address.ts";

/** The columns of the address, and a way to choose others: at once, and without asking the server. */
export function useColumns<Name extends string>(
  address: Address,
  all: readonly Name[],
): [Name[], (columns: Name[]) => void] {
  const params = useSearchParams() ?? new URLSearchParams();
  const asked = params.getAll("cols").join();
  const [seen, setSeen] = useState(asked);
  const [columns, setColumns] = useState(() => columnsIn(params, all));
  if (asked !== seen) {
    setSeen(asked);
    setColumns(columnsIn(params, all));
  }
  const choose = (chosen: Name[]) => {
    setColumns(chosen);
    address.note({ cols: colsOf(chosen, all) });
  };
  return [columns, choose];
}
