export function utf8Locale(
  environment: Record<string, string | undefined>,
  platform?: NodeJS.Platform,
): Record<string, string>;
