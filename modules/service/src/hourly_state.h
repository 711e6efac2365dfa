// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/briefing/hourly.h"

#include <cstddef>
#include <span>
#include <vector>

/// What was told, between two hours: as bytes beside each update, so that a restart tells nothing
/// twice. Pure; any thread.
namespace chrona::service {

[[nodiscard]] std::vector<std::byte> encodeHourlyState(const briefing::HourlyState &state);
/// Corrupt where the bytes are none of ours.
[[nodiscard]] Result<briefing::HourlyState> decodeHourlyState(std::span<const std::byte> bytes);

} // namespace chrona::service
