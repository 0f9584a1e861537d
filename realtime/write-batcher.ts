/**
 * The frames that one socket is sent in one tick, as the path to a node. Sockets that are sent the same frames in the
 * same order stand at the same node, so the bytes of a burst are put together once for a whole room.
 */
export class FrameSequence {
  private readonly parent: FrameSequence | null;
  private readonly frame: Buffer;
  private readonly length: number;
  private joined: Buffer | null = null;
  private firstNext: FrameSequence | null = null;
  private otherNext: Map<Buffer, FrameSequence> | null = null;

  constructor(parent: FrameSequence | null, frame: Buffer) {
    this.parent = parent;
    this.frame = frame;
    this.length = (parent?.length ?? 0) + frame.length;
  }

  append(frame: Buffer): FrameSequence {
    if (this.firstNext?.frame === frame) return this.firstNext;
    const known = this.otherNext?.get(frame);
    if (known) return known;
    const next = new FrameSequence(this, frame);
    if (this.firstNext === null) this.firstNext = next;
    else {
      this.otherNext ??= new Map();
      this.otherNext.set(frame, next);
    }
    return next;
  }

  bytes(): Buffer {
    if (this.parent === null || this.parent.length === 0) return this.frame;
    if (this.joined) return this.joined;
    const frames: Buffer[] = [];
    for (let at: FrameSequence | null = this; at; at = at.parent) frames.push(at.frame);
    this.joined = Buffer.concat(frames.reverse(), this.length);
    return this.joined;
  }
}

const emptyBuffer = Buffer.alloc(0);
/** A write costs about 10 µs: after so many, pings and answers of others get their turn. */
const maxWritesPerTurn = 2_000;

/** `path`: what is due to this socket; the tick's own, null when nothing is. */
export type BatchTarget = { pending: FrameSequence | null; write(bytes: Buffer): void };

/**
 * Gathers what every socket is sent in one turn of the event loop and writes it at the end of the turn: one write per
 * socket, whatever the number of frames. Writes are what fan-out costs; bytes are nearly free.
 */
export class WriteBatcher<Socket extends BatchTarget> {
  private root = new FrameSequence(null, emptyBuffer);
  private due: Socket[] = [];
  private scheduled = false;

  add(socket: Socket, frame: Buffer): void {
    if (socket.pending) socket.pending = socket.pending.append(frame);
    else {
      socket.pending = this.root.append(frame);
      this.due.push(socket);
    }
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(this.flush);
  }

  /** Before something that does not go through here, such as a close: what is due to this socket leaves first. */
  flushOne(socket: Socket): void {
    const { pending } = socket;
    socket.pending = null;
    if (pending) socket.write(pending.bytes());
  }

  forget(socket: Socket): void {
    socket.pending = null;
  }

  private readonly flush = (): void => {
    // What is added while this goes on begins anew; sockets that are still due keep the node where they stand.
    this.root = new FrameSequence(null, emptyBuffer);
    const now = this.due.splice(0, maxWritesPerTurn);
    for (const socket of now) this.flushOne(socket);
    if (this.due.length > 0) setImmediate(this.flush);
    else this.scheduled = false;
  };
}
