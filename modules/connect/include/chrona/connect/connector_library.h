// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/connector.h"
#include "chrona/connect/publisher.h"
#include "chrona/connect/venue.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::connect {

/// The connectors of one plugins folder, loaded once. Immutable afterwards, so any thread may use
/// it; it must outlive every pointer taken from it.
///
/// A plugin is refused, with the reason, before its code runs when it is for another API version,
/// when its metadata is not a complete registry entry, or when two plugins claim one id; and after
/// loading when describe() says anything else than the metadata.
class ConnectorLibrary {
public:
    struct Entry {
        Description description;
        const Connector *connector = nullptr;
        const Venue *venue = nullptr; ///< where the plugin is a trading venue
        const Publisher *publisher = nullptr; ///< where what we write can be laid down
        std::filesystem::path file;
    };
    struct Refusal {
        std::filesystem::path file;
        std::string reason;
    };

    /// Loads every plugin directly inside the folder. Fails only when the folder cannot be read; a
    /// plugin that cannot be used is a Refusal and does not keep the others away.
    [[nodiscard]] static Result<std::unique_ptr<ConnectorLibrary>>
    load(const std::filesystem::path &folder);
    ~ConnectorLibrary();
    ConnectorLibrary(const ConnectorLibrary &) = delete;
    ConnectorLibrary &operator=(const ConnectorLibrary &) = delete;

    [[nodiscard]] const std::vector<Entry> &entries() const; ///< ordered by id
    [[nodiscard]] const std::vector<Refusal> &refusals() const;
    /// nullptr when there is none.
    [[nodiscard]] const Entry *find(std::string_view connectorId) const;

private:
    struct State;
    explicit ConnectorLibrary(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace chrona::connect
