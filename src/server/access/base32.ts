/** Bytes as letters and digits that are not mistaken for one another (RFC 4648 §6), without padding. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BITS = 5;
const BYTE = 8;

/** @source RFC 4648 §6 */
export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(BYTE, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => ALPHABET.charAt(Number.parseInt(five.padEnd(BITS, "0"), 2)))
    .join("");
}

/** @param text what `toBase32` gave; other signs are passed over. @source RFC 4648 §6 */
export function fromBase32(text: string): Buffer {
  const bits = [...text]
    .map((sign) => ALPHABET.indexOf(sign))
    .filter((value) => value >= 0)
    .map((value) => value.toString(2).padStart(BITS, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
