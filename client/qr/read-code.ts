/** Reads QR codes: by the browser where it can, else by a library that is fetched then. */

/** The part of the Shape Detection API that is used; TypeScript does not know it. */
type Detector = { detect(image: ImageBitmapSource): Promise<readonly { rawValue: string }[]> };
type DetectorClass = {
  new (options: { formats: ["qr_code"] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
};

async function hasQrCodes(detector: DetectorClass): Promise<boolean> {
  return (await detector.getSupportedFormats()).includes("qr_code");
}

async function createDetector(): Promise<Detector> {
  const { BarcodeDetector: own } = globalThis as { BarcodeDetector?: DetectorClass }; // not in TypeScript's list of names
  // Chromium has the class on systems without the service behind it.
  if (own && (await hasQrCodes(own).catch(() => false))) return new own({ formats: ["qr_code"] });
  const { BarcodeDetector } = await import("qr/decode.js");
  return new BarcodeDetector({ formats: ["qr_code"] });
}

let detector: Promise<Detector> | undefined;

function getDetector(): Promise<Detector> {
  detector ??= createDetector().catch((error: unknown) => {
    detector = undefined;
    throw error;
  });
  return detector;
}

/** The text of a QR code in what a camera shows; null when there is none. */
export async function readFrame(video: HTMLVideoElement): Promise<string | null> {
  const [code] = await (await getDetector()).detect(video);
  return code?.rawValue ?? null;
}

/** Longest sides at which a picture is looked through: small ones are read in no time, fine codes need more. */
const sides = [1_200, 3_000];

/** The text of a QR code in a picture; null when there is none. Rejects for what is no picture. */
export async function readPicture(file: Blob): Promise<string | null> {
  const whole = await createImageBitmap(file);
  try {
    for (const side of sides) {
      const code = await readAt(whole, side);
      if (code !== null) return code;
      if (Math.max(whole.width, whole.height) <= side) return null;
    }
    return null;
  } finally {
    whole.close();
  }
}

async function readAt(whole: ImageBitmap, side: number): Promise<string | null> {
  const scale = Math.min(1, side / Math.max(whole.width, whole.height));
  const size = {
    resizeWidth: Math.max(1, Math.round(whole.width * scale)),
    resizeHeight: Math.max(1, Math.round(whole.height * scale)),
  };
  const bitmap = await createImageBitmap(whole, { ...size, resizeQuality: "high" });
  try {
    const [code] = await (await getDetector()).detect(bitmap);
    return code?.rawValue ?? null;
  } finally {
    bitmap.close();
  }
}
