/**
 * The schema, as numbered migrations. One that was released is never edited: a new number is added.
 *
 * `reading` has no primary key and no index on purpose: merging by key without one is several times faster and the
 * file a tenth of the size. That a key stands once is the pipeline's promise; `doctor` checks it.
 */

import { createSideTable } from "./side-tables.ts";

export type Migration = { readonly version: number; readonly statements: readonly string[] };

const ACCOUNT = `"read" BIGINT NOT NULL, inserted BIGINT NOT NULL, corrected BIGINT NOT NULL, unchanged BIGINT NOT NULL,
  outranked BIGINT NOT NULL, rejected BIGINT NOT NULL, missing BIGINT NOT NULL, ignored BIGINT NOT NULL`;

const READING = `place INTEGER NOT NULL, indicator USMALLINT NOT NULL, start TIMESTAMP NOT NULL, span UTINYINT NOT NULL,
  value DECIMAL(18,8) NOT NULL, flag USMALLINT NOT NULL, grade UTINYINT NOT NULL`;

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    statements: [
      "CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)",
      `CREATE TABLE place (id INTEGER PRIMARY KEY, code VARCHAR UNIQUE NOT NULL, kind VARCHAR NOT NULL, name VARCHAR NOT NULL,
        parent INTEGER, time_zone VARCHAR NOT NULL, attributes VARCHAR NOT NULL, batch INTEGER)`,
      'CREATE TABLE place_alias (place INTEGER NOT NULL, name VARCHAR NOT NULL, "from" INTEGER, "to" INTEGER)',
      `CREATE TABLE station_set (place INTEGER NOT NULL, purpose VARCHAR NOT NULL, station INTEGER NOT NULL,
        "from" INTEGER, "to" INTEGER)`,
      `CREATE TABLE reading (${READING}, batch INTEGER NOT NULL)`,
      `CREATE TABLE history (${READING}, batch_from INTEGER NOT NULL, batch_to INTEGER NOT NULL)`,
      `CREATE TABLE batch (id INTEGER PRIMARY KEY, made_at TIMESTAMP NOT NULL, kind VARCHAR NOT NULL, undoes INTEGER,
        format VARCHAR NOT NULL, source VARCHAR NOT NULL, unit VARCHAR NOT NULL, grade UTINYINT NOT NULL,
        input_digest VARCHAR NOT NULL, low TIMESTAMP, high TIMESTAMP, ${ACCOUNT})`,
      `CREATE TABLE batch_file (batch INTEGER NOT NULL, file INTEGER NOT NULL, name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
        original VARCHAR NOT NULL, outcome VARCHAR NOT NULL, reason VARCHAR, ${ACCOUNT})`,
      `CREATE TABLE reject (batch INTEGER NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL, "column" VARCHAR NOT NULL,
        raw VARCHAR NOT NULL, reason VARCHAR NOT NULL, detail VARCHAR)`,
      `CREATE TABLE daily (place INTEGER NOT NULL, indicator USMALLINT NOT NULL, day INTEGER NOT NULL, span UTINYINT NOT NULL,
        n USMALLINT NOT NULL, total DECIMAL(38,8) NOT NULL, max DECIMAL(18,8) NOT NULL, valid BOOLEAN NOT NULL,
        mda8 DECIMAL(38,8), windows UTINYINT, mda8_valid BOOLEAN)`,
    ],
  },
  {
    version: 2,
    statements: [
      // Figures are texts (47500, 100/3): a share in percent is rarely a decimal. Rows are only ever added.
      `CREATE TABLE tally (id INTEGER PRIMARY KEY, target VARCHAR NOT NULL, part VARCHAR NOT NULL, date INTEGER NOT NULL,
        kind VARCHAR NOT NULL, value VARCHAR NOT NULL, unit VARCHAR NOT NULL, numerator VARCHAR, denominator VARCHAR,
        base VARCHAR, reporter VARCHAR NOT NULL, department VARCHAR NOT NULL, note VARCHAR NOT NULL, entered_at BIGINT NOT NULL)`,
      `CREATE TABLE target_setting (id INTEGER PRIMARY KEY, target VARCHAR NOT NULL, tolerance VARCHAR, external VARCHAR,
        set_by VARCHAR NOT NULL, note VARCHAR NOT NULL, set_at BIGINT NOT NULL)`,
    ],
  },
  {
    version: 3,
    statements: (["published_rank", "complaint", "dust_period", "period_window"] as const).map(createSideTable),
  },
  {
    version: 4,
    statements: [
      // What a batch is about to change in an InfluxDB, and what was there before (NULL value: nothing).
      "CREATE TABLE influx_intent (id BIGINT NOT NULL, rows BIGINT NOT NULL, low TIMESTAMP NOT NULL, high TIMESTAMP NOT NULL)",
      `CREATE TABLE influx_intent_row (intent BIGINT NOT NULL, place VARCHAR NOT NULL, indicator VARCHAR NOT NULL,
        span VARCHAR NOT NULL, start TIMESTAMP NOT NULL, value DECIMAL(18,8), flag USMALLINT, grade UTINYINT, batch INTEGER)`,
      "CREATE TABLE influx_done (id BIGINT NOT NULL)",
    ],
  },
  {
    version: 5,
    statements: [
      // Accounts, tokens and the audit only ever grow: the last row of an id is the current one.
      `CREATE TABLE account_row (seq INTEGER PRIMARY KEY, id INTEGER NOT NULL, name VARCHAR NOT NULL, password VARCHAR NOT NULL,
        role VARCHAR NOT NULL, bound VARCHAR, active BOOLEAN NOT NULL, "at" BIGINT NOT NULL)`,
      `CREATE TABLE token_row (seq INTEGER PRIMARY KEY, id INTEGER NOT NULL, account INTEGER NOT NULL, name VARCHAR NOT NULL,
        digest VARCHAR NOT NULL, scope VARCHAR NOT NULL, expires_at BIGINT NOT NULL, revoked BOOLEAN NOT NULL, "at" BIGINT NOT NULL)`,
      `CREATE TABLE audit (id INTEGER PRIMARY KEY, "at" BIGINT NOT NULL, who VARCHAR NOT NULL, role VARCHAR NOT NULL,
        action VARCHAR NOT NULL, subject VARCHAR NOT NULL, before VARCHAR, after VARCHAR, digest VARCHAR NOT NULL)`,
    ],
  },
  {
    version: 6,
    statements: [
      `CREATE TABLE source_run (source VARCHAR NOT NULL, started_at BIGINT NOT NULL, ended_at BIGINT NOT NULL, outcome VARCHAR NOT NULL,
        detail VARCHAR NOT NULL, until_day INTEGER, batches VARCHAR NOT NULL, read_units BIGINT NOT NULL, inserted BIGINT NOT NULL,
        corrected BIGINT NOT NULL, rejected BIGINT NOT NULL)`,
      "CREATE TABLE source_answer (source VARCHAR NOT NULL, url VARCHAR NOT NULL, etag VARCHAR, modified VARCHAR, seen_at BIGINT NOT NULL)",
    ],
  },
  {
    version: 7,
    statements: [
      // A briefing's states: draft, published. The last row of an id is the current one.
      `CREATE TABLE briefing_row (seq INTEGER PRIMARY KEY, id INTEGER NOT NULL, name VARCHAR NOT NULL, period VARCHAR NOT NULL,
        place VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, state VARCHAR NOT NULL, data_version VARCHAR NOT NULL,
        made_by VARCHAR NOT NULL, published_by VARCHAR, "at" BIGINT NOT NULL)`,
    ],
  },
  {
    version: 8,
    statements: [
      // Frozen briefings: `facts` is what they said, as JSON. A correction is a row with the next version.
      `CREATE TABLE published_briefing (id INTEGER PRIMARY KEY, kind VARCHAR NOT NULL, place VARCHAR NOT NULL,
        period VARCHAR NOT NULL, version INTEGER NOT NULL, name VARCHAR NOT NULL, issue VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL, digest VARCHAR NOT NULL, facts VARCHAR NOT NULL, reason VARCHAR NOT NULL,
        published_by VARCHAR NOT NULL, "at" BIGINT NOT NULL)`,
    ],
  },
  {
    version: 9,
    statements: [
      // One table for what the pages and the command line make: states of briefings. Drafts of before kept neither
      // their inputs nor what they said, so they cannot be let out by today's rule: they are made again.
      `CREATE TABLE briefing (seq INTEGER PRIMARY KEY, id INTEGER NOT NULL, made_with INTEGER NOT NULL, state VARCHAR NOT NULL,
        kind VARCHAR NOT NULL, place VARCHAR NOT NULL, period VARCHAR NOT NULL, version INTEGER NOT NULL, name VARCHAR NOT NULL,
        issue VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, digest VARCHAR NOT NULL, facts VARCHAR NOT NULL, reason VARCHAR NOT NULL,
        made_by VARCHAR NOT NULL, published_by VARCHAR NOT NULL, "at" BIGINT NOT NULL)`,
      `INSERT INTO briefing SELECT row_number() OVER (ORDER BY id), id, id, 'published', kind, place, period, version, name, issue,
        sha256, digest, facts, reason, published_by, published_by, "at" FROM published_briefing`,
      `INSERT INTO briefing WITH last AS (SELECT coalesce(max(id), 0) AS id, coalesce(max(seq), 0) AS seq FROM briefing),
          newest AS (SELECT place, period, max(version) AS version FROM briefing WHERE kind = 'district' GROUP BY ALL),
          old AS (SELECT * FROM briefing_row QUALIFY seq = max(seq) OVER (PARTITION BY id)),
          numbered AS (SELECT *, row_number() OVER (ORDER BY "at", id) AS turn,
            row_number() OVER (PARTITION BY place, period ORDER BY "at", id) AS nth FROM old WHERE state = 'published')
        SELECT last.seq + turn, last.id + turn, last.id + turn, 'published', 'district', place, period,
          coalesce(newest.version, 0) + nth, name, '', sha256, '', '{"standings":{},"figures":{}}', '', made_by,
          coalesce(published_by, ''), "at" FROM numbered LEFT JOIN newest USING (place, period) CROSS JOIN last`,
      "DROP TABLE published_briefing",
      "DROP TABLE briefing_row",
    ],
  },
  {
    version: 10,
    statements: [
      // Lines of an earlier batch that were rejected there and handed in again, put right.
      "CREATE TABLE mended (batch INTEGER NOT NULL, mends INTEGER NOT NULL, file VARCHAR NOT NULL, line INTEGER NOT NULL)",
    ],
  },
  {
    version: 11,
    statements: [
      // Times people set for jobs, and runs of jobs. The last setting of a job holds.
      `CREATE TABLE job_setting (seq INTEGER PRIMARY KEY, job VARCHAR NOT NULL, cron VARCHAR, paused BOOLEAN NOT NULL,
        who VARCHAR NOT NULL, "at" BIGINT NOT NULL)`,
      `CREATE TABLE job_run (seq INTEGER PRIMARY KEY, job VARCHAR NOT NULL, started_at BIGINT NOT NULL, ended_at BIGINT NOT NULL,
        outcome VARCHAR NOT NULL, detail VARCHAR NOT NULL)`,
      // Alerts: states of an episode (open, ended), who asked for silence and why, and what was sent to whom.
      `CREATE TABLE alert (seq INTEGER PRIMARY KEY, id INTEGER NOT NULL, kind VARCHAR NOT NULL, rule VARCHAR NOT NULL,
        code VARCHAR NOT NULL, indicator VARCHAR NOT NULL, subject VARCHAR NOT NULL, words VARCHAR NOT NULL,
        first_day INTEGER NOT NULL, state VARCHAR NOT NULL, "at" BIGINT NOT NULL)`,
      `CREATE TABLE alert_mute (seq INTEGER PRIMARY KEY, rule VARCHAR NOT NULL, code VARCHAR NOT NULL, indicator VARCHAR NOT NULL,
        until_day INTEGER NOT NULL, reason VARCHAR NOT NULL, who VARCHAR NOT NULL, "at" BIGINT NOT NULL)`,
      `CREATE TABLE alert_message (seq INTEGER PRIMARY KEY, alert INTEGER, channel VARCHAR NOT NULL, outcome VARCHAR NOT NULL,
        detail VARCHAR NOT NULL, "at" BIGINT NOT NULL)`,
    ],
  },
  { version: 12, statements: [createSideTable("section_state")] },
  {
    version: 13,
    // The batch that only adds to an InfluxDB: its points are known by its number, so no list of keys is kept.
    statements: ["ALTER TABLE influx_intent ADD COLUMN adds INTEGER"],
  },
  {
    version: 14,
    // One row an account at most, and gone when switched off: a secret that counts no more is not kept. No key, so that
    // a row can be put in another's place within a transaction.
    statements: [
      `CREATE TABLE second_factor (account INTEGER NOT NULL, secret VARCHAR NOT NULL, last_step BIGINT NOT NULL,
        recovery VARCHAR NOT NULL, "at" BIGINT NOT NULL)`,
    ],
  },
];

/** The newest schema this program knows. */
export const SCHEMA_VERSION = MIGRATIONS.at(-1)?.version ?? 0;
