const degrees = /^([-+]?\d{1,2}(?:\.\d+)?)(?:\s*[,，]\s*|\s+)([-+]?\d{1,3}(?:\.\d+)?)$/;

/** "31.2304, 121.4737", as every map shows it: latitude, then longitude, in degrees. Null for anything else. */
export function readDegrees(text: string): { latitude: number; longitude: number } | null {
  const match = degrees.exec(text.trim());
  const [latitude, longitude] = [Number(match?.[1]), Number(match?.[2])];
  return match && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
