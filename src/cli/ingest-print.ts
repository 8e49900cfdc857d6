/** The account of batches as `ingest` and `batch resubmit` print it. */
import type { BatchResult, FileResult } from "../../ingest/pipeline.ts";
import { REFUSE_REASONS, REJECT_REASONS, type RefuseReason, type RejectReason } from "../domain/reject.ts";
import { HOUR_MIN_MINUTES } from "../standards/gb3095-validity.ts";
import type { Effects } from "./command.ts";

/** Whether something of it could be used. */
export function isUsable(result: BatchResult): boolean {
  return result.files.some((file) => file.outcome === "read") && (result.read === 0 || result.rejected < result.read);
}

/** A file that was meant and could not be read; one of another name was not meant. */
export function isRefused(file: FileResult): boolean {
  return file.outcome === "refused" && file.reason !== "file.name";
}

/** Why nothing could be used. */
export function reasonsOf(results: readonly BatchResult[]): string {
  const files = results.flatMap((result) => result.files);
  const refused = files.filter((file) => file.outcome === "refused");
  const words = [...new Set(refused.map((file) => refuseZh(file.reason)))];
  const rejects = results.flatMap((result) => result.rejects.map((one) => `${rejectZh(one.reason)} ${one.count} 处`));
  return [...words, ...rejects].join("；") || "没有文件";
}

function refuseZh(reason: RefuseReason | undefined): string {
  return reason === undefined ? "" : REFUSE_REASONS[reason].zh;
}

function rejectZh(reason: string): string {
  return REJECT_REASONS[reason as RejectReason].zh;
}

/** In the keys of the contract. */
export function batchJson(result: BatchResult) {
  const { id, source, format, unit, files, rejects, registered, warnings, minutes, ...account } = result;
  return {
    ...{ id: id ?? null, source, format, unit, files, ...account, rejects, registered, warnings },
    ...(minutes === undefined ? {} : { minutes }),
  };
}

export function printBatch(result: BatchResult, { out, err }: Effects, dryRun: boolean): void {
  const n = (count: number): string => count.toLocaleString("en-US");
  const unit = result.unit === "cell" ? "格" : "行";
  const title = dryRun ? "演算（未入库）" : result.id === undefined ? "未入库" : `批次 ${result.id}`;
  const read = result.files.filter((file) => file.outcome === "read").length;
  out(`${title}  ${result.source}  [${result.format}]  文件 ${read}/${result.files.length}`);
  out(
    `  读取 ${n(result.read)} ${unit} = 新增 ${n(result.inserted)} + 更正 ${n(result.corrected)} + 未变 ${n(result.unchanged)} + 让位 ${n(result.outranked)} + 拒收 ${n(result.rejected)}；缺测 ${n(result.missing)}，不取 ${n(result.ignored)}`,
  );
  for (const { reason, count } of result.rejects) {
    out(`  拒收 ${n(count)} ${unit}：${rejectZh(reason)} [${reason}]`);
  }
  for (const file of result.files.filter(isRefused)) {
    err(`  未取文件 ${file.file}：${refuseZh(file.reason)} [${file.reason}]`);
  }
  if (result.minutes !== undefined) {
    const { touched, short } = result.minutes;
    out(`  分钟值求得 ${n(touched - short)} 个小时值；不足 ${HOUR_MIN_MINUTES} 分钟、暂不出小时值 ${n(short)} 个`);
  }
  for (const warning of result.warnings) err(`  警告：${warning.zh}`);
  if (result.registered.length > 0) out(`  新登记地点 ${result.registered.length} 个`);
  if (result.id !== undefined && result.rejected > 0) out(`  逐条查看：duibiao batch rejects ${result.id}`);
}
