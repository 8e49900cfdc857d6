/**
 * Looks through a zip (.docx, .xlsx) before a library unpacks it: a few kilobytes can claim any size.
 *
 * Every entry is read to its end, so that what a zip says about itself is what it holds.
 */
import type { Readable } from "node:stream";
import { type Entry, fromBuffer, type ZipFile } from "yauzl";

const MOST_ENTRIES = 5_000;
const MOST_BYTES = 200_000_000;

/**
 * The names of the entries of a zip.
 *
 * @throws Error in Chinese, with what is wrong with it
 */
export async function zipEntries(bytes: Uint8Array): Promise<readonly string[]> {
  const zip = await opened(bytes);
  return new Promise((resolve, reject) => {
    const names: string[] = [];
    let total = 0;
    const stop = (reason: string) => {
      zip.close();
      reject(new Error(reason));
    };
    zip.on("error", () => stop("压缩内容损坏"));
    zip.on("end", () => resolve(names));
    zip.on("entry", (entry: Entry) => {
      names.push(entry.fileName);
      if (names.length > MOST_ENTRIES) return stop(`压缩包内文件过多（超过 ${MOST_ENTRIES} 个）`);
      if (entry.isEncrypted()) return stop("文件有密码保护");
      if (total + entry.uncompressedSize > MOST_BYTES) return stop("解开后的内容过大");
      zip.openReadStream(entry, (error, stream) => {
        if (error) return stop("压缩内容损坏");
        count(stream).then(
          (size) => {
            total += size;
            zip.readEntry();
          },
          () => stop("压缩内容损坏"),
        );
      });
    });
    zip.readEntry();
  });
}

function opened(bytes: Uint8Array): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
      if (error) reject(new Error("压缩内容损坏或不完整"));
      else resolve(zip);
    });
  });
}

async function count(stream: Readable): Promise<number> {
  let size = 0;
  for await (const chunk of stream) size += (chunk as Buffer).length;
  return size;
}
