-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Definitions of the user's own beside the shipped ones; signals with their single folds.

ALTER TABLE chrona_signal.definition
    ADD COLUMN is_own boolean NOT NULL DEFAULT false,
    ADD COLUMN fault  text NOT NULL DEFAULT ''; -- why it could not be built; empty: it could

-- Walk-forward folds, oldest first. Of runs before this there are none.
ALTER TABLE chrona_signal.signal
    ADD COLUMN fold_days    bigint[] NOT NULL DEFAULT '{}', -- since 1970: trained until, begin, end …
    ADD COLUMN fold_windows smallint[] NOT NULL DEFAULT '{}', -- lag, horizon …
    ADD COLUMN fold_effects double precision[] NOT NULL DEFAULT '{}', -- NaN: not measured
    ADD COLUMN fold_rows    double precision[] NOT NULL DEFAULT '{}';
