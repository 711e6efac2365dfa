// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "conformance.h"

#include "chrona/connect/connector_library.h"

#include <memory>
#include <string>
#include <string_view>

namespace chrona::conformance {

/// Cases of exchanges: replies and frames as venues sent them, and what must come out; faults and
/// what must be done about them. Each is read by the loaded plugin of its venue.
class ExchangeCases {
public:
    explicit ExchangeCases(std::filesystem::path venuesFolder) : m_folder(std::move(venuesFolder))
    {
    }

    /// By the document's members, because file names are those of the venues.
    [[nodiscard]] static bool knows(const QJsonObject &root);
    void check(std::string_view text, Tally &tally);

private:
    [[nodiscard]] const connect::Venue *venue(std::string_view id);

    std::filesystem::path m_folder;
    std::unique_ptr<connect::ConnectorLibrary> m_library;
    std::string m_loadError;
};

} // namespace chrona::conformance
