export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export const themeCookie = "imchat-theme";

export const isTheme = (text: string | undefined): text is Theme => themes.some((theme) => theme === text);
