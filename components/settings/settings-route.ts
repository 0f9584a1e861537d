export const settingsRoot = "/settings";

/** The sections of the settings, in the order of the list. Each is an address: `/settings/<section>`. */
export const settingsSections = [
  "profile",
  "wallet",
  "starred",
  "mentions",
  "appearance",
  "sending",
  "privacy",
  "security",
] as const;
export type SettingsSection = (typeof settingsSections)[number];

export const sectionPath = (section: SettingsSection) => `${settingsRoot}/${section}`;

/** The section that an address of the settings names; null for the list, and for every other address. */
export const sectionOf = (pathname: string): SettingsSection | null =>
  settingsSections.find((section) => sectionPath(section) === pathname) ?? null;

export const isSettingsRoute = (pathname: string) => pathname === settingsRoot || sectionOf(pathname) !== null;
