// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/connect/connector_library.h"
#include "chrona/net/http_client.h"
#include "chrona/net/web_socket.h"

#include <filesystem>
#include <memory>
#include <string>

namespace chrona::service {

/// What it takes to ask trading venues: their rules, and politeness towards all of them together.
/// Made once, and kept for as long as anybody listens.
struct VenueClients {
    std::unique_ptr<connect::ConnectorLibrary> library;
    std::unique_ptr<net::HttpClient> http;
    std::unique_ptr<net::WebSocketClient> streams;
};
[[nodiscard]] Result<VenueClients> makeVenueClients(const std::filesystem::path &venuesFolder,
                                                    std::string userAgent);

} // namespace chrona::service
