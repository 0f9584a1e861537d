import { handleFile } from "#server/trpc/files.ts";

export async function GET(request: Request, { params }: { params: Promise<{ fileId: string; variant: string }> }) {
  return handleFile(request, await params);
}
