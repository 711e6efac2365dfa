// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "settings.h"

#include "chrona/net/network_settings.h"

namespace chrona::service {

[[nodiscard]] inline net::NetworkSettings networkChoice(const Settings &settings)
{
    return {settings.text("network.proxy"), settings.text("network.ca_file")};
}

} // namespace chrona::service
