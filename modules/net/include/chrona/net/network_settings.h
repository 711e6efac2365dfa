// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <string>

/// How this process reaches the network: through a proxy, and whom it trusts (ADR 0115).
namespace chrona::net {

struct NetworkSettings {
    std::string proxy;  ///< "http://host:port" or "socks5://host:port"; empty: none
    std::string caFile; ///< certificates in PEM that are trusted beside the system's; empty: none
    friend bool operator==(const NetworkSettings &, const NetworkSettings &) = default;
};

/// InvalidInput for an address that is none, or one with a name and password: those do not belong
/// into settings; for a file without a certificate. Changes nothing.
[[nodiscard]] Status check(const NetworkSettings &settings);

/// For every transport and stream of this process that connects from now on; connections that stand
/// are left alone. Names are still resolved and judged here, and the proxy is asked for the address
/// that was judged, so the guard against private addresses holds; this machine is never asked for
/// through a proxy. A proxy holds although the file cannot be read: nothing goes past it. Any
/// thread.
[[nodiscard]] Status apply(const NetworkSettings &settings);

} // namespace chrona::net
