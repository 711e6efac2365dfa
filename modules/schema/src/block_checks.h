// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/briefing_blocks.h"

#include "checks.h"

namespace chrona::schema {

inline constexpr std::size_t kTitleBytesMax = 500;

void checkBlock(Checks &checks, const std::string &field, const Block &block);

} // namespace chrona::schema
