// SPDX-License-Identifier: AGPL-3.0-or-later
#include "failure.h"

#include <libpq-fe.h>

#include <format>

namespace chrona::storage {
namespace {

struct Meaning {
    std::string_view prefix; ///< of the SQLSTATE; the first that fits counts
    ErrorCode code;
    bool retryable;
    std::string_view remedy;
};

constexpr std::string_view kSchemaRemedy =
    "the database does not have the tables that this version expects; start the service once";

// https://www.postgresql.org/docs/current/errcodes-appendix.html
constexpr Meaning kMeanings[] = {
    {"40", ErrorCode::Conflict, true, ""},    // serialization failure, deadlock
    {"55P03", ErrorCode::Conflict, true, ""}, // lock not available
    {"23505", ErrorCode::Conflict, false, ""},
    {"22", ErrorCode::InvalidInput, false, ""}, // data exception
    {"23", ErrorCode::InvalidInput, false, ""}, // integrity constraint
    {"57014", ErrorCode::Cancelled, false, ""},
    {"57P", ErrorCode::Unavailable, true, ""}, // shutdown, crash, starting up
    {"08", ErrorCode::Unavailable, true, ""},
    {"53100", ErrorCode::Exhausted, true, "free room on the disk that holds the data folder"},
    {"53300", ErrorCode::Exhausted, true, "raise max_connections of the server"},
    {"53", ErrorCode::Exhausted, true, ""},
    {"58", ErrorCode::Corrupt, false, "check the disk, then restore a backup"},
    // Postgres did not expect it: a checkpoint without room, for one. Its log may tell why.
    {"XX000", ErrorCode::Unavailable, true, "see log/postgres.log beside the database"},
    {"XX", ErrorCode::Corrupt, false, "check the disk, then restore a backup"},
    {"42501", ErrorCode::Denied, false, "grant the database role its rights on the chrona schemas"},
    {"28", ErrorCode::Denied, false, "check user and password of the connection string"},
    {"25006", ErrorCode::Denied, false, "the server takes no writes; connect to the primary"},
    {"3D000", ErrorCode::NotFound, false, "create the database that the connection string names"},
    {"3F000", ErrorCode::NotFound, false, kSchemaRemedy},
    {"42P01", ErrorCode::NotFound, false, kSchemaRemedy},
    {"42703", ErrorCode::NotFound, false, kSchemaRemedy},
};

std::string_view oneLine(std::string_view message)
{
    while (!message.empty() && (message.back() == '\n' || message.back() == ' '))
        message.remove_suffix(1);
    return message;
}

} // namespace

Error errorFor(std::string_view sqlState, std::string_view message)
{
    message = oneLine(message);
    if (sqlState.empty())
        return {ErrorCode::Unavailable, std::format("lost the database: {}", message), {}, true};
    std::string what = std::format("{} [SQLSTATE {}]", message, sqlState);
    // One state for two things: only the text tells a timeout from a request to stop.
    if (sqlState == "57014" && message.contains("timeout"))
        return {ErrorCode::Timeout, std::move(what), {}, true};
    for (const Meaning &meaning : kMeanings) {
        if (sqlState.starts_with(meaning.prefix))
            return {meaning.code, std::move(what), std::string(meaning.remedy), meaning.retryable};
    }
    return {ErrorCode::InvalidInput, std::move(what), {}, false};
}

Error errorOf(const pg_result *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return errorFor(state ? state : "", message ? message : PQresultErrorMessage(result));
}

bool isReadOnlyFailure(const pg_result *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state != nullptr && std::string_view(state) == "25006";
}

Error errorOf(const pg_conn *connection)
{
    return errorFor({}, PQerrorMessage(connection));
}

} // namespace chrona::storage
