// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"

#include <vector>

namespace chrona::storage {

/// Several statements in one round trip and one implicit transaction: all or none of them hold. For
/// effects and completion of a job in one go. No COPY, no BEGIN or COMMIT inside.
class Pipeline {
public:
    [[nodiscard]] static Result<Pipeline> begin(Connection &connection);
    Pipeline(Pipeline &&other) noexcept;
    Pipeline &operator=(Pipeline &&) = delete;
    ~Pipeline(); ///< unfinished: what was added is rolled back

    [[nodiscard]] Status add(const char *sql, const Parameters &parameters = {});
    /// One result a statement, in order; the first failure instead.
    [[nodiscard]] Result<std::vector<Rows>> finish();

private:
    explicit Pipeline(Connection &connection) : m_connection(&connection) {}
    void leave();
    Connection *m_connection;
    std::size_t m_statements = 0;
};

} // namespace chrona::storage
