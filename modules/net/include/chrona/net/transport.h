// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/address.h"
#include "chrona/net/http.h"

#include <filesystem>
#include <memory>
#include <stop_token>

namespace chrona::net {

/// One exchange as it goes over the wire: no redirect, no retry, no inflation.
struct Exchange {
    int status = 0;
    Headers headers;
    std::string body; ///< as sent, at most SizeLimits::wireBytesMax
};

/// Carries one request to one server and its answer back. Any thread, several at once.
class Transport {
public:
    virtual ~Transport() = default;
    [[nodiscard]] virtual Result<Exchange> send(const Request &request, std::stop_token stop) = 0;
};

/// The network. Every name is resolved once, all its addresses are judged, and the connection goes
/// to the very address that was judged, so that a name that changes its mind in between (DNS
/// rebinding) gains nothing. TLS certificates are verified against the name, without exception.
///
/// Needs a QCoreApplication. A null resolver is the system's.
[[nodiscard]] std::unique_ptr<Transport>
makeNetworkTransport(AddressPolicy policy, std::unique_ptr<Resolver> resolver = {});

/// Answers from what RecordingTransport wrote; a request that was not recorded is NotFound.
[[nodiscard]] Result<std::unique_ptr<Transport>>
makeReplayTransport(const std::filesystem::path &folder);

/// Passes on and writes each answer to the folder, one file an address; the latest answer stays.
/// Request headers are not written: they may hold keys.
[[nodiscard]] Result<std::unique_ptr<Transport>>
makeRecordingTransport(std::unique_ptr<Transport> inner, const std::filesystem::path &folder);

} // namespace chrona::net
