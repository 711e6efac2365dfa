// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"

#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace chrona::storage {

/// A bounded set of connections. Any thread. Connections are opened when they are first needed and
/// opened anew after the server went away, so the pool outlives restarts of Postgres.
class Pool : public std::enable_shared_from_this<Pool> {
public:
    /// A connection of the pool; goes back on destruction, rolled back if need be. Keeps the pool
    /// alive.
    class Lease {
    public:
        Lease(Lease &&) noexcept = default;
        Lease &operator=(Lease &&) = delete;
        ~Lease();
        Connection &operator*() { return *m_connection; }
        Connection *operator->() { return m_connection.get(); }

    private:
        friend class Pool;
        Lease(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection);
        std::shared_ptr<Pool> m_pool;
        std::unique_ptr<Connection> m_connection;
    };

    /// Opens one connection to see that the string is right.
    [[nodiscard]] static Result<std::shared_ptr<Pool>> open(std::string connectionString,
                                                            std::size_t size);
    ~Pool();
    /// Waits for a free one; Cancelled on a stop request. Never take a second lease in a thread
    /// that holds one: all threads doing so could wait for ever.
    [[nodiscard]] Result<Lease> take(std::stop_token stop = {});
    /// One more for work that can do without: nothing when none is free. Never waits, so it may be
    /// called while holding a lease.
    [[nodiscard]] std::optional<Result<Lease>> takeIfFree();
    /// From now on connections go elsewhere: the cluster was restarted under another name.
    void setConnectionString(std::string connectionString);
    /// Connections that are taken from now on only read, and writes fail with this error; nullopt:
    /// they write again. Those that are lent out already go on as they are.
    void refuseWrites(std::optional<Error> why);
    [[nodiscard]] bool refusesWrites() const;

private:
    struct State;
    explicit Pool(std::unique_ptr<State> state);
    [[nodiscard]] Result<Lease> lend(std::unique_lock<std::mutex> lock);
    void giveBack(std::unique_ptr<Connection> connection);
    std::unique_ptr<State> m_state;
};

} // namespace chrona::storage
