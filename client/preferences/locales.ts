/** The languages of the interface, each by its own name. The first is the fallback. */
export const localeNames = { en: "English", "zh-CN": "简体中文" } as const;
export type Locale = keyof typeof localeNames;
export const locales = Object.keys(localeNames) as Locale[];
const defaultLocale: Locale = "en";
export const localeCookie = "imchat-locale";

export const isLocale = (text: string | undefined): text is Locale => text !== undefined && text in localeNames;

/** The supported language that Accept-Language prefers most. Every kind of Chinese maps to zh-CN. */
export function localeFromHeader(header: string | null): Locale {
  const wanted = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...rest] = part.trim().split(";");
      const quality = rest.find((item) => item.trim().startsWith("q="));
      return { tag: tag.toLowerCase(), weight: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const [language] = tag.split("-");
    if (language === "zh") return "zh-CN";
    if (language === "en") return "en";
  }
  return defaultLocale;
}
