/**
 * Top-level domains under which a bare name is taken for an address: those in wide use, without the ones that are also
 * endings of files (md, rs, sh, py, pl, cc, so, ps, zip, mov …) or everyday words. Any other address is found by its
 * scheme or its "www.".
 */
const common = new Set(
  (
    "com net org edu gov mil int info biz io dev app ai tv me co xyz online site shop store tech blog cloud wiki news " +
    "live link club pro mobi museum asia eu uk us ca au nz ie de at ch fr be nl lu es pt it gr se no dk fi is ee lv lt " +
    "cz sk hu ro bg si hr ua by kz ru su cn hk tw mo jp kr in sg my th vn id ph pk bd lk np ir iq il sa ae qa kw tr " +
    "eg ng ke gh za ma tn br ar cl mx pe uy ve ec cr cu"
  ).split(" "),
);
const ownScript = new Set("рф бел укр срб қаз мкд ελ".split(" "));

/** "It." begins a sentence; "it" and "IT" may end a name. */
export function isCommonDomain(top: string): boolean {
  const lower = top.toLowerCase();
  if (top !== lower && top !== top.toUpperCase()) return false;
  return common.has(lower) || ownScript.has(lower) || /^xn--[a-z0-9-]{2,59}$/.test(lower);
}
