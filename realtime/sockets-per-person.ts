import { limits } from "#contracts/limits.ts";

/** Counts the signed-in sockets of each person, subscribed or not. */
export class SocketsPerPerson {
  private readonly counts = new Map<string, number>();

  /** Adds one socket; false when the person has reached the limit. */
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
