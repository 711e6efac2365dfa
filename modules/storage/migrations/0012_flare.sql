-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The price oracle on chain. Three kinds of tables: what was read (block, call, log: taken back when
-- the chain is reorganised), what follows from it (computed anew at any time), and what is ours
-- (commitment, outgoing: never taken back). Times are the chain's own whole unix seconds; amounts
-- are wei.

CREATE TABLE chrona_oracle.chain (
    id          smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    network     text NOT NULL UNIQUE,
    first_block bigint, -- the indexer's unbroken run of blocks; null: nothing yet
    next_block  bigint,
    first_s     bigint, -- the time of its first block
    last_s      bigint  -- and of its last
);

CREATE TABLE chrona_oracle.contract (
    chain_id   smallint NOT NULL REFERENCES chrona_oracle.chain,
    name       text NOT NULL,
    address    bytea NOT NULL CHECK (length(address) = 20),
    is_changed boolean NOT NULL DEFAULT false,
    read_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (chain_id, name)
);

-- The newest blocks, so that a reorganisation is seen.
CREATE TABLE chrona_oracle.block (
    chain_id smallint NOT NULL,
    number   bigint NOT NULL,
    time_s   bigint NOT NULL,
    hash     bytea NOT NULL,
    PRIMARY KEY (chain_id, number)
);

-- Calls of the Submission contract, whoever sent them and whatever they say.
CREATE TABLE chrona_oracle.call (
    chain_id smallint NOT NULL,
    block    bigint NOT NULL,
    position integer NOT NULL, -- in the block
    time_s   bigint NOT NULL,
    kind     smallint NOT NULL, -- 1, 2, 3: submitN; 4: submitSignatures
    sender   bytea NOT NULL,
    hash     bytea NOT NULL,
    data     bytea NOT NULL, -- with the selector
    PRIMARY KEY (chain_id, block, position)
);
CREATE INDEX ON chrona_oracle.call (chain_id, time_s);

-- Events of the contracts that matter, as they were written.
CREATE TABLE chrona_oracle.log (
    chain_id smallint NOT NULL,
    block    bigint NOT NULL,
    position integer NOT NULL,
    time_s   bigint NOT NULL,
    contract bytea NOT NULL,
    topic    bytea NOT NULL, -- the first one: which event
    key      bytea NOT NULL, -- the second and third, joined; shorter where there are fewer
    topics   bytea NOT NULL, -- all, joined
    data     bytea NOT NULL,
    PRIMARY KEY (chain_id, block, position)
);
CREATE INDEX ON chrona_oracle.log (chain_id, topic, key);

CREATE TABLE chrona_oracle.round (
    chain_id     smallint NOT NULL,
    round        bigint NOT NULL,
    reward_epoch bigint NOT NULL,
    voters       integer NOT NULL,
    commits      integer NOT NULL,
    reveals      integer NOT NULL,
    offenders    integer NOT NULL,
    is_secure    boolean NOT NULL,
    is_whole     boolean NOT NULL, -- all blocks were seen that it follows from
    is_closed    boolean NOT NULL, -- nothing that comes can change it
    root         bytea,            -- as computed here; null: no voters known
    final_root   bytea,            -- as the relay has it
    final_secure boolean,
    final_s      bigint,
    last_block   bigint NOT NULL,  -- the newest block that was looked at
    PRIMARY KEY (chain_id, round)
);

CREATE TABLE chrona_oracle.round_feed (
    chain_id     smallint NOT NULL,
    round        bigint NOT NULL,
    position     smallint NOT NULL,
    feed_id      bytea NOT NULL,
    decimals     smallint NOT NULL,
    median       integer, -- null: nobody gave a value
    quartile1    integer,
    quartile3    integer,
    pct_low      bigint,
    pct_high     bigint,
    turnout_bips integer NOT NULL,
    PRIMARY KEY (chain_id, round, position)
);

-- One provider in one round. States: 0 none, 1 in time, 2 late, 3 broken, 4 not what was committed.
CREATE TABLE chrona_oracle.submission (
    chain_id  smallint NOT NULL,
    round     bigint NOT NULL,
    identity  bytea NOT NULL,
    submit    bytea NOT NULL,
    commit    smallint NOT NULL,
    reveal    smallint NOT NULL,
    signature smallint NOT NULL,
    commit_s  bigint,
    reveal_s  bigint,
    sign_s    bigint,
    feeds     integer NOT NULL,
    given     integer NOT NULL, -- feeds with a value
    in_iqr    integer NOT NULL,
    in_pct    integer NOT NULL,
    near      integer NOT NULL, -- within 0.5 % of the median
    given_values bytea NOT NULL,
    PRIMARY KEY (chain_id, round, identity)
);
CREATE INDEX ON chrona_oracle.submission (chain_id, identity, round);

-- Who may submit in a reward epoch, and what delegators gave it.
CREATE TABLE chrona_oracle.delegation (
    chain_id            smallint NOT NULL,
    reward_epoch        bigint NOT NULL,
    identity            bytea NOT NULL,
    submit              bytea NOT NULL,
    submit_signatures   bytea NOT NULL,
    signing_policy      bytea NOT NULL,
    delegation          bytea NOT NULL,
    fee_bips            integer NOT NULL,
    vote_power          numeric NOT NULL,
    capped_vote_power   numeric NOT NULL,
    registration_weight numeric NOT NULL,
    signing_weight      integer NOT NULL,
    PRIMARY KEY (chain_id, reward_epoch, identity)
);

CREATE TABLE chrona_oracle.reward (
    chain_id     smallint NOT NULL,
    reward_epoch bigint NOT NULL,
    beneficiary  bytea NOT NULL,
    kind         smallint NOT NULL,
    claimed      numeric NOT NULL DEFAULT 0,
    open         numeric NOT NULL DEFAULT 0,
    claimed_s    bigint,
    PRIMARY KEY (chain_id, reward_epoch, beneficiary, kind)
);

-- What we committed to, kept before the commit leaves: without it a reveal is lost.
CREATE TABLE chrona_oracle.commitment (
    chain_id  smallint NOT NULL REFERENCES chrona_oracle.chain,
    submit    bytea NOT NULL,
    round     bigint NOT NULL,
    random    bytea NOT NULL CHECK (length(random) = 32),
    encoded   bytea NOT NULL,
    made_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (chain_id, submit, round)
);

-- The ledger of nonces: one row for each thing that we want to have said once. States: 0 planned,
-- 1 sent, 2 mined, 3 reverted, 4 given up (its nonce is taken over), 5 rehearsed (never sent).
CREATE TABLE chrona_oracle.outgoing (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain_id    smallint NOT NULL REFERENCES chrona_oracle.chain,
    sender      bytea NOT NULL,
    purpose     smallint NOT NULL, -- 1 commit, 2 reveal, 3 sign, 4 finalise
    round       bigint NOT NULL,
    nonce       bigint NOT NULL,
    recipient   bytea NOT NULL,
    data        bytea NOT NULL,
    gas         bigint NOT NULL,
    until_s     bigint NOT NULL, -- chain time after which it is of no use
    state       smallint NOT NULL DEFAULT 0,
    mined_block bigint,
    fee         numeric,
    mined_hash  bytea,
    made_at     timestamptz NOT NULL DEFAULT now(),
    mined_s     bigint,
    UNIQUE (chain_id, sender, purpose, round)
);
CREATE UNIQUE INDEX ON chrona_oracle.outgoing (chain_id, sender, nonce) WHERE state IN (0, 1, 2, 3);

-- Every signed form of it, kept before it is sent: whichever the chain takes is recognised.
CREATE TABLE chrona_oracle.outgoing_try (
    outgoing_id bigint NOT NULL REFERENCES chrona_oracle.outgoing ON DELETE CASCADE,
    number      smallint NOT NULL,
    hash        bytea NOT NULL,
    raw         bytea NOT NULL,
    tip         numeric NOT NULL,
    fee_max     numeric NOT NULL,
    sent_s      bigint, -- chain time; null: signed, not yet sent
    PRIMARY KEY (outgoing_id, number)
);
