/** 管理's schedules: what runs by itself, when next, how it went; other times, a pause, now. */
import { dueAfter, parseCron } from "../../domain/cron.ts";
import { fault } from "../../domain/faults.ts";
import { minuteText } from "../../domain/time.ts";
import { recordAudit } from "../../store/audit.ts";
import { jobRuns, jobSettings, saveJobSetting } from "../../store/schedules.ts";
import { field } from "../form.ts";
import { type Html, html } from "../html.ts";
import { asFault } from "../problem.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import type { JobState } from "../schedule/scheduler.ts";
import { page, state } from "./layout.ts";
import { tagged } from "./marks.ts";

const RUNS_SHOWN = 50;

export async function schedulesSection(ask: Ask): Promise<Html> {
  const states = await ask.context.scheduler.states();
  return html`<section><h2>定时任务 <small>${states.length} 个，北京时间</small></h2><table class="tall"><caption class="vh">定时任务</caption><thead><tr><th scope="col">任务</th><th scope="col">时刻</th><th scope="col">下次</th><th scope="col">上次</th><th scope="col">操作</th></tr></thead><tbody>${states.map((one) => jobRow(ask, one))}</tbody></table><p class="note">停机期间错过的，启动后补一次；同一任务不会同时跑两次。去处与备份写在库文件夹的 service.yaml，来源写在 sources.yaml。</p></section>`;
}

function jobRow({ csrf }: Ask, { job, cron, paused, running, next, last }: JobState): Html {
  const path = `/admin/schedules/${encodeURIComponent(job.name)}`;
  const button = (action: string, words: string) =>
    html`<form method="post" action="${path}/${action}"><input type="hidden" name="_csrf" value="${csrf}"><button>${words}<span class="vh">${job.zh}</span></button></form>`;
  return html`<tr><th scope="row"><a class="rowhead" href="${path}">${job.zh}</a></th><td class="mono nw">${cron ?? "只手动"}</td><td class="num nw">${running ? "正在运行" : paused ? "已暂停" : next === undefined ? "—" : minuteText(next)}</td><td>${
    last === undefined
      ? html`<span class="quiet">还没有</span>`
      : html`<span class="num nw">${minuteText(last.startedAt)}</span> ${last.outcome === "failed" && tagged("missed", "没有成功")}<span class="two">${last.detail}</span>`
  }</td><td>${button("run", "立即运行")}${button(paused ? "resume" : "pause", paused ? "恢复" : "暂停")}</td></tr>`;
}

/** One job: its runs, and a form for other times. */
export async function schedulePage(ask: Ask): Promise<Reply> {
  const { job, cron, paused, next } = await stateOf(ask);
  const runs = await jobRuns(ask.store.sql, job.name, RUNS_SHOWN);
  return page(ask, {
    title: job.zh,
    small: paused ? "已暂停" : next === undefined ? "只手动" : html`下次 <span class="num">${minuteText(next)}</span>`,
    current: "/admin",
    crumb: html`<a href="/admin">管理</a>`,
    body: html`<form class="fields" method="post" action="/admin/schedules/${encodeURIComponent(job.name)}"><input type="hidden" name="_csrf" value="${ask.csrf}"><div class="f"><label for="f-cron">时刻：分 时 日 月 周，北京时间${job.cron !== undefined && html`；留空为配置里的 <span class="mono">${job.cron}</span>`}</label><input id="f-cron" name="cron" maxlength="100" value="${cron ?? ""}" class="mono"></div><div><button class="go">改时刻</button></div></form>
<section><h2>运行记录 <small>最近 ${runs.length} 次</small></h2>${
      runs.length === 0
        ? state("还没有运行过。")
        : html`<table><caption class="vh">运行记录，新的在前</caption><thead><tr><th scope="col">开始</th><th scope="col" class="n">用时 <span class="unit">秒</span></th><th scope="col">结果</th><th scope="col">说明</th></tr></thead><tbody>${runs.map((run) => html`<tr><td class="num nw">${minuteText(run.startedAt)}</td><td class="n">${Math.round((run.endedAt - run.startedAt) / 1000)}</td><td>${run.outcome === "done" ? "完成" : tagged("missed", "没有成功")}</td><th scope="row">${run.detail}</th></tr>`)}</tbody></table>`
    }</section>`,
  });
}

async function stateOf({ context, params }: Ask): Promise<JobState> {
  const found = (await context.scheduler.states()).find(({ job }) => job.name === params["job"]);
  if (found === undefined) throw fault("schedule.unknown", { given: params["job"] });
  return found;
}

/** Other times for a job. @throws Fault `schedule.cron` also for times that never come */
export async function changeSchedule(ask: Ask): Promise<Reply> {
  const { job, cron: before } = await stateOf(ask);
  const given = field(ask.body, "cron", 100);
  if (given !== "" && dueAfter(parseCron(given), ask.now.getTime()) === undefined)
    throw fault("schedule.cron", { given, part: "没有这样的日子" }, { parameter: "cron" });
  await setJob(ask, job.name, { cron: given === "" ? undefined : given }, { before, after: given || job.cron });
  return seeOther(`/admin/schedules/${encodeURIComponent(job.name)}`);
}

export async function pauseSchedule(ask: Ask): Promise<Reply> {
  return await setPaused(ask, true);
}

export async function resumeSchedule(ask: Ask): Promise<Reply> {
  return await setPaused(ask, false);
}

async function setPaused(ask: Ask, paused: boolean): Promise<Reply> {
  const { job } = await stateOf(ask);
  await setJob(ask, job.name, { paused }, { before: undefined, after: paused ? "暂停" : "恢复" });
  return seeOther("/admin");
}

async function setJob(
  { context, actor, now }: Ask,
  job: string,
  change: { readonly cron?: string | undefined; readonly paused?: boolean },
  { before, after }: { readonly before: string | undefined; readonly after: string | undefined },
): Promise<void> {
  const at = now.getTime();
  await context.write(async (sql) => {
    const held = (await jobSettings(sql)).get(job);
    const setting = { job, cron: held?.cron, paused: held?.paused ?? false, ...change };
    await saveJobSetting(sql, { ...setting, by: actor.name, at });
    const entry = { at, who: actor.name, role: actor.kind, subject: job, before, after };
    await recordAudit(sql, { ...entry, action: "schedule.change" });
  });
}

/** Begins a job now; its page shows how it went. */
export async function runSchedule(ask: Ask): Promise<Reply> {
  const { context, actor, now } = ask;
  const { job } = await stateOf(ask);
  await context.write((sql) =>
    recordAudit(sql, {
      ...{ at: now.getTime(), who: actor.name, role: actor.kind, action: "schedule.run", subject: job.name },
    }),
  );
  const path = `/admin/schedules/${encodeURIComponent(job.name)}`;
  const run = context.jobs.start(
    job.zh,
    actor.account,
    async () => {
      await context.scheduler.runNow(job.name);
      return path;
    },
    (error) => asFault(error, context.logError, "schedule"),
  );
  return seeOther(`/admin/jobs/${run.id}`);
}
