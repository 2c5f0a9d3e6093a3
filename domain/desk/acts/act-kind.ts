/** What can be done in a meeting through the API of its provider. */
export const ACT_KINDS = ["open_as_host", "admit_all", "eject"] as const;
export type ActKind = (typeof ACT_KINDS)[number];
