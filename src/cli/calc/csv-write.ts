/**
 * Rows out as UTF-8, in pieces.
 *
 * Each row is encoded at once into the piece's own bytes: three times as fast as growing one long text, which becomes
 * two bytes a character with the first Chinese word in it and is flattened and encoded again at the end.
 */

/** A piece holds about this many bytes; a longer row makes a piece of its own. */
const PIECE_BYTES = 1 << 18;

/** A UTF-16 unit takes at most this many bytes in UTF-8. */
const MOST_BYTES = 3;

export type RowWriter = {
  /** Takes one row; true when the piece should be handed on with `flush` before the next. */
  readonly row: (text: string) => boolean;
  /** Hands the piece on, waiting for a slow reader. */
  readonly flush: () => Promise<void>;
};

/** Rows written to `write`; the caller ends with `flush`. Every piece has its own bytes, as the reader may keep them. */
export function rowWriter(write: (piece: Uint8Array) => Promise<void>): RowWriter {
  let piece = Buffer.allocUnsafe(PIECE_BYTES);
  let used = 0;
  return {
    row(text) {
      const most = (text.length + 1) * MOST_BYTES;
      if (used + most > piece.length) {
        const kept = piece.subarray(0, used);
        piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, used + most));
        piece.set(kept);
      }
      used += piece.write(text, used, "utf8");
      piece[used++] = NEW_LINE;
      return used > PIECE_BYTES - FULL_BELOW;
    },
    async flush() {
      const full = piece.subarray(0, used);
      piece = Buffer.allocUnsafe(PIECE_BYTES);
      used = 0;
      if (full.length > 0) await write(full);
    },
  };
}

const NEW_LINE = 10;

/** Room an ordinary row needs: with less left, the piece is full. */
const FULL_BELOW = 4096;
