import type { QrDrawing } from "#client/qr/encode.ts";

/** Pixels of a side: enough to be printed as large as a postcard. */
const side = 960;
const lineHeight = 56;

/** Saves a QR code with words below it as a PNG file, black on white. */
export async function saveQrPicture(drawing: QrDrawing, words: readonly string[], fileName: string): Promise<void> {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side + words.length * lineHeight + 24;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws no pictures");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  context.save();
  context.scale(side / drawing.size, side / drawing.size);
  context.fill(new Path2D(drawing.path));
  context.restore();
  context.textAlign = "center";
  context.font = `36px ${getComputedStyle(document.body).fontFamily}`;
  for (const [at, line] of words.entries())
    context.fillText(line, side / 2, side + at * lineHeight + 24, side - 2 * lineHeight);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("this browser writes no pictures");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // The download has begun by then; its bytes are freed a while after it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
