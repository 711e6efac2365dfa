-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A person's own rules, and what crossed them: each thing once, whoever looks and however often.

-- Minutes of a person's day; both absent: the hours that hold for all rules.
CREATE TABLE chrona_brief.alert_rule (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name           text NOT NULL UNIQUE,
    watch          smallint NOT NULL,
    is_enabled     boolean NOT NULL,
    words          text[] NOT NULL,
    types          bigint NOT NULL,
    regions        text[] NOT NULL,
    about          text[] NOT NULL,
    severity_min   double precision NOT NULL,
    confidence_min double precision NOT NULL,
    relevance_min  double precision NOT NULL,
    threshold      double precision NOT NULL,
    urgency        smallint NOT NULL,
    quiet_from     smallint,
    quiet_until    smallint,
    rearm_seconds  bigint NOT NULL,
    grouping_kind  smallint NOT NULL,
    revision       integer NOT NULL DEFAULT 1 CHECK (revision >= 1),
    changed_at     timestamptz NOT NULL DEFAULT now(),
    is_shipped     boolean NOT NULL DEFAULT false,
    is_hidden      boolean NOT NULL DEFAULT false -- shipped and removed: it does not come back
);

-- What is told outlives its rule. Without announced_at it waits for the end of quiet hours.
CREATE TABLE chrona_brief.alert (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule_id      bigint NOT NULL,
    name         text NOT NULL,
    watch        smallint NOT NULL,
    urgency      smallint NOT NULL,
    group_key    text NOT NULL,
    raised_at    timestamptz NOT NULL,
    announced_at timestamptz,
    count        bigint NOT NULL,
    synthetic    boolean NOT NULL
);
CREATE INDEX ON chrona_brief.alert (raised_at);
CREATE INDEX ON chrona_brief.alert (rule_id, group_key, raised_at);
CREATE INDEX ON chrona_brief.alert (announced_at);

-- `holds`: a state that lasts, such as a signal that is elevated; it can cross again when it ended.
CREATE TABLE chrona_brief.alert_crossing (
    rule_id  bigint NOT NULL,
    subject  text NOT NULL,
    alert_id bigint REFERENCES chrona_brief.alert ON DELETE CASCADE,
    kind     smallint NOT NULL,
    ref_id   bigint NOT NULL,
    title    text NOT NULL,
    measured double precision NOT NULL,
    limit_at double precision NOT NULL,
    at       timestamptz NOT NULL,
    holds    boolean NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (rule_id, subject)
);
CREATE INDEX ON chrona_brief.alert_crossing (alert_id);

-- Alerts stand in a table of their own now.
ALTER TABLE chrona_brief.hourly_update DROP COLUMN alerts;
