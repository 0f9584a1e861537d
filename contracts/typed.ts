const invisible = /\p{Default_Ignorable_Code_Point}/gu;
const digits = /\p{Decimal_Number}/gu;
const isDigit = /^\p{Decimal_Number}$/u;
/** Every hyphen and dash, and the minus sign, which Unicode counts as mathematics. */
const dashes = /[\p{Dash_Punctuation}\u2212]/gu;

/** Nothing that is compared this way is longer; more is left as it is, and fails its check. */
const longest = 320;

/**
 * Numbers, handles and addresses as keyboards of all scripts type them, in one form: compatibility forms (full width)
 * are plain, digits are 0 to 9, dashes are "-", and marks that cannot be seen are gone. Spaces at the ends go too.
 */
export function foldTyped(text: string): string {
  if (text.length > longest) return text;
  return text
    .normalize("NFKC")
    .replace(invisible, "")
    .replace(digits, (digit) => String(numberOf(digit)))
    .replace(dashes, "-")
    .trim();
}

/** Unicode keeps the ten digits of a script together, from 0 upwards. */
function numberOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (isDigit.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}
