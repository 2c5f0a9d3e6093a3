import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { Address } from "#components/history/use-address.ts";
import { type ColumnName, colsOf, columnsIn } from "./columns.ts";

/** The columns of the address, and a way to choose others: at once, and without asking the server. */
export function useColumns(address: Address): [ColumnName[], (columns: ColumnName[]) => void] {
  const params = useSearchParams() ?? new URLSearchParams();
  const asked = params.getAll("cols").join();
  const [seen, setSeen] = useState(asked);
  const [columns, setColumns] = useState(() => columnsIn(params));
  if (asked !== seen) {
    setSeen(asked);
    setColumns(columnsIn(params));
  }
  const choose = (chosen: ColumnName[]) => {
    setColumns(chosen);
    address.note({ cols: colsOf(chosen) });
  };
  return [columns, choose];
}
