/**
 * The frames that one socket is sent in one tick, as the path to a node. Sockets that are sent the same frames in the
 * same order stand at the same node, so the bytes of a burst are put together once for a whole room.
 */
export class Path {
  private readonly parent: Path | null;
  private readonly frame: Buffer;
  private readonly length: number;
  private joined: Buffer | null = null;
  private only: Path | null = null;
  private more: Map<Buffer, Path> | null = null;

  constructor(parent: Path | null, frame: Buffer) {
    this.parent = parent;
    this.frame = frame;
    this.length = (parent?.length ?? 0) + frame.length;
  }

  followedBy(frame: Buffer): Path {
    if (this.only?.frame === frame) return this.only;
    const known = this.more?.get(frame);
    if (known) return known;
    const next = new Path(this, frame);
    if (this.only === null) this.only = next;
    else {
      this.more ??= new Map();
      this.more.set(frame, next);
    }
    return next;
  }

  bytes(): Buffer {
    if (this.parent === null || this.parent.length === 0) return this.frame;
    if (this.joined) return this.joined;
    const frames: Buffer[] = [];
    for (let at: Path | null = this; at; at = at.parent) frames.push(at.frame);
    this.joined = Buffer.concat(frames.reverse(), this.length);
    return this.joined;
  }
}

const nothing = Buffer.alloc(0);
/** A write costs about 10 µs: after so many, pings and answers of others get their turn. */
const slice = 2_000;

/** `path`: what is due to this socket; the tick's own, null when nothing is. */
export type Outlet = { path: Path | null; write(bytes: Buffer): void };

/**
 * Gathers what every socket is sent in one turn of the event loop and writes it at the end of the turn: one write per
 * socket, whatever the number of frames. Writes are what fan-out costs; bytes are nearly free.
 */
export class Tick<Socket extends Outlet> {
  private root = new Path(null, nothing);
  private due: Socket[] = [];
  private scheduled = false;

  add(socket: Socket, frame: Buffer): void {
    if (socket.path) socket.path = socket.path.followedBy(frame);
    else {
      socket.path = this.root.followedBy(frame);
      this.due.push(socket);
    }
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(this.flush);
  }

  /** Before something that does not go through here, such as a close: what is due to this socket leaves first. */
  flushOne(socket: Socket): void {
    const { path } = socket;
    socket.path = null;
    if (path) socket.write(path.bytes());
  }

  forget(socket: Socket): void {
    socket.path = null;
  }

  private readonly flush = (): void => {
    // What is added while this goes on begins anew; sockets that are still due keep the node where they stand.
    this.root = new Path(null, nothing);
    const now = this.due.splice(0, slice);
    for (const socket of now) this.flushOne(socket);
    if (this.due.length > 0) setImmediate(this.flush);
    else this.scheduled = false;
  };
}
