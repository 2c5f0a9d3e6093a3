/** The languages of the page for who waits: they are not our users, but theirs. */
export const LOBBY_LANGUAGES = ["en", "de", "es", "fr", "ar"] as const;
export type LobbyLanguage = (typeof LOBBY_LANGUAGES)[number];

/** What each calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<LobbyLanguage, string>> = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  ar: "العربية",
};

export function directionOf(language: LobbyLanguage): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}

/** The language that an address asks for, else the first of those that a browser prefers, else English. */
export function languageFor(asked: string | null, accepted: string | null): LobbyLanguage {
  const preferred = (accepted ?? "")
    .split(",")
    .map((part, place) => {
      const [tag = "", ...more] = part.trim().split(";");
      const weight = more
        .find((one) => one.trim().startsWith("q="))
        ?.trim()
        .slice(2);
      return { tag, place, weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.place - b.place)
    .map(({ tag }) => tag);
  for (const tag of [asked ?? "", ...preferred]) {
    const [base] = tag.toLowerCase().split("-");
    const found = LOBBY_LANGUAGES.find((language) => language === base);
    if (found !== undefined) return found;
  }
  return "en";
}
