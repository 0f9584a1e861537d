/** Sends one part of a file by XMLHttpRequest, because `fetch` reports no upload progress. */
export class UploadPartError extends Error {
  override name = "TransferError";
  readonly status: number;
  /** `status` 0: a network error, or a proxy that dropped the request. */
  constructor(status: number) {
    super(`the part was not taken: ${status}`);
    this.status = status;
  }
}

/** Resolves with the ETag of the stored part. Rejects with a TransferError, or with the signal's reason. */
export function uploadPart(
  url: string,
  part: Blob,
  { onSent, signal }: { onSent: (bytes: number) => void; signal: AbortSignal },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open("PUT", url);
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onload = () => {
      if (request.status < 200 || request.status > 299) return reject(new UploadPartError(request.status));
      onSent(part.size);
      resolve(request.getResponseHeader("etag") ?? "");
    };
    request.onerror = () => reject(new UploadPartError(0));
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener("abort", abort);
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
    else request.send(part);
  });
}
