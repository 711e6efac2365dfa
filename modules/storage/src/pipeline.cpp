// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/pipeline.h"

#include "bound_parameters.h"
#include "failure.h"

#include <libpq-fe.h>

namespace chrona::storage {

Result<Pipeline> Pipeline::begin(Connection &connection)
{
    if (PQenterPipelineMode(connection.m_connection.get()) == 0)
        return std::unexpected(errorOf(connection.m_connection.get()));
    return Pipeline(connection);
}

Pipeline::Pipeline(Pipeline &&other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)), m_statements(other.m_statements)
{
}

Pipeline::~Pipeline()
{
    if (m_connection == nullptr)
        return;
    // A statement that cannot be right makes the server drop those before it.
    if (m_statements > 0 && add("SELECT 1/0"))
        std::ignore = finish();
    else
        leave();
}

void Pipeline::leave()
{
    if (Connection *connection = std::exchange(m_connection, nullptr))
        PQexitPipelineMode(connection->m_connection.get());
}

Status Pipeline::add(const char *sql, const Parameters &parameters)
{
    pg_conn *raw = m_connection->m_connection.get();
    const BoundParameters bound(parameters);
    if (PQsendQueryParams(raw, sql, bound.count(), bound.types.data(), bound.values.data(),
                          bound.sizes.data(), bound.formats.data(), 1) == 0)
        return std::unexpected(errorOf(raw));
    ++m_statements;
    return {};
}

Result<std::vector<Rows>> Pipeline::finish()
{
    pg_conn *raw = m_connection->m_connection.get();
    Result<std::vector<Rows>> outcome;
    if (PQpipelineSync(raw) == 0) {
        outcome = std::unexpected(errorOf(raw));
        leave();
        return outcome;
    }
    std::size_t nothing = 0; // between two statements' results there is one null
    while (nothing < 2) {
        PGresult *result = PQgetResult(raw);
        if (result == nullptr) {
            ++nothing;
            continue;
        }
        nothing = 0;
        Rows rows(result);
        const ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_PIPELINE_SYNC)
            break;
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && outcome)
            outcome = std::unexpected(m_connection->failureOf(result));
        else if (outcome)
            outcome->push_back(std::move(rows));
    }
    leave();
    return outcome;
}

} // namespace chrona::storage
