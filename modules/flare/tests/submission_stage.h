// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "submission_fixture.h"

#include <QTest>

namespace chrona::flare {

/// A chain with a price oracle, a database that follows it, and a submitter for the first provider.
class SubmissionStage {
protected:
    void openStage()
    {
        if (!m_database)
            m_database = storage::TestDatabase::open();
        if (!m_database)
            qFatal("there is no database for the test");
        m_submitter.reset();
        m_faultyClient.reset();
        m_values.isSilent = false;
        m_connectionString = m_database->freshConnectionString();
        m_connection = std::move(storage::Connection::open(m_connectionString).value());
        makeChain();
        m_client = m_node->client();
        m_chain = openChain(*m_connection, "coston2").value();
        m_signing = std::make_unique<TestSigning>(m_world->providers.front(), m_world->relay);
        makeSubmitter(*m_client);
        index();
    }
    /// One node for all tests of a program: it takes seconds to start.
    void makeChain()
    {
        if (m_node) {
            m_node->revert(m_beginning);
            m_world->beginAnew();
        } else {
            m_node = std::make_unique<EvmNode>();
            m_world = std::make_unique<OracleWorld>(*m_node, 5, kTestEpoch);
            // Blocks from before the window on which a result rests.
            for (RoundId each = m_world->firstRound - 1; each <= m_world->firstRound + 22; ++each)
                m_node->mineAt(start(each));
        }
        m_beginning = m_node->snapshot();
        m_node->setAutomine(false);
    }
    [[nodiscard]] Seconds start(RoundId round) const
    {
        return ftso::startOf(m_world->timing, round);
    }
    void index()
    {
        Indexer indexer(*m_client, {.chain = m_chain,
                                    .submission = submissionAddress(),
                                    .contracts = {m_world->relay, m_world->world}});
        for (;;) {
            const auto progress = indexer.step(*m_connection);
            if (!progress)
                qFatal("%s", describe(progress.error()).c_str());
            if (progress->isAtHead())
                return;
        }
    }
    void mineAt(Seconds time)
    {
        m_node->mineAt(time);
        index();
    }
    Status step(Seconds now)
    {
        m_signing->now = now;
        return m_submitter->step(*m_connection, now);
    }
    void use(std::unique_ptr<net::HttpClient> http)
    {
        m_submitter.reset();
        m_faultyClient.reset();
        m_http = std::move(http);
        m_faultyClient = std::move(
            ChainClient::create(
                {.endpoints = {m_node->url()}, .chainId = 114, .answerMax = kBusyPatience}, *m_http)
                .value());
        makeSubmitter(*m_faultyClient);
    }
    void makeSubmitter(ChainClient &client)
    {
        m_submitter = std::make_unique<Submitter>(client, *m_signing, m_values,
                                                  submitterOptions(*m_world, m_chain));
    }
    void othersCommit(RoundId round)
    {
        const auto unit = static_cast<std::int32_t>(10'000 + round % 7);
        for (std::size_t i = 1; i < m_world->providers.size(); ++i)
            m_world->commit(m_world->providers[i], round,
                            std::vector<ftso::FeedValue>{unit + static_cast<std::int32_t>(i),
                                                         101'000, 102'000'000});
    }
    void othersReveal(RoundId round)
    {
        for (std::size_t i = 1; i < m_world->providers.size(); ++i)
            m_world->reveal(m_world->providers[i], round);
    }
    void othersSign(RoundId round)
    {
        const auto view = viewRound(*m_connection, m_chain, *networkSetup("coston2"), round);
        QVERIFY2(view, view ? "" : describe(view.error()).c_str());
        for (std::size_t i = 1; i < m_world->providers.size(); ++i)
            m_world->sign(m_world->providers[i], view->result.message);
    }
    /// Steps on until nothing fails any more or `until`; a block every two seconds.
    void carryOn(Seconds from, Seconds until)
    {
        for (Seconds now = from; now <= until; now += 2) {
            (void)step(now);
            mineAt(now + 1);
        }
    }
    [[nodiscard]] Participation ours(RoundId round)
    {
        const auto view = viewRound(*m_connection, m_chain, *networkSetup("coston2"), round);
        if (!view)
            qFatal("%s", describe(view.error()).c_str());
        return view->voters.front();
    }
    [[nodiscard]] std::int64_t count(const char *sql)
    {
        return m_connection->query(sql, {m_chain})->first().int64(0);
    }
    [[nodiscard]] std::int64_t ourCalls(int kind)
    {
        std::int64_t calls = 0;
        const auto &self = m_world->providers.front();
        const auto all = callsBetween(*m_connection, m_chain, 0, 1LL << 40).value();
        for (const StoredCall &call : all)
            calls += call.kind == kind &&
                     (call.sender == self.submit() || call.sender == self.signatures());
        return calls;
    }

    std::unique_ptr<storage::TestDatabase> m_database;
    std::string m_connectionString;
    std::optional<storage::Connection> m_connection;
    std::unique_ptr<EvmNode> m_node;
    QJsonValue m_beginning;
    std::unique_ptr<OracleWorld> m_world;
    std::unique_ptr<ChainClient> m_client;
    std::unique_ptr<net::HttpClient> m_http;
    std::unique_ptr<ChainClient> m_faultyClient;
    std::unique_ptr<TestSigning> m_signing;
    SteadyValues m_values;
    std::unique_ptr<Submitter> m_submitter;
    ChainId m_chain = 0;
};

} // namespace chrona::flare
