/** A smallest .xls of Excel 97 (BIFF8 in a compound file), since nothing here writes that format. */

const SECTOR = 512;

/** One sheet of texts and numbers. */
export function xlsOf(name: string, rows: readonly (readonly (string | number)[])[]): Uint8Array {
  return compoundFile("Workbook", workbookStream(name, rows));
}

function record(id: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(body.length, 2);
  return Buffer.concat([head, body]);
}

const words = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [k, value] of values.entries()) buffer.writeUInt16LE(value, k * 2);
  return buffer;
};

/** BIFF8 text: character count, a flag for 16-bit characters, the characters. */
function text(value: string, countBytes: 1 | 2): Buffer {
  const count = Buffer.alloc(countBytes);
  count.writeUIntLE(value.length, 0, countBytes);
  return Buffer.concat([count, Buffer.from([1]), Buffer.from(value, "utf16le")]);
}

function workbookStream(name: string, rows: readonly (readonly (string | number)[])[]): Buffer {
  const shared = [...new Set(rows.flat().filter((cell): cell is string => typeof cell === "string"))];
  const sst = Buffer.alloc(8);
  sst.writeUInt32LE(rows.flat().length, 0);
  sst.writeUInt32LE(shared.length, 4);
  const bof = (kind: number): Buffer =>
    record(0x0809, Buffer.concat([words(0x0600, kind, 0x0dbb, 0x07cc), Buffer.alloc(8)]));
  const eof = record(0x000a, Buffer.alloc(0));
  const xf = record(0x00e0, Buffer.alloc(20));
  const strings = record(0x00fc, Buffer.concat([sst, ...shared.map((one) => text(one, 2))]));
  const sheetHead = (offset: number): Buffer => {
    const at = Buffer.alloc(4);
    at.writeUInt32LE(offset, 0);
    return record(0x0085, Buffer.concat([at, words(0), text(name, 1)]));
  };
  const globals = (offset: number): Buffer => Buffer.concat([bof(0x0005), xf, sheetHead(offset), strings, eof]);
  const cells = rows.flatMap((row, r) => row.map((cell, c) => cellRecord(r, c, cell, shared)));
  return Buffer.concat([globals(globals(0).length), bof(0x0010), ...cells, eof]);
}

function cellRecord(r: number, c: number, cell: string | number, shared: readonly string[]): Buffer {
  const value = Buffer.alloc(typeof cell === "string" ? 4 : 8);
  if (typeof cell === "string") value.writeUInt32LE(shared.indexOf(cell), 0);
  else value.writeDoubleLE(cell, 0);
  return record(typeof cell === "string" ? 0x00fd : 0x0203, Buffer.concat([words(r, c, 0), value]));
}

/** A compound file of one stream: header, one FAT sector, one directory sector, the stream from sector 2 on. */
function compoundFile(stream: string, content: Buffer): Uint8Array {
  const size = Math.max(4096, Math.ceil(content.length / SECTOR) * SECTOR);
  const body = Buffer.concat([content, Buffer.alloc(size - content.length)]);
  const header = Buffer.alloc(SECTOR, 0);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(header);
  words(0x3e, 3, 0xfffe, 9, 6).copy(header, 24);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(4096, 56);
  for (const at of [60, 68]) header.writeUInt32LE(0xfffffffe, at);
  header.fill(0xff, 76);
  header.writeUInt32LE(0, 76);
  const fat = Buffer.alloc(SECTOR, 0xff);
  fat.writeUInt32LE(0xfffffffd, 0);
  fat.writeUInt32LE(0xfffffffe, 4);
  const sectors = size / SECTOR;
  for (let k = 0; k < sectors; k++) fat.writeUInt32LE(k === sectors - 1 ? 0xfffffffe : k + 3, (k + 2) * 4);
  const directory = Buffer.alloc(SECTOR);
  entry("Root Entry", 5, 1, 0xfffffffe, 0).copy(directory, 0);
  entry(stream, 2, 0xffffffff, 2, size).copy(directory, 128);
  for (const at of [256, 384]) entry("", 0, 0xffffffff, 0, 0).copy(directory, at);
  return Buffer.concat([header, fat, directory, body]);
}

function entry(name: string, kind: number, child: number, start: number, size: number): Buffer {
  const bytes = Buffer.alloc(128);
  Buffer.from(name, "utf16le").copy(bytes);
  bytes.writeUInt16LE(name === "" ? 0 : (name.length + 1) * 2, 64);
  bytes[66] = kind;
  bytes[67] = 1;
  for (const at of [68, 72]) bytes.writeUInt32LE(0xffffffff, at);
  bytes.writeUInt32LE(child, 76);
  bytes.writeUInt32LE(start, 116);
  bytes.writeUInt32LE(size, 120);
  return bytes;
}
