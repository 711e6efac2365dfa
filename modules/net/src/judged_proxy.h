// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QNetworkProxy>

#include <string>

namespace chrona::net {

/// Through which a judged address is asked for: the process's proxy, and never for this machine.
[[nodiscard]] QNetworkProxy proxyFor(const std::string &address);

} // namespace chrona::net
