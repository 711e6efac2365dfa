-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What a round should pay each provider, computed here from what it submitted: exact for accuracy
-- and penalties of the inflation offer, an estimate for signing. Wei; penalties are negative.

CREATE TABLE chrona_oracle.round_reward (
    chain_id     smallint NOT NULL,
    round        bigint NOT NULL,
    reward_epoch bigint NOT NULL,
    identity     bytea NOT NULL,
    feed_id      bytea NOT NULL, -- the one that was drawn for the round
    accuracy     numeric NOT NULL,
    penalty      numeric NOT NULL,
    signing      numeric NOT NULL,
    PRIMARY KEY (chain_id, round, identity)
);
CREATE INDEX ON chrona_oracle.round_reward (chain_id, identity, reward_epoch);

-- Rounds whose rewards are computed, whoever earned them.
ALTER TABLE chrona_oracle.round ADD COLUMN is_rewarded boolean NOT NULL DEFAULT false;

-- The wrapped coin's supply, of which a provider's vote power counts up to 2.5 %.
ALTER TABLE chrona_oracle.chain ADD COLUMN wrapped_supply numeric;

-- What a transaction of ours carries, in wei.
ALTER TABLE chrona_oracle.outgoing ADD COLUMN value numeric NOT NULL DEFAULT 0;
