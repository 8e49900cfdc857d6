/** The routes of pages, pictures and exports, with the permission each needs. */
import { fault } from "../../domain/faults.ts";
import type { Route } from "../route.ts";
import { addAccount, addToken, adminPage, auditCsv, auditPage, changeAccount, revokeToken } from "./admin.ts";
import { airPage } from "./air.ts";
import { alertsPage, muteAlert } from "./alerts.ts";
import { makeBriefing } from "./briefing-make.ts";
import { draftPdf, publishBriefing } from "./briefing-publish.ts";
import { publishedFile, publishedPage, verifyFile, verifyPage } from "./briefing-published.ts";
import { briefingFile, briefingsPage } from "./briefings.ts";
import { changesPage } from "./changes.ts";
import { cumulativePicture } from "./chart-picture.ts";
import { batchPage, coveragePage, dataPage, rejectsCsv } from "./data.ts";
import { explainPage } from "./explain.ts";
import { rankCsv, rankXlsx, targetsCsv, targetsXlsx } from "./exports.ts";
import { dryRun, importUpload, jobPage, mapPage, mapUpload, UPLOAD_BYTES, undo, uploadPage } from "./import.ts";
import { accountPage, changePassword, endOtherSessions, login, loginPage, logout, setup, setupPage } from "./login.ts";
import { codePage, loginCode } from "./login-code.ts";
import { rejectsXlsx, resubmitFixes } from "./mend.ts";
import { methodPage, methodsPage } from "./methods.ts";
import { noisePage } from "./noise.ts";
import { rankPage } from "./rank.ts";
import { makeReset, resetPage, resetPassword } from "./reset.ts";
import { saveSource } from "./save-source.ts";
import { changeSchedule, pauseSchedule, resumeSchedule, runSchedule, schedulePage } from "./schedules.ts";
import { searchPage } from "./search.ts";
import { factorPage, factorPicture } from "./second-factor.ts";
import { changeFactor, confirmFactor, resetFactor } from "./second-factor-change.ts";
import { enterTally } from "./tally-entry.ts";
import { targetPage } from "./target.ts";
import { targetsPage } from "./targets.ts";
import { tasksPage } from "./tasks.ts";
import { todayPage } from "./today.ts";
import { townshipPage } from "./township.ts";
import { townshipsPage } from "./townships.ts";
import { sectionPage, waterPage } from "./water.ts";

const page = (path: string, needs: Route["needs"], handle: Route["handle"]): Route => ({
  method: "get",
  path,
  needs,
  cached: true,
  handle,
});

/** Never kept: it holds a form's token, or what changes without the data changing. */
const fresh = (path: string, needs: Route["needs"], handle: Route["handle"]): Route => ({
  method: "get",
  path,
  needs,
  handle,
});

const post = (path: string, needs: Route["needs"], handle: Route["handle"]): Route => ({
  method: "post",
  path,
  needs,
  handle,
});

const streamJob: NonNullable<Route["stream"]> = ({ jobs }, params, _actor, response) => {
  const job = jobs.find(params["id"] ?? "");
  if (job === undefined) throw fault("job.unknown", { given: params["id"] });
  jobs.stream(job, response);
};

const ofTownship: Route["subject"] = ({ params }) => ({ township: params["code"] });

export const PAGE_ROUTES: readonly Route[] = [
  page("/", "view", todayPage),
  { ...fresh("/alerts", "alert.view", alertsPage), some: true },
  post("/alerts/:id/mute", "alert.mute", muteAlert),
  page("/air", "view", airPage),
  page("/charts/cumulative.svg", "view", cumulativePicture),
  page("/rank", "view", rankPage),
  page("/rank.csv", "view", rankCsv),
  page("/rank.xlsx", "view", rankXlsx),
  page("/townships", "view", townshipsPage),
  { ...page("/township/:code", "view.detail", townshipPage), subject: ofTownship },
  page("/water", "view", waterPage),
  page("/water/:code", "view", sectionPage),
  { ...page("/noise", "view.complaints", noisePage), some: true },
  page("/targets", "view", targetsPage),
  page("/targets.csv", "view", targetsCsv),
  page("/targets.xlsx", "view", targetsXlsx),
  // Holds a form with the token of its session, so it is never kept.
  fresh("/targets/:id", "view", targetPage),
  page("/tasks", "view", tasksPage),
  { ...fresh("/briefings", "briefing.view", briefingsPage), some: true },
  { ...fresh("/briefings/verify", "briefing.view", verifyPage), some: true },
  { ...post("/briefings/verify", "briefing.view", verifyFile), some: true, upload: UPLOAD_BYTES },
  { ...fresh("/briefings/published/:id", "briefing.view", publishedPage), some: true },
  { ...fresh("/briefings/published/:id/file", "briefing.view", publishedFile), some: true },
  { ...fresh("/briefings/:file", "briefing.view", briefingFile), some: true },
  post("/briefings/make", "briefing.make", makeBriefing),
  fresh("/briefings/jobs/:id", "briefing.make", jobPage),
  { ...fresh("/briefings/jobs/:id/events", "briefing.make", jobPage), stream: streamJob },
  fresh("/briefings/drafts/:id", "briefing.make", draftPdf),
  post("/briefings/drafts/:id/publish", "briefing.publish", publishBriefing),
  page("/changes", "changes.view", changesPage),
  page("/data", "data.view", dataPage),
  page("/data/coverage", "data.view", coveragePage),
  fresh("/data/batches/:id", "data.view", batchPage),
  page("/data/batches/:id/rejects.csv", "data.view", rejectsCsv),
  page("/data/batches/:id/rejects.xlsx", "data.import", rejectsXlsx),
  page("/explain/:indicator", "view", explainPage),
  page("/methods", "view", methodsPage),
  page("/methods/:indicator", "view", methodPage),
  page("/search", "view", searchPage),
  fresh("/login", "open", loginPage),
  post("/login", "open", login),
  fresh("/login/code", "open", codePage),
  post("/login/code", "open", loginCode),
  post("/logout", "open", logout),
  fresh("/setup", "open", setupPage),
  post("/setup", "open", setup),
  fresh("/account", "open", accountPage),
  post("/account", "open", changePassword),
  post("/account/sessions", "open", endOtherSessions),
  fresh("/account/second-factor", "open", factorPage),
  fresh("/account/second-factor.svg", "open", factorPicture),
  post("/account/second-factor", "open", confirmFactor),
  post("/account/second-factor/change", "open", changeFactor),
  fresh("/reset", "open", resetPage),
  post("/reset", "open", resetPassword),
  { ...post("/targets/:id/tally", "tally.enter", enterTally), some: true },
  fresh("/data/upload", "data.import", uploadPage),
  { ...post("/data/upload", "data.import", dryRun), upload: UPLOAD_BYTES },
  fresh("/data/map", "data.import", mapPage),
  post("/data/map", "data.import", mapUpload),
  post("/data/import", "data.import", importUpload),
  fresh("/data/jobs/:id", "data.import", jobPage),
  { ...fresh("/data/jobs/:id/events", "data.import", jobPage), stream: streamJob },
  post("/data/batches/:id/undo", "data.import", undo),
  post("/data/batches/:id/source", "operate", saveSource),
  { ...post("/data/batches/:id/resubmit", "data.import", resubmitFixes), upload: UPLOAD_BYTES },
  fresh("/admin", "operate", adminPage),
  post("/admin/accounts", "accounts", addAccount),
  post("/admin/accounts/:id", "accounts", changeAccount),
  post("/admin/accounts/:id/reset", "accounts", makeReset),
  post("/admin/accounts/:id/second-factor", "accounts", resetFactor),
  post("/admin/tokens", "accounts", addToken),
  post("/admin/tokens/:id/revoke", "accounts", revokeToken),
  fresh("/admin/jobs/:id", "operate", jobPage),
  { ...fresh("/admin/jobs/:id/events", "operate", jobPage), stream: streamJob },
  fresh("/admin/schedules/:job", "operate", schedulePage),
  post("/admin/schedules/:job", "operate", changeSchedule),
  post("/admin/schedules/:job/pause", "operate", pauseSchedule),
  post("/admin/schedules/:job/resume", "operate", resumeSchedule),
  post("/admin/schedules/:job/run", "operate", runSchedule),
  fresh("/admin/audit", "audit", auditPage),
  fresh("/admin/audit.csv", "audit", auditCsv),
];
