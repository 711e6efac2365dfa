// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"

#include <string>
#include <vector>

namespace chrona::ui {

/// What a target hangs on, however many steps away.
struct ReachedFrom {
    std::string node;  ///< "topic:monetary_policy", "country:JP"
    double weight = 0; ///< 0–1: the product along the strongest way
    friend bool operator==(const ReachedFrom &, const ReachedFrom &) = default;
};

/// Every node from which the rules lead to the instrument or, where it ships, to what it stands for
/// ("sector:energy"), strongest first; at most three steps.
/// Nodes through which others reach it are among them. Pure.
[[nodiscard]] std::vector<ReachedFrom> reachOf(const std::vector<ipc::ExposureEntry> &rules,
                                               const std::string &symbol);

/// A country or topic in the user's words; "commodity:crude_oil" → "crude oil".
[[nodiscard]] QString nodeText(const std::string &node);

} // namespace chrona::ui
