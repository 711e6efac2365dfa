-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The minimal condition that lies on another chain: a provider's validators, and passes as the
-- network publishes them. Amounts are wei.

-- Registered with the provider for a reward epoch; what the other chain says of them is null until
-- it was asked.
CREATE TABLE chrona_oracle.validator (
    chain_id     smallint NOT NULL REFERENCES chrona_oracle.chain,
    reward_epoch bigint NOT NULL,
    identity     bytea NOT NULL,
    node         bytea NOT NULL CHECK (length(node) = 20),
    weight       numeric NOT NULL,          -- its stake as mirrored at the vote power block
    self_bond    numeric,
    stake        numeric,
    uptime       double precision,          -- percent since it began, by the node that was asked
    checks       bigint NOT NULL DEFAULT 0, -- looks, and in how many of them it was connected
    connected    bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (chain_id, reward_epoch, identity, node)
);

CREATE TABLE chrona_oracle.published_passes (
    chain_id     smallint NOT NULL REFERENCES chrona_oracle.chain,
    reward_epoch bigint NOT NULL,
    identity     bytea NOT NULL,
    passes       smallint NOT NULL,
    is_paid      boolean NOT NULL, -- false: all rewards of the reward epoch are burnt
    PRIMARY KEY (chain_id, reward_epoch, identity)
);
