/** How the verdict is calculated, for readers who ask. */
export const VERDICT_FORMULA =
  "Who was where when Rollcall checked, the set time after the start, as far as it is known now. A host and a guest in: both here. Otherwise, if somebody waits: someone waiting. Otherwise only host, only guest, or nobody. Who hosts is what the roster says where it names a host, and what the provider says otherwise. A fact heard late corrects it.";
