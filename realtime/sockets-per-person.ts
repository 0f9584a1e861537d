import { limits } from "#contracts/limits.ts";

/** How many sockets of each person are signed in, subscribed or not. */
export class SocketsPerPerson {
  private readonly counts = new Map<string, number>();

  /** One more; false when the person has as many as one may have. */
  add(personId: string): boolean {
    const count = this.counts.get(personId) ?? 0;
    if (count >= limits.socketsPerPerson) return false;
    this.counts.set(personId, count + 1);
    return true;
  }

  remove(personId: string): void {
    const left = (this.counts.get(personId) ?? 1) - 1;
    if (left > 0) this.counts.set(personId, left);
    else this.counts.delete(personId);
  }
}
