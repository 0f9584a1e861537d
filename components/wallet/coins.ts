/**
 * Digits of any width, a point or a comma, at most two decimals; null for anything that is not an amount above zero.
 */
export function centsOf(text: string): number | null {
  const plain = text.normalize("NFKC").trim();
  if (!/^\d{1,9}([.,]\d{0,2})?$/.test(plain)) return null;
  const [whole = "0", part = ""] = plain.split(/[.,]/);
  const cents = Number(whole) * 100 + Number(part.padEnd(2, "0"));
  return cents > 0 ? cents : null;
}
