/** Makes QR codes. Imported when the first one is shown. */
import encodeQR from "qr";

/** Light modules around the code, without which scanners do not find it: four, by its standard. */
const quietZone = 4;

export type QrDrawing = {
  /** Modules on a side, the quiet zone included. */
  size: number;
  /** The dark modules, as an SVG path with a module as its unit. */
  path: string;
};

/** The QR code of a text. A quarter of it may be unreadable: it is photographed from screens, and from afar. */
export function drawQr(text: string): QrDrawing {
  const modules = encodeQR(text, "raw", { ecc: "quartile", border: quietZone });
  const path = modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return { size: modules.length, path };
}
