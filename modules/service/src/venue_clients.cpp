// SPDX-License-Identifier: AGPL-3.0-or-later
#include "venue_clients.h"

namespace chrona::service {

Result<VenueClients> makeVenueClients(const std::filesystem::path &venuesFolder,
                                      std::string userAgent)
{
    auto library = connect::ConnectorLibrary::load(venuesFolder);
    if (!library)
        return std::unexpected(library.error());
    net::HttpClient::Options options;
    options.userAgent = std::move(userAgent);
    options.hostRate = {.perSecond = 5, .burst = 10, .concurrentMax = 2};
    options.waitMax = std::chrono::seconds(5); // a price that waits longer is none
    auto client = net::HttpClient::create(options, net::makeNetworkTransport({}));
    if (!client)
        return std::unexpected(client.error());
    return VenueClients{.library = std::move(*library),
                        .http = std::move(*client),
                        .streams = net::makeWebSocketClient(net::AddressPolicy::PublicOnly)};
}

} // namespace chrona::service
