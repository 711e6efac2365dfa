// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/storage/parameter.h"
#include "chrona/storage/rows.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace chrona::storage {

class CopyIn;
class CopyRow;

/// Called for each row of COPY … TO STDOUT; an error ends the copy and comes back from copyOut().
using RowSink = std::function<Status(const CopyRow &row)>;

struct Notification {
    std::string channel;
    std::string payload;
};

/// One session with Postgres. One thread at a time; cancel() from any thread.
///
/// Statements carry parameters only ($1, $2), never text put together, and name tables with their
/// schema: the search path is pg_catalog, so nothing of other owners is hit by accident. The
/// session speaks UTF-8 and UTC.
///
/// Failures are mapped from SQLSTATE: retryable where the same transaction may succeed later
/// (serialization, deadlock, lock timeout, lost connection). After a lost connection during a
/// commit the outcome is unknown; what we write is idempotent by key, so callers simply do it
/// again. A damaged block is Corrupt, and the error names the table.
class Connection {
public:
    /// TCP only with sslmode=verify-full: everything else is refused with Denied.
    [[nodiscard]] static Result<Connection> open(std::string_view connectionString);
    Connection(Connection &&) noexcept;
    Connection &operator=(Connection &&) noexcept;
    ~Connection();

    /// One statement; the result comes in binary form.
    [[nodiscard]] Result<Rows> query(const char *sql, const Parameters &parameters = {});
    /// One statement; the number of rows that it touched.
    [[nodiscard]] Result<std::int64_t> exec(const char *sql, const Parameters &parameters = {});
    /// Statements without parameters and results, separated by semicolons: for migrations.
    [[nodiscard]] Status script(const std::string &sql);

    /// sql is a COPY … FROM STDIN (FORMAT binary).
    [[nodiscard]] Result<CopyIn> copyIn(const char *sql);
    /// sql is a COPY … TO STDOUT (FORMAT binary).
    [[nodiscard]] Status copyOut(const char *sql, const RowSink &sink);

    /// Waits for NOTIFY on a channel that this session LISTENs to. Empty after the timeout or on a
    /// stop request, which is seen within 200 ms.
    [[nodiscard]] Result<std::vector<Notification>>
    waitForNotifications(std::chrono::milliseconds timeoutMax, std::stop_token stop = {});

    /// A function that asks the server to break off what this session is doing. Any thread, also
    /// after the connection is gone.
    [[nodiscard]] std::function<void()> canceller() const;

    /// From now on the session only reads, and a write fails with that error; nullptr: it writes
    /// again. A round trip where that changes something.
    [[nodiscard]] Status refuseWrites(std::shared_ptr<const Error> why);

    [[nodiscard]] bool isUsable() const; ///< false after the server or the socket went away
    [[nodiscard]] bool isInTransaction() const;
    /// A statement failed: all that is left is to roll back.
    [[nodiscard]] bool hasFailedTransaction() const;

private:
    friend class BreakOff;
    friend class CopyIn;
    friend class Pipeline;
    struct Close {
        void operator()(pg_conn *connection) const;
    };
    explicit Connection(pg_conn *connection);
    /// What the server's failure means here.
    [[nodiscard]] Error failureOf(const pg_result *result) const;

    std::unique_ptr<pg_conn, Close> m_connection;
    std::shared_ptr<const Error> m_writeRefusal;
    std::stop_token m_breakOff; ///< of the BreakOff that lives
};

/// While it lives, a stop request breaks off what the session does: at once what runs then, and
/// within a moment each query that begins afterwards, because the server forgets a request that
/// falls between two statements. Short ones still pass, so what must be cleaned up can be.
class BreakOff {
public:
    BreakOff(Connection &connection, std::stop_token stop);
    BreakOff(const BreakOff &) = delete;
    BreakOff &operator=(const BreakOff &) = delete;
    ~BreakOff();

private:
    Connection &m_connection;
    std::stop_token m_before;
    std::stop_callback<std::function<void()>> m_now;
};

/// Rolls back unless commit() succeeded. One transaction at a time per connection; between begin
/// and the end use either this object or the connection, they are the same session.
class Transaction {
public:
    enum class Isolation : std::uint8_t { ReadCommitted, Snapshot };
    [[nodiscard]] static Result<Transaction> begin(Connection &connection,
                                                   Isolation isolation = Isolation::ReadCommitted);
    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();

    [[nodiscard]] Result<Rows> query(const char *sql, const Parameters &parameters = {});
    [[nodiscard]] Result<std::int64_t> exec(const char *sql, const Parameters &parameters = {});
    [[nodiscard]] Status commit();
    [[nodiscard]] Connection &connection() { return *m_connection; }

private:
    friend class JoinedTransaction;
    explicit Transaction(Connection &connection) : m_connection(&connection) {}
    Connection *m_connection;
};

/// Begins a transaction unless the session is in one already, and then leaves its end to the
/// caller. So repository functions are whole by themselves and parts of a caller's transaction.
class JoinedTransaction {
public:
    [[nodiscard]] static Result<JoinedTransaction> begin(Connection &connection);
    [[nodiscard]] Status commit(); ///< does nothing in a caller's transaction

private:
    explicit JoinedTransaction(std::optional<Transaction> own) : m_own(std::move(own)) {}
    std::optional<Transaction> m_own;
};

/// Whether the optional TimescaleDB extension could be created on this server. Nothing needs it.
[[nodiscard]] Result<bool> isTimescaleAvailable(Connection &connection);

} // namespace chrona::storage
