/**
 * The locale that every command gives to what it starts. Programs read file names and arguments by it: without UTF-8, a
 * browser calls each download that has another letter in its name "download".
 */

/** The variables to add to `environment` so that its locale is a UTF-8 one; none when it is one already. */
export function utf8Locale(environment, platform = process.platform) {
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  if (platform === "win32" || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || "")) return {};
  // macOS has no C.UTF-8 before version 15; elsewhere it is the one that needs nothing installed.
  return { LC_ALL: platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8" };
}
