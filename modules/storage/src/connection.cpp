// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/connection.h"

#include "bound_parameters.h"
#include "chrona/base/log.h"
#include "chrona/storage/copy.h"
#include "damage.h"
#include "failure.h"
#include "transport.h"

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <utility>

namespace chrona::storage {
namespace {

/// Nothing of other owners by accident, and the same words and times whatever the server's
/// settings.
constexpr const char *kSessionSetup =
    "SET search_path = pg_catalog; SET timezone = 'UTC'; SET client_min_messages = warning; "
    "SET standard_conforming_strings = on; SET idle_in_transaction_session_timeout = '5min'; "
    "SET jit = off";

void logNotice(void *, const char *message)
{
    log::debug("storage", "{}", message);
}

struct Clear {
    void operator()(PGresult *result) const { PQclear(result); }
};
using OwnedResult = std::unique_ptr<PGresult, Clear>;

bool isSuccess(const PGresult *result)
{
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/// Waits for what was sent. After a stop request it asks the server again and again to break off.
OwnedResult lastResult(pg_conn *connection, const std::stop_token &stop,
                       const std::function<void()> &cancel)
{
    constexpr int kMomentMs = 100;
    while (PQisBusy(connection) != 0) {
        pollfd descriptor{PQsocket(connection), POLLIN, 0};
        if (::poll(&descriptor, 1, kMomentMs) == 0 && stop.stop_requested())
            cancel();
        if (PQconsumeInput(connection) == 0)
            break;
    }
    OwnedResult last;
    while (OwnedResult next{PQgetResult(connection)})
        last = std::move(next);
    return last;
}

} // namespace

void Connection::Close::operator()(pg_conn *connection) const
{
    PQfinish(connection);
}

Connection::Connection(pg_conn *connection) : m_connection(connection) {}
Connection::Connection(Connection &&) noexcept = default;
Connection &Connection::operator=(Connection &&) noexcept = default;
Connection::~Connection() = default;

Result<Connection> Connection::open(std::string_view connectionString)
{
    const std::string text(connectionString);
    if (Status safe = checkTransport(text); !safe)
        return std::unexpected(safe.error());
    const std::array keywords{"dbname", "client_encoding", "fallback_application_name",
                              "connect_timeout", static_cast<const char *>(nullptr)};
    const std::array values{text.c_str(), "UTF8", "chrona", "10",
                            static_cast<const char *>(nullptr)};
    Connection connection(PQconnectdbParams(keywords.data(), values.data(), 1));
    pg_conn *raw = connection.m_connection.get();
    if (raw == nullptr)
        return fail(ErrorCode::Exhausted, "no memory for a database connection");
    if (PQstatus(raw) != CONNECTION_OK) {
        return fail(ErrorCode::Unavailable,
                    std::format("cannot connect to the database: {}", errorOf(raw).what));
    }
    PQsetNoticeProcessor(raw, logNotice, nullptr);
    if (Status ready = connection.script(kSessionSetup); !ready)
        return std::unexpected(ready.error());
    return connection;
}

Result<Rows> Connection::query(const char *sql, const Parameters &parameters)
{
    const BoundParameters bound(parameters);
    OwnedResult result;
    if (m_breakOff.stop_possible()) {
        if (PQsendQueryParams(m_connection.get(), sql, bound.count(), bound.types.data(),
                              bound.values.data(), bound.sizes.data(), bound.formats.data(),
                              1) == 1)
            result = lastResult(m_connection.get(), m_breakOff, canceller());
    } else {
        result.reset(PQexecParams(m_connection.get(), sql, bound.count(), bound.types.data(),
                                  bound.values.data(), bound.sizes.data(), bound.formats.data(),
                                  1));
    }
    if (!result)
        return std::unexpected(errorOf(m_connection.get()));
    if (!isSuccess(result.get()))
        return std::unexpected(failureOf(result.get()));
    return Rows(result.release());
}

Result<std::int64_t> Connection::exec(const char *sql, const Parameters &parameters)
{
    return query(sql, parameters).transform([](const Rows &rows) { return rows.rowsAffected(); });
}

Status Connection::script(const std::string &sql)
{
    const OwnedResult result(PQexec(m_connection.get(), sql.c_str()));
    if (!result)
        return std::unexpected(errorOf(m_connection.get()));
    if (!isSuccess(result.get()))
        return std::unexpected(failureOf(result.get()));
    return {};
}

Result<CopyIn> Connection::copyIn(const char *sql)
{
    const OwnedResult result(PQexec(m_connection.get(), sql));
    if (!result)
        return std::unexpected(errorOf(m_connection.get()));
    if (PQresultStatus(result.get()) != PGRES_COPY_IN)
        return std::unexpected(failureOf(result.get()));
    return CopyIn(*this);
}

Status Connection::copyOut(const char *sql, const RowSink &sink)
{
    pg_conn *raw = m_connection.get();
    const OwnedResult started(PQexec(raw, sql));
    if (!started)
        return std::unexpected(errorOf(raw));
    if (PQresultStatus(started.get()) != PGRES_COPY_OUT)
        return std::unexpected(failureOf(started.get()));
    Status outcome;
    CopyRow row;
    char *message = nullptr;
    int size = 0;
    while ((size = PQgetCopyData(raw, &message, 0)) > 0) {
        if (outcome) {
            outcome = row.parse({message, static_cast<std::size_t>(size)});
            if (outcome && row.size() > 0)
                outcome = sink(row);
            if (!outcome)
                canceller()(); // the rest is read and dropped: the protocol has no other way out
        }
        PQfreemem(message);
    }
    while (const OwnedResult ended{PQgetResult(raw)}) {
        if (!isSuccess(ended.get()) && outcome)
            outcome = std::unexpected(failureOf(ended.get()));
    }
    if (size == -2 && outcome)
        outcome = std::unexpected(errorOf(raw));
    return outcome;
}

Result<std::vector<Notification>>
Connection::waitForNotifications(std::chrono::milliseconds timeoutMax, std::stop_token stop)
{
    constexpr std::chrono::milliseconds kStep{200};
    pg_conn *raw = m_connection.get();
    const auto deadline = std::chrono::steady_clock::now() + timeoutMax;
    std::vector<Notification> result;
    for (;;) {
        if (PQconsumeInput(raw) == 0)
            return std::unexpected(errorOf(raw));
        while (PGnotify *notify = PQnotifies(raw)) {
            result.push_back({notify->relname, notify->extra});
            PQfreemem(notify);
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (!result.empty() || left.count() <= 0 || stop.stop_requested())
            return result;
        pollfd descriptor{PQsocket(raw), POLLIN, 0};
        ::poll(&descriptor, 1, static_cast<int>(std::min(left, kStep).count()));
    }
}

std::function<void()> Connection::canceller() const
{
    const std::shared_ptr<PGcancel> cancel(PQgetCancel(m_connection.get()), PQfreeCancel);
    return [cancel] {
        std::array<char, 256> reason{};
        if (cancel && PQcancel(cancel.get(), reason.data(), reason.size()) == 0)
            log::debug("storage", "nothing to cancel: {}", reason.data());
    };
}

BreakOff::BreakOff(Connection &connection, std::stop_token stop)
    : m_connection(connection), m_before(std::exchange(connection.m_breakOff, stop)),
      m_now(std::move(stop), connection.canceller())
{
}

BreakOff::~BreakOff()
{
    m_connection.m_breakOff = std::move(m_before);
}

Status Connection::refuseWrites(std::shared_ptr<const Error> why)
{
    if ((why != nullptr) != (m_writeRefusal != nullptr)) {
        if (Status set = script(why ? "SET default_transaction_read_only = on"
                                    : "SET default_transaction_read_only = off");
            !set)
            return set;
    }
    m_writeRefusal = std::move(why);
    return {};
}

Error Connection::failureOf(const pg_result *result) const
{
    Error error = errorOf(result);
    if (m_writeRefusal && isReadOnlyFailure(result))
        return *m_writeRefusal;
    if (error.code == ErrorCode::Corrupt)
        nameDamage(m_connection.get(), error);
    return error;
}

bool Connection::isUsable() const
{
    return m_connection && PQstatus(m_connection.get()) == CONNECTION_OK;
}

bool Connection::isInTransaction() const
{
    const PGTransactionStatusType status = PQtransactionStatus(m_connection.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool Connection::hasFailedTransaction() const
{
    return PQtransactionStatus(m_connection.get()) == PQTRANS_INERROR;
}

Result<bool> isTimescaleAvailable(Connection &connection)
{
    return connection
        .query("SELECT FROM pg_catalog.pg_available_extensions WHERE name = 'timescaledb'")
        .transform([](const Rows &rows) { return !rows.isEmpty(); });
}

} // namespace chrona::storage
