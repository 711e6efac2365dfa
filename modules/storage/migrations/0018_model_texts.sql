-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What a language model made of the facts of a briefing, by what it was asked. Empty: its words did
-- not hold against the facts, and it is not asked again.

CREATE TABLE chrona_brief.model_text (
    asked   bytea PRIMARY KEY CHECK (octet_length(asked) = 16),
    model   text NOT NULL,
    text    text NOT NULL,
    made_at timestamptz NOT NULL
);
