/**
 * The frames that one socket is sent in one turn, as a node of a trie. Sockets that are sent the same frames in the
 * same order share a node, so their bytes are concatenated once.
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
/** A write takes about 10 µs: after this many, the event loop gets a turn for pings and calls. */
const maxWritesPerTurn = 2_000;

/** `pending`: the frames to send to this target; null when there are none. Only the batcher sets it. */
export type BatchTarget = { pending: FrameSequence | null; write(bytes: Buffer): void };

/**
 * Collects the frames of one turn of the event loop and writes them at its end: one write per socket, whatever the
 * number of frames. The cost of fan-out is the number of writes, not of bytes.
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

  /** Writes a socket's frames now, before something that bypasses the batcher, such as a close. */
  flushOne(socket: Socket): void {
    const { pending } = socket;
    socket.pending = null;
    if (pending) socket.write(pending.bytes());
  }

  forget(socket: Socket): void {
    socket.pending = null;
  }

  private readonly flush = (): void => {
    // Frames added during the flush start a new trie; sockets that are not flushed yet keep their node.
    this.root = new FrameSequence(null, emptyBuffer);
    const now = this.due.splice(0, maxWritesPerTurn);
    for (const socket of now) this.flushOne(socket);
    if (this.due.length > 0) setImmediate(this.flush);
    else this.scheduled = false;
  };
}
