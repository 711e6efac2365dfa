// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/discovery/engine.h"
#include "chrona/storage/connection.h"

#include <string>

namespace chrona::service {

/// What a running search has worked out, in the database, part by part: a service that was killed
/// goes on there. A part that cannot be kept or read is worked out again; the log says so. The
/// connection is used on the search's own thread only.
class KeptSearch final : public discovery::Checkpoint {
public:
    /// search: the hash of its input, parameters and engine. Forgets what was kept of others.
    KeptSearch(storage::Connection &connection, std::string search);

    [[nodiscard]] std::optional<std::vector<double>> load(std::string_view part) override;
    void keep(std::string_view part, const std::vector<double> &worked) override;

    [[nodiscard]] std::size_t takenUp() const { return m_takenUp; }

private:
    storage::Connection &m_connection;
    std::string m_search;
    std::size_t m_takenUp = 0;
};

} // namespace chrona::service
