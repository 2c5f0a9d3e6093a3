/** Under which keys the cache of queries holds what a page knows. The first word of each is its own. */
export const queryKeys = {
  /** The live state: pushed, never fetched. */
  live: ["floor"],
  /** The facts of a meeting: pushed, never fetched. */
  meeting: (id: string) => ["meeting", id],
  /** What the pages of meetings have shown, to be compared for revisions; and that of one. */
  allClaims: ["said"],
  claims: (id: string) => ["said", id],
  /** The meetings before and after one; `about` is what they depend on. */
  neighbours: (id: string, about: string) => ["neighbours", id, about],
  /** How often deliveries came again. */
  repeats: (ids: readonly string[]) => ["repeats", ...ids],
  delivery: (id: string) => ["delivery", id],
  /** The newest deliveries of a list, by its filters; and how far a replay of some is. */
  newestDeliveries: (query: string) => ["newest deliveries", query],
  replay: (id: string) => ["replay", id],
  /** How a roster that is being entered is read. */
  roster: (text: string, choice: object) => ["roster", text, choice],
  /** What undoing an import would remove. */
  undoneImport: (id: string) => ["import", id],
  /** How far the sources that are being rebuilt are. */
  sources: (isRebuilding: boolean) => ["sources", isRebuilding],
  /** One source as its page has it; what other settings would make of it; and what would go by limits or with it. */
  source: (id: string) => ["source", id],
  sourcePreview: (id: string, query: string) => ["source preview", id, query],
  sourceExpiry: (id: string, limits: string) => ["source expiry", id, limits],
  sourceContents: (id: string) => ["source contents", id],
  /** An endpoint; what was sent to it, all or what failed; and how far the latest resend is. */
  endpoint: (id: string) => ["endpoint", id],
  attempts: (id: string, only: string) => ["attempts", id, only],
  resend: (id: string) => ["resend", id],
  /** What there is of a demonstration; and how far its removal is. */
  demonstration: ["demonstration"],
  removal: ["removal"],
  /** What erasing a person would take; and how far their erasure is. */
  erasurePreview: (person: string) => ["erasure preview", person],
  erasure: (person: string) => ["erasure", person],
  /** The people found by a search, in one source or in all. */
  people: (query: string, source: string | null) => ["people", query, source],
  /** What joining two people would make of them. */
  joining: (one: string, other: string) => ["joining", one, other],
  /** The devices that alerts are pushed to for whoever looks. */
  devices: ["devices"],
} as const;
