/** `duibiao demo`: a simulated city through the real pipeline to a briefing and pages; never mixed into a real store. */
import { Fault } from "../domain/faults.ts";
import { dayText, parseDay } from "../domain/time.ts";
import { command } from "./command.ts";
import { lastDayOver } from "./question.ts";

export const demo = command({
  name: "demo",
  zh: "模拟城市：生成源文件，走真实流程，写出简报（不与真实库混放）",
  words: [],
  options: {
    until: { type: "string", value: "DATE", zh: "模拟到哪一天（默认昨天），例如 2026-10-31" },
    out: { type: "string", value: "DIR", zh: "输出文件夹（默认 ./demo）" },
    fresh: { type: "boolean", zh: "即使已有同一天的演示也重新生成" },
    serve: { type: "boolean", zh: "生成后在本机打开网页服务" },
    port: { type: "string", value: "N", zh: "网页端口（默认 8420）" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao demo", "duibiao demo --until 2026-10-31 --out demo-10 --serve"],
  async run(_words, options, effects) {
    const until = options.until === undefined ? dayText(lastDayOver(effects.now())) : dayText(parseDay(options.until));
    const { openDemo } = await import("./demo-city.ts");
    const out = options.out ?? "demo";
    const say = options.json ? () => undefined : effects.out;
    const made = await openDemo({
      out,
      until,
      fresh: options.fresh,
      now: effects.now(),
      say,
      progress: effects.progress,
    });
    try {
      const { period, briefing, summary, batches, reused } = made;
      if (options.json)
        effects.out(
          JSON.stringify({
            out,
            until,
            period: period.text,
            briefing,
            summary,
            reused,
            batches: batches.map(({ files, ...batch }) => ({ ...batch, files: files.length })),
          }),
        );
      else {
        effects.out("");
        effects.out(`${reused ? "已有同一天的模拟城市，直接打开。" : "模拟城市已生成。"}全部为模拟数据。`);
        effects.out(`简报：${briefing}`);
        for (const sentence of summary) effects.out(`  ${sentence}`);
      }
      if (!options.serve) return 0;
      const { serveUntilStopped } = await import("./serve.ts");
      const briefingsDir = `${out}/briefings`;
      try {
        return await serveUntilStopped(made.store, effects, { port: options.port, briefingsDir });
      } catch (problem) {
        // Someone who only wants to look need not care which port is free; who named a port is told.
        const taken = problem instanceof Fault && problem.code === "server.port-in-use" && options.port === undefined;
        if (!taken) throw problem;
        return await serveUntilStopped(made.store, effects, { port: "0", briefingsDir });
      }
    } finally {
      await made.store.close();
    }
  },
});
