// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/pool.h"

#include <condition_variable>
#include <vector>

namespace chrona::storage {

struct Pool::State {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::string connectionString;
    std::shared_ptr<const Error> writeRefusal;
    std::vector<std::unique_ptr<Connection>> idle;
    std::size_t taken = 0;
    std::size_t size = 1;
};

Pool::Lease::Lease(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection)
    : m_pool(std::move(pool)), m_connection(std::move(connection))
{
}

Pool::Lease::~Lease()
{
    if (m_pool)
        m_pool->giveBack(std::move(m_connection));
}

Pool::Pool(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Pool::~Pool() = default;

Result<std::shared_ptr<Pool>> Pool::open(std::string connectionString, std::size_t size)
{
    auto state = std::make_unique<State>();
    state->connectionString = std::move(connectionString);
    state->size = std::max<std::size_t>(1, size);
    std::shared_ptr<Pool> pool(new Pool(std::move(state)));
    if (auto first = pool->take(); !first)
        return std::unexpected(first.error());
    return pool;
}

Result<Pool::Lease> Pool::take(std::stop_token stop)
{
    std::unique_lock lock(m_state->mutex);
    const bool isFree =
        m_state->changed.wait(lock, stop, [this] { return m_state->taken < m_state->size; });
    if (!isFree)
        return fail(ErrorCode::Cancelled, "stopped while waiting for a database connection");
    return lend(std::move(lock));
}

std::optional<Result<Pool::Lease>> Pool::takeIfFree()
{
    std::unique_lock lock(m_state->mutex);
    if (m_state->taken >= m_state->size)
        return std::nullopt;
    return lend(std::move(lock));
}

Result<Pool::Lease> Pool::lend(std::unique_lock<std::mutex> lock)
{
    ++m_state->taken;
    std::unique_ptr<Connection> connection;
    if (!m_state->idle.empty()) {
        connection = std::move(m_state->idle.back());
        m_state->idle.pop_back();
    }
    const std::string connectionString = m_state->connectionString;
    const std::shared_ptr<const Error> refusal = m_state->writeRefusal;
    lock.unlock();
    // An idle connection may have died with its server. A round trip of some 30 µs tells.
    if (connection && connection->exec("SELECT 1") && connection->refuseWrites(refusal))
        return Lease(shared_from_this(), std::move(connection));
    auto opened = Connection::open(connectionString);
    if (opened) {
        if (Status told = opened->refuseWrites(refusal); !told)
            opened = std::unexpected(told.error());
    }
    if (!opened) {
        giveBack(nullptr);
        return std::unexpected(opened.error());
    }
    return Lease(shared_from_this(), std::make_unique<Connection>(std::move(*opened)));
}

void Pool::setConnectionString(std::string connectionString)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->connectionString = std::move(connectionString);
    m_state->idle.clear();
}

void Pool::refuseWrites(std::optional<Error> why)
{
    auto refusal = why ? std::make_shared<const Error>(*std::move(why)) : nullptr;
    const std::lock_guard lock(m_state->mutex);
    m_state->writeRefusal = std::move(refusal);
}

bool Pool::refusesWrites() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->writeRefusal != nullptr;
}

void Pool::giveBack(std::unique_ptr<Connection> connection)
{
    if (connection && connection->isInTransaction())
        std::ignore = connection->exec("ROLLBACK");
    {
        const std::lock_guard lock(m_state->mutex);
        --m_state->taken;
        if (connection && connection->isUsable())
            m_state->idle.push_back(std::move(connection));
    }
    m_state->changed.notify_one();
}

} // namespace chrona::storage
