// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/connection.h"

namespace chrona::storage {

Result<Transaction> Transaction::begin(Connection &connection, Isolation isolation)
{
    if (connection.isInTransaction())
        return fail(ErrorCode::InvalidInput, "the session is in a transaction already");
    const char *sql = isolation == Isolation::Snapshot ? "BEGIN ISOLATION LEVEL REPEATABLE READ"
                                                       : "BEGIN";
    if (auto done = connection.exec(sql); !done)
        return std::unexpected(done.error());
    return Transaction(connection);
}

Transaction::Transaction(Transaction &&other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
{
}

Transaction::~Transaction()
{
    // A failure leaves a session that the server rolls back when it notices; nothing to add here.
    if (m_connection != nullptr && m_connection->isUsable())
        std::ignore = m_connection->exec("ROLLBACK");
}

Result<Rows> Transaction::query(const char *sql, const Parameters &parameters)
{
    return m_connection->query(sql, parameters);
}

Result<std::int64_t> Transaction::exec(const char *sql, const Parameters &parameters)
{
    return m_connection->exec(sql, parameters);
}

Status Transaction::commit()
{
    Connection *connection = std::exchange(m_connection, nullptr);
    if (connection == nullptr)
        return fail(ErrorCode::InvalidInput, "the transaction has ended already");
    // COMMIT of an aborted transaction succeeds, as a rollback.
    if (connection->hasFailedTransaction()) {
        std::ignore = connection->exec("ROLLBACK");
        return fail(ErrorCode::InvalidInput, "a statement of the transaction failed before");
    }
    if (auto done = connection->exec("COMMIT"); !done)
        return std::unexpected(done.error());
    return {};
}

Result<JoinedTransaction> JoinedTransaction::begin(Connection &connection)
{
    if (connection.isInTransaction())
        return JoinedTransaction(std::nullopt);
    return Transaction::begin(connection).transform(
        [](Transaction &&own) { return JoinedTransaction(std::move(own)); });
}

Status JoinedTransaction::commit()
{
    return m_own ? m_own->commit() : Status{};
}

} // namespace chrona::storage
